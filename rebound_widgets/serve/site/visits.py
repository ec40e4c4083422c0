"""Who visits: each has a folder of their own, until a day after their last sign of life."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ...domain.refused import Refused
from ..private import private_opener

KEPT_FOR = dt.timedelta(hours=24)
"""How long a workbook stays after the last sign of life."""
_NAME = re.compile(r"[0-9a-f]{64}")
_LEAVING = "leaving-"
_SIGN = "seen"
_LONGEST_KEY = 100

Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    """The moment, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Visit:
    """One visitor's place.

    Attributes:
        name: The name of their folder. It says nothing: it is a digest of their key.
        folder: Everything of theirs.
    """

    name: str
    folder: Path

    @property
    def home(self) -> Path:
        """The folder of their workbook."""
        return self.folder / "home"


class Visits:
    """The visitors of one site, each in a folder that is named by a digest of the key in their browser.

    Whoever lists the folder learns how many there are, and can come in as none of them.

    Args:
        root: The folder of folders; made where missing.
        clock: Gives the moment, in UTC.
        kept_for: How long after the last sign of life a visit ends.
    """

    def __init__(self, root: Path, *, clock: Clock = utc_now, kept_for: dt.timedelta = KEPT_FOR) -> None:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.root = root
        self._clock = clock
        self._kept_for = kept_for

    def __len__(self) -> int:
        return sum(1 for _ in self.all())

    def all(self) -> Iterator[Visit]:
        """Every visit that has a folder, those that are over included."""
        for folder in self.root.iterdir():
            if _NAME.fullmatch(folder.name):
                yield Visit(folder.name, folder)

    def begin(self) -> str:
        """A new visit; returns the key that opens it, which is kept nowhere here."""
        key = secrets.token_urlsafe(32)
        visit = self._place(key)
        visit.folder.mkdir(mode=0o700)
        visit.home.mkdir(mode=0o700)
        self.sign(visit)
        return key

    def find(self, key: str) -> Visit | None:
        """The visit that ``key`` opens; ``None`` where there is none, or it is over."""
        if not 0 < len(key) <= _LONGEST_KEY:
            return None
        visit = self._place(key)
        return visit if visit.folder.is_dir() and self._clock() < self.ends_at(visit) else None

    def named(self, name: str) -> Visit | None:
        """The visit with that folder; ``None`` where it is gone."""
        visit = Visit(name, self.root / name)
        return visit if _NAME.fullmatch(name) and visit.folder.is_dir() else None

    def sign(self, visit: Visit) -> None:
        """A sign of life, now; of a visit that is gone it is none."""
        now = self._clock().timestamp()
        try:
            with open(visit.folder / _SIGN, "ab", opener=private_opener):
                os.utime(visit.folder / _SIGN, (now, now))
        except FileNotFoundError:
            return

    def ends_at(self, visit: Visit) -> dt.datetime:
        """When a visit ends if there is no further sign of life."""
        try:
            seen = (visit.folder / _SIGN).stat().st_mtime
        except OSError:  # cut off while it was made
            seen = 0.0
        return dt.datetime.fromtimestamp(seen, dt.UTC) + self._kept_for

    def over(self) -> list[Visit]:
        """The visits whose end has come."""
        now = self._clock()
        return [visit for visit in self.all() if now >= self.ends_at(visit)]

    def end(self, visit: Visit) -> None:
        """Take away everything of a visit. Nobody finds half of it: it loses its name first.

        Raises:
            Refused: something of it could not be removed.
        """
        leaving = self.root / f"{_LEAVING}{secrets.token_hex(8)}"
        try:
            visit.folder.rename(leaving)
        except FileNotFoundError:
            return
        self._remove(leaving)

    def clear(self) -> None:
        """Take away what was being taken away when the server was stopped.

        Raises:
            Refused: as in :meth:`end`.
        """
        for folder in self.root.glob(f"{_LEAVING}*"):
            self._remove(folder)

    def _place(self, key: str) -> Visit:
        name = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
        return Visit(name, self.root / name)

    def _remove(self, folder: Path) -> None:
        # A kernel that is ending may make its last backup while its folder is being emptied.
        for _ in range(3):
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                return
        raise Refused(
            "visit-not-removed",
            "A visitor's folder in {folder} could not be removed. Remove what begins with “{begins}” there.",
            folder=self.root,
            begins=_LEAVING,
        )
