"""The invented person of the demo: fresh whenever it is opened, and taken by the workbook."""

from __future__ import annotations

import datetime as dt

import pytest

from rebound_widgets.content import load_content
from rebound_widgets.history import History
from rebound_widgets.history.samples import demo_writes, sample

DAYS = [dt.date(2026, 11, 2) + dt.timedelta(days=n) for n in range(7)] + [dt.date(2028, 2, 29)]


@pytest.mark.parametrize("today", DAYS)
def test_the_demo_is_twelve_weeks_that_end_today(revisions, today):
    """34 applications, 5 interviews, 3 noes and one promised answer, whatever the day it is opened on."""
    history = History.of(revisions(demo_writes(today)))
    applications, interviews = history.applications, history.interviews
    assert (34, 5, 3) == (len(applications), len(interviews), (applications["outcome"] == "no").sum())
    days = applications["applied_on"]
    assert 77 == (today - days.min().date()).days
    assert days.max().date() < today
    assert [today < day.date() for day in applications["answer_promised_on"].dropna()] == [True]
    assert interviews["held_on"].max().date() < today
    assert {0, 1, 2, 3, 4} >= {day.weekday() for day in interviews["held_on"]}


def test_the_last_interview_waits_for_its_debrief(revisions):
    """Four interviews are debriefed, the fifth is the next step."""
    interviews = History.of(revisions(demo_writes(DAYS[0]))).interviews
    assert [True, True, True, True, False] == list(interviews["answers_rated"] > 0)
    assert interviews["felt_prepared"].isna().sum() == 1


def test_the_demo_is_the_same_every_time():
    """Ids do not change, so that pictures and docs can point at them."""
    assert demo_writes(DAYS[0]) == demo_writes(DAYS[0])
    ids = [write.record_id for write in demo_writes(DAYS[0])]
    assert len(ids) == len(set(ids))


def test_every_answer_of_the_demo_is_one_the_workbook_asks_for():
    """Each answer belongs to a question of the English chapters, is of its kind, and is kept as it is."""
    chapters = load_content("en").chapters
    about = {
        question.id: exercise.about
        for chapter in chapters.values()
        for exercise in chapter.exercises
        for outer in exercise.questions
        for question in (outer, *getattr(outer, "questions", ()))
    }
    answers = [write.body for write in demo_writes(DAYS[0]) if write.kind == "answer"]
    assert len(answers) > 80
    for body in answers:
        question = chapters[body["question"].partition("/")[0]].question(body["question"])
        assert (question.id, question.kind) == (question.id, body["kind"])
        assert body["value"] == question.accept(body["value"])
        assert about[question.id] == (body["subject"] or "own").partition("-")[0]


def test_a_sample_that_is_not_there_is_said():
    """A mistyped name of a sample names the folder to look in."""
    with pytest.raises(FileNotFoundError, match="data/samples"):
        sample("nothing.csv")
