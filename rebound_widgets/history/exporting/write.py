"""Writes a history to a file; the suffix says how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ...domain.question import Question
from ...domain.refused import Refused
from ..history import History
from .calendar import WORDS as CALENDAR
from .calendar import calendar_bytes
from .files import write_file
from .html import html_bytes
from .records import Records, Source
from .tables import csv_bytes, xlsx_bytes
from .whole import json_bytes

if TYPE_CHECKING:
    from ...content import Content

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
    content: Content | None = None,
) -> Path:
    """Write a search to a file, whole or not at all, readable by its owner only.

    Args:
        source: A store, a history, or revisions; only a store has every revision for ``.json``.
        path: Where to; its suffix, one of ``SUFFIXES``, says what.
        now: The moment to put on it, aware; the clock's where not given.
        questions: Question id to question, whose words stand over the answers on a printed page; those of
            ``content`` where not given.
        content: The words of a calendar and a printed page, in the person's language; English where not given.

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
    return write_file(path, _bytes(suffix, records, now or dt.datetime.now(dt.UTC), questions, content))


def _bytes(
    suffix: str,
    records: Records,
    now: dt.datetime,
    questions: Mapping[str, Question] | None,
    content: Content | None,
) -> bytes:
    if suffix == ".json":
        return json_bytes(records, now)
    history = records.history()
    if suffix == ".html":
        return _page(history, now.astimezone().date(), questions, content)
    if suffix == ".ics":
        return calendar_bytes(history, CALENDAR if content is None else content.words.group("calendar"))
    return {".csv": csv_bytes, ".xlsx": xlsx_bytes}[suffix](history)


def _page(
    history: History, today: dt.date, questions: Mapping[str, Question] | None, content: Content | None
) -> bytes:
    from ...content import load_content  # noqa: PLC0415 - only a printed page needs the words

    said = content or load_content()
    asked = {question.id: question for chapter in said.chapters.values() for question in chapter.questions()}
    return html_bytes(
        history,
        today,
        asked if questions is None else questions,
        said.words.group("report"),
        show_day=lambda day: said.facts.show_day(day, "year"),
    )
