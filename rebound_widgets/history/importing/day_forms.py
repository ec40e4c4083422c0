"""The forms in which people write a day, found in a cell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .words import fold

ORDERS = ("dmy", "mdy", "ymd")
"""Orders of day, month and year in figures."""

ORDER_WORDS: Mapping[str, str] = MappingProxyType(
    {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
)
"""Those orders in words."""

_FIGURES = r"(?P<a>\d{1,2})(?P<s>[/.\-–])(?P<b>\d{1,2})(?P=s)(?P<c>\d{4}|\d{2})(?!\d)"
_ISO = r"(?P<y>(?:19|20)\d{2})(?P<t>[-/.])(?P<m>\d{1,2})(?P=t)(?P<d>\d{1,2})(?!\d)"
_RUN = r"(?P<ry>(?:19|20)\d{2})(?P<rm>[01]\d)(?P<rd>[0-3]\d)(?!\d)"
_WORD = r"[^\W\d_]{3,12}"
_DAY_MONTH = (
    rf"(?P<nd>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?[\s\-/.]*(?:de\s+|of\s+)?(?P<nm>{_WORD})\.?"
    r"(?:[\s\-/.,]*(?:de\s+|del\s+)?(?P<ny>\d{4}|(?<=[\-/.’'\s])\d{2})(?![\d:]))?"
)
_MONTH_DAY = (
    rf"(?P<wm>{_WORD})\.?[\s\-]+(?P<wd>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
    r"(?:,?[\s\-]+(?P<wy>\d{4})(?!\d))?"
)
_SHORT = r"(?P<p>\d{1,2})(?P<q>[/.])(?P<r>\d{1,2})\.?(?![\d/.:])"
_DAY = re.compile(
    rf"(?<![\d/.\-])(?:{_ISO}|{_RUN}|{_FIGURES}|{_DAY_MONTH}|{_MONTH_DAY}|{_SHORT})", re.IGNORECASE
)
_TIME = re.compile(
    r"(?<![\d:])(\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(a\.?m\.?|p\.?m\.?)?", re.IGNORECASE
)
_ZONE = re.compile(r"(?<=\d)\s*(?:z|utc|gmt|[+\-]\d{2}:?\d{2})(?![\w:])", re.IGNORECASE)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?$")
_EPOCH = dt.date(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


@dataclass(frozen=True, kw_only=True)
class Written:
    """A day as somebody wrote it.

    Attributes:
        figures: As they stand; the third, the year, is ``None`` where it is missing.
        order: Their order where the form itself fixes it (a month in words, a year of four figures first).
        text: The part of the cell it stands in.
    """

    figures: tuple[int, int, int | None]
    order: str = ""
    text: str = ""

    @property
    def verdict(self) -> str:
        """``dmy`` or ``mdy`` where figures allow one only, ``either`` for both, empty where all is one."""
        first, second, _ = self.figures
        if self.order or first == second:
            return ""
        if first > 12 >= second:
            return "dmy"
        if second > 12 >= first:
            return "mdy"
        return "either" if first <= 12 and second <= 12 else ""

    def day(self, order: str, year: int | None = None) -> dt.date | None:
        """The calendar day in that order; ``None`` where there is no such day.

        Args:
            order: One of ``ORDERS``.
            year: The year where none is written.
        """
        first, second, third = self.figures
        if order == "ymd" and third is not None and third < 100:
            year, month, day = first, second, third
        else:
            day, month = (second, first) if order == "mdy" else (first, second)
            year = year if third is None else third
        if year is None:
            return None
        try:
            made = dt.date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            return None
        return made if _FIRST_YEAR <= made.year <= _LAST_YEAR else None


def find_days(cell: str, months: Mapping[str, int]) -> list[Written]:
    """Every day written in a cell, in order.

    Args:
        cell: The cell's text.
        months: Folded month words to their number from 1.
    """
    return [written for written, _ in place_days(cell, months)]


def place_days(cell: str, months: Mapping[str, int]) -> Iterator[tuple[Written, tuple[int, int]]]:
    """The same, each with where it begins and ends in the cell."""
    at = 0
    while (match := _DAY.search(cell, at)) is not None:
        written = _written(match.groupdict(), match.group(0), months)
        if written is not None:
            yield written, match.span()
            at = match.end()
        else:  # "Sent 3" of "Sent 3 Oct" is no day; what follows its first part may be one
            at = match.end("nd" if match["nd"] else "wm")


def _written(parts: Mapping[str, str | None], text: str, months: Mapping[str, int]) -> Written | None:
    for year, month, day in (("y", "m", "d"), ("ry", "rm", "rd")):
        if parts[year]:
            return Written(
                figures=(_int(parts[year]), _int(parts[month]), _int(parts[day])), order="ymd", text=text
            )
    if parts["a"]:
        return Written(figures=(_int(parts["a"]), _int(parts["b"]), _int(parts["c"])), text=text)
    for day, month, year in (("nd", "nm", "ny"), ("wd", "wm", "wy")):
        number = months.get(fold(parts[month] or ""))
        if parts[day] and number:
            given = _int(parts[year]) if parts[year] else None
            return Written(figures=(_int(parts[day]), number, given), order="dmy", text=text)
    if parts["p"]:
        return Written(figures=(_int(parts["p"]), _int(parts["r"]), None), text=text)
    return None


def _int(text: str | None) -> int:
    return int(text or 0)


def serial_day(cell: str) -> dt.date | None:
    """The day a bare number stands for in a spreadsheet: 45000 is 15 March 2023."""
    match = _SERIAL.match(cell.strip())
    if match is None:
        return None
    day = _EPOCH + dt.timedelta(days=int(match.group(1)))
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def time_of_day(cell: str) -> str | None:
    """The time of day in a cell as ``HH:MM``; midnight, which spreadsheets add to bare days, is none."""
    match = _TIME.search(cell)
    if match is None:
        return None
    hour, minute, half = int(match.group(1)), int(match.group(2)), (match.group(3) or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    known = hour < 24 and minute < 60 and (hour, minute) != (0, 0)
    return f"{hour:02d}:{minute:02d}" if known else None


def without_time(text: str) -> str:
    """A cell's text without its time of day and zone."""
    return _TIME.sub(" ", _ZONE.sub("", text))


def beside(cell: str, written: Written) -> list[str]:
    """The folded words of a cell that are neither its day nor its time."""
    rest = cell.replace(written.text, " ", 1)
    return [word for word in fold(without_time(rest)).split() if word != "t"]
