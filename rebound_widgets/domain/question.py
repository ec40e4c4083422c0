"""What a chapter asks, and what it accepts as a reply."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from .refused import Refused

ID_FORM = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
PROSE_LIMIT = 100_000
LINE_LIMIT = 500
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class Question:
    """One thing a chapter asks. The reply to it is plain JSON; ``None`` means "not answered".

    Attributes:
        id: ``"<chapter>/<question>"``, permanent.
        ask: The words of the question; also the accessible name of its control.
        hint: One more sentence under the question, or empty.
        private: Whether the reply can never be part of a share, by construction.
        field: ``"application.company"`` and the like when the reply is a field of a record rather than an
            answer of its own; else ``None``.
    """

    kind: ClassVar[str]

    id: str
    ask: str
    hint: str = ""
    private: bool = False
    field: str | None = None

    def __post_init__(self) -> None:
        chapter, slash, name = self.id.partition("/")
        if not (slash and ID_FORM.match(chapter) and ID_FORM.match(name)):
            raise Refused(
                "question-id",
                "A question's id is two names in small letters with a slash between, "
                "such as debrief/recall; this one is {got!r}.",
                got=self.id,
            )
        if not self.ask.strip():
            raise Refused("question-ask", "The question {id} has no words to ask.", id=self.id)

    @property
    def chapter(self) -> str:
        """The id of the chapter this question belongs to."""
        return self.id.partition("/")[0]

    def accept(self, value: Any) -> Any:
        """Return ``value`` as it is kept: plain JSON, or ``None`` when nothing was answered.

        Accepting twice changes nothing: ``accept(accept(v)) == accept(v)``.

        Raises:
            Refused: ``value`` is not a reply to this kind of question; the sentence is for the person.
        """
        raise NotImplementedError

    def as_mapping(self) -> dict[str, Any]:
        """The question as a plain mapping: what the ``Exercise`` widget takes."""
        own = {f.name: plain(getattr(self, f.name)) for f in fields(self) if f.name != "field"}
        return {"kind": self.kind, **own}


def plain(value: Any) -> Any:
    """``value`` as lists and mappings that JSON can write."""
    if isinstance(value, Question):
        return value.as_mapping()
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    return value


def accept_text(value: Any, *, limit: int, ask: str, one_line: bool = False) -> str | None:
    r"""Text as it is kept: line ends as ``\\n``, otherwise as typed; blank text is ``None``.

    Raises:
        Refused: not text, longer than ``limit`` characters, or holding characters no file can keep.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise Refused(
            "text-not-text", "“{ask}” takes words; it was given {got}.", ask=ask, got=type(value).__name__
        )
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if _UNKEEPABLE.search(text):
        raise Refused(
            "text-unkeepable",
            "“{ask}” holds a character that no file can keep. Leave out what was pasted last and try again.",
            ask=ask,
        )
    if one_line:
        text = " ".join(text.split())
    if len(text) > limit:
        raise Refused(
            "text-too-long",
            "“{ask}” takes up to {limit} characters; this has {got}. What you wrote is still on the page.",
            ask=ask,
            limit=limit,
            got=len(text),
        )
    return text if text.strip() else None


def accept_mapping(value: Any, names: tuple[str, ...], ask: str) -> dict[str, Any]:
    """``value`` as a mapping with no other keys than ``names``.

    Raises:
        Refused: not a mapping, or with keys this question does not know.
    """
    if not isinstance(value, Mapping) or not set(value) <= set(names):
        raise Refused(
            "form-shape",
            "“{ask}” takes the fields {names}; it was given something else.",
            ask=ask,
            names=", ".join(names),
        )
    return dict(value)
