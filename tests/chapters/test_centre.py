"""Sharing through a centre: agreed to once, one press, gone at once; the desk sees it and keeps nothing of it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.app import App
from rebound_widgets.desk import Desk as DeskBook
from rebound_widgets.desk import DeskApp
from rebound_widgets.domain.refused import Refused
from rebound_widgets.service.database import Database
from rebound_widgets.service.operations import OPERATIONS
from rebound_widgets.sharing.centre import Centre
from rebound_widgets.sharing.centre_sentences import SAID
from rebound_widgets.widgets.download import Download
from rebound_widgets.widgets.exercise import NotKept
from rebound_widgets.widgets.panels import Panels
from rebound_widgets.widgets.text import Text
from rebound_widgets.workbook import Workbook

from ..conftest import Clock
from ..service.conftest import Desk
from .test_sharing import app as app  # noqa: PLC0414 - the same app, as a fixture
from .test_sharing import of, page, panels, tick


class Direct(Centre):
    """The real service without the wire between."""

    def __init__(self, desk: Desk, who: str) -> None:
        super().__init__("http://127.0.0.1:1", "token")
        self.desk, self.who, self.silent = desk, who, False

    def _ask(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        if self.silent:
            raise Refused("centre-silent", SAID["centre-silent"])
        for operation in OPERATIONS:
            head, _, tail = operation.path.partition("{id}")
            whole = path == operation.path or (
                tail == "" and "{id}" in operation.path and path.startswith(head)
            )
            if operation.method == method and whole:
                ids = (path.removeprefix(head),) if "{id}" in operation.path else ()
                sent = None if body is None else json.loads(json.dumps(body))
                status, answer = self.desk.ask(self.who, operation.name, *ids, body=sent)
                if not status:
                    raise Refused(answer, SAID[answer])
                return json.loads(json.dumps(answer))  # type: ignore[no-any-return]
        raise AssertionError(path)


@pytest.fixture
def centre(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The student's way to a centre that has one counsellor."""
    database = Database(f"sqlite:///{tmp_path}/centre.sqlite")
    database.bring_up()
    desk = Desk(database, clock)
    desk.ask("reyes", "rename", body={"name": "Ana Reyes"})
    way = Direct(desk, "mara")
    monkeypatch.setattr(Centre, "from_env", classmethod(lambda _cls, _env=None: way))
    yield way
    database.close()


def press(page: Any, action: str) -> None:
    """Press the first action of that id, wherever it stands, and wait for what comes of it."""
    for widget in of(page, Panels):
        for panel in widget.panels:
            for one in [
                *panel.get("actions", ()),
                *(a for row in panel.get("rows", ()) for a in row.get("actions", ())),
            ]:
                if one["id"] == action:
                    asyncio.run(widget._act(one))
                    return
    raise AssertionError(f"no {action}")


def panel(page: Any, name: str) -> dict[str, Any]:
    """The panel of that id."""
    return next(one for one in panels(page) if one["id"] == name)


def shared(app: App) -> Any:
    """The page after one thing was ticked, agreed to and given."""
    tick(app, "search", "My search in numbers, without names")
    there = page(app, "with-somebody")
    press(there, "agree")
    press(there, "give")
    return there


def test_the_chapter_says_by_which_ways_something_leaves(centre: Direct, app: App) -> None:
    """With a centre it is no file alone: the front page, the log and the replies say both ways."""
    front = page(app, "")
    assert "to one person at your centre" in front.lede
    assert "to one person at your centre" in panel(front, "hand-over")["text"]
    assert "stands here by itself" in panel(page(app, "replies"), "none")["text"]
    shared(app)
    assert "erased there at once" in panel(page(app, "shared"), "means")["text"]


def test_it_is_agreed_to_once_and_then_one_press(centre: Direct, app: App) -> None:
    """The words of the agreement stand first; the day is kept; afterwards there is a press for each counsellor."""
    tick(app, "search", "My search in numbers, without names")
    there = page(app, "with-somebody")
    first = panel(there, "centre")
    assert "This is asked once." in first["text"]
    assert "rows" not in first
    press(there, "agree")
    after = panel(there, "centre")
    assert after["hint"].startswith("You agreed on 5 Nov 2026")
    assert ["Share with Ana Reyes now"] == [row["actions"][0]["label"] for row in after["rows"]]
    press(there, "give")
    assert panel(there, "shared")["text"].startswith("Ana Reyes has it on their desk now.")
    (share,) = app.workbook.current("share")
    assert [share.record_id] == [one["id"] for one in centre.desk.ask("reyes", "received")[1]["received"]]


def test_nobody_is_given_the_same_twice_and_nobody_is_named_before_they_are_chosen(
    centre: Direct, app: App
) -> None:
    """With two counsellors the preview names neither; whoever has it has no button until something changes."""
    centre.desk.ask("moss", "rename", body={"name": "Bo Moss"})
    app.workbook.record("share/with-whom", None)
    tick(app, "search", "My search in numbers, without names")
    there = page(app, "with-somebody")
    preview = str([widget.shown() for widget in of(there, Text)])
    assert "Whoever you choose below" in preview
    assert "Ana Reyes" not in preview
    press(there, "agree")
    names = ["Ana Reyes", "Bo Moss"]
    assert [f"Share with {name} now" for name in names] == labels(there)
    press(there, "give")
    assert ["Share with Bo Moss now"] == labels(there)
    assert "They have exactly this on their desk." == panel(there, "centre")["rows"][0]["detail"]
    assert ["centre", "shared"] == [one["id"] for one in panels(there) if one["id"] in ("centre", "shared")]
    tick(app, "interview", "What happened")
    assert [f"Share with {name} now" for name in names] == labels(page(app, "with-somebody"))


def labels(page: Any) -> list[str]:
    """The buttons of the centre's panel."""
    return [one["label"] for row in panel(page, "centre")["rows"] for one in row.get("actions", ())]


def test_taking_back_is_one_press_and_gone_there(centre: Direct, app: App) -> None:
    """No file is needed; the centre has nothing of it when the page says so."""
    shared(app)
    there = page(app, "shared")
    assert [] == of(there, Download), "no file takes back what lies at the centre"
    press(there, "take-back")
    assert [] == centre.desk.ask("reyes", "received")[1]["received"]
    (share,) = app.workbook.current("share")
    assert "2026-11-05" == share.body["taken_back_on"]


def test_a_silent_centre_loses_nothing_and_counts_once(centre: Direct, app: App) -> None:
    """Where the centre does not answer, that is said; the press afterwards gives the very same share."""
    tick(app, "search", "My search in numbers, without names")
    there = page(app, "with-somebody")
    press(there, "agree")
    centre.silent = True
    with pytest.raises(NotKept) as told:
        press(there, "give")
    assert told.value.sentence.startswith("The centre's server does not answer now.")
    centre.silent = False
    press(there, "give")
    (share,) = app.workbook.current("share")
    assert [share.record_id] == [one["id"] for one in centre.desk.ask("reyes", "received")[1]["received"]]


def test_without_a_centre_there_is_the_file_alone(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a computer of one's own nothing of a centre is on the page."""
    monkeypatch.delenv("REBOUND_CENTRE_URL", raising=False)
    tick(app, "search", "My search in numbers, without names")
    there = page(app, "with-somebody")
    assert 2 == len(of(there, Download))
    assert [] == [one for one in panels(there) if one["id"] == "centre"]


def test_the_desk_sees_it_and_keeps_nothing_of_it(
    centre: Direct, app: App, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A counsellor reads it, gives a reply back in one press, and no word of it is ever in a file of theirs."""
    tick(app, "interview", "What happened")
    tick(app, "search", "My search in numbers, without names")
    there = page(app, "with-somebody")
    press(there, "agree")
    press(there, "give")
    way = Direct(centre.desk, "reyes")
    monkeypatch.setattr(Centre, "from_env", classmethod(lambda _cls, _env=None: way))
    book = DeskBook.open(tmp_path / "desk", clock=clock)
    book.workbook.record("desk/name", "Ana Reyes")
    desk = DeskApp(book)
    (person,) = book.people()
    assert "Mara" == person.name
    assert "numbers" in person.items
    desk.shell._handle_custom_msg({"type": "go", "address": f"session/{person.id}"}, [])
    opened = desk.shell.pages["session"]
    begin = next(p for p in of(opened, Panels) if any(one["id"] == "begin" for one in p.panels))
    begin._act({"id": "begin"})
    (session,) = book.workbook.current("session")
    book.workbook.record("session/shared-note", "Well done.", record_id=session.record_id)
    press(opened, "send")
    assert [] == [r for r in book.workbook.current("received") if "items" in r.body]

    monkeypatch.setattr(Centre, "from_env", classmethod(lambda _cls, _env=None: centre))
    page(app, "replies")
    (reply,) = app.workbook.current("counsel")
    assert "Well done." == reply.body["note"]
    press(page(app, "shared"), "take-back")
    desk._notice()
    assert [(person.id, {})] == [(one.id, dict(one.items)) for one in book.people()]
    assert book.people()[0].shares == ()
    book.close()
    for path in (tmp_path / "desk").rglob("*"):
        assert not path.is_file() or b"Three people." not in path.read_bytes(), path


def test_what_comes_back_reaches_a_page_that_stays_open(centre: Direct, app: App) -> None:
    """A centre that was silent when the page opened is asked again; what it gives back needs no press."""
    tick(app, "search", "My search in numbers, without names")
    centre.silent = True
    there = page(app, "with-somebody")
    said = str(panels(there))
    app._notice()
    assert said == str(panels(there))
    assert "This is asked once." not in said
    centre.silent = False
    app._notice()
    assert "This is asked once." in panel(there, "centre")["text"]


def test_nothing_found_before_the_desk_is_seen_is_lost(
    centre: Direct, app: App, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was shared is shown once the page is there: drawn before, it would reach no page, and stay unseen."""
    shared(app)
    way = Direct(centre.desk, "reyes")
    monkeypatch.setattr(Centre, "from_env", classmethod(lambda _cls, _env=None: way))

    async def visit() -> None:
        book = DeskBook.open(tmp_path / "desk", clock=clock)
        book.workbook.record("desk/name", "Ana Reyes")
        desk = DeskApp(book)
        shell = desk.shell.begin()
        built = shell.pages["desk"].children
        while not book.centre.version:
            await asyncio.sleep(0.01)
        sent = shell.pages["desk"].children
        assert built == sent, "the page is still on its way"
        shell._handle_custom_msg({"type": "go", "address": ""}, [])
        assert sent != shell.pages["desk"].children
        assert ["Mara"] == [person.name for person in book.people()]
        book.close()

    asyncio.run(asyncio.wait_for(visit(), 20))


def test_another_person_s_workbook_takes_no_reply_in(
    centre: Direct, app: App, home: Path, clock: Clock
) -> None:
    """A reply is to one workbook: in another of the same account it is not kept."""
    shared(app)
    body = {
        "reply": "counsel-other",
        "sender": app.workbook.current("share")[0].body.get("sender", "sender-else"),
        "from": "Ana Reyes",
        "made_on": "2026-11-05",
        "opened": [],
        "note": "Well done.",
        "actions": [],
        "questions": [],
    }
    assert (0, "centre-not-here") == centre.desk.ask("reyes", "reply", "counsel-other", body={"reply": body})
    other = App(Workbook.open(home / "other", clock=clock))
    page(other, "replies")
    assert [] == other.workbook.current("counsel")
