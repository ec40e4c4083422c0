"""What can be taken back: deletions and imports of the last 90 days, each with one press."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from ..domain.record import Revision
from ..domain.refused import Refused
from ..store.undoing import ChangeSummary
from ..widgets.panels import Panels
from .naming import name_of
from .visit import Visit

DAYS = 90
SHOWN = 30
"""More than these would be a wall; older ones move up as these are taken back."""


class TakeBack:
    """A list of changes, newest first. Nothing is asked: what is taken back can be taken back again."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._said = ""
        self._list = Panels(on_action=self._act, words=visit.group("actions"))
        self.children: list[Any] = [self._list]

    def refresh(self) -> None:
        """Show what can be taken back now."""
        say = self._visit.words
        gone = defaultdict(list)
        for record in self._visit.workbook.store.current(deleted=True):
            gone[record.change].append(record)
        rows = [self._row(change, gone[change.change]) for change in self.changes()]
        panel: dict[str, Any] = {"id": "take-back", "rows": rows}
        if not rows:
            panel["text"] = say("search.undo.none")
        said = [{"id": "said", "look": "notice", "announce": True, "text": self._said}] if self._said else []
        self._list.show([*said, panel])

    def changes(self) -> list[ChangeSummary]:
        """Deletions and imports of which anything still stands, newest first."""
        return [
            change
            for change in self._visit.workbook.store.changes(days=DAYS)
            if change.standing and (change.deleted_count or change.origin == "import")
        ][:SHOWN]

    def _row(self, change: ChangeSummary, gone: Sequence[Revision]) -> dict[str, Any]:
        say, facts = self._visit.words, self._visit.content.facts
        moment = change.made_at.astimezone()
        return {
            "text": self._what(change, gone),
            "detail": f"{facts.show_day(moment.date())}, {facts.show_time(moment)}",
            "actions": [
                {
                    "id": "take-back",
                    "label": say("search.undo.action"),
                    "look": "plain",
                    "change": change.change,
                }
            ],
        }

    def _what(self, change: ChangeSummary, gone: Sequence[Revision]) -> str:
        say = self._visit.words
        if not change.deleted_count:
            return say.plural("search.undo.brought_in", change.kinds.get("application", 0))
        for kind in ("application", "interview"):
            named = [record for record in gone if record.kind == kind]
            if named:
                return say("search.undo.deleted", name=self._name(named[0]))
        return say.plural("search.undo.deleted_parts", change.deleted_count)

    def _name(self, record: Revision) -> str:
        name = name_of(self._visit, record)
        return self._visit.words("search.undo.interview", name=name) if record.kind == "interview" else name

    def _act(self, action: dict[str, Any]) -> None:
        say = self._visit.words
        try:
            left = self._visit.workbook.undo(str(action.get("change")))
        except Refused as refused:
            self._said = self._visit.sentence(refused)
        else:
            self._said = say("search.undo.done")
            if left:
                self._said = f"{self._said} {say.plural('search.undo.left', len(left))}"
        self.refresh()
