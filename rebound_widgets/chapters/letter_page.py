"""A letter as it is written: a starting text from the record, a look at its tone, the ways out of the house."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ..content.letter import Draft
from ..domain.record import Revision
from ..domain.refused import Refused
from ..letters import Mark, as_eml, check_tone, letter_facts, mail_address, mailto
from ..widgets.actions import Actions
from ..widgets.download import Download
from ..widgets.panels import Panels
from ..widgets.text import Text
from .own_name import NameLine, own_name
from .visit import Visit

HEAR_FROM = "debrief/hear-from"


@dataclass(frozen=True, kw_only=True)
class LetterPlace:
    """One letter and where its words are kept.

    Attributes:
        letter: The letter's id.
        text: The question that holds the person's letter.
        sent: The question that holds the day it was sent.
        subject: The record both are about.
        address: Where it is written.
    """

    letter: str
    text: str
    sent: str
    subject: str
    address: str


def letter_place(letter: str, application_id: str) -> LetterPlace:
    """Where a letter about an application is kept; the thank-you has a place of its own, see ``thanks_place``."""
    return LetterPlace(
        letter=letter,
        text=f"no/letter-{letter}",
        sent=f"no/letter-{letter}-sent",
        subject=application_id,
        address=f"#/no/{application_id}/letter/{letter}",
    )


def thanks_place(interview_id: str) -> LetterPlace:
    """Where the thank-you after an interview is kept."""
    return LetterPlace(
        letter="thank-you",
        text="debrief/thanks-letter",
        sent="debrief/thanks-sent",
        subject=interview_id,
        address=f"#/debrief/{interview_id}/thanks",
    )


def reply_text(visit: Visit, question_id: str, subject: str | None) -> str:
    """What was answered, as text; of a choice the words of the option; empty where nothing was."""
    question = visit.workbook.question(question_id)
    value = visit.workbook.reply(question, record_id=subject).value
    if not isinstance(value, str):
        return ""
    offered = {option.id: option.text for option in getattr(question, "options", ())}
    return str(offered.get(value, value.removeprefix("own:") if offered else value))


class LetterPiece:
    """What stands around a letter. The person edits the text itself; nothing is sent from here.

    Attributes:
        above: The widgets between what goes into the letter and the letter.
        below: Those under the letter, once there is one.
    """

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._place: LetterPlace | None = None
        words = visit.group("actions")
        self._hints = Panels(words=words)
        self._start = Actions(on_action=self._act, words=words)
        self._notes = Panels(words=words)
        self._tone = Text(words=words)
        self._ways = Actions(words=words)
        self._file = Download(
            "letter.eml",
            self._make_file,
            label=visit.words("no.letter.file"),
            kind="quiet",
            media_type="message/rfc822",
            words=visit.group("download"),
        )
        self._name = NameLine(visit, self._put_name)
        self.above: list[Any] = []
        self.below: list[Any] = []

    def show(self, place: LetterPlace) -> None:
        """Show what can be done with this letter now."""
        if place != self._place:
            self._start.say("")  # what came of a press was said of the other letter
        self._place = place
        say, letter = self._visit.words, self._letter(place)
        text = reply_text(self._visit, place.text, place.subject)
        asks = "name" in letter.blanks and not own_name(self._visit)
        hints = [] if text else [letter.hint, say("no.letter.start_hint")]
        self._hints.show([{"id": "letter-hint", "look": "plain", "hint": hint} for hint in hints])
        kind = (
            {"label": say("no.letter.replace"), "kind": "quiet"}
            if text
            else {"label": say("no.letter.start")}
        )
        self._start.show([{"id": "draft", "kind": "primary", "focus": place.text, **kind}])
        self.above = [self._hints, *([self._name.widget] if asks else []), self._start]
        if not text:
            self.below = []
            return
        missing = [words for words in letter.blanks.values() if f"[{words}]" in text]
        told = [say("no.letter.missing", names=", ".join(missing))] if missing else []
        self._notes.show([{"id": "letter", "look": "plain", "hint": hint} for hint in told])
        self._tone.show(self._tone_blocks(self.marks(text)))
        self._ways.show(self._ways_out(text))
        self.below = [self._notes, self._tone, self._ways, self._file]

    def is_sent(self) -> bool:
        """Whether the day it was sent is filled in."""
        place = self._here()
        return bool(reply_text(self._visit, place.sent, place.subject))

    def marks(self, text: str) -> list[Mark]:
        """What is worth a second look in the letter as it stands."""
        place = self._here()
        facts = self._facts(place)
        wants = "quality" in self._letter(place).blanks
        known = [facts.get(name) or "" for name in ("quality", "interviewers", "person", "day")]
        return check_tone(text, self._visit.content.locale, known=known if wants else None)

    def _here(self) -> LetterPlace:
        if self._place is None:
            raise LookupError("No letter is shown yet.")
        return self._place

    def _letter(self, place: LetterPlace) -> Any:
        return self._visit.content.letters[place.letter]

    # What stands there -------------------------------------------------------------------------------------

    def _ways_out(self, text: str) -> list[dict[str, Any]]:
        say, subject = self._visit.words, self._draft().subject
        address = mailto(subject, text, self._to())
        main = "plain" if self.is_sent() else "primary"
        copy = {"id": "copy", "label": say("no.letter.copy"), "copy": text}
        if address is None:  # too long for a mail program: the text is copied instead
            return [{**copy, "kind": main}]
        mail = {"id": "mail", "label": say("no.letter.mail"), "kind": main, "href": address}
        return [mail, copy]

    def _tone_blocks(self, marks: list[Mark]) -> list[dict[str, Any]]:
        say = self._visit.words
        if not marks:
            return [{"kind": "paragraph", "tone": "hint", "text": say("no.letter.calm")}]
        items = [
            {
                "text": [
                    {"text": f"“{mark.words}”" if mark.words else mark.name, "strong": True},
                    f" {mark.reason} ",
                    {
                        "text": say(
                            "no.letter.calmer" if mark.words else "no.letter.helps", words=mark.calmer
                        ),
                        "tone": "quiet",
                    },
                ]
            }
            for mark in marks
        ]
        return [
            {
                "kind": "card",
                "blocks": [
                    {"kind": "heading", "level": 3, "text": say.plural("no.letter.marks", len(marks))},
                    {"kind": "entries", "items": items},
                ],
            },
            {"kind": "paragraph", "tone": "hint", "text": say("no.letter.marks_hint")},
        ]

    # What it is filled with --------------------------------------------------------------------------------

    def _records(self, place: LetterPlace) -> tuple[Revision | None, Revision | None]:
        """The application the letter is about, and the interview it can speak of."""
        store = self._visit.workbook.store
        found = store.get(place.subject)
        if found is not None and found.kind == "interview":
            return store.get(str(found.body["application_id"])), found
        held = [one for one in self._visit.workbook.interviews(place.subject) if one.body.get("held_on")]
        return found, held[-1] if held else None

    def _facts(self, place: LetterPlace) -> dict[str, str | None]:
        application, interview = self._records(place)
        return letter_facts(
            {} if application is None else application.body,
            None if interview is None else interview.body,
            said=self._said(place, application, interview),
            show_day=lambda day: self._visit.day(day, "long"),
        )

    def _said(
        self, place: LetterPlace, application: Revision | None, interview: Revision | None
    ) -> dict[str, str]:
        """What the person wrote for blanks: beside the letter, else in what belongs to the same application."""
        visit, about = self._visit, None if application is None else application.record_id
        said = {"name": own_name(visit)}
        for name in self._letter(place).blanks:
            own = f"{place.text}-{name}" if place.letter != "thank-you" else f"debrief/thanks-{name}"
            if _asks(visit, own):
                said[name] = reply_text(visit, own, place.subject)
        if about is not None:
            sent = reply_text(visit, "no/letter-follow-up-sent", about)
            said["asked"] = visit.day(dt.date.fromisoformat(sent), "long") if sent else ""
            said["quality"] = said.get("quality") or reply_text(
                visit, "no/letter-answer-to-a-no-quality", about
            )
            if interview is None or not interview.body.get("interviewers"):
                said["person"] = self._hear_from(about).get("name", "")
        if interview is not None:
            said["quality"] = said.get("quality") or reply_text(
                visit, "debrief/thanks-quality", interview.record_id
            )
        return said

    def _hear_from(self, application_id: str) -> dict[str, str]:
        question = self._visit.workbook.question(HEAR_FROM)
        return dict(self._visit.workbook.reply(question, record_id=application_id).value or {})

    def _to(self) -> str:
        application, _ = self._records(self._here())
        return (
            "" if application is None else mail_address(self._hear_from(application.record_id).get("contact"))
        )

    def _draft(self) -> Draft:
        place = self._here()
        draft: Draft = self._letter(place).fill(self._facts(place))
        return draft

    def _make_file(self) -> bytes:
        place = self._here()
        return as_eml(self._draft().subject, reply_text(self._visit, place.text, place.subject), self._to())

    def _put_name(self, name: str) -> None:
        """The name in place of its blank in the letter that is there."""
        place, blank = self._here(), self._letter(self._here()).blanks["name"]
        text = reply_text(self._visit, place.text, place.subject)
        if f"[{blank}]" in text:
            text = text.replace(f"[{blank}]", name)
            self._visit.workbook.record(place.text, text, record_id=place.subject, base_revision=None)

    def _act(self, action: str) -> str:
        if action != "draft" or self._place is None:
            return ""
        place, visit = self._place, self._visit
        try:
            self._name.keep_typed()
            before, body = reply_text(visit, place.text, place.subject), self._draft().body
            visit.workbook.record(place.text, body, record_id=place.subject, base_revision=None)
        except Refused as refused:
            return visit.sentence(refused)
        return visit.words("no.letter.replaced" if before else "no.letter.started")


def _asks(visit: Visit, question_id: str) -> bool:
    chapter = visit.content.chapters.get(question_id.partition("/")[0])
    return chapter is not None and any(question.id == question_id for question in chapter.questions())
