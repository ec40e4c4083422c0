"""Logs with one row a step: the rows of each application, put together again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...domain.application import STAGES
from .conventions import Library
from .days import DayReader, no_day
from .drafts import Draft
from .mapping import Mapping
from .rows import RowReader
from .table import Row
from .words import fold, shorten


@dataclass(kw_only=True, slots=True)
class _Course:
    """The steps of one application: places of rows, and where it stands after the last."""

    places: list[int] = field(default_factory=list)
    stands: str = ""


class StepReader:
    """Reads a log with one row a step.

    Which rows belong together: those with the same number of an application, where a column holds one; else
    those of the same firm and role, each step going on from where an earlier one ended. A step that goes on
    from nowhere begins another application.

    Args:
        headers: The table's headers.
        mapping: How to read it.
        words: The mapping files.
    """

    def __init__(self, headers: Sequence[str], mapping: Mapping, words: Library) -> None:
        self._rows = RowReader(headers, mapping, words)
        self._mapping = mapping
        self._at = {name: at for at, name in mapping.fields.items()}
        self._days = DayReader(words, mapping.orders.get(self._at.get("changed_on", -1)))

    def read(self, rows: Sequence[Row], numbers: Sequence[int]) -> Iterator[tuple[Draft, int]]:
        """Every application with how many rows tell of it, in order of their first rows."""
        for course in self._courses(rows):
            yield self._draft(course, rows, numbers), len(course.places)

    def _cell(self, row: Row, name: str) -> str:
        return row[self._at[name]] if name in self._at else ""

    def _courses(self, rows: Sequence[Row]) -> list[_Course]:
        courses: list[_Course] = []
        by_key: dict[str, list[_Course]] = {}
        for place, row in enumerate(rows):
            key = fold(self._cell(row, "key"))
            name = key or f"{fold(self._cell(row, 'company'))}|{fold(self._cell(row, 'role'))}"
            known = by_key.setdefault(name, [])
            course = known[0] if key and known else self._goes_on(known, row)
            if course is None:
                course = _Course()
                known.append(course)
                courses.append(course)
            course.places.append(place)
            course.stands = fold(self._cell(row, "to_stage")) or course.stands
        return courses

    def _goes_on(self, known: list[_Course], row: Row) -> _Course | None:
        """The application this step goes on with, or ``None`` where it begins one."""
        before = fold(self._cell(row, "from_stage"))
        if before:
            return next((course for course in known if course.stands == before), None)
        meaning = self._mapping.statuses.get(shorten(self._cell(row, "to_stage"), 200))
        begins = meaning is not None and meaning.stage in {"saved", "applied"} and meaning.outcome == "open"
        goes_on = known and (not begins or self._only_saved(known[-1]))
        return known[-1] if goes_on else None

    def _only_saved(self, course: _Course) -> bool:
        return any(
            fold(word) == course.stands and meaning is not None and meaning.stage == "saved"
            for word, meaning in self._mapping.statuses.items()
        )

    def _draft(self, course: _Course, rows: Sequence[Row], numbers: Sequence[int]) -> Draft:
        own = [rows[place] for place in course.places]
        draft = self._rows.read(own[0], numbers[course.places[0]])
        stages, outcome, outcome_on = ["applied"], "open", None
        entered: dict[str, str] = {}
        sent = False
        for row in own:
            day = self._changed(row, draft)
            for name in ("from_stage", "to_stage"):
                cell = self._cell(row, name)
                meaning = self._mapping.statuses.get(shorten(cell, 200))
                if meaning is None:
                    continue
                sent = sent or meaning.stage != "saved"
                if meaning.stage is not None:
                    stages.append(meaning.stage)
                if name == "from_stage":
                    continue
                outcome, outcome_on = meaning.outcome, day if meaning.outcome != "open" else None
                if meaning.stage is not None and meaning.outcome == "open" and day is not None:
                    entered.setdefault(meaning.stage, day)
        last = self._cell(own[-1], "to_stage")
        self._write(draft, stages if sent else ["saved"], outcome, outcome_on, entered)
        if last.strip():
            draft.body["status_words"] = shorten(last, 200)
        draft.words = shorten(last, 200) if last.strip() and not self._known(last) else ""
        draft.digest = self._rows.digest(own)
        return draft

    def _known(self, word: str) -> bool:
        return self._mapping.statuses.get(shorten(word, 200)) is not None

    def _changed(self, row: Row, draft: Draft) -> str | None:
        cell = self._cell(row, "changed_on")
        read = self._days.read(cell, self._mapping.year)
        problem = no_day(cell) if read.wants and not self._mapping.asks else read.problem
        if problem is not None and str(problem) not in map(str, draft.problems):
            draft.notice(problem)
        return read.day

    def _write(
        self, draft: Draft, stages: list[str], outcome: str, outcome_on: str | None, entered: dict[str, str]
    ) -> None:
        body: dict[str, Any] = draft.body
        body["stage"] = max(stages, key=STAGES.index)
        body["outcome"] = outcome
        if outcome_on is not None:
            body["outcome_on"] = outcome_on
        applied = entered.pop("applied", None)
        if applied is not None:
            body.setdefault("applied_on", applied)
        if entered:
            body["reached"] = dict(sorted(entered.items(), key=lambda pair: STAGES.index(pair[0])))
