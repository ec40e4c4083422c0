"""The flow: a stream across where there is room, down where there is not, and every value by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from rebound_widgets.widgets import Flow

from .test_road import overlapping
from .views_support import HOSTILE, Stage, staged

SPEC: dict[str, Any] = {
    "stages": [
        {
            "label": "Sent",
            "value": 34,
            "exits": [
                {"label": "Silent", "value": 19},
                {"label": "Waiting", "value": 9},
                {"label": "No", "value": 1, "tone": "plum"},
            ],
        },
        {"label": "Interview", "value": 5, "exits": [{"label": "No", "value": 3, "tone": "plum"}]},
        {"label": "Offer", "value": 2, "exits": [{"label": "You accepted", "value": 2, "tone": "warm"}]},
    ]
}


@pytest.fixture
def stage(chromium: Browser) -> Iterator[Stage]:
    """A page whose kernel is this process."""
    with staged(chromium, locale="en-GB") as stage:
        yield stage


@pytest.mark.browser
@pytest.mark.parametrize("width", [900, 640, 375, 300])
def test_no_word_of_a_flow_lies_on_another(stage: Stage, width: int) -> None:
    """Wide and narrow, all seven bars have their words, and none covers another or leaves the picture."""
    drawn = stage.show(Flow(SPEC, title="34 sent so far"), width=width)
    expect(drawn.locator(".rb-flow-label")).to_have_count(8)
    assert [] == overlapping(drawn)
    box = drawn.locator("svg.rb-plot-svg").bounding_box()
    assert box is not None
    for words in drawn.locator("svg.rb-plot-svg text").all():
        inner = words.bounding_box()
        assert inner is not None
        assert inner["x"] + inner["width"] <= box["x"] + box["width"] + 1
    assert [] == stage.errors


@pytest.mark.browser
def test_every_value_is_reached_by_arrow_keys(stage: Stage) -> None:
    """Tab reaches the picture, arrow keys go from stage to exit, and each is said with its number."""
    drawn = stage.show(Flow(SPEC, title="34 sent so far"), width=800)
    places = drawn.locator(".rb-place")
    expect(places).to_have_count(8)
    places.first.focus()
    expect(drawn.locator(".rb-readout")).to_contain_text("Sent")
    stage.page.keyboard.press("ArrowRight")
    expect(drawn.locator(".rb-readout")).to_contain_text("Silent")
    expect(drawn.locator(".rb-readout")).to_contain_text("19")
    assert "Silent. 19" == places.nth(1).get_attribute("aria-label")


@pytest.mark.browser
def test_the_numbers_are_a_table(stage: Stage) -> None:
    """See the numbers has a row for each stage and each exit."""
    drawn = stage.show(Flow(SPEC, title="34 sent so far"), width=800)
    drawn.locator("summary").click()
    expect(drawn.locator("tbody tr")).to_have_count(8)
    expect(drawn.locator("tbody tr").nth(1)).to_contain_text("Silent")


@pytest.mark.browser
def test_an_empty_flow_says_what_will_be_there(stage: Stage) -> None:
    """Without stages there is a sentence and no picture."""
    drawn = stage.show(Flow({"stages": []}, title="Your flow", empty="It will be drawn here."))
    expect(drawn.locator(".rb-empty")).to_have_text("It will be drawn here.")
    expect(drawn.locator(".rb-plot")).to_be_hidden()


@pytest.mark.browser
def test_words_of_a_flow_stay_words(stage: Stage) -> None:
    """A label that looks like markup is shown as it is, and does nothing."""
    spec = {"stages": [{"label": HOSTILE, "value": 3, "exits": [{"label": HOSTILE, "value": 1}]}]}
    drawn = stage.show(Flow(spec, title=HOSTILE), width=700)
    expect(drawn.locator("figcaption")).to_have_text(HOSTILE)
    assert stage.page.evaluate("window.hurt === undefined")
    assert [] == stage.errors
