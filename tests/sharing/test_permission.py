"""Who may read what, when: the table of the reference, row by row."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from rebound_widgets.domain.grant import AUTHOR, COHORT, COUNSELLOR, ITEM_KINDS, Grant, Item, Reader
from rebound_widgets.domain.refused import Refused
from rebound_widgets.sharing import may_read

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "sharing.md"
ROWS = re.findall(
    r"^\| ([^|]+) \| ([^|]+) \| (\d{4}-\d\d-\d\d) \| ([^|]+) \| (yes|no) \| `([\w-]+)` \|$",
    PAGE.read_text(encoding="utf-8"),
    re.MULTILINE,
)
READERS = {
    "the person": Reader(role=AUTHOR),
    "the counts": Reader(role=COHORT),
    "nobody named": Reader(role=COUNSELLOR),
    "anybody else": Reader(role="visitor", name="Ana Reyes"),
}


def grant(words: str) -> Grant:
    """The share of the table, as a row has it."""
    back = re.search(r"taken back on (\S+)", words)
    return Grant(
        reader="Ana Reyes",
        sharer="Mara",
        why="",
        given_on=dt.date(2026, 11, 1),
        until=dt.date(2026, 11, 30),
        items=frozenset({"numbers", "interview-1", *(["private"] if "by hand" in words else [])}),
        counted="counted" in words,
        taken_back_on=dt.date.fromisoformat(back[1]) if back else None,
    )


def test_the_table_is_there() -> None:
    """The reference has the rows, and every rule the function knows is in one of them."""
    rules = {"own", "given", "counted", "private", "taken-back", "over", "somebody-else", "not-given"}
    assert rules | {"numbers-only", "not-counted"} == {row[5] for row in ROWS}
    assert 21 == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(row[:4]))
def test_a_row_of_the_table_holds(row: tuple[str, ...]) -> None:
    """Whoever the row names may read what it names on that day, or may not, for the reason it gives."""
    who, what, when, words, may, rule = row
    kind = what.partition("-")[0] if what.partition("-")[0] in ITEM_KINDS else what
    reader = READERS.get(who) or Reader(role=COUNSELLOR, name=who)
    found = may_read(reader, Item(id=what, kind=kind), dt.date.fromisoformat(when), grant(words))
    assert ({"yes": True, "no": False}[may], rule) == (found.may, found.rule)


@pytest.mark.parametrize("until", [dt.date(2026, 10, 31), dt.date(2027, 11, 3)])
def test_a_share_has_an_end_within_a_year(until: dt.date) -> None:
    """No share ends before it begins, and none goes on for longer than a year."""
    with pytest.raises(Refused) as refused:
        Grant(
            reader="Ana",
            sharer="Mara",
            why="",
            given_on=dt.date(2026, 11, 1),
            until=until,
            items=frozenset({"numbers"}),
        )
    assert "share-until" == refused.value.rule
