"""Intervals of a proportion: Jeffreys everywhere; Wilson beside it for the bench that decided so."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from .values import FEWEST, LEVEL, OWN, Rate, Source, TooFew

Numbers = npt.NDArray[np.float64]


def beta_quantile(share: Any, first: Any, second: Any) -> Numbers:
    """The value below which ``share`` of a beta distribution lies; anything that broadcasts."""
    from scipy.special import betaincinv  # noqa: PLC0415 - half a second to load, and only numbers need it

    return np.asarray(betaincinv(first, second, share), dtype=np.float64)


def jeffreys(hits: Any, of: Any, level: Any = LEVEL) -> tuple[Numbers, Numbers]:
    """The Jeffreys interval: equal tails of the beta distribution with half a case added on each side.

    At 0 of n it begins at 0 and keeps its upper end, at n of n it ends at 1 with the whole tail below. With
    rates drawn from its own prior it holds ``level``, and a little more at small n for what it adds at 0; at
    one fixed rate it swings around that.

    Brown, Cai and DasGupta 2001, Statistical Science 16(2). Decision 0008 has the simulation.

    Args:
        hits: How many did; a number or an array.
        of: How many there were; with 0 the interval is that of the prior.
        level: How much it holds.
    """
    hits, of = np.asarray(hits, dtype=np.float64), np.asarray(of, dtype=np.float64)
    tail = 1 - np.asarray(level, dtype=np.float64)
    none, all_of = (hits == 0) & (of > 0), (hits == of) & (of > 0)
    first, second = hits + 0.5, of - hits + 0.5
    low = beta_quantile(np.where(all_of, tail, tail / 2), first, second)
    high = beta_quantile(1 - tail / 2, first, second)
    return np.where(none, 0.0, low), np.where(all_of, 1.0, high)


def wilson(hits: Any, of: Any, level: float = LEVEL) -> tuple[Numbers, Numbers]:
    """The Wilson interval: every rate a score test at ``level`` would not reject.

    Args:
        hits: How many did; a number or an array.
        of: How many there were, at least 1.
        level: How much it holds.
    """
    from scipy.special import ndtri  # noqa: PLC0415 - half a second to load, and only numbers need it

    hits, of = np.asarray(hits, dtype=np.float64), np.asarray(of, dtype=np.float64)
    z = float(ndtri((1 + level) / 2))
    share = hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * np.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return middle - half, middle + half


def rate(name: str, hits: int, of: int, *, level: float = LEVEL, source: Source = OWN) -> Rate:
    """A share with its Jeffreys interval. ``of`` is at least 1."""
    low, high = jeffreys(hits, of, level)
    estimate = hits / of
    return Rate(
        name=name,
        estimate=estimate,
        low=float(low),
        high=float(high),
        level=level,
        hits=int(hits),
        of=int(of),
        source=source,
    )


def rate_or_too_few(name: str, hits: int, of: int, counted: str, waiting: int = 0) -> Rate | TooFew:
    """A share with its interval, or too few where fewer than ``FEWEST`` were counted."""
    if of < FEWEST:
        return TooFew(have=int(of), need=FEWEST, of=counted, waiting=waiting)
    return rate(name, hits, of)


def log_log(survival: Numbers, variance: Numbers, level: float = LEVEL) -> tuple[Numbers, Numbers]:
    """The interval of a survival share on the log(-log) scale, from its Greenwood sum.

    Where the share is 1 or 0 the scale has no place for it: there the interval is the share itself.

    Args:
        survival: Shares that are still waiting.
        variance: Greenwood's sum up to there, of d / (n (n - d)).
        level: How much it holds.
    """
    from scipy.special import ndtri  # noqa: PLC0415 - half a second to load, and only numbers need it

    z = float(ndtri((1 + level) / 2))
    inside = (survival > 0) & (survival < 1)
    log = np.log(np.where(inside, survival, math.exp(-1)))
    spread = np.exp(z * np.sqrt(np.where(inside, variance, 0.0)) / log)
    low = np.where(inside, np.exp(log / spread), survival)
    high = np.where(inside, np.exp(log * spread), survival)
    return np.minimum(low, high), np.maximum(low, high)
