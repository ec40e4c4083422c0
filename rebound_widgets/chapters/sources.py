"""Numbers of other people's searches in a sentence: the value, whose it is, how sure."""

from __future__ import annotations

import re

from ..insight.known_rates import base_rate
from .visit import Visit

_NO_KEY = re.compile(r"[^a-z0-9]+")


def published(visit: Visit, key: str) -> tuple[str, str]:
    """A base rate in days as words, and where it comes from.

    Args:
        visit: The visit.
        key: The rate's key in ``data/base_rates.csv``; one that is counted in days.

    Returns:
        The days, a range where the source gives one, and its source in a sentence.
    """
    rate, say = base_rate(key), visit.words
    low, high = round(rate.low), round(rate.high)
    days = say.plural("published.days", high) if low == high else say("published.range", low=low, high=high)
    return days, source_words(visit, key)


def source_words(visit: Visit, key: str) -> str:
    """Who counted, how many cases, when, and how sure we are, as one or two short sentences."""
    rate, say = base_rate(key), visit.words
    slug = _NO_KEY.sub("-", rate.source.name.lower()).strip("-")
    name = say.get(f"published.who.{slug}", rate.source.name)
    people = rate.people or rate.of
    parts = [name, rate.source.year, say("published.people", count=people) if people else ""]
    return f"{', '.join(part for part in parts if part)}. {say(f'published.mark.{rate.source.mark}')}"
