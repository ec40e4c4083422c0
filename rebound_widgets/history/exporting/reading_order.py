"""Answers in the order a person would read them, each with its question's words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...domain.choice_questions import Scale
from ...domain.kinds import Repeat
from ...domain.question import Question
from ...domain.record import Revision


@dataclass(frozen=True, kw_only=True)
class Part:
    """Answers that stand together.

    Attributes:
        title: Over them: which item of a list it is; empty outside of lists.
        pairs: The words of each question and of its answer.
    """

    title: str
    pairs: tuple[tuple[str, str], ...]


def in_reading_order(
    answers: Iterable[Revision], questions: Mapping[str, Question], scale: str
) -> Iterator[Part]:
    """The answers about one subject, in the order of ``questions``, the items of a list one after the other.

    Items taken out of their list are left out. Questions nobody knows any more come last, under their ids.

    Args:
        answers: The answers about one subject.
        questions: Question id to question, in order.
        scale: How a rating is said, with ``{value}`` and ``{high}``.
    """
    places = {name: place for place, name in enumerate(questions)}
    lists = {
        inner.id: question
        for question in questions.values()
        if isinstance(question, Repeat)
        for inner in question.questions
    }
    items = {r.body["question"]: r.body["value"] for r in answers if r.body.get("kind") == "repeat"}

    def key(answer: Revision) -> tuple[int, int, int]:
        name, item = str(answer.body.get("question")), answer.body.get("item")
        held_in = lists.get(name)
        place = places.get(name, len(places))
        if held_in is None or item is None:
            return place, 0, 0
        order = items.get(held_in.id, [item])
        return places[held_in.id], order.index(item) + 1 if item in order else 0, place

    open_title = ""
    pairs: list[tuple[str, str]] = []
    for answer in sorted((r for r in answers if r.body.get("kind") != "repeat"), key=key):
        name, item = str(answer.body.get("question")), answer.body.get("item")
        question, held_in = questions.get(name), lists.get(name)
        title = ""
        if held_in is not None and item is not None:
            order = items.get(held_in.id, [item])
            if item not in order:
                continue
            title = held_in.item_title.format(number=order.index(item) + 1, count=len(order))
        if title != open_title and pairs:
            yield Part(title=open_title, pairs=tuple(pairs))
            pairs = []
        open_title = title
        ask = question.ask if question is not None else name
        pairs.append((ask, answer_words(answer.body["value"], question, scale)))
    if pairs:
        yield Part(title=open_title, pairs=tuple(pairs))


def answer_words(value: Any, question: Question | None, scale: str) -> str:
    """An answer as words: options by their texts, fields by their labels, one a line."""
    options = {option.id: option.text for option in getattr(question, "options", ())}
    if isinstance(question, Scale):
        return scale.format(value=value, high=question.high)
    if isinstance(value, list):
        return "\n".join(_option(one, options) for one in value)
    if isinstance(value, dict):
        labels = {**dict(getattr(question, "labels", ()))}
        labels |= {pile.id: pile.text for pile in getattr(question, "piles", ())}
        return "\n".join(f"{labels.get(name, name)}: {_listed(one, options)}" for name, one in value.items())
    return _option(value, options)


def _listed(value: Any, options: Mapping[str, str]) -> str:
    return ", ".join(_option(one, options) for one in value) if isinstance(value, list) else str(value)


def _option(value: Any, options: Mapping[str, str]) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return options.get(text) or text.removeprefix("own:")
