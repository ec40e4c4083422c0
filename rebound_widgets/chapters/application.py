"""One application, open: its fields, its interviews, what belongs to it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..domain.record import Revision
from ..widgets.panels import Panels
from .letter_list import letter_rows
from .naming import name_of
from .visit import Visit

SAID_FROM_DAYS = 14
"""Silence shorter than this is usual and not worth a word."""


class ApplicationView:
    """The widgets of one application. Fields are asked as the content files write them."""

    def __init__(self, visit: Visit, application_id: str) -> None:
        self._visit = visit
        self.id = application_id
        chapter = visit.chapter("search")
        self._fields = [exercise for exercise in chapter.exercises if exercise.about == "application"]
        self._round = next(exercise for exercise in chapter.exercises if exercise.about == "interview")
        self._asked = [visit.ask(exercise, application_id) for exercise in self._fields]
        self._rounds: dict[str, Any] = {}
        self._top = Panels(on_action=self._act, words=visit.group("actions"))
        self._interviews = Panels(on_action=self._act, words=visit.group("actions"))
        self.children: list[Any] = []
        self.deleted: str | None = None
        self._marked: str | None = None
        self._round_deleted: str | None = None
        self.refresh()

    def refresh(self) -> None:
        """Show the application as it is now."""
        record = self._visit.workbook.find(self.id)
        if record is None or record.deleted:
            self._show_deleted()
            return
        self._top.show(self._top_panels(record))
        for widget, exercise in zip(self._asked, self._fields, strict=True):
            widget.show(self._visit.replies(exercise, self.id))
        interviews = self._visit.workbook.interviews(self.id)
        for interview in interviews:
            self._show_round(interview, alone=len(interviews) == 1)
        self._interviews.show(
            [self._interview_panel(interviews), *self._letter_panels(record), self._end_panel()]
        )
        rounds = [self._rounds[interview.record_id] for interview in interviews]
        self.children = [self._top, self._asked[0], *rounds, self._interviews, *self._asked[1:]]

    def _show_round(self, interview: Revision, *, alone: bool) -> None:
        # Several rounds are several forms: each says in its heading which it is.
        say, key = self._visit.words, interview.record_id
        words = say("debrief.round", number=interview.body.get("round", 1))
        heading = self._round.title if alone else f"{self._round.title}, {words}"
        if key not in self._rounds:
            self._rounds[key] = self._visit.ask(self._round, key, heading=heading)
        else:
            self._rounds[key].show(self._visit.replies(self._round, key), heading=heading)

    @property
    def name(self) -> str:
        """What to call it."""
        record = self._visit.workbook.find(self.id)
        return "" if record is None else name_of(self._visit, record)

    # What stands above the fields --------------------------------------------------------------------------

    def _top_panels(self, record: Revision) -> list[dict[str, Any]]:
        say, is_open = self._visit.words, record.body.get("outcome", "open") == "open"
        back = {"id": "back", "label": say("search.application.back"), "href": "#/search", "look": "plain"}
        mark = {"id": "mark-no", "label": say("search.application.mark_no"), "look": "plain"}
        top: dict[str, Any] = {"id": "top", "look": "plain", "actions": [back, mark] if is_open else [back]}
        silent = self._silent_days() if is_open else 0
        if silent >= SAID_FROM_DAYS:
            top["hint"] = say.plural("search.application.silent", silent)
            top["actions"].append(self._way("silence", f"#/no/{self.id}/silence"))
        if record.body.get("outcome") == "no":
            top["actions"].append(self._way("no", f"#/no/{self.id}"))
            top["actions"].append(self._way("answer", f"#/no/{self.id}/answer"))
        panels = [top]
        if self._round_deleted is not None:
            undo = {"id": "undo", "label": say("search.undo.action"), "change": self._round_deleted}
            gone: dict[str, Any] = {"id": "gone", "look": "notice", "announce": True, "actions": [undo]}
            panels.append({**gone, "text": say("search.application.interview_deleted")})
        if self._marked is not None and not is_open:
            panels.append(self._no_panel(record))
        elif is_open and record.body.get("status_words"):
            panels.append(
                {
                    "id": "own-words",
                    "look": "notice",
                    "text": say("search.application.status_words", words=record.body["status_words"]),
                    "hint": say("search.application.status_ask"),
                }
            )
        return panels

    def _way(self, name: str, href: str) -> dict[str, Any]:
        label = self._visit.words(f"search.application.{name}_open")
        return {"id": name, "label": label, "href": href, "look": "plain"}

    def _silent_days(self) -> int:
        workbook = self._visit.workbook
        silence = workbook.history().silence(workbook.today())
        days = silence.loc[silence["application_id"] == self.id, "days"].dropna()
        return int(days.iloc[0]) if len(days) else 0

    def _no_panel(self, record: Revision) -> dict[str, Any]:
        """After a no: what was noted, and one thing to do."""
        say = self._visit.words
        stages = {option["value"]: option["label"] for option in self._visit.options("search/stage")}
        stage = stages.get(str(record.body.get("stage", "applied")), "")
        label = say("search.application.after_no_action")
        return {
            "id": "after-no",
            "look": "next",
            "announce": True,
            "title": say("search.application.after_no_title"),
            "text": [
                say("search.application.marked_no", stage=stage),
                say("search.application.after_no_text"),
            ],
            "actions": [
                {"id": "no", "label": label, "href": f"#/no/{self.id}"},
                {"id": "undo-no", "label": say("search.undo.action"), "look": "plain"},
            ],
        }

    # Interviews and the end --------------------------------------------------------------------------------

    def _interview_panel(self, interviews: list[Revision]) -> dict[str, Any]:
        say = self._visit.words
        rows = [self._interview_row(interview) for interview in interviews]
        panel: dict[str, Any] = {
            "id": "interviews",
            "title": say("search.application.interviews"),
            "rows": rows,
            "actions": [
                {"id": "add-interview", "label": say("search.application.add_interview"), "look": "plain"}
            ],
        }
        return panel if rows else {**panel, "text": say("search.application.no_interviews")}

    def _interview_row(self, interview: Revision) -> dict[str, Any]:
        say, held_on = self._visit.words, interview.body.get("held_on")
        return {
            "text": say("debrief.round", number=interview.body.get("round", 1)),
            "when": self._visit.day(dt.date.fromisoformat(held_on))
            if held_on
            else say("search.application.no_day"),
            "actions": [
                {
                    "id": "debrief",
                    "label": say("search.application.debrief_open"),
                    "href": f"#/debrief/{interview.record_id}",
                    "look": "plain",
                },
                {
                    "id": "delete-interview",
                    "label": say("search.application.delete_interview"),
                    "look": "quiet",
                    "record": interview.record_id,
                },
            ],
        }

    def _letter_panels(self, record: Revision) -> list[dict[str, Any]]:
        """The letters that fit as it stands, each with whether it is written and sent."""
        rows = letter_rows(self._visit, record)
        title = self._visit.words("no.letter.list_title")
        return [{"id": "letters", "title": title, "rows": rows}] if rows else []

    def _end_panel(self) -> dict[str, Any]:
        delete = {"id": "delete", "label": self._visit.words("search.application.delete"), "look": "quiet"}
        hint = self._visit.words("search.application.delete_hint")
        return {"id": "end", "look": "plain", "actions": [delete], "hint": hint}

    def _show_deleted(self) -> None:
        say = self._visit.words
        panel: dict[str, Any] = {
            "id": "deleted",
            "look": "notice",
            "announce": True,
            "text": say("search.undo.deleted", name=self.name),
            "actions": [
                {"id": "back", "label": say("search.application.back"), "href": "#/search", "look": "plain"}
            ],
        }
        if self.deleted is not None:
            undo = {"id": "undo", "label": say("search.undo.action"), "change": self.deleted}
            panel["actions"].insert(0, undo)
        self._top.show([panel])
        self.children = [self._top]

    def _act(self, action: dict[str, Any]) -> None:
        workbook = self._visit.workbook
        match action.get("id"):
            case "add-interview":
                workbook.add_interview(self.id)
            case "delete-interview":
                self._round_deleted = workbook.delete(str(action["record"]))
                self.refresh()
            case "delete":
                self.deleted = workbook.delete(self.id)
                self.refresh()
            case "undo":
                self._round_deleted = None
                workbook.undo(str(action["change"]))
            case "mark-no":
                self._mark_no()
            case "undo-no" if self._marked is not None:
                change, self._marked = self._marked, None
                workbook.undo(change)

    def _mark_no(self) -> None:
        workbook = self._visit.workbook
        now = workbook.get(self.id, "application")
        today = workbook.today().isoformat()
        # Set before the change, which draws the page anew.
        self._marked = ""
        marked = workbook.change(
            self.id, {"outcome": "no", "outcome_on": today}, kind="application", base_revision=now.number
        )
        self._marked = marked.change
