"""A session with one person: the road, what changed, what may be worth the hour, two kinds of note."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..chapters.rooms import Panel
from ..chapters.visit import Visit
from ..domain.chapter import COMPONENTS, Exercise
from ..domain.record import Revision
from ..widgets import exercise as widget
from ..widgets.page import Page
from ..widgets.panels import Panels
from ..widgets.road import Road
from ..widgets.text import Text
from .book import Desk
from .facts import Facts, facts_of
from .giving import Giving
from .people import Person
from .rules import TOPICS, said
from .sessions import begin_session, changed, covered, road_items
from .shared_things import shared_blocks

TOGETHER = "together"
PRIVATE = "private"
MOST_TOPICS = 3


class SessionPage:
    """``#/session/<person>``, with ``/together`` for two before one screen, and ``/<session>`` for an earlier one."""

    def __init__(self, desk: Desk, visit: Visit) -> None:
        self._desk, self._visit = desk, visit
        words = visit.group("actions")
        self._head, self._topics, self._begin = (Panels(on_action=self._act, words=words) for _ in range(3))
        self._margin = Panels(on_action=self._act, words=words)
        self._shared = Text(words=words)
        self._road = Road(today=visit.workbook.today(), words=visit.group("road"))
        self._giving = Giving(desk, visit, self._now)
        self._asked: dict[tuple[str, str], widget.Exercise] = {}
        self._person_id, self._together, self._session_id = "", False, ""
        chapter = visit.chapter("session")
        self.widget = Page(chapter.title, lede=chapter.lede)

    def open(self, rest: str) -> None:
        self._person_id, _, more = rest.partition("/")
        self._together = more.partition("/")[0] == TOGETHER
        self._session_id = more.partition("/")[2] if self._together else more
        self._giving.leave()
        person = self._desk.person(self._person_id)
        if person is not None:
            self._desk.opened(person)
        self.refresh()

    def refresh(self) -> None:
        person, chapter = self._desk.person(self._person_id), self._visit.chapter("session")
        if person is None:
            self.widget.head(chapter.title, chapter.lede)
            self._head.show([self._nobody()])
            self._arrange([self._head], [])
            return
        facts = facts_of(person, self._visit.workbook.today())
        self.widget.head(person.name, self._lede(person))
        self._head.show(self._head_panels(person, facts))
        self._topics.show(self._topic_panels(facts))
        self._shared.show(shared_blocks(person, self._visit.content))
        self._margin.show(self._margin_panels(person))
        road = self._show_road(person, facts)
        self._arrange([self._head, *road, self._topics, self._shared, *self._notes(person)], [self._margin])

    def _arrange(self, children: list[Any], margin: list[Any]) -> None:
        if self.widget.children != children or self.widget.margin != margin:
            self.widget.children, self.widget.margin = children, margin

    # The person --------------------------------------------------------------------------------------------

    def _nobody(self) -> Panel:
        say, key = self._visit.words, "gone" if self._person_id else "none"
        action = {"id": "desk", "label": say("session.to_desk"), "href": "#/desk"}
        return {
            "id": "nobody",
            "title": say("session.none_title"),
            "text": say(f"session.{key}"),
            "actions": [action],
        }

    def _lede(self, person: Person) -> str:
        say = self._visit.words
        if person.last_on is None or person.until is None:
            return say("session.nothing_now")
        given, until = (self._visit.day(day, "year") for day in (person.last_on, person.until))
        told = say("session.shared_text", given=given, until=until)
        why = str(person.shares[-1].body["why"])
        return f"{told} {say('session.shared_why', why=why)}" if why else told

    def _address(self, *more: str) -> str:
        return "/".join((f"#/session/{self._person_id}", *(part for part in more if part)))

    def _head_panels(self, person: Person, facts: Facts) -> list[Panel]:
        say = self._visit.words
        if self._together:
            action = {"id": "own", "label": say("session.together_off"), "look": "plain"}
            panels = [
                {
                    "id": "together",
                    "look": "notice",
                    "text": say("session.together_on"),
                    "actions": [{**action, "href": self._address(self._session_id)}],
                }
            ]
        else:
            label = say("session.together")
            action = {
                "id": "together",
                "label": label,
                "look": "plain",
                "href": self._address(TOGETHER, self._session_id),
            }
            panels = [{"id": "ways", "look": "plain", "actions": [action]}]
        return [*panels, self._changed_panel(person, facts)]

    def _changed_panel(self, person: Person, facts: Facts) -> Panel:
        say = self._visit.words
        found = changed(person, facts, self._visit.workbook.today())
        if found is None:
            return {"id": "changed", "look": "plain", "hint": say("session.changed_first")}
        title = say("session.changed", day=self._visit.day(found.since, "year"))
        rows = [
            {"text": say(f"session.change.{name}", before=before, now=now)}
            for name, (before, now) in found.numbers.items()
        ]
        rows += [{"text": one, "when": say("session.is_new")} for one in found.new]
        rows += [{"text": one, "when": say("session.is_changed")} for one in found.other]
        return {
            "id": "changed",
            "title": title,
            "rows": rows,
            "text": say("session.changed_none") if found.nothing else "",
        }

    def _show_road(self, person: Person, facts: Facts) -> list[Road]:
        if person.numbers is None:
            return []
        title = self._visit.words(
            "session.road_title",
            applications=facts.numbers["applications"],
            interviews=facts.numbers["interviews"],
        )
        self._road.show(
            road_items(person.numbers), title=title, today=self._visit.workbook.today().isoformat()
        )
        return [self._road]

    def _topic_panels(self, facts: Facts) -> list[Panel]:
        say = self._visit.words
        heading = {
            "id": "topics",
            "look": "plain",
            "title": say("session.topics"),
            "hint": say("session.topics_rule"),
        }
        return [
            heading,
            *(
                {
                    "id": f"topic-{topic.id}",
                    "title": topic.title,
                    "text": topic.reason,
                    "details": [{"summary": say("session.questions"), "text": list(topic.questions)}],
                }
                for topic in said(TOPICS, facts, self._visit.content, MOST_TOPICS)
            ),
        ]

    # The session -------------------------------------------------------------------------------------------

    def _session(self, person: Person) -> Revision | None:
        """The session that is open: the one of the address, else today's."""
        today = self._visit.workbook.today().isoformat()
        for session in reversed(person.sessions):
            if session.record_id == self._session_id or (
                not self._session_id and session.body["held_on"] == today
            ):
                return session
        return None

    def _now(self) -> tuple[Person, Revision] | None:
        person = self._desk.person(self._person_id)
        session = None if person is None else self._session(person)
        return None if person is None or session is None else (person, session)

    def _notes(self, person: Person) -> list[Any]:
        say, session = self._visit.words, self._session(person)
        if session is None:
            action = {"id": "begin", "label": say("session.begin")}
            text = {"title": say("session.begin_title"), "text": say("session.begin_text")}
            self._begin.show([{"id": "begin", "look": "next", **text, "actions": [action]}])
            return [self._begin]
        day = self._visit.day(_held_on(session), "year")
        self._begin.show([{"id": "session", "look": "plain", "title": say("session.of", day=day)}])
        asked = [
            self._ask(exercise, session.record_id)
            for exercise in self._visit.chapter("session").exercises
            if not (self._together and exercise.id == PRIVATE)
        ]
        return [self._begin, *asked, *self._giving.widgets()]

    def _ask(self, exercise: Exercise, session_id: str) -> widget.Exercise:
        key = session_id, exercise.id
        if key not in self._asked:
            own = {"private": self._visit.words("session.private_mark")}
            self._asked[key] = self._visit.ask(exercise, session_id, versions=False, words=own)
        else:
            self._asked[key].show(self._visit.replies(exercise, session_id))
        return self._asked[key]

    def _margin_panels(self, person: Person) -> list[Panel]:
        say, here = self._visit.words, self._session(person)
        rows = []
        for session in reversed(person.sessions):
            more = (TOGETHER, session.record_id) if self._together else (session.record_id,)
            link = {"detail": say("session.here")} if session == here else {"href": self._address(*more)}
            rows.append({"text": self._visit.day(_held_on(session), "year"), **link})
        panels: list[Panel] = []
        if rows:
            panels.append({"id": "sessions", "look": "margin", "title": say("session.earlier"), "rows": rows})
        parts = [
            {
                "text": say(f"session.component.{part}"),
                "detail": say(f"session.component_{'skill' if part in COMPONENTS[:2] else 'morale'}"),
                "when": say.plural("session.component_times", count)
                if count
                else say("session.component_not"),
            }
            for part, count in covered(self._visit.workbook, person).items()
        ]
        panels.append(
            {"id": "components", "look": "margin", "title": say("session.components"), "rows": parts}
        )
        if not self._together:
            panels.append(self._forget_panel(person))
        return panels

    def _forget_panel(self, person: Person) -> Panel:
        say = self._visit.words
        confirm = {
            name: say(f"desk.forget.{name}", name=person.name)
            if name == "title"
            else say(f"desk.forget.{name}")
            for name in ("title", "text", "yes", "no")
        }
        action = {"id": "forget", "label": say("desk.forget.label"), "look": "quiet", "confirm": confirm}
        return {"id": "forget", "look": "margin", "actions": [action]}

    def _act(self, action: Panel) -> None:
        person = self._desk.person(self._person_id)
        if person is None:
            return
        if action.get("id") == "begin":
            begin_session(self._visit.workbook, person, facts_of(person, self._visit.workbook.today()))
            self.refresh()
        elif action.get("id") == "forget":
            self._desk.forget(person.id)
            self._visit.go("desk")


def _held_on(session: Revision) -> dt.date:
    return dt.date.fromisoformat(str(session.body["held_on"]))
