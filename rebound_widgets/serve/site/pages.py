"""The pages around a visitor's workbook: welcome, until when it stays, taking it home, and the end."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path

from ...content import Content
from .. import sheets
from ..pages import Opening, Room, WorkbookPage
from ..words import Sentences
from .guests import Guests
from .taking_home import FILE_NAME, workbook_as_file
from .visits import Visit

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_LEAST_FREE = 50_000_000


@dataclass(frozen=True)
class Part:
    """A part of the site with visitors of its own.

    Attributes:
        path: Where it is, below the site's own path: empty, or a name and a slash.
        words: The group of words with its sentences.
        guests: Its visitors.
        notebook: What they open.
    """

    path: str
    words: str
    guests: Guests
    notebook: Path


class PartRoom(Room):
    """What the pages of one part share."""

    def initialize(self, part: Part) -> None:
        self.part = part

    @property
    def guests(self) -> Guests:
        """The visitors of this part."""
        return self.part.guests

    @property
    def sentences(self) -> Sentences:
        """The server's own sentences, with those that are others here."""
        said = super().sentences
        if said.content is None:
            return said
        here = said.content.words.group(f"{self.part.words}.page")
        return replace(said, words={**said.words, **here})

    @property
    def content(self) -> Content:
        """The words in the language of whoever asks."""
        content = self.sentences.content
        assert content is not None  # noqa: S101 - a site's words always have it
        return content

    def told(self, key: str, **facts: object) -> str:
        """A sentence of this part; one of every site where it has none of its own."""
        words, own = self.content.words, f"{self.part.words}.{key}"
        return words(own if own in words else f"site.{key}", **facts)

    def place(self, name: str = "") -> str:
        """The address of a page of this part."""
        return f"{self.settings['base_url']}{self.part.path}{name}"

    def moment(self, when: dt.datetime) -> dict[str, str]:
        """A moment as ``day`` and ``time``, in this computer's time zone."""
        local, facts = when.astimezone(), self.content.facts
        return {"day": facts.show_day(local.date(), "short"), "time": facts.show_time(local)}

    def show(
        self,
        stem: str,
        blocks: Sequence[sheets.Block],
        *,
        status: HTTPStatus = HTTPStatus.OK,
        script: str | None = None,
        lede: str = "",
    ) -> None:
        """Answer with a page of cards; its heading and first sentence are those of ``stem``."""
        nonce = sheets.new_nonce()
        self.set_status(status)
        self.set_header("Content-Security-Policy", sheets.policy(nonce, stands=True))
        self.set_header("Content-Type", "text/html; charset=utf-8")
        # A form would name no origin otherwise, and be refused for it.
        self.set_header("Referrer-Policy", "same-origin")
        title, first = self.told(f"{stem}_title"), lede or self.told(stem)
        self.finish(sheets.stand(self.sentences, nonce, title, first, blocks, script=script))

    def show_over(self) -> None:
        """Say that the visit is over, and take away what this browser kept of it."""
        self.guests.forget(self)
        begin = sheets.Block(text=[self.told("over_more")], label=self.told("over_next"), href=self.place())
        self.show("over", [begin], script="over.js")

    def show_full(self) -> None:
        """Say that there is no room at the moment."""
        self.figures.refused("full")
        again = sheets.Block(text=[self.told("full_more")], label=self.told("full_next"), href=self.place())
        self.set_header("Retry-After", "300")
        self.show("full", [again], status=HTTPStatus.SERVICE_UNAVAILABLE)

    def open_line(self) -> list[sheets.Block]:
        """That the line is open to whoever runs the network, where it is."""
        if self.request.protocol == "https" or self.request.host.rpartition(":")[0] in _LOOPBACK:
            return []
        return [sheets.Block(look="notice", text=[self.told("open_line")])]


class Front(PartRoom, WorkbookPage):
    """The workbook of whoever has one here; a welcome for everybody else."""

    async def get(self) -> None:
        visit = self.guests.visit_of(self.request)
        if visit is None and self.guests.key_of(self.request):
            self.show_over()
        elif not await self.guests.has_room(self.kernels, visit):
            self.show_full()
        elif visit is None:
            self.welcome()
        elif not await self.guests.has_page_left(self.kernels, visit):
            again = sheets.Block(
                text=[self.told("many_more")], label=self.told("many_next"), href=self.place()
            )
            self.figures.refused("many")
            self.show("many", [again], status=HTTPStatus.CONFLICT)
        else:
            await self.open_for(visit)

    def welcome(self) -> None:
        """What this is, and one button."""
        about = [self.told("welcome_kept"), self.told("welcome_key")]
        begin = sheets.Block(text=about, label=self.told("begin"), post=self.place("begin"), main=True)
        self.show("welcome", [begin, *self.open_line()])

    async def open_for(self, visit: Visit) -> None:
        """Open the workbook, and count that as a sign of life."""
        guests, kernel_id = self.guests, str(uuid.uuid4())
        guests.visits.sign(visit)
        guests.let_in(self, guests.key_of(self.request))
        guests.took(kernel_id, visit)
        env = {**self.published.env, "REBOUND_HOME": str(visit.home), **self.own_env(visit)}
        await self.show_workbook(kernel_id, Opening(self.part.notebook, visit.home, env, self.strip(visit)))

    def own_env(self, _visit: Visit) -> dict[str, str]:
        """What else the kernel needs to know."""
        return {}

    def strip(self, visit: Visit) -> sheets.Strip | None:
        """The line that says until when it stays."""
        text = self.told("strip", **self.moment(self.guests.visits.ends_at(visit)))
        return sheets.Strip(text, self.told("strip_link"), self.place("visit"))


class Begin(PartRoom):
    """Somebody begins."""

    async def post(self) -> None:
        if self.guests.visit_of(self.request) is None:
            if not await self.guests.has_room(self.kernels, None):
                self.show_full()
                return
            self.guests.let_in(self, await asyncio.to_thread(self.guests.visits.begin))
        self.redirect(self.place(), status=HTTPStatus.SEE_OTHER)

    def get(self) -> None:
        self.redirect(self.place())


class OwnRoom(PartRoom):
    """A page for whoever has a workbook here; the end for everybody else."""

    visit: Visit

    def prepare(self) -> None:
        found = self.guests.visit_of(self.request)
        if found is None:
            self.show_over()
        else:
            self.visit = found


class About(OwnRoom):
    """Until when the workbook stays, taking it home, and ending the visit."""

    def get(self) -> None:
        self._show()

    def _show(self, notice: str = "") -> None:
        say = self.told
        home = sheets.Block(
            title=say("home_title"),
            text=[say("home", file=FILE_NAME), say("home_open", file=FILE_NAME)],
            label=say("home_take"),
            href=self.place("visit/take-home"),
            file=True,
            main=True,
        )
        back = sheets.Block(text=[say("back_more")], label=say("back"), href=self.place())
        end = sheets.Block(
            title=say("end_title"),
            text=[*([notice] if notice else []), say("end")],
            look="notice" if notice else "",
            tick=say("end_sure"),
            label=say("end_now"),
            post=self.place("visit/end"),
        )
        until = say("about", **self.moment(self.guests.visits.ends_at(self.visit)))
        self.show("about", [home, back, end, *self.open_line()], lede=until)


class End(About):
    """The visitor ends their visit; everything goes at once."""

    async def post(self) -> None:
        if self.get_body_argument("sure", "") != "yes":
            self._show(self.told("end_unsure"))
            return
        await self.guests.end(self.visit, self.kernels)
        self.guests.forget(self)
        begin = sheets.Block(text=[self.told("ended_more")], label=self.told("over_next"), href=self.place())
        self.show("ended", [begin], script="over.js")


class TakeHome(OwnRoom):
    """The whole workbook as one file."""

    async def get(self) -> None:
        self.guests.visits.sign(self.visit)
        file = await asyncio.to_thread(workbook_as_file, self.visit.home)
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("Content-Disposition", f'attachment; filename="{FILE_NAME}"')
        await self.finish(file)


class NotYours(Room):
    """A kernel that is another's, or no more: the same answer, so that nobody learns which, and a page goes on."""

    def prepare(self) -> None:
        self.set_status(HTTPStatus.NOT_FOUND)
        self.finish(
            {"message": f"There is no such kernel: {self.request.path.rpartition('kernels/')[2][:80]}"}
        )


class Health(Room):
    """Whether the site can take somebody in: a word for whoever watches over it, and nothing about anybody."""

    def initialize(self, folder: Path) -> None:
        self.folder = folder

    def get(self) -> None:
        writable = os.access(self.folder, os.W_OK) and shutil.disk_usage(self.folder).free > _LEAST_FREE
        self.set_status(HTTPStatus.OK if writable else HTTPStatus.SERVICE_UNAVAILABLE)
        self.finish({"status": "ok" if writable else "no-room-to-write"})
