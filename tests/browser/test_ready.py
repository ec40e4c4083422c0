"""Getting ready for an interview: by keyboard alone, on a phone, in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rebound_widgets.history import History
from rebound_widgets.workbook import Workbook

from .test_no import PATIENCE_MS, on, reach, saved

WORDS = {
    "en": {
        "door": "^The interview at|^Get ready$",
        "got": "^What got you this interview",
        "slider": "^Interviews ahead of you",
        "ahead": "In the next 2 interviews",
        "next": "^Next: ",
        "strength": "^Add a strength",
        "question": "^What would you hope to see from me",
        "setback": "^Add a setback",
        "what": "^I want to get better at",
        "theirs": "theirs to decide",
        "letter": "^What do you want to tell yourself",
        "tick": "^I know the way",
        "today": "A letter from you, for today",
    },
    "es": {
        "door": "^Prepararme$",
        "got": "^¿Qué te consiguió esta entrevista",
        "slider": "^Entrevistas que tienes por delante",
        "ahead": "En las próximas 2 entrevistas",
        "next": "^Siguiente: ",
        "strength": "^Añadir un punto fuerte",
        "question": "^¿Qué esperarían de mí",
        "setback": "^Añadir un tropiezo",
        "what": "^Quiero mejorar en",
        "theirs": "lo deciden ellos",
        "letter": "^¿Qué quieres decirte",
        "tick": "^Sé cómo llegar",
        "today": "Una carta tuya, para hoy",
    },
}


@pytest.mark.parametrize("locale", ["en", "es"])
def test_an_interview_is_got_ready_for_by_keyboard_on_a_phone(
    start_rebound: Callable[..., Any],
    new_page: Callable[..., Page],
    tmp_path: Any,
    locale: str,
) -> None:
    """Odds and the way here, a strength, a question, a plan, a goal, a letter that is there today, a tick: no mouse."""
    workbook = Workbook.open(tmp_path)
    application = workbook.add_application({"company": "Acme", "role": "clerk"}).record_id
    today = dt.datetime.now().astimezone().date().isoformat()
    interview = workbook.add_interview(application, {"held_on": today}).record_id
    workbook.close()
    rebound, say = start_rebound(tmp_path, REBOUND_LOCALE=locale), WORDS[locale]
    page = new_page(rebound.url, width=375, height=667, locale=locale, reduced_motion="reduce")
    press, type_in = page.keyboard.press, page.keyboard.type
    expect(page.locator("h1")).to_be_visible(timeout=60_000)
    page.evaluate("where => { location.hash = where }", f"#/ready/{interview}")
    expect(page.locator("[data-question='ready/got-here']")).to_be_visible(timeout=PATIENCE_MS)
    reach(page, say["got"])
    type_in("I asked a former teacher.")
    reach(page, say["slider"])
    press("ArrowRight")
    press("ArrowRight")
    expect(page.locator("output")).to_contain_text(say["ahead"])
    on(page, say)
    reach(page, say["strength"])
    press("Enter")
    type_in("I stay calm.")
    on(page, say)
    reach(page, say["question"])
    press("Space")
    on(page, say)
    reach(page, say["setback"])
    press("Enter")
    type_in("I lose the thread")
    on(page, say)
    reach(page, say["what"])
    type_in("get the offer" if locale == "en" else "conseguir el trabajo")
    expect(page.get_by_text(say["theirs"])).to_be_visible(timeout=PATIENCE_MS)
    on(page, say)
    reach(page, say["letter"])
    type_in("You are ready.")
    expect(page.get_by_role("heading", name=say["today"])).to_be_visible(timeout=PATIENCE_MS)
    on(page, say)
    reach(page, say["tick"])
    press("Space")
    saved(page)
    answers = History.read(rebound.home).answers.set_index("question")["value"]
    expected = {
        "ready/got-here": "I asked a former teacher.",
        "ready/strength-name": "I stay calm.",
        "ready/questions": '["first-months"]',
        "ready/letter": "You are ready.",
        "ready/day-before": '["way"]',
    }
    assert expected == {question: answers[question] for question in expected}
    assert "I lose the thread" in answers["ready/setback-plan"]
