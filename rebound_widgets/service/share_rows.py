"""Shares: given by one person, read by one counsellor until a day or until they are taken back."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from ..domain.grant import COUNSELLOR, Grant, Item, Reader
from ..domain.refused import Refused
from ..sharing.centre_sentences import SAID
from ..sharing.permission import may_read
from ..sharing.share import Share, as_body, from_body
from .call import Call, digest_of, not_here, other_body, packed
from .consents import must_consent
from .tables import items, people, shares

MOST = 100
"""Shares of one person that stand at the same time."""


def give(call: Call) -> tuple[int, Any]:
    """Keep a share. The same again changes nothing; another under the same id is refused."""
    author = call.person(alone=True)
    reader, share = str(call.body["reader"]), from_body(call.body["share"])
    if share.id != call.ids[0]:
        raise Refused("centre-two-ids", "The share is called otherwise in what was sent than in the address.")
    digest = digest_of([reader, as_body(share)])
    there = call.connection.execute(select(shares).where(shares.c.id == share.id)).one_or_none()
    if there is not None:
        if there.author_id != author or there.digest != digest:
            raise other_body()
        if there.taken_back_at:
            raise Refused("centre-taken-back", SAID["centre-taken-back"])
        return 200, {"id": share.id}
    must_consent(call, author)
    _must_fit(call, author, reader, share)
    _keep(call, author, reader, share, digest)
    return 201, {"id": share.id}


def _must_fit(call: Call, author: str, reader: str, share: Share) -> None:
    named = select(people.c.id, people.c.hub_name)
    accounts = {
        row.id: row.hub_name
        for row in call.connection.execute(named.where(people.c.id.in_((author, reader))))
    }
    if (
        reader == author
        or reader not in accounts
        or not call.directory.looks_after(accounts[reader], accounts[author])
    ):
        raise not_here()
    day = dt.timedelta(days=1)  # the person's day and ours may differ at midnight
    if not call.today - day <= share.grant.given_on <= call.today + day or share.grant.until < call.today:
        raise Refused("centre-day", SAID["centre-day"])
    stands = (
        (shares.c.author_id == author) & shares.c.taken_back_at.is_(None) & (shares.c.until >= call.today)
    )
    count = call.connection.execute(select(func.count()).select_from(shares).where(stands)).scalar_one()
    if count >= MOST:
        raise Refused("centre-too-many", SAID["centre-too-many"])


def _keep(call: Call, author: str, reader: str, share: Share, digest: str) -> None:
    body = as_body(share)
    rest = {name: body[name] for name in ("from", "for", "why", "programme", "term", "locale", "seal")}
    row = {
        "id": share.id,
        "author_id": author,
        "reader_id": reader,
        "sender": share.sender,
        "given_on": share.grant.given_on,
        "until": share.grant.until,
        "counted": share.grant.counted,
        "rest": packed(rest),
        "digest": digest,
        "received_at": call.moment,
    }
    call.connection.execute(insert(shares).values(**row))
    rows = [
        {
            "share_id": share.id,
            "place": place,
            "item_id": item["id"],
            "kind": item["kind"],
            "body": packed(item),
        }
        for place, item in enumerate(body["items"])
    ]
    call.connection.execute(insert(items), rows)


def mine(call: Call) -> tuple[int, Any]:
    """What the person gave, and whether it was opened; nothing of what is in it."""
    found = call.connection.execute(
        select(shares, people.c.name.label("reader_name"))
        .join(people, people.c.id == shares.c.reader_id)
        .where(shares.c.author_id == call.person())
        .order_by(shares.c.received_at, shares.c.id)
    )
    return 200, {
        "shares": [
            {
                "id": row.id,
                "reader": row.reader_id,
                "name": row.reader_name,
                "given_on": row.given_on.isoformat(),
                "until": row.until.isoformat(),
                "opened_on": row.opened_on.isoformat() if row.opened_on else None,
                "taken_back": bool(row.taken_back_at),
            }
            for row in found
        ]
    }


def take_back(call: Call) -> tuple[int, Any]:
    """Take a share back: what was in it is erased in this transaction, and its id remembers that."""
    person = call.person(alone=True)
    found = call.connection.execute(select(shares).where(shares.c.id == call.ids[0])).one_or_none()
    if found is None or found.author_id != person:
        raise not_here()
    withdraw(call, [found.id])
    return 200, {"id": found.id}


def withdraw(call: Call, ids: list[str]) -> None:
    """Erase what is in these shares, and remember when."""
    call.connection.execute(delete(items).where(items.c.share_id.in_(ids)))
    standing = shares.c.id.in_(ids) & shares.c.taken_back_at.is_(None)
    call.connection.execute(update(shares).where(standing).values(taken_back_at=call.moment, rest="{}"))


# The reader ------------------------------------------------------------------------------------------------


def received(call: Call) -> tuple[int, Any]:
    """What a counsellor may read today: which, from which workbook, until when. No word of anybody's."""
    who = call.person()
    found = call.connection.execute(
        select(shares, people.c.hub_name)
        .join(people, people.c.id == shares.c.author_id)
        .where(
            (shares.c.reader_id == who) & shares.c.taken_back_at.is_(None) & (shares.c.until >= call.today)
        )
        .order_by(shares.c.received_at, shares.c.id)
    )
    told = [
        {
            "id": row.id,
            "sender": row.sender,
            "given_on": row.given_on.isoformat(),
            "until": row.until.isoformat(),
        }
        for row in found
        if call.directory.looks_after(call.caller.hub_name, row.hub_name)
    ]
    return 200, {"received": told}


def read(call: Call) -> tuple[int, Any]:
    """One share, as far as ``may_read`` says; the reading is written down in the same transaction."""
    who = call.person()
    row = call.connection.execute(
        select(shares, people.c.hub_name)
        .join(people, people.c.id == shares.c.author_id)
        .where(shares.c.id == call.ids[0])
        .with_for_update(of=shares, key_share=True)  # a taking back waits for us, or we see that it was
    ).one_or_none()
    if row is None or not call.directory.looks_after(call.caller.hub_name, row.hub_name):
        raise not_here()
    kept = call.connection.execute(
        select(items).where(items.c.share_id == row.id).order_by(items.c.place)
    ).all()
    grant, reader = _grant(row, kept), Reader(role=COUNSELLOR, name=who)
    seen = [
        json.loads(one.body)
        for one in kept
        if grant and may_read(reader, Item(id=one.item_id, kind=one.kind), call.today, grant).may
    ]
    if not seen:
        raise not_here()
    call.log_reading(who, row.author_id, "share", row.id)
    if row.opened_on is None:
        call.connection.execute(update(shares).where(shares.c.id == row.id).values(opened_on=call.today))
    return 200, {"share": _body(row, seen), "opened_on": (row.opened_on or call.today).isoformat()}


def _grant(row: Row[Any], kept: list[Row[Any]] | Any) -> Grant | None:
    """What a row allows. People are known by their ids here: a name is no proof of anything."""
    if not kept:
        return None
    return Grant(
        reader=row.reader_id,
        sharer=row.author_id,
        why="",
        given_on=row.given_on,
        until=row.until,
        items=frozenset(one.item_id for one in kept),
        counted=row.counted,
        taken_back_on=dt.date.fromisoformat(row.taken_back_at[:10]) if row.taken_back_at else None,
    )


def grant_and_items(call: Call, row: Row[Any]) -> tuple[Grant | None, list[Row[Any]]]:
    """What a row allows, and its items."""
    kept = list(
        call.connection.execute(select(items).where(items.c.share_id == row.id).order_by(items.c.place)).all()
    )
    return _grant(row, kept), kept


def _body(row: Row[Any], seen: list[Any]) -> dict[str, Any]:
    return {
        "share": row.id,
        "sender": row.sender,
        **json.loads(row.rest),
        "given_on": row.given_on.isoformat(),
        "until": row.until.isoformat(),
        "counted": row.counted,
        "items": seen,
    }
