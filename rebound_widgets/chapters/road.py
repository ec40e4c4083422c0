"""The road: what the time line of a search shows, and the sentence above it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ..history import History
from ..insight import Week
from .visit import Visit

RECENT_WEEKS = 2
"""The weeks called "the last weeks"."""
RISING = 1.5
"""The last weeks rise, or grow quiet, from this ratio of their mean to that of the weeks before."""
FEWEST_WEEKS = 4
"""Below this many weeks nothing is said about a pattern."""


def road_items(history: History) -> list[dict[str, Any]]:
    """Everything with a date, as the ``Road`` widget takes it; the firm's name is the item's label."""
    applications = history.applications
    names = dict(zip(applications["id"], applications["company"].fillna(applications["role"]), strict=True))
    parts = [
        ("application", applications["applied_on"], applications["id"]),
        ("interview", history.interviews["held_on"], history.interviews["application_id"]),
        ("no", applications["outcome_on"].where(applications["outcome"] == "no"), applications["id"]),
        ("start", applications["starts_on"], applications["id"]),
    ]
    return [
        {"kind": kind, "on": day.date().isoformat(), "label": str(names.get(key, ""))}
        for kind, days, keys in parts
        for day, key in zip(days, keys, strict=True)
        if not pd.isna(day)
    ]


def road_title(visit: Visit, road: Sequence[Week]) -> str:
    """The finding of the road in words, from its numbers."""
    say = visit.words
    if not road:
        return say("start.road.empty_title")
    sent = pd.Series([week.applications for week in road], dtype="float64")
    held = sum(week.interviews for week in road)
    facts = {
        "weeks": say.plural("start.road.weeks", len(road)),
        "applications": say.plural("start.road.applications", int(sent.sum())),
        "interviews": say.plural("start.road.interviews", held),
        "finding": say(f"start.road.findings.{finding(sent)}"),
    }
    return say("start.road.title" if held else "start.road.title_no_interviews", **facts)


def finding(sent: pd.Series[float]) -> str:
    """The pattern of the weeks in one word; about effort only, never about what came back.

    Args:
        sent: Applications in each week, the oldest first.
    """
    if len(sent) < FEWEST_WEEKS:
        return "beginning"
    recent, before = sent.iloc[-RECENT_WEEKS:], sent.iloc[:-RECENT_WEEKS]
    if recent.sum() == 0:
        return "paused"
    if recent.mean() > RISING * before.mean():
        return "rising"
    return "quiet" if recent.mean() < before.mean() / RISING else "steady"
