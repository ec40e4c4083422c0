"""Which source, role, size or season answers more: read together, so that chance is not taken for a finding."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from .intervals import Numbers, beta_quantile, jeffreys, rate
from .sent import INTERVIEW, NEVER, Frames, Sent
from .sent import sent as _sent
from .values import FEWEST, LEVEL, Rate, TooFew

BY = ("source", "role_family", "size", "season")
"""What applications can be grouped by; a season is a quarter of the year, such as ``01-03``."""

SEASONS = ("01-03", "04-06", "07-09", "10-12")
_SIZES = np.geomspace(2, 512, 33)


@dataclass(frozen=True, kw_only=True)
class GroupRate:
    """One group's rate, drawn towards that of all applications the more, the fewer it has.

    Attributes:
        group: Its name as the person wrote it, a size, or one of ``SEASONS``.
        hits: How many did.
        of: How many have had their time.
        raw: ``hits / of``, as it stands.
        estimate: Drawn towards the whole.
        low: Lower end of the interval around the estimate.
        high: Its upper end.
        level: How much it holds.
        verdict: ``more`` or ``fewer`` than the whole, guarded for how many groups were read; else
            ``cannot-tell``.
    """

    group: str
    hits: int
    of: int
    raw: float
    estimate: float
    low: float
    high: float
    level: float
    verdict: str


@dataclass(frozen=True, kw_only=True)
class Groups:
    """Every group, those with most applications first.

    Attributes:
        by: What they were grouped by.
        counts: ``answer`` (any, a no too) or ``interview``.
        whole: The rate of all that have had their time, named or not.
        groups: One value a group.
        unnamed: How many of them have no group.
        waiting: How many more have not had their time yet.
        shrunk_by: How many applications of the whole each group's estimate holds besides its own; estimated
            from how different the groups are.
        read: How many groups were read at once, for which verdicts are guarded.
    """

    by: str
    counts: str
    whole: Rate
    groups: tuple[GroupRate, ...]
    unnamed: int
    waiting: int
    shrunk_by: float
    read: int


@dataclass(frozen=True, kw_only=True)
class Difference:
    """How far the first of two rates lies above the second.

    Attributes:
        estimate: First rate less second.
        low: Lower end of its interval.
        high: Its upper end.
        level: How much it holds; more than ``LEVEL`` where several pairs were looked at.
        first: Hits and count of the first.
        second: The same of the second.
        verdict: ``first`` or ``second`` is higher, or ``cannot-tell``.
    """

    estimate: float
    low: float
    high: float
    level: float
    first: tuple[int, int]
    second: tuple[int, int]
    verdict: str


def answers_by(
    history: Frames, today: dt.date, by: str, counts: Literal["answer", "interview"] = "answer"
) -> Groups | TooFew:
    """How many were answered, or led to an interview, by group; of those that have had their time.

    Args:
        history: The search.
        today: The local calendar day.
        by: One of ``BY``.
        counts: ``answer`` counts any answer, a no as well; ``interview`` only those that led to one.

    Raises:
        ValueError: ``by`` or ``counts`` is none of theirs.
    """
    if by not in BY or counts not in ("answer", "interview"):
        raise ValueError(f"Groups are by {', '.join(BY)} and count answer or interview; got {by}, {counts}.")
    those = _sent(history, today)
    old = those.old
    hit = those.heard if counts == "answer" else those.stage >= INTERVIEW
    of, waiting = int(np.count_nonzero(old)), int(np.count_nonzero(~old))
    if of < FEWEST:
        return TooFew(have=of, need=FEWEST, of="applications", waiting=waiting)
    codes, names = _codes(history, those, by)
    named = old & (codes >= 0)
    sizes = np.bincount(codes[named], minlength=len(names))
    hits = np.bincount(codes[named & hit], minlength=len(names))
    there = sizes > 0
    if not there.any():
        return TooFew(have=0, need=1, of="groups", waiting=waiting)
    whole = rate(f"{by}-{counts}", int(np.count_nonzero(old & hit)), of)
    groups, weight = _shrunk(
        [name for name, some in zip(names, there, strict=True) if some], hits[there], sizes[there], whole
    )
    return Groups(
        by=by,
        counts=counts,
        whole=whole,
        groups=groups,
        unnamed=of - int(sizes.sum()),
        waiting=waiting,
        shrunk_by=weight,
        read=len(groups),
    )


def compare(first: tuple[int, int], second: tuple[int, int], *, looked_at: int = 1) -> Difference | TooFew:
    """The difference of two rates with its interval; "cannot tell" is an answer.

    The interval is put together from the two Jeffreys intervals (Newcombe 1998, Statistics in Medicine 17,
    method 10, with Jeffreys limits in place of Wilson's).

    Args:
        first: How many did, and of how many.
        second: The same of the other.
        looked_at: How many pairs were or will be compared; the interval widens for it (Bonferroni).
    """
    fewer = min(first[1], second[1])
    if fewer < FEWEST:
        return TooFew(have=fewer, need=FEWEST, of="applications")
    level = 1 - (1 - LEVEL) / looked_at
    low, high = jeffreys([first[0], second[0]], [first[1], second[1]], level)
    share = np.array([first[0] / first[1], second[0] / second[1]])
    estimate = float(share[0] - share[1])
    under = float(np.hypot(share[0] - low[0], high[1] - share[1]))
    over = float(np.hypot(high[0] - share[0], share[1] - low[1]))
    ends = (estimate - under, estimate + over)
    verdict = "first" if ends[0] > 0 else "second" if ends[1] < 0 else "cannot-tell"
    return Difference(
        estimate=estimate,
        low=ends[0],
        high=ends[1],
        level=level,
        first=first,
        second=second,
        verdict=verdict,
    )


def _codes(history: Frames, those: Sent, by: str) -> tuple[npt.NDArray[np.intp], list[str]]:
    """The group of each application by its number, -1 for none, and the names of the groups."""
    if by == "season":
        day = np.where(those.applied == NEVER, 0, those.applied).astype("datetime64[D]")
        month = day.astype("datetime64[M]").astype(np.int64) % 12
        return np.where(those.applied == NEVER, -1, month // 3).astype(np.intp), list(SEASONS)
    column = history.applications[by]
    if by == "size":
        return column.cat.codes.to_numpy()[those.rows].astype(np.intp), [
            str(n) for n in column.cat.categories
        ]
    codes, names = pd.factorize(column)
    return codes[those.rows], [str(name) for name in names]


def _shrunk(
    names: list[str], hits: npt.NDArray[Any], sizes: npt.NDArray[Any], whole: Rate
) -> tuple[tuple[GroupRate, ...], float]:
    """Each group's rate drawn towards the whole: a beta distribution around it (empirical Bayes)."""
    mean = (whole.hits + 0.5) / (whole.of + 1)
    if len(names) > 1:
        weight = _weight(hits.astype(np.float64), sizes.astype(np.float64), mean)
        towards = mean
    else:  # Drawn towards itself it would look far surer than it is: it stands alone, as any rate does.
        weight, towards = 1.0, 0.5
    first, second = towards * weight + hits, (1 - towards) * weight + sizes - hits
    tail = (1 - LEVEL) / 2
    ends = beta_quantile([[tail], [1 - tail]], first, second)
    guarded = beta_quantile([[tail / len(names)], [1 - tail / len(names)]], first, second)
    order = np.argsort(-sizes, kind="stable")
    return tuple(
        GroupRate(
            group=names[at],
            hits=int(hits[at]),
            of=int(sizes[at]),
            raw=float(hits[at] / sizes[at]),
            estimate=float(first[at] / (first[at] + second[at])),
            low=float(ends[0, at]),
            high=float(ends[1, at]),
            level=LEVEL,
            verdict="more" if guarded[0, at] > mean else "fewer" if guarded[1, at] < mean else "cannot-tell",
        )
        for at in order.tolist()
    ), float(weight)


def _weight(hits: Numbers, sizes: Numbers, mean: float) -> float:
    """How many applications of the whole a group's estimate holds, from how different the groups are.

    The size of the beta distribution under which the groups' counts are most likely, of sizes from 2 to 512.
    """
    from scipy.special import betaln  # noqa: PLC0415 - half a second to load, and only numbers need it

    first, second = mean * _SIZES, (1 - mean) * _SIZES
    likely = np.zeros(len(_SIZES))
    pairs, times = np.unique(np.stack([hits, sizes]), axis=1, return_counts=True)
    for (hit, size), count in zip(pairs.T, times, strict=True):
        likely += count * (betaln(first + hit, second + size - hit) - betaln(first, second))
    return float(_SIZES[int(np.argmax(likely))])
