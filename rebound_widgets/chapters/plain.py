"""A chapter drawn from its content file alone: an institution's own, or a new one."""

from __future__ import annotations

from ..widgets.page import Page
from .visit import Visit


class PlainPage:
    """The exercises of a chapter, one under another; all of them about the person's own search."""

    def __init__(self, visit: Visit, chapter_id: str) -> None:
        self._visit = visit
        chapter = visit.chapter(chapter_id)
        self._exercises = [exercise for exercise in chapter.exercises if exercise.about == "own"]
        self._asked = [visit.ask(exercise) for exercise in self._exercises]
        self.widget = Page(chapter.title, lede=chapter.lede, children=self._asked)

    def open(self, rest: str) -> None:
        self.refresh()

    def refresh(self) -> None:
        for widget, exercise in zip(self._asked, self._exercises, strict=True):
            widget.show(self._visit.replies(exercise))
