"""The search week by week: effort beside outcomes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from .loop import Frames


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


def weeks(history: Frames, today: dt.date) -> list[Week]:
    """Every week from the first dated event to ``today``, empty ones too; none when nothing has a date.

    Events after ``today`` are left out.
    """
    applications, interviews = history.applications, history.interviews
    noes = applications.loc[applications["outcome"] == "no", "outcome_on"]
    counts = [_by_week(days, today) for days in (applications["applied_on"], interviews["held_on"], noes)]
    mondays = [monday for count in counts for monday in count]
    if not mondays:
        return []
    first, last = min(mondays), today - dt.timedelta(days=today.weekday())
    return [
        Week(
            starts_on=monday,
            applications=counts[0].get(monday, 0),
            interviews=counts[1].get(monday, 0),
            noes=counts[2].get(monday, 0),
        )
        for monday in (first + dt.timedelta(weeks=n) for n in range((last - first).days // 7 + 1))
    ]


def _by_week(days: pd.Series, today: dt.date) -> dict[dt.date, int]:
    known = pd.to_datetime(days.dropna())
    known = known[known <= pd.Timestamp(today)]
    mondays = known - pd.to_timedelta(known.dt.day_of_week, unit="D")
    counted = mondays.value_counts(sort=False)
    return dict(zip(pd.DatetimeIndex(counted.index).date, counted.to_list(), strict=True))
