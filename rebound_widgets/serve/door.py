"""Who may come in: one check before any page, file or socket is looked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol
from urllib.parse import parse_qs

from jupyter_server.auth.identity import IdentityProvider, User
from tornado.httputil import HTTPServerRequest
from tornado.web import Application, RequestHandler, decode_signed_value

from .keys import Keys
from .running import ADDRESS, HEALTH

Verdict = Literal["welcome", "enter", "health", "stranger", "foreign", "ask", "callback", "unsure", "figures"]
"""``ask``, ``callback``, ``unsure`` and ``figures`` are for a server under a hub; see ``hosted``."""

COOKIE_DAYS = 30
_HARMLESS = frozenset({"GET", "HEAD"})
_ELSEWHERE = frozenset({"cross-site", "same-site"})  # Same-site is another port of this computer.

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), hid=(), microphone=(), midi=(), "
    "payment=(), serial=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Headers of everything that is sent; a page replaces the first by its own."""


class Guards(Protocol):
    """Who stands at a house's door."""

    def verdict(self, request: HTTPServerRequest) -> Verdict:
        """Who ``request`` comes from and what it may do; see :meth:`Door.verdict`."""

    def knows(self, request: HTTPServerRequest) -> bool:
        """Whether ``request`` comes from somebody who may use a kernel: the one it asks for."""


@dataclass(frozen=True)
class Door:
    """Decides about each request before it reaches a handler.

    Attributes:
        keys: The secrets of this server.
        port: The port it listens on; part of the cookie's name, since a browser gives one host's cookies to
            all its ports.
    """

    keys: Keys
    port: int

    @property
    def cookie(self) -> str:
        """The name of the cookie."""
        return f"rebound-{self.port}"

    def hosts(self) -> frozenset[str]:
        """The only ``Host`` that are answered; another name may be a foreign page's own, pointed at us."""
        return frozenset({f"{ADDRESS}:{self.port}", f"localhost:{self.port}"})

    def verdict(self, request: HTTPServerRequest) -> Verdict:
        """Who ``request`` comes from and what it may do.

        ``welcome``: everything. ``enter``: it brings the right token and is sent on with a cookie.
        ``health``: it may ask for the proof that we are we. ``stranger``: it has no key. ``foreign``: wrong
        ``Host``, or another site's page tries to act through this browser.
        """
        if request.host not in self.hosts() or not self._own_page(request):
            return "foreign"
        asked = parse_qs(request.query)
        if request.path == f"/{HEALTH}" and asked.keys() == {"challenge"} and request.method == "GET":
            return "health"
        if request.path == "/" and "token" in asked and request.method == "GET":
            return "enter" if self.keys.opens(asked["token"][-1]) else "stranger"
        return "welcome" if self.knows(request) else "stranger"

    def knows(self, request: HTTPServerRequest) -> bool:
        """Whether ``request`` carries a cookie that we signed."""
        given = request.cookies.get(self.cookie)
        value = given.value if given else None
        signed = decode_signed_value(self.keys.secret, self.cookie, value, max_age_days=COOKIE_DAYS)
        return bool(signed == b"welcome")

    def _own_page(self, request: HTTPServerRequest) -> bool:
        return own_page(request, f"{request.protocol}://{request.host}", frozenset({"/"}))

    def let_in(self, handler: RequestHandler) -> None:
        """Give the browser its cookie, for thirty days from now.

        ``Lax``, not ``Strict``: the first visit comes from a link in a terminal or a file, and a browser
        keeps a strict cookie back on the redirect that follows.
        """
        handler.set_signed_cookie(
            self.cookie, "welcome", expires_days=COOKIE_DAYS, httponly=True, samesite="Lax", path="/"
        )


def own_page(request: HTTPServerRequest, ours: str, doors: Collection[str]) -> bool:
    """Whether no other site is behind ``request``.

    Sockets and writes must name our own page as their origin. Anything else may be fetched by our own page
    only, as far as the browser says who fetches; opening the workbook by a link is open to all, since the
    link's page sees nothing of it.

    Args:
        request: The request.
        ours: The origin of our pages.
        doors: The paths that a link may lead to.
    """
    origin = request.headers.get("Origin")
    if request.headers.get("Upgrade", "").lower() == "websocket" or request.method not in _HARMLESS:
        return bool(origin == ours)
    if request.headers.get("Sec-Fetch-Site", "none") in _ELSEWHERE:
        opened = (request.headers.get("Sec-Fetch-Mode"), request.headers.get("Sec-Fetch-Dest"))
        return request.path in doors and opened == ("navigate", "document")
    return origin in (None, ours)


class OnePerson(IdentityProvider):  # type: ignore[misc, unused-ignore]
    """Tells jupyter_server's own handlers what the door decided: there is one person, or nobody."""

    def __init__(self, door: Guards) -> None:
        super().__init__(token="")
        self._door = door

    def get_user(self, handler: RequestHandler) -> User | None:
        return User(username="you") if self._door.knows(handler.request) else None


class House(Application):  # type: ignore[misc, unused-ignore]
    """The web application behind the door: a handler is looked for only when the visitor may come in.

    Args:
        door: The door.
        rooms: For every verdict but ``welcome``, the handler that answers.
        settings: Tornado's.
    """

    def __init__(
        self, door: Guards, rooms: Mapping[Verdict, type[RequestHandler]], **settings: object
    ) -> None:
        super().__init__(**settings)
        self.door = door
        self._rooms = rooms

    def find_handler(self, request: HTTPServerRequest, **kwargs: object) -> object:
        verdict = self.door.verdict(request)
        if verdict != "welcome":
            return self.turned(verdict, request)
        return super().find_handler(request, **kwargs)

    def turned(self, verdict: Verdict, request: HTTPServerRequest) -> object:
        """What answers somebody who is not welcome to everything; turning them away is counted."""
        if self.settings.get("figures") is not None:
            self.settings["figures"].verdict(verdict)
        return self.get_handler_delegate(request, self._rooms[verdict])
