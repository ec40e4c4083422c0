"""Who has been silent for how long, what is usual then, and whether the search is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

STEPS = ("ask", "again", "late", "let-go", "wait")
"""What is usual now: ask, ask once more, probably a no, let go, wait. Offered, never done by itself."""

ASKED = "no/letter-follow-up-sent"
ASKED_AGAIN = "no/letter-follow-up-second-sent"
LET_GO = "keep-going/let-go"
UNDER_WAY = frozenset({"answered", "interview", "final", "offer"})
"""Stages at which somebody has talked to the person, so that a line to them is usual."""


class SilentFrames(Protocol):
    """What this module reads, as ``History`` gives it."""

    @property
    def applications(self) -> pd.DataFrame: ...
    @property
    def answers(self) -> pd.DataFrame: ...
    def silence(self, today: dt.date) -> pd.DataFrame: ...


@dataclass(frozen=True, kw_only=True)
class Habits:
    """The days a person goes by; the defaults are habits many advisers share, and no study.

    Attributes:
        grace_working_days: After a promised day, working days before asking.
        ask_after: Without a promised day, days after the last sign of life.
        ask_again_after: Days after the first line.
        late_after: Days after the last sign of life from which it is probably a no.
        let_go_after: Days after the last sign of life on which waiting ends.
    """

    grace_working_days: int = 2
    ask_after: int = 7
    ask_again_after: int = 7
    late_after: int = 30
    let_go_after: int = 45


USUAL = Habits()


@dataclass(frozen=True, kw_only=True)
class Silent:
    """One open application that waits for an answer.

    Attributes:
        application_id: The application.
        company: The firm's name, or the role where there is no firm.
        since: The day of the last sign of life.
        days: Days from then to today.
        promised_on: The day they promised an answer by.
        asked_on: The day of the last line the person sent.
        step: One of ``STEPS``.
        due_on: The day of the next step; today or earlier unless ``step`` is ``wait``.
    """

    application_id: str
    company: str
    since: dt.date
    days: int
    promised_on: dt.date | None
    asked_on: dt.date | None
    step: str
    due_on: dt.date


def silent(history: SilentFrames, today: dt.date, habits: Habits = USUAL) -> tuple[Silent, ...]:
    """Every open application that waits, the longest silence first within each step; no step is done here.

    Applications the person no longer waits for are left out, until something happens with them again. Where
    nobody has talked to the person yet, no line is due: only a long silence shows.
    """
    applications = history.applications.set_index("id")
    first, second = days_of(history, ASKED), days_of(history, ASKED_AGAIN)
    resting = let_go(history)
    found = []
    for row in history.silence(today).dropna(subset=["last_sign_on"]).to_dict("records"):
        key, since = str(row["application_id"]), pd.Timestamp(row["last_sign_on"]).date()
        if key in resting and resting[key] >= since:
            continue
        application = applications.loc[key]
        promised = _day(application["answer_promised_on"])
        asked = [day for day in (first.get(key), second.get(key)) if day is not None and day >= since]
        talked = str(application["stage"]) in UNDER_WAY
        step, due = _step(today, since, promised, asked, habits, talked=talked)
        found.append(
            Silent(
                application_id=key,
                company=_text(application["company"]) or _text(application["role"]),
                since=since,
                days=int(row["days"]),
                promised_on=promised,
                asked_on=max(asked, default=None),
                step=step,
                due_on=due,
            )
        )
    return tuple(sorted(found, key=lambda one: (STEPS.index(one.step), one.since, one.company)))


def _step(
    today: dt.date,
    since: dt.date,
    promised: dt.date | None,
    asked: list[dt.date],
    habits: Habits,
    *,
    talked: bool,
) -> tuple[str, dt.date]:
    """What is usual now, and since when; for ``wait``, what comes next and when."""
    late_after = min(habits.late_after, habits.let_go_after)
    start = max(since, promised) if promised is not None else since
    late, gone = start + dt.timedelta(days=late_after), start + dt.timedelta(days=habits.let_go_after)
    steps = [("let-go", gone), ("late", late)]
    if talked and not asked:
        after = (
            working_days_after(promised, habits.grace_working_days)
            if promised is not None
            else since + dt.timedelta(days=habits.ask_after)
        )
        steps.append(("ask", after))
    elif talked and len(asked) == 1:
        again = asked[0] + dt.timedelta(days=habits.ask_again_after)
        # A second line that is due goes before "probably a no", which leads nowhere by itself.
        steps.insert(1, ("again", again))
    for step, day in steps:
        if today >= day:
            return step, day
    return "wait", min(day for _, day in steps)


def let_go(history: SilentFrames) -> Mapping[str, dt.date]:
    """The applications the person no longer waits for, each with the day it said so."""
    return days_of(history, LET_GO)


def days_of(history: SilentFrames, question: str) -> dict[str, dt.date]:
    """The day answered to a question about applications, by application."""
    answers = history.answers
    given = answers[(answers["question"] == question) & answers["application_id"].notna()]
    return {
        str(key): dt.date.fromisoformat(str(value))
        for key, value in zip(given["application_id"], given["value"], strict=True)
    }


@dataclass(frozen=True, kw_only=True)
class Finish:
    """Whether the search is over: only the first day at work ends it.

    Attributes:
        state: ``open``, ``accepted`` (no first day yet), ``dated`` (it has not come), ``came`` (it has come and
            nobody has said whether the person started), ``started``.
        application_id: The application it is about; empty for ``open``.
        company: Its firm, or the role.
        starts_on: The first day, where known.
        others: How many other applications are open.
    """

    state: str
    application_id: str = ""
    company: str = ""
    starts_on: dt.date | None = None
    others: int = 0

    @property
    def over(self) -> bool:
        """Whether the plan may rest."""
        return self.state == "started"


def finish(history: SilentFrames, today: dt.date) -> Finish:
    """Where the search stands before its finish line.

    Of several accepted offers the one whose first day is nearest counts. A start noted for a day still to
    come is no start.
    """
    applications = history.applications
    others = int((applications["outcome"] == "open").sum())
    rows = applications[applications["outcome"].isin(["accepted", "started"])].to_dict("records")
    if not rows:
        return Finish(state="open", others=others)
    row = min(rows, key=lambda one: (one["outcome"] != "started", _day(one["starts_on"]) or dt.date.max))
    starts = _day(row["starts_on"])
    if row["outcome"] == "started" and (starts is None or starts <= today):
        state = "started"
    elif starts is None:
        state = "accepted"
    else:
        state = "came" if starts <= today else "dated"
    company = _text(row["company"]) or _text(row["role"])
    return Finish(
        state=state, application_id=str(row["id"]), company=company, starts_on=starts, others=others
    )


def working_days_after(day: dt.date, count: int) -> dt.date:
    """``count`` days after ``day``, Saturdays and Sundays left out."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _day(value: Any) -> dt.date | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)
