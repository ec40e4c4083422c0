"""Breathing and Slider: a calm pace that keeps nothing, and a slider that answers nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from rebound_widgets.widgets import Breathing, Slider

from .views_support import HOSTILE, Stage, staged

pytestmark = pytest.mark.browser


@pytest.fixture
def stage(chromium: Browser) -> Iterator[Stage]:
    """A page whose kernel is this process."""
    with staged(chromium, locale="en-GB") as stage:
        yield stage


@pytest.fixture
def still(chromium: Browser) -> Iterator[Stage]:
    """The same for somebody who wants no motion."""
    with staged(chromium, locale="en-GB", reduced_motion="reduce") as stage:
        yield stage


# --- Breathing -------------------------------------------------------------------------------------------


def test_it_breathes_at_its_pace_and_ends_by_itself(stage: Stage) -> None:
    """In for four, out for six, counted; after the last breath it says so and can be begun again."""
    stage.page.clock.install()
    stage.open()
    shown = stage.show(Breathing("Slowly", breaths=2))
    expect(shown.get_by_role("heading", name="Slowly")).to_be_visible()
    expect(shown.get_by_text("in while you count to 4, and out while you count to 6")).to_be_visible()
    shown.get_by_role("button", name="Start").click()
    phase, count = shown.locator(".rb-breath-phase"), shown.locator(".rb-breath-count")
    expect(phase).to_have_text("Breathe in")
    expect(count).to_have_text("Breath 1 of 2")
    stage.page.clock.run_for(4_000)
    expect(phase).to_have_text("Breathe out")
    stage.page.clock.run_for(6_000)
    expect(count).to_have_text("Breath 2 of 2")
    stage.page.clock.run_for(10_000)
    expect(shown.get_by_role("status")).to_contain_text("That was the round.")
    expect(shown.get_by_role("button", name="Once more")).to_be_visible()
    assert [] == stage.sent("breath")


def test_it_stops_at_once_by_the_same_key(stage: Stage) -> None:
    """The button that began it ends it, the focus stays on it, and nothing goes on in the dark."""
    stage.page.clock.install()
    stage.open()
    shown = stage.show(Breathing())
    shown.get_by_role("button", name="Start").focus()
    stage.page.keyboard.press("Enter")
    expect(shown.get_by_role("button", name="Stop here")).to_be_focused()
    stage.page.keyboard.press("Enter")
    expect(shown.get_by_role("status")).to_contain_text("Any number of breaths is a good number.")
    stage.page.clock.run_for(30_000)
    expect(shown.locator(".rb-breath-phase")).to_have_text("")


def test_without_motion_the_circle_stays_still(still: Stage) -> None:
    """With reduced motion nothing grows; the words change all the same."""
    shown = still.show(Breathing())
    size = "node => getComputedStyle(node).transform"
    circle = shown.locator(".rb-breath-circle")
    before = circle.evaluate(size)
    shown.get_by_role("button", name="Start").click()
    expect(shown.locator(".rb-breath-phase")).to_have_text("Breathe in")
    assert before == circle.evaluate(size)


def test_words_stay_words() -> None:
    """A heading is data, and nothing of it is a synced trait."""
    widget = Breathing(HOSTILE)
    assert HOSTILE == widget.shown()["title"]
    assert HOSTILE not in str(widget.get_state())
    assert "Breathing()" == repr(widget)


# --- Slider ----------------------------------------------------------------------------------------------

STEPS = ("about 2 in 10", "about 4 in 10", HOSTILE)


def test_an_untouched_slider_says_that_it_is_untouched(stage: Stage) -> None:
    """It rests left of its first step, says so to eyes and ears, and shows no figure."""
    shown = stage.show(Slider("In the next interviews", STEPS))
    slider = shown.get_by_role("slider", name="In the next interviews")
    expect(shown.locator("output")).to_have_text(
        "Move the slider to see. It is no answer, and nothing is kept."
    )
    expect(slider).to_have_attribute(
        "aria-valuetext", "Move the slider to see. It is no answer, and nothing is kept."
    )
    expect(slider).to_have_js_property("value", "0")


def test_each_step_has_its_sentence_by_keyboard(stage: Stage) -> None:
    """Arrow keys walk through the steps, each said in words; nothing is sent anywhere."""
    shown = stage.show(Slider("In the next interviews", STEPS))
    shown.get_by_role("slider").focus()
    said = []
    for _ in STEPS:
        stage.page.keyboard.press("ArrowRight")
        said.append(shown.locator("output").inner_text())
    assert [" ".join(step.split()) for step in STEPS] == [" ".join(one.split()) for one in said]
    assert ["hello"] == [content["type"] for _, content in stage.heard]


def test_other_sentences_leave_it_where_it_stands(stage: Stage) -> None:
    """When the numbers behind it change, the step stays and its sentence is the new one."""
    widget = Slider("In the next interviews", STEPS)
    shown = stage.show(widget)
    shown.get_by_role("slider").focus()
    stage.page.keyboard.press("ArrowRight")
    widget.show(("about 3 in 10", "about 5 in 10", "x"))
    stage.settle()
    expect(shown.locator("output")).to_have_text("about 3 in 10")
