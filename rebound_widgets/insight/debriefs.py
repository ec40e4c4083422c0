"""What the debriefs say together: topics, moments, then and now, promised days. Counts, never causes."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .intervals import rate_or_too_few
from .sent import NEVER, OPEN, Frames, day_number, day_numbers
from .values import LEVEL, Rate, TooFew

WEAK = 3
"""An answer rated this or lower is worth practising; the practice deck begins at the same rating."""
RECURS = 2
"""A topic recurs when answers to it were weak in this many interviews."""
FEWEST_RATED = 5
"""Below this many rated answers no topics are shown."""
FEWEST_SIDE = 3
"""Then and now need this many interviews each."""
COMPARED = ("debrief/asked-rating", "debrief/felt-prepared", "debrief/showed-skill", "debrief/showed-wish")
"""The ratings that are set side by side, then and now; all on scales from 1 to 5."""
_ROUNDING = 1 / 12
"""The variance of a rating that is rounded to whole steps: two equal ratings are not known to be equal."""


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One topic of the questions asked.

    Attributes:
        topic: The option's id, or the person's own words.
        asked: How many rated answers it has.
        weak: How many of them were rated ``WEAK`` or lower.
        interviews: In how many interviews that was so.
        mean: The mean rating.
        recurs: Whether that was in ``RECURS`` interviews or more.
    """

    topic: str
    asked: int
    weak: int
    interviews: int
    mean: float
    recurs: bool


@dataclass(frozen=True, kw_only=True)
class Topics:
    """The topics of all rated answers, those most often weak first, with how many they were counted from."""

    rated: int
    weak: int
    interviews: int
    topics: tuple[Topic, ...]


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Something the person wrote threw them, in their own words, and where."""

    text: str
    interview_id: str
    application_id: str
    held_on: dt.date | None


@dataclass(frozen=True, kw_only=True)
class Change:
    """The mean rating of the later half of the interviews less that of the earlier half.

    Attributes:
        then: Mean of the earlier half.
        now: Mean of the later half.
        estimate: Now less then.
        low: Lower end of its interval (Welch 1947).
        high: Its upper end.
        level: How much it holds: more than ``LEVEL``, since several ratings are compared at once.
        count_then: Interviews in the earlier half.
        count_now: In the later half.
        verdict: ``up``, ``down`` or ``cannot-tell``.
    """

    then: float
    now: float
    estimate: float
    low: float
    high: float
    level: float
    count_then: int
    count_now: int
    verdict: str


@dataclass(frozen=True, kw_only=True)
class ThenNow:
    """One rating, then and now."""

    question: str
    result: Change | TooFew


@dataclass(frozen=True, kw_only=True)
class Promised:
    """Promised days against the days answers came.

    Attributes:
        kept: How many answered by the day they had promised, of those whose day has come.
        median_days_late: Days after the promised day, of those that answered; below 0 is early.
        answered: How many answered.
        waiting: How many have passed their day and not answered.
    """

    kept: Rate | TooFew
    median_days_late: float | None
    answered: int
    waiting: int


def topics(history: Frames) -> Topics | TooFew:
    """The topics asked about, with how the answers were rated; questions taken off the list do not count."""
    asked = _asked(history)
    rated = asked.dropna(subset=["rating"])
    if len(rated) < FEWEST_RATED:
        return TooFew(have=len(rated), need=FEWEST_RATED, of="answers")
    weak = rated[rated["rating"] <= WEAK]
    found = []
    for topic, rows in rated.dropna(subset=["topic"]).groupby("topic", sort=False):
        low = weak[weak["topic"] == topic]
        interviews = int(low["interview_id"].nunique())
        found.append(
            Topic(
                topic=str(topic),
                asked=len(rows),
                weak=len(low),
                interviews=interviews,
                mean=float(rows["rating"].mean()),
                recurs=interviews >= RECURS,
            )
        )
    found.sort(key=lambda one: (-one.interviews, -one.weak, one.mean, one.topic))
    return Topics(
        rated=len(rated),
        weak=len(weak),
        interviews=int(rated["interview_id"].nunique()),
        topics=tuple(found),
    )


def _asked(history: Frames) -> pd.DataFrame:
    """One row a question asked: interview_id, item, topic, rating; in the order they were given."""
    answers = history.answers
    answers = answers[answers["interview_id"].notna()]

    def of(question: str, column: str, name: str) -> pd.DataFrame:
        rows = answers.loc[answers["question"] == question, ["interview_id", "item", column]]
        return rows.rename(columns={column: name}).dropna(subset=["item"])

    both = of("debrief/asked-rating", "number", "rating").merge(
        of("debrief/asked-topic", "value", "topic"), on=["interview_id", "item"], how="outer"
    )
    lists = answers[answers["question"] == "debrief/asked"]
    listed = {
        key: frozenset(json.loads(value))
        for key, value in zip(lists["interview_id"], lists["value"], strict=True)
    }
    kept = [
        item in listed.get(interview, (item,))
        for interview, item in zip(both["interview_id"], both["item"], strict=True)
    ]
    return both[np.array(kept, dtype=bool)]


def threw_me(history: Frames) -> tuple[Moment, ...]:
    """What the person wrote about being thrown, newest interview first; never counted into causes."""
    answers = history.answers
    told = answers[(answers["question"] == "debrief/threw-me") & answers["interview_id"].notna()]
    held = history.interviews.set_index("id")["held_on"]
    moments = [
        Moment(
            text=str(row["value"]),
            interview_id=str(row["interview_id"]),
            application_id=str(row["application_id"]),
            held_on=_day(held.get(row["interview_id"])),
        )
        for row in told.to_dict("records")
    ]
    return tuple(sorted(moments, key=lambda moment: moment.held_on or dt.date.min, reverse=True))


def _day(value: Any) -> dt.date | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()


def then_and_now(history: Frames) -> tuple[ThenNow, ...]:
    """Each rating of ``COMPARED`` in the earlier and the later half of the interviews, by the day held.

    Several ratings in one interview count as their mean; with an odd number the middle interview is left out.
    """
    held = history.interviews.set_index("id")["held_on"].dropna()
    return tuple(
        ThenNow(question=question, result=_change(_by_interview(history, question), held))
        for question in COMPARED
    )


def _by_interview(history: Frames, question: str) -> pd.Series[Any]:
    if question == "debrief/asked-rating":
        means = history.interviews.set_index("id")["mean_rating"]
        return means.dropna().astype("float64")
    answers = history.answers
    rows = answers[(answers["question"] == question) & answers["number"].notna()]
    return rows.dropna(subset=["interview_id"]).set_index("interview_id")["number"].astype("float64")


def _change(ratings: pd.Series[Any], held: pd.Series[Any]) -> Change | TooFew:
    known = ratings[ratings.index.isin(held.index)]
    inorder = known.loc[held.loc[known.index].sort_values(kind="stable").index].to_numpy(dtype=np.float64)
    half = len(inorder) // 2
    if half < FEWEST_SIDE:
        return TooFew(have=len(inorder), need=2 * FEWEST_SIDE, of="debriefs")
    from scipy.special import stdtrit  # noqa: PLC0415 - half a second to load, and only numbers need it

    sides = inorder[:half], inorder[-half:]
    then, now = (float(side.mean()) for side in sides)
    spread = [(float(side.var(ddof=1)) + _ROUNDING) / half for side in sides]
    freedom = sum(spread) ** 2 / sum(part**2 / (half - 1) for part in spread)
    level = 1 - (1 - LEVEL) / len(COMPARED)
    reach = float(stdtrit(freedom, (1 + level) / 2)) * sum(spread) ** 0.5
    change = now - then
    return Change(
        then=then,
        now=now,
        estimate=change,
        low=change - reach,
        high=change + reach,
        level=level,
        count_then=half,
        count_now=half,
        verdict="up" if change > reach else "down" if change < -reach else "cannot-tell",
    )


def promised_dates(history: Frames, today: dt.date) -> Promised | TooFew:
    """Whether answers came by the day that was promised; too few where nothing was promised yet."""
    frame = history.applications
    promised, came = day_numbers(frame["answer_promised_on"]), day_numbers(frame["outcome_on"])
    is_open = (frame["outcome"].cat.codes == OPEN).to_numpy()
    has = promised != NEVER
    answered = has & (came != NEVER)
    overdue = has & ~answered & is_open & (promised < day_number(today))
    of = int(np.count_nonzero(answered | overdue))
    if not of:
        return TooFew(have=0, need=1, of="answers", waiting=int(np.count_nonzero(has)))
    kept = int(np.count_nonzero(answered & (came <= promised)))
    late = came[answered] - promised[answered]
    return Promised(
        kept=rate_or_too_few("promised-kept", kept, of, "answers"),
        median_days_late=float(np.median(late)) if len(late) else None,
        answered=int(np.count_nonzero(answered)),
        waiting=int(np.count_nonzero(overdue)),
    )
