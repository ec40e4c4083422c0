"""Several processes on one file at once."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.domain.record import Conflict, Write
from rebound_widgets.domain.refused import Refused
from rebound_widgets.store import Store, opening, schema

ROUNDS = int(os.environ.get("REBOUND_ROUNDS", "10"))
ADD_A_COLUMN = "op.add_column('revision', sa.Column('mood', sa.Text))"
CHANGE_EVERY_ROW = "op.execute(\"UPDATE revision SET mood = 'level'\")"

Answer = Callable[..., Write]
NOBODY = 65534


def test_two_processes_count_together(path: Path, children: Any) -> None:
    """Two processes that each add one to the same number, again and again, lose not one addition."""
    started = [children.start("count_up", path=path, times=25) for _ in range(2)]
    for child in started:
        child.finish()
    with Store.open(path) as store:
        (counted,) = store.current()
        assert (50, 50, []) == (counted.body["value"], store.revision(), store.check())


def test_two_processes_write_their_own(path: Path, children: Any) -> None:
    """Two processes writing different answers at once lose none and get each its own numbers."""
    started = [children.start("write_answers", path=path, name=name, count=20) for name in ("a", "b")]
    said = {record_id for child in started for ids in child.finish()[1:] for record_id in ids}
    with Store.open(path) as store:
        assert said == {revision.record_id for revision in store.current()}
        assert (40, 40, []) == (len(said), store.revision(), store.check())


def test_many_processes_make_the_workbook_at_once(path: Path, children: Any, tmp_path: Path) -> None:
    """Windows opened at the same first moment make one workbook between them, and each one's answer is in it."""
    gate = tmp_path / "gate"
    started = [children.start("open_when_told", path=path, gate=gate) for _ in range(4)]
    for child in started:
        child.wait_until(1)
    gate.touch()
    identities = {child.finish()[1] for child in started}
    with Store.open(path) as store:
        assert {store.workbook_id} == identities
        assert (4, []) == (len(store.current()), store.check())


@pytest.mark.parametrize("at_once", range(ROUNDS))
def test_processes_bring_one_older_file_up_at_once(
    path: Path,
    children: Any,
    tmp_path: Path,
    later_formats: Callable[..., None],
    applications: Callable[[int], list[Write]],
    at_once: int,
) -> None:
    """After an update, windows opened at the same moment all open; one brings the file up, none is refused."""
    gate = tmp_path / "gate"
    with Store.open(path) as store:
        # Enough for a copy and a step to take a while, so that the others are in the middle of theirs.
        store.write(applications(20 * 3 ** (at_once % 5)))
        digests = store.digests()
    later_formats(ADD_A_COLUMN, CHANGE_EVERY_ROW)
    started = [
        children.start("open_older", path=path, gate=gate, scripts=opening.SCRIPTS, newest=schema.FORMAT)
        for _ in range(3)
    ]
    for child in started:
        child.wait_until(1)
    gate.touch()
    for child in started:
        assert [schema.FORMAT, []] == child.finish()[1]
    with Store.open(path) as store:
        assert (3, []) == (store.revision() - len(digests), store.check())
        assert digests.items() <= store.digests().items()
        assert any(backup.reason == f"before-format-{schema.FORMAT}" for backup in store.backups())


def test_saves_go_on_while_another_process_imports(
    path: Path, store: Store, answer: Answer, children: Any
) -> None:
    """While another process writes 20,000 records in one change, this one saves and reads."""
    child = children.start("import_many", path=path, count=20_000)
    child.wait_until(1)
    saved = 0
    while len(child.said()) < 2:
        store.write([answer(str(saved), item=saved)])
        assert saved + 1 <= len(store.current())
        saved += 1
    child.finish()
    assert saved > 0
    assert (20_000 + saved, []) == (len(store.current()), store.check())


def test_threads_share_one_store(store: Store, answer: Answer) -> None:
    """A worker and the page may write through one open workbook at once; each conflict is told, none is lost."""
    conflicts, failures = [], []

    def work(name: int) -> None:
        for step in range(15):
            while True:
                now = store.get("answer-own/debrief/asked-text/1")
                words = [*(now.body["value"] if now else []), f"{name}-{step}"]
                try:
                    store.write([answer(words, based_on=now.number if now else 0)])
                    break
                except Conflict:
                    conflicts.append(1)
                except Exception as error:
                    failures.append(error)
                    return

    threads = [threading.Thread(target=work, args=(name,)) for name in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (found,) = store.current()
    assert [] == failures
    assert sorted(f"{name}-{step}" for name in range(3) for step in range(15)) == sorted(found.body["value"])
    assert 45 == store.revision()


# --- the disk says no -----------------------------------------------------------------------------


def test_a_full_disk_is_said_and_loses_nothing(path: Path, children: Any) -> None:
    """When no more room is left the save is refused with a sentence, and all saved before is there and whole."""
    *kept, refused = children.start("fill_the_disk", path=path, room=300_000).finish()
    assert "disk-full" == refused["rule"]
    assert str(path.parent) in refused["sentence"]
    assert [] == refused["whole"]
    with Store.open(path) as store:
        assert kept == [revision.record_id for revision in store.current()]
        assert [] == store.check()
        # With room again, saving goes on.
        again = Write(record_id="note-1", kind="note", body={}, based_on=0)
        assert len(kept) + 1 == store.write([again])[0].number
    assert len(kept) > 10


def test_a_full_disk_at_the_first_start_is_said(path: Path, children: Any) -> None:
    """Without room for a new workbook the start is refused with a sentence, and a later start succeeds."""
    child = children.start("fill_the_disk", path=path, room=8_000)
    children.ask({"wait": child.pid})
    assert "no room to write" in str(child.said())
    with Store.open(path) as store:
        assert [] == store.check()


def test_a_limit_of_sqlite_itself_is_a_full_disk(store: Store, answer: Answer) -> None:
    """SQLite's own word for a full disk gives the same sentence as the system's."""
    from sqlalchemy import event

    @event.listens_for(store._engine, "checkout")
    def _no_more_pages(connection: Any, *_: Any) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    with pytest.raises(Refused) as refused:
        store.write([answer("x" * 100_000)])
    assert ("disk-full", []) == (refused.value.rule, store.current())


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_read_only_workbook_can_be_read_and_says_why_not_more(
    children: Any, answer: Answer, what: str
) -> None:
    """A file or folder the person may not write to still shows their words; a save is refused with a sentence."""
    # Not below pytest's own folder, which nobody but its owner enters.
    with tempfile.TemporaryDirectory() as outer:
        folder = Path(outer) / "home"
        path = folder / "workbook.rebound"
        with Store.open(path) as store:
            store.write([answer("my words")])
        path.chmod(0o400 if what == "file" else 0o600)
        folder.chmod(0o500)
        if os.geteuid() == 0:
            for place in (Path(outer), folder, path):
                os.chown(place, NOBODY, NOBODY)
        said = children.start("as_nobody", path=path).finish()
        folder.chmod(0o700)
    assert ["my words"] == said[0]
    assert {"workbook-read-only", "workbook-cannot-open"} >= {said[1]["rule"]}
    assert "workbook.rebound" in said[1]["sentence"]


def test_a_workbook_in_a_folder_nobody_may_enter_is_refused(children: Any) -> None:
    """Where the person may not make the folder, the sentence names it."""
    with tempfile.TemporaryDirectory() as outer:
        Path(outer).chmod(0o500)
        if os.geteuid() == 0:
            os.chown(outer, NOBODY, NOBODY)
        (said,) = children.start("as_nobody", path=Path(outer) / "home" / "workbook.rebound").finish()
        Path(outer).chmod(0o700)
    assert "folder-cannot-make" == said["rule"]
    assert outer in said["sentence"]
