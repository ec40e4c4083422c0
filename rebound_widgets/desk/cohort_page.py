"""The figures: how far people come, how long it takes, where it sticks; whole blocks of ten people or more."""

from __future__ import annotations

from typing import Any

from ..chapters.rooms import Panel
from ..chapters.visit import Visit
from ..domain.application import STAGES
from ..sharing.counting import FEWEST, OUTCOMES, SPAN_NAMES, Block, Figures, figures, groups, sticks
from ..widgets.download import Download
from ..widgets.page import Page
from ..widgets.panels import Panels
from ..widgets.text import Text
from .book import Desk
from .cohort import count, countable
from .cohort_files import csv_bytes, rows, span_words, xlsx_bytes

REACHED = tuple(stage for stage in STAGES if stage not in ("saved", "applied"))


class CohortPage:
    """``#/cohort``, and ``#/cohort/<number>`` for one of its groups."""

    def __init__(self, desk: Desk, visit: Visit) -> None:
        self._desk, self._visit = desk, visit
        self._blocks: list[Block] = []
        self._chosen = 0
        words = visit.group("actions")
        self._head, self._groups, self._text = Panels(words=words), Panels(words=words), Text(words=words)
        say, of = visit.words, visit.group("download")
        file = say("cohort.file")
        self._downloads = [
            Download(f"{file}.{suffix}", make, label=say(f"cohort.{suffix}"), words=of)
            for suffix, make in (
                ("csv", lambda: csv_bytes(self._blocks, say)),
                ("xlsx", lambda: xlsx_bytes(self._blocks, say)),
            )
        ]
        chapter = visit.chapter("cohort")
        self.widget = Page(chapter.title, lede=chapter.lede)

    def open(self, rest: str) -> None:
        self._blocks = count(self._desk)
        self._chosen = int(rest) if rest.isdecimal() and len(rest) < 5 else 0
        self.refresh()

    def refresh(self) -> None:
        there = groups(self._blocks)
        self._chosen = self._chosen if self._chosen < len(there) else 0
        found = figures(self._blocks, *there[self._chosen])
        self._head.show(self._head_panels(found))
        if not found.blocks:
            self._arrange([self._head], [])
            return
        self._text.show(self._blocks_of(found, there[self._chosen]))
        self._groups.show([self._group_panel(there)])
        self._arrange([self._head, self._text, *self._downloads], [self._groups])

    def _arrange(self, children: list[Any], margin: list[Any]) -> None:
        if self.widget.children != children:
            self.widget.children, self.widget.margin = children, margin

    def _head_panels(self, found: Figures) -> list[Panel]:
        say = self._visit.words
        rules = [say(f"cohort.rule.{name}") for name in ("once", "ten", "kept")]
        notice = {"id": "rules", "title": say("cohort.rules"), "text": rules}
        if found.blocks:
            return [notice]
        people = len({one.person for one in countable(self._desk)})
        # Said only while it is too few for any figure; never how many each group has.
        waits = say("cohort.waiting_some") if people >= FEWEST else say("cohort.waiting", need=FEWEST)
        return [{"id": "none", "look": "next", "title": say("cohort.none"), "text": waits}, notice]

    def _name(self, programme: str | None, term: str | None) -> str:
        say = self._visit.words
        parts = [part or say("cohort.unsaid") for part in (programme, term) if part is not None]
        return ", ".join(parts) or say("cohort.everybody")

    def _group_panel(self, there: list[tuple[str | None, str | None]]) -> Panel:
        say = self._visit.words
        listed = []
        for number, group in enumerate(there):
            here = number == self._chosen
            link = {"detail": say("session.here")} if here else {"href": f"#/cohort/{number}"}
            listed.append({"text": self._name(*group), **link})
        return {"id": "groups", "look": "margin", "title": say("cohort.groups"), "rows": listed}

    # The figures -------------------------------------------------------------------------------------------

    def _blocks_of(self, found: Figures, group: tuple[str | None, str | None]) -> list[dict[str, Any]]:
        say = self._visit.words
        until = self._visit.day(found.until, "year") if found.until else ""
        told = say("cohort.told", people=found.people, applications=found["applications"], day=until)
        reached = [(say(f"cohort.stage.{stage}"), found[f"reached.{stage}"]) for stage in REACHED]
        ended = [(say(f"cohort.outcome.{one}"), found[f"outcome.{one}"]) for one in OUTCOMES]
        return [
            {"kind": "heading", "text": self._name(*group), "level": 2},
            {"kind": "paragraph", "text": told},
            {"kind": "paragraph", "text": self._sticks(found), "tone": "lede"},
            *self._table("funnel", reached, found["applications"]),
            *self._table("outcome", ended, found["applications"]),
            *self._spans("first", found),
            *self._spans("answer", found),
            {"kind": "more", "summary": say("cohort.definitions"), "blocks": [self._definitions()]},
        ]

    def _sticks(self, found: Figures) -> str:
        say, step = self._visit.words, sticks(found)
        if step is None:
            return say("cohort.sticks_few")
        before, after = step
        return say(f"cohort.sticks.{after.partition('.')[2]}", hits=found[after], of=found[before])

    def _table(self, name: str, pairs: list[tuple[str, int]], of: int) -> list[dict[str, Any]]:
        say = self._visit.words
        columns = [say("cohort.table.what"), say("cohort.table.count"), say("cohort.table.share")]
        rows = [[label, say("cohort.number", count=n), self._share(n, of)] for label, n in pairs]
        # The caption names the table to a screen reader, too: four tables of the same columns.
        told = {"kind": "table", "caption": say(f"cohort.table.{name}"), "columns": columns, "rows": rows}
        return [{**told, "numeric": [1, 2]}]

    def _spans(self, name: str, found: Figures) -> list[dict[str, Any]]:
        pairs = [(span_words(span, self._visit.words), found[f"{name}.{span}"]) for span in SPAN_NAMES]
        return self._table(name, pairs, sum(count for _, count in pairs))

    def _share(self, count: int, of: int) -> str:
        return self._visit.words("charts.percent", number=round(100 * count / of)) if of else ""

    def _definitions(self) -> dict[str, Any]:
        seen = dict.fromkeys(
            (measure, meaning) for *_, measure, _value, meaning in rows([], self._visit.words)
        )
        items = [{"term": measure, "text": meaning} for measure, meaning in seen]
        return {"kind": "facts", "items": items}
