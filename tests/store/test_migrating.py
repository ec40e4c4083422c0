"""Bringing files of older formats up."""

from __future__ import annotations

import json
import re
import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config

from rebound_widgets.domain.record import Write
from rebound_widgets.domain.refused import Refused
from rebound_widgets.store import Store, backups, migrating, opening, plan_restore, restore, schema
from rebound_widgets.store.connection import engine_for, writing

Answer = Callable[..., Write]
FORMATS = Path(__file__).resolve().parent / "formats"
RELEASED = sorted(FORMATS.glob("*.rebound"))

ADD_A_COLUMN = "op.add_column('revision', sa.Column('mood', sa.Text))"
REBUILD_A_TABLE = """\
op.execute("CREATE TABLE later (number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, record_id TEXT NOT NULL, "
           "kind TEXT NOT NULL, body TEXT NOT NULL, digest TEXT NOT NULL, deleted INTEGER NOT NULL, "
           "made_at TEXT NOT NULL, based_on INTEGER NOT NULL, change TEXT NOT NULL, origin TEXT NOT NULL)")
op.execute("INSERT INTO later SELECT number, record_id, kind, body, digest, deleted, made_at, based_on, change, "
           "origin FROM revision")
op.execute("DROP TABLE revision")
op.execute("ALTER TABLE later RENAME TO revision")
"""


def header(path: Path) -> int:
    with closing(sqlite3.connect(path)) as plain:
        (number,) = plain.execute("PRAGMA user_version").fetchone()
    return int(number)


@pytest.fixture
def old(path: Path, answer: Answer, clock: Any) -> Path:
    """A workbook with two answers, closed, of the format before the later ones."""
    with Store.open(path, clock=clock) as store:
        store.write([answer("a", item=1), answer("b", item=2)])
        store.write([answer("a2", item=1, based_on=None)])
    return path


def test_there_is_a_stored_workbook_of_each_released_format() -> None:
    """No format was released without a stored workbook to test its upgrade with."""
    assert [f"{number:04d}" for number in range(1, schema.FORMAT + 1)] == [path.stem for path in RELEASED]


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_a_workbook_of_each_released_format_opens_whole(released: Path, path: Path, answer: Answer) -> None:
    """Every record and its history come through the upgrade, and the workbook can be written on."""
    shutil.copy(released, path)
    expected = json.loads(released.with_suffix(".json").read_text("utf-8"))
    with Store.open(path) as store:
        found = {
            revision.record_id: [dict(r.body) for r in store.history_of(revision.record_id)]
            for revision in (*store.current(), *store.current(deleted=True))
        }
        assert (schema.FORMAT, []) == (store.format, store.check())
        assert expected["history"] == found
        assert expected["live"] == [revision.record_id for revision in store.current()]
        assert expected["workbook_id"] == store.workbook_id
        before = store.revision()
        store.write([answer("new", "start/where")])
        assert before + 1 == store.revision()


@pytest.mark.parametrize("present", ["nothing", "another workbook", "the same, lived on", "damaged"])
@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_a_workbook_of_each_released_format_can_be_restored(
    released: Path, path: Path, tmp_path: Path, answer: Answer, clock: Any, present: str
) -> None:
    """A backup made by any released version comes back whole with its history, whatever is there now."""
    source = tmp_path / "kept.rebound"
    shutil.copy(released, source)
    before = source.read_bytes()
    expected = json.loads(released.with_suffix(".json").read_text("utf-8"))
    if present == "the same, lived on":
        shutil.copy(released, path)
    if present != "nothing":
        with Store.open(path, clock=clock) as store:
            store.write([answer("written since", "start/where")])
    if present == "damaged":
        path.write_bytes(path.read_bytes()[:9_000])
    plan = plan_restore(path, source)
    assert plan.present_readable == (present in {"another workbook", "the same, lived on"})
    assert len(expected["live"]) == plan.added + plan.changed + plan.same
    restored = restore(path, source, backups=path.parent / "backups", now=clock.now)
    assert (present == "nothing") == (restored.kept is None)
    with Store.open(path, clock=clock) as store:
        found = {
            revision.record_id: [dict(r.body) for r in store.history_of(revision.record_id)]
            for revision in (*store.current(), *store.current(deleted=True))
        }
        assert (expected["history"], expected["live"]) == (found, [r.record_id for r in store.current()])
        assert (expected["workbook_id"], []) == (store.workbook_id, store.check())
        (new,) = store.write([answer("and on", "start/where")])
        assert store.revision() == new.number
    assert before == source.read_bytes()


def test_a_new_file_has_the_tables_the_migrations_make(tmp_path: Path, path: Path) -> None:
    """Making a file at once and making it by every migration give the same tables, to the letter."""
    Store.open(path).close()
    stepped = tmp_path / "stepped.rebound"
    stepped.touch()
    config = Config()
    config.set_main_option("script_location", str(opening.SCRIPTS))
    with writing(engine_for(stepped)).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    assert tables(path) == tables(stepped)
    for made in (path, stepped):
        with closing(sqlite3.connect(made)) as plain:
            assert [(schema.revision_name(schema.FORMAT),)] == plain.execute(
                "SELECT version_num FROM alembic_version"
            ).fetchall()
            assert [("revision", 0)] == plain.execute("SELECT name, seq FROM sqlite_sequence").fetchall()


def tables(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as plain:
        found = dict(plain.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    assert {"workbook", "revision", "record", "gap", "alembic_version"} <= set(found)
    return {name: re.sub(r'[\s"]+', "", sql) for name, sql in found.items()}


def test_an_older_file_is_brought_up_step_by_step(
    old: Path, later_formats: Callable[..., None], clock: Any, answer: Answer
) -> None:
    """A file two formats behind is backed up, brought up, whole, and keeps every revision and number."""
    with Store.open(old, clock=clock) as store:
        digests, history = store.digests(), store.history_of("answer-own/debrief/asked-text/1")
    later_formats(ADD_A_COLUMN, REBUILD_A_TABLE)
    with Store.open(old, clock=clock) as store:
        assert (3, []) == (store.format, store.check())
        assert (digests, history) == (store.digests(), store.history_of("answer-own/debrief/asked-text/1"))
        (backup,) = store.backups()
        assert ("before-format-3", 3) == (backup.reason, backup.revision)
        (new,) = store.write([answer("c", item=3)])
        assert 4 == new.number
    assert (3, 1) == (header(old), header(backup.path))


def test_an_up_to_date_file_is_left_alone(old: Path, later_formats: Callable[..., None]) -> None:
    """Opening again after an upgrade upgrades nothing and backs nothing up."""
    later_formats(ADD_A_COLUMN)
    Store.open(old).close()
    before = old.read_bytes()
    Store.open(old).close()
    assert before == old.read_bytes()
    assert 1 == len(backups.list_backups(old.parent / "backups"))


@pytest.mark.parametrize(
    "broken",
    [
        "op.execute('DELETE FROM revision'); raise RuntimeError('a fault in the migration')",
        "op.execute('DELETE FROM revision WHERE number = 1')",
        "op.execute('DELETE FROM record')",
        "op.execute(\"UPDATE revision SET body = '{}'\")",
        "op.execute('CREATE TABLE half (x)'); op.execute('this is no SQL')",
    ],
)
def test_a_migration_that_goes_wrong_leaves_the_old_file(
    old: Path, later_formats: Callable[..., None], broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault in a migration, or a result that is not whole, leaves the workbook as it was before it."""
    before = old.read_bytes()
    with Store.open(old) as store:
        digests = store.digests()
    later_formats(broken)
    with pytest.raises((Refused, RuntimeError, Exception)) as raised:
        Store.open(old)
    if isinstance(raised.value, Refused):
        assert "migration-not-whole" == raised.value.rule
    assert before == old.read_bytes()
    monkeypatch.undo()
    with Store.open(old) as store:
        assert (1, digests, []) == (store.format, store.digests(), store.check())


def test_a_fault_in_the_second_step_keeps_the_first(
    old: Path, later_formats: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each migration is a transaction of its own: the next start goes on from where the last one came."""
    later_formats(ADD_A_COLUMN, "raise RuntimeError('a fault')")
    with pytest.raises(RuntimeError, match="a fault"):
        Store.open(old)
    assert 2 == header(old)
    (opening.SCRIPTS / "versions" / "format_0003.py").write_text(
        "revision = '0003'\ndown_revision = '0002'\ndef upgrade(): pass\n"
    )
    with Store.open(old) as store:
        assert (3, []) == (store.format, store.check())


def test_a_process_killed_in_a_migration_leaves_the_old_file(
    old: Path, later_formats: Callable[..., None], children: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SIGKILL in the middle of an upgrade: the old format opens whole, and the next upgrade succeeds."""
    with Store.open(old) as store:
        digests = store.digests()
    later_formats(f"{ADD_A_COLUMN}\nop.execute('DELETE FROM record')\nos.kill(os.getpid(), signal.SIGKILL)")
    child = children.start("open_only", path=old, scripts=opening.SCRIPTS, newest=2)
    child.wait_until(1)
    assert signal.SIGKILL == children.ask({"wait": child.pid})["status"]
    assert ["begun"] == child.said()
    (opening.SCRIPTS / "versions" / "format_0002.py").write_text(
        "revision = '0002'\ndown_revision = '0001'\ndef upgrade(): pass\n"
    )
    with Store.open(old) as store:
        assert (2, digests, []) == (store.format, store.digests(), store.check())


def test_no_upgrade_without_its_backup(old: Path, later_formats: Callable[..., None]) -> None:
    """Where the backup cannot be made, the file stays as it is."""
    (old.parent / "backups").write_text("a file in the folder's place")
    later_formats(ADD_A_COLUMN)
    with pytest.raises(Refused) as refused:
        Store.open(old)
    assert ("folder-cannot-make", 1) == (refused.value.rule, header(old))


def test_a_backup_of_an_older_format_can_be_restored(
    old: Path, later_formats: Callable[..., None], answer: Answer, clock: Any
) -> None:
    """An old backup is brought up in a copy, so that the backup itself stays as it was."""
    with Store.open(old, clock=clock) as store:
        backup = store.backup().path
        digests = store.digests()
    before = backup.read_bytes()
    clock.advance(hours=1)
    later_formats(ADD_A_COLUMN, REBUILD_A_TABLE)
    with Store.open(old, clock=clock) as store:
        store.write([answer("later", item=9)])
        store.restore(backup)
        assert (3, digests, []) == (store.format, store.digests(), store.check())
    assert before == backup.read_bytes()


def test_a_newer_backup_is_refused(old: Path, clock: Any) -> None:
    """A backup of a newer Rebound is refused with the sentence a newer workbook gets."""
    with Store.open(old, clock=clock) as store:
        backup = store.backup().path
        with closing(sqlite3.connect(backup)) as plain:
            plain.execute("PRAGMA user_version = 2")
        with pytest.raises(Refused) as refused:
            store.restore(backup)
        assert ("workbook-newer", []) == (refused.value.rule, store.check())


def test_migrations_are_numbered_like_formats() -> None:
    """The newest migration makes the format this version writes, and each follows the one before."""
    names = sorted(path.name for path in (opening.SCRIPTS / "versions").glob("*.py"))
    assert [f"format_{number:04d}.py" for number in range(1, schema.FORMAT + 1)] == names
    assert migrating.upgrade is not None
