"""Erasing for good, and the proof of it."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.domain.record import Write, new_id
from rebound_widgets.store import Store, erasing, find_words

Answer = Callable[..., Write]


def holders(folder: Path, word: str) -> list[str]:
    """The files with the planted word in their bytes, read without the store's own search."""
    forms = [word.encode("utf-8"), word.encode("utf-16-le"), word.encode("utf-16-be")]
    return sorted(
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    )


@pytest.fixture
def word() -> str:
    """A word that is nowhere until it is planted."""
    return f"geheim-äöü-{secrets.token_hex(8)}"


@pytest.fixture
def planted(store: Store, answer: Answer, clock: Any, word: str) -> Store:
    """A workbook with the word in a first version, a second, a deleted record, and two backups."""
    store.write([answer(f"I said {word} to them and it was long enough", item=1), answer("other", item=2)])
    store.backup()
    clock.advance(hours=1)
    store.write([answer("I said nothing", item=1, based_on=None)])
    store.write([answer(f"and {word} again " * 2000, item=1, based_on=None)])
    store.write([answer("later", item=1, based_on=None, deleted=True)])
    store.backup()
    clock.advance(hours=1)
    return store


def test_the_planted_word_is_found_before(planted: Store, word: str) -> None:
    """The search finds the word in the workbook and in each backup, so finding nothing means something."""
    names = sorted([planted.path.name, *(backup.path.name for backup in planted.backups())])
    assert names == holders(planted.path.parent, word)
    assert names == [path.name for path in find_words(planted.path.parent, [word])]


def test_an_erased_record_leaves_no_trace(planted: Store, word: str) -> None:
    """After erasing one record no file of the folder holds a word of it; the others are all there."""
    erased = planted.erase_records(["answer-own/debrief/asked-text/1"], words=[word])
    assert ([], ()) == (holders(planted.path.parent, word), erased.traces)
    assert (1, 4, 2) == (erased.records, erased.revisions, erased.backups)
    assert erased.searched > 1
    assert ["other"] == [revision.body["value"] for revision in planted.current()]
    assert ([], None) == (planted.check(), planted.get("answer-own/debrief/asked-text/1"))


def test_backups_can_be_restored_after_erasing(planted: Store, word: str, answer: Answer) -> None:
    """Erased words do not come back with a backup, and what else was in it does."""
    planted.erase_records(["answer-own/debrief/asked-text/1"])
    planted.write([answer("other, edited", item=2, based_on=None)])
    oldest = planted.backups()[0]
    planted.restore(oldest.path)
    assert ["other"] == [revision.body["value"] for revision in planted.current()]
    assert ([], []) == (planted.check(), holders(planted.path.parent, word))


def test_an_erased_chapter_leaves_no_trace(planted: Store, answer: Answer, word: str) -> None:
    """Erasing a chapter takes the answers to its questions and no others, however alike their names."""
    planted.write([answer("mine", "debrief-notes/asked-text"), answer("debrief/ is a word", "start/where")])
    letter = Write(
        record_id="letter-1", kind="letter", body={"question": "debrief/thanks", "text": "Dear"}, based_on=0
    )
    planted.write([letter])
    erased = planted.erase_chapter("debrief", words=[word])
    assert ([], (), 2) == (holders(planted.path.parent, word), erased.traces, erased.records)
    assert ["debrief-notes/asked-text", "start/where", "debrief/thanks"] == [
        revision.body["question"] for revision in planted.current()
    ]


def test_erasing_everything_leaves_an_empty_new_workbook(planted: Store, word: str) -> None:
    """Nothing is left: no record, no backup, no word, and another id for what begins anew."""
    identity, newest = planted.workbook_id, planted.revision()
    damaged = planted.backup_folder / "2026-11-01_000000Z_workbook.rebound.damaged"
    shutil.copy(planted.path, damaged)
    (planted.path.parent / ".draft-left.rebound").write_text(word)
    erased = planted.erase_everything(words=[word])
    assert ([], ()) == (holders(planted.path.parent, word), erased.traces)
    assert ([], [], []) == (
        planted.current(),
        planted.current(deleted=True),
        list(planted.backup_folder.iterdir()),
    )
    assert ([], True) == (planted.check(), planted.revision() > newest)
    assert identity != planted.workbook_id
    assert planted.path.stat().st_size < 64 * 1024


@pytest.mark.parametrize("what", ["record", "everything"])
def test_a_backup_another_window_finishes_meanwhile_is_erased_too(
    planted: Store, word: str, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """A copy made before the erasing and named while it goes on holds nothing of it afterwards."""
    folder = planted.backup_folder
    copied = planted.backup("due")
    draft = copied.path.rename(folder / ".draft-0123.rebound")
    listed = erasing.drafts_in

    def finished(of: Path) -> list[Path]:
        found = listed(of)
        if draft in found:
            draft.rename(copied.path)
        return found

    monkeypatch.setattr(erasing, "drafts_in", finished)
    if what == "record":
        erased = planted.erase_records(["answer-own/debrief/asked-text/1"], words=[word])
    else:
        erased = planted.erase_everything(words=[word])
    assert ((), []) == (erased.traces, holders(planted.path.parent, word))
    assert not draft.exists()


def test_a_damaged_file_kept_aside_is_erased_whole(planted: Store, word: str) -> None:
    """Nobody can say what is in a file that cannot be read, so erasing one record deletes it."""
    damaged = planted.backup_folder / "2026-11-01_000000Z_workbook.rebound.damaged"
    damaged.write_bytes(b"\xff" * 100 + word.encode())
    torn = planted.backups()[0].path
    torn.write_bytes(torn.read_bytes()[:4096] + word.encode())
    planted.erase_records(["answer-own/debrief/asked-text/1"])
    assert ([], False, False) == (holders(planted.path.parent, word), damaged.exists(), torn.exists())


def test_a_trace_elsewhere_is_named(planted: Store, word: str) -> None:
    """A copy the person made in the folder is not ours to delete; the proof names it."""
    notes = planted.path.parent / "exports" / "notes.txt"
    notes.parent.mkdir()
    notes.write_text(word, "utf-16")
    erased = planted.erase_records(["answer-own/debrief/asked-text/1"], words=[word])
    assert (notes,) == erased.traces


def test_the_proof_looks_for_the_erased_text_by_itself(planted: Store, answer: Answer) -> None:
    """Without being given a word the proof looks for pieces of the erased text itself."""
    planted.write([answer("the quick brown fox jumps over the lazy dog", item=7)])
    copied = planted.path.parent / "copied.txt"
    copied.write_text("… the quick brown fox jumps over the lazy dog …")
    erased = planted.erase_records(["answer-own/debrief/asked-text/7"])
    assert (1, (copied,)) == (erased.searched, erased.traces)


def test_text_that_stands_elsewhere_too_is_no_trace(store: Store, answer: Answer) -> None:
    """A sentence that another record also holds is not taken for a trace of the erased one."""
    same = "The role was given to somebody with more years."
    store.write([answer(same, item=1), answer(same, item=2)])
    store.backup()
    erased = store.erase_records(["answer-own/debrief/asked-text/1"])
    assert (0, ()) == (erased.searched, erased.traces)


def test_erasing_what_is_not_there_changes_nothing(planted: Store) -> None:
    """An unknown record erases nothing, and no number moves."""
    seen, names = planted.revision(), [backup.path.name for backup in planted.backups()]
    erased = planted.erase_records([new_id("answer")])
    assert (0, 0, 0) == (erased.records, erased.revisions, erased.backups)
    assert (seen, names) == (planted.revision(), [backup.path.name for backup in planted.backups()])


def test_an_open_page_notices_that_something_was_erased(planted: Store, path: Path) -> None:
    """The newest number and the generation move, so whoever keeps what was read reads it again."""
    with Store.open(path) as other:
        seen, generation = other.revision(), other.generation()
        planted.erase_records(["answer-own/debrief/asked-text/2"])
        assert (seen + 1, generation + 1) == (other.revision(), other.generation())


def test_erased_numbers_are_not_given_again(store: Store, answer: Answer) -> None:
    """A page that had seen the erased newest revision does not take a new text for it."""
    (erased,) = store.write([answer("x")])
    store.erase_records([erased.record_id])
    (new,) = store.write([answer("y")])
    assert new.number > erased.number
    assert [] == store.check()


def test_words_for_an_erased_record_are_kept(store: Store, answer: Answer) -> None:
    """Somebody who goes on typing in another window begins the record anew; nothing typed is lost."""
    (first,) = store.write([answer("x")])
    store.erase_records([first.record_id])
    store.write([answer("y", based_on=first.number)])
    assert ["y"] == [revision.body["value"] for revision in store.current()]


def test_the_search_knows_each_way_a_word_is_written(tmp_path: Path) -> None:
    """A word is found as UTF-8, UTF-16, as JSON escapes it, across a chunk's edge, and in a file's name."""
    for name, content in {
        "plain": "xx Müller “x”".encode(),
        "little": "Müller “x”".encode("utf-16-le"),
        "big": b"\0" + "Müller “x”".encode("utf-16-be"),
        "json": b'"M\\u00fcller \\u201cx\\u201d"',
        "late": b"." * (4 * 1024 * 1024 - 5) + "Müller “x”".encode(),
        "Müller “x”.txt": b"",
        "not": b"Muller",
    }.items():
        (tmp_path / name).write_bytes(content)
    assert ["Müller “x”.txt", "big", "json", "late", "little", "plain"] == [
        path.name for path in find_words(tmp_path, ["Müller “x”"])
    ]
    assert [] == find_words(tmp_path, ["", "  "])
    assert [] == find_words(tmp_path / "none", ["x"])


def test_the_search_disturbs_no_save(store: Store, answer: Answer) -> None:
    """Looking through the workbook's bytes drops no lock: another program stays out of a save in progress."""
    store.write([answer("x")])
    with store._engine.execution_options(begin="BEGIN IMMEDIATE").begin():
        assert [store.path] == find_words(store.path.parent, ["asked-text"])
        program = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0.01).execute('BEGIN IMMEDIATE')"
        assert b"locked" in _run(program, store.path)


def _run(program: str, path: Path) -> bytes:
    import subprocess
    import sys

    return subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, check=False).stderr


def test_a_backup_of_an_older_format_is_erased_too(
    planted: Store, word: str, later_formats: Callable[..., None], path: Path
) -> None:
    """Backups from before an upgrade are brought up on the way and lose the words as well."""
    later_formats("op.add_column('revision', sa.Column('mood', sa.Text))")
    planted.close()
    with Store.open(path) as store:
        erased = store.erase_records(["answer-own/debrief/asked-text/1"], words=[word])
        assert ((), []) == (erased.traces, holders(path.parent, word))
        for backup in store.backups():
            with closing(sqlite3.connect(backup.path)) as plain:
                assert (2,) == plain.execute("PRAGMA user_version").fetchone()
