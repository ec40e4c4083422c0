"""Asks the hub who somebody is: its OAuth 2 with PKCE, and what it says of a token, kept for a minute."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tornado.httpclient import AsyncHTTPClient, HTTPClientError

from .place import HubPlace

KEPT_S = 60.0
"""How long the hub's answer about a token is believed. A page that is open stays open longer: its socket is not
asked again."""
_PATIENCE_S = 10.0
_MOST_KEPT = 1_000
_ASKED_EVERY_S = 0.5


class HubSilent(Exception):
    """The hub does not answer, or not as it should."""


@dataclass(frozen=True)
class Begun:
    """A sign-on that was begun: what the browser keeps in a signed cookie until it comes back.

    Attributes:
        state: Comes back from the hub unchanged.
        verifier: Proves that whoever ends the sign-on is the server that began it.
    """

    state: str
    verifier: str

    def packed(self) -> str:
        """For the cookie."""
        return json.dumps([self.state, self.verifier])

    @classmethod
    def unpacked(cls, text: str) -> Begun | None:
        """From the cookie; ``None`` where it is anything else."""
        try:
            state, verifier = json.loads(text)
        except (ValueError, TypeError):
            return None
        return cls(str(state), str(verifier))


class SignOn:
    """The hub's sign-on for one server.

    Args:
        place: Its place in the hub.
    """

    def __init__(self, place: HubPlace) -> None:
        self._place = place
        self._kept: dict[str, tuple[float, bool]] = {}
        self._again = 0.0

    def begin(self) -> tuple[str, Begun]:
        """Where to send the browser, and what it has to bring back."""
        begun = Begun(secrets.token_urlsafe(24), secrets.token_urlsafe(48))
        digest = hashlib.sha256(begun.verifier.encode()).digest()
        asked = {
            "client_id": self._place.client_id,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
            "redirect_uri": self._place.callback,
            "response_type": "code",
            "state": begun.state,
        }
        return f"{self._place.authorize}?{urlencode(asked)}", begun

    async def token_for(self, code: str, begun: Begun) -> str:
        """The browser's token, for the code it came back with; empty where the hub does not take the code.

        Raises:
            HubSilent: the hub does not answer.
        """
        asked = {
            "client_id": self._place.client_id,
            "client_secret": self._place.token,
            "code": code,
            "code_verifier": begun.verifier,
            "grant_type": "authorization_code",
            "redirect_uri": self._place.callback,
        }
        answer = await self._ask("oauth2/token", method="POST", body=urlencode(asked))
        return str(answer.get("access_token", "")) if answer else ""

    async def is_owner(self, token: str, session: str) -> bool:
        """Whether a token is the owner's, and of a sign-on that still stands.

        Args:
            token: The token.
            session: The hub's cookie for this sign-on, which it takes away when somebody signs out.

        Raises:
            HubSilent: the hub does not answer, and nothing is known of the token.
        """
        key = hashlib.sha256(f"{session}/{token}".encode("utf-8", "surrogatepass")).hexdigest()
        until, owner = self._kept.get(key, (0.0, False))
        if time.monotonic() < until:
            return owner
        model = await self._ask("user", headers={"Authorization": f"token {token}"})
        owner = model is not None and (model.get("kind"), model.get("name")) == ("user", self._place.owner)
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[key] = time.monotonic() + KEPT_S, owner
        return owner

    async def may(self, token: str, scope: str) -> bool:
        """Whether a token allows something. The hub is asked seldom: whoever guesses is told no without it.

        Raises:
            HubSilent: the hub does not answer.
        """
        now = time.monotonic()
        if not token or now < self._again:
            return False
        self._again = now + _ASKED_EVERY_S
        model = await self._ask("user", headers={"Authorization": f"token {token}"})
        return model is not None and scope in model.get("scopes", ())

    async def end_server(self) -> None:
        """Ask the hub to end this very server, so that it does not go on sending visitors to it.

        Raises:
            HubSilent: the hub does not answer.
        """
        _, _, name = self._place.prefix.rstrip("/").partition(f"/user/{self._place.owner}")
        path = f"servers/{name.strip('/')}" if name.strip("/") else "server"
        await self._ask(f"users/{self._place.owner}/{path}", method="DELETE")

    async def _ask(self, path: str, **how: Any) -> dict[str, Any] | None:
        """What the hub says; ``None`` where it says no."""
        how.setdefault("headers", {"Authorization": f"token {self._place.token}"})
        try:
            said = await AsyncHTTPClient().fetch(
                f"{self._place.api_url}/{path}", request_timeout=_PATIENCE_S, follow_redirects=False, **how
            )
            return dict(json.loads(said.body or b"{}"))
        except HTTPClientError as refused:
            if refused.code in (400, 401, 403, 404):
                return None
            raise HubSilent(str(refused.code)) from None
        except (OSError, ValueError) as problem:
            raise HubSilent(type(problem).__name__) from None
