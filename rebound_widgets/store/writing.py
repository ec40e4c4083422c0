"""Appending revisions: stage in memory without a lock, then move over in one short transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, and_, case, delete, func, insert, literal, not_, or_, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.schema import CreateTable

from ..domain.record import RECORD_KINDS, Conflict, Revision, Write
from ..domain.refused import Refused
from .rows import REVISION_COLUMNS, as_revision, as_revisions, canonical, text_digest
from .schema import record, revision, sequence, staged

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

_AT_ONCE = 2_000
_STAGE = (
    "INSERT INTO temp.staged (place, record_id, kind, body, digest, deleted, based_on) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)

# A deleted record deleted again is the same whatever the writer sent along.
_SAME = and_(
    staged.c.deleted == revision.c.deleted,
    or_(staged.c.deleted == 1, staged.c.digest == revision.c.digest),
)
_WITH_CURRENT = staged.outerjoin(record, record.c.record_id == staged.c.record_id).outerjoin(
    revision, revision.c.number == record.c.current
)
# A deletion keeps the last state, so that undo and history have it.
_KEEPS_LAST = and_(staged.c.deleted == 1, revision.c.number.is_not(None))


def clear_stage(connection: Connection) -> None:
    """An empty stage, private to this connection."""
    connection.execute(CreateTable(staged, if_not_exists=True))
    connection.execute(delete(staged))


def stage(
    connection: Connection,
    writes: Sequence[Write],
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> None:
    """Put ``writes`` on the stage. Takes no lock on the file.

    Args:
        connection: In a transaction that has not touched the file.
        writes: What is to be written.
        progress: Called with the number staged and the number of all, after every few.
        cancelled: Asked before every few, and once more at the end; ``True`` stops.

    Raises:
        Refused: it was cancelled, or a text holds a character that cannot be kept.
        ValueError: an unknown kind, a body that is not JSON, or one record twice.
    """
    clear_stage(connection)
    _refuse_twice(writes)
    for start in range(0, len(writes), _AT_ONCE):
        stop_if(cancelled)
        some = writes[start : start + _AT_ONCE]
        # As plain tuples: for a hundred thousand rows, named parameters take longer than SQLite does.
        connection.exec_driver_sql(_STAGE, [_row(start + i, write) for i, write in enumerate(some)])
        if progress is not None:
            progress(start + len(some), len(writes))
    stop_if(cancelled)


def stop_if(cancelled: Cancelled | None) -> None:
    """Raise ``Refused`` when the person wants to stop; nothing has been written by then."""
    if cancelled is not None and cancelled():
        raise Refused("change-cancelled", "Stopped. Nothing was written; your workbook is as it was.")


def _refuse_twice(writes: Sequence[Write]) -> None:
    if len({write.record_id for write in writes}) != len(writes):
        raise ValueError("A change writes each record once; got two writes of one record.")


def _row(place: int, write: Write) -> tuple[Any, ...]:
    if write.kind not in RECORD_KINDS:
        raise ValueError(f"A record's kind is one of {', '.join(RECORD_KINDS)}; got {write.kind!r}.")
    body = canonical(write.body)
    digest = text_digest(write.record_id, write.kind, body)
    return place, write.record_id, write.kind, body, digest, int(write.deleted), write.based_on


def append_staged(
    connection: Connection, writes: Sequence[Write], *, change: str, origin: str, made_at: str
) -> None:
    """Append what is staged and point the records to it; the caller holds the write lock.

    Raises:
        Conflict: a record has moved on from what its writer had seen, to another body.
        ValueError: a record of that id exists with another kind.
    """
    _refuse_conflict(connection, writes)
    before = newest_number(connection)
    connection.execute(
        insert(revision).from_select(
            ["record_id", "kind", "body", "digest", "deleted", "made_at", "based_on", "change", "origin"],
            select(
                staged.c.record_id,
                staged.c.kind,
                case((_KEEPS_LAST, revision.c.body), else_=staged.c.body),
                case((_KEEPS_LAST, revision.c.digest), else_=staged.c.digest),
                staged.c.deleted,
                literal(made_at),
                func.coalesce(staged.c.based_on, revision.c.number, 0),
                literal(change),
                literal(origin),
            )
            .select_from(_WITH_CURRENT)
            .where(or_(revision.c.number.is_(None), not_(_SAME)))
            .order_by(staged.c.place),
        )
    )
    point_records(connection, before)


def read_staged(connection: Connection) -> list[Revision]:
    """The current revision of each staged record, in the order staged.

    A record whose body was the same already has kept its revision.
    """
    return as_revisions(
        connection.execute(
            select(*REVISION_COLUMNS)
            .select_from(_WITH_CURRENT)
            .where(revision.c.number.is_not(None))
            .order_by(staged.c.place)
        ).all()
    )


def _refuse_conflict(connection: Connection, writes: Sequence[Write]) -> None:
    # Nothing to overwrite, no conflict: a record erased meanwhile begins again with what is being written.
    stale = and_(
        record.c.kind == staged.c.kind,
        staged.c.based_on.is_not(None),
        staged.c.based_on != record.c.current,
        not_(_SAME),
    )
    found = connection.execute(
        select(staged.c.place, record.c.kind != staged.c.kind, *REVISION_COLUMNS)
        .select_from(_WITH_CURRENT)
        .where(or_(stale, record.c.kind != staged.c.kind))
        .order_by(staged.c.place)
        .limit(1)
    ).one_or_none()
    if found is None:
        return
    place, other_kind, *columns = found
    write = writes[place]
    if other_kind:
        raise ValueError(f"A record keeps its kind, which is {columns[2]!r}; got {write.kind!r}.")
    raise Conflict(write, as_revision(tuple(columns)))


def point_records(connection: Connection, before: int) -> None:
    """Make every record of a revision after ``before`` point to that revision."""
    rows = sqlite_insert(record).from_select(
        ["record_id", "kind", "first", "current", "deleted"],
        select(
            revision.c.record_id,
            revision.c.kind,
            revision.c.number,
            revision.c.number,
            revision.c.deleted,
        )
        .where(revision.c.number > before)
        .order_by(revision.c.number),
    )
    connection.execute(
        rows.on_conflict_do_update(
            index_elements=[record.c.record_id],
            set_={"current": rows.excluded.current, "deleted": rows.excluded.deleted},
        )
    )


def newest_number(connection: Connection) -> int:
    """The newest number ever given; it never falls, whatever is erased or restored."""
    return int(
        connection.execute(select(sequence.c.seq).where(sequence.c.name == "revision")).scalar_one_or_none()
        or 0
    )
