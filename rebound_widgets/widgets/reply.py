"""A reply on its way: what was answered, what was kept of it, and why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Kept:
    """A reply as it is kept.

    Attributes:
        value: Plain JSON; ``None`` when nothing was answered.
        revision: The number of the revision that holds it, 0 for none; later is greater.
        made_at: When it was written: an aware ``datetime`` or ISO 8601 text; ``None`` for not known.
        where: Where it was written, in words for the person; empty says "elsewhere".
    """

    value: Any = field(repr=False)
    revision: int = 0
    made_at: dt.datetime | str | None = None
    where: str = ""

    def as_mapping(self) -> dict[str, Any]:
        """What the browser is told."""
        made_at = self.made_at.isoformat() if isinstance(self.made_at, dt.datetime) else self.made_at
        told = {"value": self.value, "revision": self.revision, "made_at": made_at}
        return {**told, "where": self.where} if self.where else told


@dataclass(frozen=True)
class Reply:
    """What a person answered to one question.

    Attributes:
        question: The question's id.
        item: The item's number inside a list, else ``None``.
        value: Plain JSON; ``None`` when nothing is answered any more.
        base_revision: The revision the person had before their eyes; 0 for none.
        record_id: The record the exercise was about when it was written.
        page: The browser page it came from, an opaque id.
    """

    question: str
    item: int | None
    value: Any = field(repr=False)
    base_revision: int
    record_id: str
    page: str

    @property
    def key(self) -> str:
        """Its name among the replies: the question, and ``#<item>`` inside a list."""
        return reply_key(self.question, self.item)


class NotKept(Exception):
    """A reply that was not kept, and why, in a sentence for the person.

    Args:
        sentence: What is shown at the field. The words stay there.
        again: Whether trying again without a change may help (a full disk): the page then does so by itself.
    """

    def __init__(self, sentence: str, *, again: bool = False) -> None:
        super().__init__("a reply was not kept")  # never the sentence: it may quote what was written
        self.sentence = sentence
        self.again = again


class Clash(Exception):
    """A reply was changed elsewhere since the person saw it. Nothing was kept.

    Args:
        theirs: The version that is there now; the page shows both.
    """

    def __init__(self, theirs: Kept) -> None:
        super().__init__("a reply was changed elsewhere")
        self.theirs = theirs


def reply_key(question: str, item: int | None = None) -> str:
    """The name of one reply: ``"debrief/asked"``, or ``"debrief/asked#2"`` inside a list."""
    return question if item is None else f"{question}#{item}"


def read_reply(content: Mapping[str, Any]) -> tuple[int, Reply] | None:
    """The reply in a message, or ``None`` when it holds none."""
    seq, item, base = content.get("seq"), content.get("item"), content.get("base_revision", 0)
    question, page, record_id = content.get("question"), content.get("page"), content.get("record_id", "")
    whole = all(
        isinstance(n, int) and not isinstance(n, bool) for n in (seq, base, 0 if item is None else item)
    )
    if not (whole and all(isinstance(text, str) for text in (question, page, record_id))):
        return None
    reply = Reply(str(question), item, content.get("value"), base, str(record_id), str(page))
    return int(seq or 0), reply
