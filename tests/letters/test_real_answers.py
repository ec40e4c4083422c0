"""54 answers that real firms sent, read against labels set by a person who read them all."""

from __future__ import annotations

import csv

import pytest

from rebound_widgets.letters import Reading, read_answer

FEEDBACK = frozenset({18})
"""The one that says something about the person: they wanted more years of experience, and it was not the skills.
The other 53 hold nothing about the person. Labels were set before the rules were judged."""
FILLED = frozenset({9, 26, 38, 41, 48})
"""Those that say the role is filled."""
WRITTEN_FROM = frozenset(range(1, 55, 2))
"""The rules were written from the odd half. The even half judged them once: 25 definite calls, all right, two not
sure."""


@pytest.fixture(scope="module")
def answers() -> dict[int, Reading]:
    """Each answer read, by its number in the file."""
    from .conftest import JOBLOGS

    path = JOBLOGS / "nelsonfigueroa_rejection_letters.csv"
    with path.open(encoding="utf-8", newline="") as file:
        read = {int(number): read_answer(text) for number, text in csv.reader(file)}
    return {number: reading for number, reading in read.items() if reading is not None}


@pytest.mark.parametrize("half", ["written from", "judged once"])
def test_definite_calls_are_right_and_few_are_left_open(answers: dict[int, Reading], half: str) -> None:
    """Of each half at least 95 of 100 definite calls are right, and at most a third is "not sure"."""
    chosen = {n: r for n, r in answers.items() if (n in WRITTEN_FROM) == (half == "written from")}
    assert 27 == len(chosen)
    definite = {n: r.verdict for n, r in chosen.items() if r.verdict != "unsure"}
    right = [n for n, verdict in definite.items() if verdict == ("feedback" if n in FEEDBACK else "stock")]
    assert len(chosen) - len(definite) <= 9
    assert len(right) >= 0.95 * len(definite)


def test_the_figures_we_quote(answers: dict[int, Reading]) -> None:
    """All 54: 52 definite calls, all right, two not sure."""
    definite = {n: r.verdict for n, r in answers.items() if r.verdict != "unsure"}
    assert {n: "feedback" if n in FEEDBACK else "stock" for n in definite} == definite
    assert 52 == len(definite)


def test_a_filled_role_is_told_from_a_choice(answers: dict[int, Reading]) -> None:
    """That the role is filled is found in the five answers that say so, and in no other."""
    found = {n for n, reading in answers.items() if any(one.id == "filled" for one in reading.found)}
    assert FILLED == found
