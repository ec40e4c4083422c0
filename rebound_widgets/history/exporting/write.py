"""Writes a history to a file; the suffix says how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ...domain.refused import Refused
from .calendar import WORDS as CALENDAR
from .calendar import calendar_bytes
from .files import write_file
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
}
"""What each suffix writes."""


def write_export(
    source: Source,
    path: Path | str,
    *,
    now: dt.datetime | None = None,
    content: Content | None = None,
) -> Path:
    """Write a search to a file, whole or not at all, readable by its owner only.

    Args:
        source: A store, a history, or revisions; only a store has every revision for ``.json``.
        path: Where to; its suffix, one of ``SUFFIXES``, says what.
        now: The moment to put on it, aware; the clock's where not given.
        content: The words of a calendar, in the person's language; English where not given.

    Returns:
        The file.

    Raises:
        Refused: an unknown suffix, a missing folder, or a file that cannot be written.
    """
    path = Path(path)
    suffix = suffix_of(path, SUFFIXES)
    records = Records.of(source)
    return write_file(path, _bytes(suffix, records, now or dt.datetime.now(dt.UTC), content))


def suffix_of(path: Path, known: Collection[str]) -> str:
    """The end of a file's name, in small letters.

    Raises:
        Refused: it is none of ``known``.
    """
    suffix = path.suffix.lower()
    if suffix not in known:
        raise Refused(
            "export-suffix",
            "The end of the file's name says what to write: {suffixes}. {got!r} ends with none of these.",
            suffixes=", ".join(known),
            got=path.name,
        )
    return suffix


def _bytes(suffix: str, records: Records, now: dt.datetime, content: Content | None) -> bytes:
    if suffix == ".json":
        return json_bytes(records, now)
    history = records.history()
    if suffix == ".ics":
        return calendar_bytes(history, CALENDAR if content is None else content.words.group("calendar"))
    return {".csv": csv_bytes, ".xlsx": xlsx_bytes}[suffix](history)
