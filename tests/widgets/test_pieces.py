"""Steps, Actions and Text: small pieces of a page, and what they say about a press."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from rebound_widgets.widgets import Actions, Exercise, Steps, Text

from .views_support import HOSTILE, Stage, staged

STEPS = [
    {"id": "file", "label": "The file"},
    {"id": "fields", "label": "What is what"},
    {"id": "done", "label": "Done"},
]


class Declined(Exception):
    """An error with a sentence for the person."""

    sentence = "That day is after today."


@pytest.fixture
def stage(chromium: Browser) -> Iterator[Stage]:
    """A page whose kernel is this process."""
    with staged(chromium, locale="en-GB") as stage:
        yield stage


def declining(_: str) -> None:
    """Refuses every press."""
    raise Declined


# --- Steps ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "current", "said"),
    [
        ([], "", "at least one step"),
        ([{"id": "a"}], "", "an id and a label; this one has id"),
        (STEPS, "elsewhere", "one of file, fields, done; it was given 'elsewhere'"),
    ],
)
def test_steps_that_lead_nowhere_are_refused(steps: list[Any], current: str, said: str) -> None:
    """A mistake in the steps is told when they are made, with the rule and what was given."""
    with pytest.raises(ValueError, match=said):
        Steps(steps, current)


@pytest.mark.browser
def test_steps_say_where_one_is(stage: Stage) -> None:
    """The line counts, marks the current step for screen readers, and says in words which are done."""
    widget = Steps(STEPS, "fields")
    shown = stage.show(widget)
    expect(shown.get_by_role("navigation", name="Steps")).to_be_visible()
    expect(shown.locator(".rb-steps-count")).to_have_text("2 of 3")
    expect(shown.locator('[aria-current="step"]')).to_contain_text("What is what")
    states = shown.locator("li").evaluate_all("nodes => nodes.map(node => node.dataset.state)")
    assert ["done", "now", "later"] == states
    expect(shown.locator("li").first).to_contain_text("(done)")
    assert 0 == shown.get_by_role("button").count()
    widget.show("done")
    stage.settle()
    expect(shown.locator(".rb-steps-count")).to_have_text("3 of 3")
    assert "done" == widget.current


@pytest.mark.browser
def test_a_done_step_leads_back_and_the_page_decides(stage: Stage) -> None:
    """Only done steps are buttons; pressing one tells the page, and the focus stays in the line when it moves."""
    pressed: list[str] = []

    def back(step: str) -> None:
        pressed.append(step)
        widget.show(step)

    widget = Steps(STEPS, "fields", back)
    shown = stage.show(widget)
    expect(shown.get_by_role("button")).to_have_count(1)
    shown.get_by_role("button", name="The file").press("Enter")
    stage.settle()
    expect(shown.locator(".rb-steps-count")).to_have_text("1 of 3")
    expect(shown.locator(".rb-steps-position")).to_be_focused()
    assert ["file"] == pressed


@pytest.mark.browser
def test_a_refused_step_says_why(stage: Stage) -> None:
    """A page that does not let somebody back says so in the line, which stays where it was."""
    shown = stage.show(Steps(STEPS, "fields", declining))
    shown.get_by_role("button", name="The file").click()
    expect(shown.get_by_role("status")).to_have_text("That day is after today.")
    expect(shown.locator(".rb-steps-count")).to_have_text("2 of 3")


# --- Actions -------------------------------------------------------------------------------------------


def test_two_buttons_of_one_name_are_refused() -> None:
    """Each button needs an id of its own, else a press could mean either."""
    with pytest.raises(ValueError, match="an id of their own each; these share one: add, add"):
        Actions([{"id": "add", "label": "Add"}, {"id": "add", "label": "Add all"}])


@pytest.mark.browser
def test_a_press_is_told_and_answered(stage: Stage) -> None:
    """A press reaches the page once, and what it returns is said beside the buttons."""
    pressed: list[str] = []

    def add(action: str) -> str:
        pressed.append(action)
        return "11 applications are added"

    shown = stage.show(Actions([{"id": "add", "label": "Add", "about": "11 applications"}], add))
    shown.get_by_role("button", name="Add 11 applications").click()
    expect(shown.get_by_role("status")).to_have_text("11 applications are added")
    assert ["add"] == pressed


@pytest.mark.browser
def test_a_press_that_fills_a_field_leads_into_it(stage: Stage) -> None:
    """Where a press puts text into a question, the person goes on in that text, and not on the button."""
    stage.show(Exercise([{"kind": "prose", "id": "no/letter", "ask": "Your letter"}]))
    shown = stage.show(
        Actions([{"id": "draft", "label": "Begin", "focus": "no/letter"}], lambda _: "It is there.")
    )
    shown.get_by_role("button", name="Begin").press("Enter")
    expect(stage.page.get_by_label("Your letter")).to_be_focused()


@pytest.mark.browser
def test_a_press_that_cannot_be_done_says_why(stage: Stage) -> None:
    """The sentence of an error is shown, marked as refused, and the button can be pressed again."""
    shown = stage.show(Actions([{"id": "add", "label": "Add"}], declining))
    button = shown.get_by_role("button", name="Add")
    button.click()
    expect(shown.get_by_role("status")).to_have_text("That day is after today.")
    expect(shown.get_by_role("status")).to_have_attribute("data-state", "refused")
    expect(button).not_to_have_attribute("aria-disabled", "true")


@pytest.mark.browser
def test_a_press_without_an_answer_says_so(stage: Stage) -> None:
    """While an answer is awaited the button takes no second press; after a while the page says that none came."""
    stage.page.clock.install()
    stage.open()
    shown = stage.show(Actions([{"id": "add", "label": "Add"}], lambda _: "Added"))
    stage.cut = True
    button = shown.get_by_role("button", name="Add")
    button.click()
    expect(button).to_have_attribute("aria-disabled", "true")
    stage.page.clock.fast_forward(10_500)
    expect(shown.get_by_role("status")).to_contain_text("No answer came. Nothing was changed here.")
    stage.cut = False
    button.click()
    expect(shown.get_by_role("status")).to_have_text("Added")
    assert 1 == len(stage.sent("action"))


@pytest.mark.browser
def test_a_closed_connection_is_said_at_once(stage: Stage) -> None:
    """Where the socket is closed nobody waits for an answer that cannot come."""
    shown = stage.show(Actions([{"id": "add", "label": "Add"}], lambda _: "Added"))
    stage.page.evaluate("() => { window.closed_socket = true; }")
    shown.get_by_role("button", name="Add").click()
    expect(shown.get_by_role("status")).to_contain_text("No answer came.")


@pytest.mark.browser
def test_other_buttons_leave_the_focus_where_it_was(stage: Stage) -> None:
    """Drawn anew, the button of the same id has the focus again."""
    widget = Actions([{"id": "add", "label": "Add 11"}])
    shown = stage.show(widget)
    shown.get_by_role("button", name="Add 11").focus()
    widget.show(
        [{"id": "back", "label": "Another file"}, {"id": "add", "label": "Add 12", "kind": "primary"}]
    )
    stage.settle()
    expect(shown.get_by_role("button", name="Add 12")).to_be_focused()


@pytest.mark.browser
def test_text_is_copied_without_the_kernel(stage: Stage) -> None:
    """A letter is copied in the browser, word for word, and the line says so."""
    stage.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shown = stage.show(Actions([{"id": "copy", "label": "Copy the letter", "copy": f"Dear Ada\n{HOSTILE}"}]))
    shown.get_by_role("button", name="Copy the letter").click()
    expect(shown.get_by_role("status")).to_have_text("Copied")
    assert f"Dear Ada\n{HOSTILE}" == stage.page.evaluate("() => navigator.clipboard.readText()")
    assert [] == stage.sent("action")


# --- Text ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({"kind": "verse", "text": ""}, "Block 1 has the kind 'verse'"),
        ({"kind": "notice"}, r"Block 1 \(notice\) lacks text"),
        ({"kind": "heading", "text": "", "size": 3}, r"Block 1 \(heading\) has size"),
    ],
)
def test_a_block_that_cannot_be_drawn_is_refused(block: dict[str, Any], said: str) -> None:
    """A mistake in a block is told by its place and kind when it is given."""
    with pytest.raises(ValueError, match=said):
        Text([block])


@pytest.mark.browser
def test_whatever_is_given_stays_words(stage: Stage) -> None:
    """Nothing a person wrote becomes markup, in any kind of block."""
    shown = stage.show(
        Text(
            [
                {"kind": "heading", "text": HOSTILE},
                {"kind": "paragraph", "text": ["Before ", {"text": HOSTILE, "strong": True}]},
                {"kind": "list", "items": [HOSTILE]},
                {"kind": "entries", "items": [{"text": HOSTILE, "aside": HOSTILE}]},
                {"kind": "facts", "items": [{"term": HOSTILE, "text": HOSTILE}]},
                {"kind": "quote", "text": HOSTILE, "cite": HOSTILE},
                {"kind": "notice", "text": HOSTILE, "title": HOSTILE},
                {"kind": "table", "columns": [HOSTILE], "rows": [[HOSTILE]]},
                {"kind": "more", "summary": HOSTILE, "blocks": [{"kind": "empty", "text": HOSTILE}]},
            ]
        )
    )
    assert 15 == shown.evaluate("(node, words) => node.textContent.split(words).length - 1", HOSTILE)
    assert 0 == shown.locator("img, b").count()
    assert None is stage.page.evaluate("() => window.hurt ?? null")


@pytest.mark.browser
def test_only_safe_addresses_are_links(stage: Stage) -> None:
    """Links lead within the page, to the web, to a mail or a call; any other address is shown as words alone."""
    addresses = {
        "page": "#/search",
        "web": "https://example.org/",
        "mail": "mailto:ada@example.org",
        "call": "tel:+4930123",
        "script": "javascript:window.hurt=1",
        "spaced": " jAvAsCrIpT:window.hurt=1",
        "data": "data:text/html,<script>hurt=1</script>",
        "file": "file:///etc/passwd",
        "bare": "example.org",
    }
    parts = [{"text": name, "href": href} for name, href in addresses.items()]
    shown = stage.show(Text([{"kind": "paragraph", "text": parts}]))
    expect(shown.get_by_text("bare")).to_be_visible()
    links = shown.locator("a").evaluate_all("nodes => nodes.map(node => node.getAttribute('href'))")
    assert ["#/search", "https://example.org/", "mailto:ada@example.org", "tel:+4930123"] == links
    away = shown.locator("a[target=_blank]").evaluate_all("nodes => nodes.map(node => node.rel)")
    assert ["noopener noreferrer"] * 2 == away


@pytest.mark.browser
def test_a_press_in_a_text_is_told(stage: Stage) -> None:
    """A notice's button reaches the page, and what was unfolded stays so when the text is drawn anew."""
    pressed: list[str] = []
    blocks: list[dict[str, Any]] = [
        {"kind": "notice", "text": "Deleted.", "actions": [{"id": "undo", "label": "Take it back"}]},
        {"kind": "more", "summary": "Why", "blocks": [{"kind": "paragraph", "text": "Because."}]},
    ]
    widget = Text(blocks, pressed.append)
    shown = stage.show(widget)
    shown.get_by_text("Why").click()
    shown.get_by_role("button", name="Take it back").click()
    stage.settle()
    assert ["undo"] == pressed
    widget.show([{"kind": "paragraph", "text": "It is back."}, *blocks])
    stage.settle()
    expect(shown.get_by_text("It is back.")).to_be_visible()
    expect(shown.get_by_text("Because.")).to_be_visible()
    expect(shown.get_by_role("button", name="Take it back")).to_be_focused()
