"""The design system as a page: every component in every state, each drawn by the widget that draws it elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from . import choosing, frames, lists, pictures, questions
from .specimens import Specimen, Specimens

Make = Callable[[], Sequence[Specimen]]

COMPONENTS: Mapping[str, tuple[str, str, Make]] = MappingProxyType(
    {
        "page": ("Page", "One heading, a sentence under it, a column, and a margin beside it.", frames.pages),
        "card": ("Card", "What belongs together. One on a page is the next step.", frames.cards),
        "question": ("Questions", "Every kind, as native, labelled HTML.", questions.every_kind),
        "scale": ("Scale", "Words at both ends, and not rated is an answer too.", questions.scales),
        "sorting": ("Cards to sort", "By pointer, by touch and by keys.", questions.sorting),
        "versions": ("Two versions", "Both are kept until somebody chooses.", questions.versions),
        "table": ("Table", "Rows that sort, filter and take edits; cards on a phone.", lists.tables),
        "menu": ("Menu", "Opens under its button and closes with Escape.", lists.menus),
        "road": ("Road", "What was done above the line, what came of it below.", pictures.roads),
        "chart": (
            "Chart frame",
            "The finding as its title, counts, an interval, its numbers.",
            pictures.charts,
        ),
        "status": ("Status", "One line, always there: what is on disk.", frames.status_lines),
        "notice": ("Notice", "Said once, beside what it is about.", frames.notices),
        "empty": ("Empty state", "What will be here, and the one step that makes it appear.", frames.empties),
        "letter": ("Letter", "As it will be read.", frames.letters),
        "actions": ("Buttons", "The one thing to do, then the rest.", choosing.buttons),
        "dialog": ("Dialog", "Only before what cannot be taken back.", choosing.dialogs),
        "steps": ("Steps", "Where one is among a few.", choosing.steps),
        "line": ("A line that is understood", "Read while it is typed.", choosing.lines),
        "file": ("Files", "One comes in, one is taken along.", choosing.files),
    }
)
"""Each component: its title, what it is for, and what makes its specimens. In the order of the page."""


def show(name: str) -> Specimens:
    """One component in every state.

    Raises:
        KeyError: there is no such component.
    """
    title, hint, make = COMPONENTS[name]
    return Specimens(name, title, hint, make())
