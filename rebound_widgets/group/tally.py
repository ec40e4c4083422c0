"""What a room may see of answers: whole blocks of five people, each counted once and never again.

Two totals, however many answers or minutes lie between them, differ by whole blocks. So no difference says anything
about fewer than five people: not the sixth answer, not one that was changed, not one that was taken back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

BLOCK = 5
"""How many people's answers are counted together."""
SETTLED_S = 8.0
"""How long an answer has to stand before it is counted: a finger may slip, and ticks come one by one."""


@dataclass(frozen=True)
class Totals:
    """What the room sees of one thing that was asked.

    Attributes:
        people: How many were counted; a multiple of ``BLOCK``.
        counts: How often each option was picked.
    """

    people: int
    counts: Mapping[str, int]


@dataclass
class _Waiting:
    picks: tuple[str, ...]
    since: float


@dataclass
class Tally:
    """The answers to one thing that is asked.

    Attributes:
        options: What can be picked, in order.
    """

    options: Sequence[str]
    _waiting: dict[str, _Waiting] = field(default_factory=dict)
    _counted: set[str] = field(default_factory=set)
    _sums: Counter[str] = field(default_factory=Counter)

    def answer(self, person: str, picks: Sequence[str], now: float) -> None:
        """Somebody's answer as it stands now; none at all takes it back, as long as it was not counted.

        Args:
            person: Whoever answers; each is counted once.
            picks: What they picked.
            now: The moment, in seconds.
        """
        if person in self._counted:
            return
        kept = tuple(dict.fromkeys(pick for pick in picks if pick in self.options))
        if not kept:
            self._waiting.pop(person, None)
            return
        before = self._waiting.get(person)
        if before is None or before.picks != kept:
            # Anew at the end: the order says nothing about who came first.
            self._waiting.pop(person, None)
            self._waiting[person] = _Waiting(kept, now)

    def count(self, now: float) -> bool:
        """Count the blocks that are whole; whether there were any."""
        settled = [person for person, one in self._waiting.items() if now - one.since >= SETTLED_S]
        blocks = len(settled) // BLOCK
        for person in settled[: blocks * BLOCK]:
            self._sums.update(self._waiting.pop(person).picks)
            self._counted.add(person)
        return blocks > 0

    def totals(self) -> Totals | None:
        """What may be shown; ``None`` before the first block is whole."""
        if not self._counted:
            return None
        return Totals(len(self._counted), {option: self._sums[option] for option in self.options})

    # To disk and back --------------------------------------------------------------------------------------

    def as_json(self) -> dict[str, Any]:
        """Everything, as plain JSON. Of counted answers only the sums are left."""
        waiting = {person: [list(one.picks), one.since] for person, one in self._waiting.items()}
        sums = dict(self._sums)
        return {
            "options": list(self.options),
            "waiting": waiting,
            "counted": sorted(self._counted),
            "sums": sums,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Tally:
        """As it was."""
        waiting = {
            str(person): _Waiting(tuple(map(str, picks)), float(since))
            for person, (picks, since) in kept["waiting"].items()
        }
        return cls(list(kept["options"]), waiting, set(kept["counted"]), Counter(kept["sums"]))
