"""Share and take along: what the person ticks is what is seen, and erasing says what it does first."""

import asyncio
import io
from pathlib import Path
from typing import Any

import pypdf
import pytest

from rebound_widgets.app import App
from rebound_widgets.widgets.download import Download
from rebound_widgets.widgets.exercise import Exercise
from rebound_widgets.widgets.panels import Panels
from rebound_widgets.widgets.text import Text
from rebound_widgets.workbook import Workbook


@pytest.fixture
def app(home: Path) -> App:
    """An app with one application and one interview."""
    app = App(Workbook.open(home))
    made = app.workbook.add_application({"company": "Acme", "note": "Blue door."})
    interview = app.workbook.add_interview(made.record_id, {"held_on": "2026-10-20"})
    app.workbook.record("debrief/recall", "Three people.", record_id=interview.record_id)
    return app


def page(app: App, address: str) -> Any:
    """The page of an address, open."""
    app.shell._handle_custom_msg({"type": "go", "address": address}, [])
    return app.shell.pages[address.partition("/")[0]]


def panels(page: Any) -> dict[str, dict[str, Any]]:
    """Every panel in the column, by its id."""
    return {p["id"]: p for widget in page.children if isinstance(widget, Panels) for p in widget.panels}


def preview(page: Any) -> str:
    """Every word of the preview."""
    (text,) = [widget for widget in page.children if isinstance(widget, Text)]
    return str(text.shown())


def ticks(page: Any) -> Exercise:
    """The parts to tick."""
    (asked,) = [widget for widget in page.children if isinstance(widget, Exercise)]
    return asked


def tick(app: App, parts: list[str] | None) -> None:
    """Choose the parts, as the browser does."""
    asked = ticks(page(app, "share/report"))
    reply = {"type": "reply", "seq": 1, "page": str(parts), "record_id": "", "item": None}
    question = {"question": "share/report-parts", "value": parts, "base_revision": 0}
    kept = app.workbook.reply(app.workbook.question("share/report-parts"))
    asked._handle_custom_msg({**reply, **question, "base_revision": kept.revision}, [])


def test_all_but_the_private_is_ticked_before_the_person_chooses(app: App) -> None:
    """The list offers what there is, and nothing is chosen until the person does."""
    asked = ticks(page(app, "share/report"))
    assert {"share/report-parts": ["road", "pictures", "applications", "notes", "debrief"]} == asked.value
    assert 0 == app.workbook.reply(app.workbook.question("share/report-parts")).revision


def test_the_preview_is_what_the_file_holds(app: App) -> None:
    """Ticked out, a part is neither in the preview nor in the file; the words are the same in both."""
    assert "Blue door." in preview(page(app, "share/report"))
    tick(app, ["debrief"])
    shown = page(app, "share/report")
    assert "Three people." in preview(shown)
    assert "Blue door." not in preview(shown)
    pdf = next(widget for widget in shown.children if isinstance(widget, Download))
    made = asyncio.run(pdf._make())
    text = " ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(made)).pages)
    assert "Three people." in text
    assert "Blue door." not in text


def test_everything_unticked_stays_unticked(app: App) -> None:
    """Whoever wants nothing in it gets nothing, not our idea of it."""
    tick(app, ["debrief"])
    tick(app, None)
    assert "Nothing is ticked" in preview(page(app, "share/report"))


def test_one_interview_has_a_report_of_its_own(app: App) -> None:
    """The list of interviews leads to it, and the one shown is no link."""
    rows = panels(page(app, "share/report"))["about"]["rows"]
    assert "href" not in rows[0]
    shown = page(app, rows[1]["href"].removeprefix("#/"))
    assert "href" not in panels(shown)["about"]["rows"][1]
    assert "Three people." in preview(shown)


def erase_panels(app: App, *actions: str, what: str = "") -> dict[str, dict[str, Any]]:
    """Press these on the page of erasing; its panels afterwards."""
    shown = page(app, "share/erase")
    for action in actions:
        shown.children[0]._handle_custom_msg({"type": "action", "action": {"id": action, "what": what}}, [])
    return panels(shown)


def test_the_first_press_erases_nothing_and_says_what_the_second_would(app: App) -> None:
    """Counts of records, versions and backups before the deed, and a way back."""
    sure = erase_panels(app, "ask")["sure"]
    assert "It holds 3 records in 4 versions." in sure["text"][0]
    assert ["keep", "erase", "save"] == [action["id"] for action in sure["actions"]]
    assert 1 == len(app.workbook.store.current("application"))
    assert "all" in erase_panels(app, "ask", "keep")
    assert 1 == len(app.workbook.store.current("application"))


def test_erased_is_gone_from_every_file(app: App, home: Path) -> None:
    """After the second press no file of the folder holds a word of it, and the page says so."""
    app.workbook.back_up()
    said = erase_panels(app, "ask", "erase")["said"]["text"]
    assert "no trace is left" in said
    assert [] == app.workbook.store.current()
    assert [] == [p for p in home.rglob("*") if p.is_file() and b"Three people." in p.read_bytes()]


def test_one_chapter_is_erased_alone(app: App) -> None:
    """The debrief's words go; the application stays."""
    erase_panels(app, "ask", "erase", what="debrief")
    assert [] == app.workbook.store.current("answer")
    assert 1 == len(app.workbook.store.current("application"))


def test_a_stray_press_without_the_question_erases_nothing(app: App) -> None:
    """The deed needs the question before it, on the same visit to the page."""
    erase_panels(app, "erase")
    assert 1 == len(app.workbook.store.current("application"))


def test_nothing_is_promised_that_is_not_there(app: App) -> None:
    """The page says how something is handed over today, and nothing of what may come."""
    text = panels(page(app, "share"))["hand-over"]["text"]
    assert "which you hand over yourself" in text
    assert "soon" not in text
