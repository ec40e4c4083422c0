"""Whether the intervals and chances hold what they say, on simulated searches whose truth is known.

Every draw is seeded. ``python bench/calibration.py`` prints the tables that docs/decisions/0008-intervals.md quotes;
``tests/insight/test_calibration.py`` runs a short version.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from rebound_widgets.domain.application import OUTCOMES, STAGES
from rebound_widgets.insight import Rate, base_rate, compare, stage_rates, step_of, time_to_answer
from rebound_widgets.insight.intervals import jeffreys, wilson
from rebound_widgets.insight.odds import WEIGHT, odds_from
from rebound_widgets.insight.values import LEVEL, TooFew

SEED = 20261105
TODAY = dt.date(2026, 11, 5)
SIZES = (5, 8, 12, 20, 30, 50, 100, 200, 500)
RATES = (0.03, 0.05, 0.1, 0.2, 0.3, 0.45)
SILENT = (0, 7, 14, 30, 45)
MEDIAN_DAYS, SPREAD = 9.0, 1.1
"""Days to an answer are log-normal: about the pace of the published logs (90 % by day 37)."""


# Frames without a workbook -------------------------------------------------------------------------------


def frames(
    stage: np.ndarray, outcome: np.ndarray, applied: np.ndarray, ended: np.ndarray, **more: Any
) -> SimpleNamespace:
    """The frames of a search from arrays: stage and outcome by number, days as ``datetime64[s]``."""
    count = len(stage)
    words = pd.array([f"a{n}" for n in range(count)], dtype="str")
    applications = pd.DataFrame(
        {
            "id": words,
            "stage": pd.Categorical.from_codes(stage, categories=pd.Index(STAGES), ordered=True),
            "outcome": pd.Categorical.from_codes(outcome, categories=pd.Index(OUTCOMES)),
            "applied_on": applied.astype("datetime64[s]"),
            "outcome_on": ended.astype("datetime64[s]"),
            **more,
        }
    )
    none = pd.array([], dtype="str")
    events = pd.DataFrame(
        {
            "application_id": none,
            "stage": pd.Categorical([], categories=pd.Index(STAGES), ordered=True),
            "entered_on": np.array([], dtype="datetime64[s]"),
        }
    )
    interviews = pd.DataFrame({"application_id": none, "held_on": np.array([], dtype="datetime64[s]")})
    return SimpleNamespace(applications=applications, interviews=interviews, events=events)


def searches(count: int, size: int, draw: np.random.Generator) -> Iterator[tuple[float, Rate]]:
    """Simulated searches: the true rate of going on to an interview, drawn from Jeffreys' prior, and ours."""
    old = np.full(size, np.datetime64(TODAY - dt.timedelta(days=90)), dtype="datetime64[D]")
    never = np.full(size, np.datetime64("NaT"), dtype="datetime64[D]")
    for true in draw.beta(0.5, 0.5, count):
        stage = np.where(draw.random(size) < true, STAGES.index("interview"), STAGES.index("applied"))
        found = stage_rates(frames(stage, np.zeros(size, dtype=int), old, never), TODAY)
        rate = step_of(found, "applied-interview").rate
        assert isinstance(rate, Rate)
        yield float(true), rate


# How often the intervals hold ----------------------------------------------------------------------------


def coverage(count: int, size: int, draw: np.random.Generator) -> float:
    """The share of simulated searches whose interval holds their true rate."""
    held = [rate.low <= true <= rate.high for true, rate in searches(count, size, draw)]
    return float(np.mean(held))


def odds_coverage(count: int, size: int, draw: np.random.Generator, ahead: int = 1) -> float:
    """The same of the odds of an offer: true rates drawn from the prior that is stated on the page."""
    prior = base_rate("interviewed-to-offer")
    true = draw.beta(prior.estimate * WEIGHT, (1 - prior.estimate) * WEIGHT, count)
    hits = draw.binomial(size, true)
    ends = {hit: odds_from(int(hit), size, n=ahead, prior=prior) for hit in np.unique(hits)}
    chance = 1 - (1 - true) ** ahead
    held = [ends[hit].low <= one <= ends[hit].high for hit, one in zip(hits, chance, strict=True)]
    return float(np.mean(held))


def fixed_coverage(interval: Any, rate: float, size: int) -> float:
    """How often an interval holds one fixed rate: exact, summed over every count there could be."""
    from scipy.stats import binom

    hits = np.arange(size + 1)
    low, high = interval(hits, np.full(size + 1, size))
    return float(binom.pmf(hits, size, rate)[(low <= rate) & (rate <= high)].sum())


def mean_coverage(size: int) -> float:
    """How often our interval holds, averaged exactly over every rate that Jeffreys' prior allows."""
    rates = np.sin(np.linspace(0, np.pi / 2, 801)[1:-1]) ** 2  # equal steps of that prior
    return float(np.mean([fixed_coverage(jeffreys, float(rate), size) for rate in rates]))


def difference_coverage(count: int, size: int, draw: np.random.Generator) -> float:
    """How often the interval of a difference holds it; both rates drawn from Jeffreys' prior."""
    true = draw.beta(0.5, 0.5, (count, 2))
    hits = draw.binomial(size, true)
    held = []
    for (one, other), (first, second) in zip(true, hits.tolist(), strict=True):
        found = compare((first, size), (second, size))
        assert not isinstance(found, TooFew)
        held.append(found.low <= one - other <= found.high)
    return float(np.mean(held))


# Whether chances come true -------------------------------------------------------------------------------


def waiting_search(
    size: int, answered: float, draw: np.random.Generator
) -> tuple[SimpleNamespace, np.ndarray]:
    """A search of 150 days seen from today, and how long each answer takes, endless where none comes."""
    comes = draw.random(size) < answered
    lasts = np.floor(np.exp(np.log(MEDIAN_DAYS) + SPREAD * draw.standard_normal(size)))
    takes = np.where(comes, lasts, np.inf)
    age = draw.integers(0, 151, size)
    applied = np.datetime64(TODAY) - age.astype("timedelta64[D]")
    seen = takes <= age
    ended = np.where(seen, applied + np.where(seen, takes, 0).astype("timedelta64[D]"), np.datetime64("NaT"))
    outcome = np.where(seen, OUTCOMES.index("no"), OUTCOMES.index("open"))
    return frames(np.full(size, STAGES.index("applied")), outcome, applied, ended), takes


def silence(count: int, size: int, draw: np.random.Generator) -> dict[int, tuple[float, float, float]]:
    """After each many days of silence: our mean chance, what came true, and what answered-only counts say.

    What came true is taken from 20,000 applications a search that nobody has looked at; the wrong way counts
    the answered applications alone and takes each unanswered one for a no.
    """
    said: dict[int, list[tuple[float, float, float]]] = {days: [] for days in SILENT}
    for answered in draw.uniform(0.15, 0.6, count):
        search, _ = waiting_search(size, float(answered), draw)
        curve = time_to_answer(search, TODAY)
        assert not isinstance(curve, TooFew)
        _, unseen = waiting_search(20_000, float(answered), draw)
        for days in SILENT:
            chance = curve.chance_after(days)
            if isinstance(chance, TooFew):
                continue
            silent = unseen > days
            true = float(np.mean(unseen[silent] <= chance.until))
            later = sum(n for day, n in zip(curve.days, curve.answers, strict=True) if day > days)
            earlier = curve.answered - later
            said[days].append((chance.estimate, true, later / max(curve.sent - earlier, 1)))
    return {days: tuple(np.mean(rows, axis=0).tolist()) for days, rows in said.items() if rows}


def bins(count: int, size: int, draw: np.random.Generator) -> list[tuple[float, float, int]]:
    """Said and true in tenths of what was said, over all silences: mean said, mean true, how many."""
    rows = []
    for answered in draw.uniform(0.15, 0.6, count):
        search, _ = waiting_search(size, float(answered), draw)
        curve = time_to_answer(search, TODAY)
        assert not isinstance(curve, TooFew)
        _, unseen = waiting_search(5_000, float(answered), draw)
        for days in SILENT:
            chance = curve.chance_after(days)
            if not isinstance(chance, TooFew):
                rows.append((chance.estimate, float(np.mean(unseen[unseen > days] <= chance.until))))
    said, true = np.array(rows).T
    place = np.floor(said * 10).astype(int)
    return [
        (float(said[place == one].mean()), float(true[place == one].mean()), int((place == one).sum()))
        for one in np.unique(place)
        if (place == one).sum() >= 30
    ]


def median_days(count: int, size: int, draw: np.random.Generator) -> tuple[float, float, float]:
    """Days to an answer: true median, median of our curve, median of the answered ones alone; young searches.

    The searches are 40 days old, so slow answers are not there yet.
    """
    true, ours, wrong = [], [], []
    for _ in range(count):
        takes = np.floor(np.exp(np.log(MEDIAN_DAYS) + SPREAD * draw.standard_normal(size)))
        age = draw.integers(0, 41, size)
        seen = takes <= age
        applied = np.datetime64(TODAY) - age.astype("timedelta64[D]")
        ended = np.where(
            seen, applied + np.where(seen, takes, 0).astype("timedelta64[D]"), np.datetime64("NaT")
        )
        outcome = np.where(seen, OUTCOMES.index("no"), OUTCOMES.index("open"))
        curve = time_to_answer(frames(np.full(size, 1), outcome, applied, ended), TODAY)
        assert not isinstance(curve, TooFew)
        middle = int(np.searchsorted(curve.answered_by, 0.5))
        if middle == len(curve.days):
            continue
        true.append(float(np.median(takes)))
        ours.append(float(curve.days[middle]))
        wrong.append(float(curve.answered_only(0.5) or 0))
    return float(np.mean(true)), float(np.mean(ours)), float(np.mean(wrong))


def main(count: int = 2_000) -> None:
    draw = np.random.default_rng(SEED)
    prior = base_rate("interviewed-to-offer")
    print(f"{count:,} simulated searches each, seed {SEED}, intervals of {LEVEL:.0%}\n")
    print("Rates drawn from the stated prior: how often the interval holds")
    print("     n   step rate   the same exactly   odds of an offer   odds in 5   difference")
    for size in SIZES:
        told = (
            coverage(count, size, np.random.default_rng(SEED + size)),
            mean_coverage(size),
            odds_coverage(10 * count, size, draw),
            odds_coverage(10 * count, size, draw, 5),
            difference_coverage(count, size, draw),
        )
        print(
            f"{size:6}   {told[0]:9.1%}   {told[1]:16.1%}   {told[2]:16.1%}   {told[3]:9.1%}   {told[4]:10.1%}"
        )
    error = 1.96 * (0.9 * 0.1 / count) ** 0.5
    print(f"(chance alone moves a share of {count:,} by {error:.1%} either way)")
    print(f"(odds: prior {prior.estimate:.1%}, counted as {WEIGHT:g} interviews)\n")
    for name, interval in (("Jeffreys", jeffreys), ("Wilson", wilson)):
        print(f"One fixed rate, exact: how often {name} holds it")
        print("     n " + "".join(f"{rate:9.0%}" for rate in RATES) + "     mean")
        for size in SIZES:
            held = [fixed_coverage(interval, rate, size) for rate in RATES]
            print(f"{size:6} " + "".join(f"{one:9.1%}" for one in held) + f"{np.mean(held):9.1%}")
        print()
    few = max(count // 10, 50)
    print(f"Chance that an answer still comes, {few} searches of 200 applications, censored today")
    print("silent   said    true   answered only")
    for days, (said, true, wrong) in silence(few, 200, draw).items():
        print(f"{days:6}  {said:5.1%}  {true:6.1%}  {wrong:14.1%}")
    print("\nthe same by what was said: said, true, how many")
    for said, true, how_many in bins(few, 200, draw):
        print(f"        {said:5.1%}  {true:6.1%}  {how_many:6}")
    true, ours, wrong = median_days(few, 200, draw)
    print(f"\nmedian days to an answer in searches of 40 days: true {true:.1f}, ours {ours:.1f}, ", end="")
    print(f"answered ones alone {wrong:.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
