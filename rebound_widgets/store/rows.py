"""Between records in Python and rows in the file: canonical JSON, digests, moments."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Row

from ..domain.record import Revision
from ..domain.refused import Refused
from .schema import revision

Clock = Callable[[], dt.datetime]

REVISION_COLUMNS = tuple(
    revision.c[name]
    for name in (
        "number",
        "record_id",
        "kind",
        "body",
        "deleted",
        "made_at",
        "based_on",
        "change",
        "origin",
    )
)
"""What ``as_revision`` takes, in its order."""


def utc_now() -> dt.datetime:
    """The moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def as_text(moment: dt.datetime) -> str:
    """A moment as it is kept: UTC, microseconds, sorted as text as in time."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def canonical(body: Mapping[str, Any]) -> str:
    """``body`` as the one JSON text it can have: keys sorted, no spaces, characters as themselves.

    Raises:
        ValueError: not plain JSON, such as a NaN.
        TypeError: not plain JSON, such as a date.
    """
    return _ENCODER.encode(body)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"A record's body holds plain JSON; got {type(value).__name__}.")


# Made once: an encoder costs more to make than most bodies to encode.
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_plain
)
_string = json.JSONEncoder(ensure_ascii=False).encode


def record_digest(record_id: str, kind: str, body: Mapping[str, Any]) -> str:
    """SHA-256 of a record's content, in hexadecimal: equal exactly when id, kind and body are equal.

    It is taken over the canonical JSON ``{"body": …, "kind": …, "record_id": …}`` in UTF-8, so anybody can
    compute it from an export.
    """
    return text_digest(record_id, kind, canonical(body))


def text_digest(record_id: str, kind: str, body: str) -> str:
    """``record_digest`` of a body that is canonical JSON already.

    Raises:
        Refused: the text holds half a character, which no file can keep.
    """
    try:
        whole = f'{{"body":{body},"kind":{_string(kind)},"record_id":{_string(record_id)}}}'.encode()
    except UnicodeEncodeError:
        raise Refused(
            "text-half-character",
            "What was written holds a character that no file can keep. Leave out what was pasted last and "
            "try again.",
        ) from None
    return hashlib.sha256(whole).hexdigest()


def as_revision(row: Row[Any] | tuple[Any, ...]) -> Revision:
    """A row of ``REVISION_COLUMNS`` as a revision.

    Raises:
        Refused: the row's body cannot be read; the file is damaged.
    """
    values: Any = row
    number, record_id, kind, body, deleted, made_at, based_on, change, origin = values
    try:
        fields = json.loads(body)
    except ValueError:
        raise Refused(
            "record-unreadable",
            "A record in your workbook (revision {number}) cannot be read. “rebound check” says what else is "
            "wrong, and “rebound restore” brings a backup back.",
            number=number,
        ) from None
    return Revision(
        number=number,
        record_id=record_id,
        kind=kind,
        body=fields,
        deleted=bool(deleted),
        made_at=dt.datetime.fromisoformat(made_at),
        based_on=based_on,
        change=change,
        origin=origin,
    )


def as_revisions(rows: Iterable[Row[Any]]) -> list[Revision]:
    """Every row as a revision, in the same order."""
    return [as_revision(row) for row in rows]
