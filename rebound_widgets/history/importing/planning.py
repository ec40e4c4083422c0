"""Works out what an import would do: every row read, recognised, compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ...domain.record import Revision
from ...domain.refused import Refused
from .alike import Known, place_of
from .chunks import Cancelled, Progress, in_chunks
from .conventions import library
from .drafts import Draft
from .mapping import Mapping
from .plan import ImportPlan, RowProblem
from .rows import RowReader
from .table import Table
from .transitions import StepReader


def plan_import(
    table: Table,
    mapping: Mapping,
    existing: Iterable[Revision],
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportPlan:
    """What importing a log would do.

    Rows of one file are never merged with each other; a row imported before is recognised by its cells, and
    by how many equal rows stand above it.

    Args:
        table: The log.
        mapping: How to read it.
        existing: The current revisions of the workbook's records.
        progress: Called with how many rows are done and how many there are.
        cancelled: Asked now and then; when it says yes, the plan is given up.

    Returns:
        The plan; without any application while nobody has said which column holds the firm or the role.

    Raises:
        Refused: there are no rows, or it was cancelled.
    """
    if not table.rows:
        raise Refused("import-no-rows", "This file has headers and no rows under them.")
    plan = ImportPlan(table=table, mapping=mapping)
    if any(ask.kind == "columns" for ask in mapping.asks):
        plan.read = len(table.rows)
        return plan
    known = Known(existing)
    equal: Counter[str] = Counter()
    unmapped: Counter[str] = Counter()
    places: dict[tuple[str, str, str], int] = {}
    for draft, rows in in_chunks(_drafts(table, mapping), len(table.rows), progress, cancelled):
        if draft.is_empty:
            plan.empty += rows
            continue
        plan.read += rows
        if draft.refused is not None:
            plan.refused.append(RowProblem(row=draft.row, refused=draft.refused))
            continue
        equal[draft.digest] += 1
        draft.body.setdefault("imported_as", _numbered(draft.digest, equal[draft.digest]))
        plan.problems += [RowProblem(row=draft.row, refused=problem) for problem in draft.problems]
        if draft.words:
            unmapped[draft.words] += 1
        if known.has(draft):
            plan.duplicates += 1
            continue
        plan.drafts.append(draft)
        place = place_of(draft.body)
        plan.alike += known.like(draft, place)
        if place in places:
            plan.repeated[draft.row] = places[place]
        places.setdefault(place, draft.row)
    if mapping.rows == "transition":
        unmapped = Counter({w: n for w, n in mapping.status_counts.items() if mapping.statuses[w] is None})
    plan.unmapped = dict(unmapped.most_common())
    return plan


def _numbered(digest: str, count: int) -> str:
    """The digest of the ``count``-th equal row of a file."""
    return digest if count == 1 else f"{digest[:26]}{count:06x}"


def _drafts(table: Table, mapping: Mapping) -> Iterator[tuple[Draft, int]]:
    words = library()
    if mapping.rows == "transition":
        yield from StepReader(table.headers, mapping, words).read(table.rows, table.numbers)
        return
    reader = RowReader(table.headers, mapping, words)
    for row, number in zip(table.rows, table.numbers, strict=True):
        yield reader.read(row, number), 1
