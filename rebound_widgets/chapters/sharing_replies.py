"""What a counsellor gave back: read from a file, kept apart, shown as theirs."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

from ..domain.record import Revision
from ..domain.refused import Refused
from ..sharing import LARGEST_BYTES, CounselReply, read_reply, sender_id
from ..sharing.replies import reply_body
from ..widgets.file_chooser import ChosenFile, FileChooser
from ..widgets.passphrase import Passphrase
from .own_centre import OwnCentre
from .rooms import Panel
from .visit import Visit


class SharingReplies:
    """What stands in ``#/share/replies``.

    Args:
        visit: The visit.
        centre: What is known of the centre, where there is one.
    """

    def __init__(self, visit: Visit, centre: OwnCentre) -> None:
        self._visit, self._centre = visit, centre
        self._closed: bytes | None = None
        self._chooser = FileChooser(
            self._take,
            accept=".rebound-reply",
            limit_bytes=LARGEST_BYTES,
            label=visit.words("share.replies.choose"),
            words=visit.group("file-chooser"),
        )
        self._passphrase = Passphrase(
            self._unlock, words={**visit.group("actions"), **visit.group("passphrase")}
        )

    def leave(self) -> None:
        """The person went elsewhere: a closed file waits no longer."""
        self._closed = None

    def widgets(self) -> list[Any]:
        """The file to choose, and its passphrase where it has one."""
        return [self._chooser, *([self._passphrase] if self._closed is not None else [])]

    def take_in(self) -> None:
        """Keep what came back through the centre; what is here already stays as it is."""
        for reply in self._centre.replies:
            there = self._visit.workbook.find(reply.id)
            if there is None and reply.sender == self._sender():
                self._visit.workbook.put(reply.id, "counsel", reply_body(reply))

    def panels(self) -> list[Panel]:
        """Every reply, the newest first; a sentence where there is none."""
        replies = sorted(
            self._visit.workbook.current("counsel"), key=lambda r: (r.body["made_on"], r.number), reverse=True
        )
        if not replies:
            say = self._visit.words
            text = say("share.replies.none_text_centre" if self._centre else "share.replies.none_text")
            return [{"id": "none", "title": say("share.replies.none"), "text": text}]
        return [self._panel(reply) for reply in replies]

    def latest(self) -> list[Panel]:
        """What was agreed last, for the front page."""
        say, found = self._visit.words, self.panels()
        if not found[0].get("rows"):
            return []
        more = {
            "id": "replies",
            "label": say("share.replies.all"),
            "href": "#/share/replies",
            "look": "plain",
        }
        return [{**found[0], "id": "agreed", "details": [], "quote": "", "actions": [more]}]

    def _panel(self, reply: Revision) -> Panel:
        say, body = self._visit.words, reply.body
        rows = [
            {
                "text": str(action["what"]),
                "when": say("share.replies.by", day=self._day(action["by"])) if action["by"] else "",
            }
            for action in body["actions"]
        ]
        asked = "\n".join(str(question) for question in body["questions"])
        details = [{"summary": say("share.replies.questions"), "text": asked}] if asked else []
        return {
            "id": reply.record_id,
            "title": say("share.replies.from", name=body["from"], day=self._day(body["made_on"])),
            "hint": say("share.replies.theirs", name=body["from"]),
            "quote": str(body["note"]),
            "rows": rows,
            "details": details,
        }

    def _day(self, day: str) -> str:
        return self._visit.day(dt.date.fromisoformat(day), "year")

    # Reading -----------------------------------------------------------------------------------------------

    def _take(self, file: ChosenFile) -> str:
        data = file.path.read_bytes()
        try:
            return self._keep(read_reply(data, self._sender()))
        except Refused as refused:
            if refused.rule != "share-closed":
                raise self._visit.not_kept(refused) from None
            self._closed = data
            self._visit.redraw()
            return self._visit.sentence(refused)

    async def _unlock(self, passphrase: str) -> str:
        data = self._closed or b""
        try:
            reply = await asyncio.to_thread(read_reply, data, self._sender(), passphrase)
        except Refused as refused:
            raise self._visit.not_kept(refused) from None
        self._closed = None
        return self._keep(reply)

    def _sender(self) -> str:
        return sender_id(self._visit.workbook.id)

    def _keep(self, reply: CounselReply) -> str:
        say, workbook = self._visit.words, self._visit.workbook
        there = workbook.find(reply.id)
        if there is not None and not there.deleted:
            return say("share.replies.known")
        workbook.put(reply.id, "counsel", reply_body(reply))
        return say("share.replies.taken", name=reply.counsellor)
