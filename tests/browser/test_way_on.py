"""After the no: a letter, a lesson, a plan and a calendar, by keyboard on a phone; and what keeps a search going."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from rebound_widgets.history import History

from .test_no import PATIENCE_MS, note_the_no, on, reach, saved
from .test_no import WORDS as OF_A_NO

INTERVIEW = "interview-0000000000000001"
WORDS = {
    "en": {
        "menu": "^Chapters$",
        "learn": "^What the interviews teach",
        "study": "^Study list",
        "add-topic": "^Add a topic",
        "keep-going": "^Keep going",
        "plans": "^When it gets hard",
        "add-plan": "^Add a plan",
        "then": "^then I",
        "check-in": "^Once a week, three questions",
        "friday": "Friday",
        "calendar": "^Your days in your calendar",
        "save": "^Save the calendar file",
        "title": "Your days in your calendar",
        "event": "Look back at your week",
    },
    "es": {
        "menu": "^Capítulos$",
        "learn": "^Lo que enseñan las entrevistas",
        "study": "^Para estudiar",
        "add-topic": "^Añadir un tema",
        "keep-going": "^Seguir adelante",
        "plans": "^Cuando se pone difícil",
        "add-plan": "^Añadir un plan",
        "then": "^entonces yo",
        "check-in": "^Una vez por semana",
        "friday": "Viernes",
        "calendar": "^Tus días en tu calendario",
        "save": "^Guardar el archivo de calendario",
        "title": "Tus días en tu calendario",
        "event": "Mirar atrás: tu semana",
    },
}


def press_on(page: Page, name: str) -> None:
    """Tab to the control of that name and press Enter."""
    reach(page, name)
    page.keyboard.press("Enter")


def go_to(page: Page, say: dict[str, str], chapter: str, room: str) -> None:
    """Through the menu to a chapter, and from its list to one of its pages."""
    press_on(page, say["menu"])
    press_on(page, say[chapter])
    expect(page.locator("h1")).to_have_text(re.compile(say[chapter]), timeout=PATIENCE_MS)
    expect(page.locator("[data-panel='rooms']")).to_be_visible(timeout=PATIENCE_MS)
    press_on(page, say[room])
    expect(page.locator("h1")).to_have_text(re.compile(say[room]), timeout=PATIENCE_MS)


def downloaded(page: Page, name: str) -> bytes:
    """What the button of that name saves."""
    with page.expect_download(timeout=PATIENCE_MS) as waiting:
        press_on(page, name)
    return Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize("locale", ["en", "es"])
def test_from_a_no_to_a_letter_a_lesson_a_plan_and_a_calendar(
    start_rebound: Callable[..., Any], new_page: Callable[..., Page], locale: str
) -> None:
    """The whole way after a no, without a mouse, 375 pixels wide; the calendar taken in twice doubles nothing."""
    rebound, say, no = start_rebound(REBOUND_LOCALE=locale), WORDS[locale], OF_A_NO[locale]
    page = new_page(rebound.url, width=375, height=667, locale=locale, reduced_motion="reduce")
    type_in = page.keyboard.type
    note_the_no(page, no)
    for _ in range(12):
        if page.url.endswith("/letter/answer-to-a-no"):
            break
        on(page, no)
    expect(page.locator("[data-question='no/letter-answer-to-a-no']")).to_be_visible(timeout=PATIENCE_MS)
    press_on(page, no["draft"])
    letter = page.locator("[data-question='no/letter-answer-to-a-no'] textarea")
    expect(letter).to_have_value(re.compile(no["role"]), timeout=PATIENCE_MS)

    go_to(page, say, "learn", "study")
    press_on(page, say["add-topic"])
    type_in("Window functions")
    go_to(page, say, "keep-going", "plans")
    press_on(page, say["add-plan"])
    type_in("a no comes in the evening")
    reach(page, say["then"])
    type_in("read it again the next morning")
    saved(page)
    go_to(page, say, "keep-going", "check-in")
    page.get_by_role("radio", name=say["friday"]).focus()
    page.keyboard.press("Space")
    saved(page)
    go_to(page, say, "keep-going", "calendar")
    first, second = downloaded(page, say["save"]), downloaded(page, say["save"])

    days = [Calendar.from_ical(file).walk("VEVENT") for file in (first, second)]
    assert [say["event"]] == [str(event["summary"]) for event in days[0]]
    assert [str(event["uid"]) for event in days[0]] == [str(event["uid"]) for event in days[1]]
    answers = History.read(rebound.home).answers.set_index("question")["value"]
    assert "Window functions" == answers["learn/study-topic"]
    assert "read it again the next morning" in answers["keep-going/plan"]
    assert "Acme" in answers["no/letter-answer-to-a-no"]


def arrive(page: Page, place: str) -> None:
    """Go to an address, as typed into the browser."""
    page.evaluate("where => { location.hash = where }", f"#/{place}")
    page.wait_for_timeout(1_200)


def small(page_of: Callable[..., Page], url: str) -> Page:
    """A phone's page, open."""
    page = page_of(url, width=375, height=667, reduced_motion="reduce")
    expect(page.locator("main h1")).to_be_visible(timeout=60_000)
    return page


def test_a_question_is_practised_out_loud_and_both_sides_are_seen(
    demo: Any, new_page: Callable[..., Page]
) -> None:
    """The question, the clock, the rating, what changed; then what went right and wrong, from both sides."""
    page = small(new_page, demo.url)
    arrive(page, "learn")
    press_on(page, "^Practise it")
    expect(page.locator("[data-panel='question']")).to_be_visible(timeout=PATIENCE_MS)
    press_on(page, "^Start the clock")
    page.wait_for_timeout(1_500)
    page.keyboard.press("Enter")
    expect(page.get_by_text("You spoke for 0:0")).to_be_visible()
    reach(page, "^Not rated|^1$")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-panel='changed']")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("[data-panel='changed']")).to_contain_text("It comes again on")
    arrive(page, f"debrief/{INTERVIEW}/both-sides")
    reach(page, "^Which strength did you mean to show")
    page.keyboard.type("Patience.")
    saved(page)
    every = History.read(demo.home).answers
    answers = every[every["interview_id"] == INTERVIEW].set_index("question")["value"]
    assert "Patience." == answers["debrief/strength-unseen"]
    assert answers["learn/practised-rating"] in {"1", "2", "3", "4", "5"}
    assert 1 == int(answers["learn/practised-question"])


def test_a_search_is_aimed_and_kept_going_until_the_first_day(
    demo: Any, new_page: Callable[..., Page]
) -> None:
    """Points and a firm beside them, who to ask, how long, a goal, and an accepted offer that ends nothing yet."""
    page = small(new_page, demo.url)
    expect(page.locator(".rb-road").first).to_be_visible(timeout=PATIENCE_MS)
    arrive(page, "refocus/criteria")
    press_on(page, "^Add a point")
    page.keyboard.type("I learn something each month")
    saved(page)
    arrive(page, "refocus/fit")
    press_on(page, "^Harbour Analytics")
    reach(page, "^Not known|^1$")
    page.keyboard.press("ArrowRight")
    saved(page)
    arrive(page, "refocus/fit")
    expect(page.get_by_role("table")).to_contain_text("I learn something each month", timeout=PATIENCE_MS)

    arrive(page, "keep-going")
    press_on(page, "^See who to ask")
    expect(page.locator("[data-panel='silence-ask']")).to_contain_text("Northway", timeout=PATIENCE_MS)
    press_on(page, "^Stop waiting for all")
    expect(page.locator("[data-panel='stopped']")).to_be_visible(timeout=PATIENCE_MS)
    press_on(page, "^Take it back")
    expect(page.locator("[data-panel='stopped']")).to_have_count(0, timeout=PATIENCE_MS)
    arrive(page, "keep-going/how-long")
    expect(page.locator("[data-panel='waiting']")).to_contain_text("Three published personal logs")
    reach(page, "^Not chosen|^Which firms")
    page.keyboard.press("ArrowDown")
    saved(page)
    arrive(page, "keep-going/week")
    press_on(page, "^Add a goal")
    page.keyboard.type("Send two applications")
    saved(page)
    expect(page.locator("[data-panel='goals']")).to_contain_text("Send two", timeout=PATIENCE_MS)

    harbour = History.read(demo.home).applications.set_index("company").loc["Harbour Analytics", "id"]
    arrive(page, f"search/{harbour}")
    page.get_by_role("radio", name="I accepted").focus()
    page.keyboard.press("Space")
    saved(page)
    arrive(page, "keep-going/finish")
    expect(page.locator("[data-panel='finish']")).to_contain_text(
        "the search stays open", timeout=PATIENCE_MS
    )
    answers = set(History.read(demo.home).answers["question"])
    assert {"refocus/fit-rating", "keep-going/goal", "keep-going/change-first"} <= answers


def test_a_report_is_looked_at_and_saved(demo: Any, new_page: Callable[..., Page]) -> None:
    """Ticked, read, saved as a PDF: what is in the preview is in the file, and what was unticked is not."""
    page = small(new_page, demo.url)
    arrive(page, "share")
    press_on(page, "^Begin")
    notes = page.get_by_role("checkbox", name="My notes")
    expect(notes).to_be_checked(timeout=PATIENCE_MS)
    notes.focus()
    page.keyboard.press("Space")
    saved(page)
    pdf = downloaded(page, "^Save as PDF")
    text = " ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert "Kestrel Insurance" in text
    assert "Ana Reyes will write" not in text
