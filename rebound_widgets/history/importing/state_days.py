"""Statuses that hold a day as well: "Rejected 3 Oct 2025", "Applied 2 Sep; interview 14 Sep"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from .conventions import Library
from .day_forms import place_days, time_of_day, without_time
from .words import fold, shorten

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_LONGEST = 120
_MOST_DAYS = 4
"""A cell of more is a diary, and stays the words it is."""


@dataclass(frozen=True, kw_only=True)
class StateDay:
    """One status and the day beside it.

    Attributes:
        word: The status, as it stands in the cell.
        day: The day, as it stands in the cell.
        time: The time of day beside it as ``HH:MM``.
    """

    word: str
    day: str
    time: str | None = None


def split_states(cell: str, words: Library) -> tuple[StateDay, ...]:
    """The statuses of a cell, each with its day, in order; empty where a cell is not made so.

    Two figures without a year ("Interview 2/3") are no day here: they may as well be the second round of three.
    Several days need a word each, all before their days or all behind them.

    Args:
        cell: The cell's text.
        words: Where month words and words beside a day come from.
    """
    if len(cell) > _LONGEST:
        return ()
    places = [
        place
        for written, place in islice(place_days(cell, words.months), _MOST_DAYS + 1)
        if written.order or written.figures[2] is not None
    ]
    if not 1 <= len(places) <= _MOST_DAYS:
        return ()
    behind = [
        cell[end:until]
        for (_, end), until in zip(places, [*(begin for begin, _ in places[1:]), len(cell)], strict=True)
    ]
    leads = bool(_word(cell[: places[0][0]], words))
    if len(places) == 1:
        segments = [f"{cell[: places[0][0]]} {behind[0]}"]
    elif not leads:
        segments = behind
    elif not _word(behind[-1], words):
        segments = [cell[: places[0][0]], *behind[:-1]]
    else:
        return ()
    found = tuple(
        StateDay(word=_word(text, words), day=cell[begin:end], time=time_of_day(after))
        for text, after, (begin, end) in zip(segments, behind, places, strict=True)
    )
    return found if all(one.word for one in found) else ()


def has_words_and_day(cell: str, words: Library) -> bool:
    """Whether a cell holds a day and words that are no part of it."""
    for _, (begin, end) in place_days(cell[:_LONGEST], words.months):
        return bool(_word(f"{cell[:begin]} {cell[end:]}", words))
    return False


def _word(text: str, words: Library) -> str:
    """What a status says once its time of day and words such as "on" are away from its ends."""
    parts = [_EDGES.sub("", part) for part in without_time(text).split()]
    parts = [part for part in parts if part]
    while parts and fold(parts[-1]) in words.days:
        parts.pop()
    while parts and fold(parts[0]) in words.days:
        parts.pop(0)
    word = " ".join(parts)
    return shorten(word, _LONGEST) if any(map(str.isalpha, word)) else ""
