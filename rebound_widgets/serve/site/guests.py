"""Which browser is whose: the key in its cookie, the kernels behind its pages, and how many there may be."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from tornado.httputil import HTTPServerRequest
from tornado.web import RequestHandler

from ..kernels import Kernels
from ..logs import log
from .visits import Visit, Visits

_COOKIE_DAYS = 8
"""Longer than a visit lasts, so that whoever comes too late is told so."""
PAGES_EACH = 3
"""Pages with a kernel that one visitor may have open."""
_STARTING_S = 180
_ALONE_MINUTES = 2


@dataclass(frozen=True)
class _Used:
    """Whose a kernel is, and since when, by the process's own clock."""

    name: str
    since: float


@dataclass
class Guests:
    """The visitors of one part of the site.

    Attributes:
        visits: Their folders.
        cookie: The name of the cookie with their key.
        base: The path of the site, to which the cookie goes.
        most: How many of them may have a page open at once.
        most_kept: How many may have a workbook here at once.
    """

    visits: Visits
    cookie: str
    base: str
    most: int
    most_kept: int
    _kernels: dict[str, _Used] = field(default_factory=dict)

    # Who asks ----------------------------------------------------------------------------------------------

    def key_of(self, request: HTTPServerRequest) -> str:
        """The key that ``request`` brings; empty where it brings none."""
        given = request.cookies.get(self.cookie)
        return given.value if given else ""

    def visit_of(self, request: HTTPServerRequest) -> Visit | None:
        """The visit that ``request`` belongs to; ``None`` where there is none, or it is over."""
        return self.visits.find(self.key_of(request))

    def may_use(self, request: HTTPServerRequest, kernel_id: str) -> bool:
        """Whether a kernel is that visitor's."""
        used = self._kernels.get(kernel_id)
        visit = self.visit_of(request) if used else None
        return used is not None and visit is not None and visit.name == used.name

    def let_in(self, handler: RequestHandler, key: str) -> None:
        """Give the browser its key. No script can read it, and no other site's page can use it."""
        handler.set_cookie(
            self.cookie,
            key,
            path=self.base,
            max_age=_COOKIE_DAYS * 86400,
            httponly=True,
            samesite="Lax",
            secure=handler.request.protocol == "https",
        )

    def forget(self, handler: RequestHandler) -> None:
        """Take the key away again."""
        handler.clear_cookie(self.cookie, path=self.base)

    # Kernels -----------------------------------------------------------------------------------------------

    def took(self, kernel_id: str, visit: Visit) -> None:
        """A kernel, which is about to start, is from now on that visitor's."""
        self._kernels[kernel_id] = _Used(visit.name, time.monotonic())

    def _present(self, kernels: Kernels) -> dict[str, _Used]:
        """The kernels there are, and those that start; the others are forgotten."""
        starting = time.monotonic() - _STARTING_S
        self._kernels = {
            kernel_id: used
            for kernel_id, used in self._kernels.items()
            if kernel_id in kernels or used.since > starting
        }
        return self._kernels

    async def has_room(self, kernels: Kernels, visit: Visit | None) -> bool:
        """Whether there is room for one more page; ``visit`` is ``None`` for somebody new.

        Where there is none, kernels end that nobody has looked at for minutes: what was written is on disk.
        """
        if visit is None and len(self.visits) >= self.most_kept:
            return False
        if not self._has_room(kernels, visit):
            for kernel_id in list(self._present(kernels)):
                if kernels.minutes_alone(kernel_id) >= _ALONE_MINUTES:
                    self._kernels.pop(kernel_id, None)
                    await kernels.end(kernel_id, "room was wanted")
        return self._has_room(kernels, visit)

    def _has_room(self, kernels: Kernels, visit: Visit | None) -> bool:
        names = {used.name for used in self._present(kernels).values()}
        return len(names) < self.most or (visit is not None and visit.name in names)

    async def has_page_left(self, kernels: Kernels, visit: Visit) -> bool:
        """Whether that visitor may open one more page; kernels whose pages are gone end for it."""
        own = [kernel_id for kernel_id, used in self._present(kernels).items() if used.name == visit.name]
        for kernel_id in own[: len(own) - PAGES_EACH + 1]:
            if kernel_id in kernels and not kernels.connections(kernel_id):
                self._kernels.pop(kernel_id, None)
                await kernels.end(kernel_id, "its visitor has opened others")
        return sum(used.name == visit.name for used in self._kernels.values()) < PAGES_EACH

    # Ends --------------------------------------------------------------------------------------------------

    async def end(self, visit: Visit, kernels: Kernels) -> None:
        """End a visit: its kernels first, then everything in its folder."""
        for kernel_id in [one for one, used in self._kernels.items() if used.name == visit.name]:
            self._kernels.pop(kernel_id, None)
            await kernels.end(kernel_id, "its visit is over", now=True)
        await asyncio.to_thread(self.visits.end, visit)
        log.info("a visit is over")

    async def end_all(self, kernels: Kernels) -> None:
        """End every visit there is."""
        for visit in list(self.visits.all()):
            await self.end(visit, kernels)
        await asyncio.to_thread(self.visits.clear)

    async def look(self, kernels: Kernels) -> None:
        """What is done every minute: open pages are signs of life, and what is over is taken away."""
        for kernel_id, used in list(self._kernels.items()):
            visit = self.visits.named(used.name)
            if visit is not None and kernels.connections(kernel_id):
                self.visits.sign(visit)
        for visit in self.visits.over():
            await self.end(visit, kernels)
        await asyncio.to_thread(self.visits.clear)
