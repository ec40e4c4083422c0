"""What an operation is given, and how it refuses."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert

from ..domain.refused import Refused
from ..sharing.centre_sentences import SAID
from .callers import Caller, Directory, person_of
from .tables import readings

STATUS: Mapping[str, int] = {
    "centre-no-consent": 403,
    "centre-no-person": 403,
    "centre-no-subject": 403,
    "centre-not-here": 404,
    "centre-other-body": 409,
    "centre-taken-back": 409,
    "centre-too-many": 409,
}
"""Rule of a refusal to the status that says it; any other is 422: what was sent is not as it should be."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call, inside its transaction.

    Attributes:
        connection: The transaction.
        caller: Who asks.
        directory: Counsellors and caseloads, as the hub has them now.
        now: The moment, in UTC.
        today: The local day.
        ids: What the path names.
        body: What was sent, as JSON.
    """

    connection: Connection
    caller: Caller
    directory: Directory
    now: dt.datetime
    today: dt.date
    ids: tuple[str, ...] = ()
    body: Any = None

    def person(self, *, alone: bool = False) -> str:
        """The id of the person who asks; with ``alone`` nobody else writes for them meanwhile.

        Raises:
            Refused: no person asks.
        """
        return person_of(self.connection, self.caller, self.today, alone=alone)

    @property
    def moment(self) -> str:
        """The moment as it is kept."""
        return self.now.astimezone(dt.UTC).isoformat(timespec="seconds")

    def log_reading(self, who: str, whose: str, what: str, share: str = "") -> None:
        """Write down that somebody read something, in the transaction in which they do."""
        row = {"at": self.moment, "who_id": who, "whose_id": whose, "what": what, "share_id": share}
        self.connection.execute(insert(readings).values(**row))


def not_here() -> Refused:
    """The refusal for what is not there, and for what is somebody else's: both look the same."""
    return Refused("centre-not-here", SAID["centre-not-here"])


def other_body() -> Refused:
    """The refusal for an id that stands for something else already."""
    return Refused("centre-other-body", SAID["centre-other-body"])


def packed(value: Any) -> str:
    """A value as it is kept: JSON of plain characters, so that no database has an opinion on any other."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest_of(value: Any) -> str:
    """Tells the same body again: a write that is sent twice counts once."""
    return hashlib.sha256(packed(value).encode()).hexdigest()
