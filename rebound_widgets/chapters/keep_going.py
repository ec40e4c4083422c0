"""Keep going: goals, plans, the weekly look back, silence, "how long?", the finish line, the calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from ..domain.chapter import Exercise
from ..insight.follow_up import finish
from ..widgets import exercise as widget
from .dates import Dates
from .finish_line import FinishLine
from .how_long import HowLong
from .one_item import OneItem, next_item
from .rooms import Panel, Room, Rooms, always
from .silence import Silence, usual_days
from .visit import Visit

CHECK_INS = "keep-going/check-ins"
CHECK_IN_DAY = "keep-going/check-in-day"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EARLIER = 8
"""Check-ins shown below this week's; older ones are in the report."""


class KeepGoingPage:
    """``#/keep-going`` and its rooms."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._silence, self._how_long = Silence(visit), HowLong(visit)
        self._finish, self._dates = FinishLine(visit), Dates(visit)
        self._this_week: OneItem | None = None
        self._day: widget.Exercise | None = None
        rooms = [
            Room(id="silence", before=self._silence.panels, usual=usual_days),
            Room(id="week", before=self._goal_panels),
            Room(id="plans", before=self._plan_panels),
            Room(id="check-in", middle=self._check_in, after=self._earlier, asks=False),
            Room(id="how-long", before=self._how_long.panels, after=self._how_long.last, main=always),
            Room(id="finish", before=self._finish.panels),
            Room(id="calendar", before=self._dates.panels, middle=self._dates.widgets, main=always),
        ]
        self._rooms = Rooms(visit, "keep-going", rooms, front=self._front, on_action=self._act)
        self.widget = self._rooms.widget

    def open(self, rest: str) -> None:
        self._silence.leave()
        self._finish.leave()
        self._rooms.open(rest)

    def refresh(self) -> None:
        self._rooms.refresh()

    def _act(self, action: Panel) -> None:
        if not self._silence.act(action):
            self._finish.act(action)

    # The front page: one next step -------------------------------------------------------------------------

    def _front(self) -> list[Panel]:
        say, step = self._visit.words, self._step()
        facts: dict[str, Any] = {}
        if step == "start":
            facts = {"company": finish(self._visit.workbook.history(), self._visit.workbook.today()).company}
        count = sum(one.step in {"ask", "again"} for one in self._silence.waiting())
        address = {"start": "finish", "goal": "week", "plan": "plans"}.get(step, step)
        title = f"keep-going.next.{step}.title"
        return [
            {
                "id": "next",
                "look": "next",
                "title": say.plural(title, count) if step == "silence" else say(title, **facts),
                "text": say(f"keep-going.next.{step}.text"),
                "actions": [
                    {
                        "id": "open",
                        "label": say(f"keep-going.next.{step}.action"),
                        "href": "#/search" if step == "steady" else f"#/keep-going/{address}",
                    }
                ],
            }
        ]

    def _step(self) -> str:
        """The one thing to do first."""
        workbook = self._visit.workbook
        if finish(workbook.history(), workbook.today()).state in {"accepted", "came"}:
            return "start"
        if any(one.step in {"ask", "again"} for one in self._silence.waiting()):
            return "silence"
        written = set(workbook.history().answers["question"])
        if "keep-going/goal" not in written:
            return "goal"
        if "keep-going/plan" not in written:
            return "plan"
        return "check-in" if self._check_in_due() else "steady"

    def _check_in_due(self) -> bool:
        """Whether this week has no check-in and its day has come; the week's end where no day was chosen."""
        if self._item_of_this_week() is not None:
            return False
        chosen = self._visit.workbook.reply(self._visit.workbook.question(CHECK_IN_DAY)).value
        return self._visit.workbook.today().weekday() >= DAYS.index(str(chosen or "friday"))

    def _monday(self) -> dt.date:
        today = self._visit.workbook.today()
        return today - dt.timedelta(days=today.weekday())

    # Goals -------------------------------------------------------------------------------------------------

    def _goal_panels(self) -> list[Panel]:
        say = self._visit.words
        rows = [row for item in self._items("keep-going/goals") if (row := self._goal_row(item))]
        panel: Panel = {"id": "goals", "title": say("keep-going.goals.title", day=self._shown_monday())}
        return [{**panel, "rows": rows} if rows else {**panel, "text": say("keep-going.goals.none")}]

    def _goal_row(self, item: int) -> dict[str, Any] | None:
        say = self._visit.words
        goal, number = self._inner("keep-going/goal", item), self._inner("keep-going/goal-number", item)
        if not goal:
            return None
        counted = self._inner("keep-going/goal-counts", item) == "applications"
        done = self._sent_this_week() if counted else self._done_this_week(item)
        weekday = self._visit.content.facts.days[0]
        detail = (
            say("keep-going.goals.counted", day=self._shown_monday())
            if counted
            else say("keep-going.goals.own", weekday=weekday)
        )
        if not number:
            return {"text": str(goal), "detail": detail, "when": str(done)}
        when = say("keep-going.goals.of", done=done, number=int(number))
        reached = f", {say('keep-going.goals.reached')}" if done >= int(number) else ""
        return {"text": str(goal), "detail": detail, "when": when + reached}

    def _shown_monday(self) -> str:
        return self._visit.day(self._monday(), "long")

    def _sent_this_week(self) -> int:
        monday, today = self._monday().isoformat(), self._visit.workbook.today().isoformat()
        sent = [r.body.get("applied_on") or "" for r in self._visit.workbook.store.current("application")]
        return sum(monday <= day <= today for day in sent)

    def _done_this_week(self, item: int) -> int:
        """What the person counted; a number of an earlier week counts no more."""
        kept = self._visit.workbook.reply(self._visit.workbook.question("keep-going/goal-done"), item=item)
        written = None if kept.made_at is None else kept.made_at.astimezone().date()
        return int(kept.value) if kept.value and written is not None and written >= self._monday() else 0

    def _items(self, list_id: str) -> list[int]:
        return list(self._visit.workbook.reply(self._visit.workbook.question(list_id)).value or ())

    def _inner(self, question_id: str, item: int) -> Any:
        return self._visit.workbook.reply(self._visit.workbook.question(question_id), item=item).value

    # Plans -------------------------------------------------------------------------------------------------

    def _plan_panels(self) -> list[Panel]:
        """What was decided, as sentences one can read on a hard day."""
        say = self._visit.words
        rows = []
        for item in self._items("keep-going/plans"):
            plan, used = self._inner("keep-going/plan", item), self._inner("keep-going/plan-used", item)
            if plan and plan.get("if") and plan.get("then"):
                line = say("keep-going.plans.line", **{"if": plan["if"], "then": plan["then"]})
                said = {"did": "used", "other": "other"}.get(str(used))
                rows.append({"text": line, "detail": say(f"keep-going.plans.{said}") if said else ""})
        return [{"id": "plans", "title": say("keep-going.plans.title"), "rows": rows}] if rows else []

    # The weekly look back ----------------------------------------------------------------------------------

    def _check_in(self) -> list[Any]:
        exercise = next(e for e in self._visit.chapter("keep-going").exercises if e.id == "check-in")
        item = self._item_of_this_week() or next_item(self._visit, CHECK_INS)
        if self._this_week is None or self._this_week.item != item:
            self._this_week = OneItem(
                self._visit,
                CHECK_INS,
                record_id=None,
                item=item,
                heading=self._visit.words("keep-going.check-in.title", day=self._shown_monday()),
                why=exercise.why,
                evidence=exercise.evidence,
            )
        else:
            self._this_week.refresh()
        return [self._this_week.widget, self._day_widget(exercise)]

    def _day_widget(self, exercise: Exercise) -> widget.Exercise:
        asked = replace(
            exercise,
            title=self._visit.words("keep-going.check-in.day"),
            why="",
            evidence=(),
            questions=tuple(q for q in exercise.questions if q.id == CHECK_IN_DAY),
        )
        if self._day is None:
            self._day = self._visit.ask(asked)
        else:
            self._day.show(self._visit.replies(asked))
        return self._day

    def _weeks(self) -> dict[int, dt.date]:
        """Each check-in with the Monday of the week it was first written in."""
        store = self._visit.workbook.store
        found: dict[int, dt.date] = {}
        listed = set(self._items(CHECK_INS))
        for record in store.current("answer"):
            if str(record.body.get("question", "")).startswith("keep-going/check-in-"):
                item = record.body.get("item")
                if item in listed:
                    first = store.history_of(record.record_id)[0].made_at.astimezone().date()
                    monday = first - dt.timedelta(days=first.weekday())
                    found[item] = min(found.get(item, monday), monday)
        return found

    def _item_of_this_week(self) -> int | None:
        return next((item for item, monday in self._weeks().items() if monday == self._monday()), None)

    def _earlier(self) -> list[Panel]:
        say, weeks = self._visit.words, self._weeks()
        now = self._item_of_this_week()
        past = sorted((monday, item) for item, monday in weeks.items() if item != now)[::-1]
        panel: Panel = {"id": "earlier", "title": say("keep-going.check-in.earlier")}
        if not past:
            return [{**panel, "text": say("keep-going.check-in.none")}]
        folds = []
        for monday, item in past[:EARLIER]:
            parts = [
                str(value)
                for name in ("did", "hard", "next")
                if (value := self._inner(f"keep-going/check-in-{name}", item))
            ]
            summary = say("keep-going.check-in.week", day=self._visit.day(monday, "long"))
            folds.append({"summary": summary, "text": parts})
        return [{**panel, "details": folds}]
