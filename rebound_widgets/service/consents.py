"""Who people are here, and what they agreed to: asked once, in words, with the day kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select, update

from ..domain.grant import NAME_LIMIT, accept_name
from ..domain.refused import Refused
from ..sharing.centre_sentences import SAID
from .call import Call
from .callers import COHORT, READ_SHARED
from .tables import consents, people, shares


def me(call: Call) -> tuple[int, Any]:
    """Who asks, as the centre knows them."""
    person = call.person()
    row = call.connection.execute(select(people).where(people.c.id == person)).one()
    given = _standing(call, person)
    return 200, {
        "id": person,
        "name": row.name,
        "consent": {"words": given.words, "given_at": given.given_at} if given else None,
        "reads": call.caller.may(READ_SHARED),
        "counts": call.caller.may(COHORT),
    }


def rename(call: Call) -> tuple[int, Any]:
    """The name somebody goes by: under it students find a counsellor."""
    name = accept_name(call.body["name"], "name", NAME_LIMIT)
    call.connection.execute(update(people).where(people.c.id == call.person()).values(name=name))
    return me(call)


def counsellors(call: Call) -> tuple[int, Any]:
    """Whom a person can share with: counsellors who look after them and have been at their desk."""
    person = call.person()
    found = call.connection.execute(
        select(people).where(people.c.id != person).order_by(people.c.name, people.c.id)
    )
    told = [
        {"id": row.id, "name": row.name or row.hub_name}
        for row in found
        if call.directory.looks_after(row.hub_name, call.caller.hub_name)
    ]
    return 200, {"counsellors": told}


def agree(call: Call) -> tuple[int, Any]:
    """Keep that somebody agreed, to which words, when. Agreed already stays as it was."""
    person = call.person(alone=True)
    if _standing(call, person) is None:
        row = {"person_id": person, "words": str(call.body["words"]), "given_at": call.moment}
        call.connection.execute(insert(consents).values(**row))
    return me(call)


def withdraw_consent(call: Call) -> tuple[int, Any]:
    """Take the agreement back, and with it every share."""
    from .share_rows import withdraw  # noqa: PLC0415 - each of the two asks the other

    person = call.person(alone=True)
    standing = (consents.c.person_id == person) & consents.c.withdrawn_at.is_(None)
    call.connection.execute(update(consents).where(standing).values(withdrawn_at=call.moment))
    given = call.connection.execute(select(shares.c.id).where(shares.c.author_id == person))
    withdraw(call, list(given.scalars()))
    return me(call)


def must_consent(call: Call, person: str) -> None:
    """Whoever has not agreed shares nothing.

    Raises:
        Refused: they have not.
    """
    if _standing(call, person) is None:
        raise Refused("centre-no-consent", SAID["centre-no-consent"])


def _standing(call: Call, person: str) -> Any:
    return call.connection.execute(
        select(consents)
        .where((consents.c.person_id == person) & consents.c.withdrawn_at.is_(None))
        .order_by(consents.c.id)
        .limit(1)
    ).one_or_none()
