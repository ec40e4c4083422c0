"""The server of one person under a hub: the same pages and sockets behind the hub's sign-on."""

from __future__ import annotations

import asyncio
import os
import signal
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tornado.httputil import HTTPMessageDelegate, HTTPServerRequest
from tornado.ioloop import PeriodicCallback
from tornado.web import RequestHandler

from .. import pages
from ..door import House, Verdict
from ..figures_page import FiguresRoom
from ..frontend_files import ShelfFile
from ..logs import log
from ..server import Rebound
from ..sheets import Strip
from ..words import Speak
from .door import ComeBack, HubDoor, HubRoom, SendToSignOn, Unsure
from .notebooks import BIGGEST_BODY, Notebooks

_MINUTE_MS = 60_000


class _Waiting(HTTPMessageDelegate):  # type: ignore[misc, unused-ignore]
    """A request that waits at the door until the hub has said who it is from; no handler exists yet."""

    def __init__(self, house: HostedHouse, request: HTTPServerRequest) -> None:
        self._house, self._request = house, request
        self._start: tuple[Any, Any] | None = None
        self._body: list[bytes] = []
        self._gone = False

    def headers_received(self, start_line: Any, headers: Any) -> None:
        self._start = start_line, headers

    def data_received(self, chunk: bytes) -> None:
        self._body.append(chunk)

    def on_connection_close(self) -> None:
        self._gone = True

    def finish(self) -> None:
        self._task = asyncio.ensure_future(self._go_on())

    async def _go_on(self) -> None:
        verdict = await self._house.hub_door.asked(self._request)
        room = await self._house.room(verdict, self._request)
        if self._gone or self._start is None:
            return
        room.headers_received(*self._start)
        for chunk in self._body:
            room.data_received(chunk)
        room.finish()


class HostedHouse(House):
    """The web application behind the hub's door: a handler is looked for once the hub has said who asks."""

    notebooks: Notebooks | None = None
    """JupyterLab, where the person may have it."""

    @property
    def hub_door(self) -> HubDoor:
        """Its door."""
        assert isinstance(self.door, HubDoor)  # noqa: S101 - no other server has this house
        return self.door

    def find_handler(self, request: HTTPServerRequest, **kwargs: object) -> object:
        if self.door.verdict(request) == "ask":
            if self.notebooks is not None and self.notebooks.holds(request):
                request.connection.set_max_body_size(BIGGEST_BODY)
            return _Waiting(self, request)
        return super().find_handler(request, **kwargs)

    async def room(self, verdict: Verdict, request: HTTPServerRequest) -> Any:
        """What answers: for the owner whatever they ask for, else the one handler for such a visitor."""
        if verdict != "welcome":
            return self.turned(verdict, request)
        if self.notebooks is not None and self.notebooks.holds(request):
            return await self.notebooks.handler(request)
        return super(House, self).find_handler(request)


class HostedPage(HubRoom, pages.WorkbookPage):
    """The workbook, or the desk."""

    async def get(self) -> None:
        published = self.published
        opening = pages.Opening(published.notebook, published.cwd, published.env, self._way_to_notebooks())
        await self.show_workbook(str(uuid.uuid4()), opening)

    def _way_to_notebooks(self) -> Strip | None:
        """The line above the page that leads to JupyterLab; ``None`` where the person has none."""
        house = self.application
        if not isinstance(house, HostedHouse) or house.notebooks is None:
            return None
        words = self.sentences.words
        return Strip(words["notebooks"], words["notebooks_link"], house.notebooks.first)


class HostedFigures(HubRoom, FiguresRoom):
    """The figures, for a token of the hub that may read its own."""

    async def may_read(self, token: str) -> bool:
        return await self.door.may_read_figures(token)


class Hosted(Rebound):
    """One person's server under a hub.

    Args:
        door: Who may come in.
        notebook: The notebook to publish.
        home: The person's folder: where kernels run.
        sentences: Gives the server's own sentences.
        own_env: What the kernels need to know.
        run_folder: An empty folder for the kernels' connection files; removed at the end.
        alone_minutes: Minutes without a kernel after which the server ends by itself.
        notebooks: JupyterLab, where the person may have it.
    """

    house = HostedHouse

    def __init__(
        self,
        door: HubDoor,
        notebook: Path,
        home: Path,
        *,
        sentences: Speak,
        own_env: Mapping[str, str],
        run_folder: Path,
        alone_minutes: float,
        notebooks: Notebooks | None = None,
    ) -> None:
        self._notebooks = notebooks
        self._prefix, self._alone_minutes, self._alone = door.prefix, alone_minutes, 0
        self._minute: PeriodicCallback | None = None
        self.was_alone = False
        super().__init__(
            door,
            notebook,
            home,
            sentences=sentences,
            own_env=own_env,
            run_folder=run_folder,
            secret=door.keys.secret,
        )
        self.app.notebooks = notebooks

    def rooms(self) -> dict[Verdict, type[RequestHandler]]:
        return {
            **super().rooms(),
            "enter": SendToSignOn,
            "callback": ComeBack,
            "unsure": Unsure,
            "figures": HostedFigures,
        }

    def init_settings(self) -> dict[str, Any]:
        # The door does not look at the name: it is the hub's to say which ones there are.
        return {**super().init_settings(), "base_url": self._prefix, "allow_remote_access": True}

    def server_options(self) -> dict[str, Any]:
        return {"xheaders": True}

    def init_handlers(self) -> list[tuple[Any, ...]]:
        below = self._prefix
        return [
            (below, HostedPage),
            (rf"{below}files/([0-9a-f]{{16}})/(.+)", ShelfFile),
            (rf"{below}api/kernels/{pages.KERNEL_ID}", pages.KernelModel),
            (rf"{below}api/kernels/{pages.KERNEL_ID}/channels", pages.KernelSocket),
            (rf"{below}goodbye/{pages.KERNEL_ID}", pages.Goodbye),
        ]

    async def begin(self) -> None:
        # Whoever allows less than a minute is looked at sooner.
        self._minute = PeriodicCallback(self.look, _MINUTE_MS * min(1.0, self._alone_minutes))
        self._minute.start()

    async def finish(self) -> None:
        if self._notebooks is not None:
            await self._notebooks.end()

    def look(self) -> None:
        """A minute is over. Without a kernel for long enough nobody has a page open, and all is on disk.

        Minutes are counted, not times compared, as those of kernels are.
        """
        opened = self._notebooks is not None and self._notebooks.in_use()
        self._alone = 0 if opened or self.kernel_manager.list_kernel_ids() else self._alone + 1
        if self._alone >= max(1.0, self._alone_minutes):
            log.info("nobody was here for %g minutes", self._alone_minutes)
            self.was_alone = True
            os.kill(os.getpid(), signal.SIGTERM)
