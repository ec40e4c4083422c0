"""A loop of a search, and how its frames are read for one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd


class Frames(Protocol):
    """The two frames this module reads, as ``History`` gives them."""

    @property
    def applications(self) -> pd.DataFrame: ...
    @property
    def interviews(self) -> pd.DataFrame: ...
    @property
    def answers(self) -> pd.DataFrame: ...


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


# A search may hold a hundred thousand applications: rows are chosen as whole columns, and only the few that make a
# loop are looked at one by one.


def rows_of(frame: pd.DataFrame, *names: str) -> list[dict[str, Any]]:
    """The rows as mappings of these columns."""
    return [dict(zip(names, values, strict=True)) for values in zip(*(frame[n] for n in names), strict=True)]


def applications_of(history: Frames, wanted: Iterable[Any]) -> dict[str, dict[str, Any]]:
    """The applications of these ids."""
    applications = history.applications
    chosen = applications[applications["id"].isin(set(wanted))]
    return {row["id"]: row for row in rows_of(chosen, "id", "company", "role", "outcome")}


def day_of(value: Any) -> dt.date | None:
    """A cell's day; ``None`` where there is none."""
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()


def text_of(value: Any) -> str:
    """A cell's words; empty where there are none."""
    return "" if value is None or pd.isna(value) else str(value)


def name_of(row: dict[str, Any]) -> str:
    """What an application is called: its firm, or its role where there is no firm."""
    return text_of(row["company"]) or text_of(row["role"])


def stamp(today: dt.date, days: int = 0) -> pd.Timestamp:
    """That many days after ``today``, as the frames' columns of days compare."""
    return pd.Timestamp(today + dt.timedelta(days=days))
