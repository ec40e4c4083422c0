"""Bringing in a log: choose the file, see how it was understood, correct it, look at every row, add, undo."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from ..domain.refused import Refused
from ..history.importing import (
    ImportPlan,
    Meaning,
    Table,
    plan_import,
    propose,
    read_table,
    remembered,
)
from ..widgets.actions import Actions
from ..widgets.exercise import Kept, Reply
from ..widgets.file_chooser import ChosenFile, FileChooser
from ..widgets.history_table import HistoryTable
from ..widgets.panels import Panels
from ..widgets.steps import Steps
from .bring_in_asking import Corrections, accept_year, status_called
from .bring_in_questions import ListQuestions
from .bring_in_words import alike_panel, done_panel, found_panels, one_a_row, preview_columns, preview_rows
from .quick import Declined
from .visit import Visit

STEPS = ("file", "mapping", "done")
ACCEPTED = ".csv,.tsv,.txt,.md,.xlsx,.xls,.ods"


class BringIn:
    """The import of one file at a time. Nothing is written before the person says "add"."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        say, words = visit.words, visit.group("actions")
        labels = [{"id": step, "label": say(f"search.import.steps.{step}")} for step in STEPS]
        self._steps = Steps(labels, words=visit.group("steps"))
        hints = [say("search.import.file.hint"), say("search.import.file.private")]
        self._intro = Panels([{"id": "bring-in", "look": "plain", "text": hints}], words=words)
        self._chooser = FileChooser(
            self._read,
            accept=ACCEPTED,
            label=say("search.import.file.label"),
            words=visit.group("file-chooser"),
        )
        self._found = Panels(on_action=self._act_on_panel, words=words)
        self._alike = Panels(on_action=self._act_on_panel, words=words)
        self._rows = HistoryTable(preview_columns(visit), [], words=visit.table_words())
        self._actions = Actions(on_action=self._act, words=words)
        self._stop = threading.Event()
        self._looking: asyncio.Future[None] | None = None
        self._asked_for = 0
        self._asked = ListQuestions(visit, self._corrected)
        self._start_over()

    @property
    def children(self) -> list[Any]:
        """The widgets of the step one is at.

        What has to be decided stands first, and stays where it is when it is: nothing moves under a finger.
        """
        if self._steps.current == "file":
            return [self._steps, *([self._found] if self._undone else []), self._intro, self._chooser]
        if self._steps.current != "mapping":
            return [self._steps, self._found]
        plan, asked = self._plan, self._asked
        words = asked.words if plan is not None and plan.mapping.statuses else None
        what = [asked.columns, words]
        alike = [self._alike, asked.pairs] if plan is not None and plan.alike else []
        rows = [self._rows] if plan is not None and plan.new else []
        first, last = (what, []) if self._names_first else ([], what)
        made = [self._steps, self._found, asked.decide, *first, *alike, self._actions, *rows, *last]
        return [one for one in made if one is not None]

    @property
    def shows_rows(self) -> bool:
        """Whether the rows as they would be are there to look at."""
        return self._steps.current == "mapping" and self._plan is not None and self._plan.new > 0

    def leave_done(self) -> None:
        """Whoever comes again after an import was done begins with the next file."""
        if self._steps.current == "done":
            self._start_over()

    def _start_over(self) -> None:
        self._table: Table | None = None
        self._plan: ImportPlan | None = None
        self._said = Corrections()
        self._asked.start_over()
        self._names_first = self._undone = False
        self._steps.show("file")

    # Reading -----------------------------------------------------------------------------------------------

    async def _read(self, chosen: ChosenFile) -> str:
        unnamed, store = self._visit.words["search.import.mapping.column"], self._visit.workbook.store

        def work() -> tuple[Table, Corrections]:
            table = read_table(chosen.path, chosen.name, unnamed=unnamed)
            return table, Corrections(before=remembered(table, store.current("import")))

        try:
            self._table, self._said = await asyncio.to_thread(work)
            await self._look()
        except Refused as refused:
            raise Declined(self._visit.sentence(refused)) from None
        if self._plan is None:
            return ""  # they left this file meanwhile
        self._names_first = any(ask.kind == "columns" for ask in self._planned.asks)
        self._asked.ask(self._chosen, self._planned, self._said.left_out)
        self._steps.show("mapping")
        self._visit.redraw()
        return ""

    async def _look(self) -> None:
        """Work out what an import would do, in a worker, and show it."""
        table, store, said = self._chosen, self._visit.workbook.store, self._said.for_propose()

        def work() -> ImportPlan:
            return plan_import(table, propose(table, **said), store.current())

        plan = await asyncio.to_thread(work)
        if self._table is not table:  # another file was chosen, or none, while this one was looked at
            return
        self._plan = plan
        self._show_found()

    @property
    def _chosen(self) -> Table:
        assert self._table is not None  # noqa: S101 - only reached with a table
        return self._table

    @property
    def _planned(self) -> ImportPlan:
        assert self._plan is not None  # noqa: S101 - only reached with a plan
        return self._plan

    # Correcting --------------------------------------------------------------------------------------------

    def _corrected(self, reply: Reply) -> Kept:
        """Take a correction at once; what follows from it is worked out in a worker."""
        mapping, said = self._planned.mapping, self._said
        what, _, which = reply.question.removeprefix("import/").partition("-")
        if what == "order":
            said.order = reply.value
        elif what == "year":
            said.year = accept_year(self._visit, reply.value)
        elif what == "status":
            said.statuses[status_called(mapping, which)] = reply.value or Meaning()
        elif what == "alike":
            said.leave(int(which), reply.value == "leave")
        else:
            said.map_column(self._chosen, mapping, int(which), reply.value)
        if what == "alike":
            self._show_found()
        else:
            self._look_soon()
        return self._asked.kept(reply)

    def _look_soon(self) -> None:
        """One look at a time: of two at once the older could come last, and a choice made quickly would be undone."""
        self._asked_for += 1
        if self._looking is None or self._looking.done():
            self._looking = asyncio.ensure_future(self._look_again())

    async def _look_again(self) -> None:
        seen = -1
        while seen != self._asked_for and self._table is not None:
            seen = self._asked_for
            try:
                await self._look()
            except Refused as refused:
                self._actions.say(self._visit.sentence(refused))
                continue
            if seen == self._asked_for and self._table is not None:
                self._asked.ask(self._chosen, self._planned, self._said.left_out)
                self._visit.redraw()

    def _act_on_panel(self, action: dict[str, Any]) -> Any:
        if action.get("id") == "undo":
            return self._undo(str(action["change"]))
        if action.get("id") == "another":
            self._start_over()
            self._visit.redraw()
            return None
        if action.get("id") == "afresh":
            self._said.before = None
            self._look_soon()
            return None
        rows = set(one_a_row(self._planned))
        for row in rows:
            self._said.leave(row, action.get("id") == "leave-all")
        self._show_found()
        self._asked.ask(self._chosen, self._planned, self._said.left_out)
        return None

    # Showing -----------------------------------------------------------------------------------------------

    def _show_found(self) -> None:
        plan, left_out = self._planned, self._said.left_out
        self._found.show(found_panels(self._visit, plan, self._said.before))
        self._alike.show([alike_panel(self._visit, plan)] if plan.alike else [])
        self._rows.show(preview_rows(self._visit, plan, left_out))
        self._actions.show(self._action_items())

    @property
    def _count(self) -> int:
        """How many applications would be added."""
        plan = self._planned
        return sum(draft.row not in self._said.left_out for draft in plan.drafts)

    def _action_items(self) -> list[dict[str, Any]]:
        say, count = self._visit.words, self._count
        add = {
            "id": "add",
            "label": say.plural("search.import.action_import", count),
            "kind": "primary",
            "disabled": bool(self._planned.asks) or not count,
        }
        over = {"id": "over", "label": say("search.import.file.again"), "kind": "plain"}
        return [add, over] if self._planned.new else [over]

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
        before = self._count
        if self._looking is not None:
            await self._looking  # a correction said a moment ago counts
        say, plan, workbook = self._visit.words, self._planned, self._visit.workbook
        count, left_out = self._count, frozenset(self._said.left_out)
        if plan.asks or count != before:
            return ""  # what was pressed is no longer what would be added: the button says the new number
        loop = asyncio.get_running_loop()
        self._stop.clear()
        self._actions.show([{"id": "stop", "label": say("search.import.action_cancel"), "kind": "plain"}])

        def progress(done: int, total: int) -> None:
            loop.call_soon_threadsafe(self._actions.say, say("search.import.running", done=done, total=total))

        def work() -> str:
            writes = plan.writes(leave_out=left_out, cancelled=self._stop.is_set)
            return workbook.take_in(writes, progress=progress, cancelled=self._stop.is_set)

        try:
            change = await asyncio.to_thread(work)
        except Refused as refused:
            self._actions.show(self._action_items())
            return self._visit.sentence(refused)
        self._found.show([done_panel(self._visit, change, count)])
        self._steps.show("done")
        workbook.poll()
        self._visit.redraw()
        return ""

    def _undo(self, change: str) -> None:
        self._visit.workbook.undo(change)
        text = self._visit.words("search.import.done.undone")
        self._start_over()
        self._undone = True
        self._found.show([{"id": "undone", "look": "notice", "announce": True, "text": text}])
        self._visit.redraw()
