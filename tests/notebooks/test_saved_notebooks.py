"""A notebook saved after use holds none of the words a person typed."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from rebound_widgets.workbook import Workbook

FIRM = "Quillfeather Holdings"
PROSE = "zephyrwort upon the marmalade"
LINE = "brambleknock"

# What follows the notebook's own cells, in the kernel: open every page, answer every question with words, by
# the very messages a browser sends, and show everything once more.
TYPING = f"""
import itertools
from ipywidgets.widgets.widget import _instances
from rebound_widgets.widgets.exercise import Exercise

shown = _
number = itertools.count(1)
for address in ("start", "search", "search/" + {{application}}, "debrief", "debrief/" + {{interview}}):
    if hasattr(shown, "pages"):
        shown._handle_custom_msg(dict(type="go", address=address), [])
    exercises = [widget for widget in list(_instances.values()) if isinstance(widget, Exercise)]
    for exercise in exercises:
        for question in exercise.shown()["questions"]:
            asked = [(None, question)]
            if question["kind"] == "repeat":
                asked = [(1, inner) for inner in question["questions"]]
            for item, each in asked:
                value = dict(prose={PROSE!r}, line={LINE!r}).get(each["kind"])
                if value and "field" not in each:
                    exercise._handle_custom_msg(
                        dict(type="reply", seq=next(number), page="page-1", record_id=exercise.record_id,
                             question=each["id"], item=item, value=value, base_revision=0), [])
number
"""
SHOWING = """
from rebound_widgets import History
History.read()
"""


@pytest.fixture
def search(home: Path) -> dict[str, str]:
    """A workbook with one application and one interview; their ids."""
    workbook = Workbook.open(home)
    application = workbook.add_application({"company": FIRM, "role": "Analyst", "note": PROSE}).record_id
    interview = workbook.add_interview(application, {"held_on": "2026-11-04"}).record_id
    workbook.close()
    return {"application": application, "interview": interview}


def use(path: Path, search: dict[str, str], *, keep_state: bool) -> str:
    """Run a shipped notebook, type into it, show it again; the file as it is saved then."""
    notebook = nbformat.read(path, as_version=4)
    again = [nbformat.v4.new_code_cell(cell.source) for cell in notebook.cells if cell.cell_type == "code"]
    ids = {name: repr(value) for name, value in search.items()}
    typing = TYPING.replace("{application}", ids["application"]).replace("{interview}", ids["interview"])
    notebook.cells += [nbformat.v4.new_code_cell(typing), *again, nbformat.v4.new_code_cell(SHOWING)]
    NotebookClient(notebook, timeout=120, store_widget_state=keep_state).execute()
    notebook.cells = [cell for cell in notebook.cells if cell.source != typing]
    return nbformat.writes(notebook)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "keep_state"),
    [("workbook.ipynb", False), ("workbook.ipynb", True), ("chapters/search.ipynb", True)],
)
def test_a_saved_notebook_holds_no_word_that_was_typed(
    root: Path, home: Path, search: dict[str, str], name: str, keep_state: bool
) -> None:
    """After typing into every question the saved file holds none of it, the state of widgets or not."""
    saved = use(root / "notebooks" / name, search, keep_state=keep_state)
    if name == "workbook.ipynb":
        with Workbook.open(home).store as store:
            kept = json.dumps([dict(revision.body) for revision in store.current("answer")])
        assert PROSE in kept
        assert LINE in kept
    assert [words for words in (FIRM, PROSE, LINE) if words in saved] == []
