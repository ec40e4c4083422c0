"""What check finds, in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from rebound_widgets.domain.record import Write
from rebound_widgets.store import Store

Answer = Callable[..., Write]


@pytest.fixture
def three(store: Store, answer: Answer) -> Store:
    """A workbook with three answers, one of them edited."""
    store.write([answer("one", item=1), answer("two", item=2), answer("three", item=3)])
    store.write([answer("one more", item=1, based_on=None)])
    return store


def damage(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as plain:
        for statement in statements:
            plain.execute(statement)
        plain.commit()


def test_a_whole_workbook_has_nothing_wrong(three: Store) -> None:
    """Check says nothing about a workbook that is whole."""
    assert [] == three.check()


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "UPDATE record SET current = 1 WHERE first = 1",
            "Records that do not point to their newest revision: 1.",
        ),
        ("DELETE FROM revision WHERE number = 2", "Rows that point to something that is not there: 1."),
        (
            "UPDATE record SET current = 77 WHERE current = 2",
            "Rows that point to something that is not there: 1.",
        ),
        (
            "UPDATE record SET deleted = 1 WHERE current = 2",
            "Records that disagree with the revision they point to: 1.",
        ),
        ("UPDATE record SET first = 3 WHERE current = 4", "Records that have lost their first revision: 1."),
        ("DELETE FROM record WHERE current = 2", "Revisions that belong to no record: 1."),
        ("DELETE FROM revision WHERE number = 1", "Revisions missing from the sequence of 4: 1."),
        ("UPDATE sqlite_sequence SET seq = 6", "Revisions missing from the sequence of 6: 2."),
        ("UPDATE sqlite_sequence SET seq = 3", "The newest revision is 4, after the last number given (3)."),
        ("INSERT INTO gap VALUES (3, 3)", "Revisions that stand where numbers were left out on purpose: 1."),
        (
            "UPDATE revision SET body = '{\"value\": ' WHERE number = 3",
            "The text of revision 3 cannot be read.",
        ),
        ("UPDATE revision SET body = '[1]' WHERE number = 3", "The text of revision 3 cannot be read."),
        ("UPDATE revision SET body = x'00ff' WHERE number = 3", "The text of revision 3 cannot be read."),
        (
            "UPDATE revision SET body = replace(body, 'three', 'thrae')",
            "The text of revision 3 is not what was written (its digest differs).",
        ),
        ("DELETE FROM workbook", "The file does not say which workbook it is."),
    ],
)
def test_each_kind_of_damage_is_said(three: Store, statement: str, sentence: str) -> None:
    """Every kind of damage has its sentence, with counts and numbers and no word of anybody's text."""
    damage(three.path, statement)
    found = three.check()
    assert sentence in found
    assert not [said for said in found for word in ("one more", "two", "three", "thrae") if word in said]


def test_many_unreadable_texts_are_counted(three: Store) -> None:
    """More than a few are counted instead of listed."""
    three.write([Write(record_id=f"note-{n}", kind="note", body={"n": n}, based_on=0) for n in range(20)])
    damage(three.path, "UPDATE revision SET body = 'x'")
    assert ["The text of revisions 1, 2, 3, 4, 5 and 19 more cannot be read."] == three.check()


def test_an_unreadable_record_is_refused_with_its_number(three: Store) -> None:
    """Reading a record whose text is torn says which revision and the way out."""
    damage(three.path, "UPDATE revision SET body = '{' WHERE number = 3")
    with pytest.raises(ValueError, match=r"revision 3.*rebound restore"):
        three.current()
    assert "one more" == three.history_of("answer-own/debrief/asked-text/1")[-1].body["value"]
