"""What the launcher answers to those who are not the person: nothing."""

from __future__ import annotations

import base64
import http.client
import re
import stat
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

PATHS = (
    "/",
    "/?token=",
    "/?token=wrong",
    "/?token=wrong&token=",
    "/health",
    "/health?challenge=1&token=x",
    "/goodbye/00000000-0000-0000-0000-000000000000",
    "/api",
    "/api/kernels",
    "/api/kernels/00000000-0000-0000-0000-000000000000",
    "/api/kernels/00000000-0000-0000-0000-000000000000/channels",
    "/api/contents",
    "/api/sessions",
    "/api/terminals",
    "/files/0000000000000000/voila/voila.js",
    "/login",
    "/logout",
    "/static/favicon.ico",
    "/terminals/1",
    "/tree",
    "/lab",
    "/voila/files/workbook.ipynb",
    "/voila/files/../keys.json",
    "/voila/static/voila.js",
    "/voila/templates/base/static/voila.js",
    "/voila/api/shutdown/00000000-0000-0000-0000-000000000000",
    "/voila/api/themes/@jupyterlab/theme-light-extension/index.css",
    "/voila/api/contents/",
    "/voila/labextensions/anywidget/package.json",
    "/voila/render/workbook.ipynb",
    "/voila/tree",
    "/app/keys.json",
    "/workbook.ipynb",
    "//127.0.0.1/",
    "/%2e%2e/%2e%2e/etc/passwd",
)


class Visitor:
    """Asks the server for things, as whoever its headers say."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.host = f"127.0.0.1:{port}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
        """Status, headers with small names, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in {"Host": self.host, **headers}.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            response = connection.getresponse()
            body = response.read().decode("utf-8", "replace")
            return response.status, {k.lower(): v for k, v in response.getheaders()}, body
        finally:
            connection.close()

    def enter(self, token: str) -> str:
        """The cookie that the token buys."""
        status, headers, _ = self.ask(f"/?token={token}")
        assert 302 == status
        return headers["set-cookie"].partition(";")[0]

    def socket(self, kernel: str, **headers: str) -> int:
        """The status of a try to open a kernel's socket."""
        key = base64.b64encode(b"0123456789abcdef").decode()
        upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13"}
        path = f"/api/kernels/{kernel}/channels?session_id=1"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            named = {"Host": self.host, **upgrade, "Sec_WebSocket_Key": key, **headers}
            connection.putrequest("GET", path, skip_host=True)
            for name, value in named.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            return connection.getresponse().status
        finally:
            connection.close()


@pytest.fixture
def visitor(shared_standin: Any) -> Visitor:
    """Somebody without a key."""
    return Visitor(shared_standin.port)


@pytest.fixture
def kernel(shared_standin: Any, page: Page) -> Any:
    """The id of a kernel with an open page."""
    page.goto(shared_standin.url)
    expect(page.get_by_role("heading", name="Stand-in")).to_be_visible()
    return page.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")


def test_nobody_finds_anything(visitor: Visitor) -> None:
    """Without the token or the cookie, every address and method answers with the same closed door."""
    answers = {(path, method): visitor.ask(path, method) for path in PATHS for method in ("GET", "HEAD")}
    assert {403} == {status for status, _, _ in answers.values()}
    assert set() == {
        path for (path, method), (_, _, body) in answers.items() if method == "GET" and "closed" not in body
    }
    assert set() == {path for (path, _), (_, headers, _) in answers.items() if "set-cookie" in headers}
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert {403} == {visitor.ask(path, method)[0] for path in PATHS}


def test_a_closed_door_says_kindly_how_to_get_in(shared_standin: Any, new_page: Callable[..., Page]) -> None:
    """Whoever opens the address without the token reads where the whole address is."""
    page = new_page(allowed=["403"])
    response = page.goto(shared_standin.base)
    assert response is not None
    assert 403 == response.status
    expect(page.get_by_role("heading", name="This page is closed to visitors")).to_be_visible()
    expect(page.get_by_text("the address that Rebound printed in its terminal")).to_be_visible()
    assert shared_standin.token not in page.content()


def test_the_person_finds_the_workbook_and_nothing_else(visitor: Visitor, shared_standin: Any) -> None:
    """With the cookie, too, there are no files, no folders, no list of kernels, no terminals."""
    cookie = visitor.enter(shared_standin.token)
    inside = [path for path in PATHS if path.partition("?")[0] not in ("/", "/health")]
    answers = {path: visitor.ask(path, Cookie=cookie)[0] for path in inside}
    assert {404, 405} >= set(answers.values()), answers


def test_the_token_goes_into_a_cookie_and_out_of_the_address(visitor: Visitor, shared_standin: Any) -> None:
    """The token works again and again; each time the browser is sent on to the address without it."""
    for _ in range(2):
        status, headers, _ = visitor.ask(f"/?token={shared_standin.token}")
        assert (302, "/") == (status, headers["location"])
        cookie = headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "samesite=lax" in cookie.lower()
        assert "Path=/" in cookie
        assert f"rebound-{shared_standin.port}=" in cookie
        assert shared_standin.token not in cookie


def test_another_name_for_this_computer_is_refused(visitor: Visitor, shared_standin: Any) -> None:
    """A foreign name that points at this computer (DNS rebinding) gets nothing, cookie or not."""
    cookie = visitor.enter(shared_standin.token)
    names = [
        "evil.example",
        f"evil.example:{shared_standin.port}",
        "127.0.0.1",
        "127.0.0.1:1",
        f"[::1]:{shared_standin.port}",
        "",
    ]
    answers = [
        visitor.ask(path, Host=name, Cookie=cookie)
        for name in names
        for path in ("/", f"/?token={shared_standin.token}")
    ]
    assert {400, 403} >= {status for status, _, _ in answers}
    assert not any("set-cookie" in headers for _, headers, _ in answers)
    assert 302 == visitor.ask(f"/?token={shared_standin.token}", Host=f"localhost:{shared_standin.port}")[0]


def test_another_site_cannot_act_through_the_browser(
    visitor: Visitor, shared_standin: Any, kernel: str
) -> None:
    """A page of another site, or of another port, cannot open a socket, say goodbye, or fetch anything."""
    cookie = visitor.enter(shared_standin.token)
    ours, other = shared_standin.base, "http://127.0.0.1:1"
    assert 101 == visitor.socket(kernel, Origin=ours, Cookie=cookie)
    refused = [
        visitor.socket(kernel, Origin=other, Cookie=cookie),
        visitor.socket(kernel, Origin="null", Cookie=cookie),
        visitor.socket(kernel, Cookie=cookie),
        visitor.socket(kernel, Origin=ours),
        visitor.ask(f"/goodbye/{kernel}", "POST", Cookie=cookie)[0],
        visitor.ask(f"/goodbye/{kernel}", "POST", Cookie=cookie, Origin=other)[0],
        visitor.ask(f"/api/kernels/{kernel}", Cookie=cookie, Origin=other)[0],
        visitor.ask("/", Cookie=cookie, Sec_Fetch_Site="same-site", Sec_Fetch_Mode="no-cors")[0],
        visitor.ask(
            "/",
            Cookie=cookie,
            Sec_Fetch_Site="cross-site",
            Sec_Fetch_Mode="navigate",
            Sec_Fetch_Dest="iframe",
        )[0],
    ]
    assert [403] * len(refused) == refused
    assert 200 == visitor.ask(f"/api/kernels/{kernel}", Cookie=cookie)[0]
    assert 405 == visitor.ask(f"/api/kernels/{kernel}", "DELETE", Cookie=cookie, Origin=ours)[0]


def test_the_page_cannot_run_code_in_its_kernel(shared_standin: Any, page: Page, kernel: str) -> None:
    """The line to the kernel carries widgets only: a request to run code is dropped."""
    said = page.evaluate(
        """async (kernel) => {
          const socket = new WebSocket(`ws://${location.host}/api/kernels/${kernel}/channels?session_id=x`);
          await new Promise((done) => { socket.onopen = done; });
          const seen = [];
          socket.onmessage = (event) => seen.push(JSON.parse(event.data).msg_type);
          const ask = (msg_type, content) => {
            const header = { msg_id: msg_type, username: "", session: "other", msg_type, version: "5.3" };
            const rest = { channel: "shell", metadata: {}, parent_header: {} };
            socket.send(JSON.stringify({ content, header, ...rest }));
          };
          ask("execute_request", { code: "print(1)", silent: false });
          ask("shutdown_request", { restart: false });
          ask("comm_info_request", {});
          await new Promise((done) => setTimeout(done, 2500));
          socket.close();
          return seen;
        }""",
        kernel,
    )
    assert "comm_info_reply" in said
    assert set() == {"execute_reply", "execute_input", "stream", "shutdown_reply"} & set(said)


def test_every_answer_carries_the_safe_headers(visitor: Visitor, shared_standin: Any) -> None:
    """The page allows its own scripts and no others, may not be framed, and tells nobody its address."""
    cookie = visitor.enter(shared_standin.token)
    status, headers, body = visitor.ask("/", Cookie=cookie)
    assert 200 == status
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    (nonce,) = set(re.findall(r'nonce="([^"]+)"', body))
    expected = {
        "default-src": "'none'",
        "script-src": f"'self' blob: 'nonce-{nonce}'",
        "style-src": f"'nonce-{nonce}'",
        "img-src": "'self' data: blob:",
        "connect-src": f"'self' ws://127.0.0.1:{shared_standin.port}",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    assert expected == policy
    assert nonce not in visitor.ask("/", Cookie=cookie)[2]
    for path in ("/", "/nowhere", "/api/kernels/00000000-0000-0000-0000-000000000000"):
        _, headers, _ = visitor.ask(path, Cookie=cookie)
        assert "nosniff" == headers["x-content-type-options"]
        assert "no-referrer" == headers["referrer-policy"]
        assert "same-origin" == headers["cross-origin-opener-policy"]
        assert "camera=()" in headers["permissions-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "Tornado" not in headers.get("server", "")


def test_no_byte_of_the_page_names_another_host(visitor: Visitor, shared_standin: Any) -> None:
    """The page's own text points nowhere else: no font, no picture, no script from a foreign host."""
    cookie = visitor.enter(shared_standin.token)
    body = visitor.ask("/", Cookie=cookie)[2]
    named = set(re.findall(r"(?:https?|wss?):\\?/\\?/([^\s/\"'<>\\]+)", body))
    assert {"www.w3.org"} >= named, "only the names of XML vocabularies, which are never fetched"


def test_files_are_compressed_and_kept_for_good(visitor: Visitor, shared_standin: Any) -> None:
    """A file of the front end is sent compressed, once; its address changes when it does."""
    cookie = visitor.enter(shared_standin.token)
    addresses = re.findall(r'(?:src|href)="(/files/[^"]+)"', visitor.ask("/", Cookie=cookie)[2])
    assert {".mjs": 3, ".js": 1} == Counter(Path(address).suffix for address in addresses)
    for address in addresses:
        _, plain, _ = visitor.ask(address, Cookie=cookie)
        for accepted in ("br, gzip", "gzip", "gzip;q=0.5, br;q=0"):
            _, packed, _ = visitor.ask(address, Cookie=cookie, Accept_Encoding=accepted)
            best = "br" if accepted == "br, gzip" and address.endswith(".mjs") else "gzip"
            assert best == packed["content-encoding"]
            assert int(packed["content-length"]) < int(plain["content-length"]) * 0.6
            assert "immutable" in packed["cache-control"]
        assert "content-encoding" not in visitor.ask(address, Cookie=cookie)[1]
    assert "no-store" == visitor.ask("/", Cookie=cookie)[1]["cache-control"]
    folder = addresses[0].rpartition("/")[0]
    assert 404 == visitor.ask(f"{folder}/../../secret.js", Cookie=cookie)[0]


def test_secrets_are_the_persons_alone(shared_standin: Any, page: Page) -> None:
    """What the launcher keeps is readable by the person only, and its log has neither token nor cookie."""
    page.goto(shared_standin.url)
    expect(page.get_by_role("heading", name="Stand-in")).to_be_visible()
    folder = shared_standin.home / "app"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.iterdir()]}
    assert {0o600, 0o700} >= set(modes.values()), modes
    (cookie,) = [c["value"] for c in page.context.cookies()]
    arguments = Path(f"/proc/{shared_standin.process.pid}/cmdline").read_text()
    for secret in (shared_standin.token, cookie):
        assert secret not in shared_standin.log
        assert secret not in arguments
