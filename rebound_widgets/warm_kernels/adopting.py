"""Making grandchildren of this process its children: Linux gives an orphan to the nearest ancestor that asks."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import threading
from collections.abc import Iterator

_PR_SET_CHILD_SUBREAPER = 36
_lock = threading.Lock()
_asked = 0


def can_adopt() -> bool:
    """Whether this system can do it at all."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


@contextlib.contextmanager
def adopting() -> Iterator[None]:
    """Take orphaned descendants in for as long as this lasts, and not longer: others' are not ours to wait for."""
    _count(1)
    try:
        yield
    finally:
        _count(-1)


def _count(change: int) -> None:
    global _asked
    with _lock:
        before, _asked = _asked, _asked + change
        if bool(before) != bool(_asked):
            prctl = ctypes.CDLL(None, use_errno=True).prctl
            if prctl(_PR_SET_CHILD_SUBREAPER, ctypes.c_ulong(bool(_asked)), 0, 0, 0):
                raise OSError(ctypes.get_errno(), "The system does not let this process adopt")
