"""Pure functions on frames: what is open, what comes next, how the weeks went."""

from .loops import Loop, next_step, open_loops
from .weeks import Week, weeks

__all__ = ["Loop", "Week", "next_step", "open_loops", "weeks"]
