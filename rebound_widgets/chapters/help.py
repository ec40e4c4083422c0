"""Help, if it is too much: the same quiet page from everywhere, without a network."""

from __future__ import annotations

from typing import Any

from ..content import HelpLine
from ..widgets.page import Page
from ..widgets.panels import Panels
from .visit import Visit


class HelpPage:
    """What to do when it is too much, and whom to call."""

    def __init__(self, visit: Visit) -> None:
        chapter = visit.chapter("help")
        say = visit.words
        panels = [
            {"id": f"help-{part}", "title": say(f"help.{part}_title"), "text": say(f"help.{part}_text")}
            for part in PARTS
        ]
        first = {"id": "help-private", "look": "notice", "text": say("help.nobody_reads")}
        lines = Panels([first, *panels, _lines(visit)], words=visit.group("actions"))
        self.widget = Page(chapter.title, lede=chapter.lede, children=[lines])

    def open(self, rest: str) -> None:
        """There is one page of help, whatever the address says."""

    def refresh(self) -> None:
        """Nothing here follows from what a person wrote."""


PARTS = ("danger", "talk", "rest")


def _lines(visit: Visit) -> dict[str, Any]:
    """The lines to call: the institution's own first, then by country."""
    say, lines = visit.words, visit.content.help_lines
    if not lines:
        return {"id": "lines", "title": say("help.lines_title"), "text": say("help.lines_none")}
    rows = [
        {
            "text": line.name,
            "detail": " ".join(_details(visit, line)),
            "when": say("help.lines_own") if line.own else line.country,
        }
        for line in sorted(lines, key=lambda line: not line.own)
    ]
    return {"id": "lines", "title": say("help.lines_title"), "rows": rows}


def _details(visit: Visit, line: HelpLine) -> list[str]:
    say = visit.words
    parts = [line.phone, line.web]
    if line.hours:
        parts.append(say("help.line_hours", hours=line.hours))
    if line.languages:
        parts.append(say("help.line_languages", languages=line.languages))
    parts.append(say("help.line_source", source=line.source, day=visit.day(line.checked_on)))
    return [part for part in parts if part]
