"""Backups: when they are taken, what is in them, and how long they stay."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_widgets.domain.record import Write
from rebound_widgets.domain.refused import Refused
from rebound_widgets.store import Backup, Store, backups, due, list_backups, outlived

Answer = Callable[..., Write]
NOW = dt.datetime(2026, 11, 5, 14, 3, tzinfo=dt.UTC)


def made(at: dt.datetime, revision: int = 1, reason: str = "due") -> Backup:
    name = backups.name_of(at, revision, reason, f"{revision:012x}")
    found = backups.read_name(Path("backups") / name)
    assert found is not None
    return found


# --- what is in one -------------------------------------------------------------------------------


def test_a_backup_is_the_whole_workbook(store: Store, answer: Answer, tmp_path: Path) -> None:
    """A backup opens as a workbook of its own with every revision, and is whole."""
    store.write([answer("first")])
    store.write([answer("second", based_on=None)])
    taken = store.backup()
    shutil.copy(taken.path, tmp_path / "copy.rebound")
    with Store.open(tmp_path / "copy.rebound") as copy:
        assert store.digests() == copy.digests()
        assert ["first", "second"] == [
            revision.body["value"] for revision in copy.history_of("answer-own/debrief/asked-text/1")
        ]
        assert (store.workbook_id, []) == (copy.workbook_id, copy.check())


def test_a_backup_is_named_for_what_it_is(store: Store, answer: Answer) -> None:
    """The name says when, the newest revision, why, and the digest of the contents."""
    store.write([answer("x")])
    first = store.backup()
    assert f"2026-11-05_140300Z_r1_asked_{first.digest}.rebound" == first.path.name
    assert [first] == store.backups()
    assert (NOW, 1, "asked") == (first.made_at, first.revision, first.reason)


# Naive on purpose: hypothesis adds the zone it is given beside.
EARLIEST, LATEST = dt.datetime(2000, 1, 1), dt.datetime(2099, 1, 1)  # noqa: DTZ001


@given(
    first=st.datetimes(EARLIEST, LATEST, timezones=st.just(dt.UTC)),
    second=st.datetimes(EARLIEST, LATEST, timezones=st.just(dt.UTC)),
    revision=st.integers(0, 10**9),
)
def test_names_sort_as_the_backups_were_made(first: dt.datetime, second: dt.datetime, revision: int) -> None:
    """Sorting file names sorts by time, and every name can be read again."""
    one, two = (made(at, revision) for at in (first, second))
    assert first.replace(microsecond=0) == one.made_at
    if one.made_at != two.made_at:
        assert (one.path.name < two.path.name) == (one.made_at < two.made_at)


def test_other_files_in_the_folder_are_no_backups(tmp_path: Path) -> None:
    """A listing holds backups only; drafts and other people's files stay unnamed and untouched."""
    for name in ("notes.txt", ".draft-12.rebound", "2026-13-45_999999Z_r1_due_000000000000.rebound"):
        (tmp_path / name).touch()
    assert [] == list_backups(tmp_path) == list_backups(tmp_path / "not-there")


def test_others_write_while_a_backup_is_taken(
    path: Path, store: Store, answer: Answer, children: Any, applications: Callable[[int], list[Write]]
) -> None:
    """A backup taken while another process writes is whole, and nobody's save is lost."""
    store.write(applications(2_000))
    child = children.start("write_answers", path=path, name="busy")
    child.wait_until(3)
    taken = [store.backup() for _ in range(3)]
    acknowledged = [record_id for said in child.kill()[1:] for record_id in said]
    assert set(acknowledged) <= {revision.record_id for revision in store.current()}
    for backup in taken:
        backups.verify(backup.path)
        assert 2_000 < backup.revision <= store.revision()


def test_a_copy_overtaken_by_saves_is_made_in_one_go(
    path: Path,
    store: Store,
    children: Any,
    applications: Callable[[int], list[Write]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Saves go on between the steps of a copy; when they keep coming the copy is finished all the same."""
    store.write(applications(500))
    steps: list[int] = []
    watch = backups._Steps.__call__

    def counted(self: Any, *told: int) -> None:
        steps.append(told[1])
        watch(self, *told)

    monkeypatch.setattr(backups._Steps, "__call__", counted)
    monkeypatch.setattr(backups, "STEP_PAGES", 2)
    child = children.start("write_answers", path=path, name="busy")
    child.wait_until(3)
    said = len(child.said())
    taken = store.backup()
    assert len(child.said()) > said
    child.kill()
    begun_again = sum(later >= earlier for earlier, later in pairwise(steps))
    assert begun_again > 5
    backups.verify(taken.path)
    assert taken.revision > 500
    # Nobody in the way: as many steps as there are pages for, and no beginning again.
    steps.clear()
    backups.verify(store.backup("due").path)
    assert steps == sorted(steps, reverse=True)
    assert len(steps) > 20


def test_drafts_of_killed_processes_go(store: Store, answer: Answer) -> None:
    """What a killed process left half copied goes with a later backup; one at work is left alone."""
    store.write([answer("words")])
    store.backup_folder.mkdir()
    old, young = (store.backup_folder / f".draft-{name}.rebound" for name in ("old", "young"))
    for draft in (old, young):
        draft.write_text("half a copy")
    two_days_ago = young.stat().st_mtime - 2 * 24 * 3600
    os.utime(old, (two_days_ago, two_days_ago))
    store.backup()
    assert (False, True) == (old.exists(), young.exists())


def test_a_damaged_workbook_makes_no_backup(store: Store, answer: Answer) -> None:
    """A copy of a damaged workbook never stands among the backups, where it would push good ones out."""
    store.write([answer("words")])
    with closing(sqlite3.connect(store.path)) as plain:
        plain.execute("UPDATE revision SET body = replace(body, 'words', 'wards')")
        plain.commit()
    with pytest.raises(Refused) as refused:
        store.backup()
    assert ("backup-not-whole", []) == (refused.value.rule, list(store.backup_folder.iterdir()))


def test_a_copy_that_differs_is_no_backup(
    store: Store, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy is compared with the workbook before it counts as a backup."""
    store.write([answer("words")])
    copy_pages = backups.copy_pages

    def bad_copy(engine: Any, to: Path) -> None:
        copy_pages(engine, to)
        with closing(sqlite3.connect(to)) as copy:
            copy.execute("UPDATE revision SET origin = 'elsewhere'")
            copy.commit()

    monkeypatch.setattr(backups, "copy_pages", bad_copy)
    with pytest.raises(Refused) as refused:
        store.backup()
    assert ("backup-differs", []) == (refused.value.rule, list(store.backup_folder.iterdir()))


def test_a_backup_damaged_later_is_found_out(store: Store, answer: Answer) -> None:
    """A backup in which one letter has changed since is recognised by its name."""
    store.write([answer("words")])
    taken = store.backup()
    backups.verify(taken.path)
    with closing(sqlite3.connect(taken.path)) as plain:
        plain.execute("UPDATE revision SET body = replace(body, 'words', 'wards')")
        plain.commit()
    with pytest.raises(Refused) as refused:
        backups.verify(taken.path)
    assert "backup-damaged" == refused.value.rule


# --- when -----------------------------------------------------------------------------------------


def test_a_backup_is_due_half_an_hour_after_the_last(store: Store, answer: Answer, clock: Any) -> None:
    """Changes are backed up each half hour, and only when there are any."""
    assert store.backup_when_due() is None
    store.write([answer("1", item=1)])
    assert store.backup_when_due() is not None
    store.write([answer("2", item=2)])
    clock.advance(minutes=29, seconds=59)
    assert store.backup_when_due() is None
    clock.advance(seconds=1)
    taken = store.backup_when_due()
    assert taken is not None
    assert (2, "due") == (taken.revision, taken.reason)
    clock.advance(days=30)
    assert store.backup_when_due() is None


def test_a_clock_set_back_does_not_stop_backups() -> None:
    """Backups dated in the future neither stop the next one nor bring one every minute."""
    future = made(NOW + dt.timedelta(days=400), revision=5)
    assert due(NOW, 6, [future])
    assert not due(NOW + dt.timedelta(minutes=1), 7, [future, made(NOW, revision=6)])
    assert not due(NOW, 5, [future])
    assert not due(NOW, 0, [])


def test_an_import_is_backed_up_before(
    store: Store, answer: Answer, applications: Callable[[int], list[Write]], clock: Any
) -> None:
    """Before an import the workbook is backed up, unless nothing changed since the last backup."""
    store.write(applications(3), origin="import")
    assert [] == store.backups()
    clock.advance(seconds=1)
    store.write([answer("x")], origin="import")
    assert [(3, "before-import")] == [(backup.revision, backup.reason) for backup in store.backups()]
    store.backup()
    clock.advance(seconds=1)
    store.write([answer("y", item=2)], origin="import")
    assert 2 == len(store.backups())


def test_an_import_without_room_for_its_backup_does_not_happen(
    store: Store, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the backup cannot be made the import is refused and the workbook is as it was."""
    store.write([answer("x")])
    store.backup_folder.write_text("a file in the folder's place")
    with pytest.raises(Refused):
        store.write([answer("y", item=2)], origin="import")
    assert 1 == store.revision()


# --- how long -------------------------------------------------------------------------------------


def keep(now: dt.datetime, there: list[Backup]) -> list[Backup]:
    gone = set(outlived(now, there))
    return [backup for backup in there if backup not in gone]


def test_two_years_of_backups_leave_the_promised_ones() -> None:
    """After two years with several backups a day there are 12 days, 10 weeks and 9 months of them."""
    there: list[Backup] = []
    begin = NOW - dt.timedelta(days=730)
    moments = [begin + dt.timedelta(hours=6 * step) for step in range(730 * 4 + 1)]
    for number, moment in enumerate(moments):
        there.append(made(moment, number))
        if len(there) > 60 or moment == moments[-1]:
            there = keep(moment, there)
    days = [backup.made_at.date() for backup in there]
    assert moments[-1] == there[-1].made_at
    assert [NOW.date() - dt.timedelta(days=back) for back in range(11, -1, -1)] == days[-12:]
    weeks = sorted({day.isocalendar()[:2] for day in days})
    this_week = NOW.date() - dt.timedelta(days=NOW.weekday())
    last_ten = [(this_week - dt.timedelta(weeks=back)).isocalendar()[:2] for back in range(9, -1, -1)]
    assert last_ten == weeks[-10:]
    months = sorted({(day.year, day.month) for day in days})
    expected = [(2026, month) for month in range(3, 12)]
    assert expected == months[-9:]
    assert len(there) <= 12 + 10 + 9


def test_days_without_backups_do_not_count() -> None:
    """Somebody who writes once a month still has the last twelve days with a backup, however old."""
    there = [made(NOW - dt.timedelta(days=31 * back), 100 - back) for back in range(11, -1, -1)]
    assert [] == outlived(NOW, there)


def test_within_a_day_the_newest_stays() -> None:
    """Of one day's half-hourly backups the newest stays."""
    there = [made(NOW - dt.timedelta(minutes=30 * back), 10 - back) for back in range(4, -1, -1)]
    assert there[:-1] == outlived(NOW, there)


@pytest.mark.parametrize(
    ("reason", "days"), [("before-import", 7), ("before-restore", 7), ("before-format-2", 7), ("asked", 90)]
)
def test_a_backup_with_a_reason_stays_its_time(reason: str, days: int) -> None:
    """A backup before something large stays a week beside the newer ones, one asked for 90 days."""
    special = made(NOW, 1, reason)
    newer = [made(NOW + dt.timedelta(hours=number), number + 2) for number in range(1, 24 * 400, 6)]
    last = special.made_at + dt.timedelta(days=days)
    assert special in keep(last - dt.timedelta(seconds=1), [special, *newer])
    assert special not in keep(last, [special, *newer])


@given(
    minutes=st.lists(st.integers(0, 60 * 24 * 500), unique=True, max_size=80),
    reasons=st.lists(st.sampled_from(["due", "asked", "before-import"]), min_size=80, max_size=80),
)
def test_letting_go_is_settled(minutes: list[int], reasons: list[str]) -> None:
    """Whatever backups there are, the newest stays and no day loses all it has while it counts."""
    there = sorted(
        made(NOW - dt.timedelta(minutes=back), number, reason)
        for number, (back, reason) in enumerate(zip(minutes, reasons, strict=False))
    )
    kept = keep(NOW, there)
    assert there[-1:] == kept[-1:]
    assert kept == keep(NOW, kept)
    days = Counter(backup.made_at.date() for backup in there)
    newest_days = sorted(days)[-12:]
    assert set(newest_days) <= {backup.made_at.date() for backup in kept}
    assert all(earlier < later for earlier, later in pairwise(kept))


def test_taking_a_backup_lets_go_of_old_ones(store: Store, answer: Answer, clock: Any) -> None:
    """The folder holds what the rule keeps, and nothing else is deleted from it."""
    store.backup_folder.mkdir()
    (store.backup_folder / "notes.txt").write_text("mine")
    for number in range(5):
        store.write([answer(str(number), based_on=None)])
        store.backup("due")
        clock.advance(minutes=30)
    assert [5] == [backup.revision for backup in store.backups()]
    assert (store.backup_folder / "notes.txt").exists()


def test_a_reason_is_a_word(store: Store) -> None:
    """A reason that would not make a name is a fault of the program, and leaves no file."""
    with pytest.raises(ValueError, match="lower-case"):
        store.backup("For Mum/../x")
    assert not store.backup_folder.exists()
