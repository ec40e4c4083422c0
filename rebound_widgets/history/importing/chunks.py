"""Long work in pieces: between them a look at whether to stop, a word of how far it is, a breath for others."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from ...domain.refused import Refused

CHUNK = 500
"""Rows between two looks at ``cancelled``; well under a twentieth of a second."""

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
_T = TypeVar("_T")


def in_chunks(
    items: Iterable[_T], total: int, progress: Progress | None, cancelled: Cancelled | None
) -> Iterator[_T]:
    """``items``; between them a look at ``cancelled``, a word of ``progress``, a breath for other threads."""
    for done, item in enumerate(items, start=1):
        yield item
        if done % CHUNK == 0:
            _pause(min(done, total), total, progress, cancelled)
    _pause(total, total, progress, cancelled)


def _pause(done: int, total: int, progress: Progress | None, cancelled: Cancelled | None) -> None:
    if cancelled is not None and cancelled():
        raise Refused("import-cancelled", "The import was stopped. Nothing was changed.")
    if progress is not None:
        progress(done, total)
    time.sleep(0)
