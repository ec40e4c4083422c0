"""Looking now and then, as long as there is somebody to show it to: another window writes, and a new day begins."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from weakref import WeakMethod

LOOK_EVERY_S = 10.0


class Pulse:
    """Calls a method every ten seconds, in the loop that runs, until its object is gone.

    A page's own beats go to one of its widgets after the other, so with many of them each hears one in minutes.

    Args:
        look: The method. Held weakly: a page that nobody holds any more is not kept alive by being looked after.
    """

    def __init__(self, look: Callable[[], object]) -> None:
        self._look = WeakMethod(look)
        self._has_begun = False

    def begin(self) -> None:
        """Begin, where that was not done before. Without a loop, as in a script, nobody waits for news."""
        if self._has_begun:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        self._has_begun = True
        loop.call_later(LOOK_EVERY_S, self._beat, loop)

    def _beat(self, loop: asyncio.AbstractEventLoop) -> None:
        look = self._look()
        if look is None:
            return
        try:
            look()
        finally:
            loop.call_later(LOOK_EVERY_S, self._beat, loop)
