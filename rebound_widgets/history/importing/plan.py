"""What an import would do, row by row, before it does anything."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from ...domain.record import Write, new_id
from ...domain.refused import Refused
from .alike import Alike
from .asks import Ask
from .chunks import Cancelled, Progress, in_chunks
from .drafts import Draft
from .mapping import Mapping
from .table import Table


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
        repeated: Rows that repeat firm, role and day of an earlier row of this file, to that row; all imported.
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
    repeated: dict[int, int] = field(default_factory=dict)
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

    @property
    def look_at(self) -> list[RowProblem]:
        """All that is to be said about single rows: those refused, what was not taken, and rows that are alike."""
        twins = [RowProblem(row=row, refused=_rows_alike(first, row)) for row, first in self.repeated.items()]
        return [*self.refused, *self.problems, *twins]

    def preview(self, count: int = 20) -> list[dict[str, Any]]:
        """The first new applications as they would be, each with what is to be said about its row.

        ``problems`` are ``Refused``, for a page to say in its language.
        """
        said: dict[int, list[Refused]] = {}
        for problem in self.problems:
            said.setdefault(problem.row, []).append(problem.refused)
        likes = {alike.row: alike.record_id for alike in self.alike}
        return [
            {
                "row": draft.row,
                "fields": {key: value for key, value in draft.body.items() if key != "imported_as"},
                "interviews": [dict(interview) for interview in draft.interviews],
                "words": draft.words,
                "problems": said.get(draft.row, []),
                "alike": likes.get(draft.row),
                "repeated": draft.row in self.repeated,
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
        for draft in in_chunks(drafts, len(drafts), progress, cancelled):
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
            "headers": list(self.table.headers),
            "columns": mapping.columns(self.table),
            "date_order": mapping.date_order,
            "date_orders": {self.table.headers[at]: order for at, order in mapping.orders.items() if order},
            "year": mapping.year,
            "statuses": {word: str(meaning or "") for word, meaning in mapping.statuses.items()},
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
            "repeated_rows": [[first, row] for row, first in self.repeated.items()],
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
            "notes": [note.sentence for note in mapping.notes],
        }


def _rows_alike(first: int, row: int) -> Refused:
    return Refused(
        "import-rows-alike",
        "Rows {first} and {row} are alike: the same firm, role and day. Both are added.",
        first=first,
        row=row,
    )
