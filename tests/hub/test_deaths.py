"""Hub, proxy, desk service, database and a student's server die while somebody writes and shares."""

from __future__ import annotations

from collections.abc import Iterator

import psutil
import pytest
from playwright.sync_api import Browser

from faults.chromium import open_browser

from .campus import Campus, wait_for
from .sharing import Sharer
from .strikes import await_centre
from .writing import HubPlace, HubScene, write_while

SLACK = 2.0
"""The machine that runs all tests is busy: ``make hub-faults`` asks for the promised times themselves."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with open_browser("--no-first-run") as opened:
        yield opened


@pytest.fixture(scope="module")
def scene(campus: Campus, browser: Browser) -> Iterator[HubScene]:
    """One page that stays open, whatever dies."""
    opened = HubScene(HubPlace(campus, campus.person("ada"), browser), seed=9, brisk=True)  # type: ignore[arg-type]
    opened.open()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def sharer(campus: Campus, browser: Browser) -> Iterator[Sharer]:
    """One student at the page where one shares."""
    opened = Sharer(campus, browser)
    yield opened
    opened.close()


@pytest.mark.parametrize("name", ["proxy", "server"])
def test_no_word_is_lost_when_something_dies(scene: HubScene, name: str) -> None:
    """Every character typed before, during and after is in the workbook, and the page goes on by itself."""
    outcome = write_while(scene, name, slack=SLACK)
    assert outcome.typed > 15
    assert [] == outcome.wrong, outcome.as_json()


def test_no_service_of_a_hub_that_died_stays(campus: Campus, scene: HubScene) -> None:
    """Words are kept while a hub dies, and it leaves no desk service behind: the next one's would find no port."""
    outcome = write_while(scene, "hub", slack=SLACK)
    assert [] == outcome.wrong, outcome.as_json()
    wait_for("one desk service of this very hub", lambda: parents(campus) == [campus.hub.pid])


def parents(campus: Campus) -> list[int]:
    """Who started each desk service that runs."""
    return [psutil.Process(one).ppid() for one in campus.centre_pids()]


@pytest.mark.parametrize(("name", "seed"), [("database", 3), ("service", 2)])
def test_what_was_acknowledged_is_kept_when_something_dies(
    campus: Campus, sharer: Sharer, name: str, seed: int
) -> None:
    """What a page or the service said was shared, read or taken back is so in the database afterwards."""
    outcome = sharer.round(name, seed, brisk=True)
    await_centre(campus, "")
    assert outcome.acknowledged > 5
    assert [] == outcome.wrong, outcome.as_json()
