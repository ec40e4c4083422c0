"""What was shared, with whom, until when; and how it is taken back."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

from ..domain.record import Revision
from ..domain.refused import Refused
from ..sharing import Revocation, file_stem, revocation_bytes
from ..sharing.centre_sentences import SAID
from ..widgets.download import Download
from ..widgets.panels import Panels
from .own_centre import OwnCentre
from .rooms import Panel
from .visit import Visit

NEWEST = 20
"""Shares shown one by one; older ones that are over are a line each."""


class SharingLog:
    """What stands in ``#/share/shared``.

    Args:
        visit: The visit.
        centre: What is known of the centre, where there is one.
    """

    def __init__(self, visit: Visit, centre: OwnCentre) -> None:
        self._visit, self._centre = visit, centre
        self._told: dict[str, Panels] = {}
        self._downloads: dict[str, Download] = {}

    def panels(self) -> list[Panel]:
        """What taking back can do and what it cannot, or that there is nothing yet."""
        say = self._visit.words
        if not self._shares():
            action = {"id": "begin", "label": say("share.with.begin"), "href": "#/share/with-somebody"}
            text = say("share.shared.none")
            return [{"id": "none", "title": say("share.shared.title"), "text": text, "actions": [action]}]
        means = "means_centre" if self._centre else "means"
        return [{"id": "means", "look": "notice", "text": say(f"share.shared.{means}")}]

    def widgets(self) -> list[Any]:
        """Each share with its file that takes it back, the newest first."""
        shown: list[Any] = []
        for share in self._shares()[:NEWEST]:
            if share.record_id not in self._told:
                self._told[share.record_id] = Panels(on_action=self._act, words=self._visit.group("actions"))
            self._told[share.record_id].show([self._panel(share)])
            shown.append(self._told[share.record_id])
            if self._state(share) != "over" and not share.body.get("centre"):
                shown.append(self._download(share))
        older = self._shares()[NEWEST:]
        if older:
            rows = [{"text": self._line(share), "detail": self._state_words(share)} for share in older]
            panel = {"id": "older", "title": self._visit.words("share.shared.older"), "rows": rows}
            shown.append(Panels([panel], words=self._visit.group("actions")))
        return shown

    def _shares(self) -> list[Revision]:
        return sorted(
            self._visit.workbook.current("share"), key=lambda r: (r.body["given_on"], r.number), reverse=True
        )

    def _state(self, share: Revision) -> str:
        if share.body.get("taken_back_on"):
            return "taken-back"
        over = str(share.body["until"]) < self._visit.workbook.today().isoformat()
        return "over" if over else "open"

    def _day(self, share: Revision, name: str) -> str:
        return self._visit.day(dt.date.fromisoformat(str(share.body[name])), "year")

    def _line(self, share: Revision) -> str:
        return self._visit.words(
            "share.shared.line", name=share.body["for"], day=self._day(share, "given_on")
        )

    def _state_words(self, share: Revision) -> str:
        say, state = self._visit.words, self._state(share)
        name = "taken_back_on" if state == "taken-back" else "until"
        return say(f"share.shared.state.{state}", day=self._day(share, name))

    def _panel(self, share: Revision) -> Panel:
        say, opened = self._visit.words, self._opened(share)
        rows = [{"text": str(item["title"])} for item in share.body["items"]]
        text = [self._state_words(share)]
        if share.body.get("why"):
            text.append(say("share.shared.why", why=share.body["why"]))
        if opened:
            text.append(say("share.shared.opened", name=share.body["for"], day=opened))
        panel = {"id": share.record_id, "title": self._line(share), "text": text, "rows": rows}
        if share.body.get("centre") and self._state(share) == "open":
            label = say("share.shared.take_back_now")
            panel["actions"] = [{"id": "take-back", "label": label, "share": share.record_id}]
        return panel

    async def _act(self, action: Panel) -> None:
        """Take a share back at the centre: it is gone there when the page says so."""
        share_id, centre = str(action.get("share")), self._centre.centre
        if centre is None:  # shared there, and opened at home now
            raise self._visit.not_kept(Refused("centre-silent", SAID["centre-silent"]))
        try:
            await asyncio.to_thread(centre.take_back, share_id)
        except Refused as refused:
            raise self._visit.not_kept(refused) from None
        self._note_taken_back(share_id)

    def _opened(self, share: Revision) -> str:
        """The day it was opened, where the centre or a reply has said so."""
        if told := self._centre.opened.get(share.record_id):
            return self._visit.day(dt.date.fromisoformat(told), "year")
        for reply in self._visit.workbook.current("counsel"):
            for opening in reply.body["opened"]:
                if opening["share"] == share.record_id:
                    return self._visit.day(dt.date.fromisoformat(opening["on"]), "year")
        return ""

    def _download(self, share: Revision) -> Download:
        """The file that takes it back; the same button makes it again when it was lost.

        It stays the same widget: taking back draws the page anew while the file is still on its way.
        """
        say, share_id = self._visit.words, share.record_id
        if share_id not in self._downloads:
            label = say("share.shared.take_back")

            def make() -> bytes:
                return self._take_back(share_id)

            pattern, without = say["share.with.file_back"], say["share.with.file_back_without"]
            day = dt.date.fromisoformat(str(share.body["given_on"]))
            name = f"{file_stem(pattern, str(share.body['for']), day, without)}.rebound-revoke"
            self._downloads[share_id] = Download(name, make, label=label, words=self._visit.group("download"))
        return self._downloads[share_id]

    def _note_taken_back(self, share_id: str) -> Revision:
        workbook = self._visit.workbook
        share = workbook.get(share_id, "share")
        if not share.body.get("taken_back_on"):
            workbook.put(share_id, "share", {**share.body, "taken_back_on": workbook.today().isoformat()})
        return share

    def _take_back(self, share_id: str) -> bytes:
        share = self._note_taken_back(share_id)
        return revocation_bytes(Revocation(share=share_id, secret=str(share.body["secret"])))
