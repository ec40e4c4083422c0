"""How firms fit: a person's points beside each firm, as a comparison and never as a verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ..domain.record import Revision
from ..domain.refused import Refused
from ..widgets import exercise as widget
from ..widgets.panels import Panels
from ..widgets.text import Text
from .naming import name_of
from .rooms import Panel
from .visit import Visit, for_widget

CRITERIA, FITS = "refocus/criteria", "refocus/fits"
RATING, NAMED = "refocus/fit-rating", "refocus/fit-criterion"
BESIDE = 3
"""Firms side by side; more columns than this cannot be read on a phone."""
LISTED = 8
KINDS = ("must", "nice", "breaker")


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One point that matters to the person.

    Attributes:
        item: Its number in the list.
        text: The person's words.
        kind: One of ``KINDS``; ``nice`` where not sorted.
        weight: 1 to 5; ``None`` where not weighed.
    """

    item: int
    text: str
    kind: str
    weight: int | None


def criteria(visit: Visit) -> list[Criterion]:
    """The person's points: must-haves, nice-to-haves, deal-breakers, the heaviest first in each."""
    workbook = visit.workbook

    def inner(name: str, item: int) -> Any:
        return workbook.reply(workbook.question(f"refocus/criterion{name}"), item=item).value

    found = [
        Criterion(
            item=item,
            text=str(inner("", item)),
            kind=str(inner("-kind", item) or "nice"),
            weight=inner("-weight", item),
        )
        for item in workbook.reply(workbook.question(CRITERIA)).value or ()
        if inner("", item)
    ]
    return sorted(found, key=lambda one: (KINDS.index(one.kind), -(one.weight or 0), one.item))


class Fitting:
    """What stands in ``#/refocus/fit`` and, for one firm, ``#/refocus/fit/<application>``.

    Args:
        visit: The visit.
        rest: Gives the rest of the address within the room.
    """

    def __init__(self, visit: Visit, rest: Callable[[], str]) -> None:
        self._visit, self._rest = visit, rest
        words = visit.group("actions")
        self._table, self._back = Text(words=words), Panels(words=words)
        self._asked: dict[str, widget.Exercise] = {}

    def firms(self) -> list[Revision]:
        """Open applications, those furthest along and newest first."""
        stages = ("offer", "final", "interview", "answered", "applied", "saved")
        found = [
            record
            for record in self._visit.workbook.store.current("application")
            if record.body.get("outcome", "open") in {"open", "accepted"}
        ]
        found.sort(key=lambda record: str(record.body.get("applied_on") or ""), reverse=True)
        return sorted(found, key=lambda record: stages.index(str(record.body.get("stage", "applied"))))

    def _open(self) -> Revision | None:
        found = self._visit.workbook.store.get(self._rest()) if self._rest() else None
        return found if found is not None and found.kind == "application" and not found.deleted else None

    def rating(self, application_id: str, item: int) -> int | None:
        """The mark of one point for one firm."""
        workbook = self._visit.workbook
        value = workbook.reply(workbook.question(RATING), record_id=application_id, item=item).value
        return None if value is None else int(value)

    def _marked(self, application_id: str, points: list[Criterion]) -> int:
        return sum(self.rating(application_id, point.item) is not None for point in points)

    def panels(self) -> list[Panel]:
        """The firms to choose from; nothing where one is open."""
        say, points = self._visit.words, criteria(self._visit)
        if not points:
            action = {"id": "criteria", "label": say("refocus.next.criteria.action")}
            here = {**action, "href": "#/refocus/criteria"}
            title = say("refocus.fit.choose")
            return [{"id": "none", "title": title, "text": say("refocus.fit.none"), "actions": [here]}]
        if self._open() is not None:
            return []
        firms = self.firms()
        if not firms:
            title = say("refocus.fit.choose")
            return [{"id": "none", "title": title, "text": say("refocus.fit.no_firms")}]
        rows = [
            {
                "text": name_of(self._visit, firm),
                "detail": str(firm.body.get("role") or "") if firm.body.get("company") else "",
                "when": say(
                    "refocus.fit.rated", rated=self._marked(firm.record_id, points), count=len(points)
                ),
                "href": f"#/refocus/fit/{firm.record_id}",
            }
            for firm in firms[:LISTED]
        ]
        return [{"id": "choose", "title": say("refocus.fit.choose"), "rows": rows}]

    def widgets(self) -> list[Any]:
        """The comparison, or the marks of the firm that is open."""
        points, firm = criteria(self._visit), self._open()
        if not points:
            return []
        if firm is not None:
            label = self._visit.words("refocus.fit.all")
            action = {"id": "all", "label": label, "href": "#/refocus/fit", "look": "plain"}
            self._back.show([{"id": "back", "look": "plain", "actions": [action]}])
            return [self._form(firm, points), self._back]
        marked = [one for one in self.firms() if self._marked(one.record_id, points)][:BESIDE]
        if not marked:
            return []
        self._table.show(self._blocks(marked, points))
        return [self._table]

    # Side by side ------------------------------------------------------------------------------------------

    def _blocks(self, firms: list[Revision], points: list[Criterion]) -> list[dict[str, Any]]:
        say = self._visit.words
        columns = [say("refocus.fit.point"), *(name_of(self._visit, firm) for firm in firms)]
        rows = [
            [self._name(point), *(self._cell(firm.record_id, point) for firm in firms)] for point in points
        ]
        rows.append([say("refocus.fit.points"), *(self._sum(firm.record_id, points) for firm in firms)])
        return [
            {"kind": "heading", "text": say("refocus.fit.table"), "level": 2},
            {"kind": "table", "columns": columns, "rows": rows, "caption": say("refocus.fit.table")},
            {"kind": "paragraph", "text": say("refocus.fit.note"), "tone": "hint"},
        ]

    def _name(self, point: Criterion) -> str:
        if point.kind == "breaker":
            return self._visit.words("refocus.fit.breaker", point=point.text)
        return point.text

    def _cell(self, application_id: str, point: Criterion) -> str:
        rating, say = self.rating(application_id, point.item), self._visit.words
        return say("refocus.fit.open") if rating is None else say("refocus.fit.cell", rating=rating)

    def _sum(self, application_id: str, points: list[Criterion]) -> str:
        """Marks times weights over the marked points, of the most these could have; deal-breakers apart."""
        say = self._visit.words
        counted = [
            (self.rating(application_id, one.item), one.weight or 1)
            for one in points
            if one.kind != "breaker"
        ]
        have = sum(rating * weight for rating, weight in counted if rating is not None)
        of = sum(5 * weight for rating, weight in counted if rating is not None)
        unknown = sum(rating is None for rating, _ in counted)
        if not of:
            return say("refocus.fit.open")
        return (
            say("refocus.fit.sum_open", have=have, of=of, open=unknown)
            if unknown
            else say("refocus.fit.sum", have=have, of=of)
        )

    # One firm ----------------------------------------------------------------------------------------------

    def _form(self, firm: Revision, points: list[Criterion]) -> widget.Exercise:
        """One mark a point. Each mark is an answer about the firm, under the point's number."""
        workbook, scale = self._visit.workbook, self._visit.workbook.question(RATING).as_mapping()
        questions = [{**scale, "id": f"{RATING}-{one.item}", "ask": self._name(one)} for one in points]
        kept = {
            f"{RATING}-{one.item}": for_widget(
                workbook.reply(workbook.question(RATING), record_id=firm.record_id, item=one.item)
            )
            for one in points
        }
        there = self._asked.get(firm.record_id)
        if there is not None:
            there.show(kept, questions=questions)
            return there
        exercise = next(e for e in self._visit.chapter("refocus").exercises if e.id == "fit")
        made = widget.Exercise(
            questions,
            replies=kept,
            record_id=firm.record_id,
            workbook=workbook.id,
            on_reply=self._keep,
            words=self._visit.words.group("exercise"),
            heading=self._visit.words("refocus.fit.form", company=name_of(self._visit, firm)),
            why=exercise.why,
            evidence=[self._visit.content.evidence[key].sentence for key in exercise.evidence],
        )
        self._asked[firm.record_id] = made
        return made

    def _keep(self, reply: widget.Reply) -> widget.Kept:
        item = int(reply.question.rpartition("-")[2])
        try:
            self._join(reply.record_id, item)
        except Refused as refused:
            raise self._visit.not_kept(refused) from None
        return self._visit.keep(replace(reply, question=RATING, item=item))

    def _join(self, application_id: str, item: int) -> None:
        """Name the point beside its mark, so that a report can say what was marked."""
        workbook = self._visit.workbook
        text = next((one.text for one in criteria(self._visit) if one.item == item), "")
        listed = list(workbook.reply(workbook.question(FITS), record_id=application_id).value or ())
        if item not in listed:
            workbook.record(FITS, [*listed, item], record_id=application_id)
        workbook.record(NAMED, text, record_id=application_id, item=item)
