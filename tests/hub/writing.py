"""A student at the page of their own server under a hub, who writes while things die."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from faults.run import Outcome, strike
from faults.scene import Scene

from .campus import Campus, as_user
from .strikes import fault_of

ADD_INTERVIEW = """
from pathlib import Path
from rebound_widgets.workbook import Workbook
workbook = Workbook.open(Path({home!r}))
print(workbook.add_interview(workbook.add_application({{"company": "Acme"}}).record_id).record_id)
workbook.close()
"""


@dataclass
class Lodging:
    """What a scene asks of a server: where the workbook is, and its page.

    Attributes:
        home: The folder of the workbook.
        url: The page.
    """

    home: Path
    url: str


class HubPlace:
    """One student's place under a hub, for a scene of the fault bench.

    Args:
        campus: The hub.
        name: The student's account.
        browser: A Chromium.
    """

    def __init__(self, campus: Campus, name: str, browser: Browser) -> None:
        self.campus, self.name, self.browser = campus, name, browser
        home = Path(f"~{name}").expanduser() / ".local" / "share" / "rebound"
        self.server = Lodging(home, f"{campus.url}/user/{name}/")

    @property
    def file(self) -> Path:
        """The workbook."""
        return self.server.home / "workbook.rebound"

    def new_interview(self) -> str:
        """Adds an interview to debrief, as the student would; returns its id."""
        code = ADD_INTERVIEW.format(home=str(self.server.home))
        added = as_user(self.name, f"{self.campus.python}/bin/python -c {shlex.quote(code)}")
        assert 0 == added.returncode, added.stderr[-500:]
        return added.stdout.strip()


class HubScene(Scene):
    """A scene whose person signs in first."""

    def open(self, page: Page | None = None) -> None:
        page = page or self.page
        if self.place.server.url not in page.url:
            self.place.campus.sign_in(page, self.place.name)  # type: ignore[attr-defined]
            page.locator("main h1").wait_for()
        super().open(page)


def write_while(scene: Any, name: str, *, slack: float = 1.0) -> Outcome:
    """One death while somebody writes.

    Args:
        scene: The page and who writes in it.
        name: One of ``ENDS``.
        slack: How many times longer than promised the page may take.
    """
    return strike(scene, f"{name}, writing", slack=slack, fault=fault_of(name))
