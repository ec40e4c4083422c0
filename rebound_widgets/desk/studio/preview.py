"""A file as the person will see it: the real widgets, in the real look, which keep nothing of what is tried in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...chapters.visit import Visit
from ...content import Content, Letter
from ...domain.chapter import Chapter, Exercise
from ...widgets import exercise as widget
from ...widgets.frame import Frame
from ...widgets.text import Text
from .folder import CHAPTER, LETTER, FileName

MOST_WORDS = 60
"""Sentences of a words file shown one by one."""


class Preview:
    """Shows one file of a content.

    Args:
        visit: The desk's visit, for the words around.
    """

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self.widget = Frame(visit.words("studio.preview"))
        self._text = Text(words=visit.group("actions"))
        self._asked: list[widget.Exercise] = []

    def show(
        self, name: FileName, content: Content | None, *, narrow: bool, texts: Mapping[str, str]
    ) -> bool:
        """Show the file; where it cannot be used as it is, what was shown before stays.

        Args:
            name: Which file.
            content: The content with the file in it, in the language to show.
            narrow: Whether to show it as wide as a phone.
            texts: The sentences of the file, for one that is no chapter and no letter.

        Returns:
            Whether it is shown as it is now.
        """
        if content is None:
            return False
        facts = content.facts
        label = self._visit.words("studio.preview_of", language=facts.name)
        self.widget.look(label, narrow=narrow, lang=content.locale, direction=facts.direction)
        chapter = {**content.chapters, **content.desk}.get(name.stem) if name.kind == CHAPTER else None
        letter = content.letters.get(name.stem) if name.kind == LETTER else None
        if chapter is not None:
            self._text.show(_head(chapter))
            self.widget.arrange([self._text, *self._exercises(chapter, content)])
        elif letter is not None:
            self._text.show(_letter(letter))
            self.widget.arrange([self._text])
        elif name.kind in (CHAPTER, LETTER):
            return False
        else:
            self._text.show(self._sentences(texts))
            self.widget.arrange([self._text])
        return True

    def clear(self) -> None:
        """Show nothing of the file that was open before."""
        self.widget.arrange([])

    def _sentences(self, texts: Mapping[str, str]) -> list[dict[str, Any]]:
        if not texts:
            return [{"kind": "paragraph", "text": self._visit.words("studio.preview_none"), "tone": "hint"}]
        items = [{"term": key, "text": said} for key, said in list(texts.items())[:MOST_WORDS]]
        return [{"kind": "facts", "items": items}]

    def _exercises(self, chapter: Chapter, content: Content) -> list[widget.Exercise]:
        """A widget for each exercise; those made once are shown other words."""
        words = content.words.group("exercise")
        for place, exercise in enumerate(chapter.exercises):
            frame = _frame(exercise, content)
            if place < len(self._asked):
                self._asked[place].show(**frame)
            else:
                made = widget.Exercise(
                    frame.pop("questions"), workbook="studio-preview", words=words, level=4, **frame
                )
                self._asked.append(made)
        return self._asked[: len(chapter.exercises)]


def _head(chapter: Chapter) -> list[dict[str, Any]]:
    return [
        {"kind": "heading", "text": chapter.title, "level": 3},
        {"kind": "paragraph", "text": chapter.lede, "tone": "lede"},
    ]


def _letter(letter: Letter) -> list[dict[str, Any]]:
    draft = letter.fill({})
    hint = [{"kind": "paragraph", "text": letter.hint, "tone": "hint"}] if letter.hint else []
    return [
        {"kind": "heading", "text": letter.title, "level": 3},
        *hint,
        {"kind": "letter", "subject": draft.subject, "text": draft.body},
    ]


def _frame(exercise: Exercise, content: Content) -> dict[str, Any]:
    return {
        "questions": [question.as_mapping() for question in exercise.questions],
        "record_id": f"{content.locale}-{exercise.id}",
        "heading": exercise.title,
        "intro": exercise.intro,
        "why": exercise.why,
        "evidence": [content.evidence[key].sentence for key in exercise.evidence],
    }
