"""Applications, interviews, records and chapters as values."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_widgets.content import load_content
from rebound_widgets.domain.application import FORMATS, OUTCOMES, SIZES, STAGES, Application, Interview
from rebound_widgets.domain.question import ID_FORM
from rebound_widgets.domain.record import RECORD_KINDS, answer_id, new_id
from rebound_widgets.domain.refused import Refused

FIELDS = list(Application.__dataclass_fields__)
values = (
    st.none()
    | st.text(max_size=20)
    | st.integers()
    | st.sampled_from([*STAGES, *OUTCOMES, *SIZES, "2026-11-05", "", "\0"])
    | st.dictionaries(
        st.sampled_from([*STAGES, "x"]), st.sampled_from(["2026-11-05", "soon", None]), max_size=3
    )
    | st.lists(st.text(max_size=3), max_size=2)
)


def outcome(fields: dict[str, Any]) -> Application | Refused:
    """The application that fields make, or the refusal."""
    try:
        return Application.accept(fields)
    except Refused as refused:
        return refused


@given(fields=st.dictionaries(st.sampled_from([*FIELDS, "colour"]), values, max_size=6))
def test_an_application_is_accepted_or_refused_with_a_sentence(fields: dict[str, Any]) -> None:
    """Whatever fields come, they make an application or a sentence, and accepting twice changes nothing."""
    made = outcome(fields)
    if isinstance(made, Refused):
        assert made.sentence.endswith(".")
        return
    body = made.as_body()
    assert body == json.loads(json.dumps(body))
    assert made == Application.accept(body)
    assert None not in body.values()
    assert made.company or made.role


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({}, "application-nameless"),
        ({"company": " "}, "application-nameless"),
        ({"company": "A", "stage": "hired"}, "word-unknown"),
        ({"company": "A", "applied_on": "soon"}, "date-unreadable"),
        ({"company": "A", "reached": {"hired": "2026-01-01"}}, "word-unknown"),
        ({"company": "A", "reached": [1]}, "reached-shape"),
        ({"company": "A", "colour": "red"}, "field-unknown"),
    ],
)
def test_what_no_application_can_be(fields: dict[str, Any], rule: str) -> None:
    """An application needs a name and takes only what the record knows."""
    with pytest.raises(Refused) as caught:
        Application.accept(fields)
    assert rule == caught.value.rule


def test_an_application_begins_open_and_applied() -> None:
    """A firm's name alone is an application that was sent and waits."""
    made = Application.accept({"role": " analyst "})
    assert ("analyst", "applied", "open", None) == (made.role, made.stage, made.outcome, made.applied_on)
    assert {"role": "analyst", "stage": "applied", "outcome": "open"} == made.as_body()


@pytest.mark.parametrize(
    ("given_time", "kept"), [("9:05", "09:05"), ("14:30:59", "14:30"), ("", None), (None, None)]
)
def test_a_time_of_day_is_kept_in_one_form(given_time: str | None, kept: str | None) -> None:
    """A time is kept as hours and minutes, whatever way it was written."""
    made = Interview.accept({"application_id": "a", "held_at": given_time})
    assert kept == made.held_at


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("held_at", "25:00", "time-unreadable"),
        ("held_at", "noon", "time-unreadable"),
        ("round", 0, "round-unreadable"),
        ("round", "second", "round-unreadable"),
        ("format", "pigeon", "word-unknown"),
        ("stage", "offer", "word-unknown"),
    ],
)
def test_what_no_interview_can_be(field: str, value: Any, rule: str) -> None:
    """An interview refuses what it cannot keep, with a sentence."""
    with pytest.raises(Refused) as caught:
        Interview.accept({"application_id": "a", field: value})
    assert rule == caught.value.rule


def test_the_words_of_records_can_be_options() -> None:
    """Every word a record knows has the form of an option's id, so a question can offer it as it is."""
    words = [*STAGES, *OUTCOMES, *SIZES, *FORMATS]
    assert [] == [word for word in words if not ID_FORM.match(word)]


def test_new_ids_are_different_and_say_their_kind() -> None:
    """An id begins with its kind and is never given twice."""
    ids = {new_id(kind) for kind in RECORD_KINDS for _ in range(200)}
    assert 200 * len(RECORD_KINDS) == len(ids)
    assert all(re.fullmatch(r"[a-z]+-[0-9a-hjkmnp-tv-z]{16}", made) for made in ids)


def test_an_answer_has_one_id() -> None:
    """Two windows that answer one question write one record."""
    assert "answer-own/start/week-plan" == answer_id("start/week-plan")
    expected = "answer-interview-1/debrief/asked-text/3"
    assert expected == answer_id("debrief/asked-text", "interview-1", 3)


def test_a_chapter_finds_its_questions_inside_lists_too() -> None:
    """A question inside a list is found by its id, and one that is not asked is not."""
    debrief = load_content().chapters["debrief"]
    assert "debrief/asked-rating" == debrief.question("debrief/asked-rating").id
    with pytest.raises(KeyError):
        debrief.question("debrief/nothing")
