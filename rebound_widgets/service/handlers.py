"""Answers calls: whose token, what it allows, what was sent; then the operation inside one transaction."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import Any, NoReturn

from sqlalchemy import Connection, text
from tornado.web import Application

from ..domain.refused import Refused
from .answering import Answering, House, Told, away, no_method, not_allowed
from .call import STATUS, Call
from .callers import METRICS, Caller, Directory
from .database import DatabaseAway
from .document import document
from .hub import HubAway
from .operations import OPERATIONS, Operation

LARGEST_BODY = 6 * 1024 * 1024
"""Bytes; no share has more than five million, and what is around it is little."""
_ID = r"([\w:/@.#%-]{1,600})"


class OneAddress(Answering):
    """All operations at one address."""

    def initialize(self, operations: dict[str, Operation]) -> None:
        self._operations = operations

    async def answer(self, ids: tuple[str, ...]) -> None:
        caller = await self.caller()
        operation = self._operations.get(str(self.request.method))
        if operation is None:
            raise no_method(self._operations)
        self.operation_name = operation.name
        if operation.scope and not caller.may(operation.scope):
            raise not_allowed()
        self.tell(*await self._run(operation, caller, ids))

    async def _run(self, operation: Operation, caller: Caller, ids: tuple[str, ...]) -> tuple[int, Any]:
        body = self._body(operation)
        try:
            directory = await self.house.hub.directory()
            try:
                return await self._do(operation, caller, directory, ids, body)
            except Refused as refused:
                anew = await self.house.hub.directory(anew=True)
                if refused.rule != "centre-not-here" or anew == directory:
                    raise
                # A counsellor or a caseload that is a moment old.
                return await self._do(operation, caller, anew, ids, body)
        except HubAway:
            raise away("The hub") from None
        except DatabaseAway:
            raise away("The database") from None
        except Refused as refused:
            told = STATUS.get(refused.rule, HTTPStatus.UNPROCESSABLE_ENTITY)
            raise Told(HTTPStatus(told), refused.rule, refused.sentence) from None

    async def _do(
        self, operation: Operation, caller: Caller, directory: Directory, ids: tuple[str, ...], body: Any
    ) -> tuple[int, Any]:
        now = self.house.clock()

        def work(connection: Connection) -> tuple[int, Any]:
            call = Call(
                connection=connection,
                caller=caller,
                directory=directory,
                now=now,
                today=now.astimezone().date(),
                ids=ids,
                body=body,
            )
            return operation.run(call)

        status, answer = await self.house.do(work)
        return int(status), answer

    def _body(self, operation: Operation) -> Any:
        if operation.body is None:
            return None
        if self.request.headers.get("Content-Type", "").partition(";")[0].strip() != "application/json":
            raise Told(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "centre-no-json", "What is sent has to be JSON.")

        def refuse(_constant: str) -> NoReturn:
            raise ValueError("JSON has no such number")

        try:
            body = json.loads(self.request.body.decode("utf-8"), parse_constant=refuse)
        except (ValueError, RecursionError):
            raise _broken("what was sent") from None
        names = operation.body["properties"]
        if not isinstance(body, dict) or body.keys() != names.keys():
            raise _broken("what was sent")
        for name, schema in names.items():
            kind = {"string": str, "object": dict}[schema["type"]]
            short = not isinstance(body[name], str) or len(body[name]) <= schema.get("maxLength", 200)
            if not isinstance(body[name], kind) or not short or (kind is str and not _printable(body[name])):
                raise _broken(name)
            if len(body[name]) < schema.get("minLength", 0):
                raise _broken(name)
        return body


def _printable(words: str) -> bool:
    """No character that a database refuses."""
    return "\0" not in words and not any("\ud800" <= mark <= "\udfff" for mark in words)


def _broken(place: str) -> Told:
    sentence = f"This is not whole: {place} is not as it should be."
    return Told(HTTPStatus.UNPROCESSABLE_ENTITY, "share-broken", sentence)


class Health(Answering):
    """Whether calls can be answered now; for whoever watches the machine. It says nothing else."""

    operation_name = "health"

    async def answer(self, ids: tuple[str, ...]) -> None:
        self.only("GET")
        try:
            await self.house.do(lambda connection: connection.execute(text("SELECT 1")).scalar())
        except DatabaseAway:
            self.tell(HTTPStatus.SERVICE_UNAVAILABLE, {"ok": False})
        else:
            self.tell(HTTPStatus.OK, {"ok": True})


class Metrics(Answering):
    """Figures for Prometheus, for a token with the hub's own scope for figures."""

    operation_name = "metrics"

    async def answer(self, ids: tuple[str, ...]) -> None:
        caller = await self.caller()
        self.only("GET")
        if not caller.may(METRICS):
            raise not_allowed()
        self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.finish(self.house.figures.text())


class Document(Answering):
    """The OpenAPI document."""

    operation_name = "document"

    async def answer(self, ids: tuple[str, ...]) -> None:
        await self.caller()
        self.only("GET")
        self.tell(HTTPStatus.OK, document())


class Nothing(Answering):
    """No such address; whoever has no token is not told even that."""

    async def answer(self, ids: tuple[str, ...]) -> None:
        await self.caller()
        raise Told(HTTPStatus.NOT_FOUND, "centre-not-here", "There is nothing at this address.")


def application(house: House, prefix: str) -> Application:
    """The whole service below ``prefix``, which ends in a slash."""
    below = re.escape(prefix.rstrip("/"))
    by_path: dict[str, dict[str, Operation]] = {}
    for operation in OPERATIONS:
        by_path.setdefault(operation.path, {})[operation.method] = operation
    routes: list[tuple[Any, ...]] = [
        (below + re.escape(path).replace(r"\{id\}", _ID), OneAddress, {"operations": operations})
        for path, operations in by_path.items()
    ]
    routes += [
        (rf"{below}/health", Health),
        (rf"{below}/metrics", Metrics),
        (rf"{below}/openapi\.json", Document),
    ]
    return Application(routes, house=house, default_handler_class=Nothing, log_function=lambda handler: None)
