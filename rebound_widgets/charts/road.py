"""The road: the whole search in one picture, effort as well as answers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from statistics import fmean
from typing import Any

from ..content import Content, Words
from ..insight import Week, weeks
from ..insight.told import Told, name, outcome, stage
from .picture import Picture

NAMED = 3
"""So many firms of a day have their names on the road; a mark shows no more of them."""
RECENT_WEEKS = 2
"""The weeks called "the last weeks"."""
RISING = 1.5
"""The last weeks rise, or grow quiet, from this ratio of their mean to that of the weeks before."""
FEWEST_WEEKS = 4
"""Below this many weeks nothing is said about a pattern."""


def road(history: Told, today: dt.date, content: Content) -> Picture:
    """The road of a search, its title about effort only, never about what came back."""
    return Picture(
        kind="road",
        spec={"items": road_items(history), "today": today.isoformat()},
        title=road_title(content.words, weeks(history, today), history),
    )


def road_items(history: Told) -> list[dict[str, Any]]:
    """Everything with a date, as the ``Road`` widget takes it, a few items for each day however many there are.

    Applications are counted by day. Of interviews, noes and first days at work the first of a day have the firm's
    name as their label, as many as a mark names; the others of that day are one item with their number.
    """
    applications = {one.record_id: one.body for one in history.records("application")}
    held = [one.body for one in history.records("interview")]
    sent = Counter(body["applied_on"] for body in applications.values() if body.get("applied_on"))
    items = [_item("application", day, count=count) for day, count in sorted(sent.items())]
    parts: list[tuple[str, list[tuple[str | None, Any]]]] = [
        ("interview", [(body.get("held_on"), body.get("application_id")) for body in held]),
        (
            "no",
            [(body.get("outcome_on"), key) for key, body in applications.items() if outcome(body) == "no"],
        ),
        ("start", [(body.get("starts_on"), key) for key, body in applications.items()]),
    ]
    named = []
    for kind, days in parts:
        seen: Counter[str] = Counter()
        for day, key in days:
            if day:
                seen[day] += 1
                if seen[day] <= NAMED:
                    label = name(applications[key]) if key in applications else ""
                    named.append(_item(kind, day, label=label))
        items += [_item(kind, day, count=n - NAMED) for day, n in sorted(seen.items()) if n > NAMED]
    return items + named


def _item(kind: str, day: str, **told: Any) -> dict[str, Any]:
    return {"kind": kind, "on": day, **told}


def road_title(words: Words, told: Sequence[Week], history: Told) -> str:
    """The finding of the road in words, from its numbers.

    Applications are counted as on every page: all that were sent. Those without a day stand in no week, and the
    title says how many they are.
    """
    sent = [one.body for one in history.records("application") if stage(one.body) != "saved"]
    undated = sum(not body.get("applied_on") for body in sent)
    left_out = words.plural("start.road.undated", undated) if undated else ""
    if not told:
        return " ".join(part for part in (words("start.road.empty_title"), left_out) if part)
    held = sum(week.interviews for week in told)
    facts = {
        "weeks": words.plural("start.road.weeks", len(told)),
        "applications": words.plural("start.road.applications", len(sent)),
        "interviews": words.plural("start.road.interviews", held),
        "finding": words(f"start.road.findings.{finding([week.applications for week in told])}"),
    }
    title = words("start.road.title" if held else "start.road.title_no_interviews", **facts)
    return f"{title}. {left_out}" if left_out else title


def finding(sent: Sequence[int]) -> str:
    """The pattern of the weeks in one word; about effort only, never about what came back.

    Args:
        sent: Applications in each week, the oldest first.
    """
    if len(sent) < FEWEST_WEEKS:
        return "beginning"
    recent, before = sent[-RECENT_WEEKS:], sent[:-RECENT_WEEKS]
    if not any(recent):
        return "paused"
    if fmean(recent) > RISING * fmean(before):
        return "rising"
    return "quiet" if fmean(recent) < fmean(before) / RISING else "steady"
