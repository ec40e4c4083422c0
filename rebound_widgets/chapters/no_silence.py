"""When no answer comes: the days to go by, and one decision."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..charts.sentences import percent
from ..domain.record import Revision
from ..insight import WaitingDays, base_rate, waiting_days
from ..widgets.panels import Panels
from .letter_page import letter_place
from .visit import Visit

LET_GO_DAYS = 15
"""So many days after an answer is probably no, a silence is let go."""
GRACE_WORKING_DAYS = 2
"""After a promised day, so many working days before asking."""


class Silence:
    """What stands around the questions of the silence page."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._record: Revision | None = None
        self._counted: tuple[str, str] | None = None
        self.above = Panels(on_action=self._act, words=visit.group("actions"))
        self.below = Panels(on_action=self._act, words=visit.group("actions"))

    def show(self, record: Revision) -> None:
        """Show what is known of this application's silence."""
        self._record = record
        if record.body.get("outcome", "open") != "open":
            self.above.show([self._answered(record)])
            self.below.show([])
            return
        last = self._last_sign(record)
        self.above.show([self._days(record, last)])
        self.below.show([self._ways(record)])

    def is_open(self, record: Revision) -> bool:
        """Whether there is still something to decide."""
        return bool(record.body.get("outcome", "open") == "open")

    def _last_sign(self, record: Revision) -> dt.date | None:
        silence = self._visit.workbook.history().silence(self._visit.workbook.today())
        days = silence.loc[silence["application_id"] == record.record_id, "last_sign_on"].dropna()
        return days.iloc[0].date() if len(days) else None

    def _days(self, record: Revision, last: dt.date | None) -> dict[str, Any]:
        say, promised = self._visit.words, record.body.get("answer_promised_on")
        title = say("no.silence.title")
        if last is None and not promised:
            search = {
                "id": "open",
                "label": say("no.silence.open"),
                "href": f"#/search/{record.record_id}",
                "look": "plain",
            }
            return {"id": "days", "title": title, "text": say("no.silence.never"), "actions": [search]}
        told = []
        if last is not None:
            told.append(say("no.silence.since", day=self._visit.day(last)))
        if promised:
            told.append(say("no.silence.promised", day=self._visit.day(dt.date.fromisoformat(promised))))
        workbook = self._visit.workbook
        waiting = waiting_days(workbook.history(), workbook.today())
        days = milestones(last, dt.date.fromisoformat(promised) if promised else None, waiting)
        rows = [
            {"text": say(f"no.silence.{name}"), "when": self._visit.day(day)} for name, day in days.items()
        ]
        why = say("no.silence.own" if waiting.own else "no.silence.why")
        return {
            "id": "days",
            "title": title,
            "text": told,
            "rows": rows,
            "hint": why,
            "details": [{"summary": say("exercise.evidence"), "text": self._how_usual()}],
        }

    def _how_usual(self) -> str:
        """How common silence is, with whose number it is."""
        rate, say = base_rate("ghosted-ever"), self._visit.words
        return say(
            "no.silence.common",
            source=rate.source.name,
            year=rate.source.year,
            low=percent(rate.low, say),
            high=percent(rate.high, say),
        )

    def _ways(self, record: Revision) -> dict[str, Any]:
        say = self._visit.words
        asked = self._visit.workbook.question("no/letter-follow-up-sent")
        again = self._visit.workbook.reply(asked, record_id=record.record_id).value is not None
        letter = "follow-up-second" if again else "follow-up"
        return {
            "id": "ways",
            "look": "plain",
            "actions": [
                {
                    "id": "ask",
                    "label": say("no.silence.ask_again" if again else "no.silence.ask"),
                    "href": letter_place(letter, record.record_id).address,
                },
                {"id": "close", "label": say("no.silence.close"), "look": "plain"},
            ],
        }

    def _answered(self, record: Revision) -> dict[str, Any]:
        say = self._visit.words
        on = {"id": "on", "label": say("no.silence.go_on"), "href": f"#/no/{record.record_id}"}
        if self._counted is None or self._counted[0] != record.record_id:
            return {"id": "answered", "look": "next", "text": say("no.silence.answered"), "actions": [on]}
        undo = {"id": "undo", "label": say("search.undo.action"), "look": "plain"}
        closed = say("no.silence.closed")
        return {"id": "answered", "look": "next", "announce": True, "text": closed, "actions": [on, undo]}

    def _act(self, action: dict[str, Any]) -> None:
        workbook, record = self._visit.workbook, self._record
        if record is None:
            return
        if action.get("id") == "close":
            self._counted = (record.record_id, "")
            told = {"outcome": "no", "outcome_on": workbook.today().isoformat()}
            change = workbook.change(record.record_id, told, kind="application").change
            self._counted = (record.record_id, change)
        elif action.get("id") == "undo" and self._counted is not None:
            change, self._counted = self._counted[1], None
            workbook.undo(change)


def milestones(last: dt.date | None, promised: dt.date | None, waiting: WaitingDays) -> dict[str, dt.date]:
    """The days to go by in a silence, by name: ``first``, ``second``, ``likely``, ``let_go``.

    Args:
        last: The last sign; the promised day stands in where there is none.
        promised: The day they promised an answer by.
        waiting: How many days to wait, from one's own answers or the usual ones.
    """
    begin = max(day for day in (last, promised) if day is not None)
    first = begin + dt.timedelta(days=waiting.follow_up)
    if promised is not None and promised == begin:
        first = _working_days_after(promised, GRACE_WORKING_DAYS)
    return {
        "first": first,
        "second": first + dt.timedelta(days=waiting.second - waiting.follow_up),
        "likely": begin + dt.timedelta(days=waiting.let_go),
        "let_go": begin + dt.timedelta(days=waiting.let_go + LET_GO_DAYS),
    }


def _working_days_after(day: dt.date, count: int) -> dt.date:
    """``count`` days after ``day``, Saturdays and Sundays left out."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= day.weekday() < 5
    return day
