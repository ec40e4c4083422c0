"""A chapter as it is written: its exercises and what each rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .kinds import Repeat
from .question import Question

COMPONENTS = (
    "search-skills",
    "self-presentation",
    "self-efficacy",
    "proactivity",
    "goal-setting",
    "social-support",
)
"""Parts of job-search programmes that worked (Liu, Huang, Wang 2014): two of skill, then four of morale."""

SUBJECTS = ("own", "application", "interview")
"""What a reply can be about: the person's own search as a whole, one application, or one interview."""


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """A few questions that belong together, and why they are asked.

    Attributes:
        id: Permanent, unique within the chapter.
        title: Its heading.
        intro: A sentence or two before the questions, or empty.
        about: One of ``SUBJECTS``.
        why: One sentence for the person: what this is good for.
        evidence: Keys of the evidence file the sentence rests on; may be empty.
        components: Which of ``COMPONENTS`` it is.
        minutes: About how long it takes.
        questions: What is asked, in order.
    """

    id: str
    title: str
    intro: str
    about: str
    why: str
    evidence: tuple[str, ...]
    components: tuple[str, ...]
    minutes: int
    questions: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A page of the workbook.

    Attributes:
        id: Permanent; also its address, ``#/<id>``.
        order: Its place in the navigation.
        title: Its heading.
        lede: The sentence under the heading.
        exercises: In order.
        words: Words of this chapter that are no question: button labels, empty states and so on, by key.
        desk: Whether it is a page of a counsellor's desk, and no part of a person's workbook.
    """

    id: str
    order: int
    title: str
    lede: str
    exercises: tuple[Exercise, ...]
    words: Mapping[str, str]
    desk: bool = False

    def questions(self) -> Iterator[Question]:
        """Every question, those inside lists included, in order."""
        for exercise in self.exercises:
            for question in exercise.questions:
                yield question
                if isinstance(question, Repeat):
                    yield from question.questions

    def question(self, question_id: str) -> Question:
        """The question of that id.

        Raises:
            KeyError: the chapter asks no such question.
        """
        for question in self.questions():
            if question.id == question_id:
                return question
        raise KeyError(question_id)
