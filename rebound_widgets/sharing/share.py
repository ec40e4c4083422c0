"""A share: what one person lets another one read, as a value and as a file."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..domain.grant import NAME_LIMIT, WHY_LIMIT, Grant, Item, accept_name
from . import shapes
from .files import SHARE, opened, written


@dataclass(frozen=True, kw_only=True)
class Share:
    """A share as it is handed over.

    Attributes:
        id: Its own id.
        sender: Names the workbook it is from, without saying which one it is.
        grant: For whom, until when, why.
        locale: The language its words are in.
        seal: The digest of the secret that takes it back: only who made the share has the secret.
        items: What is in it, as plain JSON.
    """

    id: str
    sender: str
    grant: Grant
    locale: str
    seal: str
    items: tuple[Mapping[str, Any], ...]

    def readable(self) -> tuple[tuple[Item, Mapping[str, Any]], ...]:
        """Each item with what a permission is asked for."""
        return tuple((Item(id=str(item["id"]), kind=str(item["kind"])), item) for item in self.items)


def sender_id(workbook_id: str) -> str:
    """What a share says of the workbook it is from: always the same, and no way back to the workbook."""
    return "sender-" + hashlib.sha256(f"rebound-sender/{workbook_id}".encode()).hexdigest()[:20]


def seal_of(secret: str) -> str:
    """The digest of the secret that takes a share back."""
    return hashlib.sha256(f"rebound-take-back/{secret}".encode()).hexdigest()


def new_secret() -> str:
    """A secret that takes a share back."""
    return secrets.token_hex(20)


def share_bytes(share: Share, passphrase: str = "") -> bytes:
    """The file; with a passphrase it is closed with it."""
    return written(SHARE, as_body(share), passphrase)


def read_share(file: bytes, passphrase: str = "") -> Share:
    """The share in a file from somebody else.

    Raises:
        Refused: it is no share, not whole, closed, too large, changed, or of a newer version.
    """
    return from_body(opened(SHARE, file, passphrase))


def as_body(share: Share) -> dict[str, Any]:
    """A share as plain JSON: the file without its envelope; also how a desk keeps it."""
    grant = share.grant
    return {
        "share": share.id,
        "sender": share.sender,
        "from": grant.sharer,
        "for": grant.reader,
        "why": grant.why,
        "given_on": grant.given_on.isoformat(),
        "until": grant.until.isoformat(),
        "counted": grant.counted,
        "programme": grant.programme,
        "term": grant.term,
        "locale": share.locale,
        "seal": share.seal,
        "items": [dict(item) for item in share.items],
    }


def _named(limit: int) -> shapes.Read:
    def read(given: Any, place: str) -> str:
        return accept_name(shapes.text(given, place), place, limit)

    return read


_FIELDS: Mapping[str, shapes.Read] = {
    "share": shapes.identity,
    "sender": shapes.identity,
    "from": _named(NAME_LIMIT),
    "for": _named(NAME_LIMIT),
    "why": _named(WHY_LIMIT),
    "given_on": shapes.day,
    "until": shapes.day,
    "counted": shapes.flag,
    "programme": _named(NAME_LIMIT),
    "term": _named(NAME_LIMIT),
    "locale": shapes.identity,
    "seal": shapes.identity,
    "items": shapes.listed(shapes.item),
}


def from_body(body: Mapping[str, Any]) -> Share:
    """The share that is plain JSON.

    Raises:
        Refused: a field is missing, unknown, or not of its form.
    """
    read = shapes.fields(dict(body), "share", _FIELDS)
    ids = [item["id"] for item in read["items"]]
    if len(set(ids)) != len(ids):
        shapes.broken("share.items")
    grant = Grant(
        reader=read["for"],
        sharer=read["from"],
        why=read["why"],
        given_on=dt.date.fromisoformat(read["given_on"]),
        until=dt.date.fromisoformat(read["until"]),
        items=frozenset(ids),
        counted=read["counted"],
        programme=read["programme"],
        term=read["term"],
    )
    return Share(
        id=read["share"],
        sender=read["sender"],
        grant=grant,
        locale=read["locale"],
        seal=read["seal"],
        items=tuple(read["items"]),
    )
