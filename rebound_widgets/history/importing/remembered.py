"""How a person had a log read before, so that the next one like it is read in the same way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...domain.record import Revision
from .fields import FIELDS
from .mapping import propose
from .table import Table
from .words import Meaning, fold

_ALIKE = 0.8
"""Share of headers two logs have in common, at least, to be of one kind."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Remembered:
    """What a person said of an earlier log of the same kind.

    Attributes:
        made_at: When that log was brought in, in UTC.
        name: That log's name.
        applications: How many applications it brought.
        field_map: For ``propose``.
        status_map: For ``propose``.
        date_order: For ``propose``.
    """

    made_at: dt.datetime
    name: str
    applications: int
    field_map: Mapping[str, str] = field(default_factory=dict)
    status_map: Mapping[str, str | Meaning | None] = field(default_factory=dict)
    date_order: str | None = None

    def __repr__(self) -> str:
        return f"<Remembered: {len(self.field_map)} columns, {len(self.status_map)} words>"


def remembered(table: Table, existing: Iterable[Revision]) -> Remembered | None:
    """How the newest log with these headers was read; ``None`` where none was brought in.

    A log is of the same kind when it has every column that was used and nearly all others. An import that was
    taken back does not count. The year of days without one is not remembered: next year's log would be wrong.

    Args:
        table: The log to be read.
        existing: The current revisions of the workbook's records.
    """
    imports = [one for one in existing if one.kind == "import" and not one.deleted]
    for record in sorted(imports, key=lambda one: one.number, reverse=True):
        columns = record.body.get("columns")
        if isinstance(columns, Mapping) and columns and _is_alike(table, record.body):
            return _recall(table, record, columns)
    return None


def _is_alike(table: Table, body: Mapping[str, Any]) -> bool:
    there = {fold(header) for header in table.headers}
    used = {fold(str(header)) for header in body["columns"].values()}
    before = {fold(str(header)) for header in body.get("headers") or body["columns"].values()}
    return used <= there and len(there & before) >= _ALIKE * len(there | before)


def _recall(table: Table, record: Revision, columns: Mapping[str, Any]) -> Remembered:
    body = record.body
    fields = {name: str(header) for name, header in columns.items() if name in FIELDS}
    before = {fold(str(header)) for header in body.get("headers") or ()}
    guessed = propose(table).columns(table)
    # A column that was there and was not used was left out by the person, or would have been guessed then too.
    left_out = {name: "" for name, header in guessed.items() if name not in fields and fold(header) in before}
    field_map = {**left_out, **fields}
    said = {fold(word): meaning for word, meaning in (body.get("statuses") or {}).items()}
    words = propose(table, field_map=field_map).statuses
    return Remembered(
        made_at=record.made_at,
        name=str(body.get("name") or ""),
        applications=int(body.get("applications") or 0),
        field_map=field_map,
        status_map={word: said[fold(word)] or None for word in words if fold(word) in said},
        date_order=body.get("date_order") or _only(body.get("date_orders") or {}),
    )


def _only(orders: Mapping[str, str]) -> str | None:
    """The one order all columns had, or ``None``."""
    return next(iter(orders.values())) if len(set(orders.values())) == 1 else None
