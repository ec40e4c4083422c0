"""A chapter file becomes a chapter: its exercises and questions, and the rules that hold between them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from ..domain.application import FORMATS, OUTCOMES, SIZES, STAGES, Application, Interview
from ..domain.chapter import COMPONENTS, SUBJECTS, Chapter, Exercise
from ..domain.choice_questions import Choice
from ..domain.kinds import KINDS, Repeat
from ..domain.question import ID_FORM, Question
from .building import Say, Wrong, build, flattened, teller
from .marked import MarkedDict, MarkedList
from .problems import Problem
from .words import blanks

FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "application": tuple(f.name for f in dataclasses.fields(Application)),
        "interview": tuple(f.name for f in dataclasses.fields(Interview)),
    }
)
"""The fields a question can edit, by what its exercise is about."""

FIELD_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "application.stage": STAGES,
        "application.outcome": OUTCOMES,
        "application.size": SIZES,
        "interview.format": FORMATS,
        "interview.stage": ("answered", "interview", "final"),
    }
)
"""The only values of a field, where it takes no others."""


def build_chapter(given: MarkedDict, evidence: Collection[str], problems: list[Problem]) -> Chapter | None:
    """The chapter in a merged chapter file; ``None`` where something is wrong, which is then in ``problems``.

    Args:
        given: What the files hold.
        evidence: The keys an exercise may name.
        problems: Takes what is wrong.
    """
    builder = _ChapterBuilder(teller(problems), problems, evidence, str(given.get("id", "")))
    words = given.get("words")
    flat = flattened(words, problems) if isinstance(words, MarkedDict) else {}
    chapter = build(
        Chapter,
        given,
        given.where(),
        problems,
        called="The chapter",
        nested={"exercises": builder.exercises, "named-texts": lambda _value, _place: MappingProxyType(flat)},
        defaults={"words": MappingProxyType(flat), "desk": False},
    )
    if chapter is not None and not ID_FORM.match(chapter.id):
        builder.say(
            given.where("id"), "The chapter's id is no id", "An id is small letters and hyphens", chapter.id
        )
    builder.check_ids(given)
    return chapter


@dataclasses.dataclass(frozen=True)
class _ChapterBuilder:
    say: Say
    problems: list[Problem]
    evidence: Collection[str]
    chapter_id: str

    def exercises(self, value: Any, place: tuple[str, int]) -> tuple[Exercise, ...]:
        return tuple(e for item, at in _items(value, place) if (e := self._exercise(item, at)) is not None)

    def _exercise(self, given: Any, place: tuple[str, int]) -> Exercise | None:
        exercise = build(
            Exercise,
            given,
            place,
            self.problems,
            called="The exercise",
            nested={"questions": self._questions},
            defaults={"intro": "", "evidence": ()},
        )
        if exercise is not None:
            self._check_exercise(exercise, given)
        return exercise

    def _check_exercise(self, exercise: Exercise, given: MarkedDict) -> None:
        for name, known in (("components", COMPONENTS), ("evidence", self.evidence)):
            for key in getattr(exercise, name):
                if key not in known:
                    rule = f"It takes {', '.join(known)}"
                    self.say(given.where(name), f"The exercise {exercise.id} names unknown {name}", rule, key)
        checks = (
            ("id", bool(ID_FORM.match(exercise.id)), "An id is small letters, figures and hyphens"),
            ("about", exercise.about in SUBJECTS, f"It is about one of {', '.join(SUBJECTS)}"),
            ("components", bool(exercise.components), "It is part of one component or more"),
            ("minutes", 1 <= exercise.minutes <= 60, "It takes 1 to 60 minutes"),
            ("questions", bool(exercise.questions), "It asks one question or more"),
        )
        for name, right, rule in checks:
            if not right:
                value = getattr(exercise, name)
                self.say(given.where(name), f"The exercise {exercise.id} has no right {name!r}", rule, value)
        questions = given["questions"]
        for question, written in zip(exercise.questions, questions, strict=False):
            self._check_question(question, written, exercise.about)

    def _questions(self, value: Any, place: tuple[str, int]) -> tuple[Question, ...]:
        return tuple(q for item, at in _items(value, place) if (q := self._question(item, at)) is not None)

    def _question(self, given: Any, place: tuple[str, int]) -> Question | None:
        if not isinstance(given, MarkedDict):
            self.say(place, "The question is no mapping", "A question is written as keys with values", given)
            return None
        kind = given.get("kind")
        if not isinstance(kind, str) or kind not in KINDS:
            rule = f"A question has a kind, one of {', '.join(KINDS)}"
            self.say(
                given.where("kind"), f"The question {given.get('id', '')} has no known kind", rule, kind or ""
            )
            return None
        return build(
            KINDS[kind],
            given,
            place,
            self.problems,
            called="The question",
            nested={"questions": self._questions},
            extra=("kind",),
        )

    def _check_question(self, question: Question, given: MarkedDict, about: str) -> None:
        if question.chapter != self.chapter_id:
            rule = f"In this chapter a question's id begins with {self.chapter_id}/"
            self.say(given.where("id"), "The question's id names another chapter", rule, question.id)
        if question.field is not None:
            self._check_field(question, given, about)
        if isinstance(question, Repeat):
            unknown = blanks(question.item_title) - {"number", "count"}
            if unknown:
                rule = "It can hold {number} and {count}"
                self.say(
                    given.where("item_title"), "The item's title has a fact nobody fills in", rule, *unknown
                )
            for inner, written in zip(question.questions, given["questions"], strict=False):
                self._check_question(inner, written, "own")

    def _check_field(self, question: Question, given: MarkedDict, about: str) -> None:
        record, _, name = str(question.field).partition(".")
        if record != about or name not in FIELDS.get(record, ()):
            rule = "It is a field of what its exercise is about, such as application.company; in a list, none"
            self.say(
                given.where("field"), f"{question.id} cannot edit that field", rule, question.field or ""
            )
        words = FIELD_WORDS.get(str(question.field))
        if words is None:
            return
        offered = [option.id for option in question.options] if isinstance(question, Choice) else []
        if [word for word in words if word in offered] != offered or getattr(question, "own", False):
            rule = f"It is a choice among {', '.join(words)}, in this order, without words of one's own"
            got = ", ".join(offered) or question.kind
            self.say(given.where("options"), f"{question.id} offers what the record does not know", rule, got)

    def check_ids(self, given: MarkedDict) -> None:
        """Every question's id stands once in the chapter, whatever exercise or list it is in."""
        seen: dict[str, tuple[str, int]] = {}
        for question in _written_questions(given):
            own_id, place = question.get("id"), question.where("id")
            if isinstance(own_id, str) and own_id in seen:
                # Whoever laid a file over this one is told, wherever in the chapter their question stands.
                other, mine = sorted((seen[own_id], place), key=lambda p: p[0] != given.file)
                first = f"The other one is at {other[0]}:{other[1]}"
                self.say(mine, "The question's id is used already", first, own_id)
            elif isinstance(own_id, str):
                seen[own_id] = place


def _items(value: Any, place: tuple[str, int]) -> Iterator[tuple[Any, tuple[str, int]]]:
    if not isinstance(value, MarkedList):
        raise Wrong(place, "no list")
    for index, item in enumerate(value):
        yield item, value.where(index)


def _written_questions(given: Any) -> Iterator[MarkedDict]:
    """Every mapping under a key ``questions``, however deep."""
    for key, value in given.items() if isinstance(given, MarkedDict) else ():
        for item in value if key in ("exercises", "questions") and isinstance(value, MarkedList) else ():
            if isinstance(item, MarkedDict):
                if key == "questions":
                    yield item
                yield from _written_questions(item)
