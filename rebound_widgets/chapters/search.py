"""Your search: every application in one table, one of them open, a log brought in, everything taken out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..domain import chapter as domain
from ..domain.record import Conflict, Revision
from ..domain.refused import Refused
from ..widgets.exercise import Clash, Exercise, Kept
from ..widgets.history_table import HistoryTable
from ..widgets.page import Page
from ..widgets.panels import Panels
from .application import ApplicationView
from .bring_in import BringIn
from .numbers import Numbers
from .quick import ApplicationLine
from .take_back import TakeBack
from .taking_out import download_of
from .visit import Visit

COLUMNS = (
    "company",
    "role",
    "applied_on",
    "stage",
    "outcome",
    "outcome_on",
    "location",
    "source",
    "status_words",
)
CHOICES = frozenset({"stage", "outcome"})
DATES = frozenset({"applied_on", "outcome_on"})
FORMATS = ("csv", "xlsx", "json", "ics", "html")


class SearchPage:
    """The table, one application, or the import, by what the rest of the address says."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._chapter = visit.chapter("search")
        self._where = ""
        self._open_views: dict[str, ApplicationView] = {}
        self._own = {one.id: one for one in self._chapter.exercises if one.about == "own"}
        self._own_asked: dict[str, Exercise] = {}
        self._bring_in: BringIn | None = None
        self._take_back = TakeBack(visit)
        self._numbers = Numbers(visit)
        words = visit.group("actions")
        self._quick = ApplicationLine(visit).widget
        self._table = HistoryTable(
            self._columns(),
            [],
            on_edit=self._edit,
            on_delete=self._delete,
            board="stage",
            name="search",
            workbook=visit.workbook.id,
            words=visit.table_words(),
        )
        self._in_table: dict[str, Revision] = {}
        self._empty = Panels(words=words)
        self._doors = Panels([self._bring_panel(), self._own_panel()], words=words)
        self._back = Panels([self._back_panel()], words=words)
        self._downloads = [download_of(visit, suffix) for suffix in FORMATS]
        self._take_out = Panels(
            [
                {
                    "id": "take-out",
                    "look": "plain",
                    "title": visit.words("search.export.title"),
                    "text": visit.words("search.export.text"),
                }
            ],
            words=words,
        )
        self.widget = Page(self._chapter.title, lede=self._chapter.lede)

    def open(self, rest: str) -> None:
        if self._bring_in is not None and rest == "bring-in" != self._where:
            self._bring_in.leave_done()
        self._where = rest
        self.refresh()

    def refresh(self) -> None:
        if self._where == "bring-in":
            self._show_bring_in()
        elif self._where == "numbers":
            self._show_numbers()
        elif self._where == "undo":
            self._show_take_back()
        elif self._where in self._own:
            self._show_own(self._own[self._where])
        elif self._visit.workbook.find(self._where) is not None:
            self._show_application(self._where)
        else:
            self._show_table()

    def _arrange(self, title: str, lede: str, children: list[Any], *, wide: bool = False) -> None:
        self.widget.head(title, lede, wide=wide)
        if self.widget.children != children:
            self.widget.children = children

    # The table ---------------------------------------------------------------------------------------------

    def _columns(self) -> list[dict[str, Any]]:
        return [
            {
                "name": name,
                "label": self._visit.words(f"search.columns.{name}"),
                "kind": "choice" if name in CHOICES else "date" if name in DATES else "text",
                "options": self._visit.options(f"search/{name}") if name in CHOICES else [],
                "editable": name != "status_words",
            }
            for name in COLUMNS
        ]

    def _show_table(self) -> None:
        applications = self._visit.workbook.current("application")
        if not applications:
            say = self._visit.words
            self._empty.show([{"id": "empty", "look": "plain", "text": say("search.empty.text")}])
            self._arrange(self._chapter.title, self._chapter.lede, [self._quick, self._empty, self._doors])
            return
        self._table.show(self._row(record) for record in reversed(applications))
        self._in_table = {record.record_id: record for record in applications}
        children = [self._quick, self._table, self._doors, self._take_out, *self._downloads]
        self._arrange(self._chapter.title, self._chapter.lede, children, wide=True)

    def _row(self, record: Revision) -> Mapping[str, Any]:
        """A record's row: the one the table has, where it is of this record, since most saves change one row."""
        if self._in_table.get(record.record_id) is record:
            held = self._table.row(record.record_id)
            if held is not None and held["revision"] == record.number:
                return held
        row = {"id": record.record_id, "revision": record.number, "href": f"#/search/{record.record_id}"}
        return row | {name: record.body.get(name) for name in COLUMNS}

    def _edit(self, row_id: str, name: str, value: Any, base_revision: int) -> Kept:
        try:
            revision = self._visit.workbook.change(
                row_id,
                {name: value},
                kind="application",
                base_revision=base_revision,
                names={name: self._visit.words(f"search.columns.{name}")},
            )
        except Refused as refused:
            raise self._visit.not_kept(refused) from None
        except Conflict as conflict:
            there = conflict.current
            raise Clash(Kept(there.body.get(name), there.number, there.made_at)) from None
        return Kept(revision.body.get(name), revision.number, revision.made_at)

    def _delete(self, row_id: str) -> Callable[[], None]:
        change = self._visit.workbook.delete(row_id)

        def bring_back() -> None:
            self._visit.workbook.undo(change)

        return bring_back

    # One application ---------------------------------------------------------------------------------------

    def _show_application(self, application_id: str) -> None:
        view = self._open_views.get(application_id)
        if view is None:
            view = self._open_views[application_id] = ApplicationView(self._visit, application_id)
        else:
            view.refresh()
        self._arrange(view.name or self._chapter.title, "", view.children)

    # People and documents ----------------------------------------------------------------------------------

    def _own_panel(self) -> dict[str, Any]:
        rows = [
            {"text": exercise.title, "detail": exercise.why, "href": f"#/search/{name}"}
            for name, exercise in self._own.items()
        ]
        say = self._visit.words
        rows.insert(
            0,
            {
                "text": say("search.numbers.title"),
                "detail": say("search.numbers.row"),
                "href": "#/search/numbers",
            },
        )
        rows.append(
            {"text": say("search.undo.title"), "detail": say("search.undo.text"), "href": "#/search/undo"}
        )
        return {"id": "own", "title": self._visit.words("search.own.title"), "rows": rows}

    def _back_panel(self) -> dict[str, Any]:
        label = self._visit.words("search.application.back")
        actions = [{"id": "back", "label": label, "href": "#/search", "look": "plain"}]
        return {"id": "back", "look": "plain", "actions": actions}

    def _show_own(self, exercise: domain.Exercise) -> None:
        if exercise.id not in self._own_asked:
            self._own_asked[exercise.id] = self._visit.ask(exercise)
        else:
            self._own_asked[exercise.id].show(self._visit.replies(exercise))
        self._arrange(self._chapter.title, "", [self._back, self._own_asked[exercise.id]])

    def _show_numbers(self) -> None:
        say = self._visit.words
        self._numbers.refresh()
        self._arrange(
            say("search.numbers.title"), say("search.numbers.lede"), [self._back, *self._numbers.children]
        )

    def _show_take_back(self) -> None:
        say = self._visit.words
        self._take_back.refresh()
        children = [self._back, *self._take_back.children]
        self._arrange(say("search.undo.title"), say("search.undo.text"), children)

    # In and out --------------------------------------------------------------------------------------------

    def _bring_panel(self) -> dict[str, Any]:
        say = self._visit.words
        return {
            "id": "bring",
            "title": say("search.import.title"),
            "text": say("search.import.text"),
            "actions": [
                {
                    "id": "bring",
                    "label": say("search.empty.action_import"),
                    "href": "#/search/bring-in",
                    "look": "plain",
                }
            ],
        }

    def _show_bring_in(self) -> None:
        if self._bring_in is None:
            self._bring_in = BringIn(self._visit)
        say = self._visit.words
        title, lede, made = say("search.import.title"), say("search.import.text"), self._bring_in
        self._arrange(title, lede, made.children, wide=made.shows_rows)
