"""Figures over many people, counted as a counsellor's desk counts them: in blocks of ten people or more."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import insert, select, text

from ..domain.grant import COHORT, Item, Reader
from ..domain.record import new_id
from ..sharing.counting import Block, Datum, data_of, new_blocks
from ..sharing.permission import may_read
from .call import Call, packed
from .share_rows import grant_and_items
from .tables import blocks, marks, shares


def totals(call: Call) -> tuple[int, Any]:
    """Count what can be counted now, and give every block there is: sums and numbers of people, no more."""
    if call.connection.dialect.name == "postgresql":
        call.connection.execute(text("SELECT pg_advisory_xact_lock(7320227)"))  # one count at a time
    counted = frozenset(call.connection.execute(select(marks.c.mark)).scalars())
    for block in new_blocks(_countable(call), counted, call.today):
        _keep(call, block)
    kept = call.connection.execute(select(blocks).order_by(blocks.c.counted_on, blocks.c.id))
    told = [
        {
            "programme": row.programme,
            "term": row.term,
            "counted_on": row.counted_on.isoformat(),
            "people": row.people,
            "sums": json.loads(row.sums),
        }
        for row in kept
    ]
    call.log_reading(_who(call), "", "cohort")
    return 200, {"blocks": told}


def _who(call: Call) -> str:
    return call.person() if call.caller.key else f"service:{call.caller.hub_name}"


def _keep(call: Call, block: Block) -> None:
    made = new_id("count")
    row = {
        "id": made,
        "programme": block.programme,
        "term": block.term,
        "counted_on": block.counted_on,
        "people": block.people,
        "sums": packed(dict(block.sums)),
    }
    call.connection.execute(insert(blocks).values(**row))
    call.connection.execute(insert(marks), [{"mark": mark, "block_id": made} for mark in sorted(block.marks)])


def _countable(call: Call) -> Iterator[Datum]:
    """What may be counted of the newest share of each person that allows it."""
    allowed = shares.c.counted & shares.c.taken_back_at.is_(None) & (shares.c.until >= call.today)
    order = (shares.c.given_on, shares.c.received_at, shares.c.id)
    newest = {
        row.author_id: row for row in call.connection.execute(select(shares).where(allowed).order_by(*order))
    }
    for author, row in newest.items():
        yield from _data(call, author, row, call.today)


def _data(call: Call, author: str, row: Any, today: dt.date) -> Iterator[Datum]:
    grant, kept = grant_and_items(call, row)
    rest = json.loads(row.rest)
    for one in kept:
        what = Item(id=one.item_id, kind=one.kind)
        if grant and may_read(Reader(role=COHORT), what, today, grant).may:
            yield from data_of(author, json.loads(one.body), rest["programme"], rest["term"])
