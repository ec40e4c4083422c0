"""A loop of a search, and what loops are looked for in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..domain.record import Revision
from .told import Answer


@dataclass(frozen=True, kw_only=True)
class Loop:
    """One thing that is open.

    Attributes:
        kind: One of ``loops.ORDER``.
        application_id: The application; empty for ``long-silence``.
        interview_id: The interview, where the loop is about one.
        company: The firm's name, or the role where there is no firm.
        since: The day it began.
        due_on: The day to do it by, inclusive; ``None`` where waiting is all there is to do.
        count: How many applications it stands for.
        known_on: The day that is known of what is waited for: the promised answer, the first day at work.
        letter: The letter's id, where the loop is a letter that is written and not sent.
        unfilled: Whether that letter still holds a blank, such as "[your name]".
    """

    kind: str
    application_id: str
    interview_id: str | None
    company: str
    since: dt.date
    due_on: dt.date | None
    count: int = 1
    known_on: dt.date | None = None
    letter: str = ""
    unfilled: bool = False

    @property
    def key(self) -> str:
        """Names the loop across days, so that it can be put off."""
        about = self.interview_id or self.application_id
        return f"{self.kind}:{about}:{self.letter}" if self.letter else f"{self.kind}:{about}"


@dataclass(frozen=True)
class Search:
    """What all kinds of loop are looked for in."""

    applications: dict[str, Mapping[str, Any]]
    interviews: list[Revision]
    answers: list[Answer]
    today: dt.date

    def application(self, record_id: object) -> Mapping[str, Any] | None:
        """An application's fields; ``None`` where there is none of that id."""
        return self.applications.get(str(record_id))

    def days_ago(self, days: int) -> str:
        """The day so many days ago, as days are kept; a later day is greater."""
        return (self.today - dt.timedelta(days=days)).isoformat()
