"""The app: pages built when first opened, refreshed when the workbook moves."""

import asyncio
import contextlib
from pathlib import Path

import pytest

from rebound_widgets import open_chapter, open_workbook
from rebound_widgets.app import App, Shell
from rebound_widgets.widgets.exercise import Exercise
from rebound_widgets.workbook import Workbook


@pytest.fixture
def app(home: Path) -> App:
    return App(Workbook.open(home))


def go(shell: Shell, address: str) -> None:
    """What the browser says when the address changes."""
    shell._handle_custom_msg({"type": "go", "address": address}, [])


def reply(
    exercise: Exercise, question: str, value: object, *, item: int | None = None, base: int = 0
) -> None:
    """What the browser says when somebody has written something."""
    message = {
        "type": "reply",
        "seq": 1,
        "page": f"test-{question}-{item}",
        "record_id": exercise.record_id,
        "question": question,
        "item": item,
        "value": value,
        "base_revision": base,
    }
    exercise._handle_custom_msg(message, [])


def test_a_page_is_built_when_it_is_first_opened_and_kept(app: App) -> None:
    """Opening a chapter twice shows the same page; chapters never opened cost nothing."""
    go(app.shell, "start")
    first = app.shell.pages["start"]
    go(app.shell, "search")
    go(app.shell, "start")
    assert list(app.shell.pages) == ["start", "search"]
    assert app.shell.pages["start"] is first


def test_an_unknown_address_shows_the_first_page(app: App) -> None:
    """An address nobody knows is where you can go on, not an error."""
    go(app.shell, "somewhere/else")
    assert list(app.shell.pages) == ["start"]


def test_every_chapter_opens(app: App) -> None:
    """Each chapter of the content has a page with its title."""
    for chapter in app.workbook.content.chapters.values():
        go(app.shell, chapter.id)
        assert app.shell.pages[chapter.id].title == chapter.title


def test_a_first_visit_sees_three_doors(app: App) -> None:
    """An empty workbook starts with three doors and a sentence on privacy."""
    go(app.shell, "start")
    (doors,) = app.shell.pages["start"].children
    assert [len(panel.get("rows", [])) for panel in doors.panels] == [3, 0]


def test_a_debrief_is_kept_and_the_start_page_follows(app: App) -> None:
    """What is written in the debrief is in the workbook, and its loop is closed on the first page."""
    workbook = app.workbook
    made = workbook.add_application({"company": "Acme"})
    interview = workbook.add_interview(made.record_id, {"held_on": workbook.today().isoformat()})
    go(app.shell, "start")
    step = app.shell.pages["start"].children[0]
    assert "Acme" in step.panels[0]["title"]
    go(app.shell, f"debrief/{interview.record_id}")
    exercise = next(c for c in app.shell.pages["debrief"].children if isinstance(c, Exercise))
    reply(exercise, "debrief/recall", "They asked about the report.")
    answers = workbook.history().answers
    assert list(answers["value"]) == ["They asked about the report."]
    go(app.shell, "start")
    assert step.panels[0]["actions"][0]["href"] == f"#/debrief/{interview.record_id}/thanks"


def test_putting_a_step_off_shows_the_next_one(app: App) -> None:
    """Putting a step off is remembered for today and for nothing else."""
    workbook = app.workbook
    made = workbook.add_application({"company": "Acme"})
    workbook.add_interview(made.record_id, {"held_on": workbook.today().isoformat()})
    go(app.shell, "start")
    step = app.shell.pages["start"].children[0]
    later = step.panels[0]["actions"][1]
    step._handle_custom_msg({"type": "action", "action": later}, [])
    assert step.panels[0]["actions"][0]["href"] == "#/search"


def test_a_chapter_opens_alone(home: Path) -> None:
    """In JupyterLab each chapter is a page of its own."""
    assert open_chapter("debrief", home).title == "Right after the interview"


def test_nothing_a_person_wrote_is_in_what_a_notebook_saves(home: Path) -> None:
    """The state and the repr of every widget hold none of the words: a saved notebook would keep them."""
    workbook = Workbook.open(home)
    made = workbook.add_application({"company": "Quixotry", "role": "zymurgist"})
    interview = workbook.add_interview(made.record_id, {"held_on": workbook.today().isoformat()})
    workbook.record("debrief/recall", "kumquat", record_id=interview.record_id, base_revision=0)
    shell = open_workbook(home)
    for address in ("start", "search", f"search/{made.record_id}", f"debrief/{interview.record_id}"):
        go(shell, address)
    import ipywidgets

    saved = str(ipywidgets.Widget.get_manager_state()) + repr(shell)
    assert [word for word in ("Quixotry", "zymurgist", "kumquat") if word in saved] == []


def test_the_answer_goes_out_before_the_page_is_drawn_anew(app: App) -> None:
    """Saving never waits for frames and charts, and what moved twice in one turn is drawn once."""
    workbook = app.workbook
    made = workbook.add_application({"company": "Acme"})
    interview = workbook.add_interview(made.record_id, {"held_on": workbook.today().isoformat()})
    go(app.shell, f"debrief/{interview.record_id}")
    page = app._pages["debrief"]
    exercise = next(c for c in app.shell.pages["debrief"].children if isinstance(c, Exercise))
    order: list[str] = []
    refresh, send = page.refresh, exercise.send
    page.refresh = lambda: (order.append("drawn"), refresh())[1]  # type: ignore[method-assign]
    exercise.send = lambda content, buffers=None: (order.append(content["type"]), send(content, buffers))[1]

    async def write() -> None:
        reply(exercise, "debrief/recall", "One.")
        reply(exercise, "debrief/sources", ["memory"])
        await asyncio.sleep(0)

    asyncio.run(write())
    assert ["kept", "kept", "drawn"] == [what for what in order if what in {"kept", "drawn"}]


def test_the_first_chapter_comes_with_the_frame(tmp_path: Path) -> None:
    """It is built before anybody asks, once, and another window's words are looked for when the page is there."""
    shell = open_workbook(tmp_path)
    first = shell.pages["start"]
    assert ["start"] == list(shell.pages)
    with contextlib.closing(Workbook.open(tmp_path)) as other:
        other.add_application({"company": "Acme"})
    go(shell, "")
    assert first is shell.pages["start"]
    assert first.lede == open_chapter("start", tmp_path).lede
    go(shell, "start")
    assert first is shell.pages["start"]
