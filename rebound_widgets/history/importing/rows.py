"""One row of a log into one application with its interviews, and a sentence for whatever was not taken."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ...domain.application import OUTCOMES, SIZES, STAGES, accept_line, accept_prose
from ...domain.refused import Refused
from .conventions import Library
from .days import DayCell, DayReader, no_day
from .drafts import Draft, Told
from .fields import FIELDS, Field
from .mapping import Mapping
from .sizes import size_word
from .table import Row
from .words import fold, shorten

_DIGEST_FORM = re.compile(r"^[0-9a-f]{32}$")
_NOT_IN_DIGEST = frozenset({"id", "imported_as"})
_UNREAD = object()


class RowReader:
    """Reads rows by a mapping. Rows have to come in the file's order, for days without a year.

    Args:
        headers: The table's headers.
        mapping: How to read it.
        words: The mapping files.
    """

    def __init__(self, headers: Sequence[str], mapping: Mapping, words: Library) -> None:
        self._mapping = mapping
        self._words = words
        self._columns = [(at, FIELDS[name], headers[at]) for at, name in mapping.fields.items()]
        self._readers = {at: DayReader(words, mapping.orders.get(at)) for at, _, _ in self._columns}
        self._told = Told(draft=Draft(row=0))
        self._marks: dict[str, bool | None] = {}
        self._lines: dict[tuple[str, str], Any] = {}
        self._digest_columns = sorted(
            (found.id, at) for at, found, _ in self._columns if found.id not in _NOT_IN_DIGEST
        )
        self._walk: tuple[int, int] | None = None
        self._take: dict[str, Callable[[Told, Field, int, str, str], None]] = {
            "line": self._line,
            "prose": self._prose,
            "link": self._line,
            "size": self._size,
            "status": self._status,
            "day": self._day,
            "reach": self._reach,
            "round": self._round,
            "ending": self._ending,
            "reached": self._exact_day,
            "stage-word": self._exact_word,
            "outcome-word": self._exact_word,
            "digest": self._digest,
            "id": self._id,
        }

    def read(self, row: Row, number: int) -> Draft:
        """The application one row tells of.

        Args:
            row: Its cells.
            number: Its number as a spreadsheet shows it.
        """
        draft, told = Draft(row=number), self._told
        told.begin(draft)
        for at, found, header in self._columns:
            cell = row[at]
            if cell and not cell.isspace():
                self._take[found.takes](told, found, at, header, cell)
        told.conclude(self._mapping.constants)
        if draft.body.get("company") is None and draft.body.get("role") is None:
            draft.is_empty = not self._says_anything(row)
            draft.refused = Refused("import-nameless", "This row names neither a firm nor a role.")
        draft.digest = self.digest([row])
        return draft

    def digest(self, rows: Iterable[Row]) -> str:
        """Names the cells that are used, in whatever order the columns stand."""
        cells = "\x1d".join(
            "\x1e".join([f"{name}\x1f{row[at].strip()}" for name, at in self._digest_columns if row[at]])
            for row in rows
        )
        return hashlib.blake2b(cells.encode("utf-8", "replace"), digest_size=16).hexdigest()

    def _is_nothing(self, cell: str) -> bool:
        spelled = fold(cell)
        return not spelled or spelled in self._words.empty

    def _says_anything(self, row: Row) -> bool:
        return any(
            not self._is_nothing(row[at]) and row[at].strip().lower() not in self._words.no
            for at, _, _ in self._columns
        )

    # Words ---------------------------------------------------------------------------------------------

    def _line(self, told: Told, found: Field, at: int, header: str, cell: str) -> None:
        if found.step:
            return
        key = (found.id, cell)
        value = self._lines.get(key, _UNREAD)
        if value is _UNREAD:
            value = self._lines[key] = self._text(cell, header, name=found.id in {"company", "role"})
        if isinstance(value, Refused):
            told.draft.notice(value)
        elif value is not None:
            told.draft.body[found.id] = value

    def _text(self, cell: str, header: str, *, name: bool) -> str | Refused | None:
        spelled = fold(cell)
        if not spelled or (spelled == "n a" if name else spelled in self._words.empty):
            return None
        try:
            return accept_line(cell, header)
        except Refused as refused:
            return refused

    def _prose(self, told: Told, found: Field, at: int, header: str, cell: str) -> None:
        try:
            text = accept_prose(cell.strip("\r\n"), header)
        except Refused as refused:
            told.draft.notice(refused)
        else:
            if text is not None:
                told.draft.body[found.id] = text

    def _size(self, told: Told, found: Field, at: int, header: str, cell: str) -> None:
        size = size_word(cell)
        if size is not None:
            told.draft.body["size"] = size
        elif not self._is_nothing(cell):
            told.draft.notice(
                Refused(
                    "import-size",
                    "“{cell}” in “{column}” is none of the sizes {sizes}, so it was left open.",
                    cell=shorten(cell),
                    column=header,
                    sizes=", ".join(SIZES),
                )
            )

    def _status(self, told: Told, found: Field, at: int, header: str, cell: str) -> None:
        if found.step or self._is_nothing(cell):
            return
        word = shorten(cell, 200)
        told.draft.body["status_words"] = word
        states = () if word in self._mapping.statuses else self._mapping.states.get(cell, ())
        for said in [state.word for state in states] or [word]:
            told.meaning = self._mapping.statuses.get(said)
            if told.meaning is None:
                told.draft.words = said
        for state in states:
            meaning = self._mapping.statuses.get(state.word)
            if meaning is not None:
                told.states.append((meaning, self._cell(told, at, state.day).day, state.time))

    # Days ----------------------------------------------------------------------------------------------

    def _cell(self, told: Told, at: int, cell: str) -> DayCell:
        reader = self._readers[at]
        read = reader.read(cell)
        if read.wants == "year" and self._mapping.year is not None:
            yearless = reader.yearless(cell)
            if yearless is not None:
                read = reader.read(cell, self._year(told, *yearless))
        elif read.day is not None and told.first_day is None:
            self._walk = (int(read.day[:4]), int(read.day[5:7]))
        problem = read.problem
        if problem is None and read.wants and not self._mapping.asks:
            # Nobody will be asked any more: "31/9" is a day without a year that no year has.
            problem = no_day(cell)
        if problem is not None:
            told.draft.notice(problem)
        told.first_day = told.first_day or read.day
        return read

    def _year(self, told: Told, month: int, day: int) -> int:
        """The year of a day without one: within a row days go forward, from row to row months move little.

        From the first row's year on, a step from December to January is the next year, back is the last.
        """
        if told.first_day is not None:
            year = int(told.first_day[:4])
            return year + 1 if f"{month:02d}-{day:02d}" < told.first_day[5:] else year
        year, before = self._walk or (self._mapping.year or 0, month)
        if self._walk is not None and abs(month - before) >= 6:
            year += 1 if month < before else -1
        self._walk = (year, month)
        return year

    def _day(self, told: Told, found: Field, at: int, header: str, cell: str) -> None:
        day = self._cell(told, at, cell).day
        if day is not None and not found.step:
            told.draft.body[found.id] = day

    def _mark(self, told: Told, at: int, cell: str) -> bool | DayCell:
        """Yes, no, or a day."""
        if cell not in self._marks:
            spellings = {cell.strip().lower(), fold(cell)}
            self._marks[cell] = (
                True if spellings & self._words.yes else False if spellings & self._words.no else None
            )
        mark = self._marks[cell]
        return self._cell(told, at, cell) if mark is None else mark

    def _reach(self, told: Told, found: Field, at: int, header: str, cell: str) -> None:
        said = self._mark(told, at, cell)
        stage = str(found.stage)
        if said is False:
            told.not_sent = told.not_sent or stage == "applied"
        elif said is True:
            told.stages.append(stage)
        elif isinstance(said, DayCell) and said.day is not None:
            told.stages.append(stage)
            if stage == "applied":
                told.draft.body["applied_on"] = said.day
            else:
                told.reached[stage] = said.day

    def _round(self, told: Told, found: Field, at: int, header: str, cell: str) -> None:
        said = self._mark(told, at, cell)
        if said is False or (isinstance(said, DayCell) and said.day is None):
            return
        told.stages.append(str(found.stage))
        if isinstance(said, DayCell):
            interview = {
                "round": len(told.draft.interviews) + 1,
                "format": found.format,
                "held_on": said.day,
                "held_at": said.time,
                "stage": found.stage,
            }
            made = {name: value for name, value in interview.items() if value is not None}
            told.draft.interviews = (*told.draft.interviews, made)

    def _ending(self, told: Told, found: Field, at: int, header: str, cell: str) -> None:
        said = self._mark(told, at, cell)
        if said is True:
            told.endings.append((found, None))
        elif isinstance(said, DayCell) and said.day is not None:
            told.endings.append((found, said.day))

    # Rebound's own export ------------------------------------------------------------------------------

    def _exact_day(self, told: Told, found: Field, at: int, header: str, cell: str) -> None:
        day = self._cell(told, at, cell).day
        if day is not None:
            told.reached[str(found.stage)] = day

    def _exact_word(self, told: Told, found: Field, at: int, header: str, cell: str) -> None:
        allowed = STAGES if found.id == "stage" else OUTCOMES
        if cell.strip() in allowed:
            told.exact[found.id] = cell.strip()
        else:
            told.draft.notice(
                Refused(
                    "import-word",
                    "“{cell}” in “{column}” is none of {words}, so it was left open.",
                    cell=shorten(cell),
                    column=header,
                    words=", ".join(allowed),
                )
            )

    def _digest(self, told: Told, found: Field, at: int, header: str, cell: str) -> None:
        if _DIGEST_FORM.match(cell.strip()):
            told.draft.body["imported_as"] = cell.strip()

    def _id(self, told: Told, found: Field, at: int, header: str, cell: str) -> None:
        told.draft.given_id = cell.strip()
