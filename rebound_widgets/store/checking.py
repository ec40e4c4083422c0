"""Examining a workbook file: what is wrong with it, in words, and a digest of all that is in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, select, text

from ..domain.refused import Refused
from .rows import text_digest
from .schema import gap, revision, workbook
from .writing import newest_number

_AT_ONCE = 2_000
_MENTIONED = 5


def problems(connection: Connection, *, bodies: bool = True) -> list[str]:
    """What is wrong with a workbook of the newest format, a sentence each; empty when it is whole.

    No sentence holds a word of a record: only numbers, counts and SQLite's names of tables.

    Args:
        connection: To the workbook.
        bodies: Also read every text and compute its digest, which takes longest.
    """
    structure = structure_problems(connection)
    if structure:
        # In a torn structure the other questions only give the same answer in many more words.
        return structure
    return [
        *_pointer_problems(connection),
        *_sequence_problems(connection),
        *(_body_problems(connection) if bodies else ()),
    ]


def structure_problems(connection: Connection) -> list[str]:
    """What SQLite itself finds wrong, for a file of any format."""
    found = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check(100)")]
    if found != ["ok"]:
        told = "; ".join(" ".join(line.split()) for line in found[:_MENTIONED])
        return [f"The file's structure is damaged in {len(found)} places ({told})."]
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [f"Rows that point to something that is not there: {len(lost)}."] if lost else []


_POINTERS = {
    "Records that disagree with the revision they point to": """
        SELECT count(*) FROM record r LEFT JOIN revision v ON v.number = r.current
        WHERE v.number IS NULL OR v.record_id <> r.record_id OR v.kind <> r.kind OR v.deleted <> r.deleted""",
    "Records that do not point to their newest revision": """
        SELECT count(*) FROM record r
        WHERE r.current <> (SELECT max(number) FROM revision v WHERE v.record_id = r.record_id)""",
    "Records that have lost their first revision": """
        SELECT count(*) FROM record r
        WHERE r.first <> (SELECT min(number) FROM revision v WHERE v.record_id = r.record_id)""",
    "Revisions that belong to no record": """
        SELECT count(*) FROM revision v
        WHERE NOT EXISTS (SELECT 1 FROM record r WHERE r.record_id = v.record_id)""",
}


def _pointer_problems(connection: Connection) -> Iterator[str]:
    if connection.execute(select(func.count()).select_from(workbook)).scalar_one() != 1:
        yield "The file does not say which workbook it is."
    for sentence, question in _POINTERS.items():
        if count := connection.execute(text(question)).scalar_one():
            yield f"{sentence}: {count}."


def _sequence_problems(connection: Connection) -> Iterator[str]:
    newest = newest_number(connection)
    present, highest = connection.execute(
        select(func.count(), func.coalesce(func.max(revision.c.number), 0))
    ).one()
    left_out = connection.execute(
        select(func.coalesce(func.sum(gap.c.last - gap.c.first + 1), 0))
    ).scalar_one()
    in_gap = connection.execute(
        select(func.count()).select_from(
            revision.join(gap, revision.c.number.between(gap.c.first, gap.c.last))
        )
    ).scalar_one()
    if highest > newest:
        yield f"The newest revision is {highest}, after the last number given ({newest})."
    if in_gap:
        yield f"Revisions that stand where numbers were left out on purpose: {in_gap}."
    if missing := newest - present - left_out:
        yield f"Revisions missing from the sequence of {newest}: {missing}."


def _body_problems(connection: Connection) -> Iterator[str]:
    unreadable: list[int] = []
    altered: list[int] = []
    columns = [revision.c.number, revision.c.record_id, revision.c.kind, revision.c.body, revision.c.digest]
    for number, record_id, kind, body, digest in _in_steps(connection, columns):
        # What has its digest is what was written, and only bodies that can be read are written.
        if isinstance(body, str) and _digest_or_none(record_id, kind, body) == digest:
            continue
        (altered if _is_readable(body) else unreadable).append(number)
    if unreadable:
        yield f"The text of {_numbers(unreadable)} cannot be read."
    if altered:
        yield f"The text of {_numbers(altered)} is not what was written (its digest differs)."


def _digest_or_none(record_id: str, kind: str, body: str) -> str | None:
    try:
        return text_digest(record_id, kind, body)
    except Refused:
        return None


def _is_readable(body: Any) -> bool:
    try:
        return isinstance(json.loads(body), dict)
    except (TypeError, ValueError):
        return False


def _in_steps(connection: Connection, columns: list[Any]) -> Iterator[Any]:
    """Rows of ``revision`` in order, a few thousand in memory at a time."""
    after = 0
    while rows := connection.execute(
        select(*columns).where(revision.c.number > after).order_by(revision.c.number).limit(_AT_ONCE)
    ).all():
        yield from rows
        after = rows[-1][0]


def contents(connection: Connection, up_to: int) -> tuple[int, int, str]:
    """The number of revisions up to ``up_to``, of records begun by then, and a digest of those revisions.

    Works on every format, column by column. Revisions are only appended, so the answer stays the same while
    others write; each step is a short read, so nobody waits for it.
    """
    digest = hashlib.sha256()
    after = count = 0
    names = [row[1] for row in connection.exec_driver_sql("PRAGMA table_info(revision)")]
    listed = ", ".join(f'"{name}"' for name in sorted(names))
    # The names come from the file's own schema, not from anybody's words.
    step = text(
        f"SELECT number, {listed} FROM revision WHERE number > :after AND number <= :up_to "  # noqa: S608
        "ORDER BY number LIMIT :at_once"
    )
    while True:
        rows = connection.execute(step, {"after": after, "up_to": up_to, "at_once": _AT_ONCE}).all()
        connection.commit()
        if not rows:
            break
        for row in rows:
            digest.update(repr(tuple(row[1:])).encode("utf-8", "surrogatepass"))
        after, count = rows[-1][0], count + len(rows)
    records = connection.execute(
        text("SELECT count(*) FROM record WHERE first <= :up_to"), {"up_to": up_to}
    ).scalar_one()
    connection.commit()
    return count, records, digest.hexdigest()


def _numbers(numbers: list[int]) -> str:
    named = ", ".join(str(number) for number in numbers[:_MENTIONED])
    more = f" and {len(numbers) - _MENTIONED} more" if len(numbers) > _MENTIONED else ""
    return f"{'revision' if len(numbers) == 1 else 'revisions'} {named}{more}"
