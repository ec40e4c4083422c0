"""What the room sees of an exercise, from five answers up: a picture for each question, a table of cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..chapters.visit import Visit
from ..domain.chapter import Exercise
from .asked import OWN, Counted, counted
from .tally import BLOCK

Block = dict[str, Any]


def total_blocks(exercise: Exercise, totals: Mapping[str, Any], visit: Visit) -> list[Block]:
    """The totals as the page shows them; what has fewer than five answers says no more than that.

    Args:
        exercise: The exercise that is open.
        totals: Under the key of each thing that was asked: ``people`` and ``counts``.
        visit: The visit, for its words.
    """
    say = visit.words
    asked = counted(exercise)
    blocks: list[Block] = [{"kind": "heading", "text": say("group.totals"), "level": 2}]
    if not asked:
        return [*blocks, {"kind": "paragraph", "text": say("group.totals_words")}]
    shown = [one for one in asked if one.key in totals]
    if not shown:
        return [*blocks, {"kind": "paragraph", "text": say("group.totals_none", block=BLOCK)}]
    return [*blocks, *_cards([one for one in shown if "#" in one.key], totals, visit)]


def pictured(exercise: Exercise, totals: Mapping[str, Any]) -> list[Counted]:
    """What has totals and is shown as a picture: everything but cards."""
    return [one for one in counted(exercise) if one.key in totals and "#" not in one.key]


def picture(one: Counted, found: Mapping[str, Any], visit: Visit) -> dict[str, Any]:
    """A bar for each option, as ``Chart`` takes it, the question as its title."""
    say, counts = visit.words, found["counts"]
    pairs = [
        (say("group.own") if option == OWN else label, int(counts.get(option, 0)))
        for option, label in one.options
    ]
    values = [{"y": label, "x": count} for label, count in pairs]
    return {
        "spec": {
            "x": {"kind": "number", "low": 0, "high": int(found["people"])},
            "y": {"kind": "category"},
            "marks": [{"mark": "bar", "values": values}],
        },
        "title": one.ask,
        "counts": say("group.counted", people=int(found["people"])),
        "table": {
            "columns": [say("group.table.option"), say("group.table.count")],
            "rows": [[label, count] for label, count in pairs],
        },
    }


def _cards(cards: list[Counted], totals: Mapping[str, Any], visit: Visit) -> Iterator[Block]:
    if not cards:
        return
    say = visit.words
    piles = [label for _, label in cards[0].options]
    rows = [_card(one, totals[one.key]) for one in cards]
    yield {
        "kind": "table",
        "caption": say("group.table.cards"),
        "columns": [say("group.table.card"), *piles, say("group.table.people")],
        "rows": rows,
        "numeric": list(range(1, len(piles) + 2)),
    }


def _card(one: Counted, found: Mapping[str, Any]) -> list[str]:
    numbers = [found["counts"].get(pile, 0) for pile, _ in one.options]
    return [one.ask, *map(str, numbers), str(found["people"])]
