"""Be ready for either answer: one coming interview, or interviews in general, one part at a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..domain.record import Revision
from ..letters import goal_form
from ..widgets.page import Page
from ..widgets.panels import Panels
from .letter_page import reply_text
from .naming import interview_line
from .parts import Asked, Parts
from .quick import InterviewLine
from .ready_letter import letters_for_today
from .ready_odds import OddsCard
from .visit import Visit

GENERAL = "general"
"""What stands in an address where no one interview does."""
SHOWN = 8


class ComingLine(InterviewLine):
    """Adds an interview to come in one line, and opens its first part."""

    group = "ready.quick."
    held = False
    outcomes = ("open",)  # after an end, an interview to come belongs to a new beginning

    def _opened(self, interview_id: str, _ahead: bool, _application_id: str) -> str:
        self._then(interview_id)
        return self._visit.words("ready.quick.kept")


class ReadyPage:
    """One part at a time: ``#/ready/<interview>/<part>``, in general at ``#/ready/general/<part>``."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._chapter = visit.chapter("ready")
        self._exercises = {exercise.id: exercise for exercise in self._chapter.exercises}
        self._about: str | None = None
        self._part = next(iter(self._exercises))
        self._asked = Asked(visit)
        words = visit.group("actions")
        self._choose = Panels(words=words)
        self._above = Panels(words=words)
        self._onward = Panels(words=words)
        self._margin = Panels(words=words)
        self._quick = ComingLine(visit, self._begin).widget
        self._odds = OddsCard(visit)
        self.widget = Page(self._chapter.title, lede=self._chapter.lede)

    def open(self, rest: str) -> None:
        about, _, part = rest.partition("/")
        self._about = about if about == GENERAL or self._interview(about) else None
        self._part = part if part in self._exercises else next(iter(self._exercises))
        self.refresh()

    def refresh(self) -> None:
        if self._about is None or (self._about != GENERAL and self._interview(self._about) is None):
            self._show_choice()
        else:
            self._show_part(self._interview(self._about))

    def _interview(self, record_id: str) -> Revision | None:
        found = self._visit.workbook.store.get(record_id) if record_id else None
        live = found is not None and found.kind == "interview" and not found.deleted
        return found if live else None

    # Which interview ---------------------------------------------------------------------------------------

    def _show_choice(self) -> None:
        say = self._visit.words
        self.widget.head(self._chapter.title, self._chapter.lede)
        rows = [self._choice_row(interview) for interview in self._coming()[:SHOWN]]
        general = {
            "text": say("ready.pick.general"),
            "detail": say("ready.pick.general_detail"),
            "href": self._first_open(GENERAL),
        }
        panel: dict[str, Any] = {"id": "choose", "title": say("ready.pick.title"), "rows": [*rows, general]}
        if not rows:
            panel |= {"text": say("ready.pick.empty")}
        self._choose.show([panel])
        self._arrange([self._choose, self._quick], [])

    def _coming(self) -> list[Revision]:
        """The interviews to come, the next one first; those without a day of open applications at the end."""
        workbook = self._visit.workbook
        today = workbook.today().isoformat()
        coming = [
            r for r in workbook.interviews() if (r.body.get("held_on") or today) >= today and self._open(r)
        ]
        return sorted(coming, key=lambda r: str(r.body.get("held_on") or "9999"))

    def _open(self, interview: Revision) -> bool:
        application = self._visit.workbook.store.get(str(interview.body["application_id"]))
        return application is not None and application.body.get("outcome", "open") == "open"

    def _choice_row(self, interview: Revision) -> dict[str, Any]:
        return {
            "text": interview_line(self._visit, interview),
            "when": self._day(interview),
            "href": self._first_open(interview.record_id),
        }

    def _day(self, interview: Revision) -> str:
        held_on = interview.body.get("held_on")
        if held_on == self._visit.workbook.today().isoformat():
            return self._visit.words("ready.pick.today")
        return (
            self._visit.day(dt.date.fromisoformat(held_on))
            if held_on
            else self._visit.words("ready.pick.no_day")
        )

    def _first_open(self, about: str) -> str:
        parts = self._parts(about)
        return parts.href(parts.first_open() if any(map(parts.begun, parts.exercises)) else "")

    def _begin(self, interview_id: str) -> None:
        self._visit.go(f"ready/{interview_id}")
        self.open(interview_id)

    # One part ----------------------------------------------------------------------------------------------

    def _parts(self, about: str) -> Parts:
        return Parts(
            visit=self._visit,
            exercises=self._exercises,
            address=f"#/ready/{about}",
            subject=None if about == GENERAL else about,
        )

    def _show_part(self, interview: Revision | None) -> None:
        parts = self._parts(GENERAL if interview is None else interview.record_id)
        self.widget.head(self._chapter.title, self._lede(interview))
        letters = [] if interview is None else letters_for_today(self._visit, interview.record_id)
        self._above.show([*letters, parts.position(self._part)])
        self._onward.show(self._onward_panels(parts))
        label = self._visit.words("ready.pick.other")
        other = {"id": "other", "label": label, "href": "#/ready", "look": "quiet"}
        self._margin.show([parts.contents(self._part, other=other)])
        asking = self._asked.show(self._exercises[self._part], parts.subject)
        odds = []
        if self._part == "odds":
            self._odds.show()
            odds = self._odds.widgets
        self._arrange([self._above, asking, *odds, self._onward], [self._margin])

    def _lede(self, interview: Revision | None) -> str:
        if interview is None:
            return self._visit.words("ready.lede_general")
        line = interview_line(self._visit, interview)
        if interview.body.get("held_on") == self._visit.workbook.today().isoformat():
            return self._visit.words("ready.lede_today", interview=line)
        return self._visit.words("ready.lede_one", interview=line, day=self._day(interview))

    def _onward_panels(self, parts: Parts) -> list[dict[str, Any]]:
        say, panels = self._visit.words, []
        if self._part == "goal":
            panels += self._goal_panel(parts.subject)
        if self._part == list(self._exercises)[-1]:
            start = {"id": "start", "label": say("ready.done.action"), "href": "#/start"}
            title, text = say("ready.done.title"), say("ready.done.text")
            panels.append({"id": "done", "title": title, "text": text, "actions": [start]})
        return [*panels, parts.onward(self._part)]

    def _goal_panel(self, subject: str | None) -> list[dict[str, Any]]:
        what, how = (reply_text(self._visit, f"ready/goal-{half}", subject) for half in ("what", "how"))
        form = goal_form(what, how, self._visit.content.locale)
        if form == "empty":
            return []
        return [
            {
                "id": "goal",
                "look": "notice",
                "announce": True,
                "text": self._visit.words(f"ready.goal.{form}"),
            }
        ]

    def _arrange(self, children: list[Any], margin: list[Any]) -> None:
        if self.widget.children != children:
            self.widget.children = children
        if self.widget.margin != margin:
            self.widget.margin = margin
