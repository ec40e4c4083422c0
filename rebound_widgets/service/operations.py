"""Everything the service can be asked, written out once: its addresses, its checks and its document come from here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from . import care_rows, cohort_rows, consents, reply_rows, share_rows
from .call import Call
from .callers import CARE, COHORT, READ_SHARED
from .schemas import (
    DAY,
    DAY_OR_NONE,
    FLAG,
    ID,
    KEPT,
    ME,
    READING,
    REPLY,
    SHARE,
    WHOLE,
    Schema,
    many,
    named,
    of,
)


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One thing that can be asked.

    Attributes:
        name: Its name; also in the metrics.
        method: ``GET``, ``PUT`` or ``DELETE``. All of them may be sent again without harm.
        path: Below the service's address, with ``{id}`` where an id stands.
        about: What it does, in a sentence.
        scope: What the token has to allow besides asking the service at all; empty where nothing.
        run: Does it, inside one transaction; gives the status and the answer.
        answer: The form of the answer.
        body: The form of what is sent; ``None`` where nothing is.
        makes: Whether it answers 201 where something new was kept.
    """

    name: str
    method: str
    path: str
    about: str
    run: Callable[[Call], tuple[int, Any]]
    answer: Schema
    scope: str = ""
    body: Schema | None = None
    makes: bool = False


_GIVEN = of(id=ID, reader=ID, name=named(80), given_on=DAY, until=DAY, opened_on=DAY_OR_NONE, taken_back=FLAG)
_RECEIVED = of(id=ID, sender=ID, given_on=DAY, until=DAY)
_BLOCK = of(
    programme=named(80),
    term=named(80),
    counted_on=DAY,
    people={"type": "integer", "minimum": 10},
    sums={"type": "object", "additionalProperties": {"type": "integer"}},
)

OPERATIONS: Sequence[Operation] = (
    Operation(
        name="me",
        method="GET",
        path="/v1/me",
        about="Who asks, as the centre knows them.",
        run=consents.me,
        answer=ME,
    ),
    Operation(
        name="rename",
        method="PUT",
        path="/v1/me",
        about="The name somebody goes by.",
        run=consents.rename,
        body=of(name=named(80)),
        answer=ME,
    ),
    Operation(
        name="erase-mine",
        method="DELETE",
        path="/v1/me",
        about="Erase everything the centre holds of the person who asks.",
        run=care_rows.erase_mine,
        answer=KEPT,
    ),
    Operation(
        name="export-mine",
        method="GET",
        path="/v1/me/export",
        about="Everything the centre holds of the person who asks.",
        run=care_rows.export_mine,
        answer=WHOLE,
    ),
    Operation(
        name="readings",
        method="GET",
        path="/v1/me/readings",
        about="Who read what of the person's, and when.",
        run=care_rows.read_by,
        answer=of(readings=many(READING, 1_000_000)),
    ),
    Operation(
        name="agree",
        method="PUT",
        path="/v1/me/consent",
        about="Agree, to the words named, that what one shares is kept at the centre.",
        run=consents.agree,
        body=of(words={"type": "string", "minLength": 1, "maxLength": 200}),
        answer=ME,
    ),
    Operation(
        name="withdraw",
        method="DELETE",
        path="/v1/me/consent",
        about="Take the agreement back, and with it every share.",
        run=consents.withdraw_consent,
        answer=ME,
    ),
    Operation(
        name="counsellors",
        method="GET",
        path="/v1/counsellors",
        about="Whom the person can share with.",
        run=consents.counsellors,
        answer=of(counsellors=many(of(id=ID, name=named(255)))),
    ),
    Operation(
        name="shares",
        method="GET",
        path="/v1/shares",
        about="What the person gave, and whether it was opened.",
        run=share_rows.mine,
        answer=of(shares=many(_GIVEN, 100_000)),
    ),
    Operation(
        name="share",
        method="PUT",
        path="/v1/shares/{id}",
        about="Share something with one counsellor. The id is made by who shares: the same again changes nothing.",
        run=share_rows.give,
        body=of(reader=ID, share=SHARE),
        answer=KEPT,
        makes=True,
    ),
    Operation(
        name="take-back",
        method="DELETE",
        path="/v1/shares/{id}",
        about="Take a share back: what was in it is erased before the answer is given.",
        run=share_rows.take_back,
        answer=KEPT,
    ),
    Operation(
        name="replies",
        method="GET",
        path="/v1/replies",
        about="What came back for the person.",
        run=reply_rows.mine,
        answer=of(replies=many(REPLY, 100_000)),
    ),
    Operation(
        name="reply",
        method="PUT",
        path="/v1/replies/{id}",
        about="Give something back to somebody who shared. The same again changes nothing.",
        run=reply_rows.give_back,
        scope=READ_SHARED,
        body=of(reply=REPLY),
        answer=KEPT,
        makes=True,
    ),
    Operation(
        name="received",
        method="GET",
        path="/v1/received",
        about="Which shares the counsellor may read today.",
        run=share_rows.received,
        scope=READ_SHARED,
        answer=of(received=many(_RECEIVED, 100_000)),
    ),
    Operation(
        name="read",
        method="GET",
        path="/v1/received/{id}",
        about="Read one share. The reading is written down.",
        run=share_rows.read,
        scope=READ_SHARED,
        answer=of(share=SHARE, opened_on=DAY),
    ),
    Operation(
        name="cohort",
        method="GET",
        path="/v1/cohort",
        about="Sums over ten people or more.",
        run=cohort_rows.totals,
        scope=COHORT,
        answer=of(blocks=many(_BLOCK, 100_000)),
    ),
    Operation(
        name="people",
        method="GET",
        path="/v1/people",
        about="Everybody the centre holds something of.",
        run=care_rows.listed,
        scope=CARE,
        answer=of(people=many(of(id=ID, account=named(255), name=named(80)), 1_000_000)),
    ),
    Operation(
        name="export-one",
        method="GET",
        path="/v1/people/{id}/export",
        about="Everything the centre holds of one person. That it was given out is written down.",
        run=care_rows.export_one,
        scope=CARE,
        answer=WHOLE,
    ),
    Operation(
        name="erase-one",
        method="DELETE",
        path="/v1/people/{id}",
        about="Erase everything the centre holds of one person.",
        run=care_rows.erase_one,
        scope=CARE,
        answer=KEPT,
    ),
)
