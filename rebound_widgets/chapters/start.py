"""Where you are: the next step, what is open, the road so far, this week's plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from ..history import History
from ..insight import Loop, Week, next_step, open_loops, weeks
from ..insight.told import answers, latest, stage
from ..widgets.page import Page
from ..widgets.panels import Panels
from ..widgets.road import Road
from .letter_page import letter_place
from .no_waiting import strong_feeling_today
from .own_step import own_step
from .ready_letter import letters_for_today
from .road import road_items, road_title
from .visit import Visit

SHOWN_LOOPS = 6
"""More open loops than this are a wall; the rest are a number and a link."""


class StartPage:
    """The first page. A first visit sees three doors; later ones the next step."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        chapter = visit.chapter("start")
        self._doors = Panels(words=visit.group("actions"))
        self._step = Panels(on_action=self._act, words=visit.group("actions"))
        self._road = Road(today=visit.workbook.today(), words=visit.group("road"))
        self._numbers = Panels([self._numbers_panel(visit)], words=visit.group("actions"))
        self._margin = Panels(words=visit.group("actions"))
        self._safety = Panels(words=visit.group("actions"))
        self._week = visit.ask(chapter.exercises[0])
        self.widget = Page(chapter.title, lede=chapter.lede)

    def open(self, rest: str) -> None:
        self.refresh()

    def refresh(self) -> None:
        # Read from the records: the page that everybody opens first makes no frame.
        history = self._visit.workbook.history()
        if not history.records("application"):
            self._doors.show(self._door_panels())
            self._arrange([self._doors, *self._safe()], [])
            self.widget.head(self.widget.title, self._visit.words("start.lede_first"))
            return
        today = self._visit.workbook.today()
        road = weeks(history, today)
        self.widget.head(self.widget.title, self._so_far(history, road))
        steps = self._step_panels(open_loops(history, today, later_today=self._later_today()), today)
        self._step.show([*letters_for_today(self._visit), *steps])
        self._road.show(
            road_items(history), title=road_title(self._visit, road, history), today=today.isoformat()
        )
        self._margin.show(self._margin_panels(history))
        self._arrange([self._step, self._road, self._numbers, self._week, *self._safe()], [self._margin])

    def _later_today(self) -> set[str]:
        """Today's interviews whose hour has not come: they are not looked back at yet."""
        now = self._visit.workbook.now()
        day, hour = now.date().isoformat(), f"{now:%H:%M}"
        held = self._visit.workbook.interviews()
        return {
            r.record_id for r in held if r.body.get("held_on") == day and (r.body.get("held_at") or "") > hour
        }

    @staticmethod
    def _numbers_panel(visit: Visit) -> dict[str, Any]:
        """The way from the road to what the numbers say."""
        label = visit.words("search.numbers.link")
        actions = [{"id": "numbers", "label": label, "href": "#/search/numbers", "look": "plain"}]
        return {"id": "numbers", "look": "plain", "actions": actions}

    def _arrange(self, children: list[Any], margin: list[Any]) -> None:
        if self.widget.children != children:
            self.widget.children = children
            self.widget.margin = margin

    def _safe(self) -> list[Panels]:
        """What the person should know about where the workbook lies and how it is backed up, if anything."""
        workbook = self._visit.workbook
        refused = workbook.backup_refused
        told = [*([refused] if refused is not None else []), *workbook.concerns()]
        title = self._visit.words("start.safety.title")
        sentences = [self._visit.sentence(one) for one in told]
        self._safety.show([{"id": "safety", "look": "notice", "title": title, "text": sentences}])
        return [self._safety] if sentences else []

    def _door_panels(self) -> list[dict[str, Any]]:
        say = self._visit.words
        doors = [
            {
                "text": say(f"start.doors.{door}.title"),
                "detail": say(f"start.doors.{door}.text"),
                "href": href,
            }
            for door, href in (("no", "#/no"), ("interview", "#/ready"), ("search", "#/search"))
        ]
        return [
            {"id": "doors", "look": "doors", "rows": doors},
            {"id": "privacy", "look": "plain", "hint": say("start.doors.privacy")},
        ]

    def _so_far(self, history: History, road: Sequence[Week]) -> str:
        """How long the search has gone on and what it has brought, in one line."""
        say = self._visit.words
        sent = sum(stage(one.body) != "saved" for one in history.records("application"))
        today = self._visit.workbook.today().isoformat()
        held = sum("" < (one.body.get("held_on") or "") <= today for one in history.records("interview"))
        sentences = [say.plural("start.lede_weeks", len(road))] if road else []
        sentences.append(say.plural("start.lede_applications", sent))
        if held:
            sentences.append(say.plural("start.lede_interviews", held))
        return " ".join(sentences)

    def _step_panels(self, loops: list[Loop], today: dt.date) -> list[dict[str, Any]]:
        own = own_step(self._visit)
        return [self._next_panel(loops, today), *own, *self._loop_panels(loops, today)]

    def _next_panel(self, loops: list[Loop], today: dt.date) -> dict[str, Any]:
        say = self._visit.words
        step = next_step(loops, self._put_off(today))
        if step is None:
            words, address = "start.next.keep-applying", "#/search"
            facts: dict[str, str] = {}
            text = "text"
        else:
            rests = step.kind == "letter" and strong_feeling_today(self._visit) is not None
            begun = "-begun" if step.unfilled else ""
            words, address = f"start.next.{step.kind}{begun}", _address(step)
            if (
                rests
            ):  # written on the evening of a strong feeling: it may be sent, and nobody says that it must
                words, address = f"start.next.letter-rests{begun}", f"#/no/{step.application_id}"
            day = self._visit.day(step.since)
            text = "text_promised" if step.kind == "follow-up" and step.known_on else "text"
            tomorrow = self._visit.day(today + dt.timedelta(days=1))
            facts = {
                "company": step.company,
                "day": day,
                "since": day,
                "letter": self._letter_title(step),
                "tomorrow": tomorrow,
            }
        later = (
            [{"id": "later", "label": say("start.next.not_today"), "look": "plain", "step": step.key}]
            if step
            else []
        )
        return {
            "id": "next",
            "look": "next",
            "title": say(f"{words}.title", **facts),
            "text": say(f"{words}.{text}", **facts),
            "hint": say.plural("start.next.minutes", int(say(f"{words}.minutes"))),
            "actions": [{"id": "open", "label": say(f"{words}.action"), "href": address}, *later],
        }

    def _loop_panels(self, loops: list[Loop], today: dt.date) -> list[dict[str, Any]]:
        if not loops:
            return []
        say = self._visit.words
        rows = [self._loop_row(loop, today) for loop in loops[:SHOWN_LOOPS]]
        left = len(loops) - SHOWN_LOOPS
        hint = say.plural("start.loops.more", left) if left > 0 else ""
        return [{"id": "loops", "title": say("start.loops.title"), "rows": rows, "hint": hint}]

    def _loop_row(self, loop: Loop, today: dt.date) -> dict[str, Any]:
        say = self._visit.words
        key, since = f"start.loops.{_words_of(loop)}", self._visit.day(loop.since)
        day = self._visit.day(loop.known_on or loop.since)
        facts = {"company": loop.company, "since": since, "day": day, "letter": self._letter_title(loop)}
        text = say.plural(key, loop.count, **facts) if loop.kind == "long-silence" else say(key, **facts)
        row: dict[str, Any] = {"text": text, "href": _address(loop)}
        if loop.kind == "interview-soon" or (loop.kind == "answer-awaited" and loop.known_on):
            row["when"], row["due"] = say("start.loops.on", day=day), loop.since <= today
        elif loop.due_on is not None:
            row["when"], row["due"] = (
                say("start.loops.by", day=self._visit.day(loop.due_on)),
                loop.due_on <= today,
            )
        return row

    def _letter_title(self, loop: Loop) -> str:
        return self._visit.content.letters[loop.letter].title if loop.letter else ""

    def _margin_panels(self, history: History) -> list[dict[str, Any]]:
        """Something good the person wrote earlier, in their own words."""
        kept = latest(
            one
            for one in answers(history)
            if one.question.startswith("debrief/went-well") and one.kind in {"line", "prose"}
        )
        if kept is None:
            return []
        title = self._visit.words("start.margin.kept", day=self._visit.day(kept.day))
        return [{"id": "you-wrote", "look": "margin", "title": title, "quote": kept.text}]

    def _put_off(self, today: dt.date) -> set[str]:
        put_off: dict[str, str] = self._visit.workbook.setting("put-off", {})
        return {step for step, day in put_off.items() if day == today.isoformat()}

    def _act(self, action: dict[str, Any]) -> None:
        if action.get("id") != "later":
            return
        workbook = self._visit.workbook
        today = workbook.today()
        kept = {step: today.isoformat() for step in self._put_off(today)}
        workbook.set_setting("put-off", {**kept, str(action["step"]): today.isoformat()})


WITH_A_DAY = {
    "answer-awaited": "answer-awaited-promised",
    "follow-up": "follow-up-promised",
    "start-date": "start-date-known",
}
"""The words for a loop whose day is known, where they differ."""


def _words_of(loop: Loop) -> str:
    if loop.unfilled:
        return f"{loop.kind}-begun"
    return WITH_A_DAY.get(loop.kind, loop.kind) if loop.known_on else loop.kind


def _address(loop: Loop) -> str:
    """Where a loop is closed."""
    if loop.kind == "letter" and loop.letter != "thank-you":
        return letter_place(loop.letter, loop.application_id).address
    if loop.kind == "interview-soon" and loop.interview_id:
        return f"#/ready/{loop.interview_id}"
    if loop.kind in {"follow-up", "look-again"}:
        return f"#/no/{loop.application_id}/silence"
    if loop.kind in {"debrief", "thanks", "letter"} and loop.interview_id:
        part = "" if loop.kind == "debrief" else "/thanks"
        return f"#/debrief/{loop.interview_id}{part}"
    if loop.kind == "long-silence":
        return "#/keep-going/silence"
    return f"#/search/{loop.application_id}" if loop.application_id else "#/search"
