"""Bringing a backup back."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.domain.record import Conflict, Write
from rebound_widgets.domain.refused import Refused
from rebound_widgets.store import Store, backups, plan_restore, restore, restoring

Answer = Callable[..., Write]


@pytest.fixture
def lived(store: Store, answer: Answer, clock: Any) -> tuple[Store, Path]:
    """A workbook that went on after a backup: one answer edited, one deleted, one added; and that backup."""
    store.write([answer("a", item=1), answer("b", item=2), answer("c", item=3)])
    backup = store.backup().path
    clock.advance(minutes=5)
    store.write(
        [
            answer("a edited", item=1, based_on=None),
            answer("b", item=2, based_on=None, deleted=True),
            answer("d", item=4),
        ]
    )
    return store, backup


def values(store: Store) -> list[str]:
    return [revision.body["value"] for revision in store.current()]


def drafts(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".draft*")]


def test_the_plan_says_what_would_change_and_changes_nothing(lived: tuple[Store, Path]) -> None:
    """Before restoring, the person hears how many records come back, go, change and stay."""
    store, backup = lived
    seen = store.revision()
    plan = store.plan_restore(backup)
    assert (1, 1, 1, 1, True) == (plan.added, plan.removed, plan.changed, plan.same, plan.present_readable)
    assert (["a edited", "c", "d"], seen, []) == (values(store), store.revision(), drafts(store.path.parent))


def test_restoring_brings_the_state_back_and_keeps_the_present(lived: tuple[Store, Path]) -> None:
    """After restoring the workbook is what the backup holds; what was there is a backup itself."""
    store, backup = lived
    present = store.digests()
    restored = store.restore(backup)
    assert (["a", "b", "c"], []) == (values(store), store.check())
    assert restored.kept is not None
    assert ("before-restore", []) == (store.backups()[-1].reason, drafts(store.path.parent))
    store.restore(restored.kept)
    assert (present, []) == (store.digests(), store.check())


def test_numbers_go_on_after_a_restore(lived: tuple[Store, Path], answer: Answer) -> None:
    """No number stands for two texts: a restore moves the newest number on, and new ones come after it."""
    store, backup = lived
    before, generation = store.revision(), store.generation()
    store.restore(backup)
    assert store.revision() > before
    assert store.generation() > generation
    (new,) = store.write([answer("new", item=9)])
    assert new.number > before


def test_a_page_from_before_the_restore_overwrites_nothing(lived: tuple[Store, Path], answer: Answer) -> None:
    """A page that still shows the text of before the restore gets a conflict, not the last word."""
    store, backup = lived
    seen = store.history_of("answer-own/debrief/asked-text/1")[-1].number
    store.restore(backup)
    with pytest.raises(Conflict) as conflict:
        store.write([answer("a edited more", item=1, based_on=seen)])
    assert "a" == conflict.value.current.body["value"]


def test_words_for_a_record_the_restore_took_away_are_kept(lived: tuple[Store, Path], answer: Answer) -> None:
    """What is typed into a record that is no longer there is kept as a new one."""
    store, backup = lived
    seen = store.history_of("answer-own/debrief/asked-text/4")[-1].number
    store.restore(backup)
    store.write([answer("d more", item=4, based_on=seen)])
    assert ["a", "b", "c", "d more"] == values(store)


def test_another_window_sees_the_restored_state(lived: tuple[Store, Path], path: Path) -> None:
    """A workbook open in another window shows the restored state at its next look, and can write."""
    store, backup = lived
    with Store.open(path) as other:
        assert ["a edited", "c", "d"] == values(other)
        store.restore(backup)
        assert ["a", "b", "c"] == values(other)


def test_a_backup_of_another_workbook_can_be_restored(store: Store, answer: Answer, tmp_path: Path) -> None:
    """On a new computer the old one's backup replaces the fresh workbook, its id included.

    Same numbers that stood for other texts get new ones, so that an open page overwrites nothing.
    """
    (here,) = store.write([answer("written here")])
    with Store.open(tmp_path / "old" / "workbook.rebound") as old:
        (there,) = old.write([answer("written there")])
        identity, backup = old.workbook_id, old.backup().path
    assert here.number == there.number
    store.restore(backup)
    assert (identity, ["written there"], []) == (store.workbook_id, values(store), store.check())
    with pytest.raises(Conflict):
        store.write([answer("late words", based_on=here.number)])


@pytest.mark.parametrize("damage", ["not a database", "torn", "altered", "gone", "foreign"])
def test_a_damaged_workbook_is_replaced_and_kept_aside(
    path: Path, answer: Answer, applications: Callable[[int], list[Write]], clock: Any, damage: str
) -> None:
    """Whatever happened to the live file, the backup comes back, and the damaged file is still there."""
    with Store.open(path, clock=clock) as store:
        store.write(applications(500))
        backup = store.backup().path
        present, folder = store.digests(), store.backup_folder
        store.write([answer("after the backup")])
        newest = store.revision()
    if damage == "not a database":
        path.write_bytes(b"garbage" * 1000)
    elif damage == "torn":
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 3] + b"\0" * (len(whole) // 3))
    elif damage == "gone":
        path.unlink()
    else:
        with closing(sqlite3.connect(path)) as plain:
            plain.execute(
                "PRAGMA application_id = 7"
                if damage == "foreign"
                else "UPDATE revision SET body = replace(body, 'Firm', 'Farm')"
            )
            plain.commit()
    before = path.read_bytes() if path.exists() else None
    plan = plan_restore(path, backup)
    assert (500, 0, 0, False) == (plan.added, plan.removed, plan.changed, plan.present_readable)
    restored = restore(path, backup, backups=folder, now=clock.now)
    with Store.open(path, clock=clock) as store:
        assert (present, []) == (store.digests(), store.check())
        assert store.revision() > newest
    assert before == (restored.kept.read_bytes() if restored.kept else None)
    assert 0o600 == path.stat().st_mode & 0o777


def test_a_window_open_on_a_damaged_file_goes_on_with_the_restored_one(
    path: Path, store: Store, answer: Answer
) -> None:
    """A window that had the damaged file open reads and writes the restored one, not the one kept aside."""
    store.write([answer("a")])
    backup = store.backup().path
    with Store.open(path) as other:
        assert ["a"] == values(other)
        with closing(sqlite3.connect(path)) as plain:
            plain.execute("UPDATE revision SET body = replace(body, '\"a\"', '\"z\"')")
            plain.commit()
        store.restore(backup)
        assert ["a"] == values(other)
        other.write([answer("b", item=2)])
    assert ["a", "b"] == values(store)


def test_a_damaged_backup_changes_nothing(lived: tuple[Store, Path]) -> None:
    """A backup that is torn, altered or missing is refused before anything is touched."""
    store, backup = lived
    seen, present = store.revision(), store.digests()
    altered = backup.with_name(backup.name.replace("asked", "due"))
    shutil.copy(backup, altered)
    with closing(sqlite3.connect(altered)) as plain:
        plain.execute("UPDATE revision SET origin = 'x'")
        plain.commit()
    torn = store.path.parent / "torn.rebound"
    torn.write_bytes(backup.read_bytes()[:5000])
    for source, rule in (
        (altered, "backup-damaged"),
        (torn, "backup-damaged"),
        (store.path.parent / "none.rebound", "backup-missing"),
    ):
        with pytest.raises(Refused) as refused:
            store.restore(source)
        assert rule == refused.value.rule
    assert (seen, present, [], []) == (
        store.revision(),
        store.digests(),
        store.check(),
        drafts(store.path.parent),
    )


def test_a_stop_in_the_middle_of_restoring_changes_nothing(
    lived: tuple[Store, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When restoring stops half way the workbook is as it was, in this window and in others."""
    store, backup = lived
    present = store.digests()

    def stop(*_: Any) -> None:
        raise OSError(5, "the cable was pulled")

    monkeypatch.setattr(restoring, "_renew_twins", stop)
    with pytest.raises(OSError, match="cable"):
        store.restore(backup)
    assert (present, [], []) == (store.digests(), store.check(), drafts(store.path.parent))


def test_a_save_during_a_restore_is_before_or_after_it(
    path: Path, store: Store, answer: Answer, children: Any, clock: Any
) -> None:
    """A save of another process while restoring is in the kept state or in the workbook, never lost."""
    store.write([answer("a")])
    backup = store.backup().path
    clock.advance(hours=1)
    child = children.start("write_answers", path=path, name="meanwhile")
    child.wait_until(4)
    kept = store.restore(backup).kept
    child.wait_until(len(child.said()) + 2)
    acknowledged = {record_id for said in child.kill()[1:] for record_id in said}
    assert kept is not None
    shutil.copy(kept, path.parent / "kept.rebound")
    with Store.open(path.parent / "kept.rebound") as before:
        there = {revision.record_id for revision in (*store.current(), *before.current())}
    assert acknowledged <= there
    assert [] == store.check()


def test_backups_survive_a_restore(lived: tuple[Store, Path]) -> None:
    """Restoring deletes no backup."""
    store, backup = lived
    store.restore(backup)
    assert [backup.name] == [b.path.name for b in store.backups() if b.reason == "asked"]
    for kept in store.backups():
        backups.verify(kept.path)
