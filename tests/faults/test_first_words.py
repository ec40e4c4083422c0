"""The first words on a page that still arrives: over a slow line somebody writes in a field as soon as it is there."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from faults.scene import PATIENCE_S, Place, Scene

DELAY_S = 0.2
"""Each message takes so long, each way: what belongs to a page comes one after the other under writing hands."""
WORDS = "Two people, one table."
# Puts the hand into the field in the very frame in which it can be seen.
AT_ONCE = """(where) => new Promise((done) => {
  const look = () => {
    const field = [...document.querySelectorAll(where)].find((one) => one.offsetParent);
    if (!field) return void requestAnimationFrame(look);
    field.focus();
    done();
  };
  look();
})"""
HERE = "() => [document.activeElement.tagName, document.activeElement.value]"


@pytest.fixture
def page(place: Place) -> Iterator[Page]:
    """A page over a slow line, at the debrief of an interview."""
    scene = Scene(place, seed=3, brisk=True)
    scene.page.goto(f"{place.server.url}#/debrief/{scene.interview}", wait_until="domcontentloaded")
    place.proxy.delay_s = DELAY_S
    yield scene.page
    place.proxy.heal()
    scene.close()


def test_the_first_words_on_a_page_stay_and_the_hand_with_them(page: Page) -> None:
    """On a first page, in an item just added and in a chapter opened for the first time, each key follows the last."""

    def write(where: str, tag: str) -> None:
        page.evaluate(AT_ONCE, where)
        page.keyboard.type(WORDS, delay=40)
        page.wait_for_timeout(6 * DELAY_S * 1000)  # all that still comes, the answer to these words included
        page.keyboard.type(" More")
        assert [tag, f"{WORDS} More"] == page.evaluate(HERE), where

    write("[data-question='debrief/recall'] textarea", "TEXTAREA")
    page.get_by_role("link", name="Next: The questions they asked").click()
    page.get_by_role("button", name="Add a question").click()
    write("[data-question='debrief/asked-text'][data-item='1'] textarea", "TEXTAREA")
    page.evaluate("() => { location.hash = '#/refocus/criteria' }")
    page.get_by_role("button", name="Add a point").click()
    write("[data-question='refocus/criterion'] :is(input, textarea)", "INPUT")
    page.evaluate("() => { location.hash = '#/search' }")
    write("[data-question='quick/search'] input", "INPUT")
    page.go_back()
    until = time.monotonic() + PATIENCE_S
    status = page.locator("[data-rebound-status]")
    while status.get_attribute("data-state") != "saved" and time.monotonic() < until:
        page.wait_for_timeout(100)
    fields = page.locator("[data-question='refocus/criterion'] :is(input, textarea)")
    assert [f"{WORDS} More"] == [field.input_value() for field in fields.all()]
