"""How often one caller may ask."""

from __future__ import annotations

import time
from collections.abc import Callable

_MOST_KNOWN = 50_000


class Pace:
    """A bucket for each caller that fills steadily.

    Args:
        a_second: How fast it fills.
        most: How much it holds.
        clock: Seconds that only grow.
    """

    def __init__(self, a_second: float, most: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._a_second, self._most, self._clock = a_second, most, clock
        self._left: dict[str, tuple[float, float]] = {}

    def allows(self, caller: str) -> bool:
        """Whether the caller may ask now; takes one if so."""
        now = self._clock()
        left, then = self._left.get(caller, (self._most, now))
        left = min(self._most, left + (now - then) * self._a_second)
        if len(self._left) >= _MOST_KNOWN and caller not in self._left:
            self._left.clear()
        self._left[caller] = (left - 1, now) if left >= 1 else (left, now)
        return left >= 1
