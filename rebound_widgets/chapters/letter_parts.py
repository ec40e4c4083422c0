"""A letter's page in the order it is written: what goes into it, the letter, the day it was sent."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..domain.chapter import Exercise
from .letter_page import LetterPlace


@dataclass(frozen=True, kw_only=True)
class LetterParts:
    """The exercise of a letter in three pieces.

    Attributes:
        before: Its heading and what goes into the letter; without questions where nothing does.
        letter: The letter itself, with why it is written.
        sent: The day it was sent.
    """

    before: Exercise
    letter: Exercise
    sent: Exercise


def letter_parts(exercise: Exercise, place: LetterPlace) -> LetterParts:
    """An exercise that holds a letter, in the pieces its page shows one after the other."""
    own = (place.text, place.sent)
    pieces = {question.id: question for question in exercise.questions}
    first = tuple(question for name, question in pieces.items() if name not in own)
    bare = replace(exercise, title="", intro="")
    return LetterParts(
        before=replace(exercise, id=f"{exercise.id}-before", why="", evidence=(), questions=first),
        letter=replace(bare, questions=(pieces[place.text],)),
        sent=replace(bare, id=f"{exercise.id}-sent", why="", evidence=(), questions=(pieces[place.sent],)),
    )
