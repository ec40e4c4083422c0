"""The applications that were sent, as arrays: what every count of a search begins with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..domain.application import OUTCOMES, STAGES
from .loops import PROBABLY_NO_DAYS
from .told import Told

APPLIED, ANSWERED, INTERVIEW, FINAL, OFFER = (
    STAGES.index(stage) for stage in ("applied", "answered", "interview", "final", "offer")
)
OPEN, NO, WITHDRAWN, DECLINED, ACCEPTED, STARTED = range(len(OUTCOMES))

NEVER = np.iinfo(np.int64).min
"""Stands for a day that is not known."""

Days = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int8]
Mask = npt.NDArray[np.bool_]


class Frames(Told, Protocol):
    """The frames insights read, as ``History`` gives them, and the records they are made of."""

    @property
    def applications(self) -> pd.DataFrame: ...
    @property
    def interviews(self) -> pd.DataFrame: ...
    @property
    def events(self) -> pd.DataFrame: ...
    @property
    def answers(self) -> pd.DataFrame: ...


@dataclass(frozen=True, kw_only=True, eq=False)
class Sent:
    """Every application that was sent, in the order of the frame; those only saved are left out.

    Attributes:
        rows: Where each stands in the frame of applications.
        stage: The furthest stage as its number in ``STAGES``; an answered offer counts as an offer.
        outcome: Its outcome as its number in ``OUTCOMES``.
        applied: The day it was sent, in days since 1970-01-01; ``NEVER`` where it is not known.
        last_answer: The day of the last answer, the same way; the day somebody withdrew is none.
        withdrawn_on: The day the person withdrew, the same way.
        today: The day it is seen from, the same way.
    """

    rows: npt.NDArray[np.intp]
    stage: Codes
    outcome: Codes
    applied: Days
    last_answer: Days
    withdrawn_on: Days
    today: int

    @property
    def old(self) -> Mask:
        """Those that have had their time: sent ``PROBABLY_NO_DAYS`` ago or longer, or nobody knows when."""
        return np.asarray(self.applied <= self.today - PROBABLY_NO_DAYS)

    @property
    def heard(self) -> Mask:
        """Those that had any answer at all, a no as well."""
        return np.asarray((self.stage > APPLIED) | (self.outcome == NO) | (self.last_answer != NEVER))


def sent(history: Frames, today: dt.date) -> Sent:
    """The applications of a history that were sent, as seen on ``today``."""
    frame = history.applications
    stage = frame["stage"].cat.codes.to_numpy()
    rows = np.flatnonzero(stage >= APPLIED)
    outcome = frame["outcome"].cat.codes.to_numpy()[rows]
    reached = np.where(outcome >= DECLINED, OFFER, stage[rows]).astype(np.int8)
    ended = day_numbers(frame["outcome_on"])[rows]
    return Sent(
        rows=rows,
        stage=reached,
        outcome=outcome.astype(np.int8),
        applied=day_numbers(frame["applied_on"])[rows],
        last_answer=np.where(outcome == WITHDRAWN, NEVER, ended),
        withdrawn_on=np.where(outcome == WITHDRAWN, ended, NEVER),
        today=day_number(today),
    )


def day_number(day: dt.date) -> int:
    """A day as its number since 1970-01-01."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> dt.date:
    """The day of a number since 1970-01-01."""
    return dt.date.fromordinal(int(number) + _EPOCH)


def day_numbers(days: Any) -> Days:
    """A column of days as numbers since 1970-01-01, ``NEVER`` where missing."""
    return np.asarray(days.to_numpy().astype("datetime64[D]").astype(np.int64))


def first_answers(history: Frames, those: Sent) -> Days:
    """The day each application had its first answer of any kind; ``NEVER`` where none is known.

    A first answer is the first known day at any stage after sending, or the day of the last answer where
    that comes first. Days after today do not count yet.
    """
    events = history.events
    later = events["stage"].cat.codes.to_numpy() > APPLIED
    first = _first_by_row(history, events["application_id"][later], day_numbers(events["entered_on"])[later])
    both = np.stack([first[those.rows], np.where(those.last_answer == NEVER, _LATE, those.last_answer)])
    earliest = both.min(axis=0)
    return np.where(earliest > those.today, NEVER, earliest)


def last_signs(history: Frames, those: Sent) -> Days:
    """The last day anything happened with each application, at the latest today; ``NEVER`` where unknown."""
    events, interviews = history.events, history.interviews
    ids = pd.concat([events["application_id"], interviews["application_id"]], ignore_index=True)
    days = np.concatenate([day_numbers(events["entered_on"]), day_numbers(interviews["held_on"])])
    last = np.full(len(history.applications), NEVER, dtype=np.int64)
    where = _rows_of(history, ids)
    known = where >= 0
    np.maximum.at(last, where[known], days[known])
    own = np.maximum(np.maximum(those.applied, those.last_answer), those.withdrawn_on)
    return np.minimum(np.maximum(last[those.rows], own), those.today)


_EPOCH = dt.date(1970, 1, 1).toordinal()
_LATE = np.iinfo(np.int64).max


def _first_by_row(history: Frames, ids: pd.Series[Any], days: Days) -> Days:
    first = np.full(len(history.applications), _LATE, dtype=np.int64)
    where = _rows_of(history, ids)
    known = (where >= 0) & (days != NEVER)
    np.minimum.at(first, where[known], days[known])
    return first


def _rows_of(history: Frames, ids: pd.Series[Any]) -> npt.NDArray[np.intp]:
    """Where each id stands in the frame of applications; -1 where it is not there."""
    if ids.empty:
        return np.empty(0, dtype=np.intp)
    return np.asarray(pd.Index(history.applications["id"]).get_indexer(pd.Index(ids)))
