"""A chapter of rooms: a front page with one next step, and one short page for each thing to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..domain.chapter import Exercise
from ..widgets import exercise as widget
from ..widgets.page import Page
from ..widgets.panels import Panels
from .visit import Visit

Panel = dict[str, Any]


def _nothing() -> list[Any]:
    """A room may have no more than its questions."""
    return []


def always() -> bool:
    """A room whose main button is always there."""
    return True


@dataclass(frozen=True, kw_only=True)
class Room:
    """One page of a chapter, ``#/<chapter>/<id>``.

    Attributes:
        id: Its address within the chapter; the id of its exercise where it has one.
        before: Panels above the questions, as the workbook is now.
        middle: Widgets between the questions and what follows them.
        after: Panels below.
        asks: Whether the exercise of that id is drawn; a room may draw it in a way of its own.
        main: Whether it has a main button of its own now; the way on is then a plain one.
        usual: What holds where a question was never answered: its field shows it, and nothing is kept by that.
    """

    id: str
    before: Callable[[], list[Panel]] = _nothing
    middle: Callable[[], list[Any]] = _nothing
    after: Callable[[], list[Panel]] = _nothing
    asks: bool = True
    main: Callable[[], bool] = bool
    usual: Callable[[], Mapping[str, Any]] = dict


class Rooms:
    """Draws the front page of a chapter, or one of its rooms, by what the rest of the address says.

    The order of the rooms is offered and never enforced. The widgets of a room are made when it is first
    opened and stay as long as the visit lasts.

    Args:
        visit: The visit.
        chapter_id: The chapter.
        rooms: In order. In the chapter's words under ``rooms.<id>``: ``title`` and ``text`` of a room without
            an exercise; ``lede`` where the sentence under the heading is not the exercise's own introduction;
            ``ask``, a heading over the questions where something stands above them.
        front: The panels of the front page, above the list of rooms.
        last: Widgets at the end of the front page.
        on_action: Called with the pressed action of any panel.
        lede: The sentence under the heading of the front page, where it is not the chapter's.
    """

    def __init__(
        self,
        visit: Visit,
        chapter_id: str,
        rooms: Sequence[Room],
        *,
        front: Callable[[], list[Panel]],
        last: Callable[[], list[Any]] = _nothing,
        on_action: Callable[[Panel], Any] | None = None,
        lede: str = "",
    ) -> None:
        self._visit = visit
        self._chapter = visit.chapter(chapter_id)
        self._front_lede = lede or self._chapter.lede
        self._exercises = {exercise.id: exercise for exercise in self._chapter.exercises}
        self._rooms = {room.id: room for room in rooms}
        self._front, self._last = front, last
        self._asked: dict[str, widget.Exercise] = {}
        words = visit.group("actions")
        self._first = Panels(on_action=on_action, words=words)
        self._before = Panels(on_action=on_action, words=words)
        self._after = Panels(on_action=on_action, words=words)
        self._onward = Panels(words=words)
        self._margin = Panels(words=words)
        self._room = ""
        self.rest = ""
        self.widget = Page(self._chapter.title, lede=self._front_lede)

    def open(self, rest: str) -> None:
        """Show what the rest of the address says; an unknown room is the front page."""
        name, _, self.rest = rest.partition("/")
        self._room = name if name in self._rooms else ""
        self.refresh()

    def refresh(self) -> None:
        """Show the workbook as it is now."""
        if self._room:
            self._show_room(self._rooms[self._room])
        else:
            self._show_front()

    def _arrange(self, children: list[Any], margin: list[Any]) -> None:
        if self.widget.children != children:
            self.widget.children = children
            self.widget.margin = margin

    # The front page ----------------------------------------------------------------------------------------

    def _show_front(self) -> None:
        self.widget.head(self._chapter.title, self._front_lede)
        self._first.show([*self._front(), self._list_panel()])
        self._arrange([self._first, *self._last()], [])

    def _list_panel(self) -> Panel:
        rows = [
            {
                "text": self.title(name),
                "detail": self._detail(name),
                "when": self._visit.words("shell.state_part") if self._begun(name) else "",
                "href": self.address(name),
            }
            for name in self._rooms
        ]
        return {"id": "rooms", "title": self._visit.words(f"{self._chapter.id}.rooms.title"), "rows": rows}

    def address(self, room: str) -> str:
        """Where a room is."""
        return f"#/{self._chapter.id}/{room}"

    def title(self, room: str) -> str:
        """What a room is called."""
        exercise = self._exercises.get(room)
        return exercise.title if exercise else self._visit.words(f"{self._chapter.id}.rooms.{room}.title")

    def _detail(self, room: str) -> str:
        exercise = self._exercises.get(room)
        return exercise.why if exercise else self._visit.words(f"{self._chapter.id}.rooms.{room}.text")

    def _begun(self, room: str) -> bool:
        exercise = self._exercises.get(room)
        if exercise is None or exercise.about != "own":
            return False
        kept = self._visit.workbook.replies(exercise.questions)
        return any(reply.value is not None for reply in kept.values())

    # A room ------------------------------------------------------------------------------------------------

    def _show_room(self, room: Room) -> None:
        exercise = self._exercises.get(room.id)
        self.widget.head(self.title(room.id), self._lede(room.id))
        self._before.show(room.before())
        self._after.show(room.after())
        self._onward.show([self._onward_panel(room)])
        self._margin.show([self._contents_panel(room)])
        asked = [self._asking(exercise, room)] if exercise is not None and room.asks else []
        shown = [self._before, *asked, *room.middle(), self._after, self._onward]
        self._arrange(shown, [self._margin])

    def _lede(self, room: str) -> str:
        """The sentence under the heading; the exercise's own introduction where the chapter has no other."""
        own, exercise = f"{self._chapter.id}.rooms.{room}.lede", self._exercises.get(room)
        if own in self._visit.words:
            return self._visit.words(own)
        return (exercise.intro or exercise.why) if exercise else self._detail(room)

    def _plainly(self, exercise: Exercise) -> Exercise:
        """The exercise without what the page's heading says already."""
        words, ask = self._visit.words, f"{self._chapter.id}.rooms.{exercise.id}.ask"
        lede = self._lede(exercise.id)
        return replace(
            exercise,
            title=words(ask) if ask in words else "",
            intro="" if exercise.intro == lede else exercise.intro,
            why="" if exercise.why == lede and not exercise.evidence else exercise.why,
        )

    def _asking(self, exercise: Exercise, room: Room) -> widget.Exercise:
        replies = self._visit.replies(exercise)
        for question, value in room.usual().items():
            if not replies[question].revision:
                replies[question] = widget.Kept(value, 0, None)
        if exercise.id not in self._asked:
            self._asked[exercise.id] = self._visit.ask(self._plainly(exercise))
        self._asked[exercise.id].show(replies)
        return self._asked[exercise.id]

    def _onward_panel(self, room: Room) -> Panel:
        say, names = self._visit.words, list(self._rooms)
        place = names.index(room.id) + 1
        actions = []
        if place < len(names) and not self.rest:  # within a room, the room says what is next
            label = say("rooms.next", title=self.title(names[place]))
            look = "plain" if room.main() else "main"
            actions.append({"id": "next", "label": label, "look": look, "href": self.address(names[place])})
        back = {"id": "all", "label": say("rooms.all", title=self._chapter.title), "look": "plain"}
        return {
            "id": "onward",
            "look": "plain",
            "actions": [*actions, {**back, "href": f"#/{self._chapter.id}"}],
        }

    def _contents_panel(self, room: Room) -> Panel:
        say = self._visit.words
        rows = []
        for name in self._rooms:
            here = name == room.id
            state = say("rooms.here") if here else say("shell.state_part") if self._begun(name) else ""
            link = {} if here else {"href": self.address(name)}
            rows.append({"text": self.title(name), "detail": state, **link})
        title = say(f"{self._chapter.id}.rooms.title")
        return {"id": "parts", "look": "margin", "title": title, "rows": rows}
