"""Replies: what a counsellor gives back to somebody who shared something with them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import insert, select

from ..domain.refused import Refused
from ..sharing.replies import reply_body, reply_from
from .call import Call, digest_of, not_here, other_body, packed
from .tables import replies, shares


def give_back(call: Call) -> tuple[int, Any]:
    """Keep a reply for the person whose share it answers. The same again changes nothing."""
    author, reply = call.person(alone=True), reply_from(call.body["reply"])
    if reply.id != call.ids[0]:
        raise Refused("centre-two-ids", "The reply is called otherwise in what was sent than in the address.")
    body = reply_body(reply)
    there = call.connection.execute(select(replies).where(replies.c.id == reply.id)).one_or_none()
    if there is not None:
        if there.author_id != author or there.digest != digest_of(body):
            raise other_body()
        return 200, {"id": reply.id}
    shared = (shares.c.reader_id == author) & (shares.c.sender == reply.sender)
    whose = call.connection.execute(
        select(shares.c.author_id).where(shared).order_by(shares.c.received_at.desc()).limit(1)
    ).scalar_one_or_none()
    if whose is None:
        raise not_here()
    row = {
        "id": reply.id,
        "author_id": author,
        "for_id": whose,
        "body": packed(body),
        "digest": digest_of(body),
        "made_at": call.moment,
    }
    call.connection.execute(insert(replies).values(**row))
    return 201, {"id": reply.id}


def mine(call: Call) -> tuple[int, Any]:
    """What came back for the person, the oldest first."""
    found = call.connection.execute(
        select(replies.c.body)
        .where(replies.c.for_id == call.person())
        .order_by(replies.c.made_at, replies.c.id)
    )
    return 200, {"replies": [json.loads(body) for body in found.scalars()]}
