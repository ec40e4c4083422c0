"""The odds of an offer: a base rate that one's own outcomes outweigh little by little."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np

from .intervals import beta_quantile
from .known_rates import BaseRate, base_rate
from .loops import PROBABLY_NO_DAYS
from .sent import INTERVIEW, OFFER, Frames
from .sent import last_signs as _last_signs
from .sent import sent as _sent
from .stages import counted
from .values import LEVEL, OWN, Rate, Source

BASE = "interviewed-to-offer"
"""The base rate the odds begin with: published logs of people like the reader, not of a large recruiter."""

WEIGHT = 6.0
"""The base rate counts like this many interviews of one's own; see docs/decisions/0008-intervals.md."""


@dataclass(frozen=True, kw_only=True)
class Odds:
    """The chance of at least one offer in the next ``n`` interviews.

    Attributes:
        estimate: The mean of the chance, over everything the rate could be.
        low: The chance where the rate is at the lower end of its interval.
        high: The chance where it is at the upper end.
        level: How much the interval holds.
        n: How many interviews are ahead; several rounds for one job are one.
        hits: Own offers.
        of: Own interviews that were decided; see ``stages.counted``.
        prior: The base rate it began with.
        weight: How many interviews that base rate counts for.
        source: Where the own outcomes were counted.
    """

    estimate: float
    low: float
    high: float
    level: float
    n: int
    hits: int
    of: int
    prior: BaseRate
    weight: float
    source: Source = OWN


@dataclass(frozen=True, kw_only=True)
class Tenths:
    """A share as people say it: ``about`` in ``of``, could be ``low`` to ``high``; 0 is "fewer than 1"."""

    about: int
    low: int
    high: int
    of: int


def odds_of_offer(
    history: Frames, today: dt.date, *, n: int = 1, base: str = BASE, weight: float = WEIGHT
) -> Odds:
    """The odds of at least one offer in the next ``n`` interviews, never too few to tell.

    A beta distribution with the base rate as its mean and ``weight`` as its size, updated by the person's own
    outcomes. Interviews are taken to be independent of each other given the rate.

    Args:
        history: The search.
        today: The local calendar day.
        n: How many interviews are ahead, at least 1.
        base: The key of a base rate that is a share.
        weight: How many interviews the base rate counts for, above 0.
    """
    those = _sent(history, today)
    last = _last_signs(history, those) if len(those.rows) else those.applied
    _, counts = counted(those, last <= those.today - PROBABLY_NO_DAYS, INTERVIEW, OFFER)
    hits = int(np.count_nonzero(counts & (those.stage >= OFFER)))
    return odds_from(hits, int(np.count_nonzero(counts)), n=n, prior=base_rate(base), weight=weight)


def odds_from(hits: int, of: int, *, n: int = 1, prior: BaseRate, weight: float = WEIGHT) -> Odds:
    """The odds after ``hits`` offers in ``of`` interviews; see ``odds_of_offer``."""
    first = prior.estimate * weight + hits
    second = (1 - prior.estimate) * weight + of - hits
    ends = beta_quantile([(1 - LEVEL) / 2, (1 + LEVEL) / 2], first, second)
    low, high = (1 - (1 - ends) ** n).tolist()
    none = math.lgamma(second + n) - math.lgamma(second) + math.lgamma(first + second)
    none -= math.lgamma(first + second + n)
    return Odds(
        estimate=-math.expm1(none),
        low=low,
        high=high,
        level=LEVEL,
        n=n,
        hits=hits,
        of=of,
        prior=prior,
        weight=weight,
    )


def in_ten(share: Odds | Rate) -> Tenths:
    """A share in tenths, or in hundredths where tenths would say none or all."""
    of = 10 if 0.05 <= share.estimate < 0.95 else 100
    about, low, high = (math.floor(part * of + 0.5) for part in (share.estimate, share.low, share.high))
    return Tenths(about=about, low=min(low, about), high=max(high, about), of=of)
