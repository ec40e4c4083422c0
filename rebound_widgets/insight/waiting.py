"""How long an answer takes: the curve of a search with everything that still waits counted in."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .intervals import Numbers, jeffreys, log_log
from .known_rates import base_rate
from .sent import APPLIED, NEVER, OPEN, Days, Frames, Mask, Sent, first_answers
from .sent import sent as _sent
from .values import FEWEST, LEVEL, OWN, Source, TooFew

FOLLOW_UP, SECOND, LET_GO = 7, 14, 30
"""Days after the last sign of life, where one's own curve cannot say better; evidence.md has the reasons."""

OWN_ANSWERS = 20
"""From this many answers on the days are taken from one's own curve."""

OWN_DAYS = 45
"""And from this many days of it: a curve of three weeks knows nothing of the sixth."""


@dataclass(frozen=True, kw_only=True)
class Chance:
    """The chance that an answer still comes, after ``days`` of silence and up to day ``until``.

    Attributes:
        estimate: That chance.
        low: Lower end of its interval.
        high: Upper end.
        level: How much the interval holds.
        days: How long it has been silent.
        until: The day of the curve it looks ahead to.
        at_risk: How many of the person's own applications were silent that long.
        source: Where they were counted.
    """

    estimate: float
    low: float
    high: float
    level: float
    days: int
    until: int
    at_risk: int
    source: Source = OWN


@dataclass(frozen=True, kw_only=True)
class WaitingCurve:
    """The share of all sent applications that had an answer by each day: Kaplan and Meier 1958.

    An application that still waits counts for as long as it has waited, so the curve does not mislead as the
    mean of the answered ones does.

    Attributes:
        days: The days after sending on which answers came or the watching of some ended, from 0.
        answered_by: The share answered by that day.
        low: Lower end of its interval (Greenwood on the log-log scale).
        high: Upper end.
        at_risk: How many were silent until that day.
        answers: How many answers came on that day.
        sent: How many applications it is drawn from.
        answered: How many of them were answered.
        left_out: How many could not be used: no day sent, an answer without a day, or before sending.
        level: How much the interval holds.
        source: Where they were counted.
    """

    days: tuple[int, ...]
    answered_by: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    at_risk: tuple[int, ...]
    answers: tuple[int, ...]
    sent: int
    answered: int
    left_out: int
    level: float = LEVEL
    source: Source = OWN

    @property
    def horizon(self) -> int:
        """The last day on which ``FEWEST`` were still watched; beyond it a single answer would move too much."""
        return self.days[self._last]

    @property
    def _last(self) -> int:
        return max((at for at, risk in enumerate(self.at_risk) if risk >= FEWEST), default=0)

    @property
    def watched(self) -> int:
        """The longest that any application has been watched, in days."""
        return self.days[-1]

    def by(self, day: float) -> float:
        """The share of all sent applications that had an answer by that day."""
        place = int(np.searchsorted(self.days, day, side="right")) - 1
        return self.answered_by[place] if place >= 0 else 0.0

    def quantile(self, share: float) -> int | None:
        """The day by which that share of the answers that come by ``horizon`` has come; ``None`` without any."""
        if not self.answered_by[self._last]:
            return None
        wanted = share * self.answered_by[self._last] - 1e-12
        return self.days[int(np.searchsorted(self.answered_by, wanted))]

    def answered_only(self, share: float) -> int | None:
        """The same day, counting answered applications alone, as logs often do; it comes out too early."""
        if not self.answered:
            return None
        wanted = math.ceil(share * self.answered - 1e-9)
        return self.days[int(np.searchsorted(np.cumsum(self.answers), wanted))]

    @property
    def mean_answered_only(self) -> float | None:
        """The mean days of answered applications alone: shown only to say that it misleads."""
        if not self.answered:
            return None
        return float(np.dot(self.days, self.answers)) / self.answered

    def chance_after(self, days_silent: int) -> Chance | TooFew:
        """The chance that an answer still comes after so many days without one.

        The curve is begun anew with those that were silent that long. Where none of them had an answer later,
        the interval is that of 0 in so many.
        """
        later = int(np.searchsorted(self.days, days_silent, side="right"))
        at_risk = self.at_risk[later] if later < len(self.days) else 0
        if at_risk < FEWEST:
            return TooFew(have=at_risk, need=FEWEST, of="applications")
        until = slice(later, self._last + 1)
        risk, came = np.array(self.at_risk[until]), np.array(self.answers[until])
        survival, variance = _product_limit(risk, came)
        if not came.any():
            low, high = jeffreys(0, at_risk)
            ends = (float(low), float(high))
        else:
            below, above = log_log(survival[-1:], variance[-1:])
            ends = (1 - float(above[0]), 1 - float(below[0]))
        return Chance(
            estimate=1 - float(survival[-1]),
            low=ends[0],
            high=ends[1],
            level=self.level,
            days=days_silent,
            until=self.horizon,
            at_risk=at_risk,
        )


@dataclass(frozen=True, kw_only=True)
class WaitingDays:
    """When to ask and when to stop waiting, in days after the last sign of life.

    Attributes:
        follow_up: The first friendly line: half of the answers that come are there.
        second: A second and last one, a week later.
        let_go: Nine in ten of the answers that come are there.
        own: Whether the days come from the person's own curve.
        source: The person's own search, or the base rate the usual days rest on.
    """

    follow_up: int
    second: int
    let_go: int
    own: bool
    source: Source


def time_to_answer(
    history: Frames, today: dt.date, answer: Literal["first", "last"] = "first"
) -> WaitingCurve | TooFew:
    """The curve from sending to an answer; too few where fewer than ``FEWEST`` can be used.

    Args:
        history: The search.
        today: The local calendar day up to which silence is counted.
        answer: ``first`` for any sign of life, ``last`` for the last answer that is known.
    """
    those = _sent(history, today)
    heard = first_answers(history, those) if answer == "first" and len(those.rows) else those.last_answer
    lasted, came, usable = _spans(those, heard)
    if np.count_nonzero(usable) < FEWEST:
        return TooFew(have=int(np.count_nonzero(usable)), need=FEWEST, of="applications")
    return curve(lasted[usable], came[usable], left_out=int(np.count_nonzero(~usable)))


def _spans(those: Sent, heard: Days) -> tuple[Days, Mask, Mask]:
    """How long each lasted, whether an answer came then, and which can be used at all."""
    came = (heard != NEVER) & (heard <= those.today)
    known = those.applied != NEVER
    gone = ~came & (those.withdrawn_on != NEVER)
    ended = np.where(came, heard, np.where(gone, those.withdrawn_on, those.today))
    lasted = np.where(known, ended - np.where(known, those.applied, 0), -1)
    # Answered, withdrawn or accepted without a day: nobody knows how long it lasted.
    undated = ~came & ~gone & ((those.outcome != OPEN) | (those.stage > APPLIED))
    return lasted, came, known & (lasted >= 0) & ~undated


def curve(lasted: Days, came: Mask, *, left_out: int = 0) -> WaitingCurve:
    """The curve of spans in whole days.

    Args:
        lasted: How many days each was watched, 0 or more, in any order; at least one.
        came: Whether an answer came at the end of it.
        left_out: How many could not be used.
    """
    everyone = np.bincount(lasted)
    answers = np.bincount(lasted[came], minlength=len(everyone))
    at_risk = everyone[::-1].cumsum()[::-1]
    days = np.flatnonzero(everyone)
    survival, variance = _product_limit(at_risk[days], answers[days])
    below, above = log_log(survival, variance)
    return WaitingCurve(
        days=tuple(days.tolist()),
        answered_by=tuple((1 - survival).tolist()),
        low=tuple((1 - above).tolist()),
        high=tuple((1 - below).tolist()),
        at_risk=tuple(at_risk[days].tolist()),
        answers=tuple(answers[days].tolist()),
        sent=len(lasted),
        answered=int(np.count_nonzero(came)),
        left_out=left_out,
    )


def _product_limit(at_risk: Days, answers: Days) -> tuple[Numbers, Numbers]:
    """Kaplan and Meier's survival after each day, and Greenwood's sum up to it."""
    waiting = at_risk - answers
    survival = np.cumprod(waiting / at_risk)
    spread = np.divide(
        answers, at_risk * np.maximum(waiting, 1), where=waiting > 0, out=np.zeros(len(answers))
    )
    return np.asarray(survival, dtype=np.float64), np.cumsum(spread)


@dataclass(frozen=True, kw_only=True)
class ReferenceCurve:
    """How fast answers came in published logs, of the answers that came.

    Attributes:
        shares: Shares of the answers.
        early: The day each was there in the fastest of the logs.
        late: The day each was there in the slowest.
        people: How many answers stand behind it.
        source: Who counted.
    """

    shares: tuple[float, ...]
    early: tuple[float, ...]
    late: tuple[float, ...]
    people: int
    source: Source

    def by(self, day: float) -> tuple[float, float, float]:
        """The share of the answers there by that day: in the middle, in the slowest, in the fastest log.

        Between the known days the chance of an answer on a day is taken to be the same each day.
        """
        middle = tuple((one + other) / 2 for one, other in zip(self.early, self.late, strict=True))
        return self._by(day, middle), self._by(day, self.late), self._by(day, self.early)

    def _by(self, day: float, days: tuple[float, ...]) -> float:
        known = [0.0, *days]
        waited = [0.0, *(-math.log1p(-share) for share in self.shares)]
        if day > known[-1]:
            slope = (waited[-1] - waited[-2]) / (known[-1] - known[-2])
            return -math.expm1(-(waited[-1] + slope * (day - known[-1])))
        return -math.expm1(-float(np.interp(day, known, waited)))


def reference_curve() -> ReferenceCurve:
    """The pace of answers in the published logs of data/base_rates.csv."""
    rows = [base_rate(f"answer-days-{which}") for which in ("median", "90", "95")]
    return ReferenceCurve(
        shares=(0.5, 0.9, 0.95),
        early=tuple(row.low for row in rows),
        late=tuple(row.high for row in rows),
        people=rows[0].people or 0,
        source=rows[0].source,
    )


def waiting_days(history: Frames, today: dt.date) -> WaitingDays:
    """When to follow up and when to let go: from one's own curve where it can say, else the usual days."""
    own = time_to_answer(history, today)
    if isinstance(own, TooFew) or own.answered < OWN_ANSWERS or own.watched < OWN_DAYS:
        source = base_rate("answer-days-90").source
        return WaitingDays(follow_up=FOLLOW_UP, second=SECOND, let_go=LET_GO, own=False, source=source)
    half, most = own.quantile(0.5) or 0, own.quantile(0.9) or 0
    follow_up = min(max(half, 5), 14)
    let_go = min(max(most, 21), 60)
    return WaitingDays(follow_up=follow_up, second=follow_up + 7, let_go=let_go, own=True, source=OWN)


def chance_of_answer(history: Frames, today: dt.date, days_silent: int) -> Chance | TooFew:
    """The chance that an answer still comes after so many days of silence; see ``WaitingCurve``."""
    own = time_to_answer(history, today)
    return own if isinstance(own, TooFew) else own.chance_after(days_silent)
