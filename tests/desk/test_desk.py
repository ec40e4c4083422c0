"""A desk takes shares in for one reader, honours their end, and is nobody's own workbook."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.desk import Desk, DeskApp
from rebound_widgets.domain.record import Write
from rebound_widgets.domain.refused import Refused
from rebound_widgets.sharing import Revocation, revocation_bytes, share_bytes
from rebound_widgets.sharing.share import as_body
from rebound_widgets.widgets.exercise import Exercise, NotKept
from rebound_widgets.widgets.file_chooser import ChosenFile, FileChooser
from rebound_widgets.widgets.passphrase import Passphrase
from rebound_widgets.workbook import Workbook

from ..conftest import Clock
from .conftest import panels, shared

PLANTED = "Three people"


def refusal(act: Callable[..., Any], *given: Any) -> str:
    """The rule by which it is refused."""
    with pytest.raises(Refused) as refused:
        act(*given)
    return refused.value.rule


def holds(home: Path, words: str) -> list[Path]:
    """The files of a folder, at any depth, that hold these words."""
    return [path for path in home.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def test_a_share_is_taken_in_once_and_for_its_reader_alone(desk: Desk, today: dt.date) -> None:
    """A file twice is known; one for somebody else is refused until the counsellor says it is them."""
    file, share, _ = shared(today)
    assert ["new", "known"] == [desk.take_in(file).rule for _ in range(2)]
    assert [("Mara", share.sender)] == [(person.name, person.id) for person in desk.people()]
    other, _, _ = shared(today, workbook="workbook-2", reader="A. Reyes")
    assert "desk-somebody-else" == refusal(desk.take_in, other)
    desk.also_called("A. Reyes")
    assert "new" == desk.take_in(other).rule
    assert 2 == len(desk.people())


def test_what_was_taken_back_is_erased_everywhere_and_not_read_again(
    desk: Desk, home: Path, today: dt.date
) -> None:
    """The taking back is honoured at import: no file of the desk, backups among them, has a word of it."""
    file, share, back = shared(today, chosen=("answers:debrief/",))
    words = next(
        pair[1]
        for item in share.items
        for part in item["parts"]
        for pair in part["pairs"]
        if len(pair[1]) > 30
    )[:25]
    desk.take_in(file)
    desk.workbook.back_up()
    assert len(holds(home, words)) > 1
    forged = revocation_bytes(Revocation(share=share.id, secret="0"))
    assert "desk-not-theirs" == refusal(desk.take_in, forged)
    assert "taken-back" == desk.take_in(back).rule
    assert [] == holds(home, words)
    assert [] == desk.people()
    assert "desk-taken-back" == refusal(desk.take_in, file)
    assert "known" == desk.take_in(back).rule
    assert "desk-nothing-to-take-back" == refusal(desk.take_in, shared(today, workbook="w")[2])


def test_what_is_over_is_gone_at_the_next_opening(home: Path, clock: Clock, today: dt.date) -> None:
    """On its last day it is there; the day after it is erased, from backups too, before anything is shown."""
    desk = Desk.open(home / "desk", clock=clock)
    desk.workbook.record("desk/name", "Ana Reyes")
    desk.take_in(shared(today, until=today + dt.timedelta(days=3), sharer="Wilhelmina Tester")[0])
    desk.workbook.back_up()
    desk.close()
    clock.advance(days=3)
    again = Desk.open(home / "desk", clock=clock)
    assert (0, 1) == (again.cleared, len(again.people()))
    clock.advance(days=1)
    assert [] == again.people(), "an open desk shows nothing past its day either"
    again.close()
    last = Desk.open(home / "desk", clock=clock)
    assert (1, []) == (last.cleared, last.people())
    assert [] == holds(home, "Wilhelmina Tester")
    assert "desk-over" == refusal(last.take_in, shared(today, until=today + dt.timedelta(days=3))[0])
    last.close()


def test_what_is_over_is_gone_from_a_desk_that_stays_open(desk: Desk, clock: Clock, today: dt.date) -> None:
    """The day after its last one a share is erased, from backups too, though nobody opens the desk anew."""
    desk.take_in(shared(today, until=today + dt.timedelta(days=3), sharer="Wilhelmina Tester")[0])
    desk.workbook.back_up()
    clock.advance(days=3)
    desk.workbook.poll()
    assert (0, 1) == (desk.cleared, len(desk.people()))
    clock.advance(days=1)
    desk.workbook.poll()
    assert (1, []) == (desk.cleared, desk.people())
    assert [] == holds(desk.workbook.store.path.parent, "Wilhelmina Tester")


def test_a_folder_is_read_whole_and_says_what_it_could_not_take(
    desk: Desk, tmp_path: Path, today: dt.date
) -> None:
    """Shares first, then what takes them back; a broken file does not stop the others."""
    file, _, back = shared(today)
    files = {"b.rebound-share": file, "a.rebound-revoke": back, "c.rebound-share": b"{", "d.txt": b"no"}
    files["e.rebound-share"] = b"age-encryption.org/v1\nclosed"
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    told = [(one.file, one.refused.rule if one.refused else one.rule) for one in desk.take_folder(tmp_path)]
    assert [
        ("b.rebound-share", "new"),
        ("c.rebound-share", "share-foreign"),
        ("e.rebound-share", "share-closed"),
        ("a.rebound-revoke", "taken-back"),
    ] == told
    assert "desk-no-folder" == refusal(list, desk.take_folder(tmp_path / "nowhere"))


def test_somebodys_own_workbook_is_no_desk(home: Path) -> None:
    """A folder with a person's workbook is refused, and is as it was."""
    with Workbook.open(home).store as store:
        store.write(
            [Write(record_id="application-1", kind="application", body={"company": "Acme"}, based_on=0)]
        )
    assert "desk-not-a-desk" == refusal(Desk.open, home)


def test_a_person_is_erased_with_every_note(desk: Desk, home: Path, today: dt.date) -> None:
    """Shares, sessions and both kinds of note go, from backups too."""
    app = DeskApp(desk)
    desk.take_in(shared(today, sharer="Wilhelmina Tester")[0])
    (person,) = desk.people()
    go(app, f"session/{person.id}")
    press(app, "session", "begin")
    (session,) = desk.workbook.current("session")
    desk.workbook.record("session/private-note", "Zanzibarplum.", record_id=session.record_id)
    desk.workbook.back_up()
    press(app, "session", "forget")
    assert [] == [*desk.people(), *holds(home, "Wilhelmina"), *holds(home, "Zanzibarplum")]


def go(app: DeskApp, address: str) -> Any:
    """The page of an address, open."""
    app.shell._handle_custom_msg({"type": "go", "address": address}, [])
    return app.shell.pages[address.partition("/")[0]]


def press(app: DeskApp, chapter: str, action: str) -> None:
    """Press the button of that action on the page that is open."""
    page = app.shell.pages[chapter]
    for widget in [*page.children, *page.margin]:
        for panel in getattr(widget, "panels", []):
            for one in panel.get("actions", []):
                if one["id"] == action:
                    widget._handle_custom_msg({"type": "action", "action": one}, [])
                    return
    raise AssertionError(f"There is no {action!r} on the page.")


def test_the_list_says_who_is_worth_a_look_and_why(desk: Desk, clock: Clock, today: dt.date) -> None:
    """Each signal stands with its reason; the table has everybody."""
    desk.take_in(shared(today)[0])
    desk.take_in(shared(today, workbook="workbook-2", sharer="Jun", until=today + dt.timedelta(days=40))[0])
    app = DeskApp(desk)
    signals = panels(go(app, "desk"))["signals"]
    assert {"Mara", "Jun"} == {row["text"] for row in signals["rows"]}
    clock.advance(days=24)
    told = {row["text"]: row["detail"] for row in panels(go(app, "desk"))["signals"]["rows"]}
    assert "Nothing new since 5 Nov 2026." in told["Jun"]
    assert "may be read until 3 Dec 2026" in told["Mara"]
    assert "may be read until" not in told["Jun"]
    table = app.shell.pages["desk"].children[2]
    assert ["Jun", "Mara"] == [row["name"] for row in table.shown()["rows"]]


def test_an_empty_desk_asks_for_the_name_before_anything_is_taken_in(home: Path, clock: Clock) -> None:
    """Without a name the field stands first; with it, taking in is the one thing to do."""
    desk = Desk.open(home / "new", clock=clock)
    app = DeskApp(desk)

    def order() -> list[str]:
        page = go(app, "desk")
        return [
            "name" if isinstance(w, Exercise) else w.panels[0]["look"]
            for w in page.children
            if w is not page.children[0]
        ]

    assert ["name", "card"] == order()
    desk.workbook.record("desk/name", "Ana Reyes")
    assert ["next", "name"] == order()
    desk.close()


def test_a_file_for_another_name_asks_whether_that_is_the_counsellor(
    desk: Desk, tmp_path: Path, today: dt.date
) -> None:
    """The page says for whom it is; one press takes that name on, and in what waited for it."""
    app = DeskApp(desk)
    (tmp_path / "a.rebound-share").write_bytes(shared(today, reader="A. Reyes")[0])
    other = shared(today, workbook="workbook-2", reader="Somebody else", sharer="Jun")[0]
    (tmp_path / "b.rebound-share").write_bytes(other)
    page = go(app, "desk/take-in")
    page.children[-1]._keep(str(tmp_path))
    press(app, "desk", "me-too")
    assert ["Mara"] == [person.name for person in desk.people()]
    told = panels(page)
    assert [
        "a.rebound-share: Taken in: what Mara shared.",
        "b.rebound-share: This share is for Somebody else",
    ] == [row["text"].partition(", and")[0] for row in told["told"]["rows"]]
    assert {"me-too-Somebody else"} == {name for name in told if name.startswith("me-too")}


@pytest.mark.parametrize("passphrase", ["", "right"])
def test_the_file_that_was_chosen_is_taken_in_when_the_counsellor_says_it_is_them(
    desk: Desk, tmp_path: Path, today: dt.date, passphrase: str
) -> None:
    """Nobody chooses it again: the line that said it was not read says what was taken; opened once, it stays open."""
    app = DeskApp(desk)
    _, share, _ = shared(today, reader="A. Reyes")
    path = tmp_path / "a.rebound-share"
    path.write_bytes(share_bytes(share, passphrase))
    page = go(app, "desk/take-in")
    chooser = next(one for one in page.children if isinstance(one, FileChooser))
    sent: list[Any] = []
    chooser.send = lambda content, buffers=None: sent.append(content)
    with pytest.raises(NotKept):
        chooser._on_file(ChosenFile(path=path, name=path.name, size=path.stat().st_size))
    if passphrase:
        asked = next(one for one in page.children if isinstance(one, Passphrase))
        with pytest.raises(NotKept, match="not kept"):
            asyncio.run(asked._open_call(passphrase))
        assert [] == [one for one in page.children if isinstance(one, Passphrase)]
    press(app, "desk", "me-too")
    assert [{"type": "told", "sentence": "Taken in: what Mara shared.", "state": ""}] == [
        one for one in sent if one["type"] == "told"
    ]
    assert ["Mara"] == [person.name for person in desk.people()]
    assert [] == [name for name in panels(page) if name.startswith("me-too")]


def test_three_hundred_people_open_in_two_seconds(home: Path, clock: Clock, today: dt.date) -> None:
    """A desk of 300 people with 30,000 records is open, and its list made, in less than 2 s of a processor's work.

    By the clock, in a process of its own, it is measured by bench/caseload.py: other tests that run beside this one
    would be measured too.
    """
    desk = Desk.open(home / "desk", clock=clock)
    desk.workbook.record("desk/name", "Ana Reyes")
    body = as_body(shared(today, chosen=("numbers", "answers", "interview"))[1])
    numbers = next(item for item in body["items"] if item["kind"] == "numbers")
    rows = [{**numbers["applications"][n % 30], "key": f"{n:016x}"} for n in range(101 - len(body["items"]))]
    items = [item if item is not numbers else {**numbers, "applications": rows} for item in body["items"]]
    assert 100 == len(items) - 1 + len(rows)
    writes = [
        Write(
            record_id=f"share-{n}",
            kind="received",
            body={
                **body,
                "items": items,
                "sender": f"sender-{n}",
                "from": f"Person {n}",
                "received_on": "x",
                "opened_on": None,
            },
            based_on=0,
        )
        for n in range(300)
    ]
    desk.workbook.take_in(writes)
    desk.close()
    began = time.process_time()
    again = Desk.open(home / "desk", clock=clock)
    app = DeskApp(again)
    page = go(app, "desk")
    took = time.process_time() - began
    assert 300 == len(page.children[2].shown()["rows"])
    again.close()
    assert took < 2, f"it took {took:.2f} s"
