"""The quick line: understood while it is typed, kept once, never lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from rebound_widgets.widgets.quick_line import QuickLine, Understood

from .views_support import HOSTILE, Stage, staged


class Declined(Exception):
    """A line that cannot be kept."""

    sentence = "Name the firm or the role."


@pytest.fixture
def stage(chromium: Browser) -> Iterator[Stage]:
    """A page whose kernel is this process."""
    with staged(chromium, locale="en-GB") as stage:
        yield stage


def understand(line: str) -> Understood:
    """Reads a firm and a role; the rest is left over."""
    if line.startswith("?"):
        return Understood(sentence="Name the firm or the role.")
    firm, _, rest = line.partition(", ")
    role, _, left = rest.partition(", ")
    named = (("Firm", firm), ("Role", role))
    return Understood(parts=tuple(part for part in named if part[1]), left_over=left, ready=True)


class Kept(list[str]):
    """The lines that were kept."""

    def keep(self, line: str) -> str:
        """Keeps a line, or refuses it."""
        if line.startswith("?"):
            raise Declined
        self.append(line)
        return f"Added: {line}. Saved."


@pytest.fixture
def kept() -> Kept:
    """No line yet."""
    return Kept()


@pytest.fixture
def widget(kept: Kept) -> QuickLine:
    """A quick line on those lines."""
    words = {"label": "Add an application in one line", "hint": "Firm, role", "keep": "Add it"}
    return QuickLine(on_try=understand, on_keep=kept.keep, words=words)


@pytest.mark.browser
def test_what_was_understood_is_shown_while_typing(stage: Stage, widget: QuickLine, kept: Kept) -> None:
    """Each part is named, what was not understood is said, nothing is kept, and an empty line says nothing."""
    shown = stage.show(widget)
    field = shown.get_by_role("textbox", name="Add an application in one line")
    field.press_sequentially("Acme, analyst, blue")
    expect(shown.locator(".rb-quick-parts > div")).to_have_text(["FirmAcme", "Roleanalyst"])
    expect(shown.get_by_role("status")).to_contain_text("Not understood: blue")
    assert [] == kept
    field.fill("?")
    expect(shown.get_by_role("status")).to_have_text("Name the firm or the role.")
    field.fill("")
    expect(shown.get_by_role("status")).to_have_text("")


@pytest.mark.browser
def test_a_kept_line_makes_room_for_the_next(stage: Stage, widget: QuickLine, kept: Kept) -> None:
    """Enter keeps the line, the page says what was kept, and the field is empty and has the focus."""
    shown = stage.show(widget)
    field = shown.get_by_role("textbox")
    field.fill("Acme, analyst")
    field.press("Enter")
    expect(shown.get_by_role("status")).to_have_text("Added: Acme, analyst. Saved.")
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    field.press("Enter")
    stage.settle()
    assert ["Acme, analyst"] == kept


@pytest.mark.browser
def test_a_line_kept_under_a_page_that_was_left_is_not_offered_again(stage: Stage, kept: Kept) -> None:
    """Keeping may lead to another page before the answer is heard; who comes back finds the field empty."""
    widget = QuickLine(on_try=understand, on_keep=kept.keep, name="quick/no", workbook="w")
    field = stage.show(widget).get_by_role("textbox")
    field.fill("Acme")
    stage.mute = True
    field.press("Enter")
    stage.settle()
    stage.mute = False
    stage.open()
    field = stage.show(widget).get_by_role("textbox")
    expect(field).to_be_visible()
    stage.page.wait_for_function(
        "() => !Object.keys(localStorage).some((key) => key.startsWith('rebound:draft'))"
    )
    expect(field).to_have_value("")
    assert ["Acme"] == kept


@pytest.mark.browser
def test_leaving_the_line_reads_it_and_moves_nothing(stage: Stage, kept: Kept) -> None:
    """A press on what stands below meets it where it was seen, and finds the whole line read."""
    tried: list[str] = []

    def read(line: str) -> Understood:
        tried.append(line)
        return Understood(ready=True)

    shown = stage.show(QuickLine(on_try=read, on_keep=kept.keep))
    field = shown.get_by_role("textbox")
    field.press_sequentially("Ana Sol")
    before = shown.locator("form").bounding_box()
    field.blur()
    stage.settle()
    assert before == shown.locator("form").bounding_box()
    assert "Ana Sol" == tried[-1]


@pytest.mark.browser
def test_a_line_kept_in_another_way_goes_from_the_field(stage: Stage, widget: QuickLine, kept: Kept) -> None:
    """Only that line: what was typed since stays."""
    field = stage.show(widget).get_by_role("textbox")
    field.fill("Ana Sol")
    widget.take("Ana")
    stage.settle()
    expect(field).to_have_value("Ana Sol")
    widget.take("Ana Sol")
    expect(field).to_have_value("")


@pytest.mark.browser
def test_a_refused_line_stays_and_says_why(stage: Stage, widget: QuickLine, kept: Kept) -> None:
    """A line that cannot be kept stays in the field, marked, with the reason; mended, it is kept."""
    shown = stage.show(widget)
    field = shown.get_by_role("textbox")
    field.fill("? blue")
    shown.get_by_role("button", name="Add it").click()
    expect(shown.locator(".rb-problem")).to_have_text("Name the firm or the role.")
    expect(field).to_have_value("? blue")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("Acme")
    field.press("Enter")
    expect(shown.get_by_role("status")).to_have_text("Added: Acme. Saved.")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    assert ["Acme"] == kept


@pytest.mark.browser
def test_a_line_without_an_answer_stays_and_is_kept_once(stage: Stage, widget: QuickLine, kept: Kept) -> None:
    """Where the answer is lost the line stays and the page says so; sent again it is kept once and said twice."""
    stage.page.clock.install()
    stage.open()
    shown = stage.show(widget)
    field = shown.get_by_role("textbox")
    field.fill("Acme")
    stage.mute = True
    field.press("Enter")
    stage.page.clock.fast_forward(4_500)
    expect(shown.get_by_role("status")).to_contain_text("No answer came.")
    expect(field).to_have_value("Acme")
    stage.mute = False
    field.press("Enter")
    expect(shown.get_by_role("status")).to_have_text("Added: Acme. Saved.")
    expect(field).to_have_value("")
    assert ["Acme"] == kept
    assert 2 == len(stage.sent("keep"))


@pytest.mark.browser
def test_a_changed_line_is_another_line(stage: Stage, widget: QuickLine, kept: Kept) -> None:
    """Somebody who changes the line while an answer is missing loses neither: both are kept."""
    shown = stage.show(widget)
    field = shown.get_by_role("textbox")
    field.fill("Acme")
    stage.mute = True
    field.press("Enter")
    stage.settle()
    stage.mute = False
    field.fill("Beta")
    field.press("Enter")
    expect(shown.get_by_role("status")).to_have_text("Added: Beta. Saved.")
    assert ["Acme", "Beta"] == kept


@pytest.mark.browser
def test_words_typed_before_the_answer_stay(stage: Stage, widget: QuickLine, kept: Kept) -> None:
    """What is typed while the line is being kept is not swept away with it."""
    shown = stage.show(widget)
    field = shown.get_by_role("textbox")
    field.fill("Acme")
    stage.page.evaluate(
        """() => {
          const field = document.querySelector("input");
          field.form.requestSubmit();
          field.value = "Beta";
          field.dispatchEvent(new Event("input"));
        }"""
    )
    stage.settle()
    expect(field).to_have_value("Beta")
    assert ["Acme"] == kept
    field.press("Enter")
    expect(field).to_have_value("")
    assert ["Acme", "Beta"] == kept


@pytest.mark.browser
def test_a_line_not_kept_yet_comes_back_after_a_reload(stage: Stage, kept: Kept) -> None:
    """What was typed stands in its own field of its own workbook again, until it is kept."""
    lines = [
        QuickLine(on_try=understand, on_keep=kept.keep, name=name, workbook=workbook)
        for name, workbook in (("quick/one", "a"), ("quick/two", "a"), ("quick/one", "b"))
    ]
    shown = [stage.show(line) for line in lines]
    shown[0].get_by_role("textbox").press_sequentially("Acme, analyst")
    stage.open()
    fields = [one.get_by_role("textbox") for one in shown]
    expect(fields[0]).to_have_value("Acme, analyst")
    expect(shown[0].locator(".rb-quick-parts > div")).to_have_text(["FirmAcme", "Roleanalyst"])
    assert ["", ""] == [field.input_value() for field in fields[1:]]
    fields[0].press("Enter")
    expect(shown[0].get_by_role("status")).to_contain_text("Saved.")
    assert [] == stage.page.evaluate("() => Object.keys(localStorage)")
    stage.open()
    stage.settle()
    assert (["Acme, analyst"], "") == (kept, fields[0].input_value())


@pytest.mark.browser
def test_who_writes_elsewhere_by_now_is_left_there(stage: Stage, widget: QuickLine, kept: Kept) -> None:
    """An answer that comes late empties its field and takes the focus from no other."""
    shown, other = stage.show(widget), stage.show(QuickLine(on_try=understand, on_keep=kept.keep))
    shown.get_by_role("textbox").fill("Acme")
    stage.page.evaluate(
        """() => {
          const [field, other] = document.querySelectorAll("input");
          field.form.requestSubmit();
          other.focus();
        }"""
    )
    expect(shown.get_by_role("status")).to_have_text("Added: Acme. Saved.")
    expect(shown.get_by_role("textbox")).to_have_value("")
    expect(other.get_by_role("textbox")).to_be_focused()


@pytest.mark.browser
def test_hostile_words_stay_words(stage: Stage, widget: QuickLine, kept: Kept) -> None:
    """Whatever is typed is shown and kept as it is."""
    shown = stage.show(widget)
    field = shown.get_by_role("textbox")
    field.fill(HOSTILE)
    expect(shown.locator(".rb-quick-parts dd").first).to_have_text(HOSTILE)
    field.press("Enter")
    expect(shown.get_by_role("status")).to_contain_text("Added: <img src=x")
    assert 0 == shown.locator("img, b").count()
    assert [HOSTILE] == kept
