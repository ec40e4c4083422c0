"""The page of components as ``make components`` opens it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from rebound_widgets.app.components import COMPONENTS

from .conftest import free_port, launch

PATIENCE_MS = 180_000


def test_the_page_of_components_opens(tmp_path: Path, new_page: Callable[..., Page]) -> None:
    """The real launcher serves every component, each comes to its states, and no other host is asked."""
    command = [sys.executable, "-m", "rebound_widgets.cli", "demo", "--components", "--no-browser"]
    served = launch([*command, "--port", str(free_port())], tmp_path, TMPDIR=str(tmp_path))
    try:
        page = new_page(served.url, reduced_motion="reduce")
        expect(page.locator(".rb-specimens")).to_have_count(len(COMPONENTS), timeout=PATIENCE_MS)
        expect(page.locator(".rb-specimen:not(:has([data-ready]))")).to_have_count(0, timeout=PATIENCE_MS)
        page.goto("about:blank")  # what a closed server does to an open page is another test's
    finally:
        code = served.stop()
    assert (0, "") == (code, served.errors)
