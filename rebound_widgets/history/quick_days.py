"""A day in one line of a quick add: "3 Oct", "last Tuesday", "yesterday"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from ..content.locale import plain

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_FIGURES = re.compile(r"(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{4}|\d{2}))?\.?$")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|º|ª|\.)?$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d{2}$")
_TIME = re.compile(r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})|(?=h|am|pm))(?:h(?:rs?)?)?(?P<half>am|pm)?\.?$")
_FIRST, _LAST = 1990, 2100


class DayFacts(Protocol):
    """What a language knows of days."""

    def month(self, word: str, /) -> int | None:
        """The number, from 1, of the month that ``word`` names."""

    def weekday(self, word: str, /) -> int | None:
        """The weekday that ``word`` names, Monday as 1."""

    @property
    def day_words(self) -> Mapping[str, int]:
        """Words for a day, to how many days it is from today."""

    @property
    def last_words(self) -> Sequence[str]:
        """Words beside a weekday that mean the one before today."""

    @property
    def next_words(self) -> Sequence[str]:
        """Words beside a weekday that mean the one after today."""

    @property
    def small_words(self) -> Sequence[str]:
        """Words that carry nothing."""

    @property
    def date_order(self) -> str:
        """``dmy``, ``mdy`` or ``ymd``: how people write a day in figures."""


def find_day(
    words: Sequence[str], facts: DayFacts, today: dt.date, *, soon: bool = False, coming: bool = False
) -> tuple[dt.date, int] | None:
    """The day that begins with the first of ``words``, and how many of them it takes.

    Args:
        words: The words.
        facts: The language.
        today: The local calendar day.
        soon: Whether a day without a year is the nearest one; else it is the latest not after ``today``.
        coming: Whether a weekday is the next one, today included; else it is the last one, today included.
    """
    given = [plain(word).strip(",:()") for word in words[:7]]
    return (
        _after_weekday(given, facts, today, soon)
        or _named(given, facts, today, coming)
        or _in_figures(given, facts, today, soon)
        or _in_words(given, facts, today, soon)
    )


def _after_weekday(
    words: Sequence[str], facts: DayFacts, today: dt.date, soon: bool
) -> tuple[dt.date, int] | None:
    """Days such as Thu 5 Nov: the date says which day, the weekday before it nothing more."""
    if facts.weekday(words[0]) is None:
        return None
    rest = words[1:]
    found = _in_figures(rest, facts, today, soon) or _in_words(rest, facts, today, soon)
    return (found[0], found[1] + 1) if found else None


def _named(words: Sequence[str], facts: DayFacts, today: dt.date, coming: bool) -> tuple[dt.date, int] | None:
    """Days such as yesterday, last Tuesday, Tuesday, martes pasado."""
    offsets = {plain(word): days for word, days in facts.day_words.items()}
    for length in range(min(4, len(words)), 0, -1):
        offset = offsets.get(" ".join(words[:length]))
        if offset is not None:
            return _moved(today, offset), length
    step, before = _direction(words, facts)
    weekday = facts.weekday(words[before]) if before < len(words) else None
    if weekday is None:
        return None
    after = 0
    if not before:
        step, after = _direction(words[1:], facts)
    ago = (today.isoweekday() - weekday) % 7
    days = {-1: -(ago or 7), 1: 7 - ago, 0: -ago % 7 if coming else -ago}[step]
    return _moved(today, days), before + 1 + after


def find_time(words: Sequence[str]) -> tuple[str, int] | None:
    """The time of day that begins with the first of ``words`` as ``HH:MM``, and how many of them it takes.

    14:00, 14h, 14:00h, 2pm, 2:30 p.m. are times; a bare number is none.
    """
    for length in (2, 1):
        match = _TIME.match(
            "".join(words[:length]).strip(",()").lower().replace("p.m", "pm").replace("a.m", "am")
        )
        if match is None or length > len(words):
            continue
        hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        if hour < 24 and minute < 60:
            return f"{hour:02d}:{minute:02d}", length
    return None


def _direction(words: Sequence[str], facts: DayFacts) -> tuple[int, int]:
    """Whether words for "last" (-1) or "next" (1) stand here, and how many; 0 and 0 where none do."""
    for step, phrases in ((-1, facts.last_words), (1, facts.next_words)):
        for phrase in phrases:
            wanted = plain(phrase).split()
            if list(words[: len(wanted)]) == wanted:
                return step, len(wanted)
    return 0, 0


def _moved(today: dt.date, days: int) -> dt.date:
    try:
        return today + dt.timedelta(days=days)
    except OverflowError:
        return today


def _in_figures(
    words: Sequence[str], facts: DayFacts, today: dt.date, soon: bool
) -> tuple[dt.date, int] | None:
    match = _ISO.match(words[0]) if words else None
    if match:
        day = _date(int(match[1]), int(match[2]), int(match[3]))
        return (day, 1) if day else None
    match = _FIGURES.match(words[0]) if words else None
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    if facts.date_order == "mdy":
        first, second = second, first
    if match[3] is None:
        found = _without_year(second, first, today, soon)
    else:
        year = int(match[3])
        found = _date(year + 2000 if year < 100 else year, second, first)
    return (found, 1) if found else None


def _in_words(
    words: Sequence[str], facts: DayFacts, today: dt.date, soon: bool
) -> tuple[dt.date, int] | None:
    """Days such as 3 Oct, 3 de octubre de 2026, Oct 3."""
    small = {plain(word) for word in facts.small_words}
    kept = [(at, word) for at, word in enumerate(words) if at == 0 or word not in small]
    if len(kept) < 2:
        return None
    (_, first), (end, second) = kept[0], kept[1]
    day, month = _DAY.match(first), facts.month(second)
    if day is None or month is None:
        day, month = _DAY.match(second), facts.month(first)
    if day is None or month is None:
        return None
    if len(kept) > 2 and _YEAR.match(kept[2][1]):
        found = _date(int(kept[2][1]), month, int(day[1]))
        return (found, kept[2][0] + 1) if found else None
    found = _without_year(month, int(day[1]), today, soon)
    return (found, end + 1) if found else None


def _without_year(month: int, day: int, today: dt.date, soon: bool) -> dt.date | None:
    # A 29 February may lie up to eight years back.
    years = range(today.year + 1, today.year - 9, -1)
    days = [found for year in years if (found := _date(year, month, day)) is not None]
    if soon:
        return min(days, key=lambda found: abs((found - today).days), default=None)
    return next((found for found in days if found <= today), None)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        made = dt.date(year, month, day)
    except ValueError:
        return None
    return made if _FIRST <= made.year <= _LAST else None
