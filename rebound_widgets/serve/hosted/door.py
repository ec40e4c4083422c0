"""The door of a server under a hub: the hub says who somebody is, and only the owner comes in."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from tornado.httputil import HTTPServerRequest
from tornado.web import decode_signed_value

from ..door import Verdict, own_page
from ..keys import Keys
from ..logs import log
from ..pages import Room
from .place import HubPlace
from .sign_on import Begun, HubSilent, SignOn

_DAYS = 14
"""As long as the hub's own cookie lasts by default."""
_BEGUN_S = 600
_ADMITTED = "rebound_admitted"
METRICS = "read:metrics"
"""The hub's scope for whoever reads figures, its own and those of the desk service."""


def was_admitted(request: HTTPServerRequest) -> bool:
    """Whether the door let a request in."""
    return getattr(request, _ADMITTED, False)


class HubDoor:
    """Decides about each request before it reaches a handler, as ``Door`` does on one computer.

    Nothing in an address lets anybody in, and no header but the cookie: a token that a kernel or a terminal
    holds opens no page.

    Args:
        keys: The secrets of this server; the token in them is not used.
        place: Its place in the hub.
        sign_on: Asks the hub.
    """

    def __init__(self, keys: Keys, place: HubPlace, sign_on: SignOn) -> None:
        self.keys, self.place, self.sign_on = keys, place, sign_on
        self.prefix = place.prefix
        self.callback = urlsplit(place.callback).path
        self.figures = f"{place.prefix}metrics"

    @property
    def cookie(self) -> str:
        """The name of the cookie that holds the browser's token."""
        return f"rebound-{self.place.client_id}"

    @property
    def begun_cookie(self) -> str:
        """The name of the cookie of a sign-on that was begun."""
        return f"{self.cookie}-begun"

    def verdict(self, request: HTTPServerRequest) -> Verdict:
        """``ask`` for whoever brings our cookie; ``callback`` for who comes from the hub's sign-on."""
        if not own_page(request, self.origin(request), frozenset({self.prefix, self.callback})):
            return "foreign"
        if request.path == self.callback and request.method == "GET":
            return "callback"
        if request.path == self.figures and request.method == "GET" and "Authorization" in request.headers:
            return "figures"
        return "ask" if self.token(request) else self.outside(request)

    async def asked(self, request: HTTPServerRequest) -> Verdict:
        """``welcome`` for the owner alone; ``unsure`` where the hub does not answer."""
        session = request.cookies.get("jupyterhub-session-id")
        try:
            owner = await self.sign_on.is_owner(self.token(request), session.value if session else "")
        except HubSilent as silent:
            log.warning("the hub does not answer: %s", silent)
            return "unsure"
        if not owner:
            return self.outside(request)
        setattr(request, _ADMITTED, True)
        return "welcome"

    async def may_read_figures(self, token: str) -> bool:
        """Whether a token is one of the hub's that reads figures; it opens nothing else here."""
        try:
            return await self.sign_on.may(token, METRICS)
        except HubSilent as silent:
            log.warning("the hub does not answer: %s", silent)
            return False

    def outside(self, request: HTTPServerRequest) -> Verdict:
        """``enter`` for a browser that opens the workbook: it is sent to sign on; ``stranger`` otherwise."""
        opens = request.path == self.prefix and request.method == "GET"
        mode = request.headers.get("Sec-Fetch-Mode", "navigate")
        return "enter" if opens and mode == "navigate" else "stranger"

    def token(self, request: HTTPServerRequest) -> str:
        """The token in the cookie; empty where there is none that we signed."""
        given = request.cookies.get(self.cookie)
        value = given.value if given else None
        signed = decode_signed_value(self.keys.secret, self.cookie, value, max_age_days=_DAYS)
        return signed.decode("ascii", "replace") if signed else ""

    def knows(self, request: HTTPServerRequest) -> bool:
        """Whether the request was let in."""
        return was_admitted(request)

    def origin(self, request: HTTPServerRequest) -> str:
        """The origin of our pages as the browser has it, which the proxies in front of us say."""
        if self.place.public_url:
            public = urlsplit(self.place.public_url)
            return f"{public.scheme}://{public.netloc}"
        said = request.headers.get("X-Forwarded-Proto", "") or request.protocol
        return f"{'https' if said.partition(',')[0].strip() == 'https' else 'http'}://{request.host}"


class HubRoom(Room):
    """What the handlers of the hub's door share."""

    @property
    def door(self) -> HubDoor:
        """The door."""
        found: HubDoor = self.application.door
        return found

    def keep(self, name: str, value: str, **how: object) -> None:
        """Give the browser a signed cookie for this server's pages alone."""
        secure = self.door.origin(self.request).startswith("https")
        self.set_signed_cookie(
            name, value, path=self.door.prefix, httponly=True, samesite="Lax", secure=secure, **how
        )


class SendToSignOn(HubRoom):
    """Somebody opens the workbook without a cookie: the hub asks who they are, and sends them back."""

    def get(self) -> None:
        where, begun = self.door.sign_on.begin()
        self.keep(self.door.begun_cookie, begun.packed(), expires_days=None, max_age=_BEGUN_S)
        self.redirect(where)


class ComeBack(HubRoom):
    """Somebody comes back from the hub's sign-on. Whatever is not right begins it anew, on a press."""

    async def get(self) -> None:
        door = self.door
        kept = self.get_signed_cookie(door.begun_cookie, max_age_days=1)
        begun = Begun.unpacked(kept.decode("utf-8", "replace")) if kept else None
        self.clear_cookie(door.begun_cookie, path=door.prefix)
        if begun is None or self.get_query_argument("state", "") != begun.state:
            self.say(HTTPStatus.FORBIDDEN, "signon_again", door.prefix)
            return
        try:
            token = await door.sign_on.token_for(self.get_query_argument("code", ""), begun)
            session = self.get_cookie("jupyterhub-session-id") or ""
            owner = bool(token) and await door.sign_on.is_owner(token, session)
        except HubSilent as silent:
            log.warning("the hub does not answer: %s", silent)
            self.say(HTTPStatus.SERVICE_UNAVAILABLE, "signon_silent", door.prefix)
            return
        if not owner:
            self.say(HTTPStatus.FORBIDDEN, "signon_theirs", None)
            return
        self.keep(door.cookie, token, expires_days=_DAYS)
        self.redirect(door.prefix)


class Unsure(HubRoom):
    """The hub does not say who somebody is: they are asked to wait, and a page that is open asks again."""

    def prepare(self) -> None:
        self.say(HTTPStatus.SERVICE_UNAVAILABLE, "signon_silent", self.door.prefix)
