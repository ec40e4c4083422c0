"""``rebound lab`` and ``rebound demo`` as commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def lab(start_lab: Callable[..., Any], tmp_path: Path) -> Any:
    """``rebound lab`` on a fresh folder."""
    return start_lab(tmp_path)


def test_lab_opens_copies_and_asks_nobody_else(
    lab: Any, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    """JupyterLab opens the copies; no request leaves the computer, nothing asks about news."""
    page = new_page(allowed=["Failed to load resource", "404"])
    page.goto(lab.url)
    expect(page.locator(".jp-Notebook")).to_be_visible()
    expect(page.get_by_role("tab", name="workbook.ipynb").first).to_be_visible()
    page.wait_for_timeout(4000)
    assert 0 == page.get_by_text("Would you like to get notified").count()
    asked = [address for address in page.watch.requests if "/api/news" in address or "/api/update" in address]  # type: ignore[attr-defined]
    assert [] == asked
    copies = {
        path.relative_to(tmp_path / "notebooks").as_posix()
        for path in (tmp_path / "notebooks").rglob("*.ipynb")
    }
    assert {"workbook.ipynb", "chapters/debrief.ipynb"} <= copies
    assert lab.token not in lab.log
    assert lab.token not in Path(f"/proc/{lab.process.pid}/cmdline").read_text()


def test_a_copied_notebook_keeps_no_words_when_it_is_saved(
    lab: Any, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    """Saving in JupyterLab writes no state of widgets into the file."""
    page = new_page(allowed=["Failed to load resource", "404"])
    page.goto(lab.url)
    expect(page.locator(".jp-Notebook")).to_be_visible()
    settings = page.evaluate(
        "fetch('/lab/api/settings/@jupyter-widgets/jupyterlab-manager:plugin').then((r) => r.json())"
    )
    assert settings["schema"]["properties"]["saveState"]["default"] is False
    saved = json.loads((tmp_path / "notebooks/workbook.ipynb").read_text(encoding="utf-8"))
    assert "widgets" not in saved["metadata"]


def test_the_demo_is_thrown_away(demo: Any) -> None:
    """The invented person's workbook is there while it is open, and nothing of it is left afterwards."""
    assert "workbook.rebound" in {path.name for path in demo.home.iterdir()}
    assert 0 == demo.stop()
    assert not demo.home.exists()
