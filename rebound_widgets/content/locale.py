"""What a language knows of itself: names of days and months, and, from Unicode's CLDR, numbers and plurals."""

from __future__ import annotations

import datetime as dt
import functools
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

PLURAL_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""The Unicode consortium's names (CLDR) for the forms a counted word can take."""

DAY_FORMS = ("short", "long", "year", "full", "month")
"""How a day can be shown: Thu 5 Nov · 5 November · 5 Nov 2026 · Thursday 5 November 2026 · November 2026."""

_NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class LocaleFacts:
    """One language's facts. Weeks begin on Monday, months in January.

    Attributes:
        locale: Its tag, such as ``en`` or ``es``.
        name: Its name in itself.
        direction: ``ltr`` or ``rtl``.
        months: Twelve names.
        months_short: Twelve short names.
        days: Seven names, Monday first.
        days_short: Seven short names.
        month_words: More words for a month, to its number from 1.
        day_words: Words for a day counted from today, to how many days from it.
        last_words: Words beside a day's name that mean the one before today.
        next_words: Words beside a day's name that mean the one after today.
        small_words: Words that carry nothing in one line of a quick add, such as "on".
        stage_words: Stage to the words that say so in one line of a quick add.
        held_words: Those of an interview that has been, such as "interviewed"; a weekday beside it is past.
        outcome_words: Outcome to the words that say so.
        date_order: ``dmy``, ``mdy`` or ``ymd``: how people write a day in figures.
        day_forms: Each of ``DAY_FORMS``, with ``{weekday}``, ``{weekday_short}``, ``{day}``, ``{month}``,
            ``{month_short}``, ``{year}``.
        time_form: With ``{hour}``, ``{hour_12}``, ``{minute}``, ``{half}``.
        ungrouped_figures: Up to how many figures of a number stand together without anything between them.
        avoid: Words this product does not say.
    """

    locale: str
    name: str
    direction: str = "ltr"
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    days: tuple[str, ...]
    days_short: tuple[str, ...]
    month_words: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    day_words: Mapping[str, int]
    last_words: tuple[str, ...] = ()
    next_words: tuple[str, ...] = ()
    small_words: tuple[str, ...] = ()
    stage_words: Mapping[str, tuple[str, ...]]
    held_words: tuple[str, ...] = ()
    outcome_words: Mapping[str, tuple[str, ...]]
    date_order: str = "dmy"
    day_forms: Mapping[str, str]
    time_form: str
    ungrouped_figures: int = 3
    avoid: tuple[str, ...] = ()

    def plural(self, count: float) -> str:
        """The category ``count`` takes, one of ``PLURAL_CATEGORIES``."""
        return str(_cldr(self.locale).plural_form(count))

    def month(self, word: str) -> int | None:
        """The number, from 1, of the month ``word`` names, in full or short; ``None`` for other words."""
        more = {plain(name): number for name, number in self.month_words.items()}
        return _named(word, self.months, self.months_short) or more.get(plain(word))

    def weekday(self, word: str) -> int | None:
        """The weekday that ``word`` names, Monday as 1; ``None`` for other words."""
        return _named(word, self.days, self.days_short)

    def show_day(self, day: dt.date, form: str = "short") -> str:
        """A day in words, in one of ``DAY_FORMS``."""
        return self.day_forms[form].format_map(
            {
                "weekday": self.days[day.weekday()],
                "weekday_short": self.days_short[day.weekday()],
                "day": day.day,
                "month": self.months[day.month - 1],
                "month_short": self.months_short[day.month - 1],
                "year": day.year,
            }
        )

    def show_time(self, moment: dt.time | dt.datetime) -> str:
        """A time of day; of a moment with a zone, the time in that zone."""
        return self.time_form.format_map(
            {
                "hour": f"{moment.hour:02d}",
                "hour_12": moment.hour % 12 or 12,
                "minute": f"{moment.minute:02d}",
                "half": "am" if moment.hour < 12 else "pm",
            }
        )

    def show_number(self, number: float) -> str:
        """A number with its thousands apart; whole numbers without a decimal mark."""
        from babel.numbers import format_decimal  # noqa: PLC0415 - a page of words alone needs no numbers

        apart = abs(number) >= 10**self.ungrouped_figures
        cldr = _cldr(self.locale)
        return format_decimal(number, locale=cldr, decimal_quantization=False, group_separator=apart)


@functools.cache
def _cldr(tag: str) -> Locale:
    """What Unicode knows of the language ``tag``; of one that nobody speaks, what it knows of English."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - the same

    try:
        # Bare English would put the month before the day; browsers are asked for the same.
        return Locale.parse("en_GB" if tag == "en" else tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


@functools.lru_cache(maxsize=4_096)
def plain(word: str) -> str:
    """A word as it is compared: small letters, no accents, no full stop; people leave accents out."""
    letters = unicodedata.normalize("NFD", word.casefold().rstrip("."))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _named(word: str, *lists: tuple[str, ...]) -> int | None:
    wanted = plain(word)
    for names in lists:
        for number, name in enumerate(names, start=1):
            if plain(name) == wanted:
                return number
    return None
