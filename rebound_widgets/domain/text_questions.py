"""Questions answered in the person's own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from .question import LINE_LIMIT, PROSE_LIMIT, Question, accept_mapping, accept_text
from .refused import Refused


@dataclass(frozen=True, kw_only=True)
class Prose(Question):
    """Free text of any length, saved as it is written. Kept as ``str``."""

    kind: ClassVar[str] = "prose"
    rows: int = 4

    def accept(self, value: Any) -> str | None:
        return accept_text(value, limit=PROSE_LIMIT, ask=self.ask)


@dataclass(frozen=True, kw_only=True)
class Line(Question):
    """One line of text. Kept as ``str`` without line breaks.

    Attributes:
        suggestions: Words offered while typing; any other words are as welcome.
    """

    kind: ClassVar[str] = "line"
    suggestions: tuple[str, ...] = ()

    def accept(self, value: Any) -> str | None:
        return accept_text(value, limit=LINE_LIMIT, ask=self.ask, one_line=True)


@dataclass(frozen=True, kw_only=True)
class TimedPage(Question):
    """A private page written against a clock. Always private.

    Before the first key the page asks "keep as I write" or "leave no trace". Only the first ever reaches
    ``accept``; the second lives in the page's memory and is sent nowhere. Kept as ``str``.

    Attributes:
        minutes: How long the page suggests to write; nothing happens to the words when the time is over.
    """

    kind: ClassVar[str] = "timed-page"
    minutes: int = 15
    private: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.private:
            raise Refused("timed-page-private", "The timed page {id} has to stay private.", id=self.id)

    def accept(self, value: Any) -> str | None:
        return accept_text(value, limit=PROSE_LIMIT, ask=self.ask)


@dataclass(frozen=True, kw_only=True)
class _Form(Question):
    """A few named texts that belong together; blank fields are left out of what is kept."""

    FIELDS: ClassVar[tuple[str, ...]]
    LINES: ClassVar[frozenset[str]] = frozenset()

    labels: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if tuple(name for name, _ in self.labels) != self.FIELDS:
            raise Refused(
                "form-labels",
                "The question {id} needs a label for each of {names}, in this order.",
                id=self.id,
                names=", ".join(self.FIELDS),
            )

    def accept(self, value: Any) -> dict[str, str] | None:
        if value is None:
            return None
        given = accept_mapping(value, self.FIELDS, self.ask)
        labels = dict(self.labels)
        kept = {
            name: accept_text(
                given.get(name),
                limit=LINE_LIMIT if name in self.LINES else PROSE_LIMIT,
                ask=labels[name],
                one_line=name in self.LINES,
            )
            for name in self.FIELDS
        }
        return {name: text for name, text in kept.items() if text is not None} or None


@dataclass(frozen=True, kw_only=True)
class Star(_Form):
    """A story told as situation, task, action and result. Kept as a mapping of those four to ``str``."""

    kind: ClassVar[str] = "star"
    FIELDS: ClassVar[tuple[str, ...]] = ("situation", "task", "action", "result")


@dataclass(frozen=True, kw_only=True)
class IfThen(_Form):
    """An if-then plan (Gollwitzer). Kept as a mapping of ``if`` and ``then`` to ``str``."""

    kind: ClassVar[str] = "if-then"
    FIELDS: ClassVar[tuple[str, ...]] = ("if", "then")


@dataclass(frozen=True, kw_only=True)
class People(_Form):
    """Somebody to talk to or hear from. Kept as a mapping of ``name``, ``role``, ``contact``, ``note``."""

    kind: ClassVar[str] = "people"
    FIELDS: ClassVar[tuple[str, ...]] = ("name", "role", "contact", "note")
    LINES: ClassVar[frozenset[str]] = frozenset({"name", "role", "contact"})
