"""Share and take along: somebody who may read something, a report, everything as files, and erasing."""

from __future__ import annotations

from ..sharing.centre import Centre
from .erase_room import EraseRoom
from .own_centre import OwnCentre
from .report_room import ReportRoom
from .rooms import Panel, Room, Rooms, always
from .sharing_log import SharingLog
from .sharing_replies import SharingReplies
from .sharing_room import SharingRoom
from .taking_out import download_of
from .visit import Visit

FORMATS = ("json", "xlsx", "csv", "ics")


class SharePage:
    """``#/share`` and its rooms. What leaves is a file, or goes to the centre's own server where there is one."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._report = ReportRoom(visit, lambda: self._rooms.rest)
        self._erase = EraseRoom(visit)
        self._centre = OwnCentre(Centre.from_env(), self._heard)
        self._sharing, self._log = SharingRoom(visit, self._centre), SharingLog(visit, self._centre)
        self._replies = SharingReplies(visit, self._centre)
        self._downloads = [download_of(visit, suffix) for suffix in FORMATS]
        rooms = [
            Room(id="with-somebody", before=self._sharing.panels, middle=self._sharing.widgets, main=always),
            Room(id="shared", before=self._log.panels, middle=self._log.widgets),
            Room(id="replies", middle=self._replies.widgets, after=self._replies.panels),
            Room(
                id="report", before=self._report.panels, middle=self._report.widgets, asks=False, main=always
            ),
            Room(id="everything", before=self._whole, middle=lambda: list(self._downloads)),
            Room(id="erase", before=self._erase.panels),
        ]
        lede = visit.words("share.lede_centre") if self._centre else ""
        self._rooms = Rooms(visit, "share", rooms, front=self._front, on_action=self._erase.act, lede=lede)
        self.widget = self._rooms.widget

    def open(self, rest: str) -> None:
        for room in (self._erase, self._sharing, self._replies):
            room.leave()
        self._rooms.open(rest)
        self._centre.look()

    def notice(self) -> None:
        """Ask the centre again: what they give back comes by itself, to a page that stays open too."""
        self._centre.look()

    def _heard(self) -> None:
        """The centre has answered: what came back is kept, and the page shown again."""
        self._replies.take_in()
        self._visit.redraw()

    def refresh(self) -> None:
        self._rooms.refresh()

    def _front(self) -> list[Panel]:
        say = self._visit.words
        action = {"id": "report", "label": say("share.next.action"), "href": "#/share/report"}
        step: Panel = {"id": "next", "look": "next", "title": say("share.next.title")}
        hand_over = {
            "id": "hand-over",
            "look": "plain",
            "text": say("share.hand-over_centre" if self._centre else "share.hand-over"),
        }
        return [
            {**step, "text": say("share.next.text"), "actions": [action]},
            *self._replies.latest(),
            hand_over,
        ]

    def _whole(self) -> list[Panel]:
        say = self._visit.words
        title = say("share.everything.about")
        return [{"id": "whole", "title": title, "text": say("share.everything.whole")}]
