"""Files and folders of the person's own, apart from what SQLite does in them."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path

from ..domain.refused import Refused
from .sentences import about

SUFFIX = ".rebound"
_DRAFT = ".draft-"
_LEFT_BEHIND_S = 24 * 3600
_MAKING = threading.Lock()
_RULES = {
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EFBIG: "disk-full",
    errno.EACCES: "workbook-read-only",
    errno.EPERM: "workbook-read-only",
    errno.EROFS: "workbook-read-only",
    errno.ENOENT: "workbook-gone",
}


@contextlib.contextmanager
def refusing_disk(path: Path) -> Iterator[None]:
    """Turns what the disk says about ``path`` into a sentence for the person.

    Raises:
        Refused: no room, no permission, or the disk fails.
    """
    try:
        yield
    except OSError as error:
        raise about(_RULES.get(error.errno or 0, "disk-failing"), path) from None


def make_folder(folder: Path) -> None:
    """Make ``folder`` so that only its owner enters; an empty one that is there is narrowed to that.

    A folder with other things in it keeps its permissions: it is not ours to close.

    Raises:
        Refused: it cannot be made.
    """
    try:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            sync_folder(folder.parent)
        with contextlib.suppress(PermissionError):
            if not any(folder.iterdir()):
                folder.chmod(0o700)
    except OSError as error:
        raise Refused(
            "folder-cannot-make",
            "The folder {folder} cannot be used ({reason}). Name another with REBOUND_HOME.",
            folder=folder,
            reason=error.strerror,
        ) from None


def make_file(path: Path) -> None:
    """Make an empty file that only its owner reads, unless there is one.

    Raises:
        Refused: it cannot be made.
    """
    # One at a time in this process: closing the new file here would drop the locks which another thread had
    # taken on it through SQLite meanwhile.
    with _MAKING, refusing_disk(path), contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        sync_folder(path.parent)


def keep_private(path: Path) -> None:
    """Let nobody but the owner read ``path``; what the owner may do with it stays as it was."""
    with contextlib.suppress(OSError):
        mode = path.stat().st_mode
        if mode & 0o077:
            path.chmod(mode & 0o700)


@contextlib.contextmanager
def draft_in(folder: Path) -> Iterator[Path]:
    """A new private file in ``folder`` to fill and move into place; gone afterwards where it was not moved.

    Drafts a day older than this one, which killed processes left behind, go on the way.

    Raises:
        Refused: it cannot be made.
    """
    path = folder / f"{_DRAFT}{secrets.token_hex(6)}{SUFFIX}"
    make_file(path)
    with contextlib.suppress(OSError):
        # Both by the disk's own clock, whatever the computer's says.
        made_at = path.stat().st_mtime
        for left in drafts_in(folder):
            if left.stat().st_mtime < made_at - _LEFT_BEHIND_S:
                left.unlink(missing_ok=True)
    try:
        yield path
    finally:
        for left in (path, journal_of(path)):
            left.unlink(missing_ok=True)


def drafts_in(folder: Path) -> list[Path]:
    """Drafts that a stopped process left behind."""
    return sorted(folder.glob(f"{_DRAFT}*"))


def journal_of(path: Path) -> Path:
    """SQLite's rollback journal of ``path``."""
    return path.with_name(path.name + "-journal")


def move_into_place(draft: Path, path: Path) -> None:
    """Put a finished file at ``path`` in one step, and let it survive a power cut.

    Raises:
        Refused: the disk does not take it.
    """
    with refusing_disk(path):
        number = os.open(draft, os.O_RDWR)
        try:
            os.fsync(number)
        finally:
            os.close(number)
        draft.replace(path)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Let the folder's list of names survive a power cut, where the system can be asked to."""
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
