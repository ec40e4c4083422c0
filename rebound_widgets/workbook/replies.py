"""A reply as it is on disk, and its name on a page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ..domain.question import Question
from ..domain.record import answer_id
from ..store import Store


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A reply as it is on disk.

    Attributes:
        value: Plain JSON; ``None`` when nothing was answered.
        revision: The revision that holds it; 0 when there is none yet.
        made_at: When it was written, in UTC; ``None`` when there is none yet.
    """

    value: Any
    revision: int
    made_at: dt.datetime | None


def reply_key(question: str, item: int | None = None) -> str:
    """The name of one reply on a page: the question's id, and ``#<item>`` inside a list."""
    return question if item is None else f"{question}#{item}"


def items_ever(store: Store, question: Question, record_id: str | None) -> list[int]:
    """The numbers of a list's items, of those deleted too: a number is never used again."""
    states = store.history_of(answer_id(question.id, record_id))
    return sorted({item for state in states for item in state.body.get("value") or ()})
