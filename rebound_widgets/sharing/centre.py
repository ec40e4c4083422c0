"""The desk service of a hub as a person's own page sees it: the same shares and replies as in files, in one step."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from ..domain.refused import Refused
from .centre_sentences import SAID
from .counting import Block
from .replies import CounselReply, reply_body, reply_from
from .share import Share, as_body, from_body

URL, TOKEN = "REBOUND_CENTRE_URL", "REBOUND_CENTRE_TOKEN"
"""What the launcher tells a kernel: where the service is, and this server's own token. Nothing else is known here."""
_PATIENCE_S = 5.0


@dataclass(frozen=True, kw_only=True)
class Known:
    """Who the person is at the centre.

    Attributes:
        id: Their id there.
        name: The name they go by; empty where they gave none.
        agreed_at: When they agreed that what they share is kept there; empty where they have not.
    """

    id: str
    name: str
    agreed_at: str = ""


@dataclass(frozen=True, kw_only=True)
class Counsellor:
    """Somebody a person can share with.

    Attributes:
        id: Their id at the centre.
        name: The name they go by.
    """

    id: str
    name: str


class Centre:
    """Asks the desk service. Each call takes milliseconds on the same machine, and seconds at the most.

    Args:
        url: Where the service is.
        token: The token of the person's own server.
    """

    def __init__(self, url: str, token: str) -> None:
        self._split, self._token = urlsplit(url.rstrip("/")), token

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> Centre | None:
        """The service that the environment names; ``None`` where there is none: files are then the way."""
        url, token = env.get(URL, ""), env.get(TOKEN, "")
        return cls(url, token) if url and token else None

    # The person --------------------------------------------------------------------------------------------

    def me(self) -> Known:
        """Who the person is there."""
        return _known(self._ask("GET", "/v1/me"))

    def rename(self, name: str) -> Known:
        """Go by that name."""
        return _known(self._ask("PUT", "/v1/me", {"name": name}))

    def agree(self, words: str) -> Known:
        """Agree, to words named so, that what is shared is kept there."""
        return _known(self._ask("PUT", "/v1/me/consent", {"words": words}))

    def withdraw(self) -> Known:
        """Take the agreement back, and with it every share."""
        return _known(self._ask("DELETE", "/v1/me/consent"))

    def counsellors(self) -> list[Counsellor]:
        """Whom the person can share with."""
        found = self._ask("GET", "/v1/counsellors")["counsellors"]
        return [Counsellor(id=str(one["id"]), name=str(one["name"])) for one in found]

    def give(self, share: Share, reader: str) -> None:
        """Share. The same again changes nothing, so that a try that was cut off may be made again."""
        self._ask(
            "PUT", f"/v1/shares/{quote(share.id, safe='')}", {"reader": reader, "share": as_body(share)}
        )

    def take_back(self, share: str) -> None:
        """Take a share back; it is gone there when this returns. One that was never there is gone already."""
        try:
            self._ask("DELETE", f"/v1/shares/{quote(share, safe='')}")
        except Refused as refused:
            if refused.rule != "centre-not-here":
                raise

    def opened(self) -> dict[str, str]:
        """Each share that was opened, with the first day."""
        found = self._ask("GET", "/v1/shares")["shares"]
        return {str(one["id"]): str(one["opened_on"]) for one in found if one["opened_on"]}

    def replies(self) -> list[CounselReply]:
        """What came back, the oldest first."""
        return [reply_from(body) for body in self._ask("GET", "/v1/replies")["replies"]]

    # The counsellor ----------------------------------------------------------------------------------------

    def received(self) -> list[str]:
        """The ids of the shares that may be read today."""
        return [str(one["id"]) for one in self._ask("GET", "/v1/received")["received"]]

    def read(self, share: str) -> tuple[Share, str]:
        """One share, and the day it was first opened. The reading is written down there."""
        found = self._ask("GET", f"/v1/received/{quote(share, safe='')}")
        return from_body(found["share"]), str(found["opened_on"])

    def cohort(self) -> list[Block]:
        """Sums over ten people or more."""
        found = self._ask("GET", "/v1/cohort")["blocks"]
        return [
            Block(
                programme=str(one["programme"]),
                term=str(one["term"]),
                counted_on=dt.date.fromisoformat(one["counted_on"]),
                people=int(one["people"]),
                marks=frozenset(),
                sums=dict(one["sums"]),
            )
            for one in found
        ]

    def reply(self, reply: CounselReply) -> None:
        """Give something back. The same again changes nothing."""
        self._ask("PUT", f"/v1/replies/{quote(reply.id, safe='')}", {"reply": reply_body(reply)})

    # Asking ------------------------------------------------------------------------------------------------

    def _ask(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """What the service says.

        Raises:
            Refused: it says no, with its sentence, or does not answer.
        """
        make = http.client.HTTPSConnection if self._split.scheme == "https" else http.client.HTTPConnection
        connection = make(self._split.hostname or "", self._split.port, timeout=_PATIENCE_S)
        headers = {"Authorization": f"token {self._token}", "Content-Type": "application/json"}
        try:
            sent = None if body is None else json.dumps(body).encode()
            connection.request(method, f"{self._split.path}{path}", sent, headers)
            response = connection.getresponse()
            said = json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError):
            raise _silent() from None
        finally:
            connection.close()
        if response.status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
            raise _silent()
        if response.status >= http.HTTPStatus.BAD_REQUEST:
            raise _refused(str(said.get("rule")))
        return dict(said)


def _known(said: Mapping[str, Any]) -> Known:
    consent = said["consent"] or {}
    return Known(id=str(said["id"]), name=str(said["name"]), agreed_at=str(consent.get("given_at", "")))


def _silent() -> Refused:
    return Refused("centre-silent", SAID["centre-silent"])


def _refused(given: str) -> Refused:
    """The refusal of that rule; one that a page never meets is as good as silence."""
    rule = given if given in SAID else "centre-silent"
    return Refused(rule, SAID[rule])
