"""Panels: cards of words, rows and buttons, and where the focus goes when they change."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from rebound_widgets.widgets.panels import Panels

from .views_support import HOSTILE, Stage, staged


class Declined(Exception):
    """An error with a sentence for the person."""

    sentence = "It was changed since. Look at it first."


@pytest.fixture
def stage(chromium: Browser) -> Iterator[Stage]:
    """A page whose kernel is this process."""
    with staged(chromium, locale="en-GB") as stage:
        yield stage


def rows(*names: str) -> dict[str, Any]:
    """A panel with a row for each name, and a button in it."""
    button = {"id": "delete", "label": "Delete"}
    listed = [{"text": name, "actions": [{**button, "record": name}]} for name in names]
    return {"id": "list", "title": "Interviews", "rows": listed}


def panel(shown: Locator, name: str) -> Locator:
    """The panel of one id."""
    return shown.locator(f'[data-panel="{name}"]')


def test_panels_are_in_no_saved_state() -> None:
    """Panels hold a person's words: none is in what a notebook keeps."""
    widget = Panels([{"id": "next", "title": "Secret"}])
    assert "Secret" not in str(widget.get_state())
    assert "Panels(1)" == repr(widget)


@pytest.mark.browser
def test_a_press_hands_over_the_whole_action(stage: Stage) -> None:
    """A press tells the page everything the action was given, such as the record it is about."""
    pressed: list[dict[str, Any]] = []
    shown = stage.show(Panels([rows("round 1", "round 2")], on_action=pressed.append))
    shown.get_by_role("button", name="Delete").nth(1).click()
    stage.settle()
    assert [{"id": "delete", "label": "Delete", "record": "round 2"}] == pressed


@pytest.mark.browser
def test_only_safe_addresses_are_links(stage: Stage) -> None:
    """Doors, rows and buttons lead to pages, to the web, to a mail or a call; anything else is words alone."""
    addresses = [
        "#/search",
        "https://example.org/",
        "tel:+4930123",
        "javascript:window.hurt=1",
        "data:text/html,x",
    ]
    doors = {
        "id": "doors",
        "look": "doors",
        "rows": [{"text": a, "href": a, "detail": "in"} for a in addresses],
    }
    listed = {"id": "list", "rows": [{"text": address, "href": address} for address in addresses]}
    pressed = {"id": "press", "actions": [{"id": a, "label": a, "href": a} for a in addresses]}
    shown = stage.show(Panels([doors, listed, pressed]))
    for name in ("doors", "list", "press"):
        expect(panel(shown, name).get_by_text("javascript:window.hurt=1")).to_be_visible()
        found = (
            panel(shown, name)
            .locator("a")
            .evaluate_all("nodes => nodes.map(node => node.getAttribute('href'))")
        )
        assert addresses[:3] == found


@pytest.mark.browser
def test_hostile_words_stay_words(stage: Stage) -> None:
    """A firm's name, a quote, a hint: all are shown as they are written."""
    given = {
        "id": "all",
        "title": HOSTILE,
        "text": [HOSTILE, HOSTILE],
        "quote": HOSTILE,
        "hint": HOSTILE,
        "rows": [{"text": HOSTILE, "detail": HOSTILE, "when": HOSTILE}],
        "details": [{"summary": HOSTILE, "text": HOSTILE}],
    }
    shown = stage.show(Panels([given]))
    assert 10 == shown.evaluate("(node, words) => node.textContent.split(words).length - 1", HOSTILE)
    assert 0 == shown.locator("img, b").count()


@pytest.mark.browser
def test_equal_panels_are_left_alone(stage: Stage) -> None:
    """What did not change is the same element still: unfolded, and with the focus in it."""
    fold = {
        "id": "why",
        "details": [{"summary": "Why", "text": "Because."}],
        "actions": [{"id": "a", "label": "Go"}],
    }
    widget = Panels([fold])
    shown = stage.show(widget)
    shown.get_by_text("Why").click()
    shown.get_by_role("button", name="Go").focus()
    widget.show([{"id": "news", "text": "Noted."}, fold])
    stage.settle()
    expect(panel(shown, "news")).to_be_visible()
    expect(shown.get_by_text("Because.")).to_be_visible()
    expect(shown.get_by_role("button", name="Go")).to_be_focused()
    order = shown.locator("[data-panel]").evaluate_all("nodes => nodes.map(node => node.dataset.panel)")
    assert ["news", "why"] == order


@pytest.mark.browser
def test_after_a_press_the_focus_goes_to_the_news(stage: Stage) -> None:
    """Where the pressed button is gone, the panel that is announced has the focus, so Tab goes on from there."""

    def note(_: dict[str, Any]) -> None:
        said = {"id": "after", "announce": True, "title": "Your next step", "text": "Noted."}
        widget.show([{"id": "top", "actions": [{"id": "back", "label": "Back"}]}, said])

    top = {"id": "top", "actions": [{"id": "back", "label": "Back"}, {"id": "no", "label": "They said no"}]}
    widget = Panels([top], on_action=note)
    shown = stage.show(widget)
    shown.get_by_role("button", name="They said no").press("Enter")
    stage.settle()
    expect(panel(shown, "after")).to_be_focused()
    expect(panel(shown, "after")).to_have_attribute("role", "status")


@pytest.mark.browser
def test_the_focus_never_falls_on_the_next_rows_button(stage: Stage) -> None:
    """After a row is deleted a second press of Enter deletes nothing: the focus is on the list, not on its buttons."""
    gone: list[str] = []

    def delete(action: dict[str, Any]) -> None:
        gone.append(action["record"])
        widget.show([rows(*(name for name in ("one", "two", "three") if name not in gone))])

    widget = Panels([rows("one", "two", "three")], on_action=delete)
    shown = stage.show(widget)
    shown.get_by_role("button", name="Delete").first.press("Enter")
    stage.settle()
    expect(panel(shown, "list")).to_be_focused()
    stage.page.keyboard.press("Enter")
    stage.settle()
    assert ["one"] == gone
    expect(shown.get_by_role("button", name="Delete")).to_have_count(2)


@pytest.mark.browser
def test_a_refused_press_says_why_until_something_changes(stage: Stage) -> None:
    """The sentence of a refusal is announced, and goes when the panels change."""

    def refuse(_: dict[str, Any]) -> None:
        raise Declined

    widget = Panels([rows("one")], on_action=refuse)
    shown = stage.show(widget)
    shown.get_by_role("button", name="Delete").click()
    said = shown.locator(".rb-said")
    expect(said).to_have_text("It was changed since. Look at it first.")
    expect(said).to_have_attribute("role", "status")
    widget.show([rows("one", "two")])
    stage.settle()
    expect(said).to_have_text("")


@pytest.mark.browser
def test_a_fault_of_ours_is_said_without_a_persons_words(
    stage: Stage, logged_errors: list[logging.LogRecord]
) -> None:
    """An error nobody foresaw is called our mistake on the page; the log has the place and not the words."""

    def fail(_: dict[str, Any]) -> None:
        raise RuntimeError(HOSTILE)

    shown = stage.show(Panels([rows("one")], on_action=fail))
    shown.get_by_role("button", name="Delete").click()
    expect(shown.locator(".rb-said")).to_contain_text("it is our mistake, not yours")
    [record] = logged_errors
    assert HOSTILE not in record.getMessage()
    assert "Panels: a callback raised RuntimeError" in record.getMessage()
    logged_errors.clear()


@pytest.mark.browser
def test_a_press_without_an_answer_says_so(stage: Stage) -> None:
    """A lost press is not silent: the page says that no answer came, and the button can be pressed again."""
    stage.page.clock.install()
    stage.open()
    pressed: list[dict[str, Any]] = []
    shown = stage.show(Panels([rows("one")], on_action=pressed.append))
    stage.cut = True
    button = shown.get_by_role("button", name="Delete")
    button.click()
    expect(button).to_have_attribute("aria-disabled", "true")
    stage.page.clock.fast_forward(10_500)
    expect(shown.locator(".rb-said")).to_contain_text("No answer came.")
    stage.cut = False
    button.click()
    expect(button).not_to_have_attribute("aria-disabled", "true")
    assert 1 == len(pressed)


@pytest.mark.browser
def test_panels_ask_until_they_are_shown(stage: Stage) -> None:
    """A page that is drawn while the connection is down shows its panels once it is back."""
    stage.page.clock.install()
    stage.open()
    stage.cut = True
    shown = stage.show(Panels([rows("one")]))
    assert 0 == panel(shown, "list").count()
    stage.cut = False
    stage.page.clock.fast_forward(3_000)
    expect(panel(shown, "list")).to_be_visible()
