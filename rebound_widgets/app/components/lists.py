"""Tables and the menus in them."""

from __future__ import annotations

from typing import Any

from ...widgets.exercise import Kept, NotKept
from ...widgets.history_table import HistoryTable
from .specimens import Specimen

STATUS = (
    {"value": "applied", "label": "Applied", "tone": "quiet"},
    {"value": "interview", "label": "Interview", "tone": "accent"},
    {"value": "no", "label": "No", "tone": "plum"},
    {"value": "offer", "label": "Offer", "tone": "warm"},
)
COLUMNS: tuple[dict[str, Any], ...] = (
    {"name": "company", "label": "Firm", "editable": True, "width": 12},
    {"name": "role", "label": "Role", "editable": True, "width": 12},
    {"name": "applied_on", "label": "Applied", "kind": "date", "editable": True, "width": 8},
    {
        "name": "status",
        "label": "Where it is",
        "kind": "choice",
        "options": STATUS,
        "editable": True,
        "width": 9,
    },
    {"name": "rounds", "label": "Rounds", "kind": "number", "width": 7},
)
ROWS: tuple[dict[str, Any], ...] = tuple(
    {
        "id": f"row-{place}",
        "revision": 1,
        "company": company,
        "role": role,
        "applied_on": on,
        "status": status,
        "rounds": rounds,
    }
    for place, (company, role, on, status, rounds) in enumerate(
        (
            ("Harbour Analytics", "Junior analyst", "2026-10-03", "interview", 2),
            ("Quillfeather Holdings", "Analyst", "2026-10-05", "no", 1),
            ("Tidewater", "Data trainee", "2026-10-11", "applied", 0),
            ("Morrow & Finch", "Junior analyst", "2026-10-19", "offer", 3),
        )
    )
)
REFUSED = (
    ("press", 'tr[data-id="row-1"] [data-name="role"]', ""),
    ("write", ".rb-cell-input", "Data analyst"),
    ("key", ".rb-cell-input", "Enter"),
)
"""Edits one cell as somebody would."""


def _refuse(_row: str, _name: str, _value: Any, _base: int) -> Kept:
    raise NotKept("A role takes up to 200 characters.")


def _keep(_row: str, _name: str, value: Any, _base: int) -> Kept:
    return Kept(value, 2)


def _nothing(_row: str) -> None:
    """What is pressed here does nothing."""


def _table(rows: tuple[dict[str, Any], ...] = ROWS, *, keep: Any = _keep, **more: Any) -> HistoryTable:
    return HistoryTable(COLUMNS, rows, on_edit=keep, on_open=_nothing, on_delete=_nothing, **more)


def tables() -> list[Specimen]:
    """Empty, filled, as a board, with a cell that was refused."""
    return [
        Specimen("empty", _table((), name="none")),
        Specimen("filled", _table(name="filled", sort=("company", "ascending"))),
        Specimen("board", _table(name="board", view="board")),
        Specimen("with an error", _table(keep=_refuse, name="refused"), REFUSED),
    ]


def menus() -> list[Specimen]:
    """The filter of a column, closed and open."""
    return [
        Specimen("closed", _table(name="closed")),
        Specimen("open", _table(name="open"), (("open", ".rb-filter", ""),)),
    ]
