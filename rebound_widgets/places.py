"""Where things lie: what ships with Rebound, and the person's own folder."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """The folder ``data`` or ``notebooks``: in the source tree when run from it, else inside the package.

    Raises:
        FileNotFoundError: neither is there, so the installation is incomplete.
    """
    for root in (_PACKAGE / "_shipped", _PACKAGE.parent):
        folder = root / name
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"This installation of Rebound has no {name} folder. Install it again.")


def home(given: str | os.PathLike[str] | None = None) -> Path:
    """The person's own folder: ``given``, else ``REBOUND_HOME``, else the usual place for a program's data.

    The folder is not made here.
    """
    chosen = given or os.environ.get("REBOUND_HOME") or platformdirs.user_data_dir("rebound", appauthor=False)
    return Path(chosen).expanduser().absolute()


def desk_home(given: str | os.PathLike[str] | None = None) -> Path:
    """The folder of a counsellor's desk: ``given``, else ``REBOUND_DESK``, else ``desk`` in their own folder.

    The folder is not made here.
    """
    chosen = given or os.environ.get("REBOUND_DESK")
    return Path(chosen).expanduser().absolute() if chosen else home() / "desk"
