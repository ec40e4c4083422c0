"""Aim better: what matters, how firms fit, where answers come from, targets, offers, what was noticed there."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from ..domain.record import Revision
from ..widgets import exercise as widget
from ..widgets.panels import Panels
from ..widgets.text import Text
from .answering import Answering
from .fitting import KINDS, Fitting, criteria
from .naming import name_of
from .patterns import debrief_words
from .rooms import Panel, Room, Rooms
from .visit import Visit

BESIDE = 3
QUOTED = 4


class RefocusPage:
    """``#/refocus`` and its rooms."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._fitting = Fitting(visit, lambda: self._rooms.rest)
        self._answering = Answering(visit)
        self._added = ""
        self._offers: dict[str, widget.Exercise] = {}
        words = visit.group("actions")
        self._table, self._back = Text(words=words), Panels(words=words)
        rooms = [
            Room(id="criteria", after=self._ordered),
            Room(
                id="fit",
                before=self._fitting.panels,
                middle=self._fitting.widgets,
                asks=False,
                main=lambda: not criteria(visit),
            ),
            Room(id="answers", before=self._answering.panels, middle=self._answering.widgets),
            Room(id="targets", after=self._target_panels),
            Room(id="offers", before=self._offer_panels, middle=self._offer_widgets, asks=False),
            Room(id="culture", before=self._culture_panels),
        ]
        self._rooms = Rooms(visit, "refocus", rooms, front=self._front, on_action=self._act)
        self.widget = self._rooms.widget

    def open(self, rest: str) -> None:
        self._added = ""
        self._rooms.open(rest)

    def refresh(self) -> None:
        self._rooms.refresh()

    # The front page ----------------------------------------------------------------------------------------

    def _front(self) -> list[Panel]:
        say, points = self._visit.words, criteria(self._visit)
        firm = next((one for one in self._fitting.firms() if not self._marks(one)), None)
        company = "" if firm is None else name_of(self._visit, firm)
        if not points:
            step, address = "criteria", "#/refocus/criteria"
        elif firm is not None and str(firm.body.get("stage")) in {"interview", "final", "offer"}:
            step, address = "fit", f"#/refocus/fit/{firm.record_id}"
        elif "refocus/target" not in set(self._visit.workbook.history().answers["question"]):
            step, address = "targets", "#/refocus/targets"
        else:
            step, address = "steady", "#/search"
        action = {"id": "open", "label": say(f"refocus.next.{step}.action"), "href": address}
        return [
            {
                "id": "next",
                "look": "next",
                "title": say(f"refocus.next.{step}.title", company=company),
                "text": say(f"refocus.next.{step}.text"),
                "actions": [action],
            }
        ]

    def _marks(self, firm: Revision) -> bool:
        points = criteria(self._visit)
        return any(self._fitting.rating(firm.record_id, point.item) is not None for point in points)

    # What matters ------------------------------------------------------------------------------------------

    def _ordered(self) -> list[Panel]:
        """The points in their order: must-haves, nice-to-haves, deal-breakers, the heaviest first."""
        say, points = self._visit.words, criteria(self._visit)
        panels: list[Panel] = []
        for kind in KINDS:
            rows = [
                {
                    "text": one.text,
                    "when": say("refocus.criteria.weight", weight=one.weight)
                    if one.weight
                    else say("refocus.criteria.no_weight"),
                }
                for one in points
                if one.kind == kind
            ]
            if rows:
                panels.append({"id": kind, "title": say(f"refocus.criteria.{kind}"), "rows": rows})
        return panels

    # Targets -----------------------------------------------------------------------------------------------

    def _target_panels(self) -> list[Panel]:
        """Targets that are not in the search yet, each with one press to put it there."""
        say, workbook = self._visit.words, self._visit.workbook
        there = {
            str(record.body.get("company") or "").casefold()
            for record in workbook.store.current("application")
        }
        panels: list[Panel] = []
        if self._added:
            text = say("refocus.targets.added", company=self._added)
            panels.append({"id": "added", "look": "notice", "announce": True, "text": text})
        rows = []
        for item in workbook.reply(workbook.question("refocus/targets")).value or ():
            firm = workbook.reply(workbook.question("refocus/target"), item=item).value
            if firm and str(firm).casefold() not in there:
                label = say("refocus.targets.add")
                add = {"id": "target", "label": label, "look": "plain", "company": firm}
                rows.append({"text": str(firm), "actions": [add]})
        if rows:
            panels.append({"id": "waiting", "title": say("refocus.targets.waiting"), "rows": rows})
        return panels

    def _act(self, action: Panel) -> None:
        if action.get("id") == "target":
            self._added = str(action["company"])
            self._visit.workbook.add_application({"company": self._added, "stage": "saved"})

    # Offers ------------------------------------------------------------------------------------------------

    def _offered(self) -> list[Revision]:
        """Applications with an offer that is neither declined nor gone."""
        return [
            record
            for record in self._visit.workbook.store.current("application")
            if record.body.get("stage") == "offer"
            and record.body.get("outcome", "open") in {"open", "accepted"}
        ]

    def _offer_open(self) -> Revision | None:
        return next((one for one in self._offered() if one.record_id == self._rooms.rest), None)

    def _offer_panels(self) -> list[Panel]:
        say, offers = self._visit.words, self._offered()
        if not offers:
            title = say("refocus.offers.list")
            return [{"id": "none", "title": title, "text": say("refocus.offers.none")}]
        if self._offer_open() is not None:
            return []
        rows = []
        for one in offers:
            until = self._offer_answer(one, "refocus/offer-by")
            when = say("refocus.offers.by", day=until) if until else ""
            opening = {"id": f"open-{one.record_id}", "label": say("refocus.offers.open"), "look": "plain"}
            there = {**opening, "href": f"#/refocus/offers/{one.record_id}"}
            rows.append({"text": name_of(self._visit, one), "when": when, "actions": [there]})
        hint = say("refocus.offers.calm")
        return [{"id": "offers", "title": say("refocus.offers.list"), "rows": rows, "hint": hint}]

    def _offer_widgets(self) -> list[Any]:
        """The offer that is open, or all of them side by side."""
        say, one = self._visit.words, self._offer_open()
        exercise = next(e for e in self._visit.chapter("refocus").exercises if e.id == "offers")
        if one is not None:
            if one.record_id not in self._offers:
                title = say("refocus.offers.form", company=name_of(self._visit, one))
                self._offers[one.record_id] = self._visit.ask(replace(exercise, title=title), one.record_id)
            else:
                self._offers[one.record_id].show(self._visit.replies(exercise, one.record_id))
            action = {"id": "all", "label": say("refocus.offers.all"), "href": "#/refocus/offers"}
            self._back.show([{"id": "back", "look": "plain", "actions": [{**action, "look": "plain"}]}])
            return [self._offers[one.record_id], self._back]
        offers = self._offered()[:BESIDE]
        rows = [[q.ask, *(self._offer_answer(one, q.id) for one in offers)] for q in exercise.questions]
        if not any(any(row[1:]) for row in rows):
            return []
        columns = [say("refocus.offers.what"), *(name_of(self._visit, one) for one in offers)]
        table = {"kind": "table", "columns": columns, "rows": rows, "caption": say("refocus.offers.table")}
        self._table.show([{"kind": "heading", "text": say("refocus.offers.table"), "level": 2}, table])
        return [self._table]

    def _offer_answer(self, offer: Revision, question_id: str) -> str:
        question = self._visit.workbook.question(question_id)
        value = self._visit.workbook.reply(question, record_id=offer.record_id).value
        if value and question.kind == "date":
            return self._visit.day(dt.date.fromisoformat(str(value)))
        return str(value or "")

    # What was noticed --------------------------------------------------------------------------------------

    def _culture_panels(self) -> list[Panel]:
        """What the person liked and disliked about work, people and place, in the words of the debriefs."""
        say = self._visit.words
        panels: list[Panel] = []
        for side in ("liked", "disliked"):
            written = [
                one
                for about in ("people", "place", "work")
                for one in debrief_words(self._visit, f"debrief/{side}-{about}")
            ]
            written.sort(key=lambda one: one.on or dt.date.min, reverse=True)
            rows = [{"text": one.text, "detail": one.company} for one in written[:QUOTED]]
            if rows:
                met = len({(one.company, one.on) for one in written})
                hint = say.plural("refocus.culture.counted", met)
                panels.append(
                    {"id": side, "title": say(f"refocus.culture.{side}"), "rows": rows, "hint": hint}
                )
        return panels or [{"id": "none", "text": say("refocus.culture.none")}]
