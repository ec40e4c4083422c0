"""Every exercise of every chapter, left half-done and taken up again on another day."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rebound_widgets.content import load_content
from rebound_widgets.domain.question import Question
from rebound_widgets.workbook import Workbook

CONTENT = load_content("en")
FORMS = ("star", "if-then", "people")
EXERCISES = [
    exercise
    for chapter in CONTENT.chapters.values()
    for exercise in chapter.exercises
    if not any(question.field for question in exercise.questions)  # a record's own fields are no exercise
]


def some(question: Question) -> Any:
    """An answer the question takes; of a form its first field alone."""
    asked = question.as_mapping()
    words = [option["id"] for option in asked.get("options", ())]
    answers: dict[str, Any] = {
        "date": "2026-11-05",
        "number": asked.get("minimum") or 1,
        "scale": asked.get("low"),
        "choice": words[:1] and words[0],
        "several": words[:1],
        "checklist": words[:1],
        "ranking": words,
        "cards": {pile["id"]: words[:1] for pile in asked.get("piles", ())[:1]},
        "repeat": [1],
    }
    if asked["kind"] in FORMS:
        return {asked["labels"][0][0]: "Half of it"}
    return answers.get(asked["kind"], "Half of it")


def test_every_exercise_left_half_done_goes_on_where_it_was(
    home: Path, clock: Callable[[], dt.datetime]
) -> None:
    """What was written is there on the next day, what was not is open, and the rest is added beside it."""
    with contextlib.closing(Workbook.open(home, clock=clock)) as workbook:
        application = workbook.add_application({"company": "Acme"}).record_id
        interview = workbook.add_interview(application, {"held_on": "2026-11-04"}).record_id
        about = {"own": None, "application": application, "interview": interview}
        began = {}
        for exercise in EXERCISES:
            first, subject = exercise.questions[0], about[exercise.about]
            began[first.id] = workbook.record(first.id, some(first), record_id=subject).value
    with contextlib.closing(Workbook.open(home, clock=clock)) as workbook:
        for exercise in EXERCISES:
            (first, *rest), subject = exercise.questions, about[exercise.about]
            replies = workbook.replies(exercise.questions, record_id=subject)
            kept = {key: reply.value for key, reply in replies.items() if reply.value is not None}
            assert {first.id: began[first.id]} == kept
            for question in rest:
                workbook.record(question.id, some(question), record_id=subject)
            answered = {one.id: workbook.reply(one, record_id=subject).value for one in exercise.questions}
            assert began[first.id] == answered[first.id]
            assert [] == [name for name, value in answered.items() if value is None]
    assert len(EXERCISES) > 40
