"""Share with somebody: ticked, seen, saved, logged, taken back; and what comes back, kept apart."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.app import App
from rebound_widgets.content import load_content
from rebound_widgets.reports import Choice, compose, what_there_is
from rebound_widgets.sharing import CounselReply, read_revocation, read_share, reply_bytes, sender_id
from rebound_widgets.sharing.replies import AgreedAction
from rebound_widgets.widgets.download import Download
from rebound_widgets.widgets.exercise import Exercise
from rebound_widgets.widgets.file_chooser import ChosenFile, FileChooser
from rebound_widgets.widgets.panels import Panels
from rebound_widgets.widgets.passphrase import Passphrase
from rebound_widgets.widgets.text import Text
from rebound_widgets.workbook import Workbook

from ..conftest import Clock


@pytest.fixture
def app(home: Path, clock: Clock) -> App:
    """An app with one application and one interview that was looked back at."""
    app = App(Workbook.open(home, clock=clock))
    made = app.workbook.add_application({"company": "Acme", "note": "Blue door."})
    interview = app.workbook.add_interview(made.record_id, {"held_on": "2026-10-20"})
    app.workbook.record("debrief/recall", "Three people.", record_id=interview.record_id)
    for name, value in {"whom": "Ana Reyes", "as": "Mara"}.items():
        app.workbook.record(f"share/with-{name}", value)
    return app


def page(app: App, room: str) -> Any:
    """The page of a room, open."""
    app.shell._handle_custom_msg({"type": "go", "address": f"share/{room}"}, [])
    return app.shell.pages["share"]


def of(page: Any, kind: type[Any]) -> list[Any]:
    """The widgets of a kind in the column."""
    return [widget for widget in page.children if isinstance(widget, kind)]


def panels(page: Any) -> list[dict[str, Any]]:
    """Every panel in the column."""
    return [panel for widget in of(page, Panels) for panel in widget.panels]


def tick(app: App, group: str, *titles: str) -> None:
    """Tick what has these titles, as the browser does."""
    asked = of(page(app, "with-somebody"), Exercise)[1]
    (question,) = [q for q in asked.shown()["questions"] if q["id"].startswith(f"share/tick-{group}")]
    value = [option["id"] for option in question["options"] if option["text"] in titles]
    assert len(titles) == len(value)
    reply = {"seq": 1, "page": group, "record_id": "", "item": None, "question": question["id"]}
    asked._handle_custom_msg({"type": "reply", **reply, "value": value, "base_revision": 0}, [])


def saved(app: App, place: int = 0) -> bytes:
    """What the button of that place saves."""
    return bytes(asyncio.run(of(page(app, "with-somebody"), Download)[place]._make()))


def test_nothing_is_ticked_and_nothing_can_be_saved_at_first(app: App) -> None:
    """The page says what is missing, and offers no file."""
    shown = page(app, "with-somebody")
    assert [] == of(shown, Download)
    assert "Nothing is ticked yet" in str(of(shown, Text)[0].shown())


def test_the_file_holds_what_was_ticked_and_the_page_showed_it(app: App) -> None:
    """One ticked thing is in the preview and in the file; the note that was not ticked is in neither."""
    tick(app, "interview:", "What happened")
    seen = str(of(page(app, "with-somebody"), Text)[0].shown())
    assert "Three people." in seen
    assert "'Day of the interview', 'text': '20 Oct 2026'" in seen
    assert "3 Dec 2026" in seen
    file = saved(app)
    buttons = of(page(app, "with-somebody"), Download)
    assert ["for-ana-2026-11-05.rebound-share"] * 2 == [button._name for button in buttons]
    assert b"Blue door." not in file
    assert "Blue door." not in seen
    share = read_share(file)
    assert ("Ana Reyes", "Mara", dt.date(2026, 12, 3)) == (
        share.grant.reader,
        share.grant.sharer,
        share.grant.until,
    )
    assert [("answers", "2026-10-20")] == [(item["kind"], item["held_on"]) for item in share.items]


def test_what_was_shared_is_noted_and_can_be_taken_back(app: App, clock: Clock) -> None:
    """The log has it with its end; taking back marks it and makes the file that fits its seal."""
    tick(app, "search", "My search in numbers, without names")
    share = read_share(saved(app))
    shown = page(app, "shared")
    told = next(panel for panel in panels(shown) if panel["id"] == share.id)
    assert "With Ana Reyes, on 5 Nov 2026" == told["title"]
    assert [{"text": "My search in numbers, without names"}] == told["rows"]
    assert "take-back-ana-2026-11-05.rebound-revoke" == of(shown, Download)[0]._name
    file = of(shown, Download)[0]._make()
    assert read_revocation(file).fits(share.seal)
    again = page(app, "shared")
    assert ["Taken back on 5 Nov 2026."] == next(p for p in panels(again) if p["id"] == share.id)["text"]
    assert read_revocation(of(again, Download)[0]._make()) == read_revocation(file)
    clock.advance(days=60)
    tick(app, "search", "My search in numbers, without names")
    assert share.id in {panel["id"] for panel in panels(page(app, "shared"))}


def test_a_passphrase_is_shown_once_and_kept_nowhere(app: App, home: Path) -> None:
    """It opens the file, is on the page until the person goes elsewhere, and in no file of the folder."""
    tick(app, "search", "My search in numbers, without names")
    file = saved(app, 1)
    notice = of(page_now(app), Text)[-1].shown()["blocks"][0]
    passphrase = notice["text"][1]["text"]
    assert [passphrase] == [action["copy"] for action in notice["actions"]]
    assert "Mara" == read_share(file, passphrase).grant.sharer
    app.workbook.back_up()
    assert [] == [p for p in home.rglob("*") if p.is_file() and passphrase.encode() in p.read_bytes()]
    page(app, "shared")
    assert 1 == len(of(page(app, "with-somebody"), Text))


def page_now(app: App) -> Any:
    """The page as it is, without going anywhere."""
    app._redraw()
    return app.shell.pages["share"]


# What comes back -----------------------------------------------------------------------------------------


def bring(app: App, file: bytes, tmp_path: Path) -> str:
    """Choose a file on the page of replies; what the page says."""
    path = tmp_path / "given"
    path.write_bytes(file)
    (chooser,) = of(page(app, "replies"), FileChooser)
    try:
        return str(chooser._on_file(ChosenFile(path=path, name="a.rebound-reply", size=len(file))))
    except Exception as refused:
        return str(getattr(refused, "sentence", refused))


@pytest.fixture
def reply(app: App, today: dt.date) -> CounselReply:
    """What Ana Reyes gave back."""
    return CounselReply(
        id="counsel-1",
        sender=sender_id(app.workbook.id),
        counsellor="Ana Reyes",
        made_on=today,
        note="Well said.",
        actions=(AgreedAction(what="Ask Tom", by=today),),
        questions=("What would be enough?",),
    )


def test_a_reply_is_shown_as_theirs_and_never_among_ones_own_words(
    app: App, reply: CounselReply, tmp_path: Path
) -> None:
    """Its actions stand with their day and their author; no answer and no report has a word of it."""
    assert "is here now" in bring(app, reply_bytes(reply), tmp_path)
    (told,) = [panel for panel in panels(page(app, "replies")) if panel["id"] == "counsel-1"]
    assert "From Ana Reyes, 5 Nov 2026" == told["title"]
    assert [{"text": "Ask Tom", "when": "by 5 Nov 2026"}] == told["rows"]
    assert "not yours" in told["hint"]
    assert "agreed" in {panel["id"] for panel in panels(page(app, ""))}
    history, content = app.workbook.history(), load_content()
    parts = frozenset(what_there_is(history, content))
    report = compose(history, content, app.workbook.today(), Choice(parts=parts))
    assert "Well said." not in str(report.as_mapping())
    assert [] == [r for r in app.workbook.current("answer") if "Well said." in str(r.body)]
    assert "here already" in bring(app, reply_bytes(reply), tmp_path)


def test_a_closed_reply_opens_with_its_passphrase(app: App, reply: CounselReply, tmp_path: Path) -> None:
    """The page asks for the passphrase; a wrong one is said so, the right one takes the reply in."""
    assert "closed" in bring(app, reply_bytes(reply, "right"), tmp_path)
    (asked,) = of(page_now(app), Passphrase)
    with pytest.raises(Exception, match="not kept"):
        asyncio.run(asked._open_call("wrong"))
    assert "is here now" in asyncio.run(asked._open_call("right"))
    assert [] == of(page_now(app), Passphrase)


def test_a_file_that_is_no_reply_is_refused_in_the_pages_language(home: Path, tmp_path: Path) -> None:
    """Spanish says it in Spanish."""
    app = App(Workbook.open(home, locale="es"))
    assert "no lo escribió Rebound" in bring(app, b"hello", tmp_path)
