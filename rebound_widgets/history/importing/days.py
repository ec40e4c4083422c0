"""Days in the cells of a log: every form people write, and nothing guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from ...domain.refused import Refused
from .conventions import Library
from .day_forms import Written, beside, find_days, serial_day, time_of_day
from .words import fold, shorten


@dataclass(frozen=True, kw_only=True)
class DayCell:
    """What one cell says about a day.

    Attributes:
        day: The day as ISO 8601 text, or ``None`` where there is none or it cannot be known yet.
        time: The time of day beside it as ``HH:MM``.
        wants: ``date-order`` or ``year`` where an answer of the person is needed to read it.
        problem: Why the cell, or part of it, was not taken.
    """

    day: str | None = None
    time: str | None = None
    wants: str = ""
    problem: Refused | None = None


_EMPTY = DayCell()
_SAMPLE = 400
"""After so many different cells with hardly a day in words or figures, the rest shows nothing of an order."""
_ENOUGH = 5_000
"""So many different cells show the order of a column, or it is asked."""


@dataclass(frozen=True, kw_only=True)
class OrderEvidence:
    """What the different cells of one column show about the order of day, month and year.

    Attributes:
        dmy: Cells that can only be day first.
        mdy: Cells that can only be month first.
        ymd: Cells of six figures that are year first.
        either: Cells that can be read in two orders, as two different days.
        example: One of the last.
        yearless: Cells without a year.
        days: Cells with a day of any form.
        filled: Cells that are not empty, of those looked at.
    """

    dmy: int = 0
    mdy: int = 0
    ymd: int = 0
    either: int = 0
    example: str = ""
    yearless: int = 0
    days: int = 0
    filled: int = 0

    @property
    def order(self) -> str | None:
        """The one order all telling cells agree on, or ``None``."""
        shown = [order for order in ("dmy", "mdy", "ymd") if getattr(self, order)]
        return shown[0] if len(shown) == 1 else None


class DayReader:
    """Reads cells as days.

    Args:
        words: Where month words and words for "nothing" come from.
        order: How figures are ordered, one of ``ORDERS``; ``None`` while nobody knows.
    """

    def __init__(self, words: Library, order: str | None = None) -> None:
        self._words = words
        self._order = order
        self._read: dict[tuple[str, int | None], DayCell] = {}

    def read(self, cell: str, year: int | None = None) -> DayCell:
        """What one cell says.

        Args:
            cell: The cell's text.
            year: The year of days written without one.
        """
        key = (cell, year)
        read = self._read.get(key)
        if read is None:
            read = self._read[key] = self._fresh(cell, year)
        return read

    def yearless(self, cell: str) -> tuple[int, int] | None:
        """Month and day of a cell whose day has no year, else ``None``."""
        for written in find_days(cell, self._words.months)[:1]:
            order = self._order_of(written)
            day = written.day(order, 2000) if written.figures[2] is None and order else None
            if day is not None:
                return day.month, day.day
        return None

    def is_empty(self, cell: str) -> bool:
        """Whether a cell holds nothing, or a word for nothing."""
        spelled = fold(cell)
        return not spelled or spelled in self._words.empty

    def evidence(self, cells: Iterable[str]) -> OrderEvidence:
        """What different cells of one column show; see ``OrderEvidence``."""
        counts = {"dmy": 0, "mdy": 0, "either": 0, "yearless": 0, "days": 0, "filled": 0}
        example = ""
        short: list[Written] = []
        written_days = 0
        for cell in cells:
            if self.is_empty(cell):
                continue
            if counts["filled"] >= _ENOUGH or (counts["filled"] == _SAMPLE and written_days < _SAMPLE // 10):
                break
            counts["filled"] += 1
            found = find_days(cell, self._words.months)
            written_days += bool(found)
            counts["days"] += bool(found) or serial_day(cell) is not None
            counts["yearless"] += bool(found) and found[0].figures[2] is None
            for written in found:
                verdict = written.verdict
                if verdict:
                    counts[verdict] += 1
                if verdict == "either":
                    example = example or written.text
                if not written.order and written.figures[2] is not None and written.figures[2] < 100:
                    short.append(written)
        year_first = _year_first(short)
        if year_first != "dmy":
            counts["dmy"] -= len(short)
        if year_first == "either":
            counts["either"] += len(short)
            example = example or short[0].text
        return OrderEvidence(ymd=len(short) if year_first == "ymd" else 0, example=example, **counts)

    def _order_of(self, written: Written) -> str:
        """The order to read it in; empty where nobody knows."""
        if written.order or self._order:
            return written.order or self._order or ""
        return {"": "dmy", "either": ""}.get(written.verdict, written.verdict)

    def _fresh(self, cell: str, year: int | None) -> DayCell:
        if self.is_empty(cell):
            return _EMPTY
        serial = serial_day(cell)
        found = [] if serial else find_days(cell, self._words.months)
        if serial or not found:
            return DayCell(day=serial.isoformat()) if serial else DayCell(problem=no_day(cell))
        order = self._order_of(found[0])
        # In "30/08 - 02/09/2023" the second day names the year of both.
        year = next((written.figures[2] for written in found if written.figures[2] is not None), year)
        if not order or (found[0].figures[2] is None and year is None):
            return DayCell(wants="year" if order else "date-order")
        return self._in_order(cell, found, order, year)

    def _in_order(self, cell: str, found: list[Written], order: str, year: int | None) -> DayCell:
        first = found[0]
        day = first.day(order, year)
        if day is not None:
            return DayCell(day=day.isoformat(), time=time_of_day(cell), problem=self._rest(cell, found, day))
        other = first.day(first.verdict, year) if first.verdict in {"dmy", "mdy"} else None
        if other is None:
            return DayCell(problem=no_day(cell))
        return DayCell(day=other.isoformat(), time=time_of_day(cell), problem=_other_order(first.text, other))

    def _rest(self, cell: str, found: list[Written], day: dt.date) -> Refused | None:
        """A notice of what else the cell held: a second day, or words."""
        if len(found) > 1:
            return Refused(
                "import-two-days",
                "“{cell}” holds {count} days; {day} was taken, the rest stays in your file.",
                cell=shorten(cell),
                count=len(found),
                day=day.isoformat(),
            )
        if all(word in self._words.days for word in beside(cell, found[0])):
            return None
        return Refused(
            "import-day-and-words",
            "“{cell}” was read as {day}; the words beside it stay in your file.",
            cell=shorten(cell),
            day=day.isoformat(),
        )


def _year_first(short: list[Written]) -> str:
    """How to read days of six figures whose first two could be a year: ``dmy``, ``ymd`` or ``either``.

    In "24/11/05, 24/11/17" the first figures stay and the last move, so the year comes first.
    """
    if not short or any(written.figures[0] < 20 or written.figures[1] > 12 for written in short):
        return "dmy"
    firsts = {written.figures[0] for written in short}
    lasts = {written.figures[2] for written in short}
    if any(last is not None and last > 31 for last in lasts) or len(firsts) > len(lasts):
        return "dmy"
    return "ymd" if len(lasts) > len(firsts) else "either"


def no_day(cell: str) -> Refused:
    """What is said of a cell that holds no day there is, such as 31 September."""
    return Refused(
        "import-no-day", "“{cell}” cannot be read as a day, so that day was left open.", cell=shorten(cell)
    )


def _other_order(text: str, day: dt.date) -> Refused:
    return Refused(
        "import-other-order",
        "“{cell}” can only be {day}, which is not the order of the other days in its column.",
        cell=shorten(text),
        day=day.isoformat(),
    )
