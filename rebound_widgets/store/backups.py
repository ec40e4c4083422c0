"""Copies of the workbook outside the live file: taken, verified, listed, and let go of after their time."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from ..domain.refused import Refused
from . import schema
from .checking import contents, problems, structure_problems
from .connection import engine_for, header_number, refusing
from .files import SUFFIX, draft_in, make_folder, move_into_place, refusing_disk, sync_folder
from .sentences import DAMAGED
from .writing import newest_number

PAUSE = dt.timedelta(minutes=30)
"""The shortest time between two backups taken because of changes."""

DAILY, WEEKLY, MONTHLY = 12, 10, 9
"""How many days, weeks and months with backups keep one each."""

STEP_PAGES = 1_000
"""How many pages are copied while others wait; 4 MB, some milliseconds."""

_STEP_PAUSE_S = 0.005
_BEGINNINGS = 5
_HELD = {"due": dt.timedelta(0), "asked": dt.timedelta(days=90)}
_HELD_BEFORE = dt.timedelta(days=7)
_NAME = re.compile(
    r"(?P<stamp>\d{4}-\d\d-\d\d_\d{6}Z)_r(?P<revision>\d+)_(?P<reason>[a-z0-9-]+)_(?P<digest>[0-9a-f]{12})"
    + re.escape(SUFFIX)
)
_STAMP = "%Y-%m-%d_%H%M%SZ"


@dataclass(frozen=True, kw_only=True, order=True)
class Backup:
    """One verified copy. Its name holds all of this, so names sort as the copies were made.

    Attributes:
        made_at: When it was taken, in UTC, to the second.
        revision: The newest revision number in it.
        reason: ``"due"``, ``"asked"``, or ``"before-"`` and what came next.
        digest: The first twelve characters of the digest of its contents.
        path: The file.
    """

    made_at: dt.datetime
    revision: int
    reason: str
    digest: str
    path: Path


def name_of(made_at: dt.datetime, revision: int, reason: str, digest: str) -> str:
    """The file name of a backup."""
    return f"{made_at.astimezone(dt.UTC).strftime(_STAMP)}_r{revision}_{reason}_{digest[:12]}{SUFFIX}"


def read_name(path: Path) -> Backup | None:
    """The backup a file name stands for, or ``None`` for any other file."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    try:
        made_at = dt.datetime.strptime(found["stamp"], _STAMP).replace(tzinfo=dt.UTC)
    except ValueError:
        return None
    return Backup(
        made_at=made_at,
        revision=int(found["revision"]),
        reason=found["reason"],
        digest=found["digest"],
        path=path,
    )


def list_backups(folder: Path) -> list[Backup]:
    """The backups in ``folder``, oldest first; none where there is no such folder.

    Raises:
        Refused: the folder cannot be listed.
    """
    with refusing_disk(folder):
        if not folder.is_dir():
            return []
        return sorted(backup for path in folder.iterdir() if (backup := read_name(path)) is not None)


def due(now: dt.datetime, revision: int, backups: Iterable[Backup]) -> bool:
    """Whether a backup should be taken: something changed, and the last one is half an hour old.

    Backups dated after ``now`` (the clock was moved) do not count as recent.

    Args:
        now: The moment.
        revision: The newest revision number of the workbook.
        backups: Those there are.
    """
    there = list(backups)
    if revision == 0 or any(backup.revision == revision for backup in there):
        return False
    return not any(dt.timedelta(0) <= now - backup.made_at < PAUSE for backup in there)


def outlived(now: dt.datetime, backups: Iterable[Backup]) -> list[Backup]:
    """The backups that may go, oldest first.

    The newest backup of each of the last 12 days, 10 weeks (from Monday) and 9 months that have one stays;
    days, weeks and months are those of UTC, and ones without a backup do not count. A backup before an
    import, a migration or a restore stays a week beside those, one that was asked for 90 days.
    """
    newest_first = sorted(backups, reverse=True)
    kept: set[Backup] = set(newest_first[:1])
    kept.update(b for b in newest_first if now - b.made_at < _HELD.get(b.reason, _HELD_BEFORE))
    spans: tuple[tuple[int, Callable[[dt.datetime], Any]], ...] = (
        (DAILY, lambda at: at.date()),
        (WEEKLY, lambda at: at.isocalendar()[:2]),
        (MONTHLY, lambda at: (at.year, at.month)),
    )
    for count, span_of in spans:
        seen: dict[Any, Backup] = {}
        for backup in newest_first:
            seen.setdefault(span_of(backup.made_at), backup)
        kept.update(list(seen.values())[:count])
    return [backup for backup in reversed(newest_first) if backup not in kept]


def take(path: Path, folder: Path, *, reason: str, now: dt.datetime) -> Backup:
    """Copy the workbook, verify the copy, give it its name, and let go of backups that outlived their time.

    Others may read and write meanwhile. Until the copy has been verified it has no name, so a backup that is
    listed is whole.

    Args:
        path: The live file.
        folder: Where backups are; made when it is not there.
        reason: ``"due"``, ``"asked"``, or ``"before-"`` and what comes next.
        now: The moment.

    Raises:
        Refused: the live file is damaged, there is no room, or the copy differs from what was copied.
    """
    if not re.fullmatch(r"[a-z0-9-]+", reason):
        raise ValueError(f"A backup's reason is lower-case words joined by hyphens; got {reason!r}.")
    make_folder(folder)
    with draft_in(folder) as draft:
        engine = engine_for(path)
        with refusing(draft):
            with refusing(path):
                copy_pages(engine, draft)
            revision, digest = _verified(engine, path, draft)
        kept = folder / name_of(now, revision, reason, digest)
        move_into_place(draft, kept)
    let_go(now, folder)
    return Backup(
        made_at=now.astimezone(dt.UTC).replace(microsecond=0),
        revision=revision,
        reason=reason,
        digest=digest[:12],
        path=kept,
    )


def copy_pages(engine: Engine, to: Path) -> None:
    """Copy the database, as it is at one moment, into the empty file ``to``.

    In steps, between which others can save; a save makes SQLite begin again. After some beginnings the rest
    is copied in one go, and whoever saves then waits for it.
    """
    with closing(engine.raw_connection()) as live, closing(sqlite3.connect(to)) as copy:
        # The copy is synced once, when it is whole.
        copy.execute("PRAGMA synchronous = OFF")
        source: Any = live.driver_connection
        try:
            source.backup(copy, pages=STEP_PAGES, progress=_Steps())
        except _OvertakenError:
            source.backup(copy, progress=_give_up_when_busy)


class _Steps:
    """Watches a copy in steps."""

    def __init__(self) -> None:
        self._left: int | None = None
        self._overtaken = 0

    def __call__(self, status: int, remaining: int, pages: int) -> None:
        _give_up_when_busy(status, remaining, pages)
        self._overtaken += self._left is not None and remaining >= self._left
        self._left = remaining
        if self._overtaken > _BEGINNINGS:
            raise _OvertakenError
        # Python itself pauses only after a step that found the file locked.
        time.sleep(_STEP_PAUSE_S if remaining else 0)


def _give_up_when_busy(status: int, _remaining: int, _pages: int) -> None:
    # Python tries again for ever; the connection has waited its time already.
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise BusyError


class _OvertakenError(Exception):
    """Others save faster than the copy is made."""


class BusyError(sqlite3.OperationalError):
    """The file stayed locked for as long as a connection waits."""

    sqlite_errorcode = sqlite3.SQLITE_BUSY


def _verified(engine: Engine, path: Path, draft: Path) -> tuple[int, str]:
    """The newest number in the copy and the digest of its contents."""
    with engine_for(draft).connect() as copy:
        newest = newest_number(copy)
        of_newest_format = header_number(copy, "user_version") == schema.FORMAT
        found = problems(copy) if of_newest_format else structure_problems(copy)
        copied = contents(copy, newest)
    if found:
        raise Refused(
            "backup-not-whole",
            "No backup was made, because {file} is not whole. {problems} “rebound restore” brings an earlier "
            "backup back.",
            file=path.name,
            problems=" ".join(found),
        )
    with refusing(path), engine.connect() as live:
        if contents(live, newest) != copied:
            raise Refused(
                "backup-differs",
                "No backup was made: the copy of {file} differed from it. Another window may have erased or "
                "restored something at that moment. Try again.",
                file=path.name,
            )
    return newest, copied[2]


def let_go(now: dt.datetime, folder: Path) -> list[Backup]:
    """Delete the backups in ``folder`` that outlived their time; returns them."""
    gone = outlived(now, list_backups(folder))
    for backup in gone:
        backup.path.unlink(missing_ok=True)
    if gone:
        sync_folder(folder)
    return gone


def verify(path: Path) -> None:
    """Examine a backup, or any copy, of whatever format.

    Raises:
        Refused: it is damaged, or its contents are not those it was named for.
    """
    try:
        with refusing(path), engine_for(path).connect() as copy:
            found = structure_problems(copy)
            digest = "" if found else contents(copy, newest_number(copy))[2]
    except Refused as refused:
        if refused.rule not in DAMAGED:
            raise
        found, digest = [refused.sentence], ""
    named = read_name(path)
    if found or (named is not None and not digest.startswith(named.digest)):
        raise Refused(
            "backup-damaged",
            "The backup {file} is damaged, so nothing was changed. Choose an earlier one.",
            file=path.name,
        )
