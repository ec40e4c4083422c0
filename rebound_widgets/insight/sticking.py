"""Where it sticks: the step whose rate is furthest below what other searches came to, and how sure that is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from .intervals import beta_quantile
from .known_rates import BaseRate
from .sent import Frames
from .stages import BASES, stage_rates, step_of
from .values import Rate, TooFew

CLEAR, LIKELY = 0.95, 0.80
"""From how sure on it is said plainly, and from how sure on as a likelihood."""


@dataclass(frozen=True, kw_only=True)
class Sticks:
    """The step to look at first.

    Attributes:
        step: Its name.
        rate: The person's own.
        base: The base rate it is held against.
        sure: The probability that the own rate is below the base rate.
        verdict: ``clear`` or ``likely``, guarded for having looked at several steps; ``nowhere`` where every
            own rate is at or above its base rate; else ``cannot-tell``.
        compared: How many steps were looked at.
    """

    step: str
    rate: Rate
    base: BaseRate
    sure: float
    verdict: str
    compared: int


def where_it_sticks(history: Frames, today: dt.date) -> Sticks | TooFew:
    """The step that is most surely below its base rate; too few where no step has enough."""
    rates = stage_rates(history, today)
    steps = [step_of(rates, step) for step in BASES]
    told = [
        (below(one.rate, one.base), one.step, one.rate, one.base)
        for one in steps
        if isinstance(one.rate, Rate) and one.base is not None
    ]
    if not told:
        return next(one.rate for one in steps if isinstance(one.rate, TooFew))
    sure, step, rate, base = max(told, key=lambda one: one[0])
    guarded = 1 - (1 - sure) * len(told)
    if all(one[2].estimate >= one[3].estimate for one in told):
        verdict = "nowhere"
    else:
        verdict = "clear" if guarded >= CLEAR else "likely" if guarded >= LIKELY else "cannot-tell"
    return Sticks(step=step, rate=rate, base=base, sure=sure, verdict=verdict, compared=len(told))


def below(rate: Rate, base: BaseRate) -> float:
    """The probability that a rate is below a base rate, both as uncertain as their counts make them.

    Half a case is added on each side of both; the base rate is gone through in 400 equal parts. A base rate
    without counts is taken as it stands.
    """
    from scipy.special import betainc  # noqa: PLC0415 - half a second to load, and only numbers need it

    points = np.array([base.estimate])
    if base.hits is not None and base.of is not None:
        points = beta_quantile((np.arange(400) + 0.5) / 400, base.hits + 0.5, base.of - base.hits + 0.5)
    return float(np.mean(betainc(rate.hits + 0.5, rate.of - rate.hits + 0.5, points)))
