"""Which exercises can be done in a group, and what of an answer may be counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..content import Content
from ..domain.chapter import Exercise
from ..domain.choice_questions import Cards, Checklist, Choice, Ranking, Scale, Several
from ..domain.kinds import Repeat
from ..domain.question import Question
from ..domain.text_questions import TimedPage

OWN = "own"
"""Stands for anything a person added in their own words; the words stay in their workbook."""
_NOT_IN_A_GROUP = frozenset({"start", "search", "share", "help"})


@dataclass(frozen=True)
class Counted:
    """One thing that is counted.

    Attributes:
        key: The question's id; of a card, the card's behind a ``#``.
        ask: The question, or the card, in words.
        options: What can be picked: id and words.
        most: How many of them one person may pick.
    """

    key: str
    ask: str
    options: tuple[tuple[str, str], ...]
    most: int = 1


def for_groups(content: Content) -> dict[str, Exercise]:
    """The exercises a group can do, by ``chapter/exercise``: nothing private, no letters, no records."""
    return {
        f"{chapter.id}/{exercise.id}": exercise
        for chapter in content.chapters.values()
        if chapter.id not in _NOT_IN_A_GROUP
        for exercise in chapter.exercises
        if not exercise.id.startswith("letter")
        and exercise.questions
        and not any(map(_stays_out, _all(exercise)))
    }


def _all(exercise: Exercise) -> Iterator[Question]:
    for question in exercise.questions:
        yield question
        if isinstance(question, Repeat):
            yield from question.questions


def _stays_out(question: Question) -> bool:
    return question.private or question.field is not None or isinstance(question, TimedPage)


def counted(exercise: Exercise) -> list[Counted]:
    """What is counted of an exercise, in order. Words, days and lists are not."""
    return [one for question in exercise.questions for one in _counted(question)]


def _counted(question: Question) -> Iterator[Counted]:
    if isinstance(question, Scale):
        ends = {question.low: question.low_word, question.high: question.high_word}
        steps = range(question.low, question.high + 1)
        options = tuple((str(n), f"{n}: {ends[n]}" if n in ends else str(n)) for n in steps)
        yield Counted(question.id, question.ask, options)
    elif isinstance(question, Cards):
        piles = tuple((pile.id, pile.text) for pile in question.piles)
        for card in question.options:
            yield Counted(f"{question.id}#{card.id}", card.text, piles)
    elif isinstance(question, Choice | Several | Checklist | Ranking) and question.options:
        options = tuple((option.id, option.text) for option in question.options)
        own = ((OWN, ""),) if question.own else ()
        many = isinstance(question, Several | Checklist)
        yield Counted(question.id, question.ask, options + own, len(options) + len(own) if many else 1)


def picks_of(question: Question, value: Any) -> dict[str, list[str]]:
    """What of an accepted answer is counted: ids of options, never words; of a ranking what stands first."""
    keys = [one.key for one in _counted(question)]
    if isinstance(question, Cards):
        found: dict[str, list[str]] = {key: [] for key in keys}
        for pile, cards in (value or {}).items():
            for card in cards:
                if f"{question.id}#{card}" in found:
                    found[f"{question.id}#{card}"] = [pile]
        return found
    if not keys:
        return {}
    given = value if isinstance(value, list) else [] if value is None else [value]
    if isinstance(question, Ranking):
        given = given[:1]
    return {question.id: [OWN if str(one).startswith("own:") else str(one) for one in given]}


def checked(picks: Any, exercise: Exercise) -> Mapping[str, list[str]] | None:
    """Picks as somebody sent them, if every one is something that may be counted; else ``None``."""
    known = {one.key: one for one in counted(exercise)}
    if not isinstance(picks, Mapping):
        return None
    for key, given in picks.items():
        one = known.get(key)
        if one is None or not isinstance(given, list) or len(given) > one.most:
            return None
        if not {pick if isinstance(pick, str) else "" for pick in given} <= {
            option for option, _ in one.options
        }:
            return None
    return picks
