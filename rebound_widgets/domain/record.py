"""Records and their revisions: what the store keeps and everything else reads."""

from __future__ import annotations

import base64
import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

RECORD_KINDS = (
    "application",
    "interview",
    "contact",
    "document",
    "note",
    "answer",
    "letter",
    "import",
    "setting",
    "share",
    "counsel",
    "received",
    "session",
    "count",
)
"""Every kind of record, in the order an export writes them."""

_CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789abcdefghjkmnpqrstvwxyz")


def new_id(kind: str) -> str:
    """A new id for a record of ``kind``: the kind, a hyphen, and 80 random bits in Crockford's base 32."""
    return f"{kind}-" + base64.b32encode(secrets.token_bytes(10)).decode("ascii").translate(_CROCKFORD)


def answer_id(question: str, subject: str | None = None, item: int | None = None) -> str:
    """The id of the answer to ``question``: always the same, so that two windows write one record.

    Args:
        question: ``"<chapter>/<question>"``.
        subject: The id of the application or interview it is about; ``None`` for the person's own.
        item: The item's number in a repeated form, from 1.
    """
    return f"answer-{subject or 'own'}/{question}" + ("" if item is None else f"/{item}")


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One state of one record. Revisions are only ever appended.

    Attributes:
        number: Its place in the workbook's one sequence, from 1; later is greater.
        record_id: The record it is a state of.
        kind: The record's kind, one of ``RECORD_KINDS``.
        body: The record's fields as plain JSON.
        deleted: Whether this revision deletes the record; ``body`` then still holds the last state.
        made_at: When it was written, in UTC.
        based_on: The number of the revision the writer had seen; 0 for none.
        change: The id of the change it was part of; revisions of one change are undone together.
        origin: Which page wrote it, an opaque id, or ``"import"``, ``"command"``.
    """

    number: int
    record_id: str
    kind: str
    body: Mapping[str, Any]
    deleted: bool
    made_at: dt.datetime
    based_on: int
    change: str
    origin: str


@dataclass(frozen=True, kw_only=True)
class Write:
    """A wish to write one record.

    Attributes:
        record_id: The record.
        kind: Its kind.
        body: All its fields, plain JSON.
        based_on: The revision number the writer had seen: 0 says "there is none yet"; ``None`` says "whatever
            is there" and is only for commands that have just read the record in the same transaction.
        deleted: Whether to delete the record.
    """

    record_id: str
    kind: str
    body: Mapping[str, Any]
    based_on: int | None
    deleted: bool = False


class Conflict(Exception):
    """A record was changed by someone else since the writer read it. Nothing was written.

    Attributes:
        write: What was to be written.
        current: The revision that is there now.
    """

    def __init__(self, write: Write, current: Revision) -> None:
        self.write = write
        self.current = current
        super().__init__(f"{write.kind} record: based on {write.based_on}, now {current.number}")
