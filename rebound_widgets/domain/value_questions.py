"""Questions answered with a date or a number."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any, ClassVar

from .question import Question
from .refused import Refused


@dataclass(frozen=True, kw_only=True)
class Date(Question):
    """A calendar day, without time zone. Kept as ISO 8601 text, ``"2026-11-05"``."""

    kind: ClassVar[str] = "date"

    def accept(self, value: Any) -> str | None:
        if value is None or value == "":
            return None
        return accept_date(value, ask=self.ask)


@dataclass(frozen=True, kw_only=True)
class Number(Question):
    """A number with its unit. Kept as ``int`` or ``float`` in that unit.

    Attributes:
        unit: What is counted, shown beside the field.
        minimum: The lowest number taken, inclusive.
        maximum: The highest number taken, inclusive.
    """

    kind: ClassVar[str] = "number"
    unit: str = ""
    minimum: float = 0
    maximum: float = 1_000_000_000

    def accept(self, value: Any) -> float | int | None:
        if value is None or value == "":
            return None
        number = value
        if isinstance(value, str):
            try:
                number = float(value.strip().replace("\u00a0", "").replace(" ", "").replace(",", "."))
            except ValueError:
                number = math.nan
        numeric = isinstance(number, int | float) and not isinstance(number, bool)
        if not numeric or not math.isfinite(number) or not self.minimum <= number <= self.maximum:
            raise Refused(
                "number-range",
                "“{ask}” takes a number from {low:g} to {high:g}; it was given {got!r}.",
                ask=self.ask,
                low=self.minimum,
                high=self.maximum,
                got=str(value)[:40],
            )
        return int(number) if float(number).is_integer() else float(number)


def accept_date(value: Any, *, ask: str) -> str:
    """A day between 1950 and 2100 as ISO 8601 text.

    Raises:
        Refused: not a day of that form, or out of those years.
    """
    day: dt.date | None = None
    if isinstance(value, dt.datetime):
        day = value.date()
    elif isinstance(value, dt.date):
        day = value
    elif isinstance(value, str):
        try:
            day = dt.date.fromisoformat(value.strip())
        except ValueError:
            day = None
    if day is None or not 1950 <= day.year <= 2100:
        raise Refused(
            "date-unreadable",
            "“{ask}” takes a day as year-month-day between 1950 and 2100, such as 2026-11-05; "
            "it was given {got!r}.",
            ask=ask,
            got=str(value)[:40],
        )
    return day.isoformat()
