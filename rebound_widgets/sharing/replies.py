"""What a counsellor gives back: agreed actions with their days, a note, questions. Theirs, and shown as theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..domain.grant import NAME_LIMIT, accept_name
from ..domain.refused import Refused
from . import shapes
from .files import REPLY, opened, written


@dataclass(frozen=True, kw_only=True)
class AgreedAction:
    """Something both agreed on.

    Attributes:
        what: In words.
        by: The day it is to be done by; ``None`` where none was named.
    """

    what: str
    by: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class CounselReply:
    """What comes back from a counsellor.

    Attributes:
        id: Its own id.
        sender: Whose shares it answers, as ``sender_id`` has it.
        counsellor: The counsellor's name.
        made_on: The local day it was made.
        opened: The ids of the shares that were read, each with the day of the first reading.
        note: A note for the person, or empty.
        actions: What was agreed.
        questions: To think about until next time.
    """

    id: str
    sender: str
    counsellor: str
    made_on: dt.date
    opened: tuple[tuple[str, dt.date], ...] = ()
    note: str = ""
    actions: tuple[AgreedAction, ...] = ()
    questions: tuple[str, ...] = ()


def reply_bytes(reply: CounselReply, passphrase: str = "") -> bytes:
    """The file; with a passphrase it is closed with it."""
    return written(REPLY, reply_body(reply), passphrase)


def reply_body(reply: CounselReply) -> dict[str, Any]:
    """A reply as plain JSON: the file without its envelope; also how a workbook keeps it."""
    return {
        "reply": reply.id,
        "sender": reply.sender,
        "from": reply.counsellor,
        "made_on": reply.made_on.isoformat(),
        "opened": [{"share": share, "on": day.isoformat()} for share, day in reply.opened],
        "note": reply.note,
        "actions": [
            {"what": action.what, "by": action.by.isoformat() if action.by else None}
            for action in reply.actions
        ],
        "questions": list(reply.questions),
    }


def _opening(given: Any, place: str) -> dict[str, Any]:
    return shapes.fields(given, place, {"share": shapes.identity, "on": shapes.day})


def _action(given: Any, place: str) -> dict[str, Any]:
    return shapes.fields(given, place, {"what": shapes.text, "by": shapes.day_or_none})


def _name(given: Any, place: str) -> str:
    return accept_name(shapes.text(given, place), place, NAME_LIMIT)


_FIELDS: Mapping[str, shapes.Read] = {
    "reply": shapes.identity,
    "sender": shapes.identity,
    "from": _name,
    "made_on": shapes.day,
    "opened": shapes.listed(_opening),
    "note": shapes.text,
    "actions": shapes.listed(_action, 100),
    "questions": shapes.listed(shapes.text, 100),
}


def read_reply(file: bytes, sender: str, passphrase: str = "") -> CounselReply:
    """The reply in a file, for the workbook ``sender`` names.

    Raises:
        Refused: it is no reply, not whole, closed, too large, changed, of a newer version, or for somebody
            else.
    """
    reply = reply_from(opened(REPLY, file, passphrase))
    if reply.sender != sender:
        raise Refused(
            "reply-not-yours",
            "This reply is for another workbook than this one. Nothing of it was taken in.",
        )
    return reply


def reply_from(body: Mapping[str, Any]) -> CounselReply:
    """The reply that is plain JSON.

    Raises:
        Refused: a field is missing, unknown, or not of its form.
    """
    read = shapes.fields(dict(body), "reply", _FIELDS)
    actions = (
        AgreedAction(what=one["what"], by=dt.date.fromisoformat(one["by"]) if one["by"] else None)
        for one in read["actions"]
    )
    return CounselReply(
        id=read["reply"],
        sender=read["sender"],
        counsellor=read["from"],
        made_on=dt.date.fromisoformat(read["made_on"]),
        opened=tuple((one["share"], dt.date.fromisoformat(one["on"])) for one in read["opened"]),
        note=read["note"],
        actions=tuple(actions),
        questions=tuple(read["questions"]),
    )
