"""What debriefs say together, promised days, and weeks of effort."""

import datetime as dt

import pytest

from rebound_widgets.history import History
from rebound_widgets.insight import (
    Change,
    TooFew,
    answers_over_time,
    effort,
    promised_dates,
    then_and_now,
    threw_me,
    topics,
)


def debrief(number, held_on, *asked, **own):
    """Records of one interview: (topic, rating) of the questions asked, and other ratings or words by name."""
    subject = f"interview-{number}"
    rows = [
        (
            subject,
            "interview",
            {"application_id": "application-0000", "round": 1, "held_on": held_on, "stage": "interview"},
        )
    ]

    def answer(name, kind, value, item=None):
        body = {"question": f"debrief/{name}", "item": item, "subject": subject, "kind": kind, "value": value}
        rows.append((f"answer-{subject}-{name}-{item}", "answer", body))

    if asked:
        answer("asked", "repeat", list(range(1, len(asked) + 1)))
    for item, (topic, rating) in enumerate(asked, start=1):
        answer("asked-topic", "choice", topic, item)
        answer("asked-rating", "scale", rating, item)
    for name, value in own.items():
        answer(name.replace("_", "-"), "scale" if isinstance(value, int) else "prose", value)
    return rows


APPLICATION = (
    "application-0000",
    "application",
    {"company": "Acme", "stage": "interview", "outcome": "open"},
)


def test_weak_answers_are_counted_by_topic(history):
    """A topic recurs when answers to it were weak in two interviews, and those come first."""
    found = topics(
        history(
            [
                APPLICATION,
                *debrief(1, "2026-10-01", ("conflict", 2), ("salary", 1), ("salary", 2)),
                *debrief(2, "2026-10-08", ("conflict", 3), ("case", 5), ("my own topic", 4)),
            ]
        )
    )
    assert (6, 4, 2) == (found.rated, found.weak, found.interviews)
    assert [("conflict", 2, 2, True), ("salary", 2, 1, False)] == [
        (one.topic, one.weak, one.interviews, one.recurs) for one in found.topics[:2]
    ]
    assert {"case": 0, "my own topic": 0} == {one.topic: one.weak for one in found.topics[2:]}


def test_a_question_taken_off_the_list_does_not_count(history):
    """The rating of a question that was deleted from the debrief is not in the topics."""
    rows = [APPLICATION, *debrief(1, "2026-10-01", *[("conflict", 2)] * 6)]
    rows = [
        (key, kind, {**body, "value": [1, 2, 3, 4, 5]} if body.get("question") == "debrief/asked" else body)
        for key, kind, body in rows
    ]
    assert 5 == topics(history(rows)).rated


def test_four_rated_answers_make_no_pattern(history):
    """Below five rated answers no topics are shown."""
    rows = [APPLICATION, *debrief(1, "2026-10-01", *[("conflict", 2)] * 4)]
    assert TooFew(have=4, need=5, of="answers") == topics(history(rows))


def test_what_threw_them_stays_in_their_words(history):
    """The person's words come back whole, newest first, with where they belong."""
    rows = [
        APPLICATION,
        *debrief(1, "2026-10-01", threw_me="The silence"),
        *debrief(2, "2026-10-08", threw_me="A task on the spot"),
    ]
    assert [("A task on the spot", dt.date(2026, 10, 8)), ("The silence", dt.date(2026, 10, 1))] == [
        (one.text, one.held_on) for one in threw_me(history(rows))
    ]


def test_then_and_now_needs_three_interviews_a_side(history):
    """With five debriefs nothing is said; with eight a steady rise is."""
    rise = [1, 1, 2, 1, 5, 5, 4, 5]
    rows = [APPLICATION]
    for number, felt in enumerate(rise):
        rows += debrief(number, f"2026-10-{number + 1:02d}", felt_prepared=felt)
    early = {one.question: one.result for one in then_and_now(history(rows[: 1 + 2 * 5]))}
    assert TooFew(have=5, need=6, of="debriefs") == early["debrief/felt-prepared"]
    late = {one.question: one.result for one in then_and_now(history(rows))}["debrief/felt-prepared"]
    assert isinstance(late, Change)
    assert (1.25, 4.75, "up") == (late.then, late.now, late.verdict)
    assert (4, 4) == (late.count_then, late.count_now)


def test_two_halves_alike_cannot_be_told_apart(history):
    """Ratings that go up and down are no trend; equal ones are not known to be exactly equal."""
    rows = [APPLICATION]
    for number, felt in enumerate([3, 3, 3, 3, 3, 3]):
        rows += debrief(number, f"2026-10-{number + 1:02d}", felt_prepared=felt)
    change = {one.question: one.result for one in then_and_now(history(rows))}["debrief/felt-prepared"]
    assert "cannot-tell" == change.verdict
    assert change.low < 0 < change.high


def test_promised_days_are_held_against_the_days_answers_came(search, today, ago):
    """Of five promises two were kept; one that passed in silence counts, one still to come does not."""
    history = search(
        {"answer_promised_on": ago(20), "outcome": "no", "heard": 22},
        {"answer_promised_on": ago(20), "outcome": "no", "heard": 20},
        {"times": 2, "answer_promised_on": ago(20), "outcome": "no", "heard": 10},
        {"answer_promised_on": ago(3)},
        {"answer_promised_on": ago(-5)},
    )
    found = promised_dates(history, today)
    assert (2, 5, 4, 1, 5.0) == (
        found.kept.hits,
        found.kept.of,
        found.answered,
        found.waiting,
        found.median_days_late,
    )
    assert TooFew(have=0, need=1, of="answers") == promised_dates(search({"sent": 3}), today)


def test_a_good_week_without_answers_is_a_good_week(search, today):
    """A week in which the person did what they usually do is good, whatever came back."""
    found = effort(search(*({"sent": days} for days in (22, 21, 15, 14, 8, 7))), today)
    assert [2, 2, 2, 0] == [week.acts for week in found.weeks]
    assert [True, True, True, False] == [week.good for week in found.weeks]
    assert (2.0, 3, 3) == (found.usual, found.good, found.good_without_answers)
    assert dt.date(2026, 10, 12) == found.weeks[0].starts_on


def test_effort_is_more_than_applications(today):
    """Interviews, debriefs and thank-you letters are acts of the week too."""
    found = effort(History.sample(today), today)
    totals = {
        name: sum(getattr(week, name) for week in found.weeks)
        for name in ("interviews", "debriefs", "letters")
    }
    assert {"interviews": 5, "debriefs": 4, "letters": 2} == totals
    assert sum(week.acts for week in found.weeks) == 34 + 5 + 4 + 2
    assert 2 == sum(week.noes for week in found.weeks) - 1


def test_nothing_with_a_day_has_no_weeks(search, today):
    """A search without any day has no weeks and no answers over time."""
    assert TooFew(have=0, need=1, of="days") == effort(search({}), today)
    assert () == answers_over_time(search({}), today)


def test_answers_over_time_count_each_answer_once(search, today):
    """Two noes, one invitation and nine silences in weeks; a long search is shown in months."""
    short = search(
        {"times": 9, "sent": 40},
        {"times": 2, "sent": 30, "outcome": "no", "heard": 10},
        {"sent": 30, "stage": "answered", "reached": {"answered": "2026-10-20"}},
    )
    periods = answers_over_time(short, today)
    assert (12, 1, 2) == tuple(
        sum(getattr(one, name) for one in periods) for name in ("sent", "went_on", "noes")
    )
    assert {7} == {(one.until - one.starts_on).days + 1 for one in periods[:-1]}
    long = answers_over_time(search({"sent": 400}, {"sent": 10}), today)
    assert {1} == {one.starts_on.day for one in long}
    assert 2 == sum(one.sent for one in long)


@pytest.mark.parametrize("weekday", range(7))
def test_weeks_begin_on_monday(search, today, weekday):
    """Whatever day it is seen on, each week begins on a Monday."""
    seen = today + dt.timedelta(days=weekday)
    assert {0} == {week.starts_on.weekday() for week in effort(search({"sent": 30}), seen).weeks}
