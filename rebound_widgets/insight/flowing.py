"""The flow of a search: every application from the day it was sent to where it is now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from ..domain.application import OUTCOMES, STAGES
from .loops import PROBABLY_NO_DAYS
from .sent import ANSWERED, APPLIED, FINAL, NEVER, OPEN, Frames
from .sent import last_signs as _last_signs
from .sent import sent as _sent

EXITS = ("waiting", "open", "silent", "no", "withdrawn", "declined", "accepted", "started")
"""Where applications can be at a stage: ``open`` is unanswered without a day, so nobody knows how long."""


@dataclass(frozen=True, kw_only=True)
class Exit:
    """Applications that came no further than one stage: one of ``EXITS``, and how many."""

    kind: str
    count: int


@dataclass(frozen=True, kw_only=True)
class FlowStage:
    """A stage of the flow: how many reached it, and where those are that did not go on."""

    stage: str
    count: int
    exits: tuple[Exit, ...]


@dataclass(frozen=True, kw_only=True)
class Flow:
    """The whole flow. The count of a stage is that of the next one and its own exits together.

    Attributes:
        stages: In order; those nobody stopped at are left out unless they are the first.
        undated: Applications without any day.
    """

    stages: tuple[FlowStage, ...]
    undated: int


def flow(history: Frames, today: dt.date) -> Flow:
    """How many applications reached each stage, and what became of the rest; no stages where none was sent."""
    those = _sent(history, today)
    if not len(those.rows):
        return Flow(stages=(), undated=0)
    last = _last_signs(history, those)
    kind = those.outcome.astype(np.int64) + len(EXITS) - len(OUTCOMES)  # open, no, … → silent, no, …
    is_open = those.outcome == OPEN
    kind[is_open & (last > those.today - PROBABLY_NO_DAYS)] = EXITS.index("waiting")
    kind[is_open & (last == NEVER)] = EXITS.index("open")
    table = np.bincount(
        those.stage.astype(np.int64) * len(EXITS) + kind, minlength=len(STAGES) * len(EXITS)
    ).reshape(len(STAGES), len(EXITS))
    reached = table.sum(axis=1)[::-1].cumsum()[::-1]
    stages = tuple(
        FlowStage(
            stage=STAGES[number],
            count=int(reached[number]),
            exits=tuple(
                Exit(kind=name, count=int(count))
                for name, count in zip(EXITS, table[number], strict=True)
                if count
            ),
        )
        for number in range(APPLIED, len(STAGES))
        if reached[number] and (number not in (ANSWERED, FINAL) or table[number].any())
    )
    return Flow(stages=stages, undated=int(np.count_nonzero(last == NEVER)))
