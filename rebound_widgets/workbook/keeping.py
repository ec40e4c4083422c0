"""Takes backups of an open workbook when they are due, in a worker, so that no page waits for one."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator

from ..domain.refused import Refused
from ..store import Store

LOOK_AGAIN_S = 60
"""How long after a look at which no backup was due the next one comes, while something is not backed up."""

Cancel = Callable[[], None]
After = Callable[[float, Callable[[], None]], Cancel]
"""Calls a function in a worker after so many seconds; returns what calls that off."""


def after(seconds: float, work: Callable[[], None]) -> Cancel:
    """``After`` with a thread. It does not keep the program from ending."""
    timer = threading.Timer(seconds, work)
    timer.daemon = True
    timer.start()
    return timer.cancel


class Keeper:
    """Looks after every write, and each minute from then on, until what was written is in a backup.

    Looking each minute, and not once after half an hour, also holds when the computer sleeps or its clock is
    moved. A backup that could not be made is tried again at the next look.

    Args:
        store: What is backed up.
        after: How a worker is started; a parameter for tests.

    Attributes:
        refused: Why the last backup could not be made; ``None`` when it could, or none was due.
    """

    def __init__(self, store: Store, after: After = after) -> None:
        self._store = store
        self._after = after
        self._guard = threading.Lock()
        self._at_work = threading.Lock()
        self._unkept = False
        self._cancel: Cancel | None = None
        self._closed = False
        self.refused: Refused | None = None

    def wrote(self) -> None:
        """Something was written. Returns at once."""
        with self._guard:
            self._unkept = True
            if self._cancel is None and not self._closed:
                self._cancel = self._after(0, self._look)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """No backup is being made in this process meanwhile; one at work is waited for."""
        with self._at_work:
            yield

    def close(self) -> None:
        """Make the backup that is due, if there is one, and look no more."""
        with self._guard:
            self._closed = True
            if self._cancel is not None:
                self._cancel()
        self._take(closing=True)

    def _look(self) -> None:
        try:
            self._take()
        finally:
            with self._guard:
                self._cancel = None
                if self._unkept and not self._closed:
                    self._cancel = self._after(LOOK_AGAIN_S, self._look)

    def _take(self, *, closing: bool = False) -> None:
        with self._at_work:
            with self._guard:
                # A worker that comes too late must not open the file again.
                if not self._unkept or (self._closed and not closing):
                    return
                # Before the copy: what is written while it is made counts as not in it.
                self._unkept = False
            kept = False
            try:
                kept = self._store.backup_when_due() is not None or self._is_kept()
                self.refused = None
            except Refused as refused:
                self.refused = refused
            finally:
                if not kept:
                    with self._guard:
                        self._unkept = True

    def _is_kept(self) -> bool:
        """Whether the newest revision is in a backup, another window's perhaps."""
        newest = self._store.revision()
        return any(backup.revision == newest for backup in self._store.backups())
