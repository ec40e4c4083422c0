"""Sessions with one person: begun, written, and what changed between two of them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..domain.chapter import COMPONENTS
from ..domain.record import Revision, new_id
from ..sharing import CounselReply
from ..sharing.replies import AgreedAction
from ..workbook import Workbook
from .facts import Facts
from .people import Person

COMPARED = ("applications", "interviews", "noes", "offers", "looked_back", "silent")
"""The facts whose change is told."""


@dataclass(frozen=True, kw_only=True)
class Changed:
    """What is other than at an earlier session.

    Attributes:
        since: That day.
        numbers: Fact to what it was and what it is, only those that differ.
        new: Titles of what was not shared then.
        other: Titles of what was shared then with other words.
    """

    since: dt.date
    numbers: Mapping[str, tuple[int, int]]
    new: tuple[str, ...]
    other: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether all is as it was."""
        return not (self.numbers or self.new or self.other)


def begin_session(workbook: Workbook, person: Person, facts: Facts) -> str:
    """Begin a session today, or go on with today's; its id.

    Of what was shared it keeps counts and digests alone, so that the next session can say what changed; no
    word of the person's outlives their share.
    """
    today = workbook.today().isoformat()
    for session in person.sessions:
        if session.body["held_on"] == today:
            return session.record_id
    body = {
        "person": person.id,
        "name": person.name,
        "held_on": today,
        "numbers": {name: facts.numbers[name] for name in COMPARED if name in facts.numbers},
        "items": {item_id: _digest(item) for item_id, item in person.items.items()},
    }
    return workbook.put(new_id("session"), "session", body).record_id


def changed(person: Person, facts: Facts, today: dt.date) -> Changed | None:
    """What changed since the last session before today; ``None`` where there was none."""
    earlier = [s for s in person.sessions if str(s.body["held_on"]) < today.isoformat()]
    if not earlier:
        return None
    then = earlier[-1].body
    numbers = {
        name: (int(then["numbers"][name]), facts.numbers[name])
        for name in COMPARED
        if name in then["numbers"] and name in facts.numbers and then["numbers"][name] != facts.numbers[name]
    }
    told = [(item_id, item) for item_id, item in person.items.items() if item_id != "numbers"]
    return Changed(
        since=dt.date.fromisoformat(str(then["held_on"])),
        numbers=numbers,
        new=tuple(str(item["title"]) for item_id, item in told if item_id not in then["items"]),
        other=tuple(
            str(item["title"])
            for item_id, item in told
            if item_id in then["items"] and then["items"][item_id] != _digest(item)
        ),
    )


def _digest(item: Mapping[str, Any]) -> str:
    text = json.dumps(item, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def road_items(numbers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The road of a search that was shared in numbers: days without names."""
    sent = Counter(row["applied_on"] for row in numbers["applications"] if row["applied_on"])
    items: list[dict[str, Any]] = [
        {"kind": "application", "on": day, "count": n} for day, n in sorted(sent.items())
    ]
    for row in numbers["applications"]:
        items += [{"kind": "interview", "on": h["held_on"]} for h in row["interviews"] if h["held_on"]]
        if row["outcome"] == "no" and row["outcome_on"]:
            items.append({"kind": "no", "on": row["outcome_on"]})
        if row["reached"].get("offer"):
            items.append({"kind": "offer", "on": row["reached"]["offer"]})
    return items


def covered(workbook: Workbook, person: Person) -> dict[str, int]:
    """Each component to the number of sessions it was part of, in the order of ``COMPONENTS``."""
    question = workbook.question("session/covered")
    counted = Counter(
        part
        for session in person.sessions
        for part in workbook.reply(question, record_id=session.record_id).value or ()
    )
    return {component: counted[component] for component in COMPONENTS}


def reply_of(workbook: Workbook, person: Person, session: Revision, counsellor: str) -> CounselReply:
    """What a session gives back. The private note is asked for nowhere in it."""

    def said(name: str, item: int | None = None) -> Any:
        question = workbook.question(f"session/{name}")
        return workbook.reply(question, record_id=session.record_id, item=item).value

    actions = [(said("agreed-what", item), said("agreed-by", item)) for item in said("agreed") or ()]
    questions = [said("ask-text", item) for item in said("ask") or ()]
    opened = [(s.record_id, s.body["opened_on"]) for s in person.shares if s.body.get("opened_on")]
    return CounselReply(
        id=f"counsel-{session.record_id.removeprefix('session-')}-{_digest({'now': workbook.revision})}",
        sender=person.id,
        counsellor=counsellor,
        made_on=workbook.today(),
        opened=tuple((share, dt.date.fromisoformat(day)) for share, day in opened),
        note=str(said("shared-note") or ""),
        actions=tuple(
            AgreedAction(what=what, by=dt.date.fromisoformat(by) if by else None)
            for what, by in actions
            if what
        ),
        questions=tuple(str(asked) for asked in questions if asked),
    )
