"""Writes a file whole or not at all, for its owner's eyes only."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from ...domain.refused import Refused

_REASONS = {
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.EROFS: "it can only be read",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.ENAMETOOLONG: "the name is too long",
}


def write_file(path: Path, data: bytes) -> Path:
    """Put ``data`` at ``path``: synced to disk and readable by its owner only, or nothing changed.

    An older file of that name is replaced.

    Raises:
        Refused: the folder is missing, ``path`` is a folder, or it cannot be written.
    """
    if not path.parent.is_dir():
        raise Refused(
            "export-no-folder", "There is no folder {folder!r} to write to.", folder=path.parent.name
        )
    if path.is_dir():
        raise Refused("export-is-folder", "{name!r} is a folder; choose a file's name.", name=path.name)
    passing = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}")
    try:
        handle = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            passing.unlink()
        raise Refused(
            "export-unwritable",
            "The file {name!r} cannot be written: {reason}.",
            name=path.name,
            reason=_REASONS.get(error.errno or 0, "the system refused it"),
        ) from error
    return path
