"""Writes a history to a file; the suffix says how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from ...domain.question import Question
from ...domain.refused import Refused
from ..history import History
from .calendar import calendar_bytes
from .files import write_file
from .html import html_bytes
from .records import Records, Source
from .tables import csv_bytes, xlsx_bytes
from .whole import json_bytes

SUFFIXES: Mapping[str, str] = {
    ".csv": "the applications, for a spreadsheet",
    ".xlsx": "applications, interviews, events and answers, for a spreadsheet",
    ".json": "everything, with every revision",
    ".ics": "interviews and promised days, for a calendar",
    ".html": "one page to print",
}
"""What each suffix writes."""


def write_export(
    source: Source,
    path: Path | str,
    *,
    now: dt.datetime | None = None,
    questions: Mapping[str, Question] | None = None,
) -> Path:
    """Write a search to a file, whole or not at all, readable by its owner only.

    Args:
        source: A store, a history, or revisions; only a store has every revision for ``.json``.
        path: Where to; its suffix, one of ``SUFFIXES``, says what.
        now: The moment to put on it, aware; the clock's where not given.
        questions: Question id to question, whose words stand over the answers on a printed page; the English
            ones that ship where not given.

    Returns:
        The file.

    Raises:
        Refused: an unknown suffix, a missing folder, or a file that cannot be written.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise Refused(
            "export-suffix",
            "The end of the file's name says what to write: {suffixes}. {got!r} ends with none of these.",
            suffixes=", ".join(SUFFIXES),
            got=path.name,
        )
    records = Records.of(source)
    return write_file(path, _bytes(suffix, records, now or dt.datetime.now(dt.UTC), questions))


def _bytes(
    suffix: str, records: Records, now: dt.datetime, questions: Mapping[str, Question] | None
) -> bytes:
    if suffix == ".json":
        return json_bytes(records, now)
    history = records.history()
    if suffix == ".html":
        return _page(history, now.astimezone().date(), questions)
    writers = {".csv": csv_bytes, ".xlsx": xlsx_bytes, ".ics": calendar_bytes}
    return writers[suffix](history)


def _page(history: History, today: dt.date, questions: Mapping[str, Question] | None) -> bytes:
    from ...content import load_content  # noqa: PLC0415 - only a printed page needs the words

    content = load_content()
    shipped = {
        question.id: question for chapter in content.chapters.values() for question in chapter.questions()
    }
    asked = shipped if questions is None else questions
    return html_bytes(history, today, asked, show_day=lambda day: content.facts.show_day(day, "year"))
