"""What the interviews teach: patterns, the practice deck, what to study, feedback, strengths, then and now."""

from __future__ import annotations

import datetime as dt
from typing import Any

from .one_item import next_item
from .patterns import Patterns, debrief_words, to_debrief
from .practice import Practice
from .rooms import Panel, Room, Rooms
from .visit import Visit

SHOWN = 6


class LearnPage:
    """``#/learn`` and its rooms."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._practice = Practice(visit, lambda: self._rooms.rest)
        self._patterns = Patterns(visit)
        practice = Room(
            id="practice",
            before=self._practice.panels,
            middle=self._practice.widgets,
            after=self._practice.after,
            asks=False,
        )
        rooms = [
            practice,
            Room(id="patterns", before=self._patterns.panels),
            Room(id="study", before=self._study_panels),
            Room(id="feedback", after=self._ask_panels),
            Room(id="strengths", before=self._kept_panels),
            Room(id="then-now", before=self._then_now),
        ]
        self._rooms = Rooms(visit, "learn", rooms, front=self._front, on_action=self._act)
        self.widget = self._rooms.widget

    def open(self, rest: str) -> None:
        self._rooms.open(rest)

    def refresh(self) -> None:
        self._rooms.refresh()

    # The front page ----------------------------------------------------------------------------------------

    def _front(self) -> list[Panel]:
        say, workbook = self._visit.words, self._visit.workbook
        step, facts, address, hint = "rest", dict[str, Any](), "#/search", ""
        due, cards = self._practice.due(), self._practice.cards()
        title = f"learn.next.{step}.title"
        if due:
            step, address = "practice", f"#/learn/practice/{due[0].key}"
            facts, hint = {"question": due[0].text}, say("learn.next.practice.hint")
        elif not workbook.interviews():
            step, address = "empty", "#/debrief"
        elif not cards and "debrief" not in set(workbook.history().answers["chapter"]):
            step, address = "debrief", "#/debrief"
        elif self._kept() and "learn/strength" not in set(workbook.history().answers["question"]):
            step, address = "strength", "#/learn/strengths"
        elif cards:
            facts = {"day": self._visit.day(cards[0].due_on)}
        else:
            step, address = "debrief", "#/debrief"
        title = f"learn.next.{step}.title"
        action = {"id": "open", "label": say(f"learn.next.{step}.action"), "href": address}
        return [
            {
                "id": "next",
                "look": "next",
                "title": say.plural(title, len(due)) if due else say(title),
                "text": say(f"learn.next.{step}.text", **facts),
                "hint": hint,
                "actions": [action],
            }
        ]

    # What to study -----------------------------------------------------------------------------------------

    def _study_panels(self) -> list[Panel]:
        """What the debriefs named and the list does not hold yet."""
        say = self._visit.words
        listed = {str(value).casefold() for value in self._listed("learn/study", "learn/study-topic")}
        rows = []
        for one in debrief_words(self._visit, "debrief/read-up"):
            for topic in filter(None, (line.strip() for line in one.text.splitlines())):
                if topic.casefold() not in listed:
                    listed.add(topic.casefold())
                    label = say("learn.study.add")
                    add = {"id": "study", "label": label, "look": "plain", "words": topic}
                    detail = say("learn.study.at", company=one.company)
                    rows.append({"text": topic, "detail": detail, "actions": [add]})
        title = say("learn.study.waiting")
        return [{"id": "waiting", "title": title, "rows": rows[:SHOWN]}] if rows else []

    def _listed(self, list_id: str, inner: str) -> list[Any]:
        workbook = self._visit.workbook
        items = workbook.reply(workbook.question(list_id)).value or ()
        found = [workbook.reply(workbook.question(inner), item=item).value for item in items]
        return [value for value in found if value]

    def _act(self, action: Panel) -> None:
        """Put what a button holds on the list it belongs to."""
        lists = {
            "study": ("learn/study", "learn/study-topic"),
            "strength": ("learn/strengths", "learn/strength"),
        }
        if action.get("id") not in lists:
            return
        (list_id, inner), workbook = lists[str(action["id"])], self._visit.workbook
        item = next_item(self._visit, list_id)
        listed = list(workbook.reply(workbook.question(list_id)).value or ())
        workbook.record(inner, " ".join(str(action["words"]).split()), item=item)
        workbook.record(list_id, [*listed, item])

    # Feedback ----------------------------------------------------------------------------------------------

    def _ask_panels(self) -> list[Panel]:
        """After a no that came after an interview: the way to the one question worth asking."""
        say, workbook = self._visit.words, self._visit.workbook
        met = {str(r.body["application_id"]) for r in workbook.interviews()}
        noes = [
            r
            for r in workbook.store.current("application")
            if r.record_id in met and r.body.get("outcome") == "no"
        ]
        noes.sort(key=lambda r: str(r.body.get("outcome_on") or ""), reverse=True)
        if not noes:
            return []
        rows = [
            {
                "text": str(record.body.get("company") or record.body.get("role")),
                "when": self._day(record.body.get("outcome_on")),
                "actions": [
                    {
                        "id": f"ask-{record.record_id}",
                        "label": say("learn.feedback.write"),
                        "look": "plain",
                        "href": f"#/no/{record.record_id}/letter/feedback-request",
                    }
                ],
            }
            for record in noes[:3]
        ]
        title, text = say("learn.feedback.ask"), say("learn.feedback.ask_text")
        return [{"id": "ask", "title": title, "text": text, "rows": rows}]

    def _day(self, day: str | None) -> str:
        return self._visit.day(dt.date.fromisoformat(day)) if day else ""

    # Strengths ---------------------------------------------------------------------------------------------

    def _kept(self) -> list[Any]:
        names = [f"debrief/went-well-{number}" for number in (1, 2, 3)]
        return [one for name in names for one in debrief_words(self._visit, name)]

    def _kept_panels(self) -> list[Panel]:
        """What went well, the newest first, in the person's own words."""
        say = self._visit.words
        kept = sorted(self._kept(), key=lambda one: one.on or dt.date.min, reverse=True)
        panel: Panel = {"id": "kept", "title": say("learn.strengths.kept")}
        if not kept:
            return [{**panel, "text": say("learn.strengths.none"), "actions": to_debrief(self._visit)}]
        listed = {str(value) for value in self._listed("learn/strengths", "learn/strength")}
        label = say("learn.strengths.keep")
        rows = []
        for one in kept[:SHOWN]:
            where = {"company": one.company}
            undated = say("learn.strengths.at_undated", **where)
            detail = say("learn.strengths.at", **where, day=self._visit.day(one.on)) if one.on else undated
            keep = {"id": "strength", "label": label, "look": "quiet", "words": one.text}
            rows.append({"text": one.text, "detail": detail, "actions": [] if one.text in listed else [keep]})
        text = say.plural("learn.strengths.kept_text", len(kept))
        left = len(kept) - SHOWN
        hint = say("learn.patterns.more", count=left) if left > 0 else ""
        return [{**panel, "text": text, "rows": rows, "hint": hint}]

    # Then and now ------------------------------------------------------------------------------------------

    def _then_now(self) -> list[Panel]:
        say = self._visit.words
        practised = [
            {
                "text": card.text,
                "when": say("learn.then-now.practised_line", then=card.rating, now=card.practised[-1].rating),
            }
            for card in self._practice.cards()
            if card.practised and card.rating is not None
        ]
        topics = self._patterns.again()
        panels: list[Panel] = []
        if topics:
            panels.append({"id": "topics", "title": say("learn.then-now.topics"), "rows": topics[:SHOWN]})
        if practised:
            title = say("learn.then-now.practised")
            panels.append({"id": "practised", "title": title, "rows": practised[:SHOWN]})
        if not panels:
            text = say("learn.then-now.none")
            return [{"id": "nothing", "text": text, "actions": to_debrief(self._visit)}]
        panels[-1]["hint"] = say("learn.then-now.source")
        return panels
