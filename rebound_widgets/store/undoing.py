"""Taking a change back, and the list of changes there are to take back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, and_, case, func, insert, select

from ..domain.record import Revision
from ..domain.refused import Refused
from .rows import as_text
from .schema import record, revision, staged
from .writing import append_staged, clear_stage, read_staged


@dataclass(frozen=True, kw_only=True)
class Undone:
    """What came of taking a change back.

    Attributes:
        change: The change that the undo itself is; undoing it brings everything back.
        restored: The new current revision of each record put back to what it was, where it is given back.
        left: The ids of records changed since, which were left alone.
    """

    change: str
    restored: list[Revision]
    left: list[str]


@dataclass(frozen=True, kw_only=True)
class ChangeSummary:
    """One change, without any word of what is in it.

    Attributes:
        change: Its id.
        made_at: When it was first written, in UTC.
        origin: Who wrote it, as in ``Revision.origin``.
        kinds: How many revisions of each kind of record it has.
        deleted_count: How many of them delete their record.
        standing: How many records are still as this change left them: what an undo would put back.
    """

    change: str
    made_at: dt.datetime
    origin: str
    kinds: Mapping[str, int]
    deleted_count: int
    standing: int


def undo(
    connection: Connection, change: str, *, as_change: str, origin: str, made_at: str, give_back: bool = True
) -> Undone:
    """Append revisions that put every record of ``change`` back; the caller holds the write lock.

    Raises:
        Refused: there is no such change.
    """
    touched = (
        select(revision.c.record_id, func.min(revision.c.number).label("begin"))
        .where(revision.c.change == change)
        .group_by(revision.c.record_id)
        .subquery("touched")
    )
    now = revision.alias("now")
    with_now = touched.join(record, record.c.record_id == touched.c.record_id).join(
        now, now.c.number == record.c.current
    )
    if not connection.execute(select(func.count()).select_from(touched)).scalar_one():
        raise Refused("change-unknown", "There is no such change in your workbook, so nothing was undone.")
    left = connection.execute(
        select(touched.c.record_id)
        .select_from(with_now)
        .where(now.c.change != change)
        .order_by(record.c.first)
    )
    left_ids = list(left.scalars())

    older = revision.alias("older")
    prior = revision.alias("prior")
    prior_number = (
        select(func.max(older.c.number))
        .where(older.c.record_id == touched.c.record_id, older.c.number < touched.c.begin)
        .scalar_subquery()
    )
    absent = prior.c.number.is_(None)
    clear_stage(connection)
    connection.execute(
        insert(staged).from_select(
            ["place", "record_id", "kind", "body", "digest", "deleted", "based_on"],
            select(
                record.c.first,
                record.c.record_id,
                record.c.kind,
                case((absent, now.c.body), else_=prior.c.body),
                case((absent, now.c.digest), else_=prior.c.digest),
                case((absent, 1), else_=prior.c.deleted),
                record.c.current,
            )
            .select_from(with_now.outerjoin(prior, prior.c.number == prior_number))
            .where(now.c.change == change),
        )
    )
    append_staged(connection, (), change=as_change, origin=origin, made_at=made_at)
    restored = read_staged(connection) if give_back else []
    return Undone(change=as_change, restored=restored, left=left_ids)


def changes(connection: Connection, since: dt.datetime) -> list[ChangeSummary]:
    """The changes with a revision made at ``since`` or after, newest first."""
    standing = case((and_(record.c.current == revision.c.number), 1), else_=0)
    rows = connection.execute(
        select(
            revision.c.change,
            revision.c.kind,
            func.min(revision.c.made_at),
            func.min(revision.c.origin),
            func.count(),
            func.sum(revision.c.deleted),
            func.sum(standing),
        )
        .join(record, record.c.record_id == revision.c.record_id)
        .where(revision.c.made_at >= as_text(since))
        .group_by(revision.c.change, revision.c.kind)
        .order_by(func.max(revision.c.number).desc())
    )
    grouped = defaultdict(list)
    for change, *rest in rows:
        grouped[change].append(rest)
    return [
        ChangeSummary(
            change=change,
            made_at=dt.datetime.fromisoformat(min(made_at for _, made_at, *_ in parts)),
            origin=parts[0][2],
            kinds={kind: count for kind, _, _, count, *_ in parts},
            deleted_count=sum(part[4] for part in parts),
            standing=sum(part[5] for part in parts),
        )
        for change, parts in grouped.items()
    ]
