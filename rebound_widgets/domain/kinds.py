"""The register of every kind of question: one row a kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

from .choice_questions import Cards, Checklist, Choice, Ranking, Scale, Several
from .question import Question
from .refused import Refused
from .text_questions import IfThen, Line, People, Prose, Star, TimedPage
from .value_questions import Date, Number


@dataclass(frozen=True, kw_only=True)
class Repeat(Question):
    """A list of small forms: one item for every question asked, strength, story.

    The items' replies are answers of the inner questions with an item number from 1; a number is never used
    again after its item was deleted. The reply to the repeat itself is the list of item numbers, in the order
    shown. Kept as ``list[int]``.

    Attributes:
        questions: The questions of one item. Their ids are in the chapter's own name space.
        item_title: The heading of one item, with ``{number}`` and ``{count}`` in braces.
        add: The words of the button that adds an item.
    """

    kind: ClassVar[str] = "repeat"
    questions: tuple[Question, ...] = ()
    item_title: str = ""
    add: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.questions or any(isinstance(inner, Repeat) for inner in self.questions):
            raise Refused("repeat-inner", "The list {id} needs questions that are not lists.", id=self.id)
        if not (self.item_title and self.add):
            raise Refused("repeat-words", "The list {id} needs item_title and add.", id=self.id)

    def accept(self, value: Any) -> list[int] | None:
        if value is None:
            return None
        whole = isinstance(value, list | tuple) and all(
            isinstance(item, int) and not isinstance(item, bool) and item > 0 for item in value
        )
        if not whole or len(set(value)) != len(value) or len(value) > 200:
            raise Refused(
                "repeat-items", "“{ask}” takes up to 200 items, each with a number of its own.", ask=self.ask
            )
        return list(value) or None


KINDS: Mapping[str, type[Question]] = MappingProxyType(
    {
        kind.kind: kind
        for kind in (
            Prose,
            Line,
            Scale,
            Choice,
            Several,
            Cards,
            Ranking,
            Checklist,
            Date,
            Number,
            People,
            IfThen,
            Star,
            Repeat,
            TimedPage,
        )
    }
)
