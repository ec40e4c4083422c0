"""Effort beside outcomes, week by week: what one does oneself makes a good week, not what comes back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .sent import NEVER, NO, Days, Frames, day_number, day_numbers, day_of, first_answers
from .sent import sent as _sent
from .values import TooFew

LONGEST_IN_WEEKS = 182
"""Up to this many days answers over time are shown week by week, beyond it month by month."""

QUIET_DAYS = 28
"""Answers over time end this long after the last thing that happened, or today: a search can lie years back."""


@dataclass(frozen=True, kw_only=True)
class EffortWeek:
    """One week from Monday to Sunday.

    Attributes:
        starts_on: Its Monday.
        applications: Applications sent.
        interviews: Interviews held.
        debriefs: Interviews first written about.
        letters: Thank-you letters sent.
        acts: All of these together.
        answers: First answers that came, noes among them.
        noes: Noes that came.
        good: Whether the person did at least as much as they usually do.
    """

    starts_on: dt.date
    applications: int
    interviews: int
    debriefs: int
    letters: int
    acts: int
    answers: int
    noes: int
    good: bool


@dataclass(frozen=True, kw_only=True)
class Effort:
    """Every week from the first act to today, empty ones too.

    Attributes:
        weeks: The oldest first; the last one is not over yet.
        usual: The median of the acts of all weeks that are over and had any; what "usually" means.
        good: How many weeks were good.
        good_without_answers: How many of them brought no answer at all.
    """

    weeks: tuple[EffortWeek, ...]
    usual: float
    good: int
    good_without_answers: int


@dataclass(frozen=True, kw_only=True)
class Period:
    """A week or a month of a search.

    Attributes:
        starts_on: Its first day.
        until: Its last day.
        sent: Applications sent.
        went_on: First answers that were no noes.
        noes: Noes that came.
    """

    starts_on: dt.date
    until: dt.date
    sent: int
    went_on: int
    noes: int


def effort(history: Frames, today: dt.date) -> Effort | TooFew:
    """The weeks of a search; too few where nothing has a day yet."""
    last = day_number(today)
    own = {
        "applications": day_numbers(history.applications["applied_on"]),
        "interviews": day_numbers(history.interviews["held_on"]),
        "debriefs": _debriefs(history),
        "letters": _letters(history),
    }
    back = {"answers": _heard_on(history, today), "noes": _noes_on(history)}
    known = {name: days[(days != NEVER) & (days <= last)] for name, days in (own | back).items()}
    there = [int(days.min()) for days in known.values() if len(days)]
    if not there:
        return TooFew(have=0, need=1, of="days")
    first = _monday(min(there))
    count = (last - first) // 7 + 1
    table = {name: np.bincount((days - first) // 7, minlength=count) for name, days in known.items()}
    acts = sum((table[name] for name in own), np.zeros(count, dtype=np.int64))
    over = acts[:-1][acts[:-1] > 0]
    usual = float(np.median(over)) if len(over) else 0.0
    weeks = tuple(
        EffortWeek(
            starts_on=day_of(first + 7 * week),
            **{name: int(counts[week]) for name, counts in table.items()},
            acts=int(acts[week]),
            good=bool(acts[week] >= max(usual, 1)),
        )
        for week in range(count)
    )
    good = [week for week in weeks if week.good]
    quiet = sum(week.answers == 0 and week.noes == 0 for week in good)
    return Effort(weeks=weeks, usual=usual, good=len(good), good_without_answers=quiet)


def answers_over_time(history: Frames, today: dt.date) -> tuple[Period, ...]:
    """What was sent and what came back, by week, or by month in a long search; empty without any day."""
    those = _sent(history, today)
    heard = first_answers(history, those) if len(those.rows) else those.last_answer
    noes = np.where(those.outcome == NO, those.last_answer, NEVER)
    went_on = np.where(heard == noes, NEVER, heard)
    columns = [days[(days != NEVER) & (days <= those.today)] for days in (those.applied, went_on, noes)]
    there = [int(days.min()) for days in columns if len(days)]
    if not there:
        return ()
    until = min(max(int(days.max()) for days in columns if len(days)) + QUIET_DAYS, those.today)
    starts = _starts(min(there), until)
    counts = [
        np.bincount(np.searchsorted(starts, days, side="right") - 1, minlength=len(starts))
        for days in columns
    ]
    ends = [*(starts[1:] - 1).tolist(), until]
    return tuple(
        Period(starts_on=day_of(start), until=day_of(end), sent=int(a), went_on=int(b), noes=int(c))
        for start, end, a, b, c in zip(starts.tolist(), ends, *counts, strict=True)
    )


def _starts(first: int, last: int) -> Days:
    """The first days of the weeks, or of the months, from ``first`` to ``last``."""
    if last - first < LONGEST_IN_WEEKS:
        return np.arange(_monday(first), last + 1, 7, dtype=np.int64)
    months = np.arange(
        np.datetime64(day_of(first), "M"), np.datetime64(day_of(last), "M") + np.timedelta64(1, "M")
    )
    return months.astype("datetime64[D]").astype(np.int64)


def _monday(day: int) -> int:
    return day - (day + 3) % 7  # 1 January 1970 was a Thursday


def _heard_on(history: Frames, today: dt.date) -> Days:
    those = _sent(history, today)
    return first_answers(history, those) if len(those.rows) else those.last_answer


def _noes_on(history: Frames) -> Days:
    frame = history.applications
    is_no = (frame["outcome"].cat.codes == NO).to_numpy()
    return day_numbers(frame["outcome_on"])[is_no]


def _debriefs(history: Frames) -> Days:
    """The day each interview was first written about."""
    answers = history.answers
    written = answers[(answers["chapter"] == "debrief") & answers["interview_id"].notna()]
    return day_numbers(written.groupby("interview_id")["local_date"].min())


def _letters(history: Frames) -> Days:
    answers = history.answers
    told = answers.loc[answers["question"] == "debrief/thanks-sent", "value"]
    days = [day for day in told if _is_day(day)]
    found: npt.NDArray[np.datetime64] = np.array(days, dtype="datetime64[D]")
    return found.astype(np.int64)


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
