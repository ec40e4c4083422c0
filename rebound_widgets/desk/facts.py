"""What is known of a search from what was shared of it: plain numbers and days that the rules ask for."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .people import Person

LATELY_DAYS = 28
AHEAD = "days_to_interview"
SILENT_DAYS = 30
"""After this many days without an answer an application counts as silent; see insight.loops."""
LOOK_BACK_DAYS = (2, 60)
"""A debrief is missing from the second day after an interview, and no longer asked for after two months."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Numbers by name, and words for the sentences of the rules. A number that is not known is not there.

    Attributes:
        numbers: By the names ``docs/how-to/desk.md`` lists.
        days: Days that sentences name.
        stage: The stage most noes came at; empty where there is none.
    """

    numbers: Mapping[str, int]
    days: Mapping[str, dt.date] = field(default_factory=dict)
    stage: str = ""


def facts_of(person: Person, today: dt.date) -> Facts:
    """What is known of a person's search today."""
    numbers: dict[str, int] = {"sessions": len(person.sessions), "shares": len(person.shares)}
    days: dict[str, dt.date] = {}
    if person.until is not None:
        numbers["days_left"] = (person.until - today).days
        days["until"] = person.until
    last = person.last_on
    stage = ""
    if person.numbers is not None:
        own, stage = _of_search(person.numbers, today)
        numbers |= own
        last = max(_day(person.numbers["last_on"]) or dt.date.min, last or dt.date.min)
    if last is not None:
        numbers["days_quiet"] = (today - last).days
        days["quiet_since"] = last
    if person.sessions:
        seen = _day(person.sessions[-1].body["held_on"]) or today
        numbers["days_since_session"] = (today - seen).days
        days["last_session"] = seen
    ahead = interviews_ahead(person, today)
    if ahead:
        days["next_interview"] = ahead[0]
        numbers[AHEAD] = (ahead[0] - today).days
        numbers.setdefault("interviews_ahead", sum(day > today for day in ahead))
    kinds = Counter(str(item["kind"]) for item in person.items.values())
    numbers["written"] = kinds["answers"]
    numbers["about_a_no"] = sum(str(item.get("chapter")) == "no" for item in person.items.values())
    return Facts(numbers=numbers, days=days, stage=stage)


def interviews_ahead(person: Person, today: dt.date) -> list[dt.date]:
    """The days of interviews from today on, the next one first.

    They are in the search in numbers, and on each part of an interview. One of today that somebody has looked back
    at is over.
    """
    held = [
        (dt.date.fromisoformat(one["held_on"]), bool(one["looked_back"]))
        for row in (person.numbers or {"applications": ()})["applications"]
        for one in row["interviews"]
        if one["held_on"]
    ]
    parts: dict[str, tuple[dt.date, bool]] = {}
    for item_id, item in person.items.items():
        if item.get("held_on"):
            about = item_id.rpartition("@")[2]
            looked_back = item.get("chapter") == "debrief" or parts.get(about, (None, False))[1]
            parts[about] = dt.date.fromisoformat(item["held_on"]), looked_back
    # Numbers name no interview, so those of one day cannot be told apart from its parts.
    counted = {day for day, _ in held}
    told = [*held, *(one for one in parts.values() if one[0] not in counted)]
    return sorted(day for day, looked_back in told if day > today or (day == today and not looked_back))


def _of_search(shared: Mapping[str, Any], today: dt.date) -> tuple[dict[str, int], str]:
    rows = shared["applications"]
    noes = Counter(str(row["stage"]) for row in rows if row["outcome"] == "no")
    stage, most = max(noes.items(), key=lambda one: one[1], default=("", 0))
    held = [h for row in rows for h in row["interviews"] if h["held_on"]]
    past = [h for h in held if _ago(h["held_on"], today) >= 0]
    early, late = LOOK_BACK_DAYS
    numbers = {
        "applications": sum(row["stage"] != "saved" for row in rows),
        "sent_lately": sum(
            0 <= _ago(row["applied_on"], today) < LATELY_DAYS for row in rows if row["applied_on"]
        ),
        "interviews": len(past),
        "interviews_ahead": len(held) - len(past),
        "noes": sum(noes.values()),
        "noes_at_one_stage": most,
        "not_looked_back": sum(
            early <= _ago(h["held_on"], today) <= late and not h["looked_back"] for h in held
        ),
        "looked_back": sum(bool(h["looked_back"]) for h in held),
        "silent": sum(_is_silent(row, today) for row in rows),
        "offers": sum(row["stage"] == "offer" for row in rows),
        "accepted": sum(row["outcome"] in ("accepted", "started") for row in rows),
    }
    # In whole hundredths, so that a rule can name it.
    if numbers["applications"]:
        talked = sum(bool(row["interviews"]) for row in rows if row["stage"] != "saved")
        numbers["interviews_in_100"] = round(100 * talked / numbers["applications"])
    return numbers, stage


def _is_silent(row: Mapping[str, Any], today: dt.date) -> bool:
    if row["outcome"] != "open" or row["stage"] == "saved":
        return False
    signs = [row["applied_on"], row["outcome_on"], *row["reached"].values()]
    signs += [held["held_on"] for held in row["interviews"]]
    known = [_ago(sign, today) for sign in signs if sign]
    return bool(known) and min(known) > SILENT_DAYS


def _ago(day: str, today: dt.date) -> int:
    return (today - dt.date.fromisoformat(day)).days


def _day(text: Any) -> dt.date | None:
    return dt.date.fromisoformat(str(text)) if text else None
