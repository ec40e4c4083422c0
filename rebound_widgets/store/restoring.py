"""Bringing a backup back: into a copy first, with a word on what would change, then all at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text

from ..domain.refused import Refused
from . import backups as backups_
from . import opening, schema
from .checking import problems
from .connection import engine_for, outside, refusing, writing
from .files import draft_in, journal_of, keep_private, make_folder, move_into_place, refusing_disk
from .sentences import DAMAGED, about
from .writing import newest_number, point_records

_UNSEEN = 1_000_000
"""How many numbers are passed over when nobody can say which ones the damaged file had given."""


@dataclass(frozen=True, kw_only=True)
class RestorePlan:
    """What would change if a backup were brought back. Deleted records count as not there.

    Attributes:
        source: The backup.
        added: How many records would come back.
        removed: How many that are there now would go.
        changed: How many would have another text.
        same: How many would stay as they are.
        present_readable: Whether the present workbook can be read. Where it cannot, it would be kept aside.
    """

    source: Path
    added: int
    removed: int
    changed: int
    same: int
    present_readable: bool


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What was done.

    Attributes:
        plan: What changed.
        kept: The file that holds the state before: a backup, or the damaged file kept aside; ``None`` where
            there was no file.
    """

    plan: RestorePlan
    kept: Path | None


def plan_restore(path: Path, source: Path) -> RestorePlan:
    """What would change if ``source`` were brought back to ``path``; changes nothing.

    Raises:
        Refused: the backup is damaged, of a newer format, or no workbook.
    """
    make_folder(path.parent)
    with _copy_of(source, path.parent) as copy:
        return _plan(path, source, copy)


def restore(path: Path, source: Path, *, backups: Path, now: dt.datetime) -> Restored:
    """Make the workbook ``path`` what it was in ``source``.

    Other windows may have the workbook open: they wait a moment and then see the restored state, and what
    they had read before is recognised as old when they write. Nobody's save falls between the copy kept of
    the present state and the change.

    Args:
        path: The workbook. Where it is damaged, it is kept aside in ``backups`` with its name ending in
            ``.damaged``.
        source: A backup, or any workbook file.
        backups: Where the present state is kept, as a backup ``before-restore``.
        now: The moment.

    Raises:
        Refused: the backup is damaged, of a newer format, or no workbook; or there is no room. The workbook
            is as it was.
    """
    make_folder(path.parent)
    with _copy_of(source, path.parent) as copy:
        plan = _plan(path, source, copy)
        if plan.present_readable:
            kept: Path | None = _replace_contents(path, copy, backups, now)
        else:
            kept = _replace_file(path, copy, backups, now)
    return Restored(plan=plan, kept=kept)


@contextmanager
def _copy_of(source: Path, folder: Path) -> Iterator[Path]:
    """A verified copy of the newest format."""
    if not source.is_file():
        raise Refused("backup-missing", "There is no backup {file}.", file=source.name)
    backups_.verify(source)
    with draft_in(folder) as draft:
        with refusing(draft):
            backups_.copy_pages(engine_for(source), draft)
        opening.bring_up(draft)
        with engine_for(draft).connect() as connection:
            found = problems(connection)
        if found:
            raise Refused(
                "backup-not-restorable",
                "The backup {file} is not whole, so nothing was changed. {problems}",
                file=source.name,
                problems=" ".join(found),
            )
        yield draft


def _plan(path: Path, source: Path, copy: Path) -> RestorePlan:
    if _readable(path):
        try:
            with refusing(path), _attached(path, copy) as connection:
                added, removed, changed, same = connection.execute(_DIFFERENCE).one()
        except Refused as refused:
            if refused.rule not in DAMAGED:
                raise
        else:
            return RestorePlan(
                source=source, added=added, removed=removed, changed=changed, same=same, present_readable=True
            )
    with engine_for(copy).connect() as connection:
        count = connection.execute(text("SELECT count(*) FROM record WHERE deleted = 0")).scalar_one()
    return RestorePlan(source=source, added=count, removed=0, changed=0, same=0, present_readable=False)


def _readable(path: Path) -> bool:
    """Whether ``path`` is a whole workbook, brought up to the newest format on the way."""
    if not path.exists() or path.stat().st_size == 0:
        return False
    try:
        opening.bring_up(path)
        with refusing(path), engine_for(path).connect() as connection:
            return not problems(connection)
    except Refused as refused:
        if refused.rule in DAMAGED:
            return False
        raise


@contextmanager
def _attached(path: Path, copy: Path) -> Iterator[Connection]:
    """A connection to ``path`` that sees the copy as ``then``, outside any transaction."""
    with outside(engine_for(path)).connect() as connection:
        connection.execute(text("ATTACH DATABASE :copy AS then_"), {"copy": str(copy)})
        yield connection


_DIFFERENCE = text(
    """
    WITH before AS (SELECT r.record_id, v.digest FROM main.record r
                    JOIN main.revision v ON v.number = r.current WHERE r.deleted = 0),
         after AS (SELECT r.record_id, v.digest FROM then_.record r
                   JOIN then_.revision v ON v.number = r.current WHERE r.deleted = 0)
    SELECT (SELECT count(*) FROM after WHERE record_id NOT IN (SELECT record_id FROM before)),
           (SELECT count(*) FROM before WHERE record_id NOT IN (SELECT record_id FROM after)),
           (SELECT count(*) FROM before JOIN after USING (record_id) WHERE before.digest <> after.digest),
           (SELECT count(*) FROM before JOIN after USING (record_id) WHERE before.digest = after.digest)
    """
)


def _replace_contents(path: Path, copy: Path, backups: Path, now: dt.datetime) -> Path:
    with refusing(path), _attached(path, copy) as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        # Under the write lock: whatever was acknowledged before this moment is in the backup.
        kept = backups_.take(path, backups, reason="before-restore", now=now).path
        newest = max(newest_number(connection), _newest_then(connection))
        for statement in _REPLACE:
            connection.exec_driver_sql(statement)
        _pass_over(connection, newest + 1)
        _renew_twins(connection)
        # The texts come from a copy in which each was examined.
        if found := problems(connection, bodies=False):
            raise Refused(
                "restore-not-whole",
                "The backup could not be brought back; your workbook is as it was. {problems}",
                problems=" ".join(found),
            )
        connection.commit()
    return kept


def _newest_then(connection: Connection) -> int:
    return int(
        connection.execute(text("SELECT seq FROM then_.sqlite_sequence WHERE name = 'revision'")).scalar_one()
    )


def _copied(name: str) -> str:
    columns = ", ".join(f'"{column.name}"' for column in schema.metadata.tables[name].columns)
    # Names of our own tables and columns; there is nothing of anybody's in this text.
    return f"INSERT INTO main.{name} ({columns}) SELECT {columns} FROM then_.{name}"  # noqa: S608


_REPLACE = (
    """CREATE TEMP TABLE present AS SELECT r.record_id, r.current, v.digest
       FROM main.record r JOIN main.revision v ON v.number = r.current""",
    "DELETE FROM main.record",
    "DELETE FROM main.revision",
    "DELETE FROM main.gap",
    _copied("revision"),
    _copied("record"),
    _copied("gap"),
    """UPDATE main.workbook SET workbook_id = (SELECT workbook_id FROM then_.workbook),
       made_at = (SELECT made_at FROM then_.workbook),
       generation = 1 + max(generation, (SELECT generation FROM then_.workbook))""",
    """UPDATE main.sqlite_sequence SET seq = (SELECT seq FROM then_.sqlite_sequence WHERE name = 'revision')
       WHERE name = 'revision'""",
)


def _pass_over(connection: Connection, to: int) -> None:
    """Let the next revision have a number after ``to``, so that no number ever stands for two texts."""
    newest = newest_number(connection)
    connection.execute(
        text("INSERT INTO gap (first, last) VALUES (:first, :last)"), {"first": newest + 1, "last": to}
    )
    connection.execute(text("UPDATE sqlite_sequence SET seq = :to WHERE name = 'revision'"), {"to": to})


def _renew_twins(connection: Connection) -> None:
    """Give a new number to a restored text whose number stood for another text until now.

    Only a backup of another workbook has such. A page that has the other text open would otherwise be taken
    for one that has seen this one, and overwrite it.
    """
    before = newest_number(connection)
    connection.execute(
        text(
            """
            INSERT INTO main.revision
                (record_id, kind, body, digest, deleted, made_at, based_on, "change", origin)
            SELECT v.record_id, v.kind, v.body, v.digest, v.deleted, v.made_at, v.number, v."change", v.origin
            FROM main.record r JOIN main.revision v ON v.number = r.current
            JOIN temp.present p ON p.record_id = r.record_id
            WHERE p.current = r.current AND p.digest <> v.digest ORDER BY r.first
            """
        )
    )
    point_records(connection, before)


def _replace_file(path: Path, copy: Path, backups: Path, now: dt.datetime) -> Path | None:
    """Put the copy where no readable workbook is; what is there is kept aside."""
    with writing(engine_for(copy)).begin() as connection:
        connection.execute(text("UPDATE workbook SET generation = generation + 1"))
        _pass_over(connection, newest_number(connection) + _UNSEEN)
    aside = None
    if path.exists():
        make_folder(backups)
        stamp = backups_.name_of(now, 0, "live", "").partition("_r0")[0]
        aside = backups / f"{stamp}_{path.name}.damaged"
        if aside.exists():
            raise about("workbook-busy", aside, seconds=1)
        with refusing_disk(path):
            # The journal goes first: beside the copy it would be played back into it.
            if journal_of(path).exists():
                journal_of(path).replace(journal_of(aside))
            path.replace(aside)
        keep_private(aside)
    move_into_place(copy, path)
    return aside
