"""The road: the whole search in one picture, effort as well as answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pandas as pd

from ..content import Content, Words
from ..insight import Frames, Week, weeks
from .picture import Picture

NAMED = 3
"""So many firms of a day have their names on the road; a mark shows no more of them."""
RECENT_WEEKS = 2
"""The weeks called "the last weeks"."""
RISING = 1.5
"""The last weeks rise, or grow quiet, from this ratio of their mean to that of the weeks before."""
FEWEST_WEEKS = 4
"""Below this many weeks nothing is said about a pattern."""


def road(history: Frames, today: dt.date, content: Content) -> Picture:
    """The road of a search, its title about effort only, never about what came back."""
    return Picture(
        kind="road",
        spec={"items": road_items(history), "today": today.isoformat()},
        title=road_title(content.words, weeks(history, today), history),
    )


def road_items(history: Frames) -> list[dict[str, Any]]:
    """Everything with a date, as the ``Road`` widget takes it, a few items for each day however many there are.

    Applications are counted by day. Of interviews, noes and first days at work the first of a day have the firm's
    name as their label, as many as a mark names; the others of that day are one item with their number.
    """
    applications, interviews = history.applications, history.interviews
    items = [
        _item("application", day, count=count)
        for day, count in applications["applied_on"].value_counts(sort=False).sort_index().items()
    ]
    parts = [
        ("interview", interviews["held_on"], interviews["application_id"]),
        ("no", applications["outcome_on"].where(applications["outcome"] == "no"), applications["id"]),
        ("start", applications["starts_on"], applications["id"]),
    ]
    named = []
    for kind, days, keys in parts:
        known = days.dropna()
        by_day = known.groupby(known, sort=True)
        first = known.index[by_day.cumcount() < NAMED]
        named += [(kind, day, key) for day, key in zip(days[first], keys[first], strict=True)]
        left = by_day.size() - NAMED
        items += [_item(kind, day, count=count) for day, count in left[left > 0].items()]
    wanted = applications[applications["id"].isin({key for *_, key in named})]
    labels = wanted["company"].fillna(wanted["role"]).fillna("")
    names = dict(zip(wanted["id"], labels, strict=True))
    return items + [_item(kind, day, label=str(names.get(key, ""))) for kind, day, key in named]


def _item(kind: str, day: Any, **told: Any) -> dict[str, Any]:
    return {"kind": kind, "on": f"{day:%Y-%m-%d}", **told}


def road_title(words: Words, told: Sequence[Week], history: Frames) -> str:
    """The finding of the road in words, from its numbers.

    Applications are counted as on every page: all that were sent. Those without a day stand in no week, and the
    title says how many they are.
    """
    sent = history.applications["stage"] != "saved"
    undated = int((sent & history.applications["applied_on"].isna()).sum())
    left_out = words.plural("start.road.undated", undated) if undated else ""
    if not told:
        return " ".join(part for part in (words("start.road.empty_title"), left_out) if part)
    by_week = pd.Series([week.applications for week in told], dtype="float64")
    held = sum(week.interviews for week in told)
    facts = {
        "weeks": words.plural("start.road.weeks", len(told)),
        "applications": words.plural("start.road.applications", int(sent.sum())),
        "interviews": words.plural("start.road.interviews", held),
        "finding": words(f"start.road.findings.{finding(by_week)}"),
    }
    title = words("start.road.title" if held else "start.road.title_no_interviews", **facts)
    return f"{title}. {left_out}" if left_out else title


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
