"""The browser of the bench."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

from faults.proxy import MAPPED

CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str:
    """The path of a Chromium on this machine.

    Raises:
        LookupError: there is none.
    """
    named = os.environ.get("CHROMIUM")
    for name in ([named] if named else []) + list(CANDIDATES):
        found = shutil.which(name)
        if found:
            return found
    raise LookupError(
        "The fault bench needs Chromium. On Debian: sudo apt install chromium. Elsewhere: install Chromium or "
        "Chrome and name it with CHROMIUM=/path/to/it."
    )


@contextlib.contextmanager
def open_browser(*more: str) -> Iterator[Browser]:
    """A Chromium that looks for the server behind the proxy, or with other flags of one's own."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=find_chromium(), args=[*FLAGS, *(more or (MAPPED,))]
        )
        try:
            yield opened
        finally:
            opened.close()
