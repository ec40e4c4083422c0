"""When the answer is no: choose it, then one part after the other, from a pause to one step back on the road."""

from __future__ import annotations

from typing import Any

from ..domain.chapter import Exercise
from ..domain.record import Revision
from ..widgets.breathing import Breathing
from ..widgets.page import Page
from ..widgets.panels import Panels
from .kept_words import kept_panels
from .letter_page import LetterPiece, letter_place
from .letter_parts import letter_parts
from .naming import line_of
from .no_choice import NoLine, answers_to_choose
from .no_reading import AnswerRead
from .no_silence import Silence
from .no_waiting import letter_waits, wait_panel, write_today
from .parts import Asked, Parts
from .visit import Visit

LETTER = "letter-"
"""An exercise whose id begins so is the page of the letter named after it."""
LAST = "step"
"""The exercise that ends a sitting; what comes after it in the file has ways in of its own."""
CAUSES = "no/causes"
OUTSIDE = ("theirs", "luck")
"""Piles that hold what was never the person's own."""


class NoPage:
    """One part at a time: ``#/no/<application>/<part>``, letters at ``#/no/<application>/letter/<letter>``.

    The order is offered and never enforced, save that a letter waits for tomorrow after a strong feeling.
    """

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._chapter = visit.chapter("no")
        self._every = {_part(exercise): exercise for exercise in self._chapter.exercises}
        self._sitting = _sitting(self._every)
        self._application: str | None = None
        self._part = next(iter(self._sitting))
        self._asked = Asked(visit)
        words = visit.group("actions")
        self._choose = Panels(words=words)
        self._above = Panels(on_action=self._act, words=words)
        self._onward = Panels(words=words)
        self._margin = Panels(words=words)
        self._breathing = Breathing(visit.words("no.breathing.title"), words=visit.group("breathing"))
        self._quick = NoLine(visit, self._begin).widget
        self._letter = LetterPiece(visit)
        self._answer = AnswerRead(visit)
        self._silence = Silence(visit)
        self.widget = Page(self._chapter.title, lede=self._chapter.lede)

    def open(self, rest: str) -> None:
        application_id, _, part = rest.partition("/")
        found = self._visit.workbook.store.get(application_id) if application_id else None
        live = found is not None and found.kind == "application" and not found.deleted
        self._application = application_id if live else None
        self._part = part if part in self._every else next(iter(self._sitting))
        self.refresh()

    def refresh(self) -> None:
        found = self._visit.workbook.store.get(self._application) if self._application else None
        if found is None or found.deleted:
            self._show_choice()
        else:
            self._show_part(found)

    # Which answer ------------------------------------------------------------------------------------------

    def _show_choice(self) -> None:
        say = self._visit.words
        self.widget.head(self._chapter.title, self._chapter.lede)
        rows = answers_to_choose(self._visit, self._address)
        panel: dict[str, Any] = {"id": "choose", "title": say("no.pick.title"), "rows": rows}
        if not rows:
            panel |= {"text": say("no.pick.empty")}
        self._choose.show([panel])
        self._arrange([self._choose, self._quick] if rows else [self._quick, self._choose], [])

    def _address(self, application_id: str, silent: bool) -> str:
        if silent:
            return f"#/no/{application_id}/silence"
        parts = self._parts(application_id)
        begun = any(parts.begun(part) for part in parts.exercises)
        return parts.href(parts.first_open() if begun else "")

    def _begin(self, application_id: str) -> None:
        self._visit.go(f"no/{application_id}")
        self.open(application_id)

    # One part ----------------------------------------------------------------------------------------------

    def _parts(self, application_id: str) -> Parts:
        return Parts(
            visit=self._visit,
            exercises=self._sitting,
            address=f"#/no/{application_id}",
            subject=application_id,
        )

    def _show_part(self, record: Revision) -> None:
        parts, exercise = self._parts(record.record_id), self._every[self._part]
        self.widget.head(self._chapter.title, self._lede(record))
        in_sitting = self._part in self._sitting
        above = [parts.position(self._part)] if in_sitting else []
        if self._part == next(iter(self._sitting)):
            above = [above[0] | {"actions": [self._correct(record)]}]
        feeling = letter_waits(self._visit, record.record_id) if exercise.id.startswith(LETTER) else None
        if feeling is not None:
            above.append(wait_panel(self._visit, record, feeling))
        self._above.show(above)
        pieces = [] if feeling is not None else self._pieces(exercise, record)
        self._onward.show(self._onward_panels(parts, record, waits=feeling is not None))
        self._margin.show(self._margin_panels(parts))
        self._arrange([self._above, *pieces, self._onward], [self._margin])

    def _lede(self, record: Revision) -> str:
        words = "no.lede_letter" if self._part.startswith("letter/") else "no.lede_one"
        words = "no.lede_silence" if self._part == "silence" else words
        return self._visit.words(words, name=line_of(self._visit, record))

    def _pieces(self, exercise: Exercise, record: Revision) -> list[Any]:
        """The widgets of a part: its questions, and what stands around them."""
        subject = record.record_id
        if exercise.id.startswith(LETTER):
            return self._letter_pieces(exercise, record)
        if exercise.id == "silence":
            self._silence.show(record)
            asked = [self._asked.show(exercise, subject)] if self._silence.is_open(record) else []
            return [self._silence.above, *asked, self._silence.below]
        asking = self._asked.show(exercise, subject)
        if exercise.id == "pause":
            return [asking, self._breathing]
        if exercise.id == "answer":
            self._answer.show(subject)
            return [asking, self._answer.widget]
        return [asking]

    def _letter_pieces(self, exercise: Exercise, record: Revision) -> list[Any]:
        """What goes into the letter, the letter with its ways out, the day it was sent."""
        place = letter_place(exercise.id.removeprefix(LETTER), record.record_id)
        parts, subject = letter_parts(exercise, place), record.record_id
        self._letter.show(place)
        return [
            self._asked.show(parts.before, subject, versions=bool(parts.before.questions)),
            *self._letter.above,
            self._asked.show(parts.letter, subject),
            *self._letter.below,
            self._asked.show(parts.sent, subject, versions=False),
        ]

    def _onward_panels(self, parts: Parts, record: Revision, *, waits: bool) -> list[dict[str, Any]]:
        say, panels = self._visit.words, []
        if self._part == "causes":
            panels += self._causes_panel(record)
        if self._part == "door":
            letter = letter_place("staying-in-touch", record.record_id).address
            action = {"id": "letter", "label": say("no.door.letter"), "href": letter, "look": "plain"}
            panels.append({"id": "door", "look": "plain", "actions": [action]})
        if self._part not in self._sitting:
            href = f"#/search/{record.record_id}"
            back = {"id": "back", "label": say("no.silence.open"), "look": "plain", "href": href}
            return [*panels, {"id": "onward", "look": "plain", "actions": [back]}]
        if self._part == LAST:
            panels.append(self._done_panel(record))
        # A letter not sent yet has a step of its own; one that waits for tomorrow leads on.
        asks = self._part.startswith("letter/") and not waits and not self._letter.is_sent()
        return [*panels, parts.onward(self._part, look="plain" if asks else "main")]

    def _causes_panel(self, record: Revision) -> list[dict[str, Any]]:
        piles = self._piles(record.record_id)
        if not piles:
            return []
        done = causes_done(piles)
        words = self._visit.words("no.causes.done" if done else "no.causes.outside")
        return [{"id": "causes", "look": "notice", "text": [words, *self._still_to_sort(piles)]}]

    def _still_to_sort(self, piles: dict[str, list[str]]) -> list[str]:
        """How many cards lie on a pile, where some do not."""
        offered = {option.id for option in getattr(self._visit.workbook.question(CAUSES), "options", ())}
        laid = {card for pile in piles.values() for card in pile}
        if not offered - laid:
            return []
        return [self._visit.words("no.causes.sorted", count=len(laid), all=len(offered | laid))]

    def _piles(self, application_id: str) -> dict[str, list[str]]:
        question = self._visit.workbook.question(CAUSES)
        return dict(self._visit.workbook.reply(question, record_id=application_id).value or {})

    def _done_panel(self, record: Revision) -> dict[str, Any]:
        say, today = self._visit.words, self._visit.workbook.today().isoformat()
        held = [
            one
            for one in self._visit.workbook.interviews(record.record_id)
            if one.body.get("held_on") and str(one.body["held_on"]) <= today
        ]
        text, actions = [say("no.done.text")], []
        if held:
            text.append(say("no.done.debrief_hint"))
            href = f"#/debrief/{held[-1].record_id}"
            actions.append({"id": "debrief", "label": say("no.done.debrief"), "href": href, "look": "plain"})
        start = {"id": "start", "label": say("no.done.action"), "href": "#/start"}
        return {"id": "done", "title": say("no.done.title"), "text": text, "actions": [start, *actions]}

    def _margin_panels(self, parts: Parts) -> list[dict[str, Any]]:
        if self._part not in self._sitting:
            return [{"id": "parts", "look": "margin", "actions": [self._other()]}]
        done = {"causes": causes_done(self._piles(str(parts.subject)))}
        kept = kept_panels(self._visit) if self._part in ("kindness", "right-for-me") else []
        return [*kept, parts.contents(self._part, done=done, other=self._other())]

    def _other(self) -> dict[str, Any]:
        label = self._visit.words("no.pick.other")
        return {"id": "other", "label": label, "href": "#/no", "look": "quiet"}

    def _correct(self, record: Revision) -> dict[str, Any]:
        """The way to firm and role, for a line that was read otherwise than it was meant."""
        label, href = self._visit.words("no.part.correct"), f"#/search/{record.record_id}"
        return {"id": "correct", "label": label, "href": href, "look": "quiet"}

    def _act(self, action: dict[str, Any]) -> None:
        if action.get("id") == "today" and self._application is not None:
            write_today(self._visit, self._application)
            self.refresh()

    def _arrange(self, children: list[Any], margin: list[Any]) -> None:
        if self.widget.children != children:
            self.widget.children = children
        if self.widget.margin != margin:
            self.widget.margin = margin


def causes_done(piles: dict[str, list[str]]) -> bool:
    """Whether the causes are sorted so that one or more lies outside what is the person's own."""
    return any(piles.get(pile) for pile in OUTSIDE)


def _part(exercise: Exercise) -> str:
    """The end of an exercise's address."""
    return f"letter/{exercise.id.removeprefix(LETTER)}" if exercise.id.startswith(LETTER) else exercise.id


def _sitting(every: dict[str, Exercise]) -> dict[str, Exercise]:
    """The parts of one sitting, the last one included."""
    parts = list(every)
    return {part: every[part] for part in parts[: parts.index(LAST) + 1]}
