"""Every page in another language: no widget falls back on its own English words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rebound_widgets.chapters import Visit, make_page
from rebound_widgets.content import load_content
from rebound_widgets.domain.refused import Refused
from rebound_widgets.letters import LETTERS
from rebound_widgets.widgets.message_widget import MessageWidget
from rebound_widgets.workbook import Workbook


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[MessageWidget]:
    """Every widget with words, as it is made."""
    widgets: list[MessageWidget] = []
    begin = MessageWidget.__init__

    def remember(self: MessageWidget, *args: object, **options: object) -> None:
        begin(self, *args, **options)  # type: ignore[arg-type]
        widgets.append(self)

    monkeypatch.setattr(MessageWidget, "__init__", remember)
    return widgets


@pytest.fixture
def visit(home: Path, clock: Callable[[], dt.datetime]) -> Iterator[Visit]:
    """A visit in Spanish to a workbook with an application, an interview and a reply."""
    workbook = Workbook.open(home, locale="es", clock=clock)
    application = workbook.add_application(
        {"company": "Acme", "role": "analista", "applied_on": "2026-10-01"}
    )
    interview = workbook.add_interview(application.record_id, {"held_on": "2026-10-20"})
    workbook.record("debrief/recall", "Tres personas.", record_id=interview.record_id, base_revision=None)
    yield Visit(workbook)
    workbook.close()


def test_no_widget_speaks_english_on_a_spanish_page(visit: Visit, made: list[MessageWidget]) -> None:
    """Each word a widget has on a page in Spanish is a Spanish one, on every page."""
    workbook = visit.workbook
    (application,) = workbook.store.current("application")
    (interview,) = workbook.store.current("interview")
    places = {
        "start": [""],
        "search": ["", "bring-in", "undo", "numbers", "contacts", "documents", application.record_id],
        "debrief": ["", *(f"{interview.record_id}/{e.id}" for e in visit.chapter("debrief").exercises)],
        "ready": [
            "",
            "general",
            *(f"{interview.record_id}/{e.id}" for e in visit.chapter("ready").exercises),
        ],
        "no": ["", *(f"{application.record_id}/{part}" for part in ("pause", "answer", "causes", "silence"))],
        "learn": ["", "practice", "patterns", "study", "feedback", "strengths", "then-now"],
        "refocus": ["", "criteria", "fit", "answers", "targets", "offers", "culture"],
        "share": ["", "report", f"report/{interview.record_id}", "everything", "erase"],
        "keep-going": ["", "silence", "week", "plans", "check-in", "how-long", "finish", "calendar"],
        "help": [""],
    }
    for letter in LETTERS[1:]:
        places["no"].append(f"{application.record_id}/letter/{letter}")
    assert set(visit.content.chapters) == set(places)
    for chapter, addresses in places.items():
        page = make_page(chapter, visit)
        for address in addresses:
            page.open(address)
    spanish = set(load_content("es").words.values())
    english = {
        f"{type(widget).__name__}.{key}"
        for widget in made
        for key, words in widget._words.items()
        if words == widget.WORDS.get(key) and words not in spanish
    }
    assert {"Panels", "HistoryTable", "Exercise", "Road", "QuickLine", "Download", "FileChooser"} <= {
        type(widget).__name__ for widget in made
    }
    assert set() == english


def test_what_a_page_says_beside_its_widgets_is_spanish_too(visit: Visit) -> None:
    """Titles, days and refusals come in the language of the visit."""
    assert "Dónde estás" == visit.chapter("start").title
    assert "mar 20 oct" == visit.day(dt.date(2026, 10, 20))
    gone = Refused("record-gone-already", "This is not in your workbook any more.")
    assert visit.sentence(gone).startswith("Esto ya no está en tu cuaderno.")
