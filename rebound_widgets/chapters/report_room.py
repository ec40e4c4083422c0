"""Make a report: what is in it, every word of it to look at, and two ways to save it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..domain.chapter import Exercise
from ..domain.record import Revision
from ..reports import Choice, Document, compose, page_bytes, pdf_bytes, ticked, what_there_is
from ..widgets import exercise as widget
from ..widgets.download import Download
from ..widgets.text import Text
from .document_blocks import folded
from .naming import interview_line
from .rooms import Panel
from .visit import Visit

PARTS = "share/report-parts"
INTERVIEWS = 5


class ReportRoom:
    """What stands in ``#/share/report`` and, about one interview, ``#/share/report/<interview>``.

    Args:
        visit: The visit.
        rest: Gives the rest of the address within the room.
    """

    def __init__(self, visit: Visit, rest: Callable[[], str]) -> None:
        self._visit, self._rest = visit, rest
        self._parts: widget.Exercise | None = None
        self._offered: list[str] = []
        words = visit.group("download")
        self._downloads = [
            Download(
                f"rebound.{suffix}", make, label=visit.words(f"share.report.{suffix}"), kind=kind, words=words
            )
            for suffix, kind, make in (("pdf", "primary", self._pdf), ("html", "plain", self._html))
        ]
        self._preview = Text(words=visit.group("actions"))

    # What is in it -----------------------------------------------------------------------------------------

    def _interview(self) -> Revision | None:
        found = self._visit.workbook.store.get(self._rest()) if self._rest() else None
        return found if found is not None and found.kind == "interview" and not found.deleted else None

    def _choice(self) -> Choice:
        workbook, one = self._visit.workbook, self._interview()
        kept = workbook.reply(workbook.question(PARTS))
        # Nothing chosen yet is all but the private; everything unticked is nothing.
        parts = (
            frozenset(kept.value or ()) if kept.revision else ticked(workbook.history(), self._visit.content)
        )
        return Choice(parts=parts, interview_id=one.record_id if one else None)

    def document(self) -> Document:
        """The report as it is ticked now."""
        workbook = self._visit.workbook
        return compose(workbook.history(), self._visit.content, workbook.today(), self._choice())

    def panels(self) -> list[Panel]:
        """What it is about."""
        say, workbook, here = self._visit.words, self._visit.workbook, self._interview()
        if not what_there_is(workbook.history(), self._visit.content):
            title = say("share.report.which")
            return [{"id": "empty", "title": title, "text": say("share.report.empty")}]
        held = [r for r in workbook.interviews() if r.body.get("held_on")]
        held.sort(key=lambda r: str(r.body["held_on"]), reverse=True)
        if not held:
            return []
        whole = {"text": say("share.report.whole"), "href": "#/share/report"}
        rows = [whole, *(self._about(interview) for interview in held[:INTERVIEWS])]
        place = 0
        for number, interview in enumerate(held[:INTERVIEWS], start=1):
            if here is not None and interview.record_id == here.record_id:
                place = number
        rows[place] = {"text": rows[place]["text"], "detail": say("share.report.here")}
        return [{"id": "about", "title": say("share.report.which"), "rows": rows}]

    def _about(self, interview: Revision) -> dict[str, Any]:
        name = interview_line(self._visit, interview)
        text = self._visit.words("share.report.one", name=name)
        return {"text": text, "href": f"#/share/report/{interview.record_id}"}

    def widgets(self) -> list[Any]:
        """The parts to tick, the preview, the two ways to save."""
        there = what_there_is(self._visit.workbook.history(), self._visit.content)
        if not there:
            return []
        self._preview.show(self._blocks(self.document()))
        return [self._ticks(there), self._preview, *self._downloads]

    def _ticks(self, there: list[str]) -> widget.Exercise:
        """The parts that have something in them, all but the private ticked until the person chooses."""
        chapter, workbook = self._visit.chapter("share"), self._visit.workbook
        asked = next(exercise for exercise in chapter.exercises if exercise.id == "report")
        exercise: Exercise = replace(asked, title="")
        replies = self._visit.replies(exercise)
        if not replies[PARTS].revision:
            chosen = [part for part in there if part in self._choice().parts]
            replies = {PARTS: widget.Kept(chosen, 0, None)}
        question = workbook.question(PARTS).as_mapping()
        question["options"] = [option for option in question["options"] if option["id"] in there]
        if self._parts is None or there != self._offered:
            self._parts = self._visit.ask(exercise)
            self._parts.show(replies, questions=[question])
            self._offered = there
        else:
            self._parts.show(replies)
        return self._parts

    # Every word of it --------------------------------------------------------------------------------------

    def _blocks(self, document: Document) -> list[dict[str, Any]]:
        """The document as the page shows it: each part folded, made from the same values as the file."""
        say = self._visit.words
        blocks: list[dict[str, Any]] = [{"kind": "heading", "text": say("share.report.preview"), "level": 2}]
        if "private" in self._choice().parts:
            blocks.append({"kind": "notice", "text": say("share.report.private_in"), "tone": "warm"})
        if not document.sections:
            return [*blocks, {"kind": "paragraph", "text": say("share.report.nothing")}]
        told = say.plural("share.report.preview_text", len(document.sections))
        blocks.append({"kind": "paragraph", "text": told, "tone": "hint"})
        return [*blocks, *folded(document.sections, say)]

    async def _pdf(self) -> bytes:
        document, now = self.document(), dt.datetime.now(dt.UTC)
        return await asyncio.to_thread(pdf_bytes, document, now)

    async def _html(self) -> bytes:
        return page_bytes(self.document())
