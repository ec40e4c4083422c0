"""``rebound`` with a tiny notebook in the place of the workbook, for tests of the launcher alone.

``STANDIN`` in the environment chooses another cell: ``fail`` raises with words a person might have written,
``refuse`` refuses with a sentence, ``slow`` takes six seconds, ``die`` ends its kernel, ``asking`` asks a question,
``output`` prints into a widget. With ``STANDIN_LINE`` no page gets its line before the file of that name is there.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path

from rebound_widgets import cli
from rebound_widgets.serve import launcher
from rebound_widgets.serve.kernels import Kernels

WIDGET = '''
import anywidget
import ipywidgets


class Standin(anywidget.AnyWidget):
    _esm = """
export default { render({ model, el }) {
  el.classList.add("rb");
  const add = (tag, textContent, more) =>
    el.appendChild(Object.assign(document.createElement(tag), { textContent, ...more }));
  add("h1", "Stand-in");
  const said = add("p", "waiting", { id: "said" });
  add("button", "Ask", { onclick: () => model.send("ask") });
  add("a", "Write", { href: "mailto:someone@example.org" });
  const file = URL.createObjectURL(new Blob(["hello"], { type: "text/plain" }));
  add("a", "Take along", { href: file, download: "hello.txt" });
  model.on("msg:custom", (message) => { said.textContent = message; });
}};"""
    _css = "#said { color: rgb(1, 2, 3); }"

    def __init__(self):
        super().__init__()
        self.asked = 0
        self.on_msg(self.answer)

    def answer(self, _widget, _message, _buffers):
        self.asked += 1
        self.send(f"answer {self.asked}")


ipywidgets.VBox([Standin(), ipywidgets.Label("$52k vs $60k"), ipywidgets.Text(description="Stock")])
'''
ASKING = """
from pathlib import Path
from rebound_widgets.widgets.exercise import Exercise, Kept


def keep(reply):
    Path("kept.txt").write_text(str(reply.value))
    return Kept(reply.value, 1, "2026-11-05T12:00:00+00:00")


Exercise([{"kind": "prose", "id": "ready/why", "ask": "Why?"}], on_reply=keep)
"""
OUTPUT = """
import ipywidgets
from IPython.display import HTML, display

out, told = ipywidgets.Output(), ipywidgets.Output()


def fail():
    raise ValueError("no such thing")


def clear():
    out.clear_output(wait=True)
    print("anew")


def much():
    for number in range(2000):
        print("line", number)


def button(name, act):
    def press(_button):
        with out:
            act()

    made = ipywidgets.Button(description=name)
    made.on_click(press)
    return made


with out:
    print("from the cell")
    display(HTML("<b id='drawn'>drawn</b>"))
told.append_stdout("told")
buttons = [
    button("Print", lambda: print("from the button")),
    button("Fail", fail),
    button("Clear", clear),
    button("Count", lambda: told.append_stdout(str(len(out.outputs)))),
    button("Much", much),
]
ipywidgets.VBox([out, told, *buttons])
"""
CELLS = {
    "": WIDGET,
    "fail": "raise ValueError('the letter to my mother')",
    "refuse": "from rebound_widgets.domain.refused import Refused\n"
    "raise Refused('too-new', 'This workbook is newer.')",
    "asking": ASKING,
    "output": OUTPUT,
    "slow": f"import time\ntime.sleep(6)\n{WIDGET}",
    "die": "import os\nos._exit(3)",
}


def write_notebook(folder: Path, source: str) -> Path:
    """A notebook of one cell."""
    cell = {"cell_type": "code", "id": "one", "execution_count": None, "metadata": {}, "outputs": []}
    notebook = {
        "cells": [{**cell, "source": source.splitlines(keepends=True)}],
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path = folder / "standin.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


async def arrived(kernels: Kernels, kernel_id: str) -> None:
    """As in Kernels, and then until the test says so."""
    await plainly(kernels, kernel_id)
    while not Path(os.environ["STANDIN_LINE"]).exists():
        await asyncio.sleep(0.05)


if __name__ == "__main__":
    if "STANDIN_LINE" in os.environ:
        plainly, Kernels.arrived = Kernels.arrived, arrived
    with tempfile.TemporaryDirectory() as made:
        written = write_notebook(Path(made), CELLS[os.environ.get("STANDIN", "")])
        launcher.notebook = lambda _name: written
        sys.exit(cli.main())
