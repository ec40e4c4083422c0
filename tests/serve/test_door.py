"""Who may come in."""

from __future__ import annotations

from typing import Any

import pytest
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine
from tornado.web import create_signed_value

from rebound_widgets.serve.door import Door
from rebound_widgets.serve.keys import Keys

KEYS = Keys(token="t" * 40, secret="s" * 40)
DOOR = Door(KEYS, 8899)
HOST = "127.0.0.1:8899"
OURS = f"http://{HOST}"


class Line:
    """As much of a connection as a request looks at."""

    context = None

    def set_close_callback(self, callback: Any) -> None:
        """Nothing closes here."""


def request(
    uri: str = "/", method: str = "GET", cookie: str | None = None, **headers: str
) -> HTTPServerRequest:
    """A request as tornado reads it; names of headers with underscores."""
    named = {"Host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
    if cookie is not None:
        named["Cookie"] = f"{DOOR.cookie}={cookie}"
    line = RequestStartLine(method, uri, "HTTP/1.1")
    return HTTPServerRequest(start_line=line, headers=HTTPHeaders(named), connection=Line())


def signed(secret: str = KEYS.secret, name: str = DOOR.cookie, value: str = "welcome", **options: Any) -> str:
    """A cookie signed with ``secret``."""
    return create_signed_value(secret, name, value, **options).decode()


@pytest.mark.parametrize(
    ("expected", "asked"),
    [
        ("enter", request(f"/?token={KEYS.token}")),
        ("stranger", request("/?token=wrong")),
        ("stranger", request(f"/?token={KEYS.token}&token=wrong")),
        ("stranger", request(f"/elsewhere?token={KEYS.token}")),
        ("stranger", request()),
        ("stranger", request("/health")),
        ("health", request("/health?challenge=1")),
        ("stranger", request("/health?challenge=1&more=1")),
        ("welcome", request(cookie=signed())),
        ("welcome", request("/anything", cookie=signed())),
        ("stranger", request(cookie=signed("o" * 40))),
        ("stranger", request(cookie=signed(name="rebound-8898"))),
        ("stranger", request(cookie=signed(value="other"))),
        ("stranger", request(cookie="welcome")),
        ("stranger", request(cookie=signed(clock=lambda: 1_000_000_000.0))),
        ("foreign", request(cookie=signed(), Host="evil.example:8899")),
        ("foreign", request(cookie=signed(), Host="127.0.0.1:80")),
        ("welcome", request(cookie=signed(), Host="localhost:8899")),
        ("foreign", request("/goodbye/1", "POST", cookie=signed())),
        ("foreign", request("/goodbye/1", "POST", cookie=signed(), Origin="http://evil.example")),
        ("foreign", request("/goodbye/1", "POST", cookie=signed(), Origin="null")),
        ("welcome", request("/goodbye/1", "POST", cookie=signed(), Origin=OURS)),
        ("foreign", request("/channels", cookie=signed(), Upgrade="WebSocket")),
        ("foreign", request("/channels", cookie=signed(), Upgrade="websocket", Origin="http://127.0.0.1:1")),
        ("welcome", request("/channels", cookie=signed(), Upgrade="websocket", Origin=OURS)),
        ("stranger", request("/channels", Upgrade="websocket", Origin=OURS)),
        ("foreign", request("/files/x", cookie=signed(), Sec_Fetch_Site="same-site")),
        ("foreign", request("/files/x", cookie=signed(), Origin="http://127.0.0.1:1")),
        ("welcome", request("/files/x", cookie=signed(), Sec_Fetch_Site="same-origin")),
        (
            "welcome",
            request(
                cookie=signed(),
                Sec_Fetch_Site="cross-site",
                Sec_Fetch_Mode="navigate",
                Sec_Fetch_Dest="document",
            ),
        ),
        (
            "foreign",
            request(
                cookie=signed(),
                Sec_Fetch_Site="cross-site",
                Sec_Fetch_Mode="navigate",
                Sec_Fetch_Dest="iframe",
            ),
        ),
    ],
)
def test_the_door_knows_who_stands_before_it(expected: str, asked: HTTPServerRequest) -> None:
    """The person comes in, by token or cookie; strangers and other sites' pages do not."""
    assert expected == DOOR.verdict(asked)
