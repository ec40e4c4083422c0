"""The server of a site: the same pages and sockets, with a visitor's key where a person's token was."""

from __future__ import annotations

import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tornado.ioloop import PeriodicCallback
from tornado.web import RequestHandler

from .. import pages
from ..door import Verdict
from ..figures_page import FiguresRoom, figures_token
from ..frontend_files import ShelfFile
from ..logs import log, places
from ..private import private_folder
from ..server import Rebound
from ..words import Speak
from . import pages as own
from .door import SiteDoor

_MINUTE_MS = 60_000


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """How a site is reached.

    Attributes:
        folder: Everything of the site.
        base: Its path, with a slash at both ends.
        behind_proxy: Whether a proxy of ours says who asks and how.
        tls: The certificate, where the site speaks TLS itself.
    """

    folder: Path
    base: str = "/"
    behind_proxy: bool = False
    tls: ssl.SSLContext | None = None


class Site(Rebound):
    """A server for many, of which each has a workbook of their own.

    Args:
        grounds: How it is reached.
        parts: Its parts; the first has the front page.
        sentences: Gives the server's own sentences.
        own_env: What every kernel needs to know.
        run_folder: An empty folder for the kernels' connection files; removed at the end.
        secret: Signs what is signed.
    """

    def __init__(
        self,
        grounds: Grounds,
        parts: Sequence[own.Part],
        *,
        sentences: Speak,
        own_env: Mapping[str, str],
        run_folder: Path,
        secret: str,
    ) -> None:
        self.grounds = grounds
        self.parts = parts
        self._minute: PeriodicCallback | None = None
        super().__init__(
            SiteDoor(grounds.base, [part.guests for part in parts]),
            parts[0].notebook,
            grounds.folder,
            sentences=sentences,
            own_env=own_env,
            run_folder=run_folder,
            secret=secret,
        )

    def rooms(self) -> dict[Verdict, type[RequestHandler]]:
        return {"stranger": own.NotYours, "foreign": pages.Foreign}

    def init_settings(self) -> dict[str, Any]:
        made = super().init_settings()
        made["figures"].shows(
            "rebound_workbooks_kept",
            "Visitors whose workbook is here",
            lambda: sum(len(part.guests.visits) for part in self.parts),
        )
        return {
            **made,
            "base_url": self.grounds.base,
            "allow_remote_access": True,
            "figures_token": figures_token(private_folder(self.grounds.folder)),
        }

    def server_options(self) -> dict[str, Any]:
        return {"xheaders": self.grounds.behind_proxy, "ssl_options": self.grounds.tls}

    def init_handlers(self) -> list[tuple[Any, ...]]:
        base = self.grounds.base
        return [
            (rf"{base}files/([0-9a-f]{{16}})/(.+)", ShelfFile),
            (rf"{base}api/kernels/{pages.KERNEL_ID}", pages.KernelModel),
            (rf"{base}api/kernels/{pages.KERNEL_ID}/channels", pages.KernelSocket),
            (rf"{base}goodbye/{pages.KERNEL_ID}", pages.Goodbye),
            (rf"{base}health", own.Health, {"folder": self.grounds.folder}),
            (rf"{base}metrics", FiguresRoom),
            *(handler for part in self.parts for handler in self.handlers_of(part)),
        ]

    def handlers_of(self, part: own.Part) -> list[tuple[Any, ...]]:
        """The pages of one part."""
        at, given = f"{self.grounds.base}{part.path}", {"part": part}
        return [
            (at, own.Front, given),
            (f"{at}begin", own.Begin, given),
            (f"{at}visit", own.About, given),
            (f"{at}visit/end", own.End, given),
            (f"{at}visit/take-home", own.TakeHome, given),
        ]

    async def begin(self) -> None:
        await self.look()
        self._minute = PeriodicCallback(self.look, _MINUTE_MS)
        self._minute.start()

    async def look(self) -> None:
        """What is done at the start and every minute; what fails is tried again a minute later."""
        for part in self.parts:
            try:
                await part.guests.look(self.kernel_manager)
            except Exception as problem:
                log.error("looking after visits failed: %s", places(problem))
