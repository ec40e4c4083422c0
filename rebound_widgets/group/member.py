"""The page of somebody in a group: the exercise that is open, and a line for everybody to read, if they like."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from typing import Any

from ..app.app import App
from ..chapters.quick import Declined
from ..chapters.rooms import Panel
from ..chapters.visit import Visit
from ..domain.chapter import Exercise
from ..domain.refused import Refused
from ..domain.text_questions import Line as LineQuestion
from ..history.exporting.records import Records
from ..history.exporting.whole import json_bytes
from ..widgets import exercise as widget
from ..widgets.actions import Actions
from ..widgets.download import Download
from ..widgets.page import Page
from .asked import counted, for_groups, picks_of
from .present import PresentPanels
from .room import CLOSING, LONGEST_WORD
from .wire import Line

ROOM = "room"
FILE_NAME = "my-workbook.rebound"
_ABOUT = "group-about"
_WALL = "room/wall"


class MemberPage:
    """``#/room``: follows what the counsellor opens. Only picks of it are told to the room, and no words.

    Args:
        visit: The visit.
    """

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._state: dict[str, Any] = {}
        self.line = Line.of_environment(self._heard)
        self._told: dict[str, dict[str, list[str]]] = {}
        self._offered = for_groups(visit.content)
        self._asked: dict[str, widget.Exercise] = {}
        self._word, self._revision = "", 0
        words = visit.group("actions")
        self._head = PresentPanels(self.line.open, words=words)
        self._send = Actions(self._send_items(), on_action=self._act, words=words)
        self._wall = self._wall_field()
        chapter = visit.content.desk[ROOM]
        say = visit.words
        self._take = Download(
            FILE_NAME, self._file, label=say("room.take"), kind="primary", words=visit.group("download")
        )
        self.widget = Page(chapter.title, lede=chapter.lede)

    def open(self, _rest: str) -> None:
        """There is one page; the room is heard from the moment that it is drawn."""
        self.refresh()

    def refresh(self) -> None:
        """Show the workbook and the room as they are now, and tell the room what changed."""
        self._head.show(self._panels())
        exercise = self._exercise
        children: list[Any] = [self._head]
        if exercise is not None:
            children += [self._exercise_widget(exercise), self._wall, self._send]
            self._tell(exercise)
        elif self._state.get("phase") == CLOSING:
            children.append(self._take)
        if self.widget.children != children:
            self.widget.children = children

    # What is open ------------------------------------------------------------------------------------------

    @property
    def _exercise(self) -> Exercise | None:
        return self._offered.get(str(self._state.get("exercise", "")))

    def _heard(self, state: dict[str, Any]) -> None:
        if state.get("exercise") != self._state.get("exercise"):
            self._told.clear()
        self._state = state
        self.refresh()

    def _panels(self) -> list[Panel]:
        say = self._visit.words
        if not self._state:
            return [{"id": "away", "title": say("room.away"), "text": say("room.away_text")}]
        if self._state["phase"] == CLOSING:
            moment = dt.datetime.fromtimestamp(float(self._state["ends_at"])).astimezone()
            time = self._visit.content.facts.show_time(moment)
            text = [say("room.closing_text", time=time), say("room.closing_home", file=FILE_NAME)]
            return [
                {
                    "id": "closing",
                    "look": "next",
                    "title": say("room.closing"),
                    "text": text,
                    "announce": True,
                }
            ]
        if self._exercise is None:
            text = [say("room.wait_text"), say("room.wait_look")]
            return [{"id": "wait", "title": say("room.wait"), "text": text, "announce": True}]
        text = [say("room.open_text")]
        if counted(self._exercise):
            text.append(say("room.open_counted"))
        return [{"id": "open", "look": "notice", "text": text}]

    def _exercise_widget(self, exercise: Exercise) -> widget.Exercise:
        about = self._about(exercise)
        key = f"{self._state['exercise']}"
        if key not in self._asked:
            self._asked[key] = self._visit.ask(exercise, about, versions=False)
        else:
            self._asked[key].show(self._visit.replies(exercise, about))
        return self._asked[key]

    def _about(self, exercise: Exercise) -> str | None:
        """What the exercise is about; in a workbook without any, one interview to think of is begun."""
        if exercise.about == "own":
            return None
        workbook = self._visit.workbook
        workbook.poll()  # another window may have begun it
        kept = workbook.setting(_ABOUT)
        if not isinstance(kept, dict):
            name = self._visit.words("room.firm")
            application = workbook.add_application({"company": name}, origin="group").record_id
            interview = workbook.add_interview(application, {}, origin="group").record_id
            kept = {"application": application, "interview": interview}
            workbook.set_setting(_ABOUT, kept)
        return str(kept[exercise.about])

    # What is told ------------------------------------------------------------------------------------------

    def _tell(self, exercise: Exercise) -> None:
        """Tell the room the picks that changed; it asks again at the next change when it was away."""
        replies = self._visit.workbook.replies(exercise.questions, record_id=self._about(exercise))
        for question in exercise.questions:
            kept = replies[question.id]
            picks = picks_of(question, kept.value)
            if not picks or (not any(picks.values()) and question.id not in self._told):
                continue
            if self._told.get(question.id) != picks:
                self._told[question.id] = picks
                with contextlib.suppress(RuntimeError):
                    asyncio.get_running_loop().create_task(self._tell_one(question.id, picks))

    async def _tell_one(self, question: str, picks: dict[str, list[str]]) -> None:
        try:
            await self.line.ask("picks", picks=picks)
        except Refused:
            self._told.pop(question, None)

    # The wall ----------------------------------------------------------------------------------------------

    def _wall_field(self) -> widget.Exercise:
        say = self._visit.words
        question = LineQuestion(
            id=_WALL, ask=say("room.wall_ask"), hint=say("room.wall_hint", most=LONGEST_WORD)
        )
        return widget.Exercise(
            [question.as_mapping()],
            replies={_WALL: widget.Kept("", 0, None)},
            workbook=self._visit.workbook.id,
            on_reply=self._written,
            words=self._visit.group("exercise"),
            heading=say("room.wall"),
        )

    def _written(self, reply: widget.Reply) -> widget.Kept:
        self._word, self._revision = str(reply.value or ""), self._revision + 1
        return widget.Kept(self._word, self._revision, None)

    def _send_items(self) -> list[dict[str, Any]]:
        return [{"id": "send", "label": self._visit.words("room.wall_send"), "kind": "plain"}]

    async def _act(self, _action: str) -> str:
        try:
            await self.line.ask("wall", text=self._word)
        except Refused as refused:
            raise Declined(self._visit.sentence(refused)) from None
        self._word, self._revision = "", self._revision + 1
        self._wall.show({_WALL: widget.Kept("", self._revision, None)})
        return self._visit.words("room.wall_sent")

    # Home --------------------------------------------------------------------------------------------------

    async def _file(self) -> bytes:
        store = self._visit.workbook.store
        made = await asyncio.to_thread(lambda: json_bytes(Records.of(store), dt.datetime.now(dt.UTC)))
        with contextlib.suppress(Refused):
            await self.line.ask("taken")
        return made


class MemberApp(App):
    """The whole workbook, with the group's page before it."""

    def _go(self, chapter: str, rest: str) -> Page:
        # Made when it is gone to, as every page: one that was there before would be told things while it loads.
        if chapter == ROOM and ROOM not in self._pages:
            self._pages[ROOM] = MemberPage(self._visit)
        return super()._go(chapter, rest)

    def _chapters(self) -> list[dict[str, Any]]:
        title = self.workbook.content.desk[ROOM].title
        return [{"id": ROOM, "title": title, "state": "none", "quiet": False}, *super()._chapters()]
