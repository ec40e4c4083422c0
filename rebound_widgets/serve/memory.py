"""Memory that nobody needs goes back to the system: a server that runs for weeks stays as small as it began."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress


class Memory:
    """The memory of one server.

    What the server itself is made of never goes, and is most of what Python would look through each time, 50
    milliseconds long: after the first look it is set aside, and a look takes a few milliseconds. Python by itself looks
    only once a quarter more has come, which is many visits.
    """

    def __init__(self) -> None:
        self._is_set_aside = False

    def give_back(self) -> None:
        """Let go of what visits have left, and give back what the C library holds in reserve.

        Where there is no such call (macOS, Windows, musl) the reserve stays as it is.
        """
        gc.collect()
        if not self._is_set_aside:
            gc.freeze()
            self._is_set_aside = True
        with suppress(AttributeError, OSError, TypeError):  # TypeError: Windows has no library without a name
            ctypes.CDLL(None).malloc_trim(0)
