"""Erase for good: what it means, what it would take, and only then the deed."""

from __future__ import annotations

from typing import Any

from ..domain.record import Revision
from .rooms import Panel
from .visit import Visit


class EraseRoom:
    """The panels of ``#/share/erase``. Two presses erase, and the first says what the second would do."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._asked: str | None = None
        self._said = ""

    def leave(self) -> None:
        """The person went elsewhere: nothing is half asked any more."""
        self._asked, self._said = None, ""

    def panels(self) -> list[Panel]:
        """What erasing means, what can be erased, or the question whether it is meant."""
        say = self._visit.words
        said: list[Panel] = []
        if self._said:
            said = [{"id": "said", "look": "notice", "announce": True, "text": self._said}]
        if self._asked is not None:
            return [self._sure(self._asked)]
        means = {"id": "means", "look": "notice", "title": say("share.erase.means")}
        means["text"] = say("share.erase.means_text")
        counts = self._answers()
        if not self._visit.workbook.store.current():
            title = say("share.erase.means")
            return [*said, {"id": "nothing", "title": title, "text": say("share.erase.nothing")}]
        rows = [
            {
                "text": self._visit.content.chapters[chapter].title,
                "when": say.plural("share.erase.answers", count),
                "actions": [{"id": "ask", "label": say("share.erase.one"), "look": "quiet", "what": chapter}],
            }
            for chapter, count in counts.items()
        ]
        one: Panel = {"id": "chapters", "title": say("share.erase.chapter"), "rows": rows}
        everything: Panel = {
            "id": "all",
            "title": say("share.erase.all"),
            "text": say("share.erase.all_text"),
            "actions": [{"id": "ask", "label": say("share.erase.all"), "look": "plain", "what": ""}],
        }
        return [*said, means, *([one] if rows else []), everything]

    def _answers(self) -> dict[str, int]:
        """Answers by chapter, in the order of the chapters."""
        found: dict[str, int] = {}
        for answer in self._visit.workbook.store.current("answer"):
            chapter = str(answer.body.get("question")).partition("/")[0]
            found[chapter] = found.get(chapter, 0) + _holds(answer)
        return {chapter: found[chapter] for chapter in self._visit.content.chapters if found.get(chapter)}

    def _sure(self, what: str) -> Panel:
        say, workbook = self._visit.words, self._visit.workbook
        plan = workbook.plan_erase(chapter=what) if what else workbook.plan_erase()
        title = (
            say("share.erase.sure", title=self._visit.content.chapters[what].title)
            if what
            else say("share.erase.sure_all")
        )
        counts = say(
            "share.erase.counts",
            records=len(plan.records),
            versions=plan.revisions,
            backups=plan.backups,
        )
        actions: list[dict[str, Any]] = [
            {"id": "keep", "label": say("share.erase.no")},
            {"id": "erase", "label": say("share.erase.yes"), "look": "plain", "what": what},
            {
                "id": "save",
                "label": say("share.erase.save"),
                "look": "quiet",
                "href": "#/share/everything",
            },
        ]
        return {
            "id": "sure",
            "look": "notice",
            "announce": True,
            "title": title,
            "text": [counts, say("share.erase.means_text")],
            "hint": say("share.erase.first"),
            "actions": actions,
        }

    def act(self, action: Panel) -> None:
        """Ask, think better of it, or erase."""
        match action.get("id"):
            case "ask":
                self._asked, self._said = str(action.get("what", "")), ""
                self._visit.redraw()
            case "keep":
                self._asked = None
                self._visit.redraw()
            case "erase" if self._asked == str(action.get("what", "")):
                self._erase(self._asked)

    def _erase(self, what: str) -> None:
        say, workbook = self._visit.words, self._visit.workbook
        self._asked = None
        erased = workbook.erase_chapter(what) if what else workbook.erase_everything()
        self._said = (
            say("share.erase.traces", count=len(erased.traces))
            if erased.traces
            else say("share.erase.done", records=erased.records, versions=erased.revisions)
        )
        self._visit.redraw()


def _holds(answer: Revision) -> bool:
    return answer.body.get("value") not in (None, "", [], {})
