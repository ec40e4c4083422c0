"""The service over HTTP, held against its own document by a tool that tries what nobody thinks of."""

from __future__ import annotations

import asyncio
import datetime as dt
import http.client
import json
import logging
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tornado.httpserver import HTTPServer

from rebound_widgets.service.answering import House
from rebound_widgets.service.callers import CARE, COHORT, METRICS, READ_SHARED, Caller, Directory
from rebound_widgets.service.database import Database
from rebound_widgets.service.document import document
from rebound_widgets.service.handlers import LARGEST_BODY, application
from rebound_widgets.service.hub import Hub, HubAway, _token_key
from rebound_widgets.service.pace import Pace

from .conftest import share_body

EVERYTHING = frozenset({READ_SHARED, COHORT, CARE, METRICS})
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


class KnownTokens(Hub):
    """A hub that knows two people, and may be away."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:1", "", access="", counsellors="", caseloads="", subject="")
        self.away = False

    async def caller(self, token: str) -> Caller | None:
        if self.away:
            raise HubAway("away")
        name = token.removeprefix("token-of-")
        return Caller(key=name, hub_name=name, scopes=EVERYTHING) if name in ("reyes", "mara") else None

    async def directory(self, *, anew: bool = False) -> Directory:
        return Directory(frozenset({"reyes"}))


class Served:
    """The service on a port, in a thread of its own.

    Attributes:
        hub: Its hub.
        port: Where it answers.
    """

    def __init__(self, database: Database) -> None:
        self.hub = KnownTokens()
        self.house = House(database, self.hub, callers=Pace(1e6, 1e6), strangers=Pace(1e6, 1e6))
        self.port = 0
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(20)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = HTTPServer(application(self.house, "/services/centre/"), max_body_size=LARGEST_BODY)
        server.listen(0, "127.0.0.1")
        self.port = next(iter(server._sockets.values())).getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.stop()

    def stop(self) -> None:
        """End it."""
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)
        self.house.threads.shutdown()

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, f"/services/centre{path}", body, named)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The service with a share in it."""
    logging.getLogger("rebound.service").setLevel(logging.ERROR)
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('centre')}/centre.sqlite")
    database.bring_up()
    made = Served(database)
    yield made
    made.stop()
    database.close()


def token(who: str) -> dict[str, str]:
    """The header of somebody."""
    return {"Authorization": f"token token-of-{who}", "Content-Type": "application/json"}


def put(served: Served, who: str, path: str, body: Any) -> int:
    """The status of a write."""
    return served.ask(path, "PUT", json.dumps(body).encode(), **token(who))[0]


def test_the_document_that_is_kept_is_the_one_that_is_served(served: Served, root: Path) -> None:
    """docs/reference/centre-openapi.json is what the service answers, so whoever reads it reads the truth."""
    status, _, body = served.ask("/openapi.json", **token("mara"))
    kept = json.loads((root / "docs" / "reference" / "centre-openapi.json").read_text(encoding="utf-8"))
    assert (200, kept) == (status, json.loads(body))


def short(schema: Any) -> Any:
    """The same document with lists of two at most in what is sent: longer ones take minutes to make."""
    if isinstance(schema, list):
        return [short(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: min(value, 2) if key == "maxItems" else short(value) for key, value in schema.items()}


def shortened() -> dict[str, Any]:
    """The document; what is answered stays as it is."""
    made = document()
    for operations in made["paths"].values():
        for operation in operations.values():
            if "requestBody" in operation:
                operation["requestBody"] = short(operation["requestBody"])
    return made


schema = schemathesis.openapi.from_dict(shortened())


@schema.parametrize()
@settings(
    max_examples=int(os.environ.get("REBOUND_EXAMPLES", "4")),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
)
def test_nothing_that_is_sent_breaks_it(served: Served, case: Any) -> None:
    """Every operation with valid and broken bodies, ids and headers: no server error, and answers as documented."""
    case.call_and_validate(
        base_url=f"http://127.0.0.1:{served.port}/services/centre", headers=token("mara"), checks=list(CHECKS)
    )


def test_what_is_broken_is_refused_and_nothing_is_kept(served: Served) -> None:
    """Broken JSON, numbers that are none, deep lists, other types, a body of megabytes: refused, each by its status."""
    today = dt.datetime.now().astimezone().date()
    share = share_body("broken", today)
    put(served, "mara", "/v1/me/consent", {"words": "centre-1"})
    put(served, "reyes", "/v1/me", {"name": "Ana Reyes"})
    reader = json.loads(served.ask("/v1/me", **token("reyes"))[2])["id"]
    path = "/v1/shares/share-broken"
    good = {"reader": reader, "share": share}
    broken = [
        b"",
        b"{",
        b"[]",
        b'{"reader": NaN, "share": {}}',
        b"[" * 100_000,
        b"\xff\xfe",
        json.dumps({**good, "more": 1}).encode(),
        json.dumps({**good, "reader": 7}).encode(),
        json.dumps({**good, "reader": "a\u0000b"}).encode(),
        json.dumps({**good, "share": {**share, "items": []}}).encode(),
        json.dumps({**good, "share": {**share, "until": "never"}}).encode(),
        json.dumps(
            {**good, "share": {**share, "items": [{**share["items"][0], "kind": "timed-page"}]}}
        ).encode(),
    ]
    answers = [served.ask(path, "PUT", body, **token("mara"))[0] for body in broken]
    assert [422] * len(broken) == answers
    plain = {**token("mara"), "Content-Type": "text/plain"}
    assert 415 == served.ask(path, "PUT", json.dumps(good).encode(), **plain)[0]
    assert 405 == served.ask(path, "GET", **token("mara"))[0]
    assert [] == json.loads(served.ask("/v1/shares", **token("mara"))[2])["shares"]
    assert 201 == put(served, "mara", path, good)
    assert 200 == served.ask("/v1/received/share-broken", **token("reyes"))[0]


def test_a_hub_that_is_away_is_said_so(served: Served) -> None:
    """Nobody is let in on a guess: 503 and when to try again."""
    served.hub.away = True
    try:
        status, headers, body = served.ask("/v1/me", **token("mara"))
    finally:
        served.hub.away = False
    assert (503, "2", "centre-away") == (status, headers["retry-after"], json.loads(body)["rule"])


def test_every_answer_is_json_that_no_browser_runs(served: Served) -> None:
    """No page of its own, no sniffing, nothing kept, no version of anything."""
    for path in ("/v1/me", "/health", "/nowhere", "/openapi.json"):
        for headers in ({}, token("mara")):
            _, found, _ = served.ask(path, **headers)
            assert "application/json" == found["content-type"]
            assert ("nosniff", "no-store") == (found["x-content-type-options"], found["cache-control"])
            assert "server" not in found


def test_strangers_cost_nobody_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many forged tokens come: whoever was somebody a while ago is still let in, whatever the hub is asked."""
    hub = Hub("http://127.0.0.1:1", "", access="", counsellors="", caseloads="", subject="")
    mara = Caller(key="mara", hub_name="mara", scopes=EVERYTHING)
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    hub._keep(_token_key("known"), (mara,))
    hub._keep(_token_key("revoked"), (None,))
    assert (True, True, False) == tuple(hub.knows(one) for one in ("known", "revoked", "forged"))
    now[0] = 600.0
    assert (True, False, False) == tuple(hub.knows(one) for one in ("known", "revoked", "forged"))
    now[0] = 3700.0
    assert not hub.knows("known")


def test_known_tokens_take_nothing_from_strangers(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred calls of one student leave the strangers' bucket as full as it was."""
    monkeypatch.setattr(served.house, "strangers", Pace(0.0, 1))
    monkeypatch.setattr(served.hub, "knows", lambda token: token == "token-of-mara")
    assert {200} == {served.ask("/v1/me", **token("mara"))[0] for _ in range(20)}
    assert [401, 429] == [served.ask("/v1/me", **token("nobody-known"))[0] for _ in range(2)]
    assert 200 == served.ask("/v1/me", **token("mara"))[0]


def test_whoever_asks_too_often_is_told_to_wait() -> None:
    """A bucket empties by asking and fills by time, for each caller alone."""
    now = [0.0]
    pace = Pace(1, 3, lambda: now[0])
    assert [True, True, True, False] == [pace.allows("a") for _ in range(4)]
    assert pace.allows("b")
    now[0] = 2.0
    assert [True, True, False] == [pace.allows("a") for _ in range(3)]
