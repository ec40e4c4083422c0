"""What an import would do, row by row, before it does anything."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from ...domain.record import Revision, Write, new_id
from ...domain.refused import Refused
from .alike import Alike, Known, place_of
from .asks import Ask
from .conventions import library
from .mapping import Mapping
from .rows import Draft, RowReader
from .table import Table
from .transitions import StepReader

CHUNK = 500
"""Rows between two looks at ``cancelled``; well under a twentieth of a second."""

_T = TypeVar("_T")
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, kw_only=True)
class RowProblem:
    """One row of the file and what is to be said about it.

    Attributes:
        row: Its number as a spreadsheet shows it.
        refused: The sentence with its facts, so that a locale can say it in its own words.
    """

    row: int
    refused: Refused

    @property
    def sentence(self) -> str:
        """What is to be said, in English."""
        return self.refused.sentence


@dataclass(kw_only=True, repr=False)
class ImportPlan:
    """What an import would do. Nothing is written by it; ``writes()`` gives what to write.

    Attributes:
        table: The log.
        mapping: How it was read.
        read: Rows of the log that hold something.
        new: Applications that are not in the workbook yet.
        duplicates: Applications that are: the same cells were imported before.
        empty: Rows skipped because nothing that is used is filled in.
        refused: Rows that cannot be applications, and why.
        problems: Rows that are taken, and what in them was not.
        unmapped: Status words whose meaning only their writer knows, with how often each occurs; the
            applications stay open and keep the words.
        alike: New applications that resemble one already in the workbook; imported unless left out.
        repeated: Numbers of rows that repeat firm, role and day of an earlier row of this file; all imported.
        asks: What has to be answered first; ``writes()`` refuses while there is any.
    """

    table: Table
    mapping: Mapping
    read: int = 0
    duplicates: int = 0
    empty: int = 0
    refused: list[RowProblem] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    unmapped: dict[str, int] = field(default_factory=dict)
    alike: list[Alike] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    _states: dict[int, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<ImportPlan: {self.read} read, {self.new} new, {self.duplicates} there already>"

    @property
    def new(self) -> int:
        """Applications that would be added."""
        return len(self.drafts)

    @property
    def asks(self) -> tuple[Ask, ...]:
        """What has to be answered before anything can be imported."""
        return self.mapping.asks

    @property
    def interviews(self) -> int:
        """Interviews that would be added."""
        return sum(len(draft.interviews) for draft in self.drafts)

    def preview(self, count: int = 20) -> list[dict[str, Any]]:
        """The first new applications as they would be, each with what is to be said about its row."""
        said: dict[int, list[str]] = {}
        for problem in self.problems:
            said.setdefault(problem.row, []).append(problem.sentence)
        likes = {alike.row: alike.record_id for alike in self.alike}
        repeated = set(self.repeated)
        return [
            {
                "row": draft.row,
                "fields": {key: value for key, value in draft.body.items() if key != "imported_as"},
                "interviews": [dict(interview) for interview in draft.interviews],
                "words": draft.words,
                "problems": said.get(draft.row, []),
                "alike": likes.get(draft.row),
                "repeated": draft.row in repeated,
            }
            for draft in islice(self.drafts, count)
        ]

    def writes(
        self,
        *,
        leave_out: Collection[int] = (),
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> list[Write]:
        """What to write, in one change: a record of the import, then the new applications and interviews.

        Args:
            leave_out: Numbers of rows not to import after all.
            progress: Called with how many applications are done and how many there are.
            cancelled: Asked now and then; when it says yes, nothing is given.

        Raises:
            Refused: something has to be answered first, or it was cancelled.
        """
        for ask in self.asks:
            raise ask.refused
        left = set(leave_out)
        drafts = [draft for draft in self.drafts if draft.row not in left]
        if not drafts:
            return []
        writes = [
            Write(record_id=new_id("import"), kind="import", body=self._record(len(drafts)), based_on=0)
        ]
        for draft in _in_chunks(drafts, len(drafts), progress, cancelled):
            made = new_id("application")
            writes.append(Write(record_id=made, kind="application", body=draft.body, based_on=0))
            writes += [
                Write(
                    record_id=new_id("interview"),
                    kind="interview",
                    body={"application_id": made, **interview},
                    based_on=0,
                )
                for interview in draft.interviews
            ]
        return writes

    def _record(self, count: int) -> dict[str, Any]:
        mapping = self.mapping
        return {
            "name": self.table.name,
            "digest": self.table.digest,
            "applications": count,
            "convention": mapping.convention,
            "columns": mapping.columns(self.table),
            "date_orders": {self.table.headers[at]: order for at, order in mapping.orders.items() if order},
            "year": mapping.year,
            "statuses": {word: str(meaning) for word, meaning in mapping.statuses.items() if meaning},
        }

    def as_json(self) -> dict[str, Any]:
        """All of it as plain JSON; counts under the names ``rebound import --json`` prints."""
        mapping = self.mapping
        return {
            "name": self.table.name,
            "read_as": self.table.read_as,
            "read": self.read,
            "imported": self.new,
            "duplicates": self.duplicates,
            "refused": len(self.refused),
            "empty": self.empty,
            "interviews": self.interviews,
            "unmapped": dict(self.unmapped),
            "repeated": len(self.repeated),
            "alike": [alike.as_json() for alike in self.alike],
            "refused_rows": [{"row": one.row, "sentence": one.sentence} for one in self.refused],
            "problems": [{"row": one.row, "sentence": one.sentence} for one in self.problems],
            "convention": mapping.convention,
            "reason": mapping.reason,
            "columns": mapping.columns(self.table),
            "left_out": list(mapping.left_out),
            "personal": list(mapping.personal),
            "date_orders": {self.table.headers[at]: order for at, order in mapping.orders.items()},
            "date_reason": mapping.order_reason,
            "statuses": {word: str(meaning) for word, meaning in mapping.statuses.items() if meaning},
            "asks": [
                {
                    "kind": ask.kind,
                    "sentence": ask.sentence,
                    "column": ask.column,
                    "options": list(ask.options),
                }
                for ask in self.asks
            ],
            "notes": list(mapping.notes),
        }


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
    places: set[tuple[str, str, str]] = set()
    for draft, rows in _in_chunks(_drafts(table, mapping), len(table.rows), progress, cancelled):
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
            plan.repeated.append(draft.row)
        places.add(place)
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


def _in_chunks(
    items: Iterable[_T], total: int, progress: Progress | None, cancelled: Cancelled | None
) -> Iterator[_T]:
    """``items``; between them a look at ``cancelled``, a word of ``progress``, a breath for other threads."""
    for done, item in enumerate(items, start=1):
        yield item
        if done % CHUNK == 0:
            _pause(min(done, total), total, progress, cancelled)
    _pause(total, total, progress, cancelled)


def _pause(done: int, total: int, progress: Progress | None, cancelled: Cancelled | None) -> None:
    if cancelled is not None and cancelled():
        raise Refused("import-cancelled", "The import was stopped. Nothing was changed.")
    if progress is not None:
        progress(done, total)
    time.sleep(0)
