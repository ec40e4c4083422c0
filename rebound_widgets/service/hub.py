"""What the service asks the hub: whose a token is, and who looks after whom. Answers are kept for seconds."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from tornado.httpclient import AsyncHTTPClient, HTTPClientError

from .callers import Caller, Directory, key_of

KEPT_S = 5.0
"""How long an answer is believed: a token or a group that is taken away is so within these seconds."""
KNOWN_S = 3600.0
"""So long whoever was somebody is asked for again without counting as a stranger."""
ANEW_S = 0.5
"""Asked anew, it is asked at most this often: whoever asks for what is not there costs the hub little."""
_PATIENCE_S = 5.0
_MOST_KEPT = 20_000
_PAGE = 200


class HubAway(Exception):
    """The hub does not answer, or not as it should."""


class Hub:
    """The hub's API, asked with the service's own token.

    Args:
        api_url: Where it is.
        token: The service's own.
        access: The scope a token needs to ask the service anything.
        counsellors: The group of counsellors.
        caseloads: What the name of a caseload's group begins with.
        subject: See ``key_of``.
    """

    def __init__(
        self, api_url: str, token: str, *, access: str, counsellors: str, caseloads: str, subject: str
    ) -> None:
        self._api_url, self._token = api_url.rstrip("/"), token
        self._access, self._subject = access, subject
        self._counsellors, self._caseloads = counsellors, caseloads
        self._kept: dict[str, tuple[float, Any]] = {}
        self._looking = asyncio.Lock()

    def knows(self, token: str) -> bool:
        """Whether a token was asked for a moment ago, or was somebody's within the hour: it is no stranger's."""
        until, kept = self._kept.get(_token_key(token), (0.0, None))
        now = time.monotonic()
        return kept is not None and (now < until or (kept[0] is not None and now < until + KNOWN_S))

    async def caller(self, token: str) -> Caller | None:
        """Whose a token is; ``None`` for a token that the hub does not know, or that opens nothing here.

        Raises:
            HubAway: the hub does not answer.
            Refused: the sign-on was to say who it is, and did not.
        """
        key = _token_key(token)
        if (kept := self._fresh(key)) is not None:
            return kept[0]  # type: ignore[no-any-return]
        before = self._kept[key][1][0] if key in self._kept and self.knows(token) else None
        model = await self._ask("user", token)
        made: Caller | None = None
        if model is not None and self._access in model.get("scopes", ()):
            made = await self._made(model, before)
        self._keep(key, (made,))
        return made

    async def _made(self, model: Mapping[str, Any], before: Caller | None) -> Caller | None:
        """Who that is. A token goes with its account, so that what never changes is asked for once."""
        name, scopes = str(model["name"]), frozenset(str(scope) for scope in model["scopes"])
        if model.get("kind") != "user":
            return Caller(key="", hub_name=name, scopes=scopes)
        if before is not None and before.key and before.hub_name == name:
            return Caller(key=before.key, hub_name=name, scopes=scopes)
        whole = await self._ask(f"users/{quote(name, safe='')}")
        return (
            None if whole is None else Caller(key=key_of(whole, self._subject), hub_name=name, scopes=scopes)
        )

    async def directory(self, *, anew: bool = False) -> Directory:
        """Counsellors and caseloads; with ``anew``, not as they were a moment ago.

        Raises:
            HubAway: the hub does not answer.
        """
        async with self._looking:  # many who wait for the same answer ask once
            if (kept := self._fresh("directory", KEPT_S - ANEW_S if anew else 0)) is not None:
                return kept[0]  # type: ignore[no-any-return]
            made = await self._directory()
            self._keep("directory", (made,))
            return made

    async def _directory(self) -> Directory:
        counsellors: set[str] = set()
        caseloads: dict[str, set[str]] = {}
        for group in await self._all("groups"):
            name = str(group["name"])
            if name == self._counsellors:
                counsellors |= {str(user) for user in group["users"]}
            if self._caseloads and name.startswith(self._caseloads):
                for user in group["users"]:
                    caseloads.setdefault(str(user), set()).add(name)
        return Directory(
            frozenset(counsellors), {user: frozenset(names) for user, names in caseloads.items()}
        )

    async def accounts(self) -> dict[str, str]:
        """Every account, and what never changes about it; empty for that where only the sign-on knows.

        Raises:
            HubAway: the hub does not answer, or names an account without what makes it that account. None is left
                out: whoever is not in the answer is erased.
        """
        found = await self._all("users")
        try:
            return {str(one["name"]): "" if self._subject else key_of(one, "") for one in found}
        except (KeyError, TypeError):
            raise HubAway("an account without a name or a moment") from None

    def _fresh(self, key: str, sooner_s: float = 0) -> Any:
        until, value = self._kept.get(key, (0.0, None))
        return value if time.monotonic() < until - sooner_s else None

    def _keep(self, key: str, value: Any) -> None:
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[key] = time.monotonic() + KEPT_S, value

    async def _all(self, what: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while True:
            page = await self._ask(f"{what}?offset={len(found)}&limit={_PAGE}")
            if not isinstance(page, list):
                raise HubAway("no list")
            found += page
            if len(page) < _PAGE:
                return found

    async def _ask(self, path: str, token: str = "") -> Any:
        """What the hub says; ``None`` where it says no."""
        try:
            headers = {"Authorization": f"token {token or self._token}"}
            said = await AsyncHTTPClient().fetch(
                f"{self._api_url}/{path}",
                headers=headers,
                request_timeout=_PATIENCE_S,
                follow_redirects=False,
            )
            return json.loads(said.body)
        except HTTPClientError as refused:
            if refused.code in (400, 401, 403, 404):
                return None
            raise HubAway(str(refused.code)) from None
        except (OSError, ValueError, KeyError) as problem:
            raise HubAway(type(problem).__name__) from None


def _token_key(token: str) -> str:
    return "token:" + hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
