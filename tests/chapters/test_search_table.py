"""The table of the search: after a save only what changed is made and sent, whoever changed it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.app import App
from rebound_widgets.widgets import HistoryTable
from rebound_widgets.workbook import Workbook


@pytest.fixture
def workbook(home: Path) -> Iterator[Workbook]:
    with contextlib.closing(Workbook.open(home, locale="en")) as opened:
        for name in ("Acme", "Birch", "Cove", "Dune"):
            opened.add_application({"company": name})
        yield opened


@pytest.fixture
def told(workbook: Workbook) -> Iterator[list[dict[str, Any]]]:
    """What the table of the open search page tells the browser."""
    app = App(workbook)
    app.shell._handle_custom_msg({"type": "go", "address": "search"}, [])
    (table,) = [one for one in app.shell.pages["search"].children if isinstance(one, HistoryTable)]
    messages: list[dict[str, Any]] = []
    table.send = lambda content, buffers=None: messages.append(content)
    yield messages
    assert [row["company"] for row in table.rows] == [
        record.body["company"] for record in reversed(workbook.current("application"))
    ]


def changed(told: list[dict[str, Any]]) -> list[tuple[int, str, str | None]]:
    """Place, firm and role of the rows of the only message."""
    (message,) = told
    assert "changed" == message["type"]
    return [(place, row["company"], row.get("role")) for place, row in message["rows"]]


def test_a_save_tells_of_one_row(workbook: Workbook, told: list[dict[str, Any]]) -> None:
    """A change of one application is one row; the others are not even made again."""
    birch = workbook.current("application")[1].record_id
    workbook.change(birch, {"role": "clerk"}, kind="application")
    assert [(2, "Birch", "clerk")] == changed(told)
    told.clear()
    workbook.change(birch, {"role": None}, kind="application")
    assert [(2, "Birch", None)] == changed(told)


def test_a_new_application_stands_first_and_a_deleted_one_is_gone(
    workbook: Workbook, told: list[dict[str, Any]]
) -> None:
    """What is added comes on top; what is deleted is named, and what is taken back comes again."""
    new = workbook.add_application({"company": "Elm"}).record_id
    assert [(0, "Elm", None)] == changed(told)
    told.clear()
    change = workbook.delete(new)
    assert [([], [new])] == [(message["rows"], message["removed"]) for message in told]
    told.clear()
    workbook.undo(change)
    assert [(0, "Elm", None)] == changed(told)


def test_what_another_window_wrote_is_told(
    workbook: Workbook, told: list[dict[str, Any]], home: Path
) -> None:
    """A change of another process reaches the table at the next look, with nothing of before kept."""
    cove = workbook.current("application")[2].record_id
    with contextlib.closing(Workbook.open(home, locale="en")) as other:
        other.change(cove, {"role": "planner"}, kind="application")
    workbook.poll()
    assert [(1, "Cove", "planner")] == changed(told)
