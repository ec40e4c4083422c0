"""High contrast, paper and stillness: what is chosen stays visible, no word is lost, nothing moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from rebound_widgets.widgets.history_table import HistoryTable

from .component_pictures import drawn
from .views_support import Stage, staged

PAIRS = {
    "a step of a scale": (
        '[data-component="scale"] .rb-scale-step:has(:checked)',
        '[data-component="scale"] .rb-scale-step:not(:has(:checked))',
    ),
    "an answer": (".rb-option:has(:checked)", ".rb-option:not(:has(:checked)):not(.rb-option-none)"),
    "how a table is seen": (
        ".rb-table-views label:has(:checked)",
        ".rb-table-views label:not(:has(:checked))",
    ),
    "where one is": (
        '.rb-steps-line li[data-state="now"] .rb-step-mark',
        '.rb-steps-line li:not([data-state="now"], [data-state="done"]) .rb-step-mark',
    ),
    "the one thing to do": (
        '[data-component="actions"] [data-action="go"]:not([disabled])',
        '[data-component="actions"] [data-action="look"]:not([disabled])',
    ),
    "a button switched off": (
        '[data-component="actions"] [data-action="look"][disabled]',
        '[data-component="actions"] [data-action="look"]:not([disabled])',
    ),
    "a field that was refused": (
        '.rb-input[aria-invalid="true"]',
        'textarea.rb-input:not([aria-invalid="true"])',
    ),
}
"""What differs from what by more than its words, and has to under forced colours too."""
SEEN = """(selector) => {
  const one = document.querySelector(selector);
  if (!one) return null;
  const look = getComputedStyle(one);
  const names = ["color", "background-color", "border-top-color", "border-top-width", "border-top-style",
    "outline-style", "outline-width", "outline-color"];
  return names.map((name) => look.getPropertyValue(name)).join(" ");
}"""
CONTROLS = (
    ".rb-button, .rb-status, .rb-said, .rb-table-tools, .rb-table-keys, .rb-table-notices, .rb-board-move, "
    ".rb-own-add, .rb-rest, .rb-sign, .rb-card-grip, .rb-pile-buttons, .rb-card-select, .rb-add, .rb-gone, "
    ".rb-unrated, .rb-option-none, .rb-file, .rb-download, .rb-readout, .rb-actions-row, .rb-exercise-status, "
    ".rb-hidden, .rb-picture > details, details:not([open]), [hidden], select, .rb-cell-note, .rb-hand-count, svg"
)
"""What has no use on paper: buttons, what a button said, lists to choose from, and what is folded."""
SAID = """() => { window.said = [...document.querySelectorAll(".rb-specimen-frame *")].filter((one) =>
  [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) && one.checkVisibility()); }"""
LOST = """(controls) => window.said.filter((one) => one.isConnected && !one.closest(controls) && !one.checkVisibility())
  .map((one) => one.outerHTML.slice(0, 120))"""
CUT = """() => [...document.querySelectorAll("textarea, .rb-version-text, .rb-grid-scroll, .rb-scroll-x")]
  .filter((one) => one.checkVisibility() && one.scrollHeight > one.clientHeight + 1 && one.clientHeight)
  .map((one) => one.outerHTML.slice(0, 120))"""
MOTION = """() => [...document.querySelectorAll(".rb *")].flatMap((one) => {
  const look = getComputedStyle(one);
  return [...look.transitionDuration.split(","), ...look.animationDuration.split(",")];
}).map((time) => parseFloat(time) * (time.trim().endsWith("ms") ? 1 : 1000))"""


@pytest.fixture(scope="module")
def stage(chromium: Browser) -> Iterator[Stage]:
    """The page of components, wide, in the dark."""
    with drawn(chromium, width=1000, dark=True) as stage:
        yield stage


@pytest.fixture
def page(stage: Stage) -> Iterator[Page]:
    """Its page, put back as it was afterwards."""
    yield stage.page
    stage.page.emulate_media(
        media="screen", forced_colors="none", reduced_motion="reduce", color_scheme="dark"
    )


def seen(page: Page, selector: str) -> Any:
    """What is seen of an element beside its words."""
    found = page.evaluate(SEEN, selector)
    assert found is not None, f"nothing is {selector}"
    return found


@pytest.mark.parametrize("what", PAIRS)
def test_what_is_chosen_is_seen_in_high_contrast(page: Page, what: str) -> None:
    """Under forced colours a chosen answer, a place, a refusal still differ from what is beside them."""
    page.emulate_media(forced_colors="active")
    chosen, other = PAIRS[what]
    assert seen(page, chosen) != seen(page, other)


def test_marks_of_charts_are_seen_in_high_contrast(page: Page) -> None:
    """Under forced colours every mark of a picture stands out from what is behind it."""
    page.emulate_media(forced_colors="active")
    ground = page.evaluate("getComputedStyle(document.querySelector('.rb-card')).backgroundColor")
    marks = page.evaluate(
        """() => [...document.querySelectorAll(".rb-bar, .rb-line, .rb-interval, .rb-road-bar, .rb-road-no")]
          .map((one) => [one.getAttribute("class"), getComputedStyle(one).stroke, getComputedStyle(one).fill])"""
    )
    assert len(marks) > 10
    assert [] == [mark for mark in marks if {mark[1], mark[2]} <= {ground, "none"}]


def test_paper_is_white_whatever_the_screen_is(page: Page) -> None:
    """Printed from a dark screen, words are dark on white."""
    page.emulate_media(media="print", color_scheme="dark")
    look = page.evaluate(
        """() => { const card = getComputedStyle(document.querySelector(".rb-card"));
          return [card.backgroundColor, card.color]; }"""
    )
    assert ["rgb(255, 255, 255)", "rgb(0, 0, 0)"] == look


def test_paper_loses_no_word(page: Page) -> None:
    """In print nothing but controls goes, no text is cut off at the edge of its field, nothing needs scrolling."""
    page.evaluate(SAID)
    page.emulate_media(media="print")
    assert [] == page.evaluate(LOST, CONTROLS)
    assert [] == page.evaluate(CUT)
    buttons = (
        "() => [...document.querySelectorAll('.rb-button')].filter((one) => one.checkVisibility()).length"
    )
    assert 0 == page.evaluate(buttons)


def test_a_long_table_is_printed_whole(chromium: Browser) -> None:
    """Of a table that is longer than the screen every row is on paper, and afterwards those in sight again."""
    with staged(chromium, locale="en-GB") as stage:
        rows = [{"id": f"row-{at}", "revision": 1, "company": f"Firm {at}"} for at in range(200)]
        shown = stage.show(HistoryTable([{"name": "company", "label": "Firm"}], rows), width=800)
        drawn_rows = shown.locator("tbody tr[data-id]")
        before = drawn_rows.count()
        stage.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        printed = drawn_rows.count()
        stage.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        after = drawn_rows.count()
        assert 0 < before < 200
        assert 200 == printed
        assert 0 < after < 200


def test_nothing_moves_where_motion_is_unwanted(page: Page) -> None:
    """With reduced motion nothing takes time; otherwise a change takes 150 ms at most."""
    still = page.evaluate(MOTION)
    page.emulate_media(reduced_motion="no-preference")
    moving = page.evaluate(MOTION)
    assert {0} == set(still)
    assert 0 < max(moving) <= 150
