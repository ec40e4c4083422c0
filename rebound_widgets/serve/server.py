"""Our Voilà: its kernels, its front end and its sockets, behind our own door and in our own page."""

from __future__ import annotations

import asyncio
import logging
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jupyter_server.auth.authorizer import AllowAllAuthorizer
from tornado.httpserver import HTTPServer
from tornado.web import RequestHandler
from voila.app import Voila

from . import pages
from .door import HEADERS, Guards, House, OnePerson, Verdict
from .figures import Figures
from .frontend_files import ShelfFile, served, shelf
from .kernel_source import begin_kernels, kernel_env
from .kernels import Kernels, Line, OwnKernel, kernel_config
from .logs import log
from .words import Speak

_BIGGEST_MESSAGE = 64 * 1024 * 1024
"""Bytes of one message from a page; a bigger one closes its socket without a word, so pages send less."""
_PACKED = {"compression_level": 5, "mem_level": 6}
"""How messages are packed: they are much alike, so that a little effort is enough."""
_BIGGEST_BODY = 64 * 1024
"""Bytes of one request; ours have no body worth mentioning."""


class Rebound(Voila):  # type: ignore[misc, unused-ignore]
    """Voilà for one person on one computer.

    Voilà gives the front end, the page's protocol and the sockets. Its handlers for files, folders, themes,
    contents and log-in are not used, and nobody's configuration files are read.

    Args:
        door: Who may come in.
        notebook: The notebook to publish.
        home: The person's folder: where kernels run.
        sentences: Gives the server's own sentences.
        own_env: What the kernels need to know.
        run_folder: An empty folder for the kernels' connection files; removed at the end.
        secret: Signs cookies.
    """

    house: type[House] = House
    """The web application behind the door."""

    def __init__(
        self,
        door: Guards,
        notebook: Path,
        home: Path,
        *,
        sentences: Speak,
        own_env: Mapping[str, str],
        run_folder: Path,
        secret: str,
    ) -> None:
        self._run_folder = run_folder
        # Not our own logger: what Jupyter's parts log through it may hold more than we know of (see logs.py).
        super().__init__(config=kernel_config(run_folder), log=logging.getLogger("voila"))
        self.connection_dir = str(run_folder)
        self.door = door
        self.secret = secret
        self.root_dir = str(home)
        self.published = pages.Published(
            notebook=notebook,
            sentences=sentences,
            cwd=home,
            env=kernel_env(run_folder, {**own_env, **served()}),
        )
        self.app = self.house(door, self.rooms(), **self.init_settings())
        self.app.add_handlers(".*", self.init_handlers())

    def rooms(self) -> dict[Verdict, type[RequestHandler]]:
        """Who answers those that are not welcome."""
        return {
            "enter": pages.Enter,
            "health": pages.Health,
            "stranger": pages.Stranger,
            "foreign": pages.Foreign,
        }

    def init_settings(self) -> dict[str, Any]:
        """Tornado's settings: all there are, since Voilà's own bring managers of files and folders along."""
        self.kernel_spec_manager = OwnKernel(parent=self)
        self.kernel_manager = Kernels(
            parent=self, connection_dir=self.connection_dir, kernel_spec_manager=self.kernel_spec_manager
        )
        identity = OnePerson(self.door)
        return {
            "allow_remote_access": False,
            "authorizer": AllowAllAuthorizer(parent=self, identity_provider=identity),
            "base_url": "/",
            "compress_response": True,
            "config": self.config,
            "cookie_secret": self.secret,
            "default_handler_class": pages.Missing,
            "figures": Figures(self.kernel_manager),
            "headers": dict(HEADERS),
            "identity_provider": identity,
            "kernel_manager": self.kernel_manager,
            "kernel_spec_manager": self.kernel_spec_manager,
            "kernel_websocket_connection_class": Line,
            "log_function": lambda handler: None,
            "published": self.published,
            "websocket_compression_options": _PACKED,
            "websocket_max_message_size": _BIGGEST_MESSAGE,
            "ws_ping_interval": 20_000,
            "ws_ping_timeout": 60_000,
        }

    def init_handlers(self) -> list[tuple[Any, ...]]:
        """Everything that can be asked for."""
        return [
            (r"/", pages.WorkbookPage),
            (r"/files/([0-9a-f]{16})/(.+)", ShelfFile),
            (rf"/api/kernels/{pages.KERNEL_ID}", pages.KernelModel),
            (rf"/api/kernels/{pages.KERNEL_ID}/channels", pages.KernelSocket),
            (rf"/goodbye/{pages.KERNEL_ID}", pages.Goodbye),
        ]

    def server_options(self) -> dict[str, Any]:
        """What else the web server is told."""
        return {}

    async def begin(self) -> None:
        """What is begun when the server is."""

    async def finish(self) -> None:
        """What ends when the server does."""

    async def serve(self, sock: socket.socket, ready: Callable[[], None] = lambda: None) -> None:
        """Answer on ``sock`` until the process is told to stop; calls ``ready`` when answers are given."""
        stop = asyncio.Event()
        _on_signals(stop.set)
        server = HTTPServer(self.app, max_body_size=_BIGGEST_BODY, **self.server_options())
        server.add_sockets([sock])
        try:
            self.kernel_manager.begin()
            await self.begin()
            ready()
            begin_kernels(self.published.env)
            # Found and read now, while the browser starts, and not while the first page waits.
            shelf()
            self.published.sentences("", "")
            await stop.wait()
        finally:
            server.stop()
            await self.finish()
            await self.kernel_manager.end_all()
            await server.close_all_connections()
            shutil.rmtree(self._run_folder, ignore_errors=True)
            log.info("closed")


def _on_signals(stop: Callable[[], None]) -> None:
    """Call ``stop`` when the person types Ctrl-C, closes the terminal, or the system asks."""
    loop = asyncio.get_running_loop()
    if sys.platform == "win32":  # pragma: no cover
        signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(stop))
        signal.signal(signal.SIGBREAK, lambda *_: loop.call_soon_threadsafe(stop))
        return
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(name, stop)
