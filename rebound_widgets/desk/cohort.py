"""The counts of a desk: what was counted is kept as numbers alone, and outlives the shares it came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ..domain.grant import COHORT, Item, Reader
from ..domain.record import new_id
from ..sharing import may_read
from ..sharing.counting import Block, Datum, data_of, new_blocks
from .book import Desk
from .people import grant_of


def count(desk: Desk) -> list[Block]:
    """Count what can be counted now, and give every block there is, oldest first."""
    before = blocks(desk)
    counted = frozenset(mark for block in before for mark in block.marks)
    fresh = new_blocks(countable(desk), counted, desk.workbook.today())
    for block in fresh:
        body = {
            "programme": block.programme,
            "term": block.term,
            "counted_on": block.counted_on.isoformat(),
            "people": block.people,
            "marks": sorted(block.marks),
            "sums": dict(block.sums),
        }
        desk.workbook.put(new_id("count"), "count", body)
    return [*before, *fresh, *desk.centre.blocks]


def blocks(desk: Desk) -> list[Block]:
    """What was counted so far, oldest first."""
    return [
        Block(
            programme=str(one.body["programme"]),
            term=str(one.body["term"]),
            counted_on=dt.date.fromisoformat(str(one.body["counted_on"])),
            people=int(one.body["people"]),
            marks=frozenset(one.body["marks"]),
            sums=dict(one.body["sums"]),
        )
        for one in desk.workbook.current("count")
    ]


def countable(desk: Desk) -> Iterator[Datum]:
    """What may be counted of the newest share of each person that allows it."""
    today = desk.workbook.today()
    newest = {
        str(one.body["sender"]): one
        for one in sorted(
            (r for r in desk.workbook.current("received") if "items" in r.body),
            key=lambda r: (str(r.body["given_on"]), r.number),
        )
        if may_read(Reader(role=COHORT), Item(id="numbers", kind="numbers"), today, grant_of(one.body)).may
    }
    for sender, received in newest.items():
        numbers = next(item for item in received.body["items"] if item["id"] == "numbers")
        yield from data_of(sender, numbers, str(received.body["programme"]), str(received.body["term"]))
