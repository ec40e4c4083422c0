"""The page: a heading, and widgets that come and go without disturbing those that stay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from rebound_widgets.widgets import Actions, Text
from rebound_widgets.widgets.page import Page
from rebound_widgets.widgets.quick_line import QuickLine, Understood

from .views_support import HOSTILE, Stage, staged


@pytest.fixture
def stage(chromium: Browser) -> Iterator[Stage]:
    """A page whose kernel is this process."""
    with staged(chromium, locale="en-GB") as stage:
        yield stage


def words(text: str) -> Text:
    """A widget that says one sentence."""
    return Text([{"kind": "paragraph", "text": text}])


def line() -> QuickLine:
    """A widget with a field to write in."""
    return QuickLine(on_try=lambda _: Understood(), on_keep=lambda _: "Added.")


def said(shown: Any, where: str = ".rb-page-column") -> list[str]:
    """What the widgets of one column say, in their order."""
    texts: list[str] = shown.locator(f"{where} .rb-blocks").all_inner_texts()
    return texts


def test_the_heading_is_in_no_saved_state() -> None:
    """A heading may name a firm, so a saved notebook holds only references."""
    page = Page("Secret Firm", lede="Secret role", children=[words("one")])
    assert "Secret" not in str(page.get_state())
    assert "Page()" == repr(page)


@pytest.mark.browser
def test_the_heading_and_its_sentence_are_words(stage: Stage) -> None:
    """There is one h1, which can be given the focus; a page without a sentence under it shows none."""
    page = Page(HOSTILE, lede="A sentence.")
    shown = stage.show_page(page)
    expect(shown.get_by_role("heading", level=1)).to_contain_text("<img src=x")
    expect(shown.locator(".rb-lede")).to_have_text("A sentence.")
    assert 0 == shown.locator("img").count()
    page.head("Another", wide=True)
    stage.settle()
    expect(shown.get_by_role("heading", level=1)).to_have_text("Another")
    expect(shown.locator(".rb-lede")).to_be_hidden()
    expect(shown.locator(".rb-wide")).to_have_count(1)


@pytest.mark.browser
def test_children_come_and_go_in_order(stage: Stage) -> None:
    """A widget that comes is drawn in its place, one that left is gone, and what it said is heard no more."""
    one, two, three = words("one"), words("two"), words("three")
    page = Page("Here", children=[one, three])
    shown = stage.show_page(page)
    expect(shown.locator(".rb-blocks")).to_have_count(2)
    page.children = [one, two, three]
    stage.arrange(page)
    expect(shown.locator(".rb-blocks")).to_have_count(3)
    assert ["one", "two", "three"] == said(shown)
    page.children = [three, two]
    stage.arrange(page)
    assert ["three", "two"] == said(shown)
    one.show([{"kind": "paragraph", "text": "still here"}])
    stage.settle()
    assert 0 == shown.get_by_text("still here").count()


@pytest.mark.browser
def test_what_stays_keeps_its_words_and_the_focus(stage: Stage) -> None:
    """Somebody who is writing goes on writing in the same place while other widgets come and go around it."""
    one, writing = words("one"), line()
    page = Page("Here", children=[one, writing])
    shown = stage.show_page(page)
    field = shown.get_by_role("textbox")
    field.press_sequentially("Harbour Analytics")
    field.evaluate("field => field.setSelectionRange(3, 7)")
    page.children = [words("new"), one, writing, words("last")]
    stage.arrange(page)
    expect(shown.locator(".rb-blocks")).to_have_count(3)
    expect(field).to_be_focused()
    expect(field).to_have_value("Harbour Analytics")
    assert [3, 7] == field.evaluate("field => [field.selectionStart, field.selectionEnd]")


@pytest.mark.browser
def test_the_part_that_somebody_writes_in_never_moves(stage: Stage) -> None:
    """Whatever comes before and behind it, and in whatever order: the next key follows the last one."""
    one, two, three, writing = words("one"), words("two"), words("three"), line()
    page = Page("Here", children=[one, writing, two])
    shown = stage.show_page(page)
    shown.get_by_role("textbox").press_sequentially("a line")
    where = "one => [...one.parentElement.children].indexOf(one)"
    for before, behind in (
        ([], {"one": one, "two": two}),
        ({"two": two, "three": three, "one": one}, []),
        ({"three": three}, {"one": one}),
        ({"two": two}, []),
    ):
        page.children = [*dict(before).values(), writing, *dict(behind).values()]
        stage.arrange(page)
        expect(shown.locator(".rb-blocks")).to_have_count(len(before) + len(behind))
        assert [*before, *behind] == said(shown)
        assert len(before) == shown.locator(".rb-page-part:has(input)").evaluate(where)
        stage.page.keyboard.type(".")
    assert "a line...." == shown.get_by_role("textbox").input_value()


@pytest.mark.browser
def test_the_heading_takes_the_focus_of_what_left(stage: Stage) -> None:
    """Where the widget somebody was in is gone, the focus is on the heading and not lost."""
    press = Actions([{"id": "add", "label": "Add"}], lambda _: None)
    page = Page("Here", children=[words("one"), press])
    shown = stage.show_page(page)
    shown.get_by_role("button", name="Add").focus()
    page.children = [page.children[0]]
    stage.arrange(page)
    expect(shown.get_by_role("heading", level=1)).to_be_focused()


@pytest.mark.browser
def test_the_margin_is_beside_or_under_and_hidden_when_empty(stage: Stage) -> None:
    """The margin stands beside the column where there is room, under it where there is none."""
    page = Page("Here", children=[words("one")], margin=[words("before")])
    shown = stage.show_page(page)
    margin, column = shown.locator(".rb-page-margin"), shown.locator(".rb-page-column")
    assert ["before"] == said(shown, ".rb-page-margin")

    def place(of: Any) -> dict[str, float]:
        box: dict[str, float] = of.bounding_box()
        return box

    assert place(margin)["x"] > place(column)["x"]
    shown.evaluate("node => { node.style.width = '375px'; }")
    assert place(margin)["x"] == place(column)["x"]
    assert place(margin)["y"] > place(column)["y"]
    page.margin = []
    stage.arrange(page)
    expect(margin).to_be_hidden()
