"""What a person takes along from a session: a reply for their workbook, and a page on paper."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Any

from ..chapters.passphrase_notice import passphrase_notice
from ..chapters.visit import Visit
from ..domain.record import Revision
from ..domain.refused import Refused
from ..reports import page_bytes, pdf_bytes
from ..sharing import CounselReply, file_stem, new_passphrase, reply_bytes
from ..widgets.download import Download
from ..widgets.panels import Panels
from ..widgets.text import Text
from .book import Desk
from .people import Person
from .sessions import reply_of
from .summary import summary

Now = Callable[[], tuple[Person, Revision] | None]


class Giving:
    """The end of a session's page.

    Args:
        desk: The desk.
        visit: The visit.
        now: Gives the person and the session that are open.
    """

    def __init__(self, desk: Desk, visit: Visit, now: Now) -> None:
        self._desk, self._visit, self._now = desk, visit, now
        self._passphrase = ""
        self._text = Text(words=visit.group("actions"))
        say, words = visit.words, visit.group("download")
        kinds = (
            ("reply", ".rebound-reply", "primary", self._open),
            ("reply_closed", ".rebound-reply", "plain", self._closed),
            ("pdf", ".pdf", "plain", self._pdf),
            ("html", ".html", "plain", self._html),
        )
        self._send = Panels(on_action=self._act, words=visit.group("actions"))
        self._sent = ""
        self._downloads = {
            Download(ending, make, label=say(f"session.{key}"), kind=kind, words=words): ending
            for key, ending, kind, make in kinds
        }

    def leave(self) -> None:
        """The counsellor went elsewhere: a passphrase is shown once."""
        self._passphrase = self._sent = ""

    def widgets(self) -> list[Any]:
        """What can be given, or what is missing for it."""
        say, reply = self._visit.words, self._reply()
        heading = {"kind": "heading", "text": say("session.give_title"), "level": 2}
        missing = ""
        if not self._desk.names:
            missing = say("session.give_name")
        elif reply is None or not (reply.note or reply.actions or reply.questions):
            missing = say("session.give_nothing")
        if missing:
            self._text.show([heading, {"kind": "paragraph", "text": missing, "tone": "hint"}])
            return [self._text]
        blocks: list[dict[str, Any]] = [heading, {"kind": "paragraph", "text": say("session.give_text")}]
        found = self._now()
        if self._passphrase and found is not None:
            blocks.append(passphrase_notice(say, "session", found[0].name, self._passphrase))
        self._text.show(blocks)
        if found is not None:
            self._name_files(found[0].name)
        return [self._text, *self._through_centre(found), *self._downloads]

    def _name_files(self, name: str) -> None:
        say, today = self._visit.words, self._visit.workbook.today()
        stem = file_stem(say["session.reply_file"], name, today, say["session.reply_file_without"])
        for download, ending in self._downloads.items():
            download.rename(f"{stem}{ending}")

    def _through_centre(self, found: tuple[Person, Revision] | None) -> list[Any]:
        """One press, where the person shared through the centre."""
        if found is None or not self._desk.centre.has(found[0].id):
            return []
        say = self._visit.words
        action = {"id": "send", "label": say("session.send", name=found[0].name), "look": "main"}
        said = [{"id": "sent", "look": "notice", "announce": True, "text": self._sent}] if self._sent else []
        self._send.show([*said, {"id": "centre", "look": "plain", "actions": [action]}])
        return [self._send]

    async def _act(self, _action: dict[str, Any]) -> None:
        reply, name, _worked = self._must()
        centre = self._desk.centre.centre
        if centre is None:
            return
        try:
            await asyncio.to_thread(centre.reply, reply)
        except Refused as refused:
            raise self._visit.not_kept(refused) from None
        self._sent = self._visit.words("session.sent", name=name)
        self._visit.redraw()

    def _reply(self) -> CounselReply | None:
        found = self._now()
        if found is None or not self._desk.names:
            return None
        person, session = found
        return reply_of(self._visit.workbook, person, session, self._desk.names[0])

    def _must(self) -> tuple[CounselReply, str, list[str]]:
        reply, found = self._reply(), self._now()
        if reply is None or found is None:
            raise RuntimeError("Nothing is open that could be given.")
        person, session = found
        question = self._visit.workbook.question("session/covered")
        chosen = self._visit.workbook.reply(question, record_id=session.record_id).value or ()
        return reply, person.name, [self._visit.words(f"session.component.{part}") for part in chosen]

    def _open(self) -> bytes:
        return reply_bytes(self._must()[0])

    async def _closed(self) -> bytes:
        passphrase = new_passphrase()
        file = await asyncio.to_thread(reply_bytes, self._must()[0], passphrase)
        self._passphrase = passphrase
        self._visit.redraw()
        return file

    async def _pdf(self) -> bytes:
        document = summary(*self._must(), self._visit.content)
        return await asyncio.to_thread(pdf_bytes, document, dt.datetime.now(dt.UTC))

    def _html(self) -> bytes:
        return page_bytes(summary(*self._must(), self._visit.content))
