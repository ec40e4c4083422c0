"""The practice deck: which questions are due, one card at a time, what changed since the first answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..insight.deck import RECORD, Card, deck
from ..widgets.panels import Panels
from ..widgets.speak_timer import SpeakTimer
from .naming import name_of
from .one_item import OneItem, next_item
from .patterns import to_debrief
from .rooms import Panel
from .visit import Visit

SHOWN = 6
"""More questions than this in a list are a wall."""
QUESTION = "learn/practised-question"


class Practice:
    """What stands in ``#/learn/practice`` and ``#/learn/practice/<interview>/<question's number>``.

    Args:
        visit: The visit.
        rest: Gives the rest of the address within the room.
    """

    def __init__(self, visit: Visit, rest: Callable[[], str]) -> None:
        self._visit, self._rest = visit, rest
        words = visit.group("actions")
        self._timer = SpeakTimer(words=visit.group("speak-timer"))
        self._notes = Panels(words=words)
        self._asked: dict[tuple[str, int], OneItem] = {}

    def cards(self) -> tuple[Card, ...]:
        """Every card."""
        return deck(self._visit.workbook.history())

    def due(self) -> list[Card]:
        """Those to practise today."""
        today = self._visit.workbook.today()
        return [card for card in self.cards() if card.due_on <= today]

    def _open(self) -> Card | None:
        return next((card for card in self.cards() if card.key == self._rest()), None)

    def panels(self) -> list[Panel]:
        """The question, or the deck where none is chosen."""
        card = self._open()
        if card is not None:
            return [self._question(card)]
        say, due = self._visit.words, self.due()
        gone = {"id": "gone", "look": "notice", "text": say("learn.practice.gone")}
        later = [card for card in self.cards() if card not in due]
        panels: list[Panel] = [gone] if self._rest() else []
        if not due:
            nothing = "none_today" if later else "none"
            title = say("learn.practice.due")
            actions = [] if later else to_debrief(self._visit)
            text = say(f"learn.practice.{nothing}")
            panels.append({"id": "due", "title": title, "text": text, "actions": actions})
        else:
            rows = [self._row(card) for card in due[:SHOWN]]
            panels.append({"id": "due", "title": say("learn.practice.due"), "rows": rows})
        if later:
            rows = [self._row(card, when=self._visit.day(card.due_on)) for card in later[:SHOWN]]
            panels.append({"id": "later", "title": say("learn.practice.later"), "rows": rows})
        return panels

    def _row(self, card: Card, when: str = "") -> dict[str, Any]:
        return {
            "text": card.text,
            "detail": f"{self._where(card)}, {self._ratings(card)}",
            "when": when,
            "href": f"#/learn/practice/{card.key}",
        }

    def _where(self, card: Card) -> str:
        interview = self._visit.workbook.store.get(card.interview_id)
        company = "" if interview is None else name_of(self._visit, interview)
        return self._visit.words("learn.practice.asked_at", company=company)

    def _ratings(self, card: Card) -> str:
        say = self._visit.words
        if card.rating is None:
            return say("learn.practice.not_rated")
        if card.practised:
            now = card.practised[-1].rating
            return say("learn.practice.rated_now", rating=card.rating, now=now)
        return say("learn.practice.rated", rating=card.rating)

    # One card: speak first, then look, then rate -----------------------------------------------------------

    def _question(self, card: Card) -> Panel:
        say = self._visit.words
        text = [f"{self._where(card)}, {self._visit.day(card.on)}.", say("learn.practice.out_loud")]
        return {"id": "question", "look": "next", "title": card.text, "text": text}

    def widgets(self) -> list[Any]:
        """The clock, the notes behind a fold, and the rating."""
        card = self._open()
        if card is None:
            return []
        self._notes.show([self._notes_panel(card)])
        return [self._timer, self._notes, self._rating(card).widget]

    def _notes_panel(self, card: Card) -> Panel:
        """What was written before; folded, so that the person speaks first."""
        say = self._visit.words
        labels = dict(getattr(self._visit.workbook.question("debrief/asked-better"), "labels", ()))
        better = [f"{name}: {card.better[part]}" for part, name in labels.items() if card.better.get(part)]
        notes = [say("learn.practice.said", words=card.said)] if card.said else []
        if card.missing:
            notes.append(say("learn.practice.missing", words=card.missing))
        notes += [say("learn.practice.better"), *better] if better else [say("learn.practice.no_better")]
        write = {
            "id": "write",
            "label": say("learn.practice.write_better"),
            "href": f"#/debrief/{card.interview_id}/questions",
            "look": "quiet",
        }
        fold = {"summary": say("learn.practice.notes"), "text": notes}
        return {
            "id": "notes",
            "look": "plain",
            "actions": [] if better else [write],
            "details": [fold],
        }

    def _rating(self, card: Card) -> OneItem:
        """Today's practice of this card; on another day another one."""
        today = self._visit.workbook.today()
        now = next((one.item for one in card.practised if one.on == today), None)
        there = self._asked.get((card.key, today.toordinal()))
        if there is not None and (now is None or there.item == now):
            there.refresh()
            return there
        chapter = self._visit.chapter("learn")
        exercise = next(one for one in chapter.exercises if one.id == "practice")
        made = OneItem(
            self._visit,
            RECORD,
            record_id=card.interview_id,
            item=now or next_item(self._visit, RECORD, card.interview_id),
            known={QUESTION: card.item},
            heading=self._visit.words("learn.practice.rate"),
            why=exercise.why,
            evidence=exercise.evidence,
        )
        self._asked[card.key, today.toordinal()] = made
        return made

    def after(self) -> list[Panel]:
        """What changed since the first answer, when it comes again, and the next question."""
        card, say = self._open(), self._visit.words
        if card is None:
            return []
        onward: Panel = {"id": "another", "look": "plain"}
        other = next((one for one in self.due() if one.key != card.key), None)
        actions = [
            {"id": "back", "label": say("learn.practice.back"), "href": "#/learn/practice", "look": "plain"}
        ]
        if other is not None:
            label = say("learn.practice.another", question=_short(other.text))
            actions.insert(0, {"id": "card", "label": label, "href": f"#/learn/practice/{other.key}"})
        if not card.practised:
            return [{**onward, "actions": actions}]
        return [self._changed(card), {**onward, "actions": actions}]

    def _changed(self, card: Card) -> Panel:
        say, day = self._visit.words, self._visit.day
        rated = card.rating is not None
        first = "first" if rated else "first_unrated"
        lines = [say(f"learn.practice.{first}", day=day(card.on), rating=card.rating)]
        for one in card.practised:
            key = "again_said" if one.said else "again"
            lines.append(say(f"learn.practice.{key}", day=day(one.on), rating=one.rating, words=one.said))
        due = say("learn.practice.next_due", day=day(card.due_on))
        return {
            "id": "changed",
            "title": say("learn.practice.changed"),
            "rows": [{"text": line} for line in lines],
            "hint": f"{due} {say('learn.practice.next_due_note')}",
        }


def _short(text: str) -> str:
    """A question as a button says it."""
    return text if len(text) <= 60 else text[:57].rsplit(" ", 1)[0] + "…"
