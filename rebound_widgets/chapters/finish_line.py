"""The finish guard: a search is over on the first day at work, and its plan lives until then."""

from __future__ import annotations

from typing import Any

from ..insight.follow_up import Finish, finish
from .rooms import Panel
from .visit import Visit


class FinishLine:
    """The panel of ``#/keep-going/finish``."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._fell = False

    def panels(self) -> list[Panel]:
        """Where the search stands before its end."""
        say, workbook = self._visit.words, self._visit.workbook
        now = finish(workbook.history(), workbook.today())
        fell: list[Panel] = []
        if self._fell:
            said = say("keep-going.finish.fell")
            fell = [{"id": "fell", "look": "notice", "announce": True, "text": said}]
        return [*fell, self._panel(now)]

    def _panel(self, now: Finish) -> Panel:
        say = self._visit.words
        names = {"open": "open", "started": "started"}
        title = say(f"keep-going.finish.{names.get(now.state, 'accepted')}", company=now.company)
        day = self._visit.day(now.starts_on, "long") if now.starts_on else ""
        text = {
            "open": "open_text",
            "accepted": "accepted_no_day",
            "dated": "accepted_day",
            "came": "accepted_came",
            "started": "started_text",
        }[now.state]
        others = now.others if now.state in {"accepted", "dated", "came"} else 0
        return {
            "id": "finish",
            "look": "card" if now.state in {"open", "started"} else "next",
            "title": title,
            "text": say(f"keep-going.finish.{text}", day=day),
            "hint": say.plural("keep-going.finish.others", others) if others else "",
            "actions": self._actions(now),
        }

    def _actions(self, now: Finish) -> list[dict[str, Any]]:
        say, record = self._visit.words, now.application_id
        to_day = {"id": "set-day", "label": say("keep-going.finish.set_day"), "href": f"#/search/{record}"}
        fell = {
            "id": "not-started",
            "label": say("keep-going.finish.not_started"),
            "look": "plain",
            "record": record,
        }
        did = {"id": "did-start", "label": say("keep-going.finish.did_start"), "record": record}
        return {"accepted": [to_day, fell], "dated": [fell], "came": [did, fell]}.get(now.state, [])

    def act(self, action: Panel) -> None:
        """Do what a button of the panel says; an offer that fell through is a no at the stage offer."""
        if action.get("id") not in {"did-start", "not-started"}:
            return
        workbook, record = self._visit.workbook, str(action["record"])
        changed: dict[str, Any] = {"outcome": "started"}
        if action["id"] == "not-started":
            self._fell = True
            today = workbook.today().isoformat()
            changed = {"outcome": "no", "outcome_on": today, "stage": "offer", "starts_on": None}
        now = workbook.get(record, "application")
        workbook.change(record, changed, kind="application", base_revision=now.number)

    def leave(self) -> None:
        """The person went elsewhere: what was pressed before is no news any more."""
        self._fell = False
