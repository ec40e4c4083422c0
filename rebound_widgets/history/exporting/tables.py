"""Tables for spreadsheets: CSV of the applications, XLSX of all four frames."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from ...domain.application import STAGES
from ...domain.record import Revision
from .. import columns
from ..history import History
from ..importing.table import neutral

APPLICATION_FIELDS = (
    "company",
    "role",
    "role_family",
    "size",
    "location",
    "source",
    "link",
    "applied_on",
    "stage",
    "outcome",
    "outcome_on",
    "answer_promised_on",
    "starts_on",
)
HEADERS = (
    "id",
    *APPLICATION_FIELDS,
    *(f"reached_{stage}" for stage in STAGES),
    "status_words",
    "note",
    "imported_as",
)
"""The columns of the applications' table; ``data/imports/rebound.toml`` reads them back."""

CELL_LIMIT = 32_767
"""Characters a cell of XLSX can hold."""
CUT = " … [the whole text is in the CSV and JSON exports]"


def application_rows(applications: Iterable[Revision]) -> list[list[str]]:
    """One row of text an application, in the order of ``HEADERS``."""
    rows = []
    for revision in applications:
        body = revision.body
        reached = body.get("reached") or {}
        texts = [revision.record_id]
        texts += [body.get(name) or "" for name in APPLICATION_FIELDS]
        texts += [reached.get(stage, "") for stage in STAGES]
        texts += [body.get(name) or "" for name in ("status_words", "note", "imported_as")]
        rows.append(texts)
    return rows


def csv_bytes(history: History) -> bytes:
    """The applications as CSV in UTF-8, for any spreadsheet.

    A cell that a spreadsheet would read as a formula gets a leading apostrophe, which importing takes off.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADERS)
    for row in application_rows(history.records("application")):
        writer.writerow([neutral(text) for text in row])
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(history: History) -> bytes:
    """The four frames as sheets; text is text, whatever it begins with, and days are days."""
    out = io.BytesIO()
    # in_memory: otherwise every sheet passes through a file in the machine's folder for passing files.
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = _sheet(book, "applications", HEADERS, bold)
    days = [
        at for at, header in enumerate(HEADERS) if header.endswith("_on") or header.startswith("reached_")
    ]
    for number, row in enumerate(application_rows(history.records("application")), start=1):
        for at, text in enumerate(row):
            _cell(sheet, number, at, dt.date.fromisoformat(text) if text and at in days else text, day)
    for name in ("interviews", "events", "answers"):
        declared = columns.TABLES[name]
        sheet = _sheet(book, name, [column.name for column in declared], bold)
        for number, values in enumerate(history.rows(name), start=1):
            for at, column in enumerate(declared):
                value = values[column.name]
                if column.dtype == columns.DAY and value is not None:
                    value = dt.date.fromisoformat(value)
                _cell(sheet, number, at, value, day)
    book.close()
    return out.getvalue()


def _sheet(book: Any, name: str, headers: Sequence[str], bold: Any) -> Any:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for at, header in enumerate(headers):
        sheet.write_string(0, at, header, bold)
        sheet.set_column(at, at, 26 if header in {"company", "role", "value", "note"} else 14)
    return sheet


def _cell(sheet: Any, row: int, at: int, value: Any, day: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, dt.date):
        sheet.write_datetime(row, at, value, day)
    elif isinstance(value, int | float):
        sheet.write_number(row, at, value)
    else:
        text = str(value)
        sheet.write_string(row, at, text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - len(CUT)] + CUT)
