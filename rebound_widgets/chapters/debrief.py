"""Right after the interview: choose it, then one part after the other, from what happened to the thank-you."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..domain.chapter import Exercise
from ..domain.record import Revision
from ..widgets import exercise as widget
from ..widgets.page import Page
from ..widgets.panels import Panels
from .asked_before import asked_before
from .letter_page import thanks_place
from .letter_parts import letter_parts
from .naming import interview_line, line_of
from .quick import InterviewLine
from .thanks import Thanks
from .visit import Visit

SHOWN = 8
"""Interviews listed to choose from; older ones are found in the search."""


class DebriefPage:
    """One part of one interview's debrief at a time, ``#/debrief/<interview>/<part>``.

    The order is offered and never enforced: every part can be reached from the margin. The widgets of a part
    are made when it is first opened and stay as long as the visit lasts.
    """

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._chapter = visit.chapter("debrief")
        self._parts = {exercise.id: exercise for exercise in self._chapter.exercises}
        self._interview: str | None = None
        self._part = next(iter(self._parts))
        self._asked: dict[tuple[str, str], widget.Exercise] = {}
        words = visit.group("actions")
        self._choose = Panels(words=words)
        self._position = Panels(words=words)
        self._onward = Panels(words=words)
        self._margin = Panels(words=words)
        self._quick = InterviewLine(visit, self._visit_debrief).widget
        self._thanks = Thanks(visit)
        self.widget = Page(self._chapter.title)

    def open(self, rest: str) -> None:
        interview_id, _, part = rest.partition("/")
        found = self._visit.workbook.find(interview_id) if interview_id else None
        live = found is not None and found.kind == "interview" and not found.deleted
        self._interview = interview_id if live else None
        self._part = part if part in self._parts else next(iter(self._parts))
        self.refresh()

    def refresh(self) -> None:
        found = self._visit.workbook.find(self._interview) if self._interview else None
        if found is None or found.deleted:
            self._show_choice()
        else:
            self._show_part(found)

    # Which interview ---------------------------------------------------------------------------------------

    def _show_choice(self) -> None:
        say = self._visit.words
        self.widget.head(self._chapter.title, self._chapter.lede)
        rows = [self._choice_row(interview) for interview in self._recent()]
        rows += [self._dayless_row(application) for application in self._dayless()[: SHOWN - len(rows)]]
        panel: dict[str, Any] = {"id": "choose", "title": say("debrief.pick.title"), "rows": rows}
        if not rows:
            panel |= {"text": say("debrief.empty.text")}
        self._choose.show([panel])
        self.widget.children = [self._choose, self._quick]
        self.widget.margin = []

    def _recent(self) -> list[Revision]:
        """The interviews that have been, the last one first; those without a day at the end."""
        today = self._visit.workbook.today().isoformat()
        held = [r for r in self._visit.workbook.interviews() if (r.body.get("held_on") or "") <= today]
        return sorted(held, key=lambda r: str(r.body.get("held_on") or ""), reverse=True)[:SHOWN]

    def _choice_row(self, interview: Revision) -> dict[str, Any]:
        say = self._visit.words
        begun = interview.record_id in self._debriefed()
        held_on = interview.body.get("held_on")
        return {
            "text": interview_line(self._visit, interview),
            "detail": say("debrief.pick.state_part" if begun else "debrief.pick.state_none"),
            "when": self._visit.day(dt.date.fromisoformat(held_on)) if held_on else "",
            "href": self._address(interview, self._first_open(interview) if begun else ""),
        }

    def _dayless(self) -> list[Revision]:
        """Applications that came to an interview nobody has noted, the latest first."""
        workbook = self._visit.workbook
        noted = {str(interview.body["application_id"]) for interview in workbook.interviews()}
        came = [
            record
            for record in workbook.current("application")
            if record.body.get("stage") in {"interview", "final"} and record.record_id not in noted
        ]
        return sorted(came, key=lambda r: str(r.body.get("applied_on") or ""), reverse=True)

    def _dayless_row(self, application: Revision) -> dict[str, Any]:
        detail = self._visit.words("debrief.pick.state_no_interview")
        href = f"#/search/{application.record_id}"
        return {"text": line_of(self._visit, application), "detail": detail, "href": href}

    def _debriefed(self) -> set[str]:
        answers = self._visit.workbook.history().answers
        return set(answers.loc[answers["chapter"] == "debrief", "interview_id"].dropna())

    def _visit_debrief(self, interview_id: str) -> None:
        self._visit.go(f"debrief/{interview_id}")
        self.open(interview_id)

    # One part of the debrief -------------------------------------------------------------------------------

    def _show_part(self, interview: Revision) -> None:
        say, exercise = self._visit.words, self._parts[self._part]
        held_on = interview.body.get("held_on")
        day = self._visit.day(dt.date.fromisoformat(held_on)) if held_on else say("search.application.no_day")
        line = interview_line(self._visit, interview)
        self.widget.head(self._chapter.title, say("debrief.lede_one", interview=line, day=day))
        self._position.show([self._position_panel(exercise)])
        self._onward.show(self._onward_panels(interview))
        self._margin.show([self._contents_panel(interview), *asked_before(self._visit, interview.record_id)])
        asked = (
            self._thanks_pieces(exercise, interview)
            if self._is_last(self._part)
            else [self._asking(exercise, interview)]
        )
        children = [self._position, *asked, self._onward]
        if self.widget.children != children:
            self.widget.children = children
            self.widget.margin = [self._margin]

    def _thanks_pieces(self, exercise: Exercise, interview: Revision) -> list[Any]:
        """What goes into the letter, the letter with its ways out, the day it was sent: as every other letter."""
        parts = letter_parts(exercise, thanks_place(interview.record_id))
        self._thanks.show(interview)
        return [
            self._asking(parts.before, interview),
            *self._thanks.above,
            self._asking(parts.letter, interview),
            *self._thanks.below,
            self._asking(parts.sent, interview, versions=False),
        ]

    def _asking(self, exercise: Exercise, interview: Revision, *, versions: bool = True) -> widget.Exercise:
        key, subject = (interview.record_id, exercise.id), self._subject(exercise, interview)
        if key not in self._asked:
            self._asked[key] = self._visit.ask(exercise, subject, versions=versions)
        else:
            self._asked[key].show(self._visit.replies(exercise, subject))
        return self._asked[key]

    def _subject(self, exercise: Exercise, interview: Revision) -> str | None:
        if exercise.about == "own":
            return None
        return (
            str(interview.body["application_id"]) if exercise.about == "application" else interview.record_id
        )

    def _is_last(self, part: str) -> bool:
        return part == list(self._parts)[-1]

    def _address(self, interview: Revision, part: str) -> str:
        return f"#/debrief/{interview.record_id}/{part}".rstrip("/")

    def _begun(self, exercise: Exercise, interview: Revision) -> bool:
        replies = self._visit.workbook.replies(
            exercise.questions, record_id=self._subject(exercise, interview)
        )
        return any(kept.value is not None for kept in replies.values())

    def _first_open(self, interview: Revision) -> str:
        """The first part nothing is written in yet; the first of all where there is none."""
        return next(
            (part for part, exercise in self._parts.items() if not self._begun(exercise, interview)), ""
        )

    def _position_panel(self, exercise: Exercise) -> dict[str, Any]:
        say = self._visit.words
        place = say(
            "debrief.part.position",
            number=list(self._parts).index(exercise.id) + 1,
            count=len(self._parts),
            minutes=say.plural("debrief.part.minutes", exercise.minutes),
        )
        return {"id": "position", "look": "plain", "hint": place}

    def _onward_panels(self, interview: Revision) -> list[dict[str, Any]]:
        say, parts = self._visit.words, list(self._parts)
        place = parts.index(self._part)
        actions: list[dict[str, Any]] = []
        for step, name, look in ((1, "next", "main"), (-1, "back", "plain")):
            if 0 <= place + step < len(parts):
                there = parts[place + step]
                label = say(f"debrief.part.{name}", title=self._parts[there].title)
                actions.append(
                    {"id": name, "label": label, "href": self._address(interview, there), "look": look}
                )
        onward = {"id": "onward", "look": "plain", "actions": actions}
        return [self._done_panel(interview), onward] if self._is_last(self._part) else [onward]

    def _done_panel(self, interview: Revision) -> dict[str, Any]:
        say = self._visit.words
        application = self._visit.workbook.find(str(interview.body["application_id"]))
        promised = None if application is None else application.body.get("answer_promised_on")
        then = (
            say("debrief.done.follow_up", day=self._visit.day(dt.date.fromisoformat(promised)))
            if promised
            else say("debrief.done.no_day")
        )
        return {
            "id": "done",
            "title": say("debrief.done.title"),
            "text": [say("debrief.done.text"), then],
            "actions": [
                {"id": "start", "label": say("debrief.done.action"), "href": "#/start", "look": "plain"}
            ],
        }

    def _contents_panel(self, interview: Revision) -> dict[str, Any]:
        say = self._visit.words
        rows = []
        for part, exercise in self._parts.items():
            here, begun = part == self._part, self._begun(exercise, interview)
            state = say("debrief.part.here") if here else say("debrief.part.begun") if begun else ""
            link = {} if here else {"href": self._address(interview, part)}
            rows.append({"text": exercise.title, "detail": state, **link})
        other = {"id": "other", "label": say("debrief.pick.other"), "href": "#/debrief", "look": "quiet"}
        title = say("debrief.part.title")
        return {"id": "parts", "look": "margin", "title": title, "rows": rows, "actions": [other]}
