"""Share with somebody: whom for, what, until when; every word of it to look at; then a file."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

from ..domain.grant import COUNSELLOR, NAME_LIMIT, WHY_LIMIT, Item, Reader, accept_name
from ..domain.refused import Refused
from ..sharing import (
    Offer,
    Share,
    compose,
    file_stem,
    may_read,
    new_passphrase,
    offers,
    sections_of,
    share_bytes,
)
from ..widgets import exercise as widget
from ..widgets.download import Download
from ..widgets.text import Text
from .centre_room import CentreRoom
from .document_blocks import folded
from .own_centre import OwnCentre
from .passphrase_notice import passphrase_notice
from .rooms import Panel
from .visit import Visit

USUAL_DAYS = 28
"""How long a share may be read where the person names no day."""
FEW_GROUPS = 2
"""With more groups than this, a phone shows each folded."""
TICKED = "share-ticked"
"""The setting that holds what is ticked."""


class SharingRoom:
    """What stands in ``#/share/with-somebody`` below the questions whom it is for and until when.

    Args:
        visit: The visit.
        centre: What is known of the centre, where there is one.
    """

    def __init__(self, visit: Visit, centre: OwnCentre) -> None:
        self._visit, self._centre = visit, centre
        self._through = CentreRoom(visit, centre, self._compose_for, self._log_given)
        self._offered: list[tuple[str, str]] = []
        self._asked: widget.Exercise | None = None
        self._passphrase: tuple[str, str] | None = None
        words = visit.group("actions")
        self._preview, self._told = Text(words=words), Text(words=words)
        self._downloads = [
            Download(
                "", make, label=visit.words(f"share.with.{key}"), kind=kind, words=visit.group("download")
            )
            for key, kind, make in (("save", "primary", self._open), ("save_closed", "plain", self._closed))
        ]

    def leave(self) -> None:
        """The person went elsewhere: a passphrase is shown once."""
        self._passphrase = None
        self._through.leave()

    # What is asked -----------------------------------------------------------------------------------------

    def _said(self, name: str) -> Any:
        question = self._visit.workbook.question(f"share/with-{name}")
        return self._visit.workbook.reply(question).value

    def _grant(self, reader: str = "") -> dict[str, Any]:
        """The fields of a grant as they are answered now, for that reader where one is named.

        Raises:
            Refused: a name that is too long.
        """
        chapter, today = self._visit.chapter("share"), self._visit.workbook.today()

        def line(name: str, limit: int = NAME_LIMIT) -> str:
            ask = chapter.question(f"share/with-{name}").ask
            return accept_name(self._said(name) or "", ask, limit)

        until = self._said("until")
        counted = self._said("counted") == "yes"
        return {
            "reader": reader or line("whom"),
            "sharer": line("as"),
            "why": line("why", WHY_LIMIT),
            "given_on": today,
            "until": dt.date.fromisoformat(until) if until else today + dt.timedelta(days=USUAL_DAYS),
            "counted": counted,
            "programme": line("programme") if counted else "",
            "term": line("term") if counted else "",
        }

    def _offers(self) -> list[Offer]:
        workbook = self._visit.workbook
        return offers(workbook.history(), self._visit.content, workbook.id)

    def _chosen(self) -> frozenset[str]:
        ticked = self._visit.workbook.setting(TICKED, {})
        return frozenset(one for group in ticked.values() for one in group)

    def _compose(self) -> tuple[Share, str]:
        """The share for whoever is named; where nobody is, for the first counsellor of the centre."""
        named = self._said("whom") or not self._centre.counsellors
        return self._compose_for("" if named else self._centre.counsellors[0].name)

    def _compose_for(self, reader: str) -> tuple[Share, str]:
        workbook = self._visit.workbook
        grant = self._grant(reader)
        return compose(workbook.history(), self._visit.content, workbook.id, self._chosen(), grant)

    # What is shown -----------------------------------------------------------------------------------------

    def panels(self) -> list[Panel]:
        """Where there is nothing yet that could be shared, that."""
        if self._offers():
            return []
        say = self._visit.words
        return [{"id": "empty", "title": say("share.with.what"), "text": say("share.with.empty")}]

    def widgets(self) -> list[Any]:
        """What can be ticked, exactly what will be seen, and the file."""
        there = self._offers()
        if not there:
            return []
        asked = self._ticks(there)
        try:
            share, _ = self._compose()
        except Refused as refused:
            self._preview.show(self._missing(refused))
            return [asked, self._preview]
        self._preview.show(self._blocks(share))
        self._name_files(share)
        self._told.show(self._passphrase_blocks())
        # Without a name there is no file; whoever shares through the centre needs none.
        files = self._downloads if self._said("whom") or not self._centre else []
        told = [self._told] if self._passphrase else []
        return [asked, self._preview, *self._through.widgets(), *files, *told]

    def _name_files(self, share: Share) -> None:
        say, grant = self._visit.words, share.grant
        stem = file_stem(say["share.with.file"], grant.reader, grant.given_on, say["share.with.file_without"])
        for download in self._downloads:
            download.rename(f"{stem}.rebound-share")

    def _ticks(self, there: list[Offer]) -> widget.Exercise:
        say, ticked = self._visit.words, self._visit.workbook.setting(TICKED, {})
        groups = list(dict.fromkeys(offer.group for offer in there))
        headings = {offer.group: offer.heading for offer in there}
        questions = [
            {
                "kind": "several",
                "id": f"share/tick-{group}",
                "ask": headings[group] or say(f"share.with.group.{group}"),
                "hint": say.get(f"share.with.group_hint.{group}", ""),
                "private": False,
                "own": False,
                "fold": len(groups) > FEW_GROUPS,  # on a phone ten interviews are thirty screens
                "options": [{"id": o.id, "text": o.label} for o in there if o.group == group],
            }
            for group in groups
        ]
        known = {offer.id for offer in there}
        number = self._number()
        replies = {
            f"share/tick-{group}": widget.Kept([one for one in ticked.get(group, []) if one in known], number)
            for group in groups
        }
        offered = [(offer.id, offer.label) for offer in there]
        if self._asked is None:
            self._asked = widget.Exercise(
                questions,
                replies=replies,
                workbook=self._visit.workbook.id,
                on_reply=self._tick,
                words=say.group("exercise"),
                heading=say("share.with.what"),
                intro=say("share.with.what_text"),
                facts=True,
            )
        elif offered != self._offered:
            self._asked.show(replies, questions=questions)
        else:
            self._asked.show(replies)
        self._offered = offered
        return self._asked

    def _number(self) -> int:
        found = self._visit.workbook.find(f"setting-{TICKED}")
        return 0 if found is None else found.number

    def _tick(self, reply: widget.Reply) -> widget.Kept:
        group = reply.question.removeprefix("share/tick-")
        known = {offer.id for offer in self._offers() if offer.group == group}
        value = [str(one) for one in reply.value or () if one in known]
        ticked = {**self._visit.workbook.setting(TICKED, {}), group: value}
        self._visit.workbook.set_setting(TICKED, ticked)
        return widget.Kept(value or None, self._number())

    def _missing(self, refused: Refused) -> list[dict[str, Any]]:
        say = self._visit.words
        return [
            {"kind": "heading", "text": say("share.with.preview"), "level": 2},
            {"kind": "paragraph", "text": self._visit.sentence(refused), "tone": "hint"},
        ]

    def _blocks(self, share: Share) -> list[dict[str, Any]]:
        """Exactly what will be seen, for whom, until when, and what for."""
        say, grant = self._visit.words, share.grant
        reader = Reader(role=COUNSELLOR, name=grant.reader)
        seen = [item for what, item in share.readable() if may_read(reader, what, grant.given_on, grant).may]
        anybody = not self._said("whom") and len(self._centre.counsellors) > 1
        name = say("share.centre.anybody") if anybody else grant.reader
        facts = [
            ("for", say("share.centre.for_anybody") if anybody else name),
            ("as", grant.sharer),
            ("until", self._visit.day(grant.until, "year")),
            ("why", grant.why or say("share.with.no_why")),
            ("counted", self._counted(share)),
        ]
        heading = {"kind": "heading", "text": say("share.with.preview"), "level": 2}
        items = [{"term": say(f"share.with.fact.{name}"), "text": text} for name, text in facts]
        told = say.plural("share.with.preview_text", len(seen), name=name)
        return [
            heading,
            {"kind": "facts", "items": items},
            {"kind": "paragraph", "text": told, "tone": "hint"},
            *folded(sections_of(seen, self._visit.content), say, rows=1_000),
            {"kind": "notice", "text": self._copies(name), "tone": "calm"},
        ]

    def _copies(self, name: str) -> str:
        """What ends a share and what does not; by which way the person did not choose yet."""
        return self._visit.words("share.centre.copies" if self._centre else "share.with.copies", name=name)

    def _counted(self, share: Share) -> str:
        say, grant = self._visit.words, share.grant
        numbers = Item(id="numbers", kind="numbers")
        if not may_read(Reader(role="cohort"), numbers, grant.given_on, grant).may:
            return say("share.with.not_counted")
        under = ", ".join(part for part in (grant.programme, grant.term) if part)
        return say("share.with.counted_under", under=under) if under else say("share.with.counted")

    def _passphrase_blocks(self) -> list[dict[str, Any]]:
        if self._passphrase is None:
            return []
        return [passphrase_notice(self._visit.words, "share.with", *self._passphrase)]

    # The file ----------------------------------------------------------------------------------------------

    async def _open(self) -> bytes:
        share, secret = self._compose()
        file = share_bytes(share)
        self._log(share, secret, closed=False)
        return file

    async def _closed(self) -> bytes:
        (share, secret), passphrase = self._compose(), new_passphrase()
        file = await asyncio.to_thread(share_bytes, share, passphrase)
        self._passphrase = share.grant.reader, passphrase
        self._log(share, secret, closed=True)
        return file

    def _log_given(self, share: Share, secret: str) -> None:
        self._log(share, secret, closed=False, centre=True)

    def _log(self, share: Share, secret: str, *, closed: bool, centre: bool = False) -> None:
        """What was shared when, in the workbook: before the first byte leaves it."""
        grant = share.grant
        body = {
            "for": grant.reader,
            "from": grant.sharer,
            "why": grant.why,
            "given_on": grant.given_on.isoformat(),
            "until": grant.until.isoformat(),
            "counted": grant.counted,
            "closed": closed,
            "secret": secret,
            "items": [{"id": item["id"], "title": item["title"]} for item in share.items],
            **({"centre": True} if centre else {}),
        }
        self._visit.workbook.put(share.id, "share", body)
