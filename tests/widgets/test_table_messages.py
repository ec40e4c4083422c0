"""The table's kernel side: rows in pieces, edits kept once, nothing of a person's words in a notebook."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

import pytest

from rebound_widgets.widgets import Clash, HistoryTable, Kept, NotKept
from rebound_widgets.widgets.history_table import ROWS_PER_MESSAGE, ROWS_PER_PIECE

COLUMNS = [
    {"name": "company", "label": "Firm", "editable": True},
    {"name": "applied_on", "label": "Applied on", "kind": "date", "editable": True},
    {"name": "stage", "label": "Stage", "kind": "choice", "options": ["applied", "offer"], "editable": True},
    {"name": "days", "label": "Days", "kind": "number"},
]


class Kernel:
    """A table with its messages at hand; its callbacks keep cells in ``cells``."""

    def __init__(self, rows: int = 2, **table: Any) -> None:
        self.told: list[dict[str, Any]] = []
        self.edits: list[tuple[str, str, Any, int]] = []
        self.revision = rows
        given = [{"id": f"a{n}", "revision": n, "company": f"Firm {n}"} for n in range(1, rows + 1)]
        self.table = HistoryTable(COLUMNS, given, **{"on_edit": self.edit, **table})
        self.table.send = lambda content, buffers=None: self.told.append(content)

    def edit(self, row_id: str, name: str, value: Any, base: int) -> Kept:
        self.edits.append((row_id, name, value, base))
        self.revision += 1
        return Kept(value, self.revision)

    def say(self, **content: Any) -> dict[str, Any]:
        """Sends a message and returns the last answer."""
        self.table._handle_custom_msg(content, [])
        return self.told[-1]

    def change(self, seq: int, field: str, value: Any, base: int, row: str = "a1") -> dict[str, Any]:
        said = {"seq": seq, "page": "p", "id": row, "field": field, "value": value, "base_revision": base}
        return self.say(type="edit", **said)


def test_hello_is_answered_with_the_first_rows_for_that_page_alone() -> None:
    """A page that says hello is shown the first piece of the rows and told how many there are."""
    kernel = Kernel(rows=ROWS_PER_MESSAGE + 3)
    shown = kernel.say(type="hello", page="p")
    assert ("show", "p", ROWS_PER_MESSAGE + 3, ROWS_PER_MESSAGE) == (
        shown["type"],
        shown["page"],
        shown["total"],
        len(shown["rows"]),
    )


def test_the_other_rows_come_when_asked_for() -> None:
    """The browser asks for one piece after another, so that the kernel is never held for long."""
    kernel = Kernel(rows=ROWS_PER_MESSAGE + 3)
    piece = kernel.say(type="more", page="p", **{"from": ROWS_PER_MESSAGE})
    assert [f"a{ROWS_PER_MESSAGE + n}" for n in (1, 2, 3)] == [row["id"] for row in piece["rows"]]


def test_a_hundred_thousand_rows_come_in_a_few_pieces() -> None:
    """Pieces after the first are larger, so that all rows are there after some dozens of messages."""
    kernel = Kernel(rows=ROWS_PER_MESSAGE + ROWS_PER_PIECE + 7)
    piece = kernel.say(type="more", page="p", **{"from": ROWS_PER_MESSAGE})
    assert ROWS_PER_PIECE == len(piece["rows"])
    rest = kernel.say(type="more", page="p", **{"from": ROWS_PER_MESSAGE + ROWS_PER_PIECE})
    assert 7 == len(rest["rows"])
    assert 100_000 / ROWS_PER_PIECE < 50


def test_an_edit_is_kept_once_however_often_it_is_sent() -> None:
    """An edit sent again after a lost answer gets the same answer and is written once."""
    kernel = Kernel()
    first = kernel.change(1, "company", "Acme", 1)
    again = kernel.change(1, "company", "Acme", 1)
    assert first == again
    assert [("a1", "company", "Acme", 1)] == kernel.edits


def test_the_answer_holds_the_row_as_it_is_kept() -> None:
    """The page is told the revision and the whole row, in the form in which it is kept."""
    kernel = Kernel(on_edit=lambda row_id, name, value, base: {"id": row_id, "revision": 9, name: "Acme"})
    answer = kernel.change(1, "company", " Acme ", 1)
    assert ("kept", 9, {"id": "a1", "revision": 9, "company": "Acme"}) == (
        answer["type"],
        answer["revision"],
        answer["row"],
    )


def test_two_cells_changed_in_one_breath_do_not_clash_with_each_other() -> None:
    """A second cell of a row, changed before the first was acknowledged, follows on the first."""
    kernel = Kernel()
    kernel.change(1, "company", "Acme", 1)
    kernel.change(2, "stage", "offer", 1)
    kernel.change(3, "applied_on", "2026-11-05", 1)
    assert [1, 3, 4] == [base for *_, base in kernel.edits]


def test_somebody_elses_edit_is_not_passed_over() -> None:
    """A change made elsewhere between two edits of a page reaches the caller as the older revision."""
    kernel = Kernel()
    kernel.change(1, "company", "Acme", 1)
    kernel.table.update([{"id": "a1", "revision": 50, "company": "Theirs"}])
    kernel.change(2, "company", "Mine", 3)
    assert 3 == kernel.edits[-1][3]


def test_a_refusal_brings_its_sentence() -> None:
    """What the caller refuses comes back with its sentence, and whether trying again may help."""

    def refuse(*_: Any) -> Kept:
        raise NotKept("“Firm” takes up to 500 characters.", again=True)

    answer = Kernel(on_edit=refuse).change(1, "company", "x" * 501, 1)
    assert ("refused", "“Firm” takes up to 500 characters.", True) == (
        answer["type"],
        answer["sentence"],
        answer["again"],
    )


def test_a_clash_brings_the_other_version_unless_both_say_the_same() -> None:
    """Two different versions are shown side by side; the same words written twice are kept."""

    def clash(*_: Any) -> Kept:
        raise Clash(Kept("Theirs", 7))

    kernel = Kernel(on_edit=clash)
    different, same = kernel.change(1, "company", "Mine", 1), kernel.change(2, "company", "Theirs", 1)
    assert {"value": "Theirs", "revision": 7, "made_at": None} == different["theirs"]
    assert ("kept", 7) == (same["type"], same["revision"])


def test_a_fault_is_told_kindly_and_logged_without_the_words(logged_errors: list[Any]) -> None:
    """A caller's own error reaches the page as a kind sentence and the log without what was written."""

    def fail(_row: str, _name: str, value: Any, _base: int) -> Kept:
        raise KeyError(value)

    answer = Kernel(on_edit=fail).change(1, "company", "Secret & Sons", 1)
    logged = "".join(record.getMessage() for record in logged_errors)
    logged_errors.clear()
    assert ("refused", True) == (answer["type"], answer["again"])
    assert "KeyError" in logged
    assert "Secret" not in logged


def test_a_column_that_is_not_editable_takes_no_edit(logged_errors: list[Any]) -> None:
    """An edit of a cell that the table does not offer for editing never reaches the caller."""
    kernel = Kernel()
    answer = kernel.change(1, "days", 4, 1)
    logged_errors.clear()
    assert "refused" == answer["type"]
    assert [] == kernel.edits


def test_a_row_is_added_once_with_all_its_first_cells() -> None:
    """Cells of a row that is not there yet make one row; what was refused before comes along."""
    given: list[tuple[dict[str, Any], str]] = []

    def add(values: Mapping[str, Any], token: str) -> dict[str, Any]:
        given.append((dict(values), token))
        if "company" not in values:
            raise NotKept("An application needs the firm's name or the role.")
        return {"id": "real", "revision": 5, **values}

    kernel = Kernel(on_add=add)
    assert "refused" == kernel.change(1, "applied_on", "2026-11-05", 0, row="new-x")["type"]
    kept = kernel.change(2, "company", "Acme", 0, row="new-x")
    later = kernel.change(3, "stage", "offer", 0, row="new-x")
    row = {"id": "real", "revision": 5, "company": "Acme", "applied_on": "2026-11-05"}
    assert ("new-x", row) == (kept["was"], kept["row"])
    assert [{"applied_on": "2026-11-05"}, {"applied_on": "2026-11-05", "company": "Acme"}] == [
        v for v, _ in given
    ]
    assert [("real", "stage", "offer", 5)] == kernel.edits
    assert "kept" == later["type"]


def test_a_deleted_row_can_be_brought_back_where_the_caller_says_how() -> None:
    """Deleting hands the row's id to the caller; the callable it returns is what the undo button calls."""
    calls: list[str] = []

    def delete(row_id: str) -> Any:
        calls.append(f"delete {row_id}")
        return lambda: calls.append(f"undo {row_id}")

    kernel = Kernel(on_delete=delete)
    deleted = kernel.say(type="delete", page="p", ticket="1", id="a1")
    kernel.say(type="undo", page="p", ticket="2", id="a1")
    assert {"type": "deleted", "id": "a1", "undo": True, "page": "p", "ticket": "1"} == deleted
    assert ["delete a1", "undo a1"] == calls


def test_an_undo_of_another_kernel_is_answered_in_a_sentence() -> None:
    """What another kernel deleted cannot be undone here, and the page says so."""
    answer = Kernel(on_delete=lambda _: None).say(type="undo", page="p", ticket="2", id="a1")
    assert ("failed", True) == (answer["type"], answer["sentence"].startswith("It cannot be brought back"))


def test_only_what_differs_travels_when_rows_are_shown_again() -> None:
    """After a change elsewhere the page is sent the changed rows, the new ones with their place, the gone ids."""
    kernel = Kernel(rows=4)
    kernel.told.clear()
    rows = kernel.table.rows
    rows[1]["company"] = "Changed"
    kernel.table.show([{"id": "new", "revision": 9, "company": "New"}, rows[0], rows[1], rows[3]])
    message = kernel.told[-1]
    assert ("changed", ["a3"]) == (message["type"], message["removed"])
    assert [(0, "New"), (2, "Changed")] == [(place, row["company"]) for place, row in message["rows"]]


def test_showing_the_same_rows_says_nothing() -> None:
    """Rows shown again unchanged cause no message: pages recompute often."""
    kernel = Kernel()
    kernel.told.clear()
    kernel.table.show(kernel.table.rows)
    assert [] == kernel.told


def test_a_row_given_back_as_it_is_is_neither_made_again_nor_told() -> None:
    """A caller may give the table's own rows beside those that changed."""
    kernel = Kernel(rows=3)
    kernel.told.clear()
    held = [kernel.table.row(name) for name in ("a1", "a2")]
    assert kernel.table.row("a9") is None
    kernel.table.show([*(row for row in held if row), {"id": "a3", "revision": 9, "company": "Changed"}])
    assert [[2, "Changed"]] == [[place, row["company"]] for place, row in kernel.told[-1]["rows"]]
    assert [kernel.table.row("a1") is held[0], kernel.table.row("a2") is held[1]] == [True, True]


def test_values_of_a_data_frame_become_plain() -> None:
    """Missing numbers are left out and days become ISO 8601 text, so rows of a frame can be given as they are."""
    table = HistoryTable(COLUMNS, [{"id": "a", "days": math.nan, "applied_on": dt.date(2026, 11, 5)}])
    assert [{"id": "a", "revision": 0, "applied_on": "2026-11-05"}] == table.rows


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ([], "at least one column"),
        ([{"label": "Nameless"}], "needs a name"),
        ([{"name": "a", "kind": "colour"}], "'colour'"),
        ([{"name": "a"}, {"name": "a"}], "share one"),
        ([{"name": "a", "colour": "red"}], "colour"),
    ],
)
def test_a_column_that_cannot_be_shown_is_refused_with_the_rule(columns: list[Any], said: str) -> None:
    """A mistake in the columns is told when the table is made, with the rule and what was given."""
    with pytest.raises(ValueError, match=said):
        HistoryTable(columns)


def test_nothing_a_person_wrote_is_in_state_or_repr() -> None:
    """A notebook keeps a widget's synced state and its repr: neither holds a cell's words."""
    table = HistoryTable(COLUMNS, [{"id": "a", "company": "Secret & Sons"}])
    assert "HistoryTable(1)" == repr(table)
    assert "Secret" not in str(table.get_state())


def test_messages_that_make_no_sense_are_left_alone(logged_errors: list[Any]) -> None:
    """A message of an unknown type or shape changes nothing and breaks nothing."""
    kernel = Kernel()
    for content in (
        {"type": "drop"},
        {},
        "words",
        {"type": "edit", "seq": None},
        {"type": "open", "id": "no"},
    ):
        kernel.table._handle_custom_msg(content, [])
    logged_errors.clear()
    assert [] == kernel.told
    assert [] == kernel.edits
