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
from ..widgets.exercise import Exercise, Kept, Reply
from ..widgets.file_chooser import ChosenFile, FileChooser
from ..widgets.history_table import HistoryTable
from ..widgets.panels import Panels
from ..widgets.steps import Steps
from .bring_in_asking import (
    Asked,
    Corrections,
    accept_year,
    columns_asked,
    decisions,
    look_alikes,
    status_called,
    words_asked,
)
from .bring_in_words import alike_panel, found_panels, one_a_row, preview_columns, preview_rows
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
        self._decide: Exercise | None = None
        self._columns: Exercise | None = None
        self._words: Exercise | None = None
        self._pairs: Exercise | None = None
        self._revision = 0
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
        plan = self._plan
        words = self._words if plan is not None and plan.mapping.statuses else None
        what = [self._columns, words]
        alike = [self._alike, self._pairs] if plan is not None and plan.alike else []
        rows = [self._rows] if plan is not None and plan.new else []
        first, last = (what, []) if self._names_first else ([], what)
        made = [self._steps, self._found, self._decide, *first, *alike, self._actions, *rows, *last]
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
        for asked in (self._decide, self._columns, self._words, self._pairs):
            if asked is not None:
                asked.close()
        self._decide = self._columns = self._words = self._pairs = None
        self._undecided: dict[str, dict[str, Any]] = {}
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
        self._names_first = any(ask.kind == "columns" for ask in self._planned.asks)
        self._ask()
        self._steps.show("mapping")
        self._visit.redraw()
        return ""

    async def _look(self) -> None:
        """Work out what an import would do, in a worker, and show it."""
        table, store, said = self._chosen, self._visit.workbook.store, self._said.for_propose()

        def work() -> ImportPlan:
            return plan_import(table, propose(table, **said), store.current())

        self._plan = await asyncio.to_thread(work)
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

    def _ask(self) -> None:
        """The mapping as questions, each on the widget that is there."""
        visit, plan = self._visit, self._planned
        for question in decisions(visit, plan.mapping)[0]:
            self._undecided[question["id"]] = question
        self._revision += 1
        if self._undecided:
            asked: Asked = (list(self._undecided.values()), {})
            self._decide = self._shown(self._decide, asked, "mapping.decide_title", "mapping.decide_text")
        columns = columns_asked(visit, self._chosen, plan.mapping)
        self._columns = self._shown(self._columns, columns, "mapping.title", "mapping.text")
        words = words_asked(visit, plan.mapping)
        if words[0]:
            self._words = self._shown(self._words, words, "mapping.words_title", "mapping.words_text")
        if plan.alike:
            pairs = look_alikes(visit, plan, self._said.left_out)
            self._pairs = self._shown(self._pairs, pairs)

    def _shown(self, exercise: Exercise | None, asked: Asked, title: str = "", text: str = "") -> Exercise:
        questions, values = asked
        replies = {key: Kept(value, self._revision) for key, value in values.items()}
        if exercise is not None:
            exercise.show(replies, questions=questions)
            return exercise
        return Exercise(
            questions,
            replies=replies,
            on_reply=self._corrected,
            words=self._visit.group("exercise"),
            heading=self._visit.words(f"search.import.{title}") if title else "",
            intro=self._visit.words(f"search.import.{text}") if text else "",
        )

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
        self._revision += 1
        if what == "alike":
            self._show_found()
        else:
            self._looking = asyncio.ensure_future(self._look_again())
        return Kept(reply.value, self._revision)

    async def _look_again(self) -> None:
        try:
            await self._look()
        except Refused as refused:
            self._actions.say(self._visit.sentence(refused))
        else:
            self._ask()
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
            return self._look_again()
        rows = set(one_a_row(self._planned))
        for row in rows:
            self._said.leave(row, action.get("id") == "leave-all")
        self._show_found()
        self._ask()
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
        say, plan, workbook = self._visit.words, self._planned, self._visit.workbook
        count, left_out = self._count, frozenset(self._said.left_out)
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
        self._show_done(change, count)
        workbook.poll()
        self._visit.redraw()
        return ""

    def _show_done(self, change: str, count: int) -> None:
        say = self._visit.words
        see = {"id": "see", "label": say("search.import.done.action"), "href": "#/search"}
        undo = {"id": "undo", "label": say("search.import.done.undo"), "look": "plain", "change": change}
        another = {"id": "another", "label": say("search.import.done.another"), "look": "plain"}
        done = {
            "id": "done",
            "look": "next",
            "announce": True,
            "title": say.plural("search.import.done.title", count),
            "text": say("search.import.done.undo_hint"),
            "actions": [see, another, undo],
        }
        self._found.show([done])
        self._steps.show("done")

    def _undo(self, change: str) -> None:
        self._visit.workbook.undo(change)
        text = self._visit.words("search.import.done.undone")
        self._start_over()
        self._undone = True
        self._found.show([{"id": "undone", "look": "notice", "announce": True, "text": text}])
        self._visit.redraw()
