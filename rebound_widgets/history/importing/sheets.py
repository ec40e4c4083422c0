"""Spreadsheets: XLSX and ODS as rows of text."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from ...domain.refused import Refused
from .packages import damaged, look_through
from .table import Row, empty_table
from .words import fold_header, shorten


def read_sheets(data: bytes, known: frozenset[str]) -> tuple[list[Row], str, str, list[Refused]]:
    """The rows of the sheet that looks most like a log, the file's form, how it was read, and notes.

    Args:
        data: The file.
        known: Header words, folded.

    Raises:
        Refused: no spreadsheet, damaged, protected, or made to take more memory than a log can need.
    """
    form = look_through(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {name: workbook.get_sheet_by_name(name) for name in workbook.sheet_names}
        scores = {name: _score(_rows(sheet, 20), known) for name, sheet in sheets.items()}
        filled = [name for name, score in scores.items() if score is not None]
        best = max(filled, key=lambda name: scores[name] or 0, default=None)
        rows = [] if best is None else _rows(sheets[best])
    except CalamineError as error:
        raise damaged() from error
    except BaseException as error:
        # A panic in the library's own language arrives as an exception that is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged() from error
    if best is None:
        raise empty_table()
    others = ", ".join(f"“{shorten(name)}”" for name in filled if name != best)
    note = Refused(
        "import-note-sheets",
        "Read from the sheet “{sheet}”; left alone: {others}.",
        sheet=shorten(best),
        others=others,
    )
    return rows, form, f"sheet “{shorten(best)}”", [note] if others else []


def _rows(sheet: CalamineSheet, most: int | None = None) -> list[Row]:
    """The rows from the sheet's first on, the columns from its first filled one on."""
    same: dict[str, str] = {}
    return [
        tuple(same.setdefault(text, text) for text in map(cell_text, values))
        for values in islice(sheet.iter_rows(), most)
    ]


def _score(rows: Sequence[Row], known: frozenset[str]) -> int | None:
    """How much rows look like the beginning of a log: known header words in one row; ``None`` when empty."""
    if not any(any(row) for row in rows):
        return None
    return max(sum(any(s in known for s in fold_header(cell)) for cell in row) for row in rows)


_FORMATS: Mapping[type, Callable[[Any], str]] = {
    bool: lambda value: "TRUE" if value else "FALSE",
    dt.date: lambda value: str(value.isoformat()),
    dt.time: lambda value: str(value.isoformat("minutes")),
}


def cell_text(value: Any) -> str:
    """A spreadsheet's value as text: days as ISO 8601, whole numbers without a decimal mark."""
    if isinstance(value, str):
        return value.replace("\0", "") if "\0" in value else value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    return _FORMATS.get(type(value), str)(value)
