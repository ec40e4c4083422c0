"""A reply kept from a page: what the disk refuses comes again, and another window's words are seen, not lost."""

from pathlib import Path

import pytest

from rebound_widgets.chapters import Visit
from rebound_widgets.chapters.one_item import OneItem
from rebound_widgets.domain.refused import Refused
from rebound_widgets.store import PASSING
from rebound_widgets.store.sentences import about
from rebound_widgets.widgets.exercise import Clash, NotKept, Reply
from rebound_widgets.workbook import Workbook


def reply(question: str, value: object, item: int | None = None) -> Reply:
    """What a page sends that has seen nothing on disk."""
    return Reply(question=question, item=item, value=value, base_revision=0, record_id="", page="page-1")


@pytest.mark.parametrize("rule", sorted(PASSING))
def test_what_the_disk_refuses_is_tried_again_without_a_key(home: Path, rule: str) -> None:
    """A full disk or a file held by another program passes: the page is told to try again by itself."""
    visit = Visit(Workbook.open(home))
    told = visit.not_kept(about(rule, home / "workbook.rebound", seconds=15))
    assert told.again
    assert told.sentence


def test_what_the_person_has_to_mend_is_not_tried_again(home: Path) -> None:
    """A reply that breaks a rule waits for the person; sending it again would change nothing."""
    visit = Visit(Workbook.open(home))
    with pytest.raises(NotKept) as told:
        visit.keep(reply("keep-going/nowhere", "x"))
    assert not told.value.again
    assert not visit.not_kept(Refused("date-unreadable", "No such day.")).again


def test_two_windows_that_begin_the_same_check_in_both_join_it(home: Path) -> None:
    """The second window sees that the item is on the list, instead of trying to put it there for ever."""
    windows = [Visit(Workbook.open(home)) for _ in range(2)]
    forms = [OneItem(visit, "keep-going/check-ins", record_id=None, item=1) for visit in windows]
    forms[0]._keep(reply("keep-going/check-in-did", "Sent two letters."))
    with pytest.raises(Clash) as clash:
        forms[1]._keep(reply("keep-going/check-in-did", "Called the library."))
    assert "Sent two letters." == clash.value.theirs.value
    listed = windows[1].workbook.question("keep-going/check-ins")
    assert [1] == windows[1].workbook.reply(listed).value


@pytest.mark.parametrize(
    ("origin", "where"),
    [("page-other", "Written in another window"), ("import", "Brought in with a list"), ("command", "")],
)
def test_where_the_other_version_was_written_is_said(home: Path, origin: str, where: str) -> None:
    """Another window and a list that was brought in are named; of all else is known that it was elsewhere."""
    visit = Visit(Workbook.open(home))
    visit.workbook.record("ready/goal-what", "Sleep well.", origin=origin)
    with pytest.raises(Clash) as clash:
        visit.keep(reply("ready/goal-what", "Ask two questions."))
    assert ("Sleep well.", where) == (clash.value.theirs.value, clash.value.theirs.where)
