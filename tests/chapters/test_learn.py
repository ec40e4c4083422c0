"""What the interviews teach: patterns with a floor, the deck, the lists that fill from debriefs."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.app import App
from rebound_widgets.widgets.exercise import Exercise
from rebound_widgets.widgets.panels import Panels
from rebound_widgets.widgets.speak_timer import SpeakTimer
from rebound_widgets.workbook import Workbook


@pytest.fixture
def app(home: Path, clock: Callable[[], dt.datetime]) -> App:
    """An app on Thursday 5 November 2026."""
    return App(Workbook.open(home, clock=clock))


def page(app: App, address: str) -> Any:
    """The page of an address, open."""
    app.shell._handle_custom_msg({"type": "go", "address": address}, [])
    return app.shell.pages[address.partition("/")[0]]


def panels(page: Any) -> dict[str, dict[str, Any]]:
    """Every panel in the column, by its id."""
    return {p["id"]: p for widget in page.children if isinstance(widget, Panels) for p in widget.panels}


def debrief(app: App, company: str, held_on: str, *questions: tuple[str, str, int]) -> str:
    """An interview with these questions (words, topic, rating); its id."""
    made = app.workbook.add_application({"company": company, "outcome": "no"})
    interview = app.workbook.add_interview(made.record_id, {"held_on": held_on}).record_id
    app.workbook.record("debrief/asked", list(range(1, len(questions) + 1)), record_id=interview)
    for item, (text, topic, rating) in enumerate(questions, 1):
        for name, value in (("text", text), ("topic", topic), ("rating", rating)):
            app.workbook.record(f"debrief/asked-{name}", value, record_id=interview, item=item)
    return interview


def reply(asked: Exercise, question: str, value: Any, seq: int = 1) -> None:
    """Answer as the browser does."""
    content = {"type": "reply", "seq": seq, "page": "p", "record_id": asked.record_id, "question": question}
    asked._handle_custom_msg({**content, "item": None, "value": value, "base_revision": 0}, [])


def test_too_few_answers_are_said_to_be_too_few(app: App) -> None:
    """One bad answer is no pattern, and the page says how many it takes."""
    debrief(app, "Acme", "2026-11-01", ("Why us?", "motivation", 1))
    text = panels(page(app, "learn/patterns"))["topics"]["text"]
    assert "1 of the 5 rated answers" in text


@pytest.mark.parametrize("room", ["patterns", "practice", "strengths", "then-now"])
def test_a_page_that_debriefs_fill_leads_to_one(app: App, room: str) -> None:
    """What is empty says what will be here, and offers the one step that makes it appear."""
    actions = [
        action for panel in panels(page(app, f"learn/{room}")).values() for action in panel.get("actions", ())
    ]
    assert "#/debrief" in [action.get("href") for action in actions]
    assert 1 == sum(action.get("look", "main") == "main" for action in actions) + (room == "then-now")


def test_a_topic_that_goes_badly_twice_is_counted_with_its_source(app: App) -> None:
    """Counts, a floor and where they come from; never a cause."""
    debrief(app, "Acme", "2026-10-01", *[("Why?", "motivation", 2)] * 3)
    debrief(app, "Beta", "2026-10-20", *[("Why?", "motivation", 3)] * 2)
    topics = panels(page(app, "learn/patterns"))["topics"]
    (row,) = topics["rows"]
    assert ("Why this job, why here", "5 answers, 5 weak") == (row["text"], row["when"])
    assert "From 5 rated answers in 2 interviews" in topics["text"]
    assert "your own debriefs" in topics["hint"]


def test_a_weak_answer_is_practised_and_comes_again_later(app: App) -> None:
    """Speak, look, rate: the card is due on a later day, and what changed since the first time is shown."""
    interview = debrief(app, "Acme", "2026-10-01", ("Why us?", "motivation", 2))
    assert "1 question is ready to practise" == panels(page(app, "learn"))["next"]["title"]
    shown = page(app, f"learn/practice/{interview}/1")
    assert 1 == sum(isinstance(widget, SpeakTimer) for widget in shown.children)
    (asked,) = [w for w in shown.children if isinstance(w, Exercise)]
    reply(asked, "learn/practised-rating", 4)
    reply(asked, "learn/practised-said", "Their product first.", seq=2)
    changed = panels(page(app, f"learn/practice/{interview}/1"))["changed"]
    lines = [row["text"] for row in changed["rows"]]
    assert ["Thu 1 Oct, in the interview: 2", "Thu 5 Nov, practised: 4. Their product first."] == lines
    assert "due" in panels(page(app, "learn/practice"))
    assert 1 == len(panels(page(app, "learn/practice"))["later"]["rows"])


def test_notes_are_folded_so_that_the_person_speaks_first(app: App) -> None:
    """What was written before stands behind a fold, never above the clock."""
    interview = debrief(app, "Acme", "2026-10-01", ("Why us?", "motivation", 2))
    app.workbook.record("debrief/asked-said", "Something vague.", record_id=interview, item=1)
    shown = page(app, f"learn/practice/{interview}/1")
    assert "Something vague" not in str(panels(shown)["question"])
    notes = next(w for w in shown.children if isinstance(w, Panels) and w.panels[0]["id"] == "notes")
    assert "Something vague." in str(notes.panels[0]["details"])
    assert "text" not in notes.panels[0]


def test_topics_to_read_up_on_go_to_the_list_with_one_press(app: App) -> None:
    """Each line of the debrief is offered once, and no more when it is on the list."""
    interview = debrief(app, "Acme", "2026-10-01")
    app.workbook.record("debrief/read-up", "Window functions\nTesting", record_id=interview)
    shown = page(app, "learn/study")
    row = panels(shown)["waiting"]["rows"][0]
    shown.children[0]._handle_custom_msg({"type": "action", "action": row["actions"][0]}, [])
    assert "Window functions" == app.workbook.reply(app.workbook.question("learn/study-topic"), item=1).value
    assert ["Testing"] == [one["text"] for one in panels(shown)["waiting"]["rows"]]


def test_what_went_well_is_kept_after_a_no(app: App) -> None:
    """Strengths come from the person's own debriefs, whatever the answer was."""
    interview = debrief(app, "Acme", "2026-10-01")
    app.workbook.record("debrief/went-well-1", "I was calm.", record_id=interview)
    shown = page(app, "learn/strengths")
    (row,) = panels(shown)["kept"]["rows"]
    assert ("I was calm.", "Acme, Thu 1 Oct") == (row["text"], row["detail"])
    shown.children[0]._handle_custom_msg({"type": "action", "action": row["actions"][0]}, [])
    assert [] == panels(shown)["kept"]["rows"][0]["actions"]


def test_feedback_is_asked_for_in_a_letter(app: App) -> None:
    """After a no that came after an interview the way to the letter is there; without one it is not."""
    assert "ask" not in panels(page(app, "learn/feedback"))
    interview = debrief(app, "Acme", "2026-10-01")
    application = app.workbook.get(interview, "interview").body["application_id"]
    (row,) = panels(page(app, "learn/feedback"))["ask"]["rows"]
    assert f"#/no/{application}/letter/feedback-request" == row["actions"][0]["href"]


def test_the_same_kind_of_question_stands_side_by_side(app: App) -> None:
    """The first rating and the last, with their days and firms."""
    debrief(app, "Acme", "2026-10-01", ("A fight?", "conflict", 2))
    debrief(app, "Beta", "2026-10-20", ("A fight?", "conflict", 4))
    (row,) = panels(page(app, "learn/then-now"))["topics"]["rows"]
    assert "2 then, 4 now" == row["when"]
    assert "Acme" in row["detail"]
    assert "Beta" in row["detail"]
