"""Asks questions of every kind and takes each reply until it is kept; see docs/reference/exercise.md."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .frontend import STATIC, module, style
from .message_widget import MessageWidget
from .reply import Clash, Kept, NotKept, Reply, read_reply, reply_key
from .words import EXERCISE

__all__ = ["Clash", "Exercise", "Kept", "NotKept", "Reply", "reply_key"]

_REMEMBERED = 4096


class Exercise(MessageWidget):
    """Asks questions and takes the replies.

    Nothing that is asked or answered is a synced trait: it travels by message, so it never lands in a saved
    notebook. Alone in a notebook the replies are in ``value``; with ``on_reply`` the caller keeps them.

    Args:
        questions: Mappings as ``Question.as_mapping()`` of the domain makes them: at least ``kind``, ``id``
            and ``ask``.
        replies: What is answered already: ``"<question>"`` or ``"<question>#<item>"`` to ``Kept``, or to the
            bare value. Replies of deleted items count too: an item's number is never used again.
        record_id: The record it is about; handed back with every reply.
        workbook: The workbook's id; drafts in the browser are kept apart by it.
        on_reply: Keeps a reply and returns it as ``Kept`` once it is on disk; raises ``NotKept`` or
            ``Clash``. Anything else it raises is logged without what the person wrote, and the person is told
            kindly. It must not take longer than 200 ms.
        words: The words on screen, by key; see ``words.EXERCISE``.
        heading: Its heading, or empty.
        intro: A sentence or two under the heading, or empty.
        why: What it is good for, in a sentence, or empty.
        evidence: The sources of that sentence, each a sentence.
        level: The level of the heading, 1 to 4.
        facts: Whether the questions are short facts, such as the fields of a record: they then stand two
            abreast where there is room, and choices side by side.
        on_versions: Given ``record_id``, returns the earlier versions of its replies by ``reply_key``, newest
            first; then each can be seen beside the present one and brought back. It must not take longer
            than 200 ms.
        carries: Whether ``on_reply`` keeps replies to any question of the workbook: then what was written on a
            page that is not open any more, and never arrived, is handed over by this one.
    """

    _esm = module(STATIC / "exercise.js")
    _css = style("exercise")
    WORDS = EXERCISE
    HEARS = ("reply", "beat", "versions")

    def __init__(  # noqa: PLR0913 - each says one thing about the page, and all but one have a default
        self,
        questions: Sequence[Mapping[str, Any]],
        *,
        replies: Mapping[str, Any] | None = None,
        record_id: str = "",
        workbook: str = "",
        on_reply: Callable[[Reply], Kept] | None = None,
        words: Mapping[str, str] | None = None,
        heading: str = "",
        intro: str = "",
        why: str = "",
        evidence: Sequence[str] = (),
        level: int = 2,
        facts: bool = False,
        on_versions: Callable[[str], Mapping[str, Sequence[Kept]]] | None = None,
        carries: bool = False,
    ) -> None:
        self._frame: dict[str, Any] = {
            "heading": heading,
            "intro": intro,
            "why": why,
            "evidence": list(evidence),
            "level": level,
            "facts": facts,
            "has_versions": on_versions is not None,
            "carries": carries,
            "workbook": workbook,
            "record_id": record_id,
            "questions": [dict(question) for question in questions],
        }
        self._notes: dict[str, list[dict[str, Any]]] = {}
        self._on_reply_call = on_reply
        self._on_versions_call = on_versions
        self._kept: dict[tuple[str, str], Kept] = {}
        self._answered: OrderedDict[tuple[str, int], dict[str, Any]] = OrderedDict()
        self._chains: OrderedDict[tuple[str, str, str], tuple[int, int, int]] = OrderedDict()
        self._take(record_id, replies)
        super().__init__(words)

    @property
    def value(self) -> dict[str, Any]:
        """What is answered, by ``reply_key``, as plain JSON; what is not answered is left out."""
        record_id = self._frame["record_id"]
        return {
            key: kept.value
            for (record, key), kept in self._kept.items()
            if record == record_id and kept.value is not None
        }

    @property
    def record_id(self) -> str:
        """The record it is about; empty for none."""
        return str(self._frame["record_id"])

    def show(self, replies: Mapping[str, Any] | None = None, **frame: Any) -> None:
        """Show newer replies, or ask something else, on the widget that is there.

        Words a person has written and that are not kept yet are never written over: they are sent on the
        revision they were written on, and answered with a clash where a newer one is there.

        Args:
            replies: As for the constructor; those not named stay.
            **frame: Any of ``questions``, ``record_id``, ``heading``, ``intro``, ``why``, ``evidence``.

        Raises:
            TypeError: another name among ``frame``.
        """
        unknown = set(frame) - {"questions", "record_id", "heading", "intro", "why", "evidence"}
        if unknown:
            raise TypeError(f"An exercise shows no {min(unknown)}.")
        if "questions" in frame:
            frame["questions"] = [dict(question) for question in frame["questions"]]
        changed = any(self._frame[name] != value for name, value in frame.items())
        self._frame.update(frame)
        self._take(self.record_id, replies)
        if changed:
            self._show()
        elif replies:
            given = {key: self._kept[self.record_id, key].as_mapping() for key in replies}
            self._say({"type": "show", "page": None, "record_id": self.record_id, "replies": given})

    def note(self, question: str, notes: Sequence[Mapping[str, Any]]) -> None:
        """Say something about lines of a reply whose lines are numbered; the field itself is left alone.

        Args:
            question: A ``prose`` question whose mapping has ``numbered``.
            notes: Mappings of ``line`` (from 1), ``text``, and ``tone``: ``problem`` or ``hint``. They take the
                place of those before.
        """
        given = [dict(note) for note in notes]
        if self._notes.get(question, []) != given:
            self._notes[question] = given
            self._say({"type": "notes", "page": None, "notes": self._notes})

    def shown(self) -> dict[str, Any]:
        replies = {
            key: kept.as_mapping() for (record, key), kept in self._kept.items() if record == self.record_id
        }
        notes = {"notes": self._notes} if self._notes else {}
        return {**self._frame, "replies": replies, **notes}

    def _size(self) -> int:
        return len(self._frame["questions"])

    def _take(self, record_id: str, replies: Mapping[str, Any] | None) -> None:
        for key, given in (replies or {}).items():
            self._kept[record_id, key] = given if isinstance(given, Kept) else Kept(given)

    # What the browser says ---------------------------------------------------------------------------------

    def _on_beat(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        self._say({"type": "beat", "n": content.get("n"), "page": content.get("page")})

    def _on_versions(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        fetch, record_id = self._on_versions_call, self.record_id
        if fetch is None:
            return

        def answer(found: Mapping[str, Sequence[Kept]]) -> None:
            versions = {key: [kept.as_mapping() for kept in past] for key, past in found.items() if past}
            page = content.get("page")
            self._say({"type": "versions", "page": page, "record_id": record_id, "versions": versions})

        self._run(lambda: fetch(record_id), answer, lambda _sentence: answer({}))

    def _on_reply(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        heard = read_reply(content)
        if heard is None:
            self.log.error("Exercise: a message that is no reply was left alone.")
            return
        seq, reply = heard
        answer = self._answered.get((reply.page, seq))
        if answer is None:
            answer = self._answer(seq, reply)
        self._say({**answer, "page": reply.page})

    def _answer(self, seq: int, reply: Reply) -> dict[str, Any]:
        told = {"seq": seq, "question": reply.question, "item": reply.item}
        claimed = reply.base_revision
        before = self._chains.get((reply.page, reply.record_id, reply.key))
        if before is not None and seq < before[0]:
            # It was overtaken on the way by newer words of the same page: those are the answer.
            return self._acknowledge(seq, reply, self._kept[reply.record_id, reply.key])
        if before is not None and claimed == before[1]:
            # A page that closes sends its last words before it heard of its words before: both name the same
            # revision, and the later ones follow on the earlier.
            reply = replace(reply, base_revision=max(before[2], claimed))
        try:
            kept = self._keep(reply)
        except Clash as clash:
            return {"type": "clash", **told, "theirs": clash.theirs.as_mapping()}
        except Exception as error:  # whatever it is, the page must hear an answer
            again = bool(getattr(error, "again", not hasattr(error, "sentence")))
            return {"type": "refused", **told, "sentence": self._sentence(error), "again": again}
        self._kept[reply.record_id, reply.key] = kept
        _remember(self._chains, (reply.page, reply.record_id, reply.key), (seq, claimed, kept.revision))
        return self._acknowledge(seq, reply, kept)

    def _acknowledge(self, seq: int, reply: Reply, kept: Kept) -> dict[str, Any]:
        answer = {
            "type": "kept",
            "seq": seq,
            "question": reply.question,
            "item": reply.item,
            "revision": kept.revision,
            "made_at": kept.as_mapping()["made_at"],
            "on_disk": self._on_reply_call is not None,
        }
        _remember(self._answered, (reply.page, seq), answer)
        return answer

    def _keep(self, reply: Reply) -> Kept:
        if self._on_reply_call is None:
            return self._keep_here(reply)
        try:
            return self._on_reply_call(reply)
        except Clash as clash:
            if clash.theirs.value == reply.value:
                return clash.theirs  # both wrote the same
            raise

    def _keep_here(self, reply: Reply) -> Kept:
        """Keeps a reply in this object, where nobody else does."""
        there = self._kept.get((reply.record_id, reply.key), Kept(None))
        if there.value == reply.value:
            return there
        if there.revision != reply.base_revision:
            raise Clash(there)
        newest = max((kept.revision for kept in self._kept.values()), default=0)
        return Kept(reply.value, newest + 1, dt.datetime.now(dt.UTC))


def _remember(memory: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    """Keeps the newest entries of ``memory``."""
    memory[key] = value
    memory.move_to_end(key)
    while len(memory) > _REMEMBERED:
        memory.popitem(last=False)
