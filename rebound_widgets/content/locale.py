"""What a language knows of itself: names of days and months, the look of numbers, plurals."""

from __future__ import annotations

import datetime as dt
import functools
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

PLURAL_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""The Unicode consortium's names (CLDR) for the forms a counted word can take."""


def _one_many_other(count: float) -> str:
    """Spanish and its neighbours: whole millions are counted like nouns, "1.000.000 de personas"."""
    return "one" if count == 1 else "many" if count and count % 1_000_000 == 0 else "other"


PLURAL_RULES: Mapping[str, Callable[[float], str]] = MappingProxyType(
    {
        "one-other": lambda count: "one" if count == 1 else "other",
        "one-many-other": _one_many_other,
        "other": lambda _count: "other",
    }
)
"""Which category a count takes, by the rule's name in ``locale.yaml``."""

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
        outcome_words: Outcome to the words that say so.
        date_order: ``dmy``, ``mdy`` or ``ymd``: how people write a day in figures.
        day_forms: Each of ``DAY_FORMS``, with ``{weekday}``, ``{weekday_short}``, ``{day}``, ``{month}``,
            ``{month_short}``, ``{year}``.
        time_form: With ``{hour}``, ``{hour_12}``, ``{minute}``, ``{half}``.
        thousands: Between groups of three figures.
        decimal: Before the part of a number below one.
        ungrouped_figures: Up to how many figures stand together without ``thousands`` between them.
        plural_rule: A name in ``PLURAL_RULES``.
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
    outcome_words: Mapping[str, tuple[str, ...]]
    date_order: str = "dmy"
    day_forms: Mapping[str, str]
    time_form: str
    thousands: str = ","
    decimal: str = "."
    ungrouped_figures: int = 3
    plural_rule: str = "one-other"
    avoid: tuple[str, ...] = ()

    def plural(self, count: float) -> str:
        """The category ``count`` takes, one of ``PLURAL_CATEGORIES``."""
        return PLURAL_RULES[self.plural_rule](count)

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
        whole = isinstance(number, int) or float(number).is_integer()
        apart = "" if abs(number) < 10**self.ungrouped_figures else ","
        written = f"{int(number) if whole else number:{apart}}"
        return written.translate({ord(","): self.thousands, ord("."): self.decimal})


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
