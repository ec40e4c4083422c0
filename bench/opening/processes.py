"""What a server and everything it has started use of the processor and of memory. Linux only."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[int]:
    """The processes that a process has started and that are there still."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(OSError):
                found += [int(child) for child in (task / "children").read_text().split()]
    return found


def tree(pid: int) -> list[int]:
    """A process and all that came of it."""
    return [pid, *(one for child in children(pid) for one in tree(child))]


def kernels(pid: int) -> list[int]:
    """Those of a server's children that are kernels."""
    found = []
    for child in children(pid):
        with contextlib.suppress(OSError):
            if "ipykernel" in Path(f"/proc/{child}/cmdline").read_text():
                found.append(child)
    return found


def processor_s(pid: int) -> float:
    """Seconds of processor so far, of all the tree, and of what in it has ended."""
    seconds = 0
    for one in tree(pid):
        with contextlib.suppress(OSError):
            times = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            seconds += sum(int(times[place]) for place in range(11, 15))
    return seconds / _TICK


def memory_mb(pid: int, *what: str) -> float:
    """What one process has of memory; ``Pss`` counts a shared page by its share."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return (
        sum(int(size) for name, size in re.findall(r"^(\w+): +(\d+) kB", rows, re.MULTILINE) if name in what)
        / 1024
    )


def tree_mb(pid: int) -> float:
    """What a server and all its processes have, shared pages counted once."""
    return sum(memory_mb(one, "Pss") for one in tree(pid))


def own_mb(pid: int) -> float:
    """What only this process has."""
    return memory_mb(pid, "Private_Clean", "Private_Dirty")
