"""Being ready for either answer: odds, strengths, questions, a goal of one's own, a letter for the day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.app import App
from rebound_widgets.letters import goal_form
from rebound_widgets.widgets.exercise import Exercise
from rebound_widgets.widgets.panels import Panels
from rebound_widgets.widgets.quick_line import QuickLine
from rebound_widgets.widgets.slider import Slider
from rebound_widgets.workbook import Workbook


@pytest.fixture
def app(home: Path) -> App:
    return App(Workbook.open(home, clock=lambda: dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC)))


@pytest.fixture
def coming(app: App) -> str:
    """An interview at Acme in two days."""
    made = app.workbook.add_application({"company": "Acme", "role": "clerk"})
    return app.workbook.add_interview(made.record_id, {"held_on": "2026-11-07"}).record_id


def page(app: App, address: str) -> Any:
    """The page of an address, open."""
    app.shell._handle_custom_msg({"type": "go", "address": address}, [])
    return app.shell.pages[address.partition("/")[0]]


def panels(page: Any) -> dict[str, dict[str, Any]]:
    """Every panel in the column and the margin, by its id."""
    shown = [*page.children, *page.margin]
    return {panel["id"]: panel for widget in shown if isinstance(widget, Panels) for panel in widget.panels}


def asked(page: Any) -> list[str]:
    """The questions of the exercises on the page."""
    shown = [widget.shown()["questions"] for widget in page.children if isinstance(widget, Exercise)]
    return [question["id"] for questions in shown for question in questions]


def only(page: Any, kind: type) -> Any:
    """The one widget of that kind in the column."""
    (found,) = [one for one in page.children if isinstance(one, kind)]
    return found


def test_coming_interviews_are_offered_and_those_that_have_been_are_not(app: App, coming: str) -> None:
    """The next one first, then interviews in general; one that was, or whose firm said no, is not there."""
    application = str(app.workbook.get(coming, "interview").body["application_id"])
    app.workbook.add_interview(application, {"held_on": "2026-10-01"})
    soon = app.workbook.add_interview(application, {"held_on": "2026-11-05"}).record_id
    said_no = app.workbook.add_application({"company": "Gone", "outcome": "no"}).record_id
    app.workbook.add_interview(said_no, {"held_on": "2026-11-20"})
    rows = panels(page(app, "ready"))["choose"]["rows"]
    assert [f"#/ready/{soon}", f"#/ready/{coming}", "#/ready/general"] == [row["href"] for row in rows]
    assert ["Today", "Sat 7 Nov"] == [row["when"] for row in rows[:2]]


def test_an_interview_is_added_in_one_line_and_its_first_part_opens(app: App) -> None:
    """Somebody with an interview coming writes one line and is at the first part."""
    went: list[str] = []
    shown = page(app, "ready")
    app._visit.go = went.append
    line = {"type": "keep", "seq": 1, "ticket": "t", "line": "Acme, clerk, interview 20 Nov"}
    only(shown, QuickLine)._handle_custom_msg(line, [])
    (interview,) = app.workbook.interviews()
    assert ("2026-11-20", [f"ready/{interview.record_id}"]) == (interview.body["held_on"], went)
    assert ["ready/got-here"] == asked(shown)


def test_the_order_leads_from_the_odds_to_the_day_before(app: App, coming: str) -> None:
    """Following "Next" goes through every part of the chapter, and its end has one step."""
    seen, address = [], f"ready/{coming}"
    while address:
        shown = page(app, address)
        seen.append(asked(shown)[0])
        onward = panels(shown)["onward"]["actions"]
        address = next((a["href"].removeprefix("#/") for a in onward if a["id"] == "next"), "")
    exercises = app.workbook.content.chapters["ready"].exercises
    assert [exercise.questions[0].id for exercise in exercises] == seen
    assert ["#/start"] == [action["href"] for action in panels(shown)["done"]["actions"]]


def test_one_interview_and_interviews_in_general_have_answers_of_their_own(app: App, coming: str) -> None:
    """The same questions are asked of both, and neither shows the other's answers."""
    app.workbook.record("ready/got-here", "A friend spoke up for me.", record_id=coming)
    general = only(page(app, "ready/general"), Exercise)
    assert ("", {}) == (general.record_id, general.value)
    own = only(page(app, f"ready/{coming}"), Exercise)
    assert {"ready/got-here": "A friend spoke up for me."} == own.value


def test_the_odds_have_their_count_their_range_and_their_source(app: App, coming: str) -> None:
    """A first-time seeker sees what others saw, with how many and whose, and how it is worked out."""
    odds = panels(page(app, f"ready/{coming}"))["odds"]
    assert "could be" in odds["title"]
    assert "no decided interview" in odds["text"][0]
    assert "24 of 117" in odds["text"][1]
    assert "personal logs" in odds["text"][1]
    assert odds["details"][0]["text"]


def test_own_outcomes_are_counted_in(app: App, coming: str) -> None:
    """After a decided interview of one's own the card says how many of how many."""
    decided = app.workbook.add_application(
        {"company": "Past", "outcome": "no", "stage": "interview", "applied_on": "2026-09-01"}
    )
    app.workbook.add_interview(decided.record_id, {"held_on": "2026-09-20"})
    assert "0 of 1" in panels(page(app, f"ready/{coming}"))["odds"]["text"][0]


def test_the_slider_looks_ahead_and_the_odds_only_grow(app: App, coming: str) -> None:
    """Each further interview has a sentence with a range; the slider is no question, so it can be no answer."""
    shown = page(app, f"ready/{coming}")
    steps = only(shown, Slider).shown()["steps"]
    assert 12 == len(steps)
    assert steps[0].startswith("In the next 1 interview,")
    assert all("could be" in step for step in steps)
    about = [
        int(step.partition("about ")[2].split()[0]) * (10 if " in 10" in step and "100" not in step else 1)
        for step in steps
    ]
    assert sorted(about) == about
    assert ["ready/got-here"] == asked(shown)


@pytest.mark.parametrize(
    ("what", "how", "form"),
    [
        ("telling a story in two minutes", "pausing before each answer", "good"),
        ("get the offer", "being on time", "outcome"),
        ("getting hired", "", "outcome"),
        ("an offer", "x", "outcome"),
        ("staying calm", "impressing the panel", "outcome"),
        ("impress the panel", "smiling", "outcome"),
        ("staying calm when they ask about offers I made to customers", "breathing", "good"),
        ("explaining why I left my last job", "writing it in three sentences", "good"),
        ("asking better questions", "", "how"),
        ("", "practising aloud", "what"),
        ("", " ", "empty"),
    ],
)
def test_a_goal_is_to_learn_something_by_doing_something(what: str, how: str, form: str) -> None:
    """What is theirs to decide is no goal; both halves make one."""
    assert form == goal_form(what, how)


@pytest.mark.parametrize(
    ("what", "how", "form"),
    [
        ("contar una historia en dos minutos", "respirar antes de responder", "good"),
        ("conseguir el trabajo", "llegar a tiempo", "outcome"),
        ("que me contraten", "", "outcome"),
        ("explicar por qué dejé mi último trabajo", "escribirlo en tres frases", "good"),
    ],
)
def test_a_goal_in_spanish_too(what: str, how: str, form: str) -> None:
    """The form is looked over in the language of the page."""
    assert form == goal_form(what, how, "es")


def test_a_goal_that_is_theirs_is_answered_kindly(app: App, coming: str) -> None:
    """A wish for the offer is kept as written, and answered with a question instead of a refusal."""
    app.workbook.record("ready/goal-what", "Get the offer", record_id=coming)
    told = panels(page(app, f"ready/{coming}/goal"))["goal"]
    assert "theirs to decide" in told["text"]
    assert "?" in told["text"]


def test_the_letter_comes_back_on_the_day(app: App, coming: str) -> None:
    """On the day of the interview the letter stands on the first page and in the chapter, and on no other day."""
    app.workbook.record("ready/letter", "You know your stories. Breathe.", record_id=coming)
    assert f"letter-{coming}" not in panels(page(app, "start"))
    app.workbook.change(coming, {"held_on": "2026-11-05"}, kind="interview")
    for address in ("start", f"ready/{coming}", f"ready/{coming}/day-before"):
        assert "You know your stories. Breathe." == panels(page(app, address))[f"letter-{coming}"]["quote"]


def test_the_general_letter_stands_in_where_an_interview_has_none(app: App, coming: str) -> None:
    """A letter written once holds for any day without a letter of its own."""
    app.workbook.record("ready/letter", "Whatever they say, you asked well.")
    app.workbook.change(coming, {"held_on": "2026-11-05"}, kind="interview")
    assert "Whatever they say, you asked well." == panels(page(app, "start"))[f"letter-{coming}"]["quote"]


def test_the_ways_lead_here(app: App, coming: str) -> None:
    """The second door, and the next step before an interview, lead to this chapter."""
    assert f"#/ready/{coming}" == panels(page(app, "start"))["next"]["actions"][0]["href"]


def test_the_second_door_leads_here(app: App) -> None:
    """Somebody with an interview coming is one press from being ready."""
    assert "#/ready" == panels(page(app, "start"))["doors"]["rows"][1]["href"]
