"""Their answer, read: which words go out to everybody, which are about this person, and what it does not say."""

from __future__ import annotations

from typing import Any

from ..letters import Reading, read_answer
from ..widgets.text import Text
from .letter_page import reply_text
from .visit import Visit

THEIR_ANSWER = "no/their-answer"
MOST_UNREAD = 6
"""More sentences than these are the letter itself, which stands below."""


class AnswerRead:
    """What stands under the pasted answer."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self.widget = Text(words=visit.group("actions"))

    def show(self, application_id: str) -> None:
        """Show what is recognised in this application's answer; nothing while there is none."""
        text = reply_text(self._visit, THEIR_ANSWER, application_id)
        reading = read_answer(text, self._visit.content.locale)
        self.widget.show([] if reading is None else self._blocks(text, reading))

    def _blocks(self, text: str, reading: Reading) -> list[dict[str, Any]]:
        say = self._visit.words
        said: list[dict[str, Any]] = [
            {"kind": "heading", "level": 3, "text": say("no.reading.title")},
            {"kind": "paragraph", "text": [{"text": reading.sentence, "strong": True}]},
        ]
        if reading.says:
            said.append({"kind": "list", "items": list(reading.says)})
        if reading.unread:
            said.append({"kind": "heading", "level": 4, "text": say("no.reading.unread")})
            said.append({"kind": "list", "items": [f"“{words}”" for words in reading.unread[:MOST_UNREAD]]})
        if reading.silent_on:
            said.append({"kind": "heading", "level": 4, "text": say("no.reading.silent")})
            said.append({"kind": "list", "items": list(reading.silent_on)})
        marked = {"kind": "quote", "text": self._marked(text, reading), "cite": say("no.reading.marked")}
        limit = {"kind": "paragraph", "tone": "hint", "text": say("no.reading.limit")}
        return [{"kind": "card", "blocks": [*said, marked, limit]}]

    def _marked(self, text: str, reading: Reading) -> list[Any]:
        """The answer with its known phrases quiet, and what is about the person standing out."""
        parts: list[Any] = []
        at = 0
        for found in reading.found:
            if found.start > at:
                parts.append(text[at : found.start])
            words = text[found.start : found.end]
            if found.kind == "feedback":
                about = self._visit.words("no.reading.about_you")
                parts += [{"text": words, "tone": "warm"}, {"text": f" ({about})", "tone": "quiet"}]
            else:
                parts.append({"text": words, "tone": "quiet"})
            at = found.end
        return [*parts, text[at:]] if at < len(text) else parts
