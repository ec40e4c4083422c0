"""What keeps an open workbook safe: backups when they are due, bringing one back, erasing for good."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.domain.refused import Refused
from rebound_widgets.history.exporting import read_export_json, write_export
from rebound_widgets.store import Store, find_words
from rebound_widgets.workbook import (
    Workbook,
    backups_of,
    bring_back,
    choose_backup,
    keeping,
    plan_bring_back,
)
from rebound_widgets.workbook.whole import plan_whole, take_whole

WORD = "Zyzzogeton-orchard"


class Later:
    """In the place of the worker: what was to be done later is done when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple[float, Callable[[], None]]] = []

    def __call__(self, seconds: float, work: Callable[[], None]) -> keeping.Cancel:
        self.waiting.append((seconds, work))
        return self.waiting.clear

    def happen(self) -> list[float]:
        """Do all that waits; returns how long each had to."""
        now, self.waiting = self.waiting, []
        for _, work in now:
            work()
        return [seconds for seconds, _ in now]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """No worker of its own: the test says when."""
    made = Later()
    monkeypatch.setattr(keeping.Keeper.__init__, "__defaults__", (made,))
    return made


@pytest.fixture
def workbook(later: Later, home: Path, clock: Any) -> Iterator[Workbook]:
    opened = Workbook.open(home, clock=clock)
    yield opened
    opened.close()


def reasons(workbook: Workbook) -> list[str]:
    return [backup.reason for backup in workbook.backups()]


# Backups ------------------------------------------------------------------------------------------------


def test_each_half_hour_with_changes_is_backed_up(later: Later, workbook: Workbook, clock: Any) -> None:
    """The first change is backed up, later ones when half an hour is over, and nothing when nothing changed."""
    workbook.add_application({"company": "Acme"})
    assert ([0], 1) == (later.happen(), len(workbook.backups()))
    assert [] == later.happen()
    workbook.add_application({"company": "Byrne"})
    clock.advance(minutes=29)
    assert ([0], 1) == (later.happen(), len(workbook.backups()))
    clock.advance(minutes=1)
    assert [keeping.LOOK_AGAIN_S] == later.happen()
    # The first of the day makes room for the newest of the day.
    assert [2] == [backup.revision for backup in workbook.backups()]
    assert [] == later.happen()


def test_a_change_never_waits_for_its_backup(home: Path, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a backup takes, replies are kept meanwhile."""
    begun, go_on = threading.Event(), threading.Event()
    whole = Store.backup_when_due

    def slow(store: Store) -> Any:
        begun.set()
        assert go_on.wait(30)
        return whole(store)

    monkeypatch.setattr(Store, "backup_when_due", slow)
    workbook = Workbook.open(home, clock=clock)
    workbook.add_application({"company": "Acme"})
    assert begun.wait(30)
    workbook.add_application({"company": "Byrne"})
    assert (2, []) == (workbook.revision, workbook.backups())
    go_on.set()
    workbook.close()
    assert [2] == [backup.revision for backup in backups_of(home)]


def test_taking_back_and_bringing_in_are_changes(
    later: Later, workbook: Workbook, tmp_path: Path, clock: Any
) -> None:
    """Whatever way something is written, a backup follows."""
    made = workbook.add_application({"company": "Acme"})
    exported = read_export_json(write_export(workbook.store, tmp_path / "all.json"))
    later.happen()
    newest = []
    for change in (lambda: workbook.undo(made.change), lambda: workbook.take_in(exported.writes()[:0])):
        clock.advance(hours=1)
        change()
        later.happen()
        newest.append(workbook.backups()[-1].revision)
    assert [2, 2] == newest
    other = Workbook.open(tmp_path / "other", clock=clock)
    other.fill(exported.revisions)
    later.happen()
    assert [1] == [backup.revision for backup in other.backups()]
    other.close()


def test_closing_takes_the_backup_that_is_due(later: Later, home: Path, clock: Any) -> None:
    """What was written right before the end is in a backup; where nothing was written none is made."""
    workbook = Workbook.open(home, clock=clock)
    workbook.add_application({"company": "Acme"})
    workbook.close()
    assert [1] == [backup.revision for backup in backups_of(home)]
    clock.advance(hours=1)
    Workbook.open(home, clock=clock).close()
    assert 1 == len(backups_of(home))


def test_a_worker_that_comes_too_late_does_nothing(later: Later, home: Path, clock: Any) -> None:
    """Nothing opens the file again once the workbook is closed, and nothing waits any more."""
    workbook = Workbook.open(home, clock=clock)
    workbook.add_application({"company": "Acme"})
    later.happen()
    workbook.add_application({"company": "Byrne"})
    ((_, late),) = later.waiting
    workbook.close()
    clock.advance(hours=1)
    late()
    assert ([1], []) == ([backup.revision for backup in backups_of(home)], later.waiting)


def test_a_backup_that_cannot_be_made_is_said_and_tried_again(
    later: Later, workbook: Workbook, home: Path
) -> None:
    """No room for backups costs no reply: the reason is there to be shown, and the next look tries again."""
    (home / "backups").write_text("a file in the folder's place")
    workbook.add_application({"company": "Acme"})
    later.happen()
    assert workbook.backup_refused is not None
    assert "folder-cannot-make" == workbook.backup_refused.rule
    (home / "backups").unlink()
    assert [keeping.LOOK_AGAIN_S] == later.happen()
    assert (None, ["due"]) == (workbook.backup_refused, reasons(workbook))


def test_a_folder_of_backups_that_cannot_be_read_is_said_and_tried_again(
    later: Later, workbook: Workbook, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may not look into the folder is told so, once it is looked into, and nothing else is lost."""
    (home / "backups").mkdir(exist_ok=True)
    whole = Path.iterdir

    def forbidden(folder: Path) -> Iterator[Path]:
        if folder.name == "backups":
            raise PermissionError(13, "Permission denied", str(folder))
        return whole(folder)

    monkeypatch.setattr(Path, "iterdir", forbidden)
    workbook.add_application({"company": "Acme"})
    later.happen()
    assert workbook.backup_refused is not None
    assert "backups" in str(workbook.backup_refused)
    monkeypatch.setattr(Path, "iterdir", whole)
    assert [keeping.LOOK_AGAIN_S] == later.happen()
    assert (None, ["due"]) == (workbook.backup_refused, reasons(workbook))


def test_before_an_import_there_is_a_backup(later: Later, workbook: Workbook, tmp_path: Path) -> None:
    """An import that went wrong can be answered with the state before it."""
    workbook.add_application({"company": "Acme"})
    with Workbook.open(tmp_path / "other").store as other:
        other_workbook = Workbook(other, workbook.content)
        other_workbook.add_application({"company": "Byrne"})
        exported = read_export_json(write_export(other, tmp_path / "other.json"))
        other_workbook.close()
    workbook.take_in(exported.writes())
    assert ["before-import"] == reasons(workbook)


# Bringing one back --------------------------------------------------------------------------------------


def test_bringing_back_moves_the_revision_and_the_history(workbook: Workbook) -> None:
    """An open page shows the restored state at once."""
    workbook.add_application({"company": "Acme"})
    kept = workbook.back_up()
    workbook.add_application({"company": "Byrne"})
    assert 2 == len(workbook.history().applications)
    assert 1 == workbook.plan_restore(kept.path).removed
    seen = workbook.revision
    workbook.restore(kept.path)
    assert workbook.revision > seen
    assert ["Acme"] == list(workbook.history().applications["company"])


def test_a_missing_workbook_comes_back(home: Path, workbook: Workbook, clock: Any) -> None:
    """Where the file is gone its newest backup makes it whole again, without a workbook open."""
    workbook.add_application({"company": "Acme"})
    workbook.back_up()
    present = workbook.store.digests()
    (home / "workbook.rebound").unlink()
    plan = plan_bring_back(choose_backup(None, home), home)
    assert (1, False) == (plan.added, plan.present_readable)
    bring_back(choose_backup(None, home), home, clock=clock)
    assert (present, []) == (workbook.store.digests(), workbook.store.check())


def test_a_backup_is_chosen_by_name_day_or_file(
    later: Later, home: Path, workbook: Workbook, clock: Any
) -> None:
    """A day is enough; of several the newest is taken. What is not there is a sentence."""
    with pytest.raises(Refused, match="no backups"):
        choose_backup(None, home)
    workbook.add_application({"company": "Acme"})
    first = workbook.back_up().path
    clock.advance(days=1)
    workbook.add_application({"company": "Byrne"})
    second = workbook.back_up().path
    clock.advance(minutes=1)
    workbook.add_application({"company": "Candle"})
    third = workbook.back_up().path
    asked = (None, "2026-11-05", "2026-11-06", second.name, str(first))
    assert [third, first, third, second, first] == [choose_backup(name, home) for name in asked]
    for name in ("2026-12", "", "nowhere.rebound"):
        with pytest.raises(Refused, match="no backup called"):
            choose_backup(name, home)


# Erasing ------------------------------------------------------------------------------------------------


def lived(workbook: Workbook, clock: Any) -> str:
    """Two applications with an interview and answers; one holds the planted word everywhere, also in backups."""
    planted = workbook.add_application({"company": f"{WORD} Ltd", "role": "analyst"})
    talk = workbook.add_interview(planted.record_id, {"format": "video"})
    workbook.record("debrief/recall", f"They spoke of the {WORD}.", record_id=talk.record_id)
    workbook.back_up()
    clock.advance(hours=2)
    workbook.record("debrief/recall", f"No more of the {WORD} please.", record_id=talk.record_id)
    other = workbook.add_interview(workbook.add_application({"company": "Acme"}).record_id)
    workbook.record("debrief/recall", "They asked about my own garden.", record_id=other.record_id)
    workbook.delete(talk.record_id)
    workbook.back_up()
    return planted.record_id


def test_erasing_a_record_takes_all_that_belongs_to_it(workbook: Workbook, home: Path, clock: Any) -> None:
    """Interviews and answers go along, deleted ones and old versions too; the rest stays; no trace is left."""
    planted = lived(workbook, clock)
    assert len(find_words(home, [WORD])) >= 3
    plan = workbook.plan_erase(record=planted)
    assert {"application": 1, "interview": 1, "answer": 1} == plan.kinds
    erased = workbook.erase_record(planted, words=[WORD])
    assert (3, (), []) == (erased.records, erased.traces, find_words(home, [WORD]))
    assert (plan.revisions, 2) == (erased.revisions, len(workbook.backups()))
    assert ["Acme"] == list(workbook.history().applications["company"])
    assert [] == workbook.store.check()
    with pytest.raises(Refused, match="no record"):
        workbook.erase_record(planted)


def test_erasing_a_chapter_takes_its_answers_only(workbook: Workbook, home: Path, clock: Any) -> None:
    """Applications stay, every answer of the chapter is gone from every file."""
    lived(workbook, clock)
    erased = workbook.erase_chapter("debrief", words=["my own garden", "They spoke of"])
    assert (2, ()) == (erased.records, erased.traces)
    assert ["application"] * 2 + ["interview"] == sorted(r.kind for r in workbook.store.current())
    with pytest.raises(Refused, match="it has some in: none"):
        workbook.erase_chapter("debrief")


def test_erasing_everything_leaves_an_empty_workbook(workbook: Workbook, home: Path, clock: Any) -> None:
    """Nothing is left of what was written, and no page takes the new workbook for the old one."""
    lived(workbook, clock)
    before = workbook.id
    assert 2 == workbook.plan_erase().backups
    workbook.erase_everything(words=[WORD])
    assert ([], [], []) == (workbook.store.current(), workbook.backups(), find_words(home, [WORD]))
    assert before != workbook.id


def test_no_backup_is_made_while_something_is_erased(
    later: Later, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy made meanwhile would hold what is being erased: the worker waits."""
    made = workbook.add_application({"company": WORD})
    seen: list[bool] = []
    whole = Store.erase_records

    def watched(store: Store, *arguments: Any, **named: Any) -> Any:
        worker = threading.Thread(target=later.happen)
        worker.start()
        worker.join(0.2)
        seen.append(worker.is_alive())
        return whole(store, *arguments, **named)

    monkeypatch.setattr(Store, "erase_records", watched)
    workbook.erase_record(made.record_id)
    assert [True] == seen
    assert [] == find_words(workbook.store.path.parent, [WORD])


# Leaving and coming back --------------------------------------------------------------------------------


def test_an_export_comes_back_as_it_was(workbook: Workbook, tmp_path: Path, clock: Any) -> None:
    """In an empty workbook every record has the same digest, every version its number, moment and change."""
    planted = lived(workbook, clock)
    workbook.erase_record(planted)
    workbook.add_application({"company": "Müller & Söhne 😀", "note": "“quoted”\u2028\x7f"})
    workbook.set_setting("theme", {"dark": True, "n": 1.5, "none": None})
    exported = read_export_json(write_export(workbook.store, tmp_path / "all.json"))
    other = Workbook.open(tmp_path / "other", clock=clock)
    plan = plan_whole(other, exported)
    assert (True, 0, ()) == (plan.as_it_was, plan.same, plan.differing)
    take_whole(other, plan)
    assert workbook.store.digests() == other.store.digests()
    for revision in (*workbook.store.current(), *workbook.store.current(deleted=True)):
        history = workbook.store.history_of(revision.record_id)
        assert history == other.store.history_of(revision.record_id)
    assert [] == other.store.check()
    # And it goes on: nothing there is overwritten, undo knows the changes.
    assert workbook.store.changes() == other.store.changes()
    made = other.add_application({"company": "New"})
    assert made.number > workbook.revision
    other.close()


def test_an_export_overwrites_nothing(workbook: Workbook, tmp_path: Path, clock: Any) -> None:
    """In a workbook with something in it, only what is missing comes in; the rest is named and stays."""
    made = [workbook.add_application({"company": name}) for name in ("Acme", "Byrne", "Candle", "Dorn")]
    exported = read_export_json(write_export(workbook.store, tmp_path / "all.json"))
    workbook.erase_record(made[0].record_id)
    workbook.change(made[1].record_id, {"role": "clerk"}, kind="application")
    workbook.delete(made[3].record_id)
    plan = plan_whole(workbook, exported)
    assert (False, 1, 1) == (plan.as_it_was, len(plan.new), plan.same)
    assert (made[1].record_id, made[3].record_id) == plan.differing
    take_whole(workbook, plan)
    companies = [r.body["company"] for r in workbook.store.current()]
    assert ["Byrne", "Candle", "Acme"] == companies
    assert "clerk" == workbook.get(made[1].record_id, "application").body["role"]


def test_filling_a_workbook_that_is_not_empty_is_refused(workbook: Workbook, tmp_path: Path) -> None:
    """Numbers that are taken are never given again."""
    workbook.add_application({"company": "Acme"})
    exported = read_export_json(write_export(workbook.store, tmp_path / "all.json"))
    with pytest.raises(Refused) as refused:
        workbook.fill(exported.revisions)
    assert ("bring-not-empty", 1) == (refused.value.rule, workbook.revision)
