"""The practice deck: questions that went badly or were marked, each due on a day by spaced repetition (FSRS)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .sent import Frames

WEAK = 3
"""An answer rated this or lower becomes a card by itself."""
RECORD = "learn/practice"
"""The list that holds what was practised, about the interview the question was asked in."""


@dataclass(frozen=True, kw_only=True)
class Practised:
    """One practice of a card.

    Attributes:
        item: Its number in the list of practices.
        rating: How it went, 1 to 5.
        on: The local day.
        said: What was said differently; may be empty.
    """

    item: int
    rating: int
    on: dt.date
    said: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """One question to practise.

    Attributes:
        interview_id: Where it was asked.
        item: Its number among the questions asked there.
        text: The question.
        topic: An option's id, the person's own words with ``own:`` before them, or empty.
        rating: How the answer went then; ``None`` where it was marked and not rated.
        on: The day it was asked, or written down where the interview has no day.
        said: What was said then.
        missing: What was missing.
        better: The better answer, by part; empty where there is none.
        practised: What was practised since, the oldest first.
        due_on: The day it comes up next.
    """

    interview_id: str
    item: int
    text: str
    topic: str
    rating: int | None
    on: dt.date
    said: str
    missing: str
    better: Mapping[str, str]
    practised: tuple[Practised, ...]
    due_on: dt.date

    @property
    def key(self) -> str:
        """Its address within the deck."""
        return f"{self.interview_id}/{self.item}"


def deck(history: Frames) -> tuple[Card, ...]:
    """Every card, the one due first first. A question without words is no card."""
    asked = _items(history, "debrief/asked-")
    listed = _lists(history, "debrief/asked")
    held = {
        str(row["id"]): row["held_on"].date()
        for row in history.interviews.dropna(subset=["held_on"]).to_dict("records")
    }
    practices = _practices(history)
    cards = []
    for (interview, item), said in asked.items():
        text, rating = said.get("text"), said.get("rating")
        weak = rating is not None and int(float(str(rating[0]))) <= WEAK
        marked = "practise" in said and said["practise"][0] not in ("", "[]")
        if text is None or not str(text[0]).strip() or not (weak or marked):
            continue
        if interview in listed and item not in listed[interview]:
            continue
        rated = None if rating is None else int(float(str(rating[0])))
        on = held.get(interview, text[1])
        past = tuple(practices.get((interview, item), ()))
        cards.append(
            Card(
                interview_id=interview,
                item=item,
                text=str(text[0]),
                topic=_value(said, "topic"),
                rating=rated,
                on=on,
                said=_value(said, "said"),
                missing=_value(said, "missing"),
                better=json.loads(_value(said, "better") or "{}"),
                practised=past,
                due_on=due_on(rated, on, past),
            )
        )
    return tuple(sorted(cards, key=lambda card: (card.due_on, card.on, card.key)))


def due_on(rating: int | None, on: dt.date, practised: tuple[Practised, ...] = ()) -> dt.date:
    """The day a question comes up next: the answer in the interview counts as the first review.

    The library's own defaults without its steps of minutes and without chance, so that the same answers give
    the same day everywhere. 1 and 2 are "again", 3 or not rated "hard", 4 "good", 5 "easy".
    """
    from fsrs import Card as Scheduled  # noqa: PLC0415 - only the deck needs it
    from fsrs import Rating, Scheduler  # noqa: PLC0415

    grades = {1: Rating.Again, 2: Rating.Again, 3: Rating.Hard, 4: Rating.Good, 5: Rating.Easy}
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Scheduled(card_id=1, due=_noon(on))
    reviews = [(on, 3 if rating is None else rating), *((one.on, one.rating) for one in practised)]
    for day, grade in reviews:
        card, _ = scheduler.review_card(card, grades[grade], _noon(day))
    return card.due.date()


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


Said = dict[str, tuple[Any, dt.date]]


def _items(history: Frames, beginning: str) -> dict[tuple[str, int], Said]:
    """The inner answers of a list in interviews: by interview and item, by name, with the local day."""
    answers = history.answers
    inner = answers[answers["question"].str.startswith(beginning) & answers["interview_id"].notna()]
    found: dict[tuple[str, int], Said] = {}
    for row in inner.dropna(subset=["item"]).to_dict("records"):
        name = str(row["question"])[len(beginning) :]
        key = (str(row["interview_id"]), int(row["item"]))
        found.setdefault(key, {})[name] = (row["value"], row["local_date"].date())
    return found


def _lists(history: Frames, question: str) -> dict[str, list[int]]:
    answers = history.answers
    rows = answers[(answers["question"] == question) & answers["interview_id"].notna()]
    pairs = zip(rows["interview_id"], rows["value"], strict=True)
    return {str(interview): json.loads(str(value)) for interview, value in pairs}


def _practices(history: Frames) -> dict[tuple[str, int], list[Practised]]:
    """What was practised, by interview and question, the oldest first; an unrated practice is none yet."""
    listed = _lists(history, RECORD)
    found: dict[tuple[str, int], list[Practised]] = {}
    for (interview, item), said in _items(history, "learn/practised-").items():
        if "question" not in said or "rating" not in said or item not in listed.get(interview, [item]):
            continue
        rating, on = said["rating"]
        one = Practised(item=item, rating=int(float(str(rating))), on=on, said=_value(said, "said"))
        found.setdefault((interview, int(float(str(said["question"][0])))), []).append(one)
    return {key: sorted(those, key=lambda one: (one.on, one.item)) for key, those in found.items()}


def _value(said: Said, name: str) -> str:
    value = said.get(name, ("", None))[0]
    return "" if value is None or (not isinstance(value, str) and pd.isna(value)) else str(value)
