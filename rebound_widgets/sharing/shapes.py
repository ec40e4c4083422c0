"""Reads the fields of a file from elsewhere: each has its form, and what has another is refused by its place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar

from ..domain.application import OUTCOMES, STAGES
from ..domain.question import PROSE_LIMIT, accept_text
from ..domain.refused import Refused

ID = re.compile(r"^[\w:/@.#-]{1,200}$")
MOST = 2_000
"""Entries of one list."""

T = TypeVar("T")
Read = Callable[[Any, str], Any]


def broken(place: str) -> NoReturn:
    """Refuse a file that is ours by its envelope and not by what it holds.

    Raises:
        Refused: always.
    """
    raise Refused("share-broken", "This file is not whole: {place} is not as it should be.", place=place)


def fields(given: Any, place: str, readers: Mapping[str, Read]) -> dict[str, Any]:
    """A mapping with exactly these fields, each read by its reader."""
    if not isinstance(given, dict) or set(given) != set(readers):
        broken(place)
    return {name: read(given[name], f"{place}.{name}") for name, read in readers.items()}


def listed(read: Read, most: int = MOST) -> Read:
    """Reads a list, each of its entries by ``read``."""

    def whole(given: Any, place: str) -> list[Any]:
        if not isinstance(given, list) or len(given) > most:
            broken(place)
        return [read(entry, f"{place}[{number}]") for number, entry in enumerate(given, start=1)]

    return whole


def text(given: Any, place: str) -> str:
    """Words of any length."""
    if not isinstance(given, str):
        broken(place)
    return accept_text(given, limit=PROSE_LIMIT, ask=place) or ""


def line(given: Any, place: str) -> str:
    """Words on one line."""
    return " ".join(text(given, place)[:1_000].split())


def identity(given: Any, place: str) -> str:
    """An id."""
    if not isinstance(given, str) or not ID.match(given):
        broken(place)
    return given


def day(given: Any, place: str) -> str:
    """A day as ISO 8601 text."""
    try:
        return dt.date.fromisoformat(given).isoformat()
    except (TypeError, ValueError):
        broken(place)


def day_or_none(given: Any, place: str) -> str | None:
    """A day, or ``None``."""
    return None if given is None else day(given, place)


def flag(given: Any, place: str) -> bool:
    """Yes or no."""
    if not isinstance(given, bool):
        broken(place)
    return given


def number(given: Any, place: str) -> int:
    """A small whole number."""
    if not isinstance(given, int) or isinstance(given, bool) or abs(given) > 1_000_000:
        broken(place)
    return given


def word(words: tuple[str, ...]) -> Read:
    """Reads one of ``words``."""

    def one(given: Any, place: str) -> str:
        if given not in words:
            broken(place)
        return str(given)

    return one


def pair(given: Any, place: str) -> list[str]:
    """Two texts: what was asked, and what was answered."""
    if not isinstance(given, list) or len(given) != 2:
        broken(place)
    return [text(one, place) for one in given]


def reached(given: Any, place: str) -> dict[str, str]:
    """Stage to the day it was reached."""
    if not isinstance(given, dict) or not set(given) <= set(STAGES):
        broken(place)
    return {stage: day(when, place) for stage, when in given.items()}


def _held(given: Any, place: str) -> dict[str, Any]:
    return fields(
        given,
        place,
        {"held_on": day_or_none, "stage": word(("answered", "interview", "final")), "looked_back": flag},
    )


def _counted(given: Any, place: str) -> dict[str, Any]:
    read = {
        "key": identity,
        "applied_on": day_or_none,
        "stage": word(STAGES),
        "outcome": word(OUTCOMES),
        "outcome_on": day_or_none,
        "reached": reached,
        "interviews": listed(_held, 60),
    }
    return fields(given, place, read)


def _part(given: Any, place: str) -> dict[str, Any]:
    return fields(given, place, {"title": text, "pairs": listed(pair)})


def _rated(given: Any, place: str) -> dict[str, Any]:
    return fields(given, place, {"item": number, "value": number, "high": number})


_COMMON: Mapping[str, Read] = {"id": identity, "kind": identity, "title": text}
_ITEMS: Mapping[str, Mapping[str, Read]] = {
    "numbers": {"last_on": day, "applications": listed(_counted, 10_000)},
    "application": {"pairs": listed(pair, 40)},
    "interview": {"pairs": listed(pair, 40)},
    "note": {"text": text},
    "answers": {"chapter": identity, "exercise": identity, "parts": listed(_part)},
    "rating": {"question": identity, "ask": text, "ratings": listed(_rated)},
}


_DATED = frozenset({"interview", "note", "answers", "rating"})
"""Kinds that may say on which day the interview is that they are part of."""


def item(given: Any, place: str) -> dict[str, Any]:
    """One item of a share, by its kind. A kind that is none of ours has no reader and is refused."""
    kind = given.get("kind") if isinstance(given, dict) else None
    if not isinstance(kind, str) or kind not in _ITEMS:
        broken(place)
    held: Mapping[str, Read] = {"held_on": day} if kind in _DATED and "held_on" in given else {}
    return fields(given, place, {**_COMMON, **_ITEMS[kind], **held})
