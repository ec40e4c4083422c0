"""Open loops and the next step, computed from dates."""

import datetime as dt
from typing import Any

import pytest

from rebound_widgets.domain.record import Revision
from rebound_widgets.history import History
from rebound_widgets.insight import next_step, open_loops, weeks

TODAY = dt.date(2026, 11, 5)
MADE_AT = dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC)


def record(number: int, record_id: str, kind: str, /, **body: Any) -> Revision:
    return Revision(
        number=number,
        record_id=record_id,
        kind=kind,
        body=body,
        deleted=False,
        made_at=MADE_AT,
        based_on=0,
        change="c",
        origin="test",
    )


def application(record_id: str = "application-a", **body: Any) -> Revision:
    return record(
        1, record_id, "application", **{"company": "Acme", "stage": "interview", "outcome": "open", **body}
    )


def interview(held_on: str, record_id: str = "interview-a") -> Revision:
    return record(
        2, record_id, "interview", application_id="application-a", round=1, held_on=held_on, stage="interview"
    )


def answer(question: str, subject: str = "interview-a", value: Any = "words") -> Revision:
    body = {
        "question": question,
        "item": None,
        "subject": subject,
        "kind": "prose",
        "value": value,
        "zone": "+00:00",
    }
    return record(3, f"answer-{subject}/{question}", "answer", **body)


def kinds(*records: Revision) -> list[str]:
    return [loop.kind for loop in open_loops(History.of(records), TODAY)]


def test_an_empty_search_has_no_loops() -> None:
    """Somebody who has written nothing is asked for nothing."""
    assert kinds() == []


@pytest.mark.parametrize(
    ("held_on", "expected"),
    [
        ("2026-11-05", ["debrief", "answer-awaited"]),
        ("2026-10-06", ["debrief", "follow-up"]),
        ("2026-10-05", ["long-silence"]),
        ("2026-11-06", ["interview-soon"]),
    ],
)
def test_a_debrief_is_due_for_thirty_days(held_on: str, expected: list[str]) -> None:
    """A debrief is offered from the day of the interview until thirty days after it, both included."""
    assert kinds(application(), interview(held_on)) == expected


def test_a_debrief_that_was_begun_is_not_due() -> None:
    """One answer in the debrief closes its loop; the thank-you letter comes next."""
    assert kinds(application(), interview("2026-11-04"), answer("debrief/recall"))[0] == "thanks"


def test_a_letter_that_was_sent_is_no_loop() -> None:
    """Saying that the letter was sent closes the loop."""
    written = (answer("debrief/recall"), answer("debrief/thanks-sent", value=["sent"]))
    assert "thanks" not in kinds(application(), interview("2026-11-04"), *written)


def test_a_promised_day_is_awaited_then_asked_about_after_two_working_days() -> None:
    """After a Friday that passed without an answer, asking is due on the Tuesday."""
    before = open_loops(History.of([application(answer_promised_on="2026-11-05")]), TODAY)
    after = open_loops(History.of([application(answer_promised_on="2026-10-30")]), TODAY)
    assert [(loop.kind, loop.due_on) for loop in before] == [("answer-awaited", None)]
    assert [(loop.kind, loop.due_on) for loop in after] == [("follow-up", dt.date(2026, 11, 3))]


def test_many_silent_applications_are_one_loop() -> None:
    """Four hundred applications without an answer are one line, never a wall."""
    silent = [
        record(
            n,
            f"application-{n}",
            "application",
            company="X",
            stage="applied",
            outcome="open",
            applied_on="2026-09-01",
        )
        for n in range(1, 401)
    ]
    loops = open_loops(History.of(silent), TODAY)
    assert [(loop.kind, loop.count) for loop in loops] == [("long-silence", 400)]


def test_a_closed_application_has_no_loops_but_an_accepted_one_has() -> None:
    """A no ends it; a yes does not, until the first day at work."""
    assert kinds(application(outcome="no")) == []
    assert kinds(application(outcome="accepted")) == ["start-date"]
    assert kinds(application(outcome="accepted", starts_on="2026-12-01")) == ["start-date"]
    assert kinds(application(outcome="accepted", starts_on="2026-11-04")) == []


def test_the_next_step_can_be_put_off() -> None:
    """Putting off the first step shows the next one, and putting off all shows none."""
    loops = open_loops(History.of([application(outcome="accepted"), interview("2026-11-04")]), TODAY)
    first = next_step(loops)
    assert first is not None
    second = next_step(loops, {first.key})
    assert second is not None
    assert [first.kind, second.kind] == ["debrief", "start-date"]
    assert next_step(loops, {loop.key for loop in loops}) is None


def test_weeks_run_without_gaps_to_today() -> None:
    """A quiet week is a week of the search too."""
    found = weeks(
        History.of([application(applied_on="2026-10-20", outcome="no", outcome_on="2026-10-21")]), TODAY
    )
    assert [(week.starts_on, week.applications, week.noes) for week in found] == [
        (dt.date(2026, 10, 19), 1, 1),
        (dt.date(2026, 10, 26), 0, 0),
        (dt.date(2026, 11, 2), 0, 0),
    ]


def test_letters_and_interviews_are_found_among_thousands_of_applications() -> None:
    """Among 2,000 applications those that make a loop are found, and none else."""
    crowd = [
        record(10 + n, f"application-{n}", "application", company=f"X {n}", stage="applied", outcome="open")
        for n in range(2_000)
    ]
    written = (answer("debrief/recall"), answer("no/letter-follow-up", "application-7"))
    loops = open_loops(History.of([*crowd, application(), interview("2026-11-04"), *written]), TODAY)
    assert [("thanks", "Acme"), ("letter", "X 7"), ("answer-awaited", "Acme")] == [
        (loop.kind, loop.company) for loop in loops
    ]


def test_the_last_sign_of_life_is_the_later_of_sending_and_meeting() -> None:
    """An interview after the application counts, an earlier one does not, and one still to come is no silence."""
    sent = {"applied_on": "2026-09-01"}
    assert kinds(application(**sent), interview("2026-09-20"), answer("debrief/recall")) == ["long-silence"]
    assert "long-silence" not in kinds(application(**sent), interview("2026-10-20"))
    assert "long-silence" not in kinds(application(**sent), interview("2026-11-20"))
    assert "long-silence" not in kinds(application(applied_on="2026-10-30"), interview("2026-09-01"))


def test_an_application_that_was_let_go_is_not_waited_for() -> None:
    """Saying that one is let go takes it out of the silent ones."""
    silent = application(stage="applied", applied_on="2026-09-01")
    assert kinds(silent, answer("keep-going/let-go", "application-a")) == []


def test_an_interview_later_today_is_not_looked_back_at_yet() -> None:
    """Until its hour has come it is got ready for; where no hour is known, the debrief is offered."""
    history = History.of([application(), interview(TODAY.isoformat())])
    assert "debrief" in [loop.kind for loop in open_loops(history, TODAY)]
    (loop,) = open_loops(history, TODAY, later_today={"interview-a"})
    assert ("interview-soon", TODAY) == (loop.kind, loop.due_on)


@pytest.mark.parametrize(("held_on", "is_next"), [("2026-11-10", True), ("2026-11-11", False)])
def test_getting_ready_is_the_next_step_five_days_before(held_on: str, is_next: bool) -> None:
    """There is time for stories, questions and a letter, and nobody is hurried weeks ahead."""
    (loop,) = open_loops(History.of([application(), interview(held_on)]), TODAY)
    assert "interview-soon" == loop.kind
    assert is_next == (next_step([loop]) is not None)
