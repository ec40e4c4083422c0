"""The people of a desk: what each has shared that may be read today, and what follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..domain.grant import COUNSELLOR, Grant, Item, Reader
from ..domain.record import Revision
from ..sharing import may_read

Body = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who shared something.

    Attributes:
        id: The same in all their shares.
        name: The name they share under, as the newest share has it.
        shares: Their shares that may be read today, oldest first.
        items: What is in them by its id; the newest of each.
        sessions: Sessions held with them, oldest first.
    """

    id: str
    name: str
    shares: tuple[Revision, ...]
    items: Mapping[str, Body]
    sessions: tuple[Revision, ...]

    @property
    def numbers(self) -> Body | None:
        """Their search in numbers, where they shared it."""
        return self.items.get("numbers")

    @property
    def last_on(self) -> dt.date | None:
        """The day of the newest share."""
        return _day(self.shares[-1].body["given_on"]) if self.shares else None

    @property
    def until(self) -> dt.date | None:
        """The day the last of their shares is over."""
        return max((_day(share.body["until"]) for share in self.shares), default=None)

    @property
    def programme(self) -> str:
        """What they study, where they said so."""
        return next((str(s.body["programme"]) for s in reversed(self.shares) if s.body["programme"]), "")


def grant_of(body: Body) -> Grant:
    """The grant of a share as the desk keeps it."""
    return Grant(
        reader=str(body["for"]),
        sharer=str(body["from"]),
        why=str(body["why"]),
        given_on=_day(body["given_on"]),
        until=_day(body["until"]),
        items=frozenset(item["id"] for item in body["items"]),
        counted=bool(body["counted"]),
        programme=str(body["programme"]),
        term=str(body["term"]),
    )


def readable(body: Body, today: dt.date, names: Iterable[str]) -> list[Body]:
    """The items of a share that a counsellor of one of these names may read today."""
    grant = grant_of(body)
    name = next((name for name in names if grant.is_for(name)), "")
    reader = Reader(role=COUNSELLOR, name=name)
    return [
        item
        for item in body["items"]
        if may_read(reader, Item(id=item["id"], kind=item["kind"]), today, grant).may
    ]


def people_of(
    received: Sequence[Revision], sessions: Sequence[Revision], today: dt.date, names: Sequence[str]
) -> list[Person]:
    """Everybody in these records, by name.

    Args:
        received: Shares as the desk keeps them.
        sessions: Sessions that were held.
        today: The local day.
        names: The names the counsellor goes by.
    """
    shares: dict[str, list[Revision]] = {}
    items: dict[str, dict[str, Body]] = {}
    called: dict[str, str] = {}
    held: dict[str, list[Revision]] = {}
    for session in sessions:
        held.setdefault(str(session.body["person"]), []).append(session)
        called[str(session.body["person"])] = str(session.body["name"])
    for share in sorted(received, key=lambda r: (str(r.body["given_on"]), r.number)):
        seen = readable(share.body, today, names)
        if seen:
            sender = str(share.body["sender"])
            shares.setdefault(sender, []).append(share)
            items.setdefault(sender, {}).update({item["id"]: item for item in seen})
            called[sender] = str(share.body["from"])
    made = [
        Person(
            id=sender,
            name=name,
            shares=tuple(shares.get(sender, ())),
            items=items.get(sender, {}),
            sessions=tuple(sorted(held.get(sender, ()), key=lambda r: (str(r.body["held_on"]), r.number))),
        )
        for sender, name in called.items()
    ]
    return sorted(made, key=lambda person: (person.name.casefold(), person.id))


def _day(text: Any) -> dt.date:
    return dt.date.fromisoformat(str(text))
