"""Sharing through a centre: agreed to once, then one press for each counsellor."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from ..domain.refused import Refused
from ..sharing import Share
from ..sharing.centre import Counsellor
from ..widgets.panels import Panels
from .own_centre import WORDS_AGREED_TO, OwnCentre
from .rooms import Panel
from .visit import Visit

Compose = Callable[[str], tuple[Share, str]]
Log = Callable[[Share, str], None]


class CentreRoom:
    """What stands below the preview where there is a centre.

    Args:
        visit: The visit.
        centre: What is known of the centre.
        make: Makes the share for a reader of that name, with the secret that takes it back.
        log: Writes into the workbook what is about to be shared.
    """

    def __init__(self, visit: Visit, centre: OwnCentre, make: Compose, log: Log) -> None:
        self._visit, self._centre, self._make, self._log = visit, centre, make, log
        self._said = ""
        self._given: dict[str, Share] = {}
        self._tried: tuple[str, Share, str] | None = None
        self._panels = Panels(on_action=self._act, words=visit.group("actions"))

    def leave(self) -> None:
        """The person went elsewhere: what was said is not said again, and what was given may be taken back."""
        self._said = ""
        self._given.clear()

    def widgets(self) -> list[Any]:
        """The panel, where there is a centre."""
        if not self._centre:
            return []
        self._panels.show(self._shown())
        return [self._panels]

    def _shown(self) -> list[Panel]:
        say, agreed = self._visit.words, self._centre.agreed_on()
        panel: Panel = {"id": "centre", "title": say("share.centre.title")}
        if self._centre.refused is not None or self._centre.known is None:
            refused = self._centre.refused
            text = say("share.centre.asking") if refused is None else self._visit.sentence(refused)
            return [{**panel, "text": text, "actions": [{"id": "again", "label": say("share.centre.again")}]}]
        if agreed is None:
            action = {"id": "agree", "label": say("share.centre.agree"), "look": "main"}
            return [{**panel, "text": say(WORDS_AGREED_TO), "actions": [action]}]
        panel["hint"] = say("share.centre.agreed", day=self._visit.day(agreed, "year"))
        rows = [self._row(one) for one in self._centre.counsellors]
        text = say("share.centre.now" if rows else "share.centre.nobody")
        said = (
            [{"id": "shared", "look": "notice", "announce": True, "text": self._said}] if self._said else []
        )
        # Below, not above: a second press in haste must not meet another person's button.
        return [{**panel, "text": text, "rows": rows}, *said]

    def _row(self, counsellor: Counsellor) -> Panel:
        """One counsellor; without a button while they have exactly what stands above."""
        say = self._visit.words
        if self._has(counsellor):
            return {"text": counsellor.name, "detail": say("share.centre.has")}
        action = {
            "id": "give",
            "label": say("share.centre.give", name=counsellor.name),
            "counsellor": counsellor.id,
            "look": "main" if len(self._centre.counsellors) == 1 else "plain",
        }
        return {"text": counsellor.name, "actions": [action]}

    def _has(self, counsellor: Counsellor) -> bool:
        """Whether what a counsellor was given a moment ago is what would be given now."""
        given = self._given.get(counsellor.id)
        if given is None:
            return False
        try:
            made, _ = self._make(counsellor.name)
        except Refused:
            return False
        return (given.grant, given.items) == (made.grant, made.items)

    def _act(self, action: Panel) -> Any:
        match action.get("id"):
            case "agree":
                return self._agree()
            case "give":
                return self._give(str(action.get("counsellor")))
            case "again":
                return self._centre.ask()
        return None

    async def _agree(self) -> None:
        try:
            await self._centre.agree(f"{WORDS_AGREED_TO}/{self._visit.content.locale}")
        except Refused as refused:
            raise self._visit.not_kept(refused) from None
        self._visit.redraw()

    async def _give(self, counsellor_id: str) -> None:
        counsellor = next((one for one in self._centre.counsellors if one.id == counsellor_id), None)
        centre = self._centre.centre
        if counsellor is None or centre is None:
            return
        share, secret = self._same_again(counsellor)
        self._log(share, secret)  # before the first byte leaves the workbook
        try:
            await asyncio.to_thread(centre.give, share, counsellor.id)
        except Refused as refused:
            self._tried = counsellor.id, share, secret
            raise self._visit.not_kept(refused) from None
        self._tried = None
        self._given[counsellor.id] = share
        self._said = self._visit.words("share.centre.given", name=counsellor.name)
        self._visit.redraw()

    def _same_again(self, counsellor: Counsellor) -> tuple[Share, str]:
        """A new share; the one of the last try where nothing changed since, so that it counts once."""
        try:
            made, secret = self._make(counsellor.name)
        except Refused as refused:
            raise self._visit.not_kept(refused) from None
        if self._tried is not None:
            to, share, kept = self._tried
            if (to, share.grant, share.items) == (counsellor.id, made.grant, made.items):
                return share, kept
        return made, secret
