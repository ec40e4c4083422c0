"""A chapter walked through one part at a time: where one is, the way onward, and every part within reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ..domain.chapter import Exercise
from ..domain.text_questions import TimedPage
from ..widgets import exercise as widget
from .visit import Visit


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The parts of one sitting, about one record or about the person's own search.

    Attributes:
        visit: The visit.
        exercises: The end of each part's address to its exercise, in order.
        address: The address they all begin with, such as ``"#/no/application-1x"``.
        subject: The record the replies are about; ``None`` for the person's own.
    """

    visit: Visit
    exercises: Mapping[str, Exercise]
    address: str
    subject: str | None

    def href(self, part: str) -> str:
        """The address of a part."""
        return f"{self.address}/{part}".rstrip("/")

    def begun(self, part: str) -> bool:
        """Whether anything is written in it."""
        replies = self.visit.workbook.replies(self.exercises[part].questions, record_id=self.subject)
        return any(kept.value is not None for kept in replies.values())

    def answered(self, part: str) -> bool:
        """Whether every question of it has an answer."""
        replies = self.visit.workbook.replies(self.exercises[part].questions, record_id=self.subject)
        return all(kept.value is not None for kept in replies.values())

    def first_open(self) -> str:
        """The first part nothing is written in yet; the first of all where there is none."""
        return next((part for part in self.exercises if not self.begun(part)), next(iter(self.exercises)))

    def position(self, part: str) -> dict[str, Any]:
        """Where one is, and how long it takes."""
        say = self.visit.words
        place = say(
            "debrief.part.position",
            number=list(self.exercises).index(part) + 1,
            count=len(self.exercises),
            minutes=say.plural("debrief.part.minutes", self.exercises[part].minutes),
        )
        return {"id": "position", "look": "plain", "hint": place}

    def onward(self, part: str, *, look: str = "main") -> dict[str, Any]:
        """The next part, and the one before.

        Args:
            part: The one that is open.
            look: ``plain`` for the way to the next where the part itself has a main button.
        """
        say, parts = self.visit.words, list(self.exercises)
        place = parts.index(part)
        actions = []
        for step, name, how in ((1, "next", look), (-1, "back", "plain")):
            if 0 <= place + step < len(parts):
                there = parts[place + step]
                label = say(f"debrief.part.{name}", title=self.exercises[there].title)
                actions.append({"id": name, "label": label, "href": self.href(there), "look": how})
        private = any(isinstance(one, TimedPage) for one in self.exercises[part].questions)
        hint = {"hint": say("no.part.traceless")} if private else {}
        return {"id": "onward", "look": "plain", "actions": actions, **hint}

    def contents(
        self, part: str, *, done: Mapping[str, bool] = MappingProxyType({}), other: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Every part with how it stands, for the margin.

        Args:
            part: The one that is open.
            done: Parts with a rule of their own, and whether they are done by it.
            other: The action that leads back to the choice.
        """
        say, rows = self.visit.words, []
        for name, exercise in self.exercises.items():
            state = "here" if name == part else "begun" if self.begun(name) else ""
            finished = done[name] if name in done else state == "begun" and self.answered(name)
            words = say("no.part.done") if finished else say(f"debrief.part.{state}") if state else ""
            link = {} if name == part else {"href": self.href(name)}
            rows.append({"text": exercise.title, "detail": words, **link})
        title = say("debrief.part.title")
        return {"id": "parts", "look": "margin", "title": title, "rows": rows, "actions": [dict(other)]}


class Asked:
    """The exercises of a chapter as widgets: made when first opened, kept as long as the visit lasts."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._made: dict[tuple[str | None, str, str], widget.Exercise] = {}

    def show(
        self, exercise: Exercise, subject: str | None, *, only: str = "", versions: bool = True
    ) -> widget.Exercise:
        """The exercise about ``subject``, with the replies as they are now.

        Args:
            exercise: What to ask.
            subject: What the replies are about.
            only: Which of several pieces of one exercise it is, where a page shows it in pieces.
            versions: Whether it ends in the earlier versions of its replies.
        """
        key = subject, exercise.id, only
        if key not in self._made:
            self._made[key] = self._visit.ask(exercise, subject, versions=versions)
        else:
            self._made[key].show(self._visit.replies(exercise, subject))
        return self._made[key]
