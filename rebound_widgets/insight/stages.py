"""From stage to stage: how many went on, of those that have had their time."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from ..domain.application import STAGES
from .intervals import rate_or_too_few
from .known_rates import BaseRate, base_rate
from .loops import PROBABLY_NO_DAYS
from .sent import ANSWERED, APPLIED, FINAL, INTERVIEW, OFFER, OPEN, WITHDRAWN, Frames, Mask, Sent
from .sent import last_signs as _last_signs
from .sent import sent as _sent
from .values import Rate, TooFew

BASES: Mapping[str, str] = MappingProxyType(
    {"applied-interview": "applied-interview", "interview-offer": "interviewed-to-offer"}
)
"""Step to the key of the base rate it is held against."""


@dataclass(frozen=True, kw_only=True)
class StepRate:
    """How many of those that reached one stage went on to another.

    Attributes:
        step: ``<from>-<to>``, such as ``applied-interview``.
        from_stage: The stage they had reached.
        to_stage: The stage some of them went on to, or beyond.
        rate: Of those that have had their time.
        waiting: Too young to count; see ``counted``.
        left_out: Withdrawn by the person at that stage, so nobody knows.
        base: The base rate of the same step, where there is one.
    """

    step: str
    from_stage: str
    to_stage: str
    rate: Rate | TooFew
    waiting: int
    left_out: int
    base: BaseRate | None


def stage_rates(history: Frames, today: dt.date) -> tuple[StepRate, ...]:
    """The rate of each step of this search, in order; interview and offer always, other stages where used.

    An application counts at its first step once ``PROBABLY_NO_DAYS`` have passed since it was sent, whatever
    came of it, since counting young successes and not young silence would flatter. From the interview on it
    counts as soon as it went on or was answered, and otherwise after the same time of silence. Without a day
    it counts.
    """
    those = _sent(history, today)
    stages = [APPLIED, *(s for s in (ANSWERED,) if _used(those, s)), INTERVIEW]
    stages += [*(s for s in (FINAL,) if _used(those, s)), OFFER]
    steps = list(itertools.pairwise(stages))
    for whole in ((APPLIED, INTERVIEW), (INTERVIEW, OFFER)):
        if whole not in steps:
            steps.append(whole)
    last = _last_signs(history, those) if len(those.rows) else those.applied
    return tuple(_step(those, last <= those.today - PROBABLY_NO_DAYS, *step) for step in sorted(steps))


def step_of(rates: tuple[StepRate, ...], step: str) -> StepRate:
    """One step of ``stage_rates`` by its name."""
    return next(one for one in rates if one.step == step)


def counted(those: Sent, silent: Mask, from_stage: int, to_stage: int) -> tuple[Mask, Mask]:
    """Which applications reached ``from_stage``, and which of them count at the step from it.

    Args:
        those: The applications.
        silent: Those without a sign of life for ``PROBABLY_NO_DAYS``, or without a day.
        from_stage: A stage by its number.
        to_stage: A later one.
    """
    reached = (those.stage >= from_stage) & ~_withdrawn(those, from_stage, to_stage)
    if from_stage == APPLIED:
        return reached, reached & those.old
    return reached, reached & ((those.stage >= to_stage) | (those.outcome != OPEN) | silent)


def _step(those: Sent, silent: Mask, from_stage: int, to_stage: int) -> StepRate:
    step = f"{STAGES[from_stage]}-{STAGES[to_stage]}"
    reached, counts = counted(those, silent, from_stage, to_stage)
    hits = int(np.count_nonzero(counts & (those.stage >= to_stage)))
    of = int(np.count_nonzero(counts))
    waiting = int(np.count_nonzero(reached)) - of
    what = "applications" if from_stage == APPLIED else "interviews" if from_stage >= INTERVIEW else "answers"
    return StepRate(
        step=step,
        from_stage=STAGES[from_stage],
        to_stage=STAGES[to_stage],
        rate=rate_or_too_few(step, hits, of, what, waiting),
        waiting=waiting,
        left_out=int(np.count_nonzero(_withdrawn(those, from_stage, to_stage))),
        base=base_rate(BASES[step]) if step in BASES else None,
    )


def _withdrawn(those: Sent, from_stage: int, to_stage: int) -> Mask:
    between = (those.stage >= from_stage) & (those.stage < to_stage)
    return np.asarray(between & (those.outcome == WITHDRAWN))


def _used(those: Sent, stage: int) -> bool:
    return bool(np.any(those.stage == stage))
