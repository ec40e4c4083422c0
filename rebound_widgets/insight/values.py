"""What an insight is: a named, frozen value that says how sure it is, or that there is too little to tell."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

LEVEL = 0.90
"""Every interval holds this much, unless its value says another level."""

FEWEST = 5
"""Below this many counted cases a rate is "too few to tell"."""


@dataclass(frozen=True, kw_only=True)
class TooFew:
    """There is not enough to say anything; a value, never an exception.

    Attributes:
        have: How many there are.
        need: How many it takes.
        of: What is counted: ``applications``, ``interviews``, ``answers``, ``debriefs``, ``groups`` or ``days``.
        waiting: How many more there are that have not had their time yet.
    """

    have: int
    need: int
    of: str
    waiting: int = 0


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a number comes from.

    Attributes:
        key: ``own``, or the key of a row in data/base_rates.csv.
        own: Whether it was counted in the person's own search.
        name: Who counted, in English; empty for one's own.
        year: When, as the source says it; may be empty.
        mark: How sure: ``A`` read in a primary source, ``C`` computed from published logs; empty for one's own.
    """

    key: str
    own: bool
    name: str = ""
    year: str = ""
    mark: str = ""


OWN = Source(key="own", own=True)
"""The person's own search."""


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A share of counted cases with its interval.

    Attributes:
        name: What is counted, such as ``applied-interview``.
        estimate: ``hits / of``.
        low: Lower end of the interval; see ``intervals.jeffreys``.
        high: Its upper end.
        level: How much the interval holds.
        hits: How many did.
        of: How many there were.
        source: Where they were counted.
    """

    name: str
    estimate: float
    low: float
    high: float
    level: float
    hits: int
    of: int
    source: Source = OWN


def plain(value: Any) -> Any:
    """An insight as plain JSON: numbers as numbers, days as ISO 8601 text, nothing that is not a number.

    A value of a class becomes a mapping of its attributes; ``TooFew`` one with ``too_few`` true.
    """
    if is_dataclass(value) and not isinstance(value, type):
        named = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        return {"too_few": True, **named} if isinstance(value, TooFew) else named
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value
