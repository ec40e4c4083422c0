"""Figures over many people: each thing is counted once, in a block of ten people or more, and never again.

Whoever compares two figures (two filters, two days, two exports) sees the sum of some blocks. Blocks have
nothing in common and never change, so every difference is again made of whole blocks, and no block says
anything of fewer than ten people. What waits for its block is in no figure, in no total either.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..domain.application import STAGES
from ..domain.grant import plain_name

FEWEST = 10
"""People in the smallest block."""
MOST_OF_ONE = 0.5
"""No one person may bring more than this share of a block's applications."""
SETTLED_DAYS = 60
"""An application without an answer for this many days is counted as silent."""
SPANS = (7, 14, 30, 60, 120)
"""Upper ends of the spans of days, inclusive; the last span is open."""
OUTCOMES = ("no", "silent", "withdrawn", "declined", "accepted", "started")


@dataclass(frozen=True, kw_only=True)
class Datum:
    """One thing that is counted: an application that is settled, or the way to somebody's first interview.

    Attributes:
        mark: Tells it again without saying what it is.
        person: Whose it is.
        programme: As the person wrote it.
        term: As the person wrote it.
        adds: What it adds to the sums, each by one.
    """

    mark: str
    person: str
    programme: str
    term: str
    adds: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Block:
    """What was counted together.

    Attributes:
        programme: The group.
        term: Its term or year.
        counted_on: The day it was counted.
        people: How many people it is made of, at least ``FEWEST``.
        marks: The marks of what is in it.
        sums: Measure to number.
    """

    programme: str
    term: str
    counted_on: dt.date
    people: int
    marks: frozenset[str]
    sums: Mapping[str, int]


def span_of(days: int) -> str:
    """The span a number of days falls into, such as ``8-14``."""
    low = 0
    for high in SPANS:
        if days <= high:
            return f"{low}-{high}"
        low = high + 1
    return f"{low}-"


SPAN_NAMES = (*(span_of(high) for high in SPANS), span_of(SPANS[-1] + 1))


def data_of(person: str, numbers: Mapping[str, Any], programme: str, term: str) -> list[Datum]:
    """What of one search is settled and can be counted.

    Args:
        person: Who, as the desk knows them.
        numbers: Their search in numbers.
        programme: The group it is counted under.
        term: The term it is counted under.
    """
    last = dt.date.fromisoformat(str(numbers["last_on"]))

    def datum(key: str, adds: Iterable[str]) -> Datum:
        mark = hashlib.sha256(f"{person}/{key}".encode()).hexdigest()[:24]
        return Datum(mark=mark, person=person, programme=programme, term=term, adds=tuple(adds))

    found = []
    for row in numbers["applications"]:
        outcome = _outcome(row, last)
        if outcome:
            found.append(datum(str(row["key"]), _adds(row, outcome)))
    sent = [row["applied_on"] for row in numbers["applications"] if row["applied_on"]]
    held = [h["held_on"] for row in numbers["applications"] for h in row["interviews"] if h["held_on"]]
    first = min((day for day in held if dt.date.fromisoformat(day) <= last), default=None)
    if sent and first is not None and first >= min(sent):
        found.append(datum("first", [f"first.{span_of(_days(min(sent), first))}"]))
    return found


def _outcome(row: Mapping[str, Any], last: dt.date) -> str:
    if row["stage"] == "saved":
        return ""
    if row["outcome"] != "open":
        return str(row["outcome"])
    signs = [
        row["applied_on"],
        row["outcome_on"],
        *row["reached"].values(),
        *(h["held_on"] for h in row["interviews"]),
    ]
    known = [day for day in signs if day]
    return "silent" if known and (last - dt.date.fromisoformat(max(known))).days > SETTLED_DAYS else ""


def _adds(row: Mapping[str, Any], outcome: str) -> Iterable[str]:
    yield "applications"
    yield f"outcome.{outcome}"
    furthest = max(STAGES.index(row["stage"]), STAGES.index("interview") if row["interviews"] else 0)
    yield from (f"reached.{stage}" for stage in STAGES[2 : furthest + 1])
    if outcome not in ("silent", "withdrawn") and row["applied_on"] and row["outcome_on"]:
        days = _days(row["applied_on"], row["outcome_on"])
        if days >= 0:
            yield f"answer.{span_of(days)}"


def _days(first: str, second: str) -> int:
    return (dt.date.fromisoformat(second) - dt.date.fromisoformat(first)).days


def new_blocks(data: Iterable[Datum], counted: Collection[str], today: dt.date) -> list[Block]:
    """The blocks that can be counted now.

    Args:
        data: Everything that is settled.
        counted: The marks of what was counted before.
        today: The local day.
    """
    waiting: dict[tuple[str, str], list[Datum]] = {}
    for one in data:
        if one.mark not in counted:
            waiting.setdefault((plain_name(one.programme), plain_name(one.term)), []).append(one)
    return [
        Block(
            programme=_spelt(one.programme for one in held),
            term=_spelt(one.term for one in held),
            counted_on=today,
            people=len({one.person for one in held}),
            marks=frozenset(one.mark for one in held),
            sums=dict(sorted(Counter(add for one in held for add in one.adds).items())),
        )
        for held in waiting.values()
        if _is_enough(held)
    ]


def _is_enough(held: Sequence[Datum]) -> bool:
    """Ten people or more, ten or more with an application, and no one of them most of it."""
    sent = Counter(one.person for one in held if "applications" in one.adds)
    if len(sent) < FEWEST:
        return False
    return max(sent.values()) <= MOST_OF_ONE * sent.total()


def _spelt(names: Iterable[str]) -> str:
    """The spelling most of them use."""
    counted = Counter(names)
    return min(counted, key=lambda name: (-counted[name], name))


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The sums over some blocks.

    Attributes:
        blocks: How many blocks; with none there is nothing to show.
        people: The most people of one block of each programme, added: at least so many different people.
        sums: Measure to number.
        until: The day of the newest block.
    """

    blocks: int = 0
    people: int = 0
    sums: Mapping[str, int] = field(default_factory=dict)
    until: dt.date | None = None

    def __getitem__(self, measure: str) -> int:
        return self.sums.get(measure, 0)


def figures(blocks: Iterable[Block], programme: str | None = None, term: str | None = None) -> Figures:
    """The figures of a programme, a term, both, or of all that was counted."""
    chosen = [
        block
        for block in blocks
        if (programme is None or plain_name(block.programme) == plain_name(programme))
        and (term is None or plain_name(block.term) == plain_name(term))
    ]
    most: dict[str, int] = {}
    for block in chosen:
        name = plain_name(block.programme)
        most[name] = max(most.get(name, 0), block.people)
    sums: Counter[str] = Counter()
    for block in chosen:
        sums.update(block.sums)
    until = max((block.counted_on for block in chosen), default=None)
    return Figures(blocks=len(chosen), people=sum(most.values()), sums=dict(sums), until=until)


def groups(blocks: Sequence[Block]) -> list[tuple[str | None, str | None]]:
    """Every filter there is: all, each programme, each term, each of both that has a block."""
    programmes: dict[str, str] = {}
    terms: dict[str, str] = {}
    both: dict[tuple[str, str], tuple[str, str]] = {}
    for block in blocks:
        programmes.setdefault(plain_name(block.programme), block.programme)
        terms.setdefault(plain_name(block.term), block.term)
        both.setdefault((plain_name(block.programme), plain_name(block.term)), (block.programme, block.term))
    return [
        (None, None),
        *((name, None) for name in sorted(programmes.values())),
        *((None, name) for name in sorted(terms.values())),
        *sorted(both.values()),
    ]


STEPS = (("applications", "reached.interview"), ("reached.interview", "reached.offer"))
FEWEST_OF_STEP = 30


def sticks(found: Figures) -> tuple[str, str] | None:
    """The step after which the smaller share goes on; ``None`` where one of them has too few to tell."""
    if any(found[before] < FEWEST_OF_STEP for before, _ in STEPS):
        return None
    return min(STEPS, key=lambda step: found[step[1]] / found[step[0]])
