"""Who asks: what the hub says of a token, and the one person of ours that this is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from ..domain.record import new_id
from ..domain.refused import Refused
from .tables import people

READ_SHARED = "custom:rebound:read-shared"
COHORT = "custom:rebound:cohort"
CARE = "custom:rebound:care"
METRICS = "read:metrics"


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who a token belongs to.

    Attributes:
        key: What never changes about the person; empty for a service.
        hub_name: The name of the account, or of the service.
        scopes: What the token allows.
    """

    key: str
    hub_name: str
    scopes: frozenset[str]

    def may(self, scope: str) -> bool:
        """Whether the token allows that."""
        return scope in self.scopes


@dataclass(frozen=True)
class Directory:
    """Who is a counsellor, and who looks after whom, as the hub has it now.

    Attributes:
        counsellors: Accounts of counsellors.
        caseloads: Account to the caseloads it is in.
    """

    counsellors: frozenset[str] = frozenset()
    caseloads: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def looks_after(self, counsellor: str, person: str) -> bool:
        """Whether a counsellor may be given something by a person: of their caseload, or of none at all."""
        if counsellor not in self.counsellors:
            return False
        theirs = self.caseloads.get(person, frozenset())
        return not theirs or bool(theirs & self.caseloads.get(counsellor, frozenset()))


def key_of(model: Mapping[str, Any], subject: str) -> str:
    """What never changes about a person: the sign-on's subject, else name and moment of the account.

    A name alone would not do: an account that is made again under it belongs to somebody else.

    Args:
        model: The hub's user model.
        subject: Where in the sign-on's state the subject is, such as ``oauth_user.sub``; empty where there is none.

    Raises:
        Refused: the sign-on was to say who it is, and did not.
    """
    if not subject:
        return f"account:{model['name']}@{model['created']}"
    found: Any = model.get("auth_state") or {}
    for part in subject.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    if not found:
        raise Refused("centre-no-subject", "The sign-on does not say who you are. Sign out, and in again.")
    return f"subject:{found}"


def person_of(connection: Connection, caller: Caller, today: dt.date, *, alone: bool = False) -> str:
    """The id of the person who asks; made where they are new.

    Whatever stands under the same account name and another key is erased: that account is gone.

    Args:
        connection: The transaction.
        caller: Who asks.
        today: The local day.
        alone: Whether nobody else may write for that person until the end of the transaction. Whoever looks at
            rows of a person and writes because of them asks for it, and then looks.

    Raises:
        Refused: a service asks, and it is no person.
    """
    if not caller.key:
        raise Refused(
            "centre-no-person", "This token belongs to a service, and what it asks for is a person's."
        )
    asked = select(people).where(people.c.key == caller.key)
    # Others may still refer to the row meanwhile, as a share with that person does.
    asked = asked.with_for_update(key_share=True) if alone else asked
    found = connection.execute(asked).one_or_none()
    if found is not None:
        if found.seen_on != today or found.hub_name != caller.hub_name:
            seen = {"seen_on": today, "hub_name": caller.hub_name}
            connection.execute(update(people).where(people.c.id == found.id).values(**seen))
        return str(found.id)
    connection.execute(delete(people).where(people.c.hub_name == caller.hub_name))
    made = {
        "id": new_id("person"),
        "key": caller.key,
        "hub_name": caller.hub_name,
        "name": "",
        "seen_on": today,
    }
    connection.execute(insert(people).values(**made))
    return made["id"]  # type: ignore[return-value]
