"""Bringing in a log: choose the file, see how it was understood, correct it, look at every row, add, undo."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from ..domain.refused import Refused
from ..domain.value_questions import Number
from ..history.importing import FIELDS, ImportPlan, Mapping, Meaning, Table, plan_import, propose, read_table
from ..widgets.actions import Actions
from ..widgets.exercise import Exercise, Kept, Reply
from ..widgets.file_chooser import ChosenFile, FileChooser
from ..widgets.history_table import HistoryTable
from ..widgets.panels import Panels
from ..widgets.steps import Steps
from .quick import Declined
from .visit import Visit

STEPS = ("file", "mapping", "done")
PREVIEW_ROWS = 200
EARLIEST_YEAR = 1990
OFFERED = tuple(
    name for name, field in FIELDS.items() if not field.step and field.takes not in {"id", "digest"}
)
MEANINGS = (
    "saved",
    "applied",
    "answered",
    "interview",
    "final",
    "offer",
    "no",
    "no@applied",
    "no@interview",
    "withdrawn",
    "declined",
    "accepted",
    "started",
)


class BringIn:
    """The import of one file at a time. Nothing is written before the person says "add"."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        say = visit.words
        panels = visit.group("actions")
        self._steps = Steps(
            [{"id": step, "label": say(f"search.import.steps.{step}")} for step in STEPS],
            words=visit.group("steps"),
        )
        self._intro = Panels(
            [
                {
                    "id": "bring-in",
                    "look": "plain",
                    "text": [say("search.import.file.hint"), say("search.import.file.private")],
                }
            ],
            words=panels,
        )
        self._chooser = FileChooser(
            self._read,
            accept=".csv,.tsv,.txt,.xlsx,.xls,.ods",
            label=say("search.import.file.label"),
            words=visit.group("file-chooser"),
        )
        self._found = Panels(on_action=self._act_on_panel, words=panels)
        self._rows = HistoryTable(self._columns(), [], words=visit.table_words())
        self._actions = Actions(on_action=self._act, words=visit.group("actions"))
        self._asked: Exercise | None = None
        self._year_asked = Number(
            id="import/year",
            ask=say("search.import.mapping.year"),
            minimum=EARLIEST_YEAR,
            maximum=visit.workbook.today().year + 1,
        )
        self._stop = threading.Event()
        self._looking: asyncio.Future[None] | None = None
        self._start_over()

    @property
    def children(self) -> list[Any]:
        """The widgets of the step one is at."""
        if self._steps.current == "file":
            return [self._steps, self._intro, self._chooser]
        if self._steps.current == "mapping":
            asked = [self._asked] if self._asked is not None else []
            rows = [self._rows] if self._plan is not None and self._plan.new else []
            return [self._steps, self._found, self._actions, *rows, *asked]
        return [self._steps, self._found]

    def leave_done(self) -> None:
        """Whoever comes again after an import was done begins with the next file."""
        if self._steps.current == "done":
            self._start_over()

    def _start_over(self) -> None:
        self._table: Table | None = None
        self._mapping: Mapping | None = None
        self._plan: ImportPlan | None = None
        self._fields: dict[str, str] = {}
        self._statuses: dict[str, str | Meaning] = {}
        self._order: str | None = None
        self._year: int | None = None
        self._steps.show("file")

    # Reading -----------------------------------------------------------------------------------------------

    async def _read(self, chosen: ChosenFile) -> str:
        try:
            self._table = await asyncio.to_thread(read_table, chosen.path, chosen.name)
            await self._look()
        except Refused as refused:
            raise Declined(self._visit.sentence(refused)) from None
        self._ask()
        self._steps.show("mapping")
        self._visit.redraw()
        return ""

    async def _look(self) -> None:
        """Work out what an import would do, in a worker, and show it."""
        assert self._table is not None  # noqa: S101 - only reached with a table
        table, store = self._table, self._visit.workbook.store
        answers: dict[str, Any] = {
            "date_order": self._order,
            "field_map": dict(self._fields),
            "status_map": dict(self._statuses),
            "year": self._year,
        }

        def work() -> ImportPlan:
            return plan_import(table, propose(table, **answers), store.current())

        self._plan = await asyncio.to_thread(work)
        self._mapping = self._plan.mapping
        self._show_found()

    # Correcting --------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        """The mapping as questions: a column each, a status word each, and what the file cannot say."""
        assert self._table is not None and self._mapping is not None  # noqa: S101, PT018
        say, questions, replies = self._visit.words, [], {}
        for ask in self._mapping.asks:
            if ask.kind == "date-order":
                questions.append(
                    self._choice(
                        "order", say("search.import.mapping.date_order"), ("dmy", "mdy", "ymd"), "order."
                    )
                )
                questions[-1]["hint"] = self._visit.sentence(ask.refused)
            elif ask.kind == "year":
                questions.append(self._year_question(self._visit.sentence(ask.refused)))
        for at, header in enumerate(self._table.headers):
            key = f"column-{at}"
            questions.append(
                self._choice(key, header, OFFERED, "field.", say("search.import.mapping.leave_out"))
            )
            questions[-1]["hint"] = self._example(header)
            if at in self._mapping.fields:
                replies[f"import/{key}"] = Kept(self._mapping.fields[at], 1)
        for number, (words, meaning) in enumerate(self._mapping.statuses.items()):
            key, count = f"status-{number}", self._mapping.status_counts.get(words, 0)
            asked = say.plural("search.import.mapping.status_ask", count, words=words)
            questions.append(
                self._choice(key, asked, MEANINGS, "meaning.", say("search.import.mapping.status_keep"))
            )
            if meaning is not None and str(meaning) in MEANINGS:
                replies[f"import/{key}"] = Kept(str(meaning), 1)
        if self._asked is not None:
            self._asked.close()
        self._asked = Exercise(
            questions,
            replies=replies,
            on_reply=self._corrected,
            words=self._visit.group("exercise"),
            heading=say("search.import.mapping.title"),
            intro=say("search.import.mapping.text"),
        )

    def _year_question(self, hint: str) -> dict[str, Any]:
        return {**self._year_asked.as_mapping(), "hint": hint}

    def _choice(
        self, key: str, ask: str, ids: tuple[str, ...], group: str, unanswered: str = ""
    ) -> dict[str, Any]:
        options = [
            {"id": name, "text": self._visit.words(f"search.import.{group}{name.replace('@', '-at-')}")}
            for name in ids
        ]
        return {
            "kind": "choice",
            "id": f"import/{key}",
            "ask": ask,
            "hint": "",
            "private": False,
            "options": options,
            "own": False,
            "unanswered": unanswered,
        }

    def _example(self, header: str) -> str:
        assert self._table is not None  # noqa: S101
        cell = next((cell for cell in self._table.column(header) if cell.strip()), "")
        shown = " ".join(cell.split())[:60]
        return self._visit.words("search.import.mapping.example", cell=shown) if shown else ""

    def _corrected(self, reply: Reply) -> Kept:
        """Take a correction at once; what follows from it is worked out in a worker."""
        assert self._table is not None and self._mapping is not None  # noqa: S101, PT018
        what, _, number = reply.question.removeprefix("import/").partition("-")
        if what == "order":
            self._order = reply.value
        elif what == "year":
            self._year = self._accept_year(reply.value)
        elif what == "status":
            words = list(self._mapping.statuses)[int(number)]
            self._statuses = {**self._statuses, words: reply.value or Meaning()}
        else:
            self._map_column(int(number), reply.value)
        self._looking = asyncio.ensure_future(self._look_again())
        return Kept(reply.value, reply.base_revision + 1)

    def _accept_year(self, value: Any) -> int | None:
        try:
            year = self._year_asked.accept(value)
        except Refused as refused:
            raise self._visit.not_kept(refused) from None
        return None if year is None else int(year)

    async def _look_again(self) -> None:
        try:
            await self._look()
        except Refused as refused:
            self._actions.say(self._visit.sentence(refused))
        else:
            self._visit.redraw()

    def _map_column(self, at: int, field: str | None) -> None:
        assert self._table is not None and self._mapping is not None  # noqa: S101, PT018
        before = self._mapping.fields.get(at)
        fields = dict(self._fields)
        if before is not None:
            fields[before] = ""
        if field:
            fields[field] = self._table.headers[at]
        self._fields = fields

    # Showing -----------------------------------------------------------------------------------------------

    def _show_found(self) -> None:
        assert self._plan is not None and self._mapping is not None  # noqa: S101, PT018
        say, plan = self._visit.words, self._plan
        lines = [self._mapping.reason]
        lines.append(say.plural("search.import.preview.new", plan.new))
        if plan.duplicates:
            lines.append(say.plural("search.import.preview.duplicates", plan.duplicates))
        if plan.alike:
            lines.append(say.plural("search.import.preview.alike_count", len(plan.alike)))
        if plan.unmapped:
            listed = ", ".join(f"“{words}” ({count})" for words, count in plan.unmapped.items())
            lines.append(say("search.import.preview.unmapped_words", words=listed))
        if self._mapping.personal:
            lines.append(say("search.import.mapping.personal", columns=", ".join(self._mapping.personal)))
        problems = [
            {
                "text": say(
                    "search.import.preview.refused_row",
                    number=p.row,
                    sentence=self._visit.sentence(p.refused),
                )
            }
            for p in [*plan.refused, *plan.problems][:20]
        ]
        asks = [{"text": self._visit.sentence(ask.refused)} for ask in plan.asks]
        panels: list[dict[str, Any]] = [
            {"id": "found", "title": say("search.import.preview.title"), "text": lines}
        ]
        if asks:
            panels.append(
                {"id": "asks", "look": "notice", "title": say("search.import.mapping.ask"), "rows": asks}
            )
        if problems:
            panels.append(
                {"id": "problems", "title": say("search.import.preview.problems"), "rows": problems}
            )
        self._found.show(panels)
        self._rows.show(self._preview_rows())
        self._actions.show(self._action_items())

    def _preview_rows(self) -> list[dict[str, Any]]:
        assert self._plan is not None  # noqa: S101
        say = self._visit.words
        rows = []
        for shown in self._plan.preview(PREVIEW_ROWS):
            fields = shown["fields"]
            notes = [*shown["problems"]]
            if shown["alike"]:
                notes.append(say("search.import.preview.alike"))
            if shown["repeated"]:
                notes.append(say("search.import.preview.repeated"))
            rows.append(
                {
                    "id": f"row-{shown['row']}",
                    "revision": 0,
                    "row": shown["row"],
                    "company": fields.get("company", ""),
                    "role": fields.get("role", ""),
                    "applied_on": fields.get("applied_on"),
                    "stage": fields.get("stage", "applied"),
                    "outcome": fields.get("outcome", "open"),
                    "said": " ".join(notes),
                }
            )
        return rows

    def _columns(self) -> list[dict[str, Any]]:
        say = self._visit.words
        kinds = {"row": "number", "applied_on": "date", "stage": "choice", "outcome": "choice"}
        names = ("row", "company", "role", "applied_on", "stage", "outcome", "said")
        return [
            {
                "name": name,
                "label": say(
                    "search.import.preview.column_row"
                    if name == "row"
                    else "search.import.preview.column_said"
                )
                if name in {"row", "said"}
                else say(f"search.columns.{name}"),
                "kind": kinds.get(name, "text"),
                "options": self._visit.options(f"search/{name}") if kinds.get(name) == "choice" else [],
                "editable": False,
            }
            for name in names
        ]

    def _action_items(self) -> list[dict[str, Any]]:
        assert self._plan is not None  # noqa: S101
        say = self._visit.words
        add = {
            "id": "add",
            "label": say.plural("search.import.action_import", self._plan.new),
            "kind": "primary",
            "disabled": bool(self._plan.asks) or not self._plan.new,
        }
        return [add, {"id": "over", "label": say("search.import.file.again"), "kind": "plain"}]

    # Adding ------------------------------------------------------------------------------------------------

    def _act(self, action: str) -> Any:
        if action == "add":
            return self._add()
        if action == "stop":
            self._stop.set()
        if action == "over":
            self._start_over()
            self._visit.redraw()
        return ""

    async def _add(self) -> str:
        assert self._plan is not None  # noqa: S101
        say, plan, workbook = self._visit.words, self._plan, self._visit.workbook
        loop = asyncio.get_running_loop()
        self._stop.clear()
        self._actions.show([{"id": "stop", "label": say("search.import.action_cancel"), "kind": "plain"}])

        def progress(done: int, total: int) -> None:
            loop.call_soon_threadsafe(self._actions.say, say("search.import.running", done=done, total=total))

        def work() -> str:
            writes = plan.writes(cancelled=self._stop.is_set)
            return workbook.take_in(writes, progress=progress, cancelled=self._stop.is_set)

        try:
            change = await asyncio.to_thread(work)
        except Refused as refused:
            self._actions.show(self._action_items())
            return self._visit.sentence(refused)
        self._show_done(change)
        workbook.poll()
        self._visit.redraw()
        return ""

    def _show_done(self, change: str) -> None:
        assert self._plan is not None  # noqa: S101
        say = self._visit.words
        self._found.show(
            [
                {
                    "id": "done",
                    "look": "next",
                    "announce": True,
                    "title": say.plural("search.import.done.title", self._plan.new),
                    "text": say("search.import.done.undo_hint"),
                    "actions": [
                        {"id": "see", "label": say("search.import.done.action"), "href": "#/search"},
                        {
                            "id": "undo",
                            "label": say("search.import.done.undo"),
                            "look": "plain",
                            "change": change,
                        },
                    ],
                }
            ]
        )
        self._steps.show("done")

    def _act_on_panel(self, action: dict[str, Any]) -> None:
        if action.get("id") == "undo":
            self._visit.workbook.undo(str(action["change"]))
            self._found.show(
                [
                    {
                        "id": "undone",
                        "look": "notice",
                        "announce": True,
                        "text": self._visit.words("search.import.done.undone"),
                    }
                ]
            )
            self._start_over()
