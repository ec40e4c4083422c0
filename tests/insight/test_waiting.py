"""How long an answer takes, and whether one still comes."""

import numpy as np
import pytest

from rebound_widgets.insight import (
    TooFew,
    WaitingCurve,
    chance_of_answer,
    reference_curve,
    time_to_answer,
    waiting_days,
)
from rebound_widgets.insight.waiting import curve


def heard(days: list[int], silent: list[int]) -> WaitingCurve:
    """A curve of answers after these days, and of silences that long so far."""
    lasted = np.array([*days, *silent])
    return curve(lasted, np.array([True] * len(days) + [False] * len(silent)))


def test_the_curve_counts_those_that_still_wait():
    """Six answers and two silences by hand: each answer counts for those still silent on its day."""
    made = heard([2, 2, 5, 8, 8, 12], [5, 10])
    assert (2, 5, 8, 10, 12) == made.days
    by_hand = [1 - 6 / 8, 1 - 6 / 8 * 5 / 6, 1 - 6 / 8 * 5 / 6 * 2 / 4, 1 - 6 / 8 * 5 / 6 * 2 / 4, 1.0]
    assert pytest.approx(by_hand) == list(made.answered_by)
    assert (8, 6) == (made.sent, made.answered)


def test_quick_answers_alone_mislead():
    """With many still waiting, the answered ones alone look much faster than the search is."""
    made = heard([3, 4, 5, 20, 30, 40], [20] * 10 + [45] * 5)
    assert made.answered_only(0.5) < made.quantile(0.5)
    assert made.mean_answered_only == 17.0


def test_the_chance_shrinks_with_the_silence():
    """After more silence an answer is less likely, and the value says from how many it is known."""
    made = heard([*range(1, 31)], [60] * 70)
    chances = [made.chance_after(days) for days in (0, 10, 20, 30)]
    assert pytest.approx([30 / 100, 20 / 90, 10 / 80, 0.0]) == [one.estimate for one in chances]
    assert [100, 90, 80, 70] == [one.at_risk for one in chances]
    assert all(one.low <= one.estimate <= one.high for one in chances)
    assert 0.02 < chances[-1].high < 0.05


def test_a_silence_longer_than_the_log_is_too_few():
    """Nobody has waited that long, so nothing is said."""
    assert TooFew(have=0, need=5, of="applications") == heard([1, 2, 3], [10] * 9).chance_after(40)


def test_one_late_answer_does_not_move_the_end():
    """Where fewer than five still wait the curve is not asked: one answer there would be a quarter of them."""
    made = heard([5] * 20, [30] * 40 + [90] * 3)
    late = heard([5] * 20 + [80], [30] * 40 + [90] * 2)
    assert (30, 30) == (made.horizon, late.horizon)
    assert 0.0 == late.chance_after(10).estimate


def test_spans_come_from_the_first_sign_of_life(search, today):
    """A call after 5 days and a no after 20 is an answer after 5; the last answer came after 20."""
    history = search(
        {"times": 6, "sent": 60},
        {
            "sent": 50,
            "stage": "answered",
            "outcome": "no",
            "heard": 30,
            "reached": {"answered": "2026-09-21"},
        },
    )
    assert (6, 5) == (time_to_answer(history, today).sent - 1, time_to_answer(history, today).days[0])
    assert 20 == time_to_answer(history, today, "last").days[0]


def test_what_has_no_day_is_left_out_and_said(search, today):
    """Without a day of sending or of the answer nobody knows how long it took."""
    history = search(
        {"times": 6, "sent": 60},
        {"times": 2},
        {"sent": 60, "outcome": "no"},
        {"sent": 40, "heard": 50, "outcome": "no"},
    )
    made = time_to_answer(history, today)
    assert (6, 0, 4) == (made.sent, made.answered, made.left_out)
    assert made.quantile(0.5) is None


def test_withdrawing_ends_the_waiting_without_an_answer(search, today):
    """An application withdrawn after 10 days was silent for 10 days, and no answer came."""
    history = search({"times": 6, "sent": 60}, {"sent": 30, "outcome": "withdrawn", "heard": 20})
    made = time_to_answer(history, today)
    assert (7, 0, (10, 60)) == (made.sent, made.answered, made.days)


def test_few_answers_use_the_usual_days(search, today):
    """With little of one's own the days are 7, 14 and 30, and their source is a base rate."""
    days = waiting_days(search({"times": 9, "sent": 60}), today)
    assert (7, 14, 30, False) == (days.follow_up, days.second, days.let_go, days.own)
    assert "C" == days.source.mark


def test_many_answers_give_days_of_ones_own(search, today):
    """With 40 answers after 9 and 40 days, one asks after 9 and lets go after 40."""
    history = search(
        {"times": 30, "sent": 100, "outcome": "no", "heard": 91},
        {"times": 10, "sent": 100, "outcome": "no", "heard": 60},
        {"times": 60, "sent": 100},
    )
    days = waiting_days(history, today)
    assert (9, 16, 40, True) == (days.follow_up, days.second, days.let_go, days.own)


def test_the_reference_curve_goes_through_its_numbers():
    """Half by day 7 to 12 and nine in ten by day 35 to 37, as the published logs have it."""
    reference = reference_curve()
    assert 355 == reference.people
    middle, slow, fast = reference.by(12)
    assert pytest.approx(0.5) == slow < middle < fast
    assert pytest.approx(0.9) == reference.by(35)[2]
    assert pytest.approx(0.9) == reference.by(37)[1]
    shares = [reference.by(day)[0] for day in range(0, 200, 5)]
    assert sorted(shares) == shares
    assert (0.0, 1.0) == (shares[0], pytest.approx(shares[-1], abs=0.01))


def test_four_applications_have_no_curve(search, today):
    """Too few is a value that says how many there are."""
    few = search({"times": 4, "sent": 60})
    assert TooFew(have=4, need=5, of="applications") == time_to_answer(few, today)
    assert TooFew(have=4, need=5, of="applications") == chance_of_answer(few, today, 7)
