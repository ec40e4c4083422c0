"""Earlier versions: what a person would want to see again, and nothing of the typing in between."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.workbook import Workbook

RECALL = "debrief/recall"


@pytest.fixture
def workbook(home: Path, clock: Any) -> Iterator[Workbook]:
    opened = Workbook.open(home, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def interview(workbook: Workbook) -> str:
    made = workbook.add_application({"company": "Acme"})
    return workbook.add_interview(made.record_id).record_id


def write(workbook: Workbook, interview: str, *texts: str | None) -> None:
    """Save one text after the other, as autosaving does."""
    for text in texts:
        workbook.record(RECALL, text, record_id=interview, base_revision=None)


def seen(workbook: Workbook, interview: str, question: str = RECALL, key: str = RECALL) -> list[Any]:
    """The earlier versions of one reply."""
    found = workbook.versions([workbook.question(question)], record_id=interview)
    return [kept.value for kept in found.get(key, [])]


def test_typing_on_makes_no_versions(workbook: Workbook, interview: str) -> None:
    """A text that only grew, saved on the way, has no earlier version."""
    write(workbook, interview, "They", "They asked", "They asked about Ana.")
    assert [] == seen(workbook, interview)


def test_what_was_overwritten_a_moment_later_is_there(workbook: Workbook, interview: str) -> None:
    """Selecting all and typing over it loses nothing, however quickly it happened."""
    write(workbook, interview, "A long story of what they asked.", "x", "xy")
    assert ["A long story of what they asked."] == seen(workbook, interview)


def test_what_was_emptied_is_there(workbook: Workbook, interview: str) -> None:
    """A text deleted letter by letter or at once can be brought back."""
    write(workbook, interview, "Gone?", None)
    assert ["Gone?"] == seen(workbook, interview)


def test_each_sitting_is_a_version(workbook: Workbook, interview: str, clock: Any) -> None:
    """What stood for ten minutes before it was written on is a version, newest first."""
    write(workbook, interview, "One.")
    clock.advance(minutes=10)
    write(workbook, interview, "One. Two.")
    clock.advance(days=3)
    write(workbook, interview, "One. Two. Three.")
    assert ["One. Two.", "One."] == seen(workbook, interview)


def test_bringing_a_version_back_keeps_what_stood_there(workbook: Workbook, interview: str) -> None:
    """Restoring is one more change: the text it replaced is an earlier version in its turn."""
    write(workbook, interview, "The first telling.", "Another story altogether.", "The first telling.")
    assert ["Another story altogether."] == seen(workbook, interview)


def test_answers_in_lists_and_fields_of_records_have_versions(workbook: Workbook, interview: str) -> None:
    """A question asked is found under its number; a field under its question, with the record's history."""
    workbook.record("debrief/asked", [1], record_id=interview, base_revision=0)
    for text in ("Why should we take you?", "Why us?"):
        workbook.record("debrief/asked-text", text, record_id=interview, item=1, base_revision=None)
    assert ["Why should we take you?"] == seen(workbook, interview, "debrief/asked", "debrief/asked-text#1")
    application = str(workbook.get(interview, "interview").body["application_id"])
    workbook.change(application, {"company": "Acme Corp"}, kind="application")
    workbook.change(application, {"company": "Zenith"}, kind="application")
    assert "Acme Corp" in seen(workbook, application, "search/company", "search/company")
