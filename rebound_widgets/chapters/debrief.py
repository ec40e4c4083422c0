"""Right after the interview: choose it, write what you remember, see both sides, say thank you."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import quote

from ..domain.record import Revision
from ..domain.refused import Refused
from ..widgets.actions import Actions
from ..widgets.exercise import Exercise
from ..widgets.page import Page
from ..widgets.panels import Panels
from .naming import interview_line, name_of
from .quick import InterviewLine
from .visit import Visit

LETTER = "debrief/thanks-letter"
QUALITY = "debrief/thanks-quality"
SHOWN = 8
"""Interviews listed to choose from; older ones are found in the search."""


class DebriefPage:
    """One interview at a time; the widgets of each stay for as long as the visit lasts."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._chapter = visit.chapter("debrief")
        self._interview: str | None = None
        self._asked: dict[str, list[Exercise]] = {}
        words = visit.group("panels")
        self._choose = Panels(words=words)
        self._before = Panels(words=words)
        self._margin = Panels(words=words)
        self._quick = InterviewLine(visit, self._visit_debrief).widget
        self._letter = Actions(on_action=self._act, words=visit.group("actions"))
        self.widget = Page(self._chapter.title)

    def open(self, rest: str) -> None:
        found = self._visit.workbook.store.get(rest) if rest else None
        live = found is not None and found.kind == "interview" and not found.deleted
        self._interview = rest if live else None
        self.refresh()

    def refresh(self) -> None:
        if self._interview is None:
            self._show_choice()
        else:
            self._show_debrief(self._visit.workbook.get(self._interview, "interview"))

    # Which interview ---------------------------------------------------------------------------------------

    def _show_choice(self) -> None:
        say = self._visit.words
        self.widget.head(self._chapter.title, self._chapter.lede)
        rows = [self._choice_row(interview) for interview in self._recent()]
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
            "href": f"#/debrief/{interview.record_id}",
        }

    def _debriefed(self) -> set[str]:
        answers = self._visit.workbook.history().answers
        return set(answers.loc[answers["chapter"] == "debrief", "interview_id"].dropna())

    def _visit_debrief(self, interview_id: str) -> None:
        self._visit.go(f"debrief/{interview_id}")
        self.open(interview_id)

    # The debrief -------------------------------------------------------------------------------------------

    def _show_debrief(self, interview: Revision) -> None:
        say, interview_id = self._visit.words, interview.record_id
        held_on = interview.body.get("held_on")
        day = self._visit.day(dt.date.fromisoformat(held_on)) if held_on else say("search.application.no_day")
        line = interview_line(self._visit, interview)
        self.widget.head(self._chapter.title, say("debrief.lede_one", interview=line, day=day))
        if interview_id not in self._asked:
            self._asked[interview_id] = [
                self._visit.ask(exercise, self._subject(exercise.about, interview))
                for exercise in self._chapter.exercises
            ]
        else:
            for widget, exercise in zip(self._asked[interview_id], self._chapter.exercises, strict=True):
                widget.show(self._visit.replies(exercise, self._subject(exercise.about, interview)))
        self._before.show([self._other_interview_panel()])
        self._margin.show(self._margin_panels(interview))
        self._letter.show(self._letter_items(interview))
        children = [*self._asked[interview_id], self._letter, self._before]
        if self.widget.children != children:
            self.widget.children = children
            self.widget.margin = [self._margin]

    def _subject(self, about: str, interview: Revision) -> str | None:
        if about == "own":
            return None
        return str(interview.body["application_id"]) if about == "application" else interview.record_id

    def _other_interview_panel(self) -> dict[str, Any]:
        say = self._visit.words
        action = {"id": "other", "label": say("debrief.pick.other"), "href": "#/debrief", "look": "plain"}
        back = {"id": "start", "label": say("debrief.done.action"), "href": "#/start", "look": "plain"}
        return {"id": "end", "look": "plain", "actions": [back, action]}

    def _margin_panels(self, interview: Revision) -> list[dict[str, Any]]:
        say = self._visit.words
        still = [
            exercise.title
            for exercise in self._chapter.exercises
            if not self._answered(exercise.questions, self._subject(exercise.about, interview))
        ]
        panels = [*self._asked_before(interview)]
        if still:
            panels.append(
                {
                    "id": "still",
                    "look": "margin",
                    "title": say("debrief.margin.still"),
                    "text": " · ".join(still),
                }
            )
        return panels

    def _answered(self, questions: Any, record_id: str | None) -> bool:
        replies = self._visit.workbook.replies(questions, record_id=record_id)
        return any(kept.value is not None for kept in replies.values())

    def _asked_before(self, interview: Revision) -> list[dict[str, Any]]:
        """Topics of this interview that were rated in an earlier one, the last time each."""
        history = self._visit.workbook.history()
        answers = history.answers
        inner = answers[answers["question"].isin(["debrief/asked-topic", "debrief/asked-rating"])]
        if inner.empty:
            return []
        table = inner.pivot_table(
            index=["interview_id", "item"], columns="question", values="value", aggfunc="first"
        ).reset_index()
        if not {"debrief/asked-topic", "debrief/asked-rating"} <= set(table.columns):
            return []
        here = table["interview_id"] == interview.record_id
        topics = set(table.loc[here, "debrief/asked-topic"].dropna())
        earlier = table[~here & table["debrief/asked-topic"].isin(topics)].dropna(
            subset=["debrief/asked-rating"]
        )
        return [
            {
                "id": f"before-{number}",
                "look": "margin",
                "title": self._visit.words(
                    "debrief.margin.before_topic", topic=self._topic(row["debrief/asked-topic"])
                ),
                "text": self._visit.words(
                    "debrief.margin.before_text",
                    company=self._company_of(str(row["interview_id"])),
                    rating=int(float(row["debrief/asked-rating"])),
                ),
            }
            for number, row in enumerate(earlier.drop_duplicates("debrief/asked-topic").to_dict("records"))
        ][:3]

    def _topic(self, topic: str) -> str:
        if topic.startswith("own:"):
            return topic[4:]
        options = getattr(self._visit.workbook.question("debrief/asked-topic"), "options", ())
        return next((option.text for option in options if option.id == topic), topic)

    def _company_of(self, interview_id: str) -> str:
        found = self._visit.workbook.store.get(interview_id)
        return name_of(self._visit, found) if found is not None else ""

    # The letter --------------------------------------------------------------------------------------------

    def _letter_items(self, interview: Revision) -> list[dict[str, Any]]:
        say = self._visit.words
        text = self._reply(LETTER, interview)
        if not text:
            return [{"id": "draft", "label": say("debrief.letter.start"), "kind": "primary"}]
        subject = self._draft(interview).subject
        address = f"mailto:?subject={quote(subject)}&body={quote(text)}"
        return [
            {"id": "mail", "label": say("debrief.letter.mail"), "kind": "primary", "href": address},
            {"id": "copy", "label": say("debrief.letter.copy"), "copy": text},
        ]

    def _draft(self, interview: Revision) -> Any:
        application = self._visit.workbook.store.get(str(interview.body["application_id"]))
        about = {} if application is None else application.body
        facts = {
            "company": about.get("company"),
            "role": about.get("role"),
            "interviewers": interview.body.get("interviewers"),
            "quality": self._reply(QUALITY, interview),
        }
        return self._visit.content.letters["thank-you"].fill(facts)

    def _reply(self, question_id: str, interview: Revision) -> str:
        question = self._visit.workbook.question(question_id)
        return str(self._visit.workbook.reply(question, record_id=interview.record_id).value or "")

    def _act(self, action: str) -> str:
        if action != "draft" or self._interview is None:
            return ""
        interview = self._visit.workbook.get(self._interview, "interview")
        try:
            self._visit.workbook.record(
                LETTER, self._draft(interview).body, record_id=interview.record_id, base_revision=None
            )
        except Refused as refused:
            return self._visit.sentence(refused)
        return self._visit.words("debrief.letter.started")
