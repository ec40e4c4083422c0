"""What every handler of the service shares: who asks, how often, and how a refusal is answered."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import re
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import responses
from typing import Any

from sqlalchemy import Connection
from tornado.web import RequestHandler

from ..domain.refused import Refused
from ..sharing.centre_sentences import SAID
from .callers import Caller
from .database import THREADS, Database
from .hub import Hub, HubAway
from .pace import Pace
from .watching import Figures, log

_TOKEN = re.compile(r"(?:token|bearer) +([!-~]{8,200})", re.IGNORECASE)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass
class House:
    """What the handlers share.

    Attributes:
        database: The database.
        hub: The hub.
        clock: The moment, in UTC.
        figures: What is counted.
        callers: How often one token may ask; strangers share one bucket, since each of theirs asks the hub.
        threads: Where transactions run.
    """

    database: Database
    hub: Hub
    clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    figures: Figures = field(default_factory=Figures)
    callers: Pace = field(default_factory=lambda: Pace(20, 60))
    strangers: Pace = field(default_factory=lambda: Pace(50, 200))
    threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(THREADS))

    async def do(self, work: Callable[[Connection], Any]) -> Any:
        """One transaction, beside the loop that answers."""
        return await asyncio.get_running_loop().run_in_executor(self.threads, self.database.do, work)


class Told(Exception):
    """An answer that ends a call early: a status, its rule and its sentence."""

    def __init__(self, status: HTTPStatus, rule: str, sentence: str) -> None:
        super().__init__(rule)
        self.status, self.rule, self.sentence = status, rule, sentence


class Answering(RequestHandler):  # type: ignore[misc, unused-ignore]
    """What all handlers share: headers, errors as JSON, and who asks."""

    operation_name = "other"

    @property
    def house(self) -> House:
        """What the handlers share."""
        house: House = self.settings["house"]
        return house

    SUPPORTED_METHODS = ("GET", "PUT", "DELETE")

    def prepare(self) -> None:
        self.began = time.perf_counter()

    async def get(self, *ids: str) -> None:
        await self._answer(ids)

    async def put(self, *ids: str) -> None:
        await self._answer(ids)

    async def delete(self, *ids: str) -> None:
        await self._answer(ids)

    async def _answer(self, ids: tuple[str, ...]) -> None:
        try:
            await self.answer(ids)
        except Told as told:
            self.refuse(told)

    async def answer(self, ids: tuple[str, ...]) -> None:
        """Answer the call.

        Raises:
            Told: the answer is a refusal.
        """
        raise NotImplementedError

    def only(self, method: str) -> None:
        """Refuse any other method.

        Raises:
            Told: it is another.
        """
        if self.request.method != method:
            raise no_method([method])

    def set_default_headers(self) -> None:
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.clear_header("Server")
        self.set_header("Content-Type", "application/json")

    def tell(self, status: int, answer: Any) -> None:
        """Answer with JSON."""
        self.set_status(status)
        self.finish(json.dumps(answer, ensure_ascii=True))

    def refuse(self, told: Told) -> None:
        """Answer with a refusal."""
        if told.status == HTTPStatus.UNAUTHORIZED:
            self.set_header("WWW-Authenticate", "token")
        if told.status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
            self.set_header("Retry-After", "2")
        self.tell(told.status, {"rule": told.rule, "sentence": told.sentence})

    def write_error(self, status_code: int, **_kwargs: Any) -> None:
        # What the library refuses by itself: a broken request, a method that is not there.
        sentence = responses.get(status_code, "Refused")
        self.finish(json.dumps({"rule": f"http-{status_code}", "sentence": f"{sentence}."}))

    def log_exception(self, typ: Any, value: BaseException | None, tb: Any) -> None:
        """The kind and the places only."""
        if (
            getattr(value, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR)
            >= HTTPStatus.INTERNAL_SERVER_ERROR
        ):
            log.error("answering failed", exc_info=value)

    def on_finish(self) -> None:
        seconds = time.perf_counter() - getattr(self, "began", time.perf_counter())
        status = self.get_status()
        self.house.figures.answered(self.operation_name, status, seconds)
        facts = {"operation": self.operation_name, "status": status, "ms": round(seconds * 1000)}
        log.info("answered", extra={"facts": facts})

    async def caller(self) -> Caller:
        """Who asks.

        Raises:
            Told: nobody that the hub knows, or the hub does not answer.
        """
        given = _TOKEN.fullmatch(self.request.headers.get("Authorization", "").strip())
        if given is None:
            raise unknown()
        if not self.house.hub.knows(given[1]) and not self.house.strangers.allows(""):
            raise too_often()
        try:
            found = await self.house.hub.caller(given[1])
        except HubAway:
            raise away("The hub") from None
        except Refused as refused:
            raise Told(HTTPStatus.FORBIDDEN, refused.rule, refused.sentence) from None
        if found is None:
            raise unknown()
        if not self.house.callers.allows(f"{found.key}/{found.hub_name}"):
            raise too_often()
        return found


def unknown() -> Told:
    """The refusal for whoever the hub does not know."""
    return Told(HTTPStatus.UNAUTHORIZED, "centre-unknown", SAID["centre-unknown"])


def too_often() -> Told:
    """The refusal for whoever asks too often."""
    return Told(HTTPStatus.TOO_MANY_REQUESTS, "centre-too-often", SAID["centre-too-often"])


def no_method(there: Collection[str]) -> Told:
    """The refusal of a method that an address does not have."""
    return Told(HTTPStatus.METHOD_NOT_ALLOWED, "http-405", f"Here there is {', '.join(sorted(there))}.")


def not_allowed() -> Told:
    """The refusal for a token whose scopes do not say so."""
    return Told(HTTPStatus.FORBIDDEN, "centre-not-allowed", SAID["centre-not-allowed"])


def away(what: str) -> Told:
    """The refusal while something we stand on does not answer."""
    sentence = f"{what} does not answer. Nothing was written; the same may be sent again."
    return Told(HTTPStatus.SERVICE_UNAVAILABLE, "centre-away", sentence)
