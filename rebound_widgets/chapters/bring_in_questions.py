"""The questions about one list as widgets: what to decide, its columns, its words, its look-alikes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..history.importing import ImportPlan, Table
from ..widgets.exercise import Exercise, Kept, Reply
from .bring_in_asking import Asked, columns_asked, decisions, look_alikes, words_asked
from .visit import Visit


class ListQuestions:
    """Four exercises, each there once the list asks for it, and the same one for as long as the list is looked at.

    Attributes:
        decide: What the file does not say of itself.
        columns: What each column is.
        words: What each status word means.
        pairs: Which look-alikes to leave out.
    """

    def __init__(self, visit: Visit, on_reply: Callable[[Reply], Kept]) -> None:
        self._visit, self._on_reply = visit, on_reply
        self._revision = 0
        self.decide: Exercise | None = None
        self.columns: Exercise | None = None
        self.words: Exercise | None = None
        self.pairs: Exercise | None = None
        self._undecided: dict[str, dict[str, Any]] = {}

    def start_over(self) -> None:
        """Forget the list; the next one is asked about on new widgets."""
        for exercise in (self.decide, self.columns, self.words, self.pairs):
            if exercise is not None:
                exercise.close()
        self.decide = self.columns = self.words = self.pairs = None
        self._undecided = {}

    def ask(self, table: Table, plan: ImportPlan, left_out: set[int]) -> None:
        """The mapping as questions, each on the widget that is there."""
        visit = self._visit
        for question in decisions(visit, plan.mapping)[0]:
            self._undecided[question["id"]] = question
        self._revision += 1
        if self._undecided:
            asked: Asked = (list(self._undecided.values()), {})
            self.decide = self._shown(self.decide, asked, "mapping.decide_title", "mapping.decide_text")
        columns = columns_asked(visit, table, plan.mapping)
        self.columns = self._shown(self.columns, columns, "mapping.title", "mapping.text")
        words = words_asked(visit, plan.mapping)
        if words[0]:
            self.words = self._shown(self.words, words, "mapping.words_title", "mapping.words_text")
        if plan.alike:
            self.pairs = self._shown(self.pairs, look_alikes(visit, plan, left_out))

    def kept(self, reply: Reply) -> Kept:
        """What answers a reply that was taken."""
        self._revision += 1
        return Kept(reply.value, self._revision)

    def _shown(self, exercise: Exercise | None, asked: Asked, title: str = "", text: str = "") -> Exercise:
        questions, values = asked
        replies = {key: Kept(value, self._revision) for key, value in values.items()}
        if exercise is not None:
            exercise.show(replies, questions=questions)
            return exercise
        say = self._visit.words
        return Exercise(
            questions,
            replies=replies,
            on_reply=self._on_reply,
            words=self._visit.group("exercise"),
            heading=say(f"search.import.{title}") if title else "",
            intro=say(f"search.import.{text}") if text else "",
        )
