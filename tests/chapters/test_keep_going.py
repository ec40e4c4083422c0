"""Keep going: whom to ask, goals with their progress, the weekly look back, the finish line, the calendar."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from rebound_widgets.app import App
from rebound_widgets.chapters import Visit
from rebound_widgets.chapters.dates import calendar_of
from rebound_widgets.insight.follow_up import USUAL, finish, silent
from rebound_widgets.widgets.exercise import Exercise
from rebound_widgets.widgets.panels import Panels
from rebound_widgets.workbook import Workbook

Clock = Callable[[], dt.datetime]


@pytest.fixture
def app(home: Path, clock: Clock) -> App:
    """An app on Thursday 5 November 2026."""
    return App(Workbook.open(home, clock=clock))


def page(app: App, address: str) -> Any:
    """The page of an address, open."""
    app.shell._handle_custom_msg({"type": "go", "address": address}, [])
    return app.shell.pages[address.partition("/")[0]]


def panels(page: Any) -> dict[str, dict[str, Any]]:
    """Every panel in the column, by its id."""
    return {p["id"]: p for widget in page.children if isinstance(widget, Panels) for p in widget.panels}


def press(page: Any, action: dict[str, Any]) -> None:
    """Press a button of the first panels."""
    page.children[0]._handle_custom_msg({"type": "action", "action": action}, [])


def add(app: App, company: str, **fields: Any) -> str:
    """An application; its id."""
    return app.workbook.add_application({"company": company, **fields}).record_id


def step(app: App) -> str:
    """What is usual now with the only application."""
    (one,) = silent(app.workbook.history(), app.workbook.today())
    return one.step


# --- silence ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"applied_on": "2026-10-28", "stage": "answered", "reached": {"answered": "2026-10-30"}}, "wait"),
        ({"applied_on": "2026-10-20", "stage": "answered", "reached": {"answered": "2026-10-29"}}, "ask"),
        ({"applied_on": "2026-10-20", "stage": "interview", "answer_promised_on": "2026-11-04"}, "wait"),
        ({"applied_on": "2026-10-20", "stage": "interview", "answer_promised_on": "2026-11-03"}, "ask"),
        ({"applied_on": "2026-10-20", "stage": "interview", "answer_promised_on": "2026-11-30"}, "wait"),
        ({"applied_on": "2026-10-20"}, "wait"),
        ({"applied_on": "2026-10-06"}, "late"),
        ({"applied_on": "2026-09-21"}, "let-go"),
    ],
)
def test_what_is_usual_follows_from_the_days(app: App, fields: dict[str, Any], expected: str) -> None:
    """Ask a week after the last sign or two working days after a promise; a month is late; then let go."""
    add(app, "Acme", **fields)
    assert expected == step(app)


def test_a_line_that_was_sent_moves_the_next_one_a_week_on(app: App) -> None:
    """After the first line the second is due a week later, and no third is ever asked for."""
    applied = {"applied_on": "2026-10-10", "stage": "answered", "reached": {"answered": "2026-10-15"}}
    application = add(app, "Acme", **applied)
    app.workbook.record("no/letter-follow-up-sent", "2026-10-30", record_id=application)
    assert "wait" == step(app)
    app.workbook.record("no/letter-follow-up-sent", "2026-10-29", record_id=application)
    assert "again" == step(app)
    app.workbook.record("no/letter-follow-up-second-sent", "2026-11-05", record_id=application)
    assert "wait" == step(app)


def test_the_silence_page_leads_to_the_letter(app: App) -> None:
    """Beside each silent firm stands the way to its letter."""
    application = add(
        app, "Acme", applied_on="2026-10-20", stage="interview", answer_promised_on="2026-11-02"
    )
    (row,) = panels(page(app, "keep-going/silence"))["silence-ask"]["rows"]
    assert "Acme" == row["text"]
    assert [f"#/no/{application}/letter/follow-up"] == [a["href"] for a in row["actions"]]


def test_waiting_ends_when_the_person_says_so_and_begins_again(app: App) -> None:
    """Stopping changes no outcome, is taken back with one press, and never happens by itself."""
    application = add(app, "Acme", applied_on="2026-09-01")
    shown = page(app, "keep-going/silence")
    press(shown, panels(shown)["silence-let-go"]["rows"][0]["actions"][0])
    assert () == silent(app.workbook.history(), app.workbook.today())
    assert "open" == app.workbook.get(application, "application").body.get("outcome", "open")
    assert "Acme" in panels(shown)["stopped"]["text"]
    press(shown, panels(shown)["stopped"]["actions"][0])
    assert "let-go" == step(app)


def test_many_silent_firms_are_let_go_together(app: App) -> None:
    """More than a few are a number and one button, and one press takes them all back."""
    for number in range(5):
        add(app, f"Firm {number}", applied_on="2026-09-01")
    shown = page(app, "keep-going/silence")
    panel = panels(shown)["silence-let-go"]
    assert (3, "and 2 more in your search") == (len(panel["rows"]), panel["hint"])
    press(shown, panel["actions"][0])
    assert () == silent(app.workbook.history(), app.workbook.today())
    press(shown, panels(shown)["stopped"]["actions"][0])
    assert 5 == len(silent(app.workbook.history(), app.workbook.today()))


def test_the_persons_own_days_go_before_ours(app: App) -> None:
    """A day changed below the list changes the list."""
    add(app, "Acme", applied_on="2026-10-20", stage="answered", reached={"answered": "2026-10-29"})
    app.workbook.record("keep-going/ask-after", 10)
    assert "silence-ask" not in panels(page(app, "keep-going/silence"))


def test_our_days_are_those_of_the_evidence() -> None:
    """One line after a week, a second a week later, probably a no after a month, and an end after 45 days."""
    found = (
        USUAL.grace_working_days,
        USUAL.ask_after,
        USUAL.ask_again_after,
        USUAL.late_after,
        USUAL.let_go_after,
    )
    assert (2, 7, 7, 30, 45) == found


def test_the_reasons_carry_their_source_and_how_sure_it_is(app: App) -> None:
    """Every number in the reasons comes from the base rates and says whose it is."""
    (fold,) = panels(page(app, "keep-going/silence"))["reasons"]["details"]
    for part in ("7 to 12 days", "35 to 37 days", "Three published personal logs", "355", "Worked out by us"):
        assert part in fold["text"]


# --- the finish line -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "state", "over"),
    [
        ({}, "open", False),
        ({"outcome": "accepted"}, "accepted", False),
        ({"outcome": "accepted", "starts_on": "2026-12-01"}, "dated", False),
        ({"outcome": "accepted", "starts_on": "2026-11-02"}, "came", False),
        ({"outcome": "started", "starts_on": "2026-12-01"}, "dated", False),
        ({"outcome": "started", "starts_on": "2026-11-02"}, "started", True),
    ],
)
def test_the_search_is_over_on_the_first_day_at_work_and_not_before(
    app: App, fields: dict[str, Any], state: str, over: bool
) -> None:
    """An accepted offer without a first day, or with one still to come, keeps the plan alive."""
    add(app, "Acme", **fields)
    found = finish(app.workbook.history(), app.workbook.today())
    assert (state, over) == (found.state, found.over)


def test_an_offer_that_fell_through_opens_the_search_again(app: App) -> None:
    """It becomes a no at the stage offer, and the page says that the search goes on."""
    application = add(app, "Acme", outcome="accepted", starts_on="2026-12-01", stage="offer")
    shown = page(app, "keep-going/finish")
    press(shown, panels(shown)["finish"]["actions"][0])
    body = app.workbook.get(application, "application").body
    assert ("no", "offer", None) == (body["outcome"], body["stage"], body.get("starts_on"))
    assert "The search goes on" in panels(shown)["fell"]["text"]


# --- goals, plans, the weekly look back ------------------------------------------------------------


def test_a_goal_is_counted_from_the_search(app: App) -> None:
    """Applications sent since Monday count by themselves."""
    add(app, "Acme", applied_on="2026-11-03")
    add(app, "Old", applied_on="2026-11-01")
    app.workbook.record("keep-going/goals", [1])
    for name, value in (("goal", "Send two"), ("goal-counts", "applications"), ("goal-number", 2)):
        app.workbook.record(f"keep-going/{name}", value, item=1)
    (row,) = panels(page(app, "keep-going/week"))["goals"]["rows"]
    assert "1 of 2" == row["when"]


def test_what_the_person_counted_begins_anew_each_week(app: App, clock: Any) -> None:
    """A number written last week says nothing about this one."""
    app.workbook.record("keep-going/goals", [1])
    for name, value in (("goal", "Call two"), ("goal-number", 2), ("goal-done", 2)):
        app.workbook.record(f"keep-going/{name}", value, item=1)
    assert "2 of 2, reached" == panels(page(app, "keep-going/week"))["goals"]["rows"][0]["when"]
    clock.advance(days=7)
    assert "0 of 2" == panels(page(app, "keep-going/week"))["goals"]["rows"][0]["when"]


def check_in(app: App, words: str) -> None:
    """Write one of this week's three questions, as the browser does."""
    shown = page(app, "keep-going/check-in")
    asked = next(one for one in shown.children if isinstance(one, Exercise))
    reply = {
        "type": "reply",
        "seq": 1,
        "page": words,
        "record_id": asked.record_id,
        "question": "keep-going/check-in-did",
        "item": None,
        "value": words,
        "base_revision": 0,
    }
    asked._handle_custom_msg(reply, [])


def test_each_week_has_a_check_in_of_its_own(app: App, clock: Any) -> None:
    """Next week the three questions are empty again, and last week's words stand below with their week."""
    check_in(app, "Sent two letters.")
    shown = page(app, "keep-going/check-in")
    assert {"keep-going/check-in-did": "Sent two letters."} == shown.children[1].value
    clock.advance(days=7)
    shown = page(app, "keep-going/check-in")
    assert {} == shown.children[1].value
    (fold,) = panels(shown)["earlier"]["details"]
    assert ("Week from 2 November", ["Sent two letters."]) == (fold["summary"], fold["text"])
    check_in(app, "Took a day off.")
    listed = app.workbook.reply(app.workbook.question("keep-going/check-ins")).value
    assert [1, 2] == listed


def test_the_front_page_has_one_next_step(app: App) -> None:
    """First a goal, then a plan; nobody is shown two things at once."""
    shown = page(app, "keep-going")
    assert "#/keep-going/week" == panels(shown)["next"]["actions"][0]["href"]
    app.workbook.record("keep-going/goals", [1])
    app.workbook.record("keep-going/goal", "Send two", item=1)
    assert "#/keep-going/plans" == panels(page(app, "keep-going"))["next"]["actions"][0]["href"]


# --- the calendar ----------------------------------------------------------------------------------


def uids(file: bytes) -> list[str]:
    """What a calendar knows its days by."""
    return sorted(str(event["uid"]) for event in Calendar.from_ical(file).walk("VEVENT"))


def test_taking_the_calendar_in_twice_doubles_nothing(app: App, clock: Any) -> None:
    """Each day keeps its UID from one file to the next, also when the day itself moved."""
    asked = add(app, "Acme", applied_on="2026-10-20", stage="interview", answer_promised_on="2026-11-02")
    app.workbook.add_interview(asked, {"held_on": "2026-10-30"})
    app.workbook.record("keep-going/check-in-day", "friday")
    visit = Visit(app.workbook)
    before = calendar_of(visit)
    clock.advance(days=2)
    now = app.workbook.get(asked, "application")
    app.workbook.change(asked, {"role": "clerk"}, kind="application", base_revision=now.number)
    after = calendar_of(visit)
    assert 4 == len(uids(before)) == len(set(uids(before)))
    assert uids(before) == uids(after)


def test_the_look_back_comes_each_week_on_its_day(app: App) -> None:
    """The weekly event begins on the first such day and repeats."""
    app.workbook.record("keep-going/check-in-day", "tuesday")
    (event,) = Calendar.from_ical(calendar_of(Visit(app.workbook))).walk("VEVENT")
    assert (dt.date(2026, 11, 10), ["WEEKLY"]) == (event["dtstart"].dt, event["rrule"]["FREQ"])


def test_how_long_says_where_its_numbers_come_from(app: App) -> None:
    """With too little to tell it says so, and what others' searches say carries a source."""
    add(app, "Acme", applied_on="2026-10-20")
    shown = panels(page(app, "keep-going/how-long"))
    assert "It is too early to tell" in shown["sticks"]["text"][0]
    assert "Three published personal logs" in shown["waiting"]["hint"]
    assert "#/help" == shown["help"]["actions"][0]["href"]


def test_days_chosen_after_a_no_are_in_the_calendar(app: App) -> None:
    """To be in touch again, to decide about a silence, to talk with somebody: each once, while it still stands."""
    made = app.workbook.add_application({"company": "Acme", "applied_on": "2026-10-01"}).record_id
    for name in ("door", "silence", "talk"):
        app.workbook.record(f"no/{name}-on", "2026-12-01", record_id=made)

    def titles() -> list[str]:
        events = Calendar.from_ical(calendar_of(Visit(app.workbook))).walk("VEVENT")
        chosen = [event for event in events if event["DTSTART"].dt == dt.date(2026, 12, 1)]
        return sorted(str(event["SUMMARY"]) for event in chosen)

    expected = ["Be in touch again: Acme", "Decide about the silence: Acme", "Talk with somebody"]
    assert expected == titles()
    app.workbook.change(made, {"outcome": "no", "outcome_on": "2026-11-04"}, kind="application")
    assert [expected[0], expected[2]] == titles()


def test_days_nobody_chose_are_shown_and_not_kept(app: App) -> None:
    """The fields hold the usual days until a person writes others; nothing is answered by looking."""
    (exercise,) = [one for one in page(app, "keep-going/silence").children if isinstance(one, Exercise)]
    shown = {key: (kept["value"], kept["revision"]) for key, kept in exercise.shown()["replies"].items()}
    assert {
        "keep-going/ask-after": (7, 0),
        "keep-going/ask-again-after": (7, 0),
        "keep-going/let-go-after": (45, 0),
    } == shown
    app.workbook.record("keep-going/ask-after", 10)
    page(app, "keep-going/silence")
    assert 10 == exercise.shown()["replies"]["keep-going/ask-after"]["value"]
