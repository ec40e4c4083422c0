"""Open loops of a search: what was begun and waits for something, and the one thing to do next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from .letter_loops import letter_loops
from .loop import Frames, Loop, applications_of, day_of, name_of, rows_of, stamp

DEBRIEF_DAYS = 30
"""A debrief is offered for this many days after the interview; memory of an interview fades long before."""
FOLLOW_UP_DAYS = 7
"""Without a promised day, one follow-up after a week."""
GRACE_WORKING_DAYS = 2
"""After a promised day, two working days before asking."""
PROBABLY_NO_DAYS = 30
"""After this many days without a sign of life an answer is probably no; asked about, never written."""
READY_DAYS = 5
"""Getting ready becomes the next step this many days before an interview."""
THANKS_DAYS = 3
"""A thank-you letter is offered until this many days after the interview."""

UNDER_WAY = ("answered", "interview", "final", "offer")
"""Stages at which somebody has begun to talk."""

ORDER = (
    "debrief",
    "interview-soon",
    "start-date",
    "thanks",
    "letter",
    "follow-up",
    "look-again",
    "answer-awaited",
    "long-silence",
)
"""Kinds of loop, the one to do first first."""


def open_loops(history: Frames, today: dt.date, *, later_today: Collection[str] = frozenset()) -> list[Loop]:
    """What is open on ``today``, the most pressing first.

    Applications that were only sent never make a loop each: all that have been silent for
    ``PROBABLY_NO_DAYS`` make one together. A finished or closed application has none.

    Args:
        history: The search.
        today: The local calendar day.
        later_today: The ids of today's interviews whose hour has not come.
    """
    applications = history.applications
    if applications.empty:
        return []
    interview_loops = _interview_loops(history, today, later_today)
    # Before today's talk nobody waits for its answer.
    coming = {loop.application_id for loop in interview_loops if loop.interview_id in later_today}
    thanks_due = {loop.interview_id for loop in interview_loops if loop.kind == "thanks"}
    loops = [
        *interview_loops,
        *[loop for loop in letter_loops(history) if loop.interview_id not in thanks_due],
        *[loop for loop in _answer_loops(history, today) if loop.application_id not in coming],
        *_looks_again(history, today),
        *_starts(applications, today),
        *_long_silence(history, today),
    ]
    return sorted(loops, key=lambda loop: (ORDER.index(loop.kind), loop.due_on or dt.date.max, loop.company))


def next_step(loops: Iterable[Loop], put_off: Collection[str] = ()) -> Loop | None:
    """The one loop to show as the next step: the first with something to do that was not put off."""
    for loop in loops:
        if loop.due_on is not None and loop.key not in put_off:
            return loop
    return None


def _interview_loops(history: Frames, today: dt.date, later_today: Collection[str]) -> list[Loop]:
    """Debriefs and thank-you letters due, and interviews still to come."""
    interviews = history.interviews
    interviews = interviews[interviews["held_on"] >= stamp(today, -DEBRIEF_DAYS)]
    if interviews.empty:
        return []
    answers = history.answers
    written = answers[answers["interview_id"].isin(set(interviews["id"]))]
    debriefed = set(written.loc[written["chapter"] == "debrief", "interview_id"])
    thanked = set(written.loc[written["question"] == "debrief/thanks-sent", "interview_id"])
    by_id = applications_of(history, interviews["application_id"])
    loops = []
    for row in rows_of(interviews, "id", "application_id", "held_on"):
        held, application = row["held_on"].date(), by_id.get(row["application_id"])
        if application is None:
            continue
        common: dict[str, Any] = {
            "application_id": row["application_id"],
            "interview_id": row["id"],
            "company": name_of(application),
        }
        ago = (today - held).days
        if row["id"] in later_today:
            loops.append(Loop(kind="interview-soon", since=held, due_on=held, **common))
        elif ago < 0 and application["outcome"] == "open":
            loops.append(
                Loop(kind="interview-soon", since=held, due_on=held if ago >= -READY_DAYS else None, **common)
            )
        elif 0 <= ago <= DEBRIEF_DAYS and row["id"] not in debriefed:
            loops.append(Loop(kind="debrief", since=held, due_on=held + dt.timedelta(days=1), **common))
        elif 0 <= ago <= THANKS_DAYS and row["id"] not in thanked and application["outcome"] == "open":
            loops.append(Loop(kind="thanks", since=held, due_on=held + dt.timedelta(days=1), **common))
    return loops


def _answer_loops(history: Frames, today: dt.date) -> list[Loop]:
    """Answers promised, and follow-ups due, for open applications that got as far as a first answer."""
    applications = history.applications
    last = _last_sign(history)
    lately = (last >= stamp(today, -PROBABLY_NO_DAYS)) & (last <= stamp(today))
    chosen = (
        (applications["outcome"] == "open")
        & applications["stage"].isin(list(UNDER_WAY))
        & (applications["answer_promised_on"].notna() | lately)
    )
    under_way = applications[chosen].assign(heard=last[chosen.to_numpy()])
    loops = []
    for row in rows_of(under_way, "id", "company", "role", "answer_promised_on", "heard"):
        promised, heard = day_of(row["answer_promised_on"]), day_of(row["heard"])
        common: dict[str, Any] = {"application_id": row["id"], "interview_id": None, "company": name_of(row)}
        if promised is not None and today <= promised:
            loops.append(
                Loop(kind="answer-awaited", since=promised, known_on=promised, due_on=None, **common)
            )
        elif promised is not None:
            due = _working_days_after(promised, GRACE_WORKING_DAYS)
            loops.append(Loop(kind="follow-up", since=promised, known_on=promised, due_on=due, **common))
        elif heard is not None:
            due = heard + dt.timedelta(days=FOLLOW_UP_DAYS)
            kind = "follow-up" if today >= due else "answer-awaited"
            loops.append(Loop(kind=kind, since=heard, due_on=due if today >= due else None, **common))
    return loops


def _last_sign(history: Frames) -> npt.NDArray[np.datetime64]:
    """The last day anything happened with each application, in the order of their rows; NaT where none is known."""
    applications, interviews = history.applications, history.interviews
    applied = applications["applied_on"].to_numpy()
    held = interviews.groupby("application_id", sort=False)["held_on"].max()
    if held.empty:
        return applied
    last: npt.NDArray[np.datetime64] = np.fmax(applied, applications["id"].map(held).to_numpy())
    return last


LOOK_AGAIN = "no/silence-on"
"""The question for the day on which a silence is looked at again."""


def _looks_again(history: Frames, today: dt.date) -> list[Loop]:
    """Silences whose day to look at them again has come, while nobody has answered."""
    answers = history.answers
    chosen = answers[(answers["question"] == LOOK_AGAIN) & answers["value"].notna()]
    by_id = applications_of(history, chosen["application_id"])
    loops = []
    for row in rows_of(chosen, "application_id", "value"):
        application, day = by_id.get(row["application_id"]), dt.date.fromisoformat(str(row["value"]))
        if application is None or application["outcome"] != "open" or day > today:
            continue
        about: dict[str, Any] = {"application_id": row["application_id"], "interview_id": None}
        loops.append(Loop(kind="look-again", company=name_of(application), since=day, due_on=day, **about))
    return loops


def _starts(applications: pd.DataFrame, today: dt.date) -> list[Loop]:
    """Accepted offers whose first day has not come or is not known: the search is not over until then."""
    starts = applications["starts_on"]
    accepted = applications[
        (applications["outcome"] == "accepted") & (starts.isna() | (starts >= stamp(today)))
    ]
    return [
        Loop(
            kind="start-date",
            application_id=row["id"],
            interview_id=None,
            company=name_of(row),
            since=day_of(row["outcome_on"]) or today,
            due_on=today if day_of(row["starts_on"]) is None else None,
            known_on=day_of(row["starts_on"]),
        )
        for row in rows_of(accepted, "id", "company", "role", "outcome_on", "starts_on")
    ]


def _long_silence(history: Frames, today: dt.date) -> list[Loop]:
    """One loop for all open applications without a sign of life for a month that are still waited for."""
    applications, answers = history.applications, history.answers
    let_go = set(answers.loc[answers["question"] == "keep-going/let-go", "application_id"])
    last = _last_sign(history)
    silent = (applications["outcome"] == "open").to_numpy() & (last < stamp(today, -PROBABLY_NO_DAYS))
    if let_go:
        silent &= ~applications["id"].isin(let_go).to_numpy()
    if not silent.any():
        return []
    return [
        Loop(
            kind="long-silence",
            application_id="",
            interview_id=None,
            company="",
            since=pd.Timestamp(last[silent].min()).date(),
            due_on=None,
            count=int(silent.sum()),
        )
    ]


def _working_days_after(day: dt.date, count: int) -> dt.date:
    """``count`` days after ``day``, Saturdays and Sundays left out."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= day.weekday() < 5
    return day
