"""Care for one person's data: who read it, all of it as one file, and erasing it; and what time erases."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, or_, select, update

from .call import Call, not_here
from .tables import consents, items, people, readings, replies, shares
from .watching import log

YEAR = dt.timedelta(days=366)
"""How long the bare id of a share that is gone, and a line of who read what, are kept."""
MOST_GONE = 10
"""So many people may be gone at once, however few there are."""


def read_by(call: Call) -> tuple[int, Any]:
    """Who read what of the person's, and when."""
    return 200, {"readings": _readings(call.connection, call.person())}


def _readings(connection: Connection, person: str) -> list[dict[str, Any]]:
    found = connection.execute(
        select(readings, people.c.name, people.c.hub_name)
        .outerjoin(people, people.c.id == readings.c.who_id)
        .where(readings.c.whose_id == person)
        .order_by(readings.c.id)
    )
    return [
        {"at": row.at, "by": row.name or row.hub_name or "", "what": row.what, "share": row.share_id}
        for row in found
    ]


def export_mine(call: Call) -> tuple[int, Any]:
    """Everything the centre holds of the person who asks."""
    return 200, _whole(call, call.person())


def erase_mine(call: Call) -> tuple[int, Any]:
    """Erase everything the centre holds of the person who asks."""
    person = call.person(alone=True)
    _erase(call.connection, person)
    return 200, {"id": person}


def listed(call: Call) -> tuple[int, Any]:
    """Everybody the centre holds something of, for whoever has to answer for it."""
    found = call.connection.execute(select(people).order_by(people.c.hub_name, people.c.id))
    return 200, {"people": [{"id": row.id, "account": row.hub_name, "name": row.name} for row in found]}


def export_one(call: Call) -> tuple[int, Any]:
    """Everything the centre holds of one person; that it was given out is in it the next time."""
    person = _must_be(call)
    told = _whole(call, person)
    call.log_reading(_who(call), person, "export")
    return 200, told


def erase_one(call: Call) -> tuple[int, Any]:
    """Erase everything the centre holds of one person."""
    person = _must_be(call)
    _erase(call.connection, person)
    call.log_reading(_who(call), "", "erased")
    return 200, {"id": person}


def _who(call: Call) -> str:
    return call.person() if call.caller.key else f"service:{call.caller.hub_name}"


def _must_be(call: Call) -> str:
    found = call.connection.execute(
        select(people.c.id).where(people.c.id == call.ids[0]).with_for_update(key_share=True)
    ).scalar_one_or_none()
    if found is None:
        raise not_here()
    return str(found)


def _whole(call: Call, person: str) -> dict[str, Any]:
    ask = call.connection.execute
    row = ask(select(people).where(people.c.id == person)).one()
    given = ask(
        select(shares).where(shares.c.author_id == person).order_by(shares.c.received_at, shares.c.id)
    ).all()
    told = []
    for share in given:
        kept = ask(select(items.c.body).where(items.c.share_id == share.id).order_by(items.c.place)).scalars()
        told.append(
            {
                "id": share.id,
                "reader": share.reader_id,
                "given_on": share.given_on.isoformat(),
                "until": share.until.isoformat(),
                "taken_back": bool(share.taken_back_at),
                "says": json.loads(share.rest),
                "items": [json.loads(body) for body in kept],
            }
        )
    agreed = ask(select(consents).where(consents.c.person_id == person).order_by(consents.c.id))
    came = ask(
        select(replies)
        .where(or_(replies.c.for_id == person, replies.c.author_id == person))
        .order_by(replies.c.id)
    )
    return {
        "person": {
            "id": person,
            "account": row.hub_name,
            "name": row.name,
            "seen_on": row.seen_on.isoformat(),
        },
        "consents": [
            {"words": one.words, "given_at": one.given_at, "withdrawn_at": one.withdrawn_at} for one in agreed
        ],
        "shares": told,
        "replies": [json.loads(one.body) for one in came],
        "readings": _readings(call.connection, person),
    }


def _erase(connection: Connection, person: str) -> None:
    """The person's row takes shares, items, consents and replies along; what they read is no longer theirs."""
    given = select(shares.c.id).where(or_(shares.c.author_id == person, shares.c.reader_id == person))
    connection.execute(delete(items).where(items.c.share_id.in_(given)))
    connection.execute(delete(people).where(people.c.id == person))
    # After the shares: whoever reads one holds it until the reading is written down.
    connection.execute(delete(readings).where(readings.c.whose_id == person))
    connection.execute(update(readings).where(readings.c.who_id == person).values(who_id=""))


def clear_out(connection: Connection, today: dt.date, accounts: Mapping[str, str] | None) -> int:
    """What time erases; how many shares were over.

    Args:
        connection: The transaction.
        today: The local day.
        accounts: Every account of the hub to what never changes about it (empty where only a sign-on knows);
            people of none of them are erased, unless they are so many that the hub has rather lost its own
            database. ``None`` where the hub did not say.
    """
    over = list(
        connection.execute(
            select(shares.c.id).where((shares.c.until < today) & (shares.c.rest != "{}"))
        ).scalars()
    )
    connection.execute(delete(items).where(items.c.share_id.in_(over)))
    connection.execute(update(shares).where(shares.c.id.in_(over)).values(rest="{}"))
    long_ago = today - YEAR
    connection.execute(delete(shares).where(shares.c.until < long_ago))
    connection.execute(delete(readings).where(readings.c.at < long_ago.isoformat()))
    if accounts is not None:
        known = connection.execute(select(people.c.id, people.c.hub_name, people.c.key)).all()
        gone = [row.id for row in known if accounts.get(row.hub_name, "none") not in ("", row.key)]
        if len(gone) > max(MOST_GONE, len(known) // 2):
            log.error(
                "more than half of all accounts are gone: nobody is erased, look at the hub's own database"
            )
            gone = []
        for person in gone:
            _erase(connection, person)
    return len(over)
