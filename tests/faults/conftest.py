"""What every test of this folder stands on: a real Chromium behind the bad network of ``proxy.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from faults.chromium import find_chromium, open_browser
from faults.run import Outcome, strike
from faults.scene import Place, Scene, open_place

HERE = Path(__file__).resolve().parent
SLACK = 3.0
"""The machine that runs all tests at once is busy: ``make faults`` asks for the promised times themselves."""


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Everything in this folder is a browser test, with or without the mark."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file of tests; never skips, since a page nobody opened is not tested."""
    try:
        find_chromium()
    except LookupError as problem:
        pytest.fail(str(problem), pytrace=False)
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def place(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """``rebound app`` on a fresh folder behind a network that can be broken; shared by a file of tests."""
    with open_place(tmp_path_factory.mktemp("faults"), browser) as opened:
        yield opened
        assert [] == opened.server.errors, "the launcher wrote to its standard error"


@pytest.fixture(scope="module")
def scenes(place: Place) -> Iterator[Callable[[], Scene]]:
    """Gives the page that stays open for a file of tests, and a new one where it was left broken."""
    opened: list[Scene] = []

    def give() -> Scene:
        if not opened or opened[-1].wrong:
            opened.append(Scene(place, seed=20261105, brisk=True))
            opened[-1].open()
        return opened[-1]

    yield give
    for scene in opened:
        scene.close()


Struck = Callable[[str], Outcome]


@pytest.fixture
def struck(scenes: Callable[[], Scene], place: Place) -> Struck:
    """Runs one fault once, as briefly as it can last: ``struck("reload")``."""

    def strike_once(name: str) -> Outcome:
        scene = scenes()
        try:
            outcome = strike(scene, name, slack=SLACK)
        finally:
            place.proxy.heal()
        scene.wrong = outcome.wrong
        return outcome

    return strike_once
