"""What a workbook keeps in memory is what its file holds, whoever wrote there."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from rebound_widgets.workbook import Workbook


@pytest.fixture
def workbook(home: Path) -> Iterator[Workbook]:
    with contextlib.closing(Workbook.open(home)) as opened:
        yield opened


@pytest.fixture
def other(home: Path, workbook: Workbook) -> Iterator[Workbook]:
    """The same workbook, open in another window."""
    with contextlib.closing(Workbook.open(home)) as opened:
        yield opened


def same(workbook: Workbook) -> bool:
    """Whether memory and file agree, in order too; looks as a page does, after a poll."""
    workbook.poll()
    return workbook.current() == workbook.store.current()


def test_own_changes_are_seen_at_once(workbook: Workbook) -> None:
    """Adding, changing, deleting and taking back are in memory as soon as they are on disk."""
    made = [workbook.add_application({"company": name}).record_id for name in ("Acme", "Birch", "Cove")]
    assert same(workbook)
    workbook.change(made[0], {"role": "analyst"}, kind="application")
    assert workbook.current("application")[0].body["role"] == "analyst"
    change = workbook.delete(made[1])
    assert [made[0], made[2]] == [record.record_id for record in workbook.current("application")]
    assert workbook.find(made[1]) is not None
    workbook.undo(change)
    assert made == [record.record_id for record in workbook.current("application")]
    assert same(workbook)


def test_what_another_window_writes_is_seen_after_a_poll_in_its_order(
    workbook: Workbook, other: Workbook
) -> None:
    """Several records begun elsewhere, and one of them changed since, stand in the order they were begun."""
    workbook.add_application({"company": "Acme"})
    assert same(workbook)
    first = other.add_application({"company": "Birch"}).record_id
    other.add_application({"company": "Cove"})
    other.change(first, {"role": "clerk"}, kind="application")
    assert same(workbook)
    assert ["Acme", "Birch", "Cove"] == [record.body["company"] for record in workbook.current("application")]
    other.delete(first)
    assert same(workbook)


@pytest.mark.parametrize("what", ["record", "everything"])
def test_what_another_window_erases_leaves_memory(workbook: Workbook, other: Workbook, what: str) -> None:
    """Erased words are not shown by a window that had read them before."""
    gone = workbook.add_application({"company": "Quixotry"}).record_id
    workbook.add_application({"company": "Acme"})
    assert same(workbook)
    if what == "record":
        other.erase_record(gone)
    else:
        other.erase_everything()
    workbook.poll()
    assert workbook.find(gone) is None
    assert workbook.current() == workbook.store.current()


def test_a_workbook_brought_back_is_what_memory_holds(workbook: Workbook) -> None:
    """After a restore the pages show the restored records and no others."""
    workbook.add_application({"company": "Acme"})
    backup = workbook.back_up()
    workbook.add_application({"company": "Birch"})
    assert same(workbook)
    workbook.restore(backup.path)
    assert ["Acme"] == [record.body["company"] for record in workbook.current("application")]
    assert same(workbook)


def test_frames_are_made_again_only_when_what_they_are_made_of_has_changed(workbook: Workbook) -> None:
    """An answer leaves the frame of applications as it is, and a new application makes another."""
    made = workbook.add_application({"company": "Acme"}).record_id
    interview = workbook.add_interview(made).record_id
    before = workbook.history()
    applications, answers = before.applications, before.answers
    workbook.record("debrief/recall", "They asked about the report.", record_id=interview)
    after = workbook.history()
    assert after.applications is applications
    assert (0, 1) == (len(answers), len(after.answers))
    workbook.add_application({"company": "Birch"})
    assert ["Acme", "Birch"] == list(workbook.history().applications["company"])
    assert workbook.history().answers is after.answers
