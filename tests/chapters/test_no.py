"""When the answer is no: the order, what waits, what counts as done, the silence, the letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.app import App
from rebound_widgets.chapters.no_silence import milestones
from rebound_widgets.domain.text_questions import TimedPage
from rebound_widgets.insight import WaitingDays, base_rate
from rebound_widgets.letters import LETTERS
from rebound_widgets.widgets.actions import Actions
from rebound_widgets.widgets.breathing import Breathing
from rebound_widgets.widgets.download import Download
from rebound_widgets.widgets.exercise import Exercise
from rebound_widgets.widgets.panels import Panels
from rebound_widgets.widgets.quick_line import QuickLine
from rebound_widgets.widgets.text import Text
from rebound_widgets.workbook import Workbook

NOW = dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC)


class Clock:
    """A clock the test moves."""

    now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(home: Path, clock: Clock) -> App:
    return App(Workbook.open(home, clock=clock))


@pytest.fixture
def acme(app: App) -> str:
    """An application at Acme that was interviewed and said no."""
    made = app.workbook.add_application(
        {
            "company": "Acme",
            "role": "clerk",
            "applied_on": "2026-10-01",
            "outcome": "no",
            "outcome_on": "2026-11-04",
        }
    )
    app.workbook.add_interview(made.record_id, {"held_on": "2026-10-20", "interviewers": "Ana Reyes"})
    return made.record_id


def page(app: App, address: str) -> Any:
    """The page of an address, open."""
    app.shell._handle_custom_msg({"type": "go", "address": address}, [])
    return app.shell.pages[address.partition("/")[0]]


def panels(page: Any) -> dict[str, dict[str, Any]]:
    """Every panel in the column and the margin, by its id."""
    shown = [*page.children, *page.margin]
    return {panel["id"]: panel for widget in shown if isinstance(widget, Panels) for panel in widget.panels}


def press(page: Any, action: str) -> None:
    """Press the button of that id."""
    for widget in page.children:
        for panel in widget.panels if isinstance(widget, Panels) else []:
            for found in panel.get("actions", []):
                if found["id"] == action:
                    widget._handle_custom_msg({"type": "action", "action": found}, [])
                    return
    raise AssertionError(f"There is no {action} on the page.")


def asked(page: Any) -> list[str]:
    """The questions of the exercises on the page."""
    shown = [widget.shown()["questions"] for widget in page.children if isinstance(widget, Exercise)]
    return [question["id"] for questions in shown for question in questions]


def rows_of_buttons(page: Any) -> list[Actions]:
    """The rows of buttons in the column; a text is none."""
    return [one for one in page.children if isinstance(one, Actions) and not isinstance(one, Text)]


def begin(page: Any) -> None:
    """Press the button that puts the starting text into a letter."""
    start = rows_of_buttons(page)[0]
    start._handle_custom_msg({"type": "action", "id": "draft", "page": "p", "ticket": "1"}, [])


def ways_out(page: Any) -> list[str]:
    """How the letter of a page can go out."""
    return [item["id"] for item in rows_of_buttons(page)[-1].shown()["items"]]


def only(page: Any, kind: type) -> Any:
    """The one widget of that kind in the column; a text is no row of buttons."""
    other = Text if kind is Actions else ()
    (found,) = [one for one in page.children if isinstance(one, kind) and not isinstance(one, other)]
    return found


def answer(app: App, question: str, record_id: str) -> Any:
    """What stands in a question now."""
    return app.workbook.reply(app.workbook.question(question), record_id=record_id).value


# --- which answer ----------------------------------------------------------------------------------


def test_an_empty_workbook_takes_a_no_in_one_line(app: App) -> None:
    """Somebody with bad news and nothing noted writes one line and is at the pause."""
    went: list[str] = []
    shown = page(app, "no")
    shown_page = app._pages["no"]
    app._visit.go = went.append
    only(shown, QuickLine)._handle_custom_msg(
        {"type": "keep", "seq": 1, "ticket": "t", "line": "Acme, clerk"}, []
    )
    (made,) = app.workbook.store.current("application")
    assert ("Acme", "no", "2026-11-05") == (
        made.body["company"],
        made.body["outcome"],
        made.body["outcome_on"],
    )
    assert [f"no/{made.record_id}"] == went
    assert ["no/feeling-name", "no/feeling"] == asked(shown_page.widget)


def test_a_no_for_a_firm_that_is_there_makes_no_second_one(app: App) -> None:
    """The open application of that firm gets the answer."""
    there = app.workbook.add_application({"company": "Acme", "role": "clerk", "stage": "interview"})
    line = {"type": "keep", "seq": 1, "ticket": "t", "line": "acme"}
    only(page(app, "no"), QuickLine)._handle_custom_msg(line, [])
    (found,) = app.workbook.store.current("application")
    assert (there.record_id, "no", "interview") == (
        found.record_id,
        found.body["outcome"],
        found.body["stage"],
    )


def test_a_no_noted_twice_is_one_no(app: App, acme: str) -> None:
    """A firm written in another way is the same firm, a day that is known stays, and the line says where it belongs."""
    line = only(page(app, "no"), QuickLine)
    assert "Belongs to your application at Acme, clerk." == line._understand("ACME Ltd., Clerk").note
    line._handle_custom_msg({"type": "keep", "seq": 1, "ticket": "t", "line": "ACME Ltd., Clerk"}, [])
    (found,) = app.workbook.store.current("application")
    assert (acme, "2026-11-04") == (found.record_id, found.body["outcome_on"])


def test_firm_and_role_can_be_corrected_from_the_chapter(app: App, acme: str) -> None:
    """A line that was read otherwise than it was meant is mended on the page of the application."""
    (action,) = panels(page(app, f"no/{acme}"))["position"]["actions"]
    assert f"#/search/{acme}" == action["href"]


def test_noes_and_silences_are_offered_each_with_its_own_way_in(app: App, acme: str) -> None:
    """The last no comes first; what is silent leads to its own page; what is under way is not there."""
    silent = app.workbook.add_application({"company": "Northway", "applied_on": "2026-10-01"}).record_id
    app.workbook.add_application({"company": "Fresh", "applied_on": "2026-11-01"})
    rows = panels(page(app, "no"))["choose"]["rows"]
    assert [f"#/no/{acme}", f"#/no/{silent}/silence"] == [row["href"] for row in rows]


def test_a_begun_sitting_goes_on_where_nothing_is_written_yet(app: App, acme: str) -> None:
    """Every exercise can be left half-done: the choice leads to the first part without a word in it."""
    app.workbook.record("no/feeling", 3, record_id=acme)
    (row,) = panels(page(app, "no"))["choose"]["rows"]
    assert f"#/no/{acme}/private" == row["href"]


def test_an_application_that_is_gone_offers_the_others(app: App, acme: str) -> None:
    """A deleted application leaves the choice, not an error."""
    page(app, f"no/{acme}")
    app.workbook.delete(acme)
    assert "choose" in panels(page(app, f"no/{acme}"))


# --- the order -------------------------------------------------------------------------------------


def test_the_order_is_calm_first_and_one_step_last(app: App, acme: str) -> None:
    """Following "Next" leads from the pause through every part to one step back on the road."""
    seen, address = [], f"no/{acme}"
    while address:
        shown = page(app, address)
        seen.append(address.removeprefix(f"no/{acme}").strip("/"))
        onward = panels(shown)["onward"]["actions"]
        address = next((a["href"].removeprefix("#/") for a in onward if a["id"] == "next"), "")
    assert [
        "",
        "private",
        "kindness",
        "answer",
        "causes",
        "right-for-me",
        "letter/answer-to-a-no",
        "letter/feedback-request",
        "door",
        "people",
        "step",
    ] == seen
    assert "done" in panels(shown)


def test_every_part_is_within_reach_at_once(app: App, acme: str) -> None:
    """The order is offered, never enforced: the margin links to every part but the open one."""
    rows = panels(page(app, f"no/{acme}/causes"))["parts"]["rows"]
    assert 11 == len(rows)
    assert 1 == len([row for row in rows if "href" not in row])


def test_the_pause_breathes(app: App, acme: str) -> None:
    """Two minutes: twelve breaths of ten seconds, started by the person."""
    pace = only(page(app, f"no/{acme}"), Breathing).shown()
    assert 120 == pace["breaths"] * (pace["in_s"] + pace["out_s"])


def test_the_private_page_can_never_be_shared(app: App) -> None:
    """By construction: the timed page is private, and no content can make it otherwise."""
    question = app.workbook.question("no/private-page")
    assert isinstance(question, TimedPage)
    assert question.private


def test_what_the_person_kept_stands_beside_the_kind_words(app: App, acme: str) -> None:
    """Something good from an earlier debrief is in the margin, in the person's own words."""
    (interview,) = app.workbook.interviews(acme)
    app.workbook.record("debrief/went-well-1", "I asked about the tide.", record_id=interview.record_id)
    assert "I asked about the tide." == panels(page(app, f"no/{acme}/kindness"))["kept-0"]["quote"]


# --- causes ----------------------------------------------------------------------------------------


def test_the_causes_count_as_done_with_one_card_outside_mine(app: App, acme: str) -> None:
    """All cards under "mine" is not done; one under theirs or luck is. There is no score."""
    shown = page(app, f"no/{acme}/causes")
    assert "causes" not in panels(shown)

    def state() -> str:
        rows = panels(page(app, f"no/{acme}/pause"))["parts"]["rows"]
        return str(next(row["detail"] for row in rows if row["text"] == "What do I know about why?"))

    app.workbook.record("no/causes", {"mine": ["one-answer", "unprepared"]}, record_id=acme)
    assert "Begun" == state()
    assert "One more card" in panels(page(app, f"no/{acme}/causes"))["causes"]["text"][0]
    app.workbook.record("no/causes", {"mine": ["one-answer"], "luck": ["too-many"]}, record_id=acme)
    assert "Done" == state()
    done, sorted_so_far = panels(page(app, f"no/{acme}/causes"))["causes"]["text"]
    assert "done" in done
    assert "2 of 12 cards are sorted. The rest may stay where they are." == sorted_so_far


# --- their answer ----------------------------------------------------------------------------------


def test_their_answer_is_read_beside_itself(app: App, acme: str) -> None:
    """What goes out to everybody and what is about the person are told apart, with the words marked."""
    assert [] == only(page(app, f"no/{acme}/answer"), Text).shown()["blocks"]
    app.workbook.record(
        "no/their-answer",
        "Thank you for coming. We went with another candidate. The panel felt that your examples lacked detail.",
        record_id=acme,
    )
    (card,) = only(page(app, f"no/{acme}/answer"), Text).shown()["blocks"]
    (quote,) = [block for block in card["blocks"] if block["kind"] == "quote"]
    warm = [part["text"] for part in quote["text"] if isinstance(part, dict) and part.get("tone") == "warm"]
    assert any("lacked" in words for words in warm)
    joined = "".join(part if isinstance(part, str) else part["text"] for part in quote["text"])
    assert joined.replace(" (about you)", "").startswith("Thank you for coming.")


# --- letters ---------------------------------------------------------------------------------------


def test_a_letter_waits_for_tomorrow_after_a_strong_feeling(app: App, acme: str, clock: Clock) -> None:
    """At 6 or more of 10 the letter is not asked for today; tomorrow it is, and one press overrides it."""
    app.workbook.record("no/feeling", 6, record_id=acme)
    shown = page(app, f"no/{acme}/letter/answer-to-a-no")
    assert [] == asked(shown)
    assert "Fri 6 Nov" in panels(shown)["wait"]["title"]
    assert ["wait"] == [
        name for name in panels(page(app, f"no/{acme}/letter/feedback-request")) if name == "wait"
    ]
    other = app.workbook.add_application({"company": "Beta", "outcome": "no"}).record_id
    assert "wait" in panels(page(app, f"no/{other}/letter/answer-to-a-no"))
    press(page(app, f"no/{acme}/letter/answer-to-a-no"), "today")
    assert "no/letter-feedback-request" in asked(page(app, f"no/{acme}/letter/feedback-request"))
    app.workbook.record("no/letter-answer-to-a-no", "Dear Ana, thank you.", record_id=acme)
    (held,) = app.workbook.interviews(acme)
    app.workbook.record("debrief/recall", "They asked about maps.", record_id=held.record_id)
    assert "Let the letter to Acme rest until Fri 6 Nov" == panels(page(app, "start"))["next"]["title"]
    app.workbook.set_setting("letters-today", {})
    assert [] == asked(page(app, f"no/{acme}/letter/answer-to-a-no"))
    clock.now = NOW + dt.timedelta(days=1)
    assert "no/letter-answer-to-a-no" in asked(page(app, f"no/{acme}/letter/answer-to-a-no"))
    assert "Send your letter to Acme" == panels(page(app, "start"))["next"]["title"]


@pytest.mark.parametrize("feeling", [0, 5, None])
def test_a_letter_does_not_wait_after_a_calm_feeling(app: App, acme: str, feeling: int | None) -> None:
    """Below 6, or without an answer, nobody is held up."""
    if feeling is not None:
        app.workbook.record("no/feeling", feeling, record_id=acme)
    assert "wait" not in panels(page(app, f"no/{acme}/letter/answer-to-a-no"))


def test_the_rest_of_the_page_never_waits(app: App, acme: str) -> None:
    """Only letters to the employer wait: writing for oneself, causes and people are open at any strength."""
    app.workbook.record("no/feeling", 10, record_id=acme)
    for part in ("private", "kindness", "answer", "causes", "right-for-me", "door", "people", "step"):
        assert asked(page(app, f"no/{acme}/{part}")), part


@pytest.mark.parametrize("letter", LETTERS[1:])
def test_every_letter_is_begun_from_the_record(app: App, acme: str, letter: str) -> None:
    """One press puts in a starting text that holds the role; the ways out follow, and a mail draft."""
    shown = page(app, f"no/{acme}/letter/{letter}")
    begin(shown)
    assert "clerk" in answer(app, f"no/letter-{letter}", acme)
    shown = page(app, f"no/{acme}/letter/{letter}")
    assert ["mail", "copy"] == ways_out(shown)
    assert b"Subject:" in only(shown, Download)._make()
    assert f"no/letter-{letter}-sent" == asked(shown)[-1]


def test_a_letter_is_one_step_after_the_other_with_one_main_button(app: App, acme: str) -> None:
    """Begin it, then send it, then go on: what stands above the letter goes into it, and one button is the main one."""

    def mains(shown: Any) -> list[str]:
        pressed = [
            item["id"]
            for one in rows_of_buttons(shown)
            for item in one.shown()["items"]
            if item.get("kind") == "primary"
        ]
        actions = [action for panel in panels(shown).values() for action in panel.get("actions", ())]
        asks = [one.shown()["kind"] for one in shown.children if isinstance(one, QuickLine)]
        return [
            *pressed,
            *[action["id"] for action in actions if action.get("look", "main") == "main"],
            *[kind for kind in asks if kind == "primary"],
        ]

    address = f"no/{acme}/letter/answer-to-a-no"
    shown = page(app, address)
    names = [type(one).__name__ for one in shown.children]
    assert names.index("QuickLine") < names.index("Actions") < names.index("Exercise", names.index("Actions"))
    assert ["draft"] == mains(shown)
    begin(shown)
    assert ["mail"] == mains(page(app, address))
    app.workbook.record("no/letter-answer-to-a-no-sent", "2026-11-05", record_id=acme)
    assert ["next"] == mains(page(app, address))


def test_a_letter_takes_its_own_words_and_those_beside_it(app: App, acme: str) -> None:
    """The chosen question stands in the feedback letter, the person met at the top, the last signature below."""
    app.workbook.record("no/letter-answer-to-a-no", "Dear Ana,\n\nThank you.\n\nSam Lee", record_id=acme)
    app.workbook.record("no/letter-feedback-request-question", "see-more", record_id=acme)
    shown = page(app, f"no/{acme}/letter/feedback-request")
    begin(shown)
    text = answer(app, "no/letter-feedback-request", acme)
    assert text.startswith("Dear Ana Reyes,")
    assert "What would you have liked to see more of?" in text
    assert text.endswith("Sam Lee")


def test_the_tone_is_looked_over_and_nothing_is_stopped(app: App, acme: str) -> None:
    """A sharp letter is marked with reasons, and can go out all the same."""
    app.workbook.record("no/letter-answer-to-a-no", "Your decision is a mistake.", record_id=acme)
    shown = page(app, f"no/{acme}/letter/answer-to-a-no")
    heading = only(shown, Text).shown()["blocks"][0]["blocks"][0]["text"]
    assert "One place worth a second look" == heading
    assert "mail" in ways_out(shown)
    app.workbook.record("no/letter-answer-to-a-no", "Thank you for your time. " * 6, record_id=acme)
    (entry,) = only(page(app, f"no/{acme}/letter/answer-to-a-no"), Text).shown()["blocks"][0]["blocks"][1][
        "items"
    ]
    assert "Nothing specific" == entry["text"][0]["text"]
    assert entry["text"][2]["text"].startswith("What helps: Name one real thing")


def test_the_name_is_asked_for_once_and_signs_every_letter(app: App, acme: str) -> None:
    """It takes the place of its blank in the letter that is there, and no other letter asks again."""
    shown = page(app, f"no/{acme}/letter/answer-to-a-no")
    begin(shown)
    assert "[your name]" in answer(app, "no/letter-answer-to-a-no", acme)
    line = only(page(app, f"no/{acme}/letter/answer-to-a-no"), QuickLine)
    line._handle_custom_msg({"type": "keep", "seq": 1, "ticket": "1", "line": "Ana  Sol"}, [])
    assert answer(app, "no/letter-answer-to-a-no", acme).endswith("\nAna Sol")
    shown = page(app, f"no/{acme}/letter/feedback-request")
    assert [] == [one for one in shown.children if isinstance(one, QuickLine)]
    begin(shown)
    assert answer(app, "no/letter-feedback-request", acme).endswith("\nAna Sol")


def test_a_name_that_is_typed_counts_when_the_letter_is_begun(app: App, acme: str) -> None:
    """Nobody has to press "Keep" first: the name in the field is kept and stands in the starting text."""
    shown = page(app, f"no/{acme}/letter/answer-to-a-no")
    line = only(shown, QuickLine)
    line._handle_custom_msg({"type": "try", "seq": 1, "line": "Ana  Sol"}, [])
    begin(shown)
    assert answer(app, "no/letter-answer-to-a-no", acme).endswith("\nAna Sol")
    assert "Ana  Sol" == line.shown()["kept"]  # so that the field is emptied
    assert "Ana Sol" == app.workbook.setting("name", "")


def test_a_letter_with_a_blank_is_begun_and_not_written(app: App, acme: str) -> None:
    """Words in square brackets still to be filled in: nobody is told to send that letter as it is."""
    app.workbook.record("no/letter-answer-to-a-no", "Dear Ana, thank you.\n\n[your name]", record_id=acme)
    (row,) = [row for row in panels(page(app, "start"))["loops"]["rows"] if "Answer to a no" in row["text"]]
    assert "Acme: Answer to a no, begun on Thu 5 Nov, with words still to fill in" == row["text"]
    (interview,) = app.workbook.interviews(acme)
    app.workbook.record("debrief/recall", "Two people.", record_id=interview.record_id)
    shown = page(app, "start")
    assert "Finish your letter to Acme" == panels(shown)["next"]["title"]
    app.workbook.record("no/feeling", 8, record_id=acme)
    assert "It is begun and kept." in panels(page(app, "start"))["next"]["text"]
    assert "Begun" in panels(page(app, f"search/{acme}"))["letters"]["rows"][0]["detail"]


def test_the_way_on_from_a_private_page_says_what_goes(app: App, acme: str) -> None:
    """Before the press that loses it, a sentence says that what leaves no trace is gone then; no other part says so."""
    said = panels(page(app, f"no/{acme}/private"))["onward"]["hint"]
    assert "What you write without a trace is gone when you go on." == said
    assert "hint" not in panels(page(app, f"no/{acme}/kindness"))["onward"]


def test_a_letter_written_and_not_sent_is_an_open_loop(app: App, acme: str) -> None:
    """Where you are names the letter and leads to it until the day it was sent is filled in."""
    app.workbook.record("no/letter-answer-to-a-no", "Dear Ana, thank you.", record_id=acme)
    rows = panels(page(app, "start"))["loops"]["rows"]
    (row,) = [row for row in rows if "Answer to a no" in row["text"]]
    assert f"#/no/{acme}/letter/answer-to-a-no" == row["href"]
    app.workbook.record("no/letter-answer-to-a-no-sent", "2026-11-05", record_id=acme)
    assert [] == [
        row
        for row in panels(page(app, "start")).get("loops", {}).get("rows", [])
        if "Answer to a no" in row["text"]
    ]


def test_an_application_lists_the_letters_that_fit(app: App, acme: str) -> None:
    """After a no: the answer, the question, staying in touch; with an offer: yes or no; each with its state."""
    app.workbook.record("no/letter-answer-to-a-no-sent", "2026-11-05", record_id=acme)
    rows = panels(page(app, f"search/{acme}"))["letters"]["rows"]
    assert ["Sent on Thu 5 Nov", "Not written", "Not written"] == [row["detail"] for row in rows]
    offer = app.workbook.add_application({"company": "Northway", "stage": "offer"}).record_id
    rows = panels(page(app, f"search/{offer}"))["letters"]["rows"]
    assert [f"#/no/{offer}/letter/{one}" for one in ("accepting", "declining")] == [
        row["href"] for row in rows
    ]


# --- silence ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "promised", "expected"),
    [
        ("2026-10-01", None, ["2026-10-08", "2026-10-15", "2026-10-31", "2026-11-15"]),
        ("2026-10-01", "2026-10-09", ["2026-10-13", "2026-10-20", "2026-11-08", "2026-11-23"]),
        (None, "2026-10-09", ["2026-10-13", "2026-10-20", "2026-11-08", "2026-11-23"]),
        ("2026-10-20", "2026-10-09", ["2026-10-27", "2026-11-03", "2026-11-19", "2026-12-04"]),
    ],
)
def test_the_days_of_a_silence(last: str | None, promised: str | None, expected: list[str]) -> None:
    """A week, another week, thirty and forty-five days; after a promised day two working days, weekends left out."""
    days = [None if day is None else dt.date.fromisoformat(day) for day in (last, promised)]
    source = base_rate("answer-days-90").source
    usual = WaitingDays(follow_up=7, second=14, let_go=30, own=False, source=source)
    assert expected == [day.isoformat() for day in milestones(*days, usual).values()]


def test_silence_has_its_own_way_in(app: App) -> None:
    """The page shows days as dates with their reason, the question to write, and one decision."""
    silent = app.workbook.add_application({"company": "Northway", "applied_on": "2026-10-01"}).record_id
    shown = page(app, f"no/{silent}/silence")
    assert "Thu 8 Oct" == panels(shown)["days"]["rows"][0]["when"]
    assert panels(shown)["days"]["hint"]
    assert "Greenhouse" in panels(shown)["days"]["details"][0]["text"]
    assert f"#/no/{silent}/letter/follow-up" == panels(shown)["ways"]["actions"][0]["href"]
    app.workbook.record("no/letter-follow-up-sent", "2026-10-10", record_id=silent)
    shown = page(app, f"no/{silent}/silence")
    assert f"#/no/{silent}/letter/follow-up-second" == panels(shown)["ways"]["actions"][0]["href"]


def test_the_day_chosen_for_a_silence_comes_back_on_the_first_page(app: App, clock: Clock) -> None:
    """Once it has come it is the step, until somebody answers; before, nobody is reminded."""
    made = app.workbook.add_application({"company": "Acme", "applied_on": "2026-10-20"}).record_id
    app.workbook.record("no/silence-on", "2026-11-06", record_id=made)
    title = "Look again at the silence of Acme"
    assert title != panels(page(app, "start"))["next"]["title"]
    clock.now = NOW + dt.timedelta(days=1)
    step = panels(page(app, "start"))["next"]
    assert (title, f"#/no/{made}/silence") == (step["title"], step["actions"][0]["href"])
    app.workbook.change(made, {"outcome": "no", "outcome_on": "2026-11-06"}, kind="application")
    assert title != panels(page(app, "start"))["next"]["title"]


def test_silence_is_counted_as_a_no_by_the_person_alone_and_taken_back(app: App) -> None:
    """Nothing is written behind anybody's back: one press counts it, the next takes it back."""
    silent = app.workbook.add_application({"company": "Northway", "applied_on": "2026-08-01"}).record_id
    shown = page(app, f"no/{silent}/silence")
    assert "open" == app.workbook.get(silent, "application").body.get("outcome", "open")
    press(shown, "close")
    assert "no" == app.workbook.get(silent, "application").body["outcome"]
    assert panels(shown)["answered"]["announce"]
    press(shown, "undo")
    assert "open" == app.workbook.get(silent, "application").body.get("outcome", "open")
    assert "days" in panels(shown)


def test_silence_without_a_day_says_what_is_missing(app: App) -> None:
    """Where there is no day to count from, the page leads to where one is added."""
    silent = app.workbook.add_application({"company": "Northway"}).record_id
    days = panels(page(app, f"no/{silent}/silence"))["days"]
    assert [] == days.get("rows", [])
    assert f"#/search/{silent}" == days["actions"][0]["href"]


def test_the_ways_lead_here(app: App, acme: str) -> None:
    """The first door, and an application with a no or a silence, lead to this chapter."""
    silent = app.workbook.add_application({"company": "Northway", "applied_on": "2026-10-01"}).record_id
    ways = [a.get("href") for a in panels(page(app, f"search/{acme}"))["top"]["actions"]]
    assert [f"#/no/{acme}", f"#/no/{acme}/answer"] == ways[1:]
    assert f"#/no/{silent}/silence" in [
        a.get("href") for a in panels(page(app, f"search/{silent}"))["top"]["actions"]
    ]


def test_the_first_door_leads_to_the_no(home: Path, clock: Callable[[], dt.datetime]) -> None:
    """Somebody who opens the workbook because of a no is one press from the pause."""
    doors = panels(page(App(Workbook.open(home, clock=clock)), "start"))["doors"]["rows"]
    assert "#/no" == doors[0]["href"]


def test_a_part_with_every_question_answered_is_done(app: App, acme: str) -> None:
    """Begun with the first answer, done with the last."""

    def state() -> str:
        rows = panels(page(app, f"no/{acme}/kindness"))["parts"]["rows"]
        return str(next(row["detail"] for row in rows if row["text"] == "A pause first"))

    app.workbook.record("no/feeling-name", "tired", record_id=acme)
    assert "Begun" == state()
    app.workbook.record("no/feeling", 3, record_id=acme)
    assert "Done" == state()


def test_causes_that_are_all_mine_are_never_done(app: App, acme: str) -> None:
    """Not even with every question of the page answered: its own rule decides."""
    app.workbook.record("no/causes", {"mine": ["unprepared"]}, record_id=acme)
    app.workbook.record("no/how-known", "guessed", record_id=acme)
    app.workbook.record("no/one-thing", "Prepare an evening earlier.", record_id=acme)
    rows = panels(page(app, f"no/{acme}/pause"))["parts"]["rows"]
    assert "Begun" == next(row["detail"] for row in rows if row["text"] == "What do I know about why?")


def test_what_was_said_of_one_letter_is_not_said_of_the_next(
    app: App, acme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A starting text put into one letter leaves no word of it on the page of another, which is empty."""
    shown = page(app, f"no/{acme}/letter/answer-to-a-no")
    said: list[str] = []
    monkeypatch.setattr(only(shown, Actions), "say", said.append)
    page(app, f"no/{acme}/letter/answer-to-a-no")
    assert [] == said
    page(app, f"no/{acme}/letter/feedback-request")
    assert [""] == said


def test_the_step_that_was_chosen_is_seen_on_the_first_page_for_a_week(
    app: App, acme: str, clock: Clock
) -> None:
    """In the person's own words, and with the way to where it was written; then it makes room."""
    app.workbook.record("no/step", "Ask Ana about her firm.", record_id=acme)
    (row,) = panels(page(app, "start"))["own-step"]["rows"]
    assert ("Ask Ana about her firm.", f"#/no/{acme}/step") == (row["text"], row["href"])
    clock.now += dt.timedelta(days=7)
    assert "own-step" not in panels(page(app, "start"))
