"""Files of the person's folder that nobody else may read."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from pathlib import Path

from ..domain.refused import Refused

FOLDER = "app"
"""The folder inside the person's folder where the launcher keeps what is its own."""

_RUN_FILE = "run"
_RUN_PREFIX = "rebound-"
_ONLY_ME = 0o600
_OTHERS = 0o077


def private_folder(home: Path) -> Path:
    """The launcher's own folder inside ``home``; both are made, readable by this person only, where missing.

    Raises:
        Refused: the folder cannot be made or written.
    """
    folder = home / FOLDER
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as problem:
        raise Refused(
            "home-unwritable",
            "The folder {folder} cannot be written, and Rebound keeps your workbook there ({problem}). "
            "Choose another with --home.",
            folder=home,
            problem=problem.strerror or type(problem).__name__,
        ) from None
    return folder


def new_run_folder(folder: Path) -> Path:
    """A new empty folder for what lives as long as one server; removes that of a server that was killed.

    It is where the system keeps temporary things, since the path of a unix socket must be short.
    """
    record = folder / _RUN_FILE
    try:
        last = Path(record.read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        last = None
    if last and last.parent == Path(tempfile.gettempdir()) and last.name.startswith(_RUN_PREFIX):
        shutil.rmtree(last, ignore_errors=True)
    made = Path(tempfile.mkdtemp(prefix=_RUN_PREFIX))
    write_private(record, str(made))
    return made


def private_opener(path: str, flags: int) -> int:
    """An ``opener`` for :func:`open` that makes files only this person may read."""
    return os.open(path, flags, _ONLY_ME)


def write_private(path: Path, text: str) -> None:
    """Write ``text`` so that nobody else can read it and no reader ever sees half of it."""
    half = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with open(half, "x", encoding="utf-8", opener=private_opener) as file:
        file.write(text)
    half.replace(path)


def others_may_read(path: Path) -> bool:
    """Whether somebody else on this machine may read ``path``; on Windows modes do not say, so ``False``."""
    return os.name != "nt" and bool(path.stat().st_mode & _OTHERS)
