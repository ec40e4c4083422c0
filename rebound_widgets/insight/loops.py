"""Open loops of a search: what was begun and waits for something, and the one thing to do next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from .letter_loops import THANKS_SENT, letter_loops
from .loop import Loop, Search
from .told import Told, answers, date, name, outcome, stage

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


def open_loops(history: Told, today: dt.date, *, later_today: Collection[str] = frozenset()) -> list[Loop]:
    """What is open on ``today``, the most pressing first.

    Applications that were only sent never make a loop each: all that have been silent for
    ``PROBABLY_NO_DAYS`` make one together. A finished or closed application has none.

    Args:
        history: The search.
        today: The local calendar day.
        later_today: The ids of today's interviews whose hour has not come.
    """
    search = Search(
        {one.record_id: one.body for one in history.records("application")},
        [one for one in history.records("interview") if one.body.get("held_on")],
        list(answers(history)),
        today,
    )
    if not search.applications:
        return []
    interview_loops = _interview_loops(search, later_today)
    # Before today's talk nobody waits for its answer.
    coming = {loop.application_id for loop in interview_loops if loop.interview_id in later_today}
    thanks_due = {loop.interview_id for loop in interview_loops if loop.kind == "thanks"}
    last = _last_signs(search)
    loops = [
        *interview_loops,
        *[loop for loop in letter_loops(search) if loop.interview_id not in thanks_due],
        *[loop for loop in _answer_loops(search, last) if loop.application_id not in coming],
        *_looks_again(search),
        *_starts(search),
        *_long_silence(search, last),
    ]
    return sorted(loops, key=lambda loop: (ORDER.index(loop.kind), loop.due_on or dt.date.max, loop.company))


def next_step(loops: Iterable[Loop], put_off: Collection[str] = ()) -> Loop | None:
    """The one loop to show as the next step: the first with something to do that was not put off."""
    for loop in loops:
        if loop.due_on is not None and loop.key not in put_off:
            return loop
    return None


def _interview_loops(search: Search, later_today: Collection[str]) -> list[Loop]:
    """Debriefs and thank-you letters due, and interviews still to come."""
    oldest = search.days_ago(DEBRIEF_DAYS)
    recent = [one for one in search.interviews if one.body["held_on"] >= oldest]
    if not recent:
        return []
    debriefed = {one.interview_id for one in search.answers if one.question.startswith("debrief/")}
    thanked = {one.interview_id for one in search.answers if one.question == THANKS_SENT}
    loops = []
    for one in recent:
        application = search.application(one.body.get("application_id"))
        if application is None:
            continue
        held = dt.date.fromisoformat(one.body["held_on"])
        common: dict[str, Any] = {
            "application_id": one.body["application_id"],
            "interview_id": one.record_id,
            "company": name(application),
            "since": held,
        }
        ago, is_open = (search.today - held).days, outcome(application) == "open"
        if one.record_id in later_today:
            loops.append(Loop(kind="interview-soon", due_on=held, **common))
        elif ago < 0 and is_open:
            loops.append(Loop(kind="interview-soon", due_on=held if ago >= -READY_DAYS else None, **common))
        elif 0 <= ago <= DEBRIEF_DAYS and one.record_id not in debriefed:
            loops.append(Loop(kind="debrief", due_on=held + dt.timedelta(days=1), **common))
        elif 0 <= ago <= THANKS_DAYS and one.record_id not in thanked and is_open:
            loops.append(Loop(kind="thanks", due_on=held + dt.timedelta(days=1), **common))
    return loops


def _last_signs(search: Search) -> dict[str, str]:
    """The last day anything happened with each application, where one is known."""
    last: dict[str, str] = {}
    for record_id, body in search.applications.items():
        if body.get("applied_on"):
            last[record_id] = body["applied_on"]
    for one in search.interviews:
        record_id = str(one.body.get("application_id"))
        last[record_id] = max(last.get(record_id, ""), one.body["held_on"])
    return last


def _answer_loops(search: Search, last: Mapping[str, str]) -> list[Loop]:
    """Answers promised, and follow-ups due, for open applications that got as far as a first answer."""
    lately, now = search.days_ago(PROBABLY_NO_DAYS), search.days_ago(0)
    loops = []
    for record_id, body in search.applications.items():
        if outcome(body) != "open" or stage(body) not in UNDER_WAY:
            continue
        promised, sign = date(body.get("answer_promised_on")), last.get(record_id)
        common: dict[str, Any] = {
            "application_id": record_id,
            "interview_id": None,
            "company": name(body),
        }
        if promised is not None and search.today <= promised:
            loops.append(
                Loop(kind="answer-awaited", since=promised, known_on=promised, due_on=None, **common)
            )
        elif promised is not None:
            due = _working_days_after(promised, GRACE_WORKING_DAYS)
            loops.append(Loop(kind="follow-up", since=promised, known_on=promised, due_on=due, **common))
        elif sign is not None and lately <= sign <= now:
            heard = dt.date.fromisoformat(sign)
            due = heard + dt.timedelta(days=FOLLOW_UP_DAYS)
            kind = "follow-up" if search.today >= due else "answer-awaited"
            loops.append(Loop(kind=kind, since=heard, due_on=due if search.today >= due else None, **common))
    return loops


LOOK_AGAIN = "no/silence-on"
"""The question for the day on which a silence is looked at again."""


def _looks_again(search: Search) -> list[Loop]:
    """Silences whose day to look at them again has come, while nobody has answered."""
    loops = []
    for one in search.answers:
        if one.question != LOOK_AGAIN:
            continue
        application, day = search.application(one.application_id), dt.date.fromisoformat(one.text)
        if application is None or outcome(application) != "open" or day > search.today:
            continue
        about: dict[str, Any] = {"application_id": str(one.application_id), "interview_id": None}
        loops.append(Loop(kind="look-again", company=name(application), since=day, due_on=day, **about))
    return loops


def _starts(search: Search) -> list[Loop]:
    """Accepted offers whose first day has not come or is not known: the search is not over until then."""
    loops = []
    for record_id, body in search.applications.items():
        starts = date(body.get("starts_on"))
        if outcome(body) != "accepted" or (starts is not None and starts < search.today):
            continue
        loops.append(
            Loop(
                kind="start-date",
                application_id=record_id,
                interview_id=None,
                company=name(body),
                since=date(body.get("outcome_on")) or search.today,
                due_on=search.today if starts is None else None,
                known_on=starts,
            )
        )
    return loops


def _long_silence(search: Search, last: Mapping[str, str]) -> list[Loop]:
    """One loop for all open applications without a sign of life for a month that are still waited for."""
    let_go = {one.application_id for one in search.answers if one.question == "keep-going/let-go"}
    oldest = search.days_ago(PROBABLY_NO_DAYS)
    silent = [
        last[record_id]
        for record_id, body in search.applications.items()
        if last.get(record_id, oldest) < oldest and outcome(body) == "open" and record_id not in let_go
    ]
    if not silent:
        return []
    return [
        Loop(
            kind="long-silence",
            application_id="",
            interview_id=None,
            company="",
            since=dt.date.fromisoformat(min(silent)),
            due_on=None,
            count=len(silent),
        )
    ]


def _working_days_after(day: dt.date, count: int) -> dt.date:
    """``count`` days after ``day``, Saturdays and Sundays left out."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= day.weekday() < 5
    return day
