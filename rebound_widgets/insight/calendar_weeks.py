"""The search week by week: effort beside outcomes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .told import Told, date, outcome


@dataclass(frozen=True, kw_only=True)
class Week:
    """One calendar week of the search, Monday to Sunday.

    Attributes:
        starts_on: Its Monday.
        applications: Applications sent.
        interviews: Interviews held.
        noes: Noes received.
    """

    starts_on: dt.date
    applications: int
    interviews: int
    noes: int


def weeks(history: Told, today: dt.date) -> list[Week]:
    """Every week from the first dated event to ``today``, empty ones too; none when nothing has a date.

    Events after ``today`` are left out.
    """
    applications = [one.body for one in history.records("application")]
    days = (
        [body.get("applied_on") for body in applications],
        [one.body.get("held_on") for one in history.records("interview")],
        [body.get("outcome_on") for body in applications if outcome(body) == "no"],
    )
    counts = [_by_week(some, today) for some in days]
    mondays = [monday for count in counts for monday in count]
    if not mondays:
        return []
    first, last = min(mondays), today - dt.timedelta(days=today.weekday())
    return [
        Week(
            starts_on=monday,
            applications=counts[0][monday],
            interviews=counts[1][monday],
            noes=counts[2][monday],
        )
        for monday in (first + dt.timedelta(weeks=n) for n in range((last - first).days // 7 + 1))
    ]


def _by_week(days: Iterable[str | None], today: dt.date) -> Counter[dt.date]:
    found: Counter[dt.date] = Counter()
    for text, count in Counter(days).items():  # Many events, few days.
        day = date(text)
        if day is not None and day <= today:
            found[day - dt.timedelta(days=day.weekday())] += count
    return found
