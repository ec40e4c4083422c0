"""Everyone who has not answered: whom to ask today, what to send, when to let go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ..insight.follow_up import USUAL, Habits, Silent, let_go, silent
from .naming import name_of
from .rooms import Panel
from .sources import published
from .visit import Visit

SHOWN: Mapping[str, int] = MappingProxyType({"ask": 6, "again": 6, "late": 3, "let-go": 3})
"""More firms than this under one heading are a wall; the rest are a number and a link."""
LET_GO = "keep-going/let-go"


def habits_of(visit: Visit) -> Habits:
    """The person's own days, and ours where none was chosen."""

    def days(name: str, usual: int) -> int:
        value = visit.workbook.reply(visit.workbook.question(f"keep-going/{name}")).value
        return usual if value is None else int(value)

    return Habits(
        ask_after=days("ask-after", USUAL.ask_after),
        ask_again_after=days("ask-again-after", USUAL.ask_again_after),
        late_after=USUAL.late_after,
        let_go_after=days("let-go-after", USUAL.let_go_after),
    )


def usual_days() -> dict[str, int]:
    """The days that hold where a person chose none, by the question that asks for them."""
    return {
        "keep-going/ask-after": USUAL.ask_after,
        "keep-going/ask-again-after": USUAL.ask_again_after,
        "keep-going/let-go-after": USUAL.let_go_after,
    }


class Silence:
    """The panels of ``#/keep-going/silence``. Nothing is closed here; waiting ends when the person says so."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._stopped: tuple[str, ...] = ()

    def waiting(self) -> tuple[Silent, ...]:
        """Every open application that waits."""
        workbook = self._visit.workbook
        return silent(workbook.history(), workbook.today(), habits_of(self._visit))

    def panels(self) -> list[Panel]:
        """Whom to ask, by what is usual now; at the end where the days come from."""
        say, waiting, habits = self._visit.words, self.waiting(), habits_of(self._visit)
        after = {
            "ask": habits.ask_after,
            "again": habits.ask_again_after,
            "late": min(habits.late_after, habits.let_go_after),
            "let-go": habits.let_go_after,
        }
        shown = [
            self._group(step, [one for one in waiting if one.step == step], days)
            for step, days in after.items()
            if any(one.step == step for one in waiting)
        ]
        if not shown:
            calm = {"id": "nobody", "title": say("keep-going.silence.none_title")}
            shown = [{**calm, "text": say("keep-going.silence.none_text")}]
        return [*self._notice(), *shown, *self._resting(), self._reasons()]

    def _notice(self) -> list[Panel]:
        """What was pressed a moment ago, and the way back."""
        say, workbook = self._visit.words, self._visit.workbook
        if not self._stopped:
            return []
        found = [workbook.store.get(one) for one in self._stopped]
        names = ", ".join(name_of(self._visit, record) for record in found if record is not None)
        back = {"id": "resume", "label": say("keep-going.silence.undo"), "records": list(self._stopped)}
        text = say("keep-going.silence.stopped", company=names)
        notice: Panel = {"id": "stopped", "look": "notice", "announce": True, "text": text}
        return [{**notice, "actions": [{**back, "look": "plain"}]}]

    def _group(self, step: str, waiting: list[Silent], days: int) -> Panel:
        say = self._visit.words
        span = say.plural("keep-going.silence.days", days)
        left = len(waiting) - SHOWN[step]
        all_of_them = {
            "id": "let-go",
            "label": say.plural("keep-going.silence.stop_all", len(waiting)),
            "look": "plain",
            "records": [one.application_id for one in waiting],
        }
        return {
            "id": f"silence-{step}",
            "title": say(f"keep-going.silence.{step}"),
            "text": say(f"keep-going.silence.{step}_text", days=span),
            "rows": [self._row(one) for one in waiting[: SHOWN[step]]],
            "hint": say.plural("keep-going.silence.more", left) if left > 0 else "",
            "actions": [all_of_them] if step == "let-go" and len(waiting) > 1 else [],
        }

    def _row(self, one: Silent) -> dict[str, Any]:
        say, day = self._visit.words, self._visit.day
        span = say.plural("keep-going.silence.days", one.days)
        facts = [say("keep-going.silence.since", day=day(one.since), days=span)]
        if one.promised_on is not None:
            facts.append(say("keep-going.silence.promised", day=day(one.promised_on)))
        if one.asked_on is not None:
            facts.append(say("keep-going.silence.asked", day=day(one.asked_on)))
        stop = {
            "id": "let-go",
            "label": say("keep-going.silence.stop"),
            "look": "quiet",
            "records": [one.application_id],
        }
        actions = [stop] if one.step in {"late", "let-go"} else []
        if one.step != "let-go":
            actions.insert(0, self._letter(one))
        return {
            "text": one.company,
            "detail": ". ".join(facts) + ".",
            "href": f"#/search/{one.application_id}",
            "actions": actions,
        }

    def _letter(self, one: Silent) -> dict[str, Any]:
        again = one.asked_on is not None
        letter = "follow-up-second" if again else "follow-up"
        return {
            "id": f"write-{one.application_id}",
            "label": self._visit.words(f"keep-going.silence.{'write_again' if again else 'write'}"),
            "look": "plain",
            "href": f"#/no/{one.application_id}/letter/{letter}",
        }

    def _resting(self) -> list[Panel]:
        """Those not waited for any more, folded behind their number."""
        say, workbook = self._visit.words, self._visit.workbook
        rows = []
        for application_id, since in sorted(let_go(workbook.history()).items(), key=lambda one: one[1]):
            record = workbook.store.get(application_id)
            if record is None or record.deleted or record.body.get("outcome", "open") != "open":
                continue
            company = name_of(self._visit, record)
            line = say("keep-going.silence.resting_line", company=company, day=self._visit.day(since))
            resume = {"id": "resume", "label": say("keep-going.silence.resume"), "look": "quiet"}
            rows.append({"text": line, "actions": [{**resume, "records": [application_id]}]})
        if not rows:
            return []
        title = say.plural("keep-going.silence.resting", len(rows))
        return [{"id": "resting", "title": title, "rows": rows}]

    def _reasons(self) -> Panel:
        say = self._visit.words
        half, source = published(self._visit, "answer-days-median")
        most, _ = published(self._visit, "answer-days-90")
        text = say("keep-going.silence.why_text", median=half, most=most, source=source.rstrip("."))
        fold = {"summary": say("keep-going.silence.why"), "text": text}
        return {
            "id": "reasons",
            "look": "plain",
            "text": say("keep-going.silence.keep"),
            "details": [fold],
        }

    def act(self, action: Panel) -> bool:
        """Do what a button of these panels says; whether it was one of them."""
        if action.get("id") not in {"let-go", "resume"}:
            return False
        workbook, records = self._visit.workbook, tuple(str(one) for one in action["records"])
        stops = action["id"] == "let-go"
        self._stopped = records if stops else ()
        for record in records:
            workbook.record(LET_GO, workbook.today().isoformat() if stops else None, record_id=record)
        return True

    def leave(self) -> None:
        """The person went elsewhere: what was pressed before is no news any more."""
        self._stopped = ()


def days_to_ask(visit: Visit) -> list[tuple[Silent, dt.date]]:
    """Every firm to ask, with the day for it, days still to come included."""
    workbook = visit.workbook
    found = silent(workbook.history(), workbook.today(), habits_of(visit))
    talked = {
        r.record_id
        for r in workbook.store.current("application")
        if r.body.get("stage") in {"answered", "interview", "final", "offer"}
    }
    return [
        (one, max(one.due_on, workbook.today()))
        for one in found
        if one.step in {"ask", "again"} or (one.step == "wait" and one.application_id in talked)
    ]
