"""SpeakTimer: a clock for an answer said out loud, which records nothing and reads no seconds out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from rebound_widgets.widgets.speak_timer import SpeakTimer

from .views_support import HOSTILE, Stage, staged

pytestmark = pytest.mark.browser


@pytest.fixture
def stage(chromium: Browser) -> Iterator[Stage]:
    """A page whose kernel is this process."""
    with staged(chromium, locale="en-GB") as stage:
        yield stage


def test_it_counts_up_says_the_time_once_and_tells_nobody(stage: Stage) -> None:
    """One key begins and ends it; seconds are seen and not read out, the sum is; no message leaves the page."""
    stage.page.clock.install()
    stage.open()
    shown = stage.show(SpeakTimer())
    expect(shown.get_by_role("status")).to_have_text(
        "About two minutes is a good length. Nothing is recorded."
    )
    shown.get_by_role("button", name="Start the clock and speak").focus()
    stage.page.keyboard.press("Enter")
    face = shown.get_by_role("timer", name="Time spoken")
    stage.page.clock.run_for(65_000)
    expect(face).to_have_text("1:05")
    expect(face).to_have_attribute("aria-live", "off")
    expect(shown.get_by_role("status")).to_have_text("")
    expect(shown.get_by_role("button", name="Stop")).to_be_focused()
    stage.page.keyboard.press("Enter")
    expect(shown.get_by_role("status")).to_have_text("You spoke for 1:05.")
    stage.page.clock.run_for(30_000)
    expect(face).to_have_text("1:05")
    shown.get_by_role("button", name="Once more").click()
    expect(face).to_have_text("0:00")
    assert {"hello"} == {content["type"] for _, content in stage.heard}


def test_its_words_stay_words(stage: Stage) -> None:
    """What a language file says is shown as text."""
    shown = stage.show(SpeakTimer(words={"aim": HOSTILE, "start": "Los"}))
    expect(shown.get_by_role("status")).to_contain_text("<b>bold</b>")
    expect(shown.get_by_role("button", name="Los")).to_be_visible()
    assert [] == stage.errors
