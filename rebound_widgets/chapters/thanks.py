"""The thank-you letter of one interview: a starting text, what is still open in it, the way out."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import quote

from ..content.letter import Draft
from ..domain.record import Revision
from ..domain.refused import Refused
from ..widgets.actions import Actions
from ..widgets.panels import Panels
from .visit import Visit

LETTER = "debrief/thanks-letter"
QUALITY = "debrief/thanks-quality"
LONG_WORDS = 180
"""Six sentences are about 120 words; half as many again is where a note becomes a letter to get through."""


class Thanks:
    """What stands under the letter's questions. The person edits the text itself; nothing is sent from here."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._interview: Revision | None = None
        self._notes = Panels(words=visit.group("actions"))
        self._actions = Actions(on_action=self._act, words=visit.group("actions"))
        self.widgets = [self._notes, self._actions]

    def show(self, interview: Revision) -> None:
        """Show what can be done with the letter of this interview now."""
        self._interview = interview
        text = self._reply(LETTER, interview)
        self._actions.show(self._ways_out(text, interview) if text else [self._first()])
        self._notes.show([{"id": "letter", "look": "plain", "hint": hint} for hint in self._hints(text)])

    def _first(self) -> dict[str, Any]:
        return {"id": "draft", "label": self._visit.words("debrief.letter.start"), "kind": "primary"}

    def _ways_out(self, text: str, interview: Revision) -> list[dict[str, Any]]:
        say = self._visit.words
        address = f"mailto:?subject={quote(self._draft(interview).subject)}&body={quote(text)}"
        return [
            {"id": "mail", "label": say("debrief.letter.mail"), "kind": "primary", "href": address},
            {"id": "copy", "label": say("debrief.letter.copy"), "copy": text},
            {"id": "draft", "label": say("debrief.letter.replace"), "kind": "quiet"},
        ]

    def _hints(self, text: str) -> list[str]:
        say = self._visit.words
        if not text:
            return [say("debrief.letter.start_hint")]
        letter = self._visit.content.letters["thank-you"]
        still = [words for words in letter.blanks.values() if f"[{words}]" in text]
        hints = [say("debrief.letter.missing", names=", ".join(still))] if still else []
        return [*hints, say("debrief.letter.long")] if len(text.split()) > LONG_WORDS else hints

    def _draft(self, interview: Revision) -> Draft:
        application = self._visit.workbook.store.get(str(interview.body["application_id"]))
        about = {} if application is None else application.body
        held_on = interview.body.get("held_on")
        facts = {
            "company": about.get("company"),
            "role": about.get("role"),
            "interviewers": interview.body.get("interviewers"),
            "day": self._visit.day(dt.date.fromisoformat(held_on), "long") if held_on else None,
            "quality": self._reply(QUALITY, interview),
        }
        return self._visit.content.letters["thank-you"].fill(facts)

    def _reply(self, question_id: str, interview: Revision) -> str:
        question = self._visit.workbook.question(question_id)
        return str(self._visit.workbook.reply(question, record_id=interview.record_id).value or "")

    def _act(self, action: str) -> str:
        if action != "draft" or self._interview is None:
            return ""
        interview = self._visit.workbook.get(self._interview.record_id, "interview")
        before = self._reply(LETTER, interview)
        body = self._draft(interview).body
        try:
            self._visit.workbook.record(LETTER, body, record_id=interview.record_id, base_revision=None)
        except Refused as refused:
            return self._visit.sentence(refused)
        return self._visit.words("debrief.letter.replaced" if before else "debrief.letter.started")
