"""The pages and the few other things that the server answers."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.iostream import StreamClosedError
from tornado.web import RequestHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from . import sheets
from .cells import Shown, run_notebook
from .door import HEADERS, Door, House
from .figures import Figures
from .frontend_files import WIDGETS, shelf
from .kernels import Kernels
from .logs import log, places
from .words import Sentences, Speak

LANGUAGE_COOKIE = "rebound-language"
"""Set by the page when somebody chooses a language; nothing else is in it."""
KERNEL_ID = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"


@dataclass(frozen=True)
class Published:
    """What the server publishes.

    Attributes:
        notebook: The notebook whose widgets are the page.
        sentences: Gives the server's own sentences, in the language of whoever asks.
        cwd: The folder its kernels run in.
        env: The environment of its kernels.
    """

    notebook: Path
    sentences: Speak
    cwd: Path
    env: Mapping[str, str]


class Room(RequestHandler):  # type: ignore[misc, unused-ignore]
    """What all our own handlers share: the headers, and pages of a few sentences instead of error pages."""

    @property
    def published(self) -> Published:
        """What the server publishes."""
        published: Published = self.settings["published"]
        return published

    @property
    def sentences(self) -> Sentences:
        """The server's own sentences."""
        accept = self.request.headers.get("Accept-Language", "")
        return self.published.sentences(self.get_cookie(LANGUAGE_COOKIE) or "", accept)

    @property
    def kernels(self) -> Kernels:
        """The server's kernels."""
        kernels: Kernels = self.settings["kernel_manager"]
        return kernels

    @property
    def figures(self) -> Figures:
        """The server's counts."""
        figures: Figures = self.settings["figures"]
        return figures

    def set_default_headers(self) -> None:
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")

    def say(self, status: HTTPStatus, stem: str, link: str | None = None) -> None:
        """Answer with a page of the three sentences under ``stem``."""
        nonce = sheets.new_nonce()
        self.set_status(status)
        self.set_header("Content-Security-Policy", sheets.policy(nonce))
        self.finish(sheets.alone(self.sentences, nonce, stem, link))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        if status_code == HTTPStatus.NOT_FOUND:
            self.say(HTTPStatus.NOT_FOUND, "missing", self.settings["base_url"])
        else:
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.finish(f"{self.sentences.words['name']}: {status_code}\n")

    def log_exception(self, typ: Any, value: BaseException | None, tb: Any) -> None:
        """The places only: tornado's own log line has the whole address in it, token included."""
        status = getattr(value, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR)
        if value is not None and status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            log.error("answering failed: %s", places(value))


def _door(room: Room) -> Door:
    """The door of a person's own house."""
    house: House = room.application
    assert isinstance(house.door, Door)  # noqa: S101 - no other house has these rooms
    return house.door


class Stranger(Room):
    """Somebody without a key: one kind page, whatever the address is and whatever the method."""

    def prepare(self) -> None:
        self.say(HTTPStatus.FORBIDDEN, "closed")


class Foreign(Room):
    """A request under another name, or from another site's page: refused in one line."""

    def prepare(self) -> None:
        self.set_status(HTTPStatus.FORBIDDEN)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("Refused.\n")


class Enter(Room):
    """The right token: the browser gets its cookie, and the address without the token."""

    def get(self) -> None:
        _door(self).let_in(self)
        self.redirect("/")


class Health(Room):
    """Proves to another start of Rebound that the server on this port is the one of its folder."""

    def get(self) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(_door(self).keys.answer(self.get_query_argument("challenge")[:64]))


class Missing(Room):
    """No such page."""

    def prepare(self) -> None:
        self.say(HTTPStatus.NOT_FOUND, "missing", self.settings["base_url"])


@dataclass(frozen=True)
class Opening:
    """How one page is opened.

    Attributes:
        notebook: What it shows.
        cwd: The folder its kernel runs in.
        env: The environment of its kernel.
        strip: The line above the workbook; ``None`` for none.
    """

    notebook: Path
    cwd: Path
    env: Mapping[str, str]
    strip: sheets.Strip | None = None


class WorkbookPage(Room):
    """The workbook. The first words are sent at once; the front end loads while the kernel starts."""

    async def get(self) -> None:
        _door(self).let_in(self)
        published = self.published
        await self.show_workbook(str(uuid.uuid4()), Opening(published.notebook, published.cwd, published.env))

    async def show_workbook(self, kernel_id: str, opening: Opening) -> None:
        """Send the page, with a kernel of that id behind it."""
        nonce = sheets.new_nonce()
        base = self.settings["base_url"]
        sockets = f"{'wss' if self.request.protocol == 'https' else 'ws'}://{self.request.host}"
        self.set_header("Content-Security-Policy", sheets.policy(nonce, sockets=sockets))
        self.set_header("Content-Type", "text/html; charset=utf-8")
        config = page_config(kernel_id, base)
        self.write(
            sheets.top(self.sentences, nonce, config, shelf(), base=base, visiting=opening.strip is not None)
        )
        with self.figures.opening() as ended:
            try:
                shown = await self._run(kernel_id, opening)
                failure = None if shown.views else shown.refusal or self.sentences.words["failed"]
                await self.finish(
                    sheets.bottom(self.sentences, shown.views, shown.states, failure, opening.strip)
                )
                ended("failed" if failure else "opened")
            except StreamClosedError:
                ended("left")
                await self.kernels.end(kernel_id, "its page was left before it was there", now=True)

    async def _run(self, kernel_id: str, opening: Opening) -> Shown:
        accept = self.request.headers.get("Accept-Language", "")
        env = {**opening.env, "REBOUND_ACCEPT": accept[:1000].replace("\0", "")}
        start = {"cwd": str(opening.cwd), "env": env}
        with self.kernels.coming(kernel_id):
            # Begun before the first words are sent, and shielded: a browser that goes away must not leave a
            # kernel half started.
            running = asyncio.ensure_future(run_notebook(self.kernels, kernel_id, opening.notebook, start))
            with contextlib.suppress(StreamClosedError):  # The rest of the page cannot be sent either.
                await self.flush()
            return await asyncio.shield(running)


def page_config(kernel_id: str, base: str) -> dict[str, Any]:
    """What the page's script reads: its kernel, where to say goodbye, and the script with all widgets."""
    return {
        "baseUrl": base,
        "goodbyeUrl": f"{base}goodbye/{kernel_id}",
        "kernelId": kernel_id,
        "widgets": f"{base}{shelf().where[1:]}/{WIDGETS}",
    }


class Goodbye(Room):
    """A page says that it is being left."""

    def post(self, kernel_id: str) -> None:
        self.kernels.goodbye(kernel_id)
        self.set_status(HTTPStatus.NO_CONTENT)


class KernelModel(KernelHandler):  # type: ignore[misc, unused-ignore]
    """What a page asks about its kernel before it connects. Nothing else can be done to a kernel here."""

    SUPPORTED_METHODS = ("GET",)

    def set_default_headers(self) -> None:
        super().set_default_headers()
        self.clear_header("Server")


class KernelSocket(VoilaKernelWebsocketHandler):  # type: ignore[misc, unused-ignore]
    """The line between a page and its kernel. A page asks for it early, and gets it when its kernel is there."""

    async def pre_get(self) -> None:
        kernels: Kernels = self.kernel_manager
        await kernels.arrived(self.kernel_id)
        await super().pre_get()
