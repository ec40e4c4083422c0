"""Opening a workbook: a new one, a present one, and files that are not one."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.domain.record import Write
from rebound_widgets.domain.refused import Refused
from rebound_widgets.store import Store

Answer = Callable[..., Write]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def refusal_of(path: Path) -> Refused:
    with pytest.raises(Refused) as refused:
        Store.open(path)
    return refused.value


def test_only_the_person_can_read_a_new_workbook(tmp_path: Path, answer: Answer) -> None:
    """The file is 0600, its folder 0700, and so are backups and their folder."""
    path = tmp_path / "deep" / "home" / "workbook.rebound"
    with Store.open(path) as store:
        store.write([answer("x")])
        backup = store.backup()
    assert (0o600, 0o700, 0o600, 0o700) == (
        mode(path),
        mode(path.parent),
        mode(backup.path),
        mode(backup.path.parent),
    )


def test_a_file_others_could_read_is_closed_to_them(path: Path) -> None:
    """Opening takes away what others may do with the file and gives nobody more."""
    Store.open(path).close()
    path.chmod(0o644)
    Store.open(path).close()
    assert 0o600 == mode(path)


def test_a_folder_with_other_things_keeps_its_permissions(tmp_path: Path) -> None:
    """A folder that is not only ours is not closed to others."""
    tmp_path.chmod(0o755)
    (tmp_path / "something.txt").write_text("of somebody")
    Store.open(tmp_path / "workbook.rebound").close()
    assert 0o755 == mode(tmp_path)


def test_the_settings_that_keep_words_safe(store: Store) -> None:
    """Every connection has the rollback journal, syncs all, checks keys, and wipes what it deletes."""
    with store._engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store")
        }
    extra, memory = 3, 2
    assert found == {
        "journal_mode": "delete",
        "synchronous": extra,
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": memory,
    }


def test_the_header_says_what_the_file_is(store: Store) -> None:
    """The file carries Rebound's own id and its format in SQLite's header."""
    with closing(sqlite3.connect(store.path)) as plain:
        assert (0x52424E44,) == plain.execute("PRAGMA application_id").fetchone()
        assert (1,) == plain.execute("PRAGMA user_version").fetchone()
    assert 1 == store.format


def test_two_workbooks_have_two_ids(tmp_path: Path) -> None:
    """No workbook's id is given twice."""
    with Store.open(tmp_path / "a" / "w.rebound") as a, Store.open(tmp_path / "b" / "w.rebound") as b:
        assert a.workbook_id != b.workbook_id


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"Dear diary, this is no database at all. " * 50, "workbook-not-one"),
        (b"\x00" * 8192, "workbook-not-one"),
        (b"SQLite format 3\x00" + b"\xff" * 4080, "workbook-not-one"),
    ],
)
def test_a_file_that_is_no_database_is_refused_and_left(path: Path, content: bytes, rule: str) -> None:
    """Whatever lies in the workbook's place is not touched when it is not a workbook."""
    path.write_bytes(content)
    refused = refusal_of(path)
    assert (rule, content) == (refused.rule, path.read_bytes())
    assert "rebound restore" in refused.sentence


def test_another_programs_database_is_refused_and_left(path: Path) -> None:
    """A database of another program is left as it is."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE moz_places (url TEXT)")
    before = path.read_bytes()
    assert ("workbook-foreign", before) == (refusal_of(path).rule, path.read_bytes())


def test_a_newer_format_is_refused_with_a_sentence(path: Path) -> None:
    """A file of a newer Rebound says both formats and the way out, and is left as it is."""
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("PRAGMA user_version = 2")
    before = path.read_bytes()
    refused = refusal_of(path)
    assert ("workbook-newer", before) == (refused.rule, path.read_bytes())
    assert "format 2" in refused.sentence
    assert "format 1" in refused.sentence


def test_a_workbook_torn_in_the_middle_says_so(
    path: Path, applications: Callable[[int], list[Write]]
) -> None:
    """Damage inside the file is said in a sentence by whatever meets it, and check names it."""
    with Store.open(path) as store:
        store.write(applications(2_000))
    whole = bytearray(path.read_bytes())
    middle = len(whole) // 2 // 4096 * 4096
    whole[middle : middle + 40 * 4096] = b"\xa5" * (40 * 4096)
    path.write_bytes(whole)
    with Store.open(path) as store:
        with pytest.raises(Refused) as refused:
            store.current()
        (said,) = store.check()
    assert "workbook-damaged" == refused.value.rule
    assert "damaged" in said


def test_an_empty_file_becomes_a_workbook(path: Path) -> None:
    """What a stopped first start left behind is no obstacle."""
    path.touch()
    with Store.open(path) as store:
        assert (0, []) == (store.revision(), store.check())


@pytest.mark.parametrize("how", ["gone", "empty"])
def test_a_workbook_gone_from_beside_its_backups_is_not_replaced(
    path: Path, answer: Answer, how: str
) -> None:
    """An empty workbook is never shown in the place of a lost one while backups of it are there."""
    with Store.open(path) as store:
        store.write([answer("x")])
        store.backup()
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(b"")
    refused = refusal_of(path)
    assert "workbook-missing" == refused.rule
    assert "rebound restore" in refused.sentence


def test_a_workbook_taken_away_while_open_is_not_made_anew(store: Store, answer: Answer) -> None:
    """A save after the file was moved away is refused, and no new file appears."""
    store.write([answer("x")])
    store.path.rename(store.path.with_name("elsewhere"))
    with pytest.raises(Refused) as refused:
        store.write([answer("y", based_on=None)])
    assert ("workbook-gone", False) == (refused.value.rule, store.path.exists())


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    """Where a file is in the folder's place the sentence says which folder."""
    (tmp_path / "home").write_text("a file")
    refused = refusal_of(tmp_path / "home" / "workbook.rebound")
    assert "folder-cannot-make" == refused.rule
    assert str(tmp_path / "home") in refused.sentence


@pytest.mark.parametrize("name", ["with space & ünïcode 100%", "a?mode=memory#b", "'quote\""])
def test_any_folder_name_will_do(tmp_path: Path, answer: Answer, name: str) -> None:
    """The person's folder may have any name; the file is where it says."""
    path = tmp_path / name / "workbook.rebound"
    with Store.open(path) as store:
        store.write([answer("x")])
        backup = store.backup()
        store.restore(backup.path)
        assert ["x"] == [revision.body["value"] for revision in store.current()]
    assert path.is_file()


def test_opening_loads_nothing_heavy() -> None:
    """Opening, writing and reading load neither Alembic, pandas nor ipywidgets."""
    program = (
        "import sys, tempfile, pathlib\n"
        "from rebound_widgets.store import Store\n"
        "from rebound_widgets.domain.record import Write\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        "    with Store.open(pathlib.Path(folder) / 'workbook.rebound') as store:\n"
        "        store.write([Write(record_id='a', kind='note', body={}, based_on=0)])\n"
        "        store.backup(); store.undo(store.changes()[0].change); store.check()\n"
        "heavy = {'alembic', 'pandas', 'numpy', 'ipywidgets', 'traitlets', 'ruamel', 'mako'}\n"
        "print(sorted(heavy & {name.partition('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.strip()


def test_a_store_says_nothing_private_about_itself(store: Store) -> None:
    """What a store shows of itself in a notebook is its file's name only."""
    assert "<Store workbook.rebound>" == repr(store)


def test_reads_do_not_wait_for_a_write_in_progress(path: Path, store: Store, answer: Answer) -> None:
    """While one window is in the middle of a large change another can read at once."""
    store.write([answer("x")])
    with closing(sqlite3.connect(path, isolation_level=None)) as writer, Store.open(path) as reader:
        writer.execute("PRAGMA cache_spill = OFF")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE workbook SET generation = 7")
        assert (0, ["x"]) == (reader.generation(), [r.body["value"] for r in reader.current()])
        writer.execute("ROLLBACK")


def test_a_workbook_kept_busy_is_said(store: Store, answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A save that another program keeps waiting ends with a sentence, and nothing is written."""
    with store._engine.connect() as ours:
        ours.exec_driver_sql("PRAGMA busy_timeout = 20")
        connection: Any = ours.connection.driver_connection
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refused) as refused:
            store.write([answer("x")])
        other.execute("ROLLBACK")
    assert connection is not None
    assert ("workbook-busy", 0) == (refused.value.rule, store.revision())


def test_what_was_rehearsed_serves_one_workbook_and_leaves_nothing(tmp_path: Path, answer: Answer) -> None:
    """After a rehearsal the first workbook opened has its settings and its own words, the second is apart from it."""
    Store.rehearse(tmp_path / "rehearsal" / "empty.rebound")
    shutil.rmtree(tmp_path / "rehearsal")
    with (
        Store.open(tmp_path / "a" / "workbook.rebound") as first,
        Store.open(tmp_path / "b" / "workbook.rebound") as second,
    ):
        assert [] == first.current()
        test_the_settings_that_keep_words_safe(first)
        first.write([answer("mine")])
        second.write([answer("theirs")])
        (one,), (other,) = first.current(), second.current()
        assert ("mine", "theirs") == (one.body["value"], other.body["value"])
        assert first.workbook_id != second.workbook_id
    assert not (tmp_path / "rehearsal").exists()
    assert (tmp_path / "a" / "workbook.rebound").read_bytes().count(b"mine")


def test_a_rehearsal_that_failed_is_in_nobodys_way(tmp_path: Path, answer: Answer) -> None:
    """Where the rehearsal's folder cannot be written, a workbook opens as ever."""
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Refused):
        Store.rehearse(tmp_path / "file" / "empty.rebound")
    with Store.open(tmp_path / "workbook.rebound") as store:
        store.write([answer("x")])
        assert 1 == len(store.current())
