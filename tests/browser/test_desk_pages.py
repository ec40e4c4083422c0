"""The counsellor's pages are for everybody too, done by keyboard alone; and the studio in a real browser."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rebound_widgets.desk import Desk
from rebound_widgets.desk.demo import fill_desk
from rebound_widgets.desk.sessions import begin_session

from .conftest import Rebound, free_port, launch
from .test_accessibility import QUIET, SPACED, arrive, open_at, overflow, reach, squeezed, violations
from .test_sharing import HOSTILE, STRIKE

PATIENCE_MS = 30_000
RIGHT = """id: mentor
order: 90
title: A mentor
lede: Somebody who has been there.
exercises:
  - id: first
    title: Whom to ask
    about: own
    why: A name makes it real.
    components: [social-support, search-skills]
    minutes: 5
    questions:
      - id: mentor/who
        kind: prose
        ask: Who comes to mind?
"""
WRONG = RIGHT.replace("lede:", "ledd:").replace("a name", "A name!")
TEXT = "[data-question='studio/text'] textarea"


@dataclass(frozen=True)
class Office:
    """A desk of invented people that runs, and its content folder.

    Attributes:
        rebound: The launcher.
        content: The folder.
        person: The id of somebody a session was begun with.
    """

    rebound: Rebound
    content: Path
    person: str


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One for all tests of this file; each writes files of its own."""
    home, content = tmp_path_factory.mktemp("desk"), tmp_path_factory.mktemp("ours")
    fill_desk(home, dt.datetime.now().astimezone().date())
    desk = Desk.open(home)
    person = next(one for one in desk.people() if len(one.items) > 3)
    from rebound_widgets.desk.facts import facts_of

    begin_session(desk.workbook, person, facts_of(person, desk.workbook.today()))
    desk.close()
    for locale, name, text in (
        ("en", "mentor", RIGHT),
        ("en", "broken", WRONG),
        ("es", "mentor", RIGHT.replace("A mentor", "Una mentora")),
    ):
        path = content / locale / "chapters" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "rebound_widgets.cli", "desk", "--home", str(home), "--no-browser"]
    rebound = launch([*command, "--port", str(free_port()), "--content", str(content)], home)
    yield Office(rebound, content, person.id)
    assert (0, "") == (rebound.stop(), rebound.errors)


def places(office: Office) -> list[str]:
    """Every page of the desk, and the states an address leads to."""
    session = f"session/{office.person}"
    own = ["desk", "desk/take-in", "session", session, f"{session}/together", "cohort"]
    files = ["en/chapter/mentor", "en/chapter/broken", "es/chapter/mentor/in-en/phone", "es/letter/thank-you"]
    return [*own, "studio", *(f"studio/{file}" for file in files)]


@pytest.mark.parametrize(("locale", "width"), [("en-GB", 1280), ("es-ES", 375)])
def test_every_page_of_the_desk_is_for_everybody(
    office: Office, new_page: Callable[..., Page], locale: str, width: int
) -> None:
    """No violation of WCAG 2.2 AA or of best practice, light and dark; nothing sticks out however it is set."""
    page = open_at(new_page, office.rebound.url, width=width, height=667, locale=locale)
    page.evaluate(SPACED)
    wrong: dict[str, Any] = {}
    for place in places(office):
        arrive(page, place)
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        found = {"light": violations(page), "wide": overflow(page)}
        page.emulate_media(color_scheme="dark")
        found["dark"] = violations(page, ["wcag2aa"])
        page.emulate_media(color_scheme="light")
        if width < 500:
            found |= squeezed(page)
        if any(found.values()):
            wrong[place] = found
    assert {} == wrong


def test_a_session_is_held_by_keyboard_alone(office: Office, new_page: Callable[..., Page]) -> None:
    """From the desk to a person, a note of each kind, an agreed action, what they shared, and back: no mouse."""
    page = open_at(new_page, office.rebound.url)
    press = page.keyboard.press
    expect(page.locator("[data-panel='signals']")).to_be_visible(timeout=PATIENCE_MS)
    reach(page, "^Jun Watanabe$")
    press("Enter")
    expect(page.locator("h1")).to_have_text("Jun Watanabe")
    expect(page.locator("h1")).to_be_focused()
    page.evaluate(QUIET)
    reach(page, "^Begin a session today")
    press("Enter")
    expect(page.get_by_label("A note for them")).to_be_visible()
    reach(page, "^A note for them")
    page.keyboard.type("You told the story well.")
    reach(page, "^Add what you agreed on")
    press("Enter")
    page.keyboard.type("Ask Tom")
    reach(page, "^Save one page to print")
    expect(page.locator("[data-rebound-status]")).to_have_attribute("data-state", "saved")
    reach(page, "^Skip to the page")
    reach(page, "^Look together")
    press("Enter")
    expect(page.get_by_text("You are looking together.")).to_be_visible()
    expect(page.get_by_label("A note for them")).to_have_value("You told the story well.")
    expect(page.get_by_label("My own note")).to_have_count(0)


def test_a_file_is_mended_at_its_line_and_put_into_the_folder(
    office: Office, new_page: Callable[..., Page]
) -> None:
    """By keyboard: the sentence leads to the line, the preview follows what is written, the file changes on a press."""
    path = office.content / "en" / "chapters" / "mending.yaml"
    path.write_text(WRONG.replace("mentor", "mending"), encoding="utf-8")
    page = open_at(new_page, office.rebound.url)
    arrive(page, "studio/en/chapter/mending")
    expect(page.locator(".rb-line-notes > li[data-tone='problem']")).to_have_count(2, timeout=PATIENCE_MS)
    expect(page.locator(".rb-lines-back > [data-tone='problem']")).to_have_count(2)
    reach(page, "^Line 4$")
    page.keyboard.press("Enter")
    expect(page.locator(TEXT)).to_be_focused()
    start, end = page.evaluate("[document.activeElement.selectionStart, document.activeElement.selectionEnd]")
    assert "ledd: Somebody who has been there." == page.locator(TEXT).input_value()[start:end]
    expect(page.get_by_role("button", name="Put it into the file")).to_have_count(0)
    page.keyboard.type("lede: Somebody you trust.")
    expect(page.locator(".rb-line-notes > li[data-tone='problem']")).to_have_count(0, timeout=PATIENCE_MS)
    preview = page.get_by_role("region", name="Preview, in English")
    expect(preview.get_by_text("Somebody you trust.")).to_be_visible(timeout=PATIENCE_MS)
    preview.get_by_role("textbox", name="Who comes to mind?").fill("Tom")
    assert "Somebody you trust." not in path.read_text(encoding="utf-8")
    page.get_by_role("button", name="Put it into the file").click()
    expect(page.get_by_text("The file says what stands here.")).to_be_visible(timeout=PATIENCE_MS)
    assert "lede: Somebody you trust." in path.read_text(encoding="utf-8")


def test_two_windows_and_another_program_lose_nothing(office: Office, new_page: Callable[..., Page]) -> None:
    """What is written in two windows, and what somebody else saved meanwhile, is all there to choose from."""
    path = office.content / "en" / "chapters" / "both.yaml"
    path.write_text(RIGHT.replace("mentor", "both"), encoding="utf-8")
    one, other = (open_at(new_page, office.rebound.url) for _ in range(2))
    for page in (one, other):
        arrive(page, "studio/en/chapter/both")
        expect(page.locator(TEXT)).to_be_visible(timeout=PATIENCE_MS)
    before = one.locator(TEXT).input_value()
    one.locator(TEXT).fill(before.replace("A name makes it real.", "From the first window."))
    expect(one.get_by_role("button", name="Put it into the file")).to_be_visible(timeout=PATIENCE_MS)
    other.locator(TEXT).fill(before.replace("A name makes it real.", "From the second window."))
    clash = other.locator("[data-question='studio/text']")
    expect(clash).to_contain_text("From the first window.", timeout=PATIENCE_MS)
    path.write_text(before.replace("A name makes it real.", "From an editor."), encoding="utf-8")
    one.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    notice = one.locator("[data-panel='elsewhere']")
    expect(notice).to_be_visible(timeout=PATIENCE_MS)
    notice.get_by_text("What is in the file").click()
    expect(notice).to_contain_text("From an editor.")
    expect(one.locator(TEXT)).to_have_value(re.compile("From the first window."))
    one.get_by_role("button", name="Go on with the file").click()
    expect(one.locator(TEXT)).to_have_value(re.compile("From an editor."), timeout=PATIENCE_MS)
    one.get_by_text("Earlier versions").click()
    expect(one.locator(".rb-past")).to_contain_text("From the first window.", timeout=PATIENCE_MS)


def test_what_a_content_file_holds_is_only_ever_text(office: Office, new_page: Callable[..., Page]) -> None:
    """200 hostile strings in a chapter and a letter, in the editor, its sentences and the preview: nothing runs."""
    # What no YAML file can hold, the studio says at its line; here it would hide the rest.
    lines = [re.sub(r"[\x00-\x1f\ufeff]", " ", one)[:300].replace("'", "''") for one in HOSTILE]
    options = "\n".join(f"          option-{place}: '{line}'" for place, line in enumerate(lines))
    text = (
        RIGHT.replace("mentor", "struck").replace("kind: prose", "kind: several")
        + f"        options:\n{options}\n"
    )
    (office.content / "en" / "chapters" / "struck.yaml").write_text(text, encoding="utf-8")
    broken = text.replace("title:", f"'{lines[0]}':")
    (office.content / "en" / "chapters" / "struck-too.yaml").write_text(broken, encoding="utf-8")
    page = new_page(reduced_motion="reduce")
    page.add_init_script(STRIKE)
    page.goto(office.rebound.url)
    expect(page.locator("main h1")).to_be_visible(timeout=60_000)
    arrive(page, "studio/en/chapter/struck")
    preview = page.get_by_role("region", name="Preview, in English")
    expect(preview.get_by_role("checkbox")).to_have_count(200, timeout=PATIENCE_MS)
    arrive(page, "studio/en/chapter/struck-too")
    expect(page.locator(".rb-line-notes")).to_contain_text("struck()", timeout=PATIENCE_MS)
    assert 0 == page.locator("main :is(script, iframe, base, link, img, math)").count()
    assert [] == overflow(page)
    assert page.evaluate("window.hit") is None
