"""What a room sees says nothing about fewer than five people, whatever is compared with whatever."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from rebound_widgets.group.tally import BLOCK, SETTLED_S, Tally, Totals

OPTIONS = ("1", "2", "3", "4", "5")
PEOPLE = [f"p{number}" for number in range(14)]

Event = tuple[str, Sequence[str], float]
events = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),
        st.lists(st.sampled_from(OPTIONS), max_size=2),
        st.sampled_from([0.0, 1.0, SETTLED_S, 3 * SETTLED_S]),
    ),
    max_size=60,
)


def seen(story: Sequence[Event]) -> list[Totals | None]:
    """Everything the room sees while a story is told, looking after each event."""
    tally, now, found = Tally(OPTIONS), 0.0, []
    for person, picks, pause in story:
        tally.answer(person, picks, now)
        now += pause
        tally.count(now)
        found.append(tally.totals())
    return found


def answered(people: int, pick: str = "3") -> Tally:
    """A tally in which so many have answered and their answers stand."""
    tally = Tally(OPTIONS)
    for number in range(people):
        tally.answer(f"p{number}", [pick], 0.0)
    tally.count(SETTLED_S)
    return tally


def test_four_answers_show_nothing() -> None:
    """Before the fifth there is no total at all."""
    assert None is answered(4).totals()
    five = answered(5).totals()
    assert Totals(5, {"1": 0, "2": 0, "3": 5, "4": 0, "5": 0}) == five


def test_the_sixth_answer_changes_nothing() -> None:
    """Six, seven, eight and nine look like five; ten looks like ten."""
    shown = [answered(people).totals() for people in range(5, 12)]
    assert [5, 5, 5, 5, 5, 10, 10] == [one.people for one in shown if one]
    assert 1 == len({json.dumps(one.counts) for one in shown[:5] if one})


def test_an_answer_is_counted_when_it_stands() -> None:
    """A finger that slips and is put right within seconds is never seen."""
    tally = Tally(OPTIONS)
    for number in range(5):
        tally.answer(f"p{number}", ["1"], 0.0)
    tally.answer("p4", ["5"], SETTLED_S - 1)
    assert not tally.count(SETTLED_S)
    assert tally.count(2 * SETTLED_S)
    totals = tally.totals()
    assert totals is not None
    assert {"1": 4, "2": 0, "3": 0, "4": 0, "5": 1} == totals.counts


def test_what_was_counted_cannot_be_seen_to_change() -> None:
    """Changing or taking back an answer that was counted moves no total, now or with the next block."""
    changed, kept = answered(5, "2"), answered(5, "2")
    changed.answer("p0", ["5"], 20.0)
    changed.answer("p1", [], 20.0)
    for tally in (changed, kept):
        for number in range(5, 10):
            tally.answer(f"p{number}", ["4"], 30.0)
        tally.count(60.0)
    assert kept.totals() == changed.totals()


@given(events)
def test_two_totals_differ_by_whole_blocks(story: Sequence[Event]) -> None:
    """Between any two moments either nothing moved, or five people or ten were added together."""
    shown = [one or Totals(0, dict.fromkeys(OPTIONS, 0)) for one in seen(story)]
    for before, after in itertools.pairwise(shown):
        assert 0 == (after.people - before.people) % BLOCK
        steps = [after.counts[option] - before.counts[option] for option in OPTIONS]
        assert min(steps, default=0) >= 0
        if after.people == before.people:
            assert before == after
        else:
            assert sum(steps) >= after.people - before.people


@given(events, st.sampled_from(PEOPLE), st.sampled_from(OPTIONS))
def test_one_answer_is_never_told_from_another(story: Sequence[Event], person: str, other: str) -> None:
    """Until four others are counted with somebody, what the room sees is the same whatever they answered."""
    told = [(who, [other] if who == person and picks else picks, pause) for who, picks, pause in story]
    first, second = seen(story), seen(told)
    for one, two in zip(first, second, strict=True):
        if one != two:
            people = (one or Totals(0, {})).people, (two or Totals(0, {})).people
            assert max(people) >= BLOCK
            break
        assert one == two


@given(events)
def test_it_is_the_same_after_a_restart(story: Sequence[Event]) -> None:
    """Written down and read again in the middle, the room sees what it would have seen."""
    tally, again, now = Tally(OPTIONS), Tally(OPTIONS), 0.0
    for person, picks, pause in story:
        again = Tally.from_json(json.loads(json.dumps(again.as_json())))
        for one in (tally, again):
            one.answer(person, picks, now)
        now += pause
        assert tally.count(now) == again.count(now)
        assert tally.totals() == again.totals()


def test_what_is_kept_of_the_counted_is_sums() -> None:
    """On the disk nobody's answer stands beside their mark once it is counted."""
    tally = answered(7)
    kept = tally.as_json()
    assert {"p5", "p6"} == set(kept["waiting"])
    assert ["p0", "p1", "p2", "p3", "p4"] == kept["counted"]
    assert {"3": 5} == kept["sums"]
