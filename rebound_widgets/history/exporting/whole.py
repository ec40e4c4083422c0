"""The whole workbook as JSON: every record with every revision, so that a person can leave with all of it.

The format is described for other programs in docs/reference/export.md.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...domain.application import Application, Interview
from ...domain.record import RECORD_KINDS, Revision, Write
from ...domain.refused import Refused
from .records import Records

FORMAT = "rebound-export"
VERSION = 1
BYTE_LIMIT = 500_000_000
_ID_LENGTH = 200
_FIELDS: Mapping[str, type[Application] | type[Interview]] = {
    "application": Application,
    "interview": Interview,
}


@dataclass(frozen=True, kw_only=True, repr=False)
class Exported:
    """What a JSON export holds.

    Attributes:
        workbook: The id of the workbook it came from.
        revisions: Every revision, oldest first.
    """

    workbook: str
    revisions: tuple[Revision, ...]

    def __repr__(self) -> str:
        return f"<Exported: {len(self.revisions)} revisions>"

    def writes(self) -> list[Write]:
        """What to write into an empty workbook so that it holds the same live records."""
        latest: dict[str, Revision] = {}
        for revision in self.revisions:
            latest[revision.record_id] = revision
        return [
            Write(record_id=revision.record_id, kind=revision.kind, body=revision.body, based_on=0)
            for revision in latest.values()
            if not revision.deleted
        ]


def json_bytes(records: Records, now: dt.datetime) -> bytes:
    """All records with all their revisions, one record a line."""
    grouped: dict[str, list[Revision]] = {}
    for revision in records.revisions:
        grouped.setdefault(revision.record_id, []).append(revision)
    ordered = sorted(grouped.values(), key=lambda held: (_place(held[0].kind), held[0].number))
    head = {
        "format": FORMAT,
        "version": VERSION,
        "workbook": records.workbook,
        "exported_at": now.astimezone(dt.UTC).isoformat(timespec="seconds"),
    }
    lines = ",\n".join(_text(_record(held)) for held in ordered)
    return f'{_text(head)[:-1]},\n"records": [\n{lines}\n]}}\n'.encode()


def _place(kind: str) -> int:
    return RECORD_KINDS.index(kind) if kind in RECORD_KINDS else len(RECORD_KINDS)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _record(held: list[Revision]) -> dict[str, Any]:
    return {
        "id": held[-1].record_id,
        "kind": held[-1].kind,
        "deleted": held[-1].deleted,
        "revisions": [
            {
                "number": revision.number,
                "made_at": revision.made_at.astimezone(dt.UTC).isoformat(),
                "based_on": revision.based_on,
                "change": revision.change,
                "origin": revision.origin,
                "deleted": revision.deleted,
                "body": dict(revision.body),
            }
            for revision in held
        ],
    }


def read_export_json(source: Path | bytes) -> Exported:
    """Read a JSON export back.

    Raises:
        Refused: not such a file, of a newer version, damaged, or holding what no workbook keeps.
    """
    data = _load(source)
    try:
        read = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _damaged("it cannot be read as JSON") from error
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        raise Refused("export-other", "This file is no export of a whole Rebound workbook.")
    version = read.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _damaged("its version is missing")
    if version > VERSION:
        raise Refused(
            "export-newer",
            "This export was made by a newer Rebound (version {got} of the format; this one reads {known}). "
            "Update Rebound and try again.",
            got=version,
            known=VERSION,
        )
    records = read.get("records")
    if not isinstance(records, list):
        raise _damaged("its list of records is missing")
    found = [revision for record in records for revision in _revisions(record)]
    numbers = {revision.number for revision in found}
    if len(numbers) != len(found):
        raise _damaged("two revisions have one number")
    return Exported(
        workbook=str(read.get("workbook") or ""), revisions=tuple(sorted(found, key=lambda r: r.number))
    )


def _load(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        size, data = len(source), source
    else:
        try:
            size = source.stat().st_size
            data = source.read_bytes() if size <= BYTE_LIMIT else b""
        except OSError as error:
            raise Refused(
                "export-unreadable", "The file {name!r} cannot be read.", name=source.name
            ) from error
    if size > BYTE_LIMIT:
        raise Refused(
            "export-too-large", "This file has {size:.0f} MB; an export can have up to {limit} MB.",
            size=size / 1e6, limit=BYTE_LIMIT // 1_000_000,
        )  # fmt: skip
    return data


def _revisions(record: Any) -> list[Revision]:
    if not isinstance(record, dict):
        raise _damaged("a record is no object")
    record_id, kind, held = record.get("id"), record.get("kind"), record.get("revisions")
    if not isinstance(record_id, str) or not 0 < len(record_id) <= _ID_LENGTH or kind not in RECORD_KINDS:
        raise _damaged("a record has no id or no known kind")
    if not isinstance(held, list) or not held:
        raise _damaged("a record has no revisions")
    made = [_revision(record_id, str(kind), one) for one in held]
    if [r.number for r in made] != sorted(r.number for r in made):
        raise _damaged("the revisions of a record are out of order")
    return made


def _revision(record_id: str, kind: str, one: Any) -> Revision:
    if not isinstance(one, dict) or not isinstance(one.get("body"), dict):
        raise _damaged("a revision has no body")
    numbers = [one.get("number"), one.get("based_on")]
    texts = [one.get("change"), one.get("origin"), one.get("made_at")]
    whole = all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n < 2**62 for n in numbers)
    if not whole or not all(isinstance(text, str) and len(text) <= _ID_LENGTH for text in texts):
        raise _damaged("a revision lacks a number, a time or a change")
    try:
        made_at = dt.datetime.fromisoformat(str(one["made_at"]))
    except ValueError as error:
        raise _damaged("a revision has no readable time") from error
    if made_at.tzinfo is None:
        raise _damaged("a revision has a time without a zone")
    return Revision(
        number=one["number"],
        record_id=record_id,
        kind=kind,
        body=_FIELDS[kind].accept(one["body"]).as_body() if kind in _FIELDS else one["body"],
        deleted=one.get("deleted") is True,
        made_at=made_at.astimezone(dt.UTC),
        based_on=one["based_on"],
        change=one["change"],
        origin=one["origin"],
    )


def _damaged(reason: str) -> Refused:
    return Refused("export-damaged", "This export is damaged: {reason}. Nothing was changed.", reason=reason)
