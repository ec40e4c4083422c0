"""Columns and rows of a table as plain mappings, checked before they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

KINDS = ("text", "date", "choice", "number")
_PLAIN = (str, int, float)
_FIELDS = frozenset({"name", "label", "kind", "options", "editable", "width", "hint", "lines"})


def accept_columns(columns: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """``columns`` as plain JSON, with everything that may be left out filled in.

    Raises:
        ValueError: no columns, a field missing or unknown, an unknown kind, or a name twice.
    """
    accepted = [_accept_column(column) for column in columns]
    names = [column["name"] for column in accepted]
    if not names:
        raise ValueError("A table needs at least one column; it was given none.")
    if len(set(names)) != len(names):
        raise ValueError(f"Columns need a name of their own each; these share one: {', '.join(names)}.")
    return accepted


def _accept_column(column: Mapping[str, Any]) -> dict[str, Any]:
    unknown, kind = set(column) - _FIELDS, column.get("kind", "text")
    if unknown or not column.get("name"):
        raise ValueError(
            f"A column takes {', '.join(sorted(_FIELDS))}, and needs a name; it was given "
            f"{', '.join(sorted(map(str, column))) or 'nothing'}."
        )
    if kind not in KINDS:
        raise ValueError(f"A column is one of {', '.join(KINDS)}; {column['name']!r} was given {kind!r}.")
    return {
        "name": str(column["name"]),
        "label": str(column.get("label", column["name"])),
        "kind": kind,
        "options": [_accept_option(option) for option in column.get("options") or ()],
        "editable": bool(column.get("editable", False)),
        "width": float(column.get("width") or 0),
        "hint": str(column.get("hint", "")),
        "lines": bool(column.get("lines", False)),
    }


def _accept_option(option: Any) -> dict[str, Any]:
    if not isinstance(option, Mapping):
        return {"value": option, "label": str(option), "tone": ""}
    value = option.get("value", option.get("id"))
    return {
        "value": value,
        "label": str(option.get("label", option.get("text", value))),
        "tone": str(option.get("tone", "")),
    }


def accept_row(row: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """One row as plain JSON: ``id``, ``revision``, ``href`` where given, and the columns' values.

    Raises:
        ValueError: a row without an id.
    """
    if not row.get("id"):
        raise ValueError("Every row needs an id that stays the same; one has none.")
    accepted: dict[str, Any] = {"id": str(row["id"]), "revision": int(row.get("revision") or 0)}
    if row.get("href"):
        accepted["href"] = str(row["href"])
    for name in names:
        value = row.get(name)
        # A missing value of a data frame is unlike itself; days have a form of their own.
        if value is None or value != value:  # noqa: PLR0124
            continue
        accepted[name] = value if isinstance(value, _PLAIN) else _plain(value)
    return accepted


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return value.item() if hasattr(value, "item") else str(value)
