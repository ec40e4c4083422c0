"""Figures over many people: nobody is found by differences over filters, days and files."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import random
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from rebound_widgets.content import load_content
from rebound_widgets.desk import Desk, DeskApp
from rebound_widgets.desk.cohort_files import MEASURES, csv_bytes, xlsx_bytes
from rebound_widgets.sharing.counting import (
    FEWEST,
    Block,
    Datum,
    Figures,
    data_of,
    figures,
    groups,
    new_blocks,
    span_of,
    sticks,
)

from .conftest import panels, shared
from .test_desk import go

START = dt.date(2026, 11, 5)
PROGRAMMES = ("Statistics", "History", "Law", "Welding", "Art")
TERMS = ("2025/26", "2026/27")


def grown(seed: int, days: int = 40) -> Iterable[tuple[dt.date, list[Datum]]]:
    """All that is settled on each of many days: people come, and their answers with them."""
    chance = random.Random(seed)  # noqa: S311 - the same people every time
    people = [
        (f"person-{n}", chance.choices(PROGRAMMES, weights=(9, 6, 4, 1, 3))[0], chance.choice(TERMS))
        for n in range(120)
    ]
    there: list[Datum] = []
    for day in range(days):
        for person, programme, term in chance.sample(people[: 20 + 2 * day], 12):
            for number in range(chance.choice((1, 1, 2, 30))):
                adds = ["applications", f"outcome.{chance.choice(('no', 'silent', 'accepted'))}"]
                adds += ["reached.interview"] if chance.random() < 0.2 else []
                mark = f"{person}/{day}/{number}"
                there.append(
                    Datum(mark=mark, person=person, programme=programme, term=term, adds=tuple(adds))
                )
        yield START + dt.timedelta(days=day), list(there)


def published(blocks: Sequence[Block]) -> dict[frozenset[str], Figures]:
    """What can be seen on a day: the figures of every filter, with the marks of what is in them."""
    return {
        frozenset(
            mark
            for b in blocks
            if (p is None or b.programme == p) and (t is None or b.term == t)
            for mark in b.marks
        ): figures(blocks, p, t)
        for p, t in groups(blocks)
    }


def fewest(seen: Iterable[frozenset[str]], whose: dict[str, str]) -> int:
    """The fewest people that one figure, or the difference of two, says something about."""
    names = {person: place for place, person in enumerate(sorted(set(whose.values())))}
    # What a person brings to a figure, as one number: equal exactly when it is the same, but for one in 2**32.
    brings = np.zeros((len(set(seen)) + 1, len(names)), dtype=np.uint64)
    for row, figure in enumerate(set(seen)):
        for mark in figure:
            brings[row, names[whose[mark]]] += np.uint64(zlib.crc32(mark.encode()))
    least = len(names)
    for row in range(len(brings) - 1):
        differing = (brings[row + 1 :] != brings[row]).sum(axis=1)
        least = min([least, *differing[differing > 0].tolist()])
    return least


@pytest.mark.parametrize("seed", range(2))
def test_an_attack_by_differences_finds_nobody(seed: int) -> None:
    """Every pair of figures over all filters, 40 days and their files differs by ten people or more, or not at all."""
    blocks: list[Block] = []
    seen: dict[frozenset[str], Figures] = {}
    naive: set[frozenset[str]] = set()
    whose: dict[str, str] = {}
    there: list[Datum] = []
    for day, there in grown(seed):
        whose |= {one.mark: one.person for one in there}
        counted = frozenset(mark for block in blocks for mark in block.marks)
        blocks += new_blocks(there, counted, day)
        today = published(blocks)
        seen |= today
        for programme, term in itertools.product((None, *PROGRAMMES), (None, *TERMS)):
            chosen = [d for d in there if programme in (None, d.programme) and term in (None, d.term)]
            if len({one.person for one in chosen}) >= FEWEST:
                naive.add(frozenset(one.mark for one in chosen))
    assert len(blocks) > 8
    assert len(seen) > 20
    assert 1 == fewest(naive, whose), "the attack finds somebody where small groups are merely hidden"
    assert FEWEST <= fewest(seen, whose)
    adds = {one.mark: one.adds for one in there}
    for marks, figure in seen.items():
        assert Counter(add for mark in marks for add in adds[mark]) == Counter(figure.sums)


def test_no_sum_of_figures_finds_anybody() -> None:
    """Blocks share nothing and have ten people each, so no sum or difference of any figures is of fewer."""
    blocks: list[Block] = []
    for day, there in grown(7):
        counted = frozenset(mark for block in blocks for mark in block.marks)
        blocks += new_blocks(there, counted, day)
    assert len(blocks) > 8
    for one, other in itertools.combinations(blocks, 2):
        assert not one.marks & other.marks
    assert FEWEST <= min(len({mark.partition("/")[0] for mark in block.marks}) for block in blocks)


def test_a_small_group_is_in_no_total() -> None:
    """Nine people of one programme are hidden, and the total is that of the others alone."""

    def of(programme: str, people: int) -> list[Datum]:
        return [
            Datum(
                mark=f"{programme}{n}",
                person=f"{programme}{n}",
                programme=programme,
                term="1",
                adds=("applications",),
            )
            for n in range(people)
        ]

    blocks = new_blocks([*of("Law", 12), *of("Welding", 9)], (), START)
    assert ["Law"] == [block.programme for block in blocks]
    assert 12 == figures(blocks)["applications"]


def test_one_person_is_never_most_of_a_group() -> None:
    """Ten people of whom one brings nearly everything wait until there is more of the others."""
    many = [
        Datum(mark=f"m{n}", person="one", programme="", term="", adds=("applications",)) for n in range(50)
    ]
    others = [
        Datum(mark=f"o{n}", person=f"p{n}", programme="", term="", adds=("applications",)) for n in range(12)
    ]
    assert [] == new_blocks([*many, *others], (), START)
    assert 1 == len(new_blocks([*many[:8], *others], (), START))


def test_only_what_is_settled_is_counted(today: dt.date) -> None:
    """An open application waits; one without a sign of life for two months counts as silence."""
    _, share, _ = shared(today)
    (numbers,) = [item for item in share.items if item["kind"] == "numbers"]
    found = data_of("p", numbers, "Law", "1")
    sums = Counter(add for one in found for add in one.adds)
    rows = numbers["applications"]
    assert sum(row["outcome"] != "open" for row in rows) == sums["applications"] - sums["outcome.silent"]
    assert 0 < sums["outcome.silent"] < len(rows)
    assert 1 == sum(count for name, count in sums.items() if name.startswith("first."))
    assert not any("Kestrel" in one.mark for one in found)
    assert ["0-7", "8-14", "121-"] == [span_of(days) for days in (7, 8, 500)]


def test_where_it_sticks_is_said_only_with_enough() -> None:
    """Thirty at each step, or nothing is said."""
    enough = {"applications": 400, "reached.interview": 40, "reached.offer": 12}
    assert ("applications", "reached.interview") == sticks(Figures(sums=enough))
    assert sticks(Figures(sums={**enough, "reached.interview": 29})) is None


# The files -----------------------------------------------------------------------------------------------


@pytest.fixture
def blocks() -> list[Block]:
    """Two blocks, one of a programme with a name like a formula."""
    *_, (day, there) = grown(1, 30)
    one, other, *_ = new_blocks(there, (), day)
    return [one, replace(other, programme="=1+1")]


def test_the_files_have_every_figure_and_its_meaning(blocks: list[Block]) -> None:
    """CSV and XLSX hold what the page shows, with definitions; a name like a formula is text."""
    say = load_content().words
    table = list(csv.DictReader(io.StringIO(csv_bytes(blocks, say).decode("utf-8-sig"))))
    assert len(groups(blocks)) * len(MEASURES) == len(table)
    whole = {
        row["measure"]: int(row["value"])
        for row in table
        if (row["programme"], row["term"]) == ("Everybody",) * 2
    }
    assert figures(blocks)["applications"] == whole["applications"]
    assert [] == [row["measure"] for row in table if not row["definition"]]
    assert "'=1+1" in {row["programme"] for row in table}
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(blocks, say)))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    assert ["Figures", "Definitions"] == list(sheets)
    assert "=1+1" in {row[0] for row in sheets["Figures"]}
    assert set(MEASURES) <= {row[0] for row in sheets["Definitions"]}


def test_the_page_counts_once_and_keeps_what_was_counted(desk: Desk, today: dt.date) -> None:
    """Nine who allowed it make no figure; the tenth does; what was counted stays when a share is taken back."""
    taken = [shared(today, workbook=f"w{n}", counted=True, programme="Law", term="1") for n in range(11)]
    app = DeskApp(desk)
    for file, _, _ in taken[:9]:
        desk.take_in(file)
    assert "none" in panels(go(app, "cohort"))
    desk.take_in(shared(today, workbook="other")[0])
    assert "none" in panels(go(app, "cohort")), "a share that did not allow it is not counted"
    for file, _, _ in taken[9:]:
        desk.take_in(file)
    page = go(app, "cohort/1")
    told = str(page.children[1].shown())
    assert "of at least 11 people" in told
    desk.take_in(taken[0][2])
    assert told == str(go(app, "cohort/1").children[1].shown())
    assert 1 == len(desk.workbook.current("count"))
    assert "Mara" not in str([one.body for one in desk.workbook.current("count")])
