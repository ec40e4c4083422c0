"""The open workbook: replies become revisions, revisions move one number."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rebound_widgets.domain.record import Conflict
from rebound_widgets.domain.refused import Refused
from rebound_widgets.workbook import Workbook

Clock = Callable[[], dt.datetime]


@pytest.fixture
def workbook(home: Path, clock: Clock) -> Iterator[Workbook]:
    opened = Workbook.open(home, clock=clock)
    yield opened
    opened.close()


def test_a_reply_is_there_when_the_workbook_is_opened_again(workbook: Workbook, home: Path) -> None:
    """What was kept is on disk, not in memory."""
    interview = workbook.add_interview(workbook.add_application({"company": "Acme"}).record_id)
    kept = workbook.record(
        "debrief/recall", "They asked about Ana.", record_id=interview.record_id, base_revision=0
    )
    again = Workbook.open(home)
    question = again.question("debrief/recall")
    assert again.reply(question, record_id=interview.record_id) == kept
    again.close()


def test_every_write_moves_the_revision(workbook: Workbook) -> None:
    """Pages observe one number, and it moves with every change."""
    seen: list[int] = []
    workbook.observe(lambda change: seen.append(change["new"]), "revision")
    made = workbook.add_application({"company": "Acme"})
    workbook.change(made.record_id, {"role": "analyst"}, kind="application")
    workbook.delete(made.record_id)
    assert seen == [1, 2, 3]


def test_the_same_reply_again_writes_nothing(workbook: Workbook) -> None:
    """Sending a reply twice, as a shaky connection does, is one revision."""
    made = workbook.add_application({"company": "Acme"})
    first = workbook.record("search/role", "analyst", record_id=made.record_id, base_revision=made.number)
    second = workbook.record("search/role", "analyst", record_id=made.record_id, base_revision=made.number)
    assert second == first


def test_a_reply_changed_elsewhere_is_a_conflict_and_nothing_is_written(workbook: Workbook) -> None:
    """Never last-writer-wins on prose."""
    subject = workbook.add_interview(workbook.add_application({"company": "Acme"}).record_id).record_id
    theirs = workbook.record("debrief/recall", "their words", record_id=subject, base_revision=0)
    with pytest.raises(Conflict):
        workbook.record("debrief/recall", "my words", record_id=subject, base_revision=0)
    assert workbook.reply(workbook.question("debrief/recall"), record_id=subject) == theirs


def test_two_fields_of_one_record_do_not_conflict_but_one_field_does(workbook: Workbook) -> None:
    """Two windows may fill in one application; only the same field twice is a conflict."""
    made = workbook.add_application({"company": "Acme"})
    workbook.record("search/role", "analyst", record_id=made.record_id, base_revision=made.number)
    workbook.record("search/location", "Lille", record_id=made.record_id, base_revision=made.number)
    with pytest.raises(Conflict):
        workbook.record("search/role", "clerk", record_id=made.record_id, base_revision=made.number)
    assert workbook.get(made.record_id, "application").body["role"] == "analyst"


def test_a_refused_reply_says_why_and_writes_nothing(workbook: Workbook) -> None:
    """A value that cannot be taken comes back as a sentence."""
    made = workbook.add_application({"company": "Acme"})
    before = workbook.revision
    with pytest.raises(Refused, match="2026-11-05"):
        workbook.record("search/applied-on", "last week", record_id=made.record_id, base_revision=made.number)
    assert workbook.revision == before


def test_an_unknown_question_is_refused(workbook: Workbook) -> None:
    """A page of another version cannot write what nobody asks."""
    with pytest.raises(Refused, match="asks no question"):
        workbook.record("debrief/shoe-size", "44")


def test_an_interview_moves_the_stage_but_never_back(workbook: Workbook) -> None:
    """An interview moves an application that was only sent to interview; an offer stays an offer."""
    sent = workbook.add_application({"company": "Acme", "stage": "applied"}).record_id
    offered = workbook.add_application({"company": "Byrne", "stage": "offer"}).record_id
    first, second = workbook.add_interview(sent), workbook.add_interview(sent)
    workbook.add_interview(offered)
    assert workbook.get(sent, "application").body["stage"] == "interview"
    assert workbook.get(offered, "application").body["stage"] == "offer"
    assert [first.body["round"], second.body["round"]] == [1, 2]


def test_deleting_takes_what_belongs_to_it_and_undo_brings_all_back(workbook: Workbook) -> None:
    """Deleting an application takes its interviews and answers along; taking it back restores every one."""
    made = workbook.add_application({"company": "Acme"})
    subject = workbook.add_interview(made.record_id).record_id
    workbook.record("debrief/recall", "words", record_id=subject, base_revision=0)
    before = [(r.record_id, dict(r.body)) for r in workbook.store.current()]
    change = workbook.delete(made.record_id)
    assert workbook.store.current() == []
    assert workbook.undo(change) == []
    assert [(r.record_id, dict(r.body)) for r in workbook.store.current()] == before


def test_another_window_is_noticed(workbook: Workbook, home: Path) -> None:
    """What another process wrote is there after a poll."""
    other = Workbook.open(home)
    other.add_application({"company": "Acme"})
    other.close()
    workbook.poll()
    assert list(workbook.history().applications["company"]) == ["Acme"]


def test_the_workbook_shows_no_words_in_its_repr(workbook: Workbook) -> None:
    """A notebook writes the repr into its file, so it holds a number and nothing else."""
    workbook.add_application({"company": "Acme"})
    assert repr(workbook) == "<Workbook at revision 1>"
