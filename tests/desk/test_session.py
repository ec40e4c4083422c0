"""A session: what changed, three topics with their reasons, two kinds of note, and what is taken along."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import string
from pathlib import Path
from typing import Any

import pypdf
import pytest

from rebound_widgets.content import load_content
from rebound_widgets.desk import Desk, DeskApp
from rebound_widgets.desk.facts import Facts, facts_of
from rebound_widgets.desk.rules import SIGNALS, TOPICS, rules, said
from rebound_widgets.desk.shared_things import shared_blocks
from rebound_widgets.sharing import compose, offers, read_reply, share_bytes
from rebound_widgets.widgets.download import Download
from rebound_widgets.widgets.exercise import Exercise
from rebound_widgets.workbook import Workbook

from ..conftest import Clock
from .conftest import panels, shared
from .test_desk import go, press

PRIVATE = "Zanzibarplum, for nobody else."


@pytest.fixture
def app(desk: Desk, today: dt.date) -> DeskApp:
    """A desk with Mara's share, and a session with her begun today with both kinds of note."""
    desk.take_in(shared(today, chosen=("numbers", "interview"))[0])
    app = DeskApp(desk)
    go(app, address(app))
    press(app, "session", "begin")
    (session,) = desk.workbook.current("session")
    replies: dict[str, Any] = {
        "private-note": PRIVATE,
        "shared-note": "You told the story well.",
        "agreed": [1],
        "ask": [1],
        "covered": ["self-efficacy"],
    }
    for name, value in replies.items():
        desk.workbook.record(f"session/{name}", value, record_id=session.record_id)
    for name, value in {
        "agreed-what": "Ask Tom",
        "agreed-by": "2026-11-12",
        "ask-text": "What is enough?",
    }.items():
        desk.workbook.record(f"session/{name}", value, record_id=session.record_id, item=1)
    return app


def address(app: DeskApp) -> str:
    """Where Mara's page is."""
    return f"session/{app.desk.people()[0].id}"


def asked(page: Any) -> list[str]:
    """The exercises on a page, by their first question."""
    return [w.shown()["questions"][0]["id"] for w in page.children if isinstance(w, Exercise)]


def saved(page: Any, kind: str) -> bytes:
    """What the button for a kind of file saves."""
    (button,) = [w for w in page.children if isinstance(w, Download) and w._name.endswith(kind)][:1]
    made = button._make()
    return bytes(asyncio.run(made)) if asyncio.iscoroutine(made) else bytes(made)


def test_a_session_is_begun_by_one_press_and_once_a_day(app: DeskApp) -> None:
    """Its notes then stand on the page; the day's session is gone on with."""
    page = go(app, address(app))
    assert ["session/private-note", "session/shared-note", "session/covered"] == asked(page)
    assert 1 == len(app.desk.workbook.current("session"))
    assert "begin" not in {a["id"] for p in panels(page).values() for a in p.get("actions", [])}


def test_the_own_note_is_marked_and_is_not_there_while_looking_together(app: DeskApp) -> None:
    """It says that it never leaves the desk; together, it is not hidden on the page but not on it at all."""
    page = go(app, address(app))
    own = next(w for w in page.children if isinstance(w, Exercise))
    assert "Mine only. It never leaves this desk." == own._words["private"]
    assert own.shown()["questions"][0]["private"]
    together = go(app, f"{address(app)}/together")
    assert ["session/shared-note", "session/covered"] == asked(together)
    assert PRIVATE not in str([w.shown() for w in [*together.children, *together.margin]])
    assert "forget" not in panels(together)


def test_what_is_given_holds_all_of_one_kind_and_nothing_of_the_other(app: DeskApp) -> None:
    """Reply, page and PDF have the note, the action with its day and the question; none has the own note."""
    page = go(app, address(app))
    reply = read_reply(saved(page, ".rebound-reply"), app.desk.people()[0].id)
    assert ("Ana Reyes", "You told the story well.") == (reply.counsellor, reply.note)
    assert [("Ask Tom", dt.date(2026, 11, 12))] == [(action.what, action.by) for action in reply.actions]
    assert ("What is enough?",) == reply.questions
    assert [dt.date(2026, 11, 5)] == [day for _, day in reply.opened]
    names = [button._name for button in page.children if isinstance(button, Download)]
    assert {f"for-mara-2026-11-05{end}" for end in (".rebound-reply", ".pdf", ".html")} == set(names)
    pdf = " ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(saved(page, ".pdf"))).pages)
    for text in (pdf, saved(page, ".html").decode()):
        assert "Ask Tom" in text
        assert "12 Nov 2026" in text
        assert "Zanzibarplum" not in text
    assert b"Zanzibarplum" not in saved(page, ".rebound-reply")


def test_the_next_session_says_what_changed(app: DeskApp, clock: Clock) -> None:
    """Counts that moved, what is new and what has other words since the last one; and what was worked on."""
    clock.advance(days=14)
    later = clock.now.date()
    app.desk.take_in(shared(later, chosen=("numbers", "interview", "answers:debrief/recall"))[0])
    told = panels(go(app, address(app)))
    changed = told["changed"]
    assert "What changed since 5 Nov 2026" == changed["title"]
    assert "New" in {row.get("when") for row in changed["rows"]}
    assert "in 1 session" == next(r for r in told["components"]["rows"] if "Trust" in r["text"])["when"]
    assert ["What you agreed on last time"] == [
        panel["title"] for name, panel in told.items() if name == "topic-agreed"
    ]


def test_three_topics_stand_with_their_reasons_and_questions(app: DeskApp) -> None:
    """Never more than three, each with why it is suggested and how to open."""
    topics = [p for name, p in panels(go(app, address(app))).items() if name.startswith("topic-")]
    assert 3 == len(topics)
    assert [] == [topic["title"] for topic in topics if not topic["text"] or not topic["details"][0]["text"]]


# The rules -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [SIGNALS, TOPICS])
def test_rules_are_the_same_in_every_language(name: str) -> None:
    """The same rules with the same numbers and the same facts, in other words."""

    def shape(locale: str) -> list[Any]:
        return [
            (r.id, dict(r.at_least), dict(r.at_most), len(r.questions), facts(r.reason))
            for r in rules(name, locale)
        ]

    def facts(text: str) -> set[str | None]:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field}

    assert shape("en") == shape("es")
    for one, other in zip(rules(name, "en"), rules(name, "es"), strict=True):
        assert one.reason != other.reason


def test_a_rule_asks_only_for_facts_there_are(desk: Desk, today: dt.date) -> None:
    """Every fact a rule or a reason names is one that a share can give."""
    desk.take_in(shared(today)[0])
    (person,) = desk.people()
    known = {*facts_of(person, today).numbers, "days_since_session", "days_to_interview"}
    words = {*known, "quiet_since", "until", "last_session", "next_interview", "stage"}
    for rule in (*rules(SIGNALS, "en"), *rules(TOPICS, "en")):
        assert {*rule.at_least, *rule.at_most} <= known, rule.id
        assert {f for _, f, _, _ in string.Formatter().parse(rule.reason) if f} <= words, rule.id


@pytest.mark.parametrize(
    ("days", "looked_back", "says"),
    [(0, False, True), (0, True, False), (7, False, True), (8, False, False), (-1, False, False)],
)
def test_one_part_of_an_interview_says_that_it_is_soon(
    desk: Desk, home: Path, clock: Clock, today: dt.date, days: int, looked_back: bool, says: bool
) -> None:
    """Its day comes along, so that preparing it is a topic and on the list, with the day as the reason."""
    workbook = Workbook.open(home / "student", clock=clock)
    made = workbook.add_application({"company": "Acme"})
    day = today + dt.timedelta(days=days)
    held = workbook.add_interview(made.record_id, {"held_on": day.isoformat()})
    question = "debrief/recall" if looked_back else "ready/questions"
    workbook.record(question, "Three people." if looked_back else ["next"], record_id=held.record_id)
    (chosen,) = [o.id for o in offers(workbook.history(), load_content(), "w") if o.id.startswith("answers:")]
    terms = {
        "reader": "Ana Reyes",
        "sharer": "Mara",
        "why": "",
        "given_on": today,
        "until": today + dt.timedelta(days=28),
    }
    desk.take_in(share_bytes(compose(workbook.history(), load_content(), "w", [chosen], terms)[0]))
    workbook.close()
    app = DeskApp(desk)
    told = panels(go(app, address(app)))
    topic = told.get("topic-interview-soon")
    assert says == (topic is not None)
    assert (days > 7) == ("topic-interview-ahead" in told)
    if topic is not None:
        assert topic["text"] == f"They have an interview on {load_content().facts.show_day(day, 'year')}."
    signals = panels(go(app, "desk"))["signals"]
    assert says == ("An interview within a week" in str(app.shell.pages["desk"].children[2].shown()["rows"]))
    assert (says or days > 7) == bool(signals.get("rows"))


def test_a_fact_nobody_shared_fits_no_rule() -> None:
    """Without numbers nothing is said about them; something can always be talked about."""
    nothing = Facts(numbers={"sessions": 0, "shares": 0, "written": 0, "about_a_no": 0})
    assert [] == said(SIGNALS, nothing, load_content())
    assert ["next-step", "who-helps", "enough"] == [
        one.id for one in said(TOPICS, nothing, load_content(), 3)
    ]


def test_what_was_shared_of_one_interview_is_one_fold(app: DeskApp, today: dt.date) -> None:
    """A counsellor finds the notes below without passing dozens of lines; each thing is there once."""
    app.desk.take_in(shared(today, workbook="workbook-2", chosen=("",), sharer="Noor")[0])
    (person,) = [one for one in app.desk.people() if one.name == "Noor"]
    heading, *folds = shared_blocks(person, app.desk.workbook.content)
    assert "What they shared" == heading["text"]
    assert all(fold["kind"] == "more" for fold in folds)
    inner = [one for fold in folds for one in fold["blocks"] if one["kind"] == "more"]
    alone = [fold for fold in folds if not any(one["kind"] == "more" for one in fold["blocks"])]
    assert len(person.items) == len(inner) + len(alone) > 30
    assert len(folds) < 16
    assert len({fold["summary"] for fold in folds}) == len(folds)
    assert "What happened" in {one["summary"] for one in inner}
