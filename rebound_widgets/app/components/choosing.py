"""Buttons, dialogs, steps, the one-line entry, files."""

from __future__ import annotations

from typing import Any

from ...widgets.actions import Actions
from ...widgets.download import Download
from ...widgets.file_chooser import FileChooser
from ...widgets.quick_line import QuickLine, Understood
from ...widgets.steps import Steps
from .specimens import Specimen

STEPS = [
    {"id": "file", "label": "The file"},
    {"id": "look", "label": "A look at it"},
    {"id": "done", "label": "What came in"},
]


class NotDone(Exception):
    """What a press is refused with here."""

    sentence = "The folder cannot be written. Nothing was changed."


def _act(action: str) -> str:
    if action == "refuse":
        raise NotDone
    return "Done."


def buttons() -> list[Specimen]:
    """Every look, switched off, and what is said after a press."""
    looks: list[dict[str, Any]] = [
        {"id": "go", "label": "Open the debrief", "kind": "primary"},
        {"id": "look", "label": "Look at it first", "kind": "plain"},
        {"id": "later", "label": "Not now", "kind": "quiet"},
        {"id": "write", "label": "Write a mail", "href": "mailto:"},
    ]
    off = [{**each, "disabled": True} for each in looks[:3]]
    said, refused = [{"id": "say", "label": "Do it"}], [{"id": "refuse", "label": "Do it"}]
    return [
        Specimen("plain", Actions(looks, _act)),
        Specimen("disabled", Actions(off, _act)),
        Specimen("done", Actions(said, _act), (("press", "button", ""),)),
        Specimen("with an error", Actions(refused, _act), (("press", "button", ""),)),
    ]


def dialogs() -> list[Specimen]:
    """Closed; its button opens it over the page."""
    ask = {
        "title": "Erase everything?",
        "text": "Every version and every backup goes. Nothing can bring it back.",
        "yes": "Erase everything",
        "no": "Keep it",
    }
    return [Specimen("closed", Actions([{"id": "erase", "label": "Erase everything", "confirm": ask}], _act))]


def steps() -> list[Specimen]:
    """The first, one in the middle, and steps that can be gone back to."""
    return [
        Specimen("first", Steps(STEPS)),
        Specimen("in the middle", Steps(STEPS, "look")),
        Specimen("with a way back", Steps(STEPS, "done", on_step=_act)),
    ]


def _understand(line: str) -> Understood:
    firm, *rest = [part.strip() for part in line.split(",")]
    if not firm:
        return Understood(sentence="Begin with the firm.")
    return Understood(
        parts=(("Firm", firm), *(("Role", part) for part in rest[:1])),
        left_over=" ".join(rest[1:]),
        ready=True,
    )


def lines() -> list[Specimen]:
    """Empty, understood, kept, refused."""
    field, button = "input", "button"
    words = {"label": "Add an application in one line", "hint": "Such as: Acme, analyst, applied 3 Oct"}

    def line(keep: Any) -> QuickLine:
        return QuickLine(on_try=_understand, on_keep=keep, words=words)

    written = ("write", field, "Acme, analyst, soon")
    refuse = ("write", field, "Acme, analyst")
    return [
        Specimen("empty", line(_act)),
        Specimen("filled", line(_act), (written,)),
        Specimen(
            "with an error",
            line(lambda _line: _act("refuse")),
            (refuse, ("press", f"{button}:not([disabled])", "")),
        ),
    ]


def files() -> list[Specimen]:
    """A place for a file, and one that is made."""
    return [
        Specimen("choose", FileChooser(lambda _file: "log.csv was read.", accept=".csv,.xlsx")),
        Specimen("save", Download("search.csv", lambda: b"Firm\n", label="Save as CSV")),
    ]
