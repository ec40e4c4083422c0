"""Opening the browser at an address with a token in it, without showing the token to the whole machine."""

from __future__ import annotations

import asyncio
import html
import os
import sys
import threading
import time
import webbrowser
from contextlib import suppress
from pathlib import Path

from .private import write_private

_STAYS_S = 30.0
_LOOKS_S = 60.0


def open_browser(address: str, folder: Path) -> None:
    """Open ``address`` in the person's browser, in the background; quietly nothing where there is none.

    The browser is given a file that leads there, which only this person may read: every user of a machine can
    see the arguments a program was started with. The file is removed after half a minute, by the running server where
    this process has ended by then.
    """
    if not _has_screen():
        return
    file = _place(folder)
    goes_to = html.escape(address, quote=True)
    write_private(
        file,
        '<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
        "<title>Rebound</title>"
        f'<meta http-equiv="refresh" content="0; url={goes_to}"><p><a href="{goes_to}">Rebound</a></p>\n',
    )
    threading.Thread(target=webbrowser.open, args=(file.as_uri(),), daemon=True).start()
    gone = threading.Timer(_STAYS_S, file.unlink, kwargs={"missing_ok": True})
    gone.daemon = True
    gone.start()


def remove_opening_file(folder: Path) -> None:
    """Remove the file that :func:`open_browser` wrote, if it is still there."""
    _place(folder).unlink(missing_ok=True)


def keep_removing(folder: Path) -> None:
    """Every minute of the loop that runs, remove such a file that has had its half minute."""
    file = _place(folder)
    with suppress(OSError):
        if time.time() - file.stat().st_mtime > _STAYS_S:
            file.unlink()
    asyncio.get_running_loop().call_later(_LOOKS_S, keep_removing, folder)


def _place(folder: Path) -> Path:
    """Where the file goes: beside the keys; a browser that is a snap may not look into hidden folders."""
    if sys.platform == "linux" and Path("/snap/bin").is_dir():
        return Path.home() / "opening-rebound.html"
    return folder / "opening.html"


def _has_screen() -> bool:
    """Whether there is a desktop to open a window on; else a text browser would take the terminal over."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
