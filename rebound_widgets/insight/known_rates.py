"""Base rates: what other people's searches came to, read from data/base_rates.csv with source, year and mark."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from .. import places
from .intervals import jeffreys
from .values import LEVEL, Source


@dataclass(frozen=True, kw_only=True)
class BaseRate:
    """One row of data/base_rates.csv.

    Attributes:
        key: Its name.
        step: What it is about, in English.
        measure: ``rate``, ``count``, ``mean``, ``median`` or a percentile.
        population: Whose, in English.
        estimate: The rate: counts divided, or the middle of the range that the source gives.
        low: With counts the Jeffreys interval at ``level``, else the low end of the source's range.
        high: The same on the other side.
        level: How much that interval holds; ``None`` for a range of a source.
        hits: The numerator, where the source counted.
        of: The denominator, where the source counted.
        unit: Of what.
        people: How many cases stand behind it, where that is known.
        source: Who counted.
    """

    key: str
    step: str
    measure: str
    population: str
    estimate: float
    low: float
    high: float
    level: float | None
    hits: int | None
    of: int | None
    unit: str
    people: int | None
    source: Source


@lru_cache(maxsize=1)
def base_rates() -> Mapping[str, BaseRate]:
    """Every base rate by its key, in the order of the file."""
    path = places.shipped("data") / "base_rates.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["key"]: _base_rate(row) for row in csv.DictReader(file)})


def base_rate(key: str) -> BaseRate:
    """The base rate of that key.

    Raises:
        KeyError: there is none; names those there are.
    """
    try:
        return base_rates()[key]
    except KeyError:
        raise KeyError(f"There is no base rate {key!r}; there are {', '.join(base_rates())}.") from None


def _base_rate(row: Mapping[str, str]) -> BaseRate:
    counted = bool(row["numerator"])
    hits, of = (int(row["numerator"]), int(row["denominator"])) if counted else (None, None)
    if hits is not None and of is not None:
        low, high = (float(end) for end in jeffreys(hits, of))
        estimate = hits / of
    else:
        low, high = float(row["low"]), float(row["high"])
        estimate = (low + high) / 2
    source = Source(key=row["key"], own=False, name=row["source"], year=row["year"], mark=row["mark"])
    return BaseRate(
        key=row["key"],
        step=row["step"],
        measure=row["measure"],
        population=row["population"],
        estimate=estimate,
        low=low,
        high=high,
        level=LEVEL if counted else None,
        hits=hits,
        of=of,
        unit=row["unit"],
        people=int(row["people"]) if row["people"] else None,
        source=source,
    )
