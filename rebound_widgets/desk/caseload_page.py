"""The first page of the desk: who is worth a look and why, everybody, and taking in."""

from __future__ import annotations

from typing import Any

from ..chapters.rooms import Panel
from ..chapters.visit import Visit
from ..widgets.history_table import HistoryTable
from ..widgets.page import Page
from ..widgets.panels import Panels
from .book import Desk
from .facts import facts_of
from .people import Person
from .rules import SIGNALS, Said, said
from .taking_page import TakingPage

SHOWN = 8
"""People named above the list; more would be a list of their own."""


class CaseloadPage:
    """``#/desk``, and ``#/desk/take-in``."""

    def __init__(self, desk: Desk, visit: Visit) -> None:
        self._desk, self._visit = desk, visit
        chapter = visit.chapter("desk")
        words = visit.group("actions")
        self._who = visit.ask(chapter.exercises[0], versions=False)
        self._top, self._empty, self._all = (Panels(words=words) for _ in range(3))
        self._taking = TakingPage(desk, visit)
        self._room = ""
        self._table = HistoryTable(
            self._columns(), name="desk", workbook=visit.workbook.id, words=visit.table_words()
        )
        self.widget = Page(chapter.title, lede=chapter.lede)

    def open(self, rest: str) -> None:
        self._room = rest if rest == "take-in" else ""
        self._taking.leave()
        self.refresh()

    def refresh(self) -> None:
        say, chapter = self._visit.words, self._visit.chapter("desk")
        if self._room == "take-in":
            self.widget.head(say("desk.taking.title"), say("desk.taking.lede"))
            self._arrange(self._taking.widgets())
            return
        self.widget.head(chapter.title, chapter.lede, wide=True)
        self._who.show(self._visit.replies(chapter.exercises[0]))
        signals = {person.id: self._signals(person) for person in self._desk.people()}
        self._top.show(self._top_panels(signals))
        if not self._desk.people():
            self._empty.show([self._empty_panel()])
            # A share is for one name: without it none can be taken in, so it is asked for first.
            asked = [self._empty, self._who] if self._desk.names else [self._who, self._empty]
            self._arrange([self._top, *asked])
            return
        count = say.plural("desk.people", len(self._desk.people()))
        self._all.show([{"id": "all", "look": "plain", "title": say("desk.all"), "hint": count}])
        self._table.show(self._row(person, signals[person.id]) for person in self._desk.people())
        first = [] if self._desk.names else [self._who]
        self._arrange([*first, self._top, self._all, self._table, *([self._who] if not first else [])])

    def _arrange(self, children: list[Any]) -> None:
        if self.widget.children != children:
            self.widget.children = children

    def _signals(self, person: Person) -> list[Said]:
        return said(SIGNALS, facts_of(person, self._visit.workbook.today()), self._visit.content)

    def _top_panels(self, signals: dict[str, list[Said]]) -> list[Panel]:
        say = self._visit.words
        panels: list[Panel] = []
        if self._desk.centre.refused is not None:
            text = self._visit.sentence(self._desk.centre.refused)
            panels.append({"id": "centre", "look": "notice", "text": text})
        if self._desk.cleared:
            text = say.plural("desk.cleared", self._desk.cleared)
            panels.append({"id": "cleared", "look": "notice", "text": text})
        if not self._desk.people():
            return panels
        people = sorted(
            (person for person in self._desk.people() if signals[person.id]),
            key=lambda person: -len(signals[person.id]),
        )
        rows = [
            {
                "text": person.name,
                "detail": " ".join(one.reason for one in signals[person.id]),
                "href": address(person),
            }
            for person in people[:SHOWN]
        ]
        hint = say("desk.signals_rule") if rows else say("desk.signals_none")
        if len(people) > SHOWN:
            hint = f"{say.plural('desk.more', len(people) - SHOWN)}. {hint}"
        title = say("desk.signals")
        return [
            *panels,
            {"id": "signals", "title": title, "rows": rows, "hint": hint, "actions": [self._take_in()]},
        ]

    def _take_in(self) -> Panel:
        return {"id": "take-in", "label": self._visit.words("desk.take_in"), "href": "#/desk/take-in"}

    def _empty_panel(self) -> Panel:
        """Nothing is here; taking in is the next step as soon as the desk has a name."""
        say, named = self._visit.words, bool(self._desk.names)
        action = {**self._take_in(), "look": "main" if named else "plain"}
        text = {"title": say("desk.empty_title"), "text": say("desk.empty")}
        return {"id": "empty", "look": "next" if named else "card", **text, "actions": [action]}

    # Everybody ---------------------------------------------------------------------------------------------

    def _columns(self) -> list[dict[str, Any]]:
        say = self._visit.words
        kinds = {"shared": "date", "until": "date", "sessions": "number"}
        widths = {"name": 9.5, "signals": 9.6, "shared": 7.9, "until": 7.5, "sessions": 5.7, "programme": 7.8}
        return [
            {
                "name": name,
                "label": say(f"desk.column.{name}"),
                "kind": kinds.get(name, "text"),
                "width": width,
            }
            for name, width in widths.items()
        ]

    def _row(self, person: Person, signals: list[Said]) -> dict[str, Any]:
        nothing = "" if person.shares else self._visit.words("desk.nothing_now")
        return {
            "id": person.id,
            "revision": 0,
            "name": person.name,
            "signals": ", ".join(one.title for one in signals) or nothing or None,
            "shared": person.last_on.isoformat() if person.last_on else None,
            "until": person.until.isoformat() if person.until else None,
            "sessions": len(person.sessions),
            "programme": person.programme or None,
            "href": address(person),
        }


def address(person: Person) -> str:
    """Where a person's page is."""
    return f"#/session/{person.id}"
