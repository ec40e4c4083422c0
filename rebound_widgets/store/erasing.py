"""Erasing for good: from every revision, from every backup, and with a look whether any trace is left."""

from __future__ import annotations

import datetime as dt
import heapq
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from ..domain.refused import Refused
from . import backups as backups_
from . import opening, schema
from .checking import contents, problems
from .connection import engine_for, outside, refusing, writing
from .files import SUFFIX, drafts_in, move_into_place
from .rows import as_text
from .sentences import DAMAGED
from .traces import find_words
from .writing import newest_number

Choice = Callable[[Connection], None]
"""Fills the temporary table ``doomed`` with the ids of the records to erase."""

_PIECES, _PIECE_LENGTH = 60, 24
_UNREADABLE = DAMAGED | {"backup-damaged", "migration-not-whole", "workbook-newer"}


@dataclass(frozen=True, kw_only=True)
class Erased:
    """What was erased and what the search for traces found.

    Attributes:
        records: How many records the workbook lost.
        revisions: How many revisions of them, in the workbook.
        backups: How many backups and files kept aside were rewritten or deleted.
        searched: How many pieces of the erased text and given words were looked for.
        traces: The files in which one was found; empty is the proof.
    """

    records: int
    revisions: int
    backups: int
    searched: int
    traces: tuple[Path, ...]


@dataclass
class _Lost:
    """What one file lost, with pieces of that text which no remaining text of the file has."""

    records: int = 0
    revisions: int = 0
    pieces: list[str] = field(default_factory=list)


def erase_records(
    path: Path, backups: Path, record_ids: Collection[str], *, words: Collection[str] = ()
) -> Erased:
    """Erase records with every revision they ever had, from the workbook and its backups.

    A backup that cannot be read, and a damaged file kept aside, is deleted whole: nobody could say what is in
    it.

    Args:
        path: The workbook.
        backups: The folder of its backups.
        record_ids: The records; ids that are nowhere are passed over.
        words: Further words to look for afterwards.

    Raises:
        Refused: another window keeps the file busy. Erasing again finishes the work.
    """

    def choose(connection: Connection) -> None:
        if record_ids:
            rows = [{"id": record_id} for record_id in set(record_ids)]
            connection.execute(text("INSERT INTO doomed VALUES (:id)"), rows)

    return _erase(path, backups, choose, words)


def erase_chapter(path: Path, backups: Path, chapter: str, *, words: Collection[str] = ()) -> Erased:
    """Erase every answer to a question of ``chapter``; otherwise as ``erase_records``."""

    def choose(connection: Connection) -> None:
        connection.execute(
            text(
                "INSERT OR IGNORE INTO doomed SELECT record_id FROM revision WHERE kind = 'answer' AND "
                "json_valid(body) AND substr(json_extract(body, '$.question'), 1, length(:begin)) = :begin"
            ),
            {"begin": f"{chapter}/"},
        )

    return _erase(path, backups, choose, words)


def erase_everything(path: Path, backups: Path, *, now: dt.datetime, words: Collection[str] = ()) -> Erased:
    """Erase every record, every backup and every file kept aside. What is left is an empty, new workbook.

    The workbook gets another id, so that no page takes it for the one it had open.
    """

    def choose(connection: Connection) -> None:
        connection.execute(text("INSERT OR IGNORE INTO doomed SELECT record_id FROM revision"))
        connection.execute(
            text("UPDATE workbook SET workbook_id = :id, made_at = :made_at"),
            {"id": schema.new_workbook_id(), "made_at": as_text(now)},
        )

    lost = _erase_in(path, choose)
    _rewrite(path)
    # Drafts first: one that another window finishes meanwhile is a backup by the time those are listed.
    for left in (*drafts_in(backups), *drafts_in(path.parent)):
        left.unlink(missing_ok=True)
    gone = _kept_in(backups)
    for left in gone:
        left.unlink(missing_ok=True)
    return _searched(path, backups, lost, len(gone), [*lost.pieces, *words])


def _erase(path: Path, backups: Path, choose: Choice, words: Collection[str]) -> Erased:
    lost = _erase_in(path, choose)
    _rewrite(path)
    for left in (*drafts_in(backups), *drafts_in(path.parent)):
        left.unlink(missing_ok=True)
    rewritten, pieces = 0, lost.pieces
    for kept in _kept_in(backups):
        changed, pieces = _erase_in_backup(kept, choose, pieces)
        rewritten += changed
    return _searched(path, backups, lost, rewritten, [*pieces, *words])


def _searched(path: Path, backups: Path, lost: _Lost, rewritten: int, words: list[str]) -> Erased:
    traces = {found for folder in (path.parent, backups) for found in find_words(folder, words)}
    return Erased(
        records=lost.records,
        revisions=lost.revisions,
        backups=rewritten,
        searched=len(words),
        traces=tuple(sorted(traces)),
    )


def _kept_in(folder: Path) -> list[Path]:
    """Every file the store puts aside: backups, and damaged workbooks with their journals."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if backups_.read_name(path) is not None or f"{SUFFIX}.damaged" in path.name
    )


def _erase_in(path: Path, choose: Choice, pieces: Iterable[str] = ()) -> _Lost:
    """Erase in one file, in one transaction.

    Args:
        path: A file of the newest format.
        choose: Which records.
        pieces: Pieces of text found in other files, to be looked for in what remains here as well.
    """
    with refusing(path), writing(engine_for(path)).begin() as connection:
        connection.execute(text("CREATE TEMP TABLE doomed (record_id TEXT PRIMARY KEY)"))
        choose(connection)
        records = _count(connection, "record")
        taken = connection.execute(
            text("SELECT number FROM revision WHERE record_id IN doomed ORDER BY number")
        )
        numbers = list(taken.scalars())
        found = [*pieces, *_pieces(connection)]
        if numbers:
            _delete(connection, numbers)
        return _Lost(records=records, revisions=len(numbers), pieces=_only_theirs(connection, found))


def _count(connection: Connection, table: str) -> int:
    question = f"SELECT count(*) FROM {table} WHERE record_id IN doomed"  # noqa: S608 - our own table's name
    return int(connection.execute(text(question)).scalar_one())


def _delete(connection: Connection, numbers: list[int]) -> None:
    connection.execute(text("DELETE FROM record WHERE record_id IN doomed"))
    connection.execute(text("DELETE FROM revision WHERE record_id IN doomed"))
    # The erasing takes a number of its own, so that every open page notices that something happened.
    newest = newest_number(connection) + 1
    rows = [{"first": first, "last": last} for first, last in _runs([*numbers, newest])]
    connection.execute(text("INSERT INTO gap (first, last) VALUES (:first, :last)"), rows)
    connection.execute(text("UPDATE sqlite_sequence SET seq = :seq WHERE name = 'revision'"), {"seq": newest})
    connection.execute(text("UPDATE workbook SET generation = generation + 1"))


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Ascending ``numbers`` as first and last of each unbroken run."""
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last


def _rewrite(path: Path) -> None:
    """Write the file anew without its empty pages.

    Raises:
        Refused: another window reads it all the time.
    """
    try:
        with refusing(path), outside(engine_for(path)).connect() as connection:
            connection.exec_driver_sql("VACUUM")
    except Refused as refused:
        if refused.rule != "workbook-busy":
            raise
        raise Refused(
            "erase-unfinished",
            "The words were removed, but {file} could not be written anew, because another window is using "
            "it. Close the other windows and erase again.",
            file=path.name,
        ) from None


def _erase_in_backup(kept: Path, choose: Choice, pieces: list[str]) -> tuple[bool, list[str]]:
    """Erase in one backup; whether it had to change, and the pieces that no remaining text in it has."""
    named = backups_.read_name(kept)
    try:
        found = None if named is None else _cleaned(kept, named, choose, pieces)
    except Refused as refused:
        if refused.rule not in _UNREADABLE:
            raise
        found = None
    if named is None or found is None:
        kept.unlink(missing_ok=True)
        return True, pieces
    renamed, pieces = found
    if renamed != kept:
        move_into_place(kept, renamed)
    return renamed != kept, pieces


def _cleaned(
    kept: Path, named: backups_.Backup, choose: Choice, pieces: list[str]
) -> tuple[Path, list[str]] | None:
    """The backup's new name after erasing in it, since it is named for its contents; ``None``: not whole."""
    backups_.verify(kept)
    opening.bring_up(kept)
    lost = _erase_in(kept, choose, pieces)
    if lost.revisions:
        _rewrite(kept)
    with refusing(kept), engine_for(kept).connect() as connection:
        if problems(connection):
            return None
        revision = newest_number(connection)
        digest = contents(connection, revision)[2]
    return kept.with_name(backups_.name_of(named.made_at, revision, named.reason, digest)), lost.pieces


def _pieces(connection: Connection) -> list[str]:
    """Pieces out of the middle of the longest texts that are to go."""
    bodies = connection.execute(
        text("SELECT body FROM revision WHERE record_id IN doomed AND json_valid(body)")
    )
    runs = {run for body in bodies.scalars() for run in _runs_of_text(json.loads(body))}
    longest = heapq.nlargest(_PIECES, runs, key=len)
    return [run[max(0, (len(run) - _PIECE_LENGTH) // 2) :][:_PIECE_LENGTH] for run in longest]


def _runs_of_text(value: Any) -> Iterator[str]:
    """The longer stretches of text in a body, between characters that JSON writes in another way."""
    if isinstance(value, str):
        yield from (run for run in re.split(r'[\x00-\x1f"\\]+', value) if len(run) >= _PIECE_LENGTH // 2)
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _runs_of_text(inner)


def _only_theirs(connection: Connection, pieces: list[str]) -> list[str]:
    """The pieces that no remaining revision holds: "the role was given to somebody else" may stand twice."""
    question = text(
        "SELECT EXISTS (SELECT 1 FROM revision WHERE instr(body, :piece) OR instr(record_id, :piece))"
    )
    return [
        piece
        for piece in dict.fromkeys(pieces)
        if not connection.execute(question, {"piece": piece}).scalar_one()
    ]
