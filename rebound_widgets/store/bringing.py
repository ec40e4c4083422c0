"""Filling an empty workbook with the revisions of another, so that an export comes back as it was."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, update

from ..domain.record import Revision
from ..domain.refused import Refused
from .checking import problems
from .rows import as_text, canonical, text_digest
from .schema import gap, revision, sequence
from .writing import newest_number, point_records


def bring(connection: Connection, revisions: Sequence[Revision]) -> None:
    """Write ``revisions`` with the numbers, moments and changes they have; the caller holds the write lock.

    Numbers between them that no revision has are left out for good, as after an erasure.

    Args:
        connection: To an empty workbook of the newest format.
        revisions: All of a workbook, by ascending number.

    Raises:
        Refused: something was written in this workbook before, or the revisions make no whole workbook.
    """
    if newest_number(connection):
        raise Refused(
            "bring-not-empty",
            "Something was written in this workbook before, so it cannot be filled with another one.",
        )
    if not revisions:
        return
    connection.execute(insert(revision), [_row(one) for one in revisions])
    left_out = []
    before = 0
    for one in revisions:
        if one.number > before + 1:
            left_out.append({"first": before + 1, "last": one.number - 1})
        before = one.number
    if left_out:
        connection.execute(insert(gap), left_out)
    connection.execute(update(sequence).where(sequence.c.name == "revision").values(seq=before))
    point_records(connection, 0)
    if found := problems(connection, bodies=False):
        raise Refused(
            "bring-not-whole",
            "What was to be brought in makes no whole workbook, so nothing was written. {problems}",
            problems=" ".join(found),
        )


def _row(one: Revision) -> dict[str, object]:
    body = canonical(one.body)
    return {
        "number": one.number,
        "record_id": one.record_id,
        "kind": one.kind,
        "body": body,
        "digest": text_digest(one.record_id, one.kind, body),
        "deleted": int(one.deleted),
        "made_at": as_text(one.made_at),
        "based_on": one.based_on,
        "change": one.change,
        "origin": one.origin,
    }
