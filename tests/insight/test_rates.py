"""Rates, their intervals, the odds, and where a search sticks."""

import pytest
from scipy import integrate, stats

from rebound_widgets.insight import (
    Rate,
    TooFew,
    base_rate,
    base_rates,
    flow,
    in_ten,
    odds_of_offer,
    stage_rates,
    step_of,
    where_it_sticks,
)
from rebound_widgets.insight.intervals import jeffreys, rate, wilson
from rebound_widgets.insight.odds import odds_from


@pytest.mark.parametrize(("hits", "of"), [(1, 5), (3, 40), (24, 117), (80, 1505), (399, 400)])
def test_the_interval_is_the_middle_of_the_beta_distribution(hits, of):
    """Jeffreys' interval equals the quantiles that scipy's distribution gives."""
    expected = stats.beta(hits + 0.5, of - hits + 0.5).ppf([0.05, 0.95])
    assert pytest.approx(expected, abs=1e-9) == [float(end) for end in jeffreys(hits, of)]


@pytest.mark.parametrize(("hits", "of"), [(0, 5), (1, 5), (24, 117), (5, 5)])
def test_wilson_is_scipys_wilson(hits, of):
    """The interval it was compared with is the one scipy gives for a proportion."""
    expected = stats.binomtest(hits, of).proportion_ci(0.9, method="wilson")
    assert pytest.approx((expected.low, expected.high), abs=1e-9) == tuple(float(e) for e in wilson(hits, of))


def test_none_and_all_reach_the_end():
    """0 of 12 can be none at all, 12 of 12 can be all."""
    assert 0.0 == rate("r", 0, 12).low < rate("r", 0, 12).high < 0.2
    assert 0.8 < rate("r", 12, 12).low < rate("r", 12, 12).high == 1.0


def test_a_step_counts_what_has_had_its_time(search, today):
    """Applications of the last 30 days wait, whatever came of them; without a day they count."""
    history = search(
        {"times": 6, "sent": 40},
        {"times": 2, "sent": 40, "stage": "interview"},
        {"times": 3, "sent": 10},
        {"sent": 10, "stage": "interview"},
        {"times": 4},
        {"stage": "saved"},
    )
    step = step_of(stage_rates(history, today), "applied-interview")
    assert isinstance(step.rate, Rate)
    assert (2, 12, 4) == (step.rate.hits, step.rate.of, step.waiting)


def test_withdrawing_is_no_answer_of_theirs(search, today):
    """An application the person withdrew is left out of the step it never finished, and said."""
    history = search({"times": 8, "sent": 60}, {"times": 2, "sent": 60, "outcome": "withdrawn"})
    step = step_of(stage_rates(history, today), "applied-interview")
    assert (0, 8, 2) == (step.rate.hits, step.rate.of, step.left_out)


def test_an_accepted_offer_counts_as_an_offer(search, today):
    """An offer that was accepted, declined or begun was an offer, whatever stage the log has."""
    history = search(
        *({"sent": 60, "stage": "interview", "outcome": o} for o in ("accepted", "declined", "started")),
        {"times": 3, "sent": 60, "stage": "interview", "outcome": "no"},
    )
    step = step_of(stage_rates(history, today), "interview-offer")
    assert (3, 6) == (step.rate.hits, step.rate.of)


def test_an_interview_still_to_decide_waits(search, today):
    """After an interview only what was decided, or has been silent for 30 days, counts."""
    history = search(
        {"times": 5, "sent": 60, "stage": "interview", "outcome": "no", "heard": 2},
        {"times": 2, "sent": 20, "stage": "interview"},
        {"sent": 60, "stage": "interview"},
    )
    step = step_of(stage_rates(history, today), "interview-offer")
    assert (0, 6, 2) == (step.rate.hits, step.rate.of, step.waiting)


def test_stages_nobody_uses_make_no_step(search, today):
    """A first answer and a final round are steps only where the search has them."""
    plain = [one.step for one in stage_rates(search({"sent": 60}), today)]
    assert ["applied-interview", "interview-offer"] == plain
    used = stage_rates(search({"sent": 60, "stage": "answered"}, {"sent": 60, "stage": "final"}), today)
    assert [
        "applied-answered",
        "applied-interview",
        "answered-interview",
        "interview-final",
        "interview-offer",
        "final-offer",
    ] == [one.step for one in used]


def test_below_five_nothing_is_said(search, today):
    """Four applications are too few, and the value says how many it takes and how many wait."""
    history = search({"times": 4, "sent": 60}, {"times": 2, "sent": 1})
    assert (
        TooFew(have=4, need=5, of="applications", waiting=2)
        == step_of(stage_rates(history, today), "applied-interview").rate
    )


def test_without_interviews_the_odds_are_the_base_rate(search, today):
    """Before the first outcome the estimate is the base rate's, with an interval as wide as its weight."""
    odds = odds_of_offer(search(), today)
    base = base_rate("interviewed-to-offer")
    assert [pytest.approx(24 / 117)] * 2 == [odds.estimate, base.estimate]
    expected = stats.beta(6 * base.estimate, 6 * (1 - base.estimate)).ppf([0.05, 0.95])
    assert pytest.approx(expected, abs=1e-9) == [odds.low, odds.high]
    assert (6.0, "C", (0, 0)) == (odds.weight, odds.prior.source.mark, (odds.hits, odds.of))


def test_own_outcomes_outweigh_the_base_rate():
    """With 60 interviews of one's own the base rate hardly counts any more."""
    odds = odds_from(30, 60, prior=base_rate("interviewed-to-offer"))
    assert pytest.approx(0.473, abs=0.001) == odds.estimate


@pytest.mark.parametrize("ahead", [1, 3, 10])
def test_the_odds_of_at_least_one_are_those_of_the_whole_distribution(ahead):
    """At least one offer in the next n is averaged over everything the rate could be, not put in its middle."""
    odds = odds_from(2, 9, n=ahead, prior=base_rate("interviewed-to-offer"))
    share = stats.beta(6 * 24 / 117 + 2, 6 * 93 / 117 + 7)
    expected, _ = integrate.quad(lambda p: (1 - (1 - p) ** ahead) * share.pdf(p), 0, 1)
    assert pytest.approx(expected, abs=1e-7) == odds.estimate
    assert pytest.approx(1 - (1 - share.ppf(0.95)) ** ahead, abs=1e-9) == odds.high


def test_odds_are_said_in_tenths():
    """Five offers in fifteen interviews: about 3 in 10, could be 1 to 5 in 10."""
    tenths = in_ten(odds_from(5, 15, prior=base_rate("interviewed-to-offer")))
    assert (3, 1, 5, 10) == (tenths.about, tenths.low, tenths.high, tenths.of)
    small = in_ten(rate("r", 3, 100))
    assert (3, 100) == (small.about, small.of)


def test_where_it_sticks_is_the_step_most_surely_below_its_base_rate(search, today):
    """Many applications without an interview stick before the interview; many interviews without an offer after."""
    before = where_it_sticks(search({"times": 200, "sent": 60}), today)
    assert ("applied-interview", "clear") == (before.step, before.verdict)
    after = where_it_sticks(
        search({"times": 30, "sent": 60}, {"times": 30, "sent": 60, "stage": "interview", "outcome": "no"}),
        today,
    )
    assert ("interview-offer", "clear", 2) == (after.step, after.verdict, after.compared)


def test_a_good_search_sticks_nowhere(search, today):
    """With rates above the base rates nothing is picked out as weak."""
    history = search({"times": 20, "sent": 60}, {"times": 10, "sent": 60, "stage": "offer"})
    assert "nowhere" == where_it_sticks(history, today).verdict


def test_a_little_below_cannot_be_told(search, today):
    """One interview in thirty is below the base rate and still no finding."""
    history = search({"times": 29, "sent": 60}, {"sent": 60, "stage": "interview"})
    found = where_it_sticks(history, today)
    assert "cannot-tell" == found.verdict
    assert found.rate.estimate < found.base.estimate


def test_the_flow_loses_nobody(search, today):
    """Every application that was sent stands at one exit, and each stage holds the next one and its exits."""
    history = search(
        {"times": 5, "sent": 60},
        {"times": 4, "sent": 5},
        {"times": 3},
        {"times": 2, "sent": 60, "outcome": "no", "heard": 20},
        {"sent": 60, "stage": "interview", "outcome": "no", "heard": 20},
        {"sent": 60, "stage": "offer", "outcome": "accepted", "heard": 3},
        {"stage": "saved"},
    )
    stages = flow(history, today).stages
    assert [("applied", 16), ("interview", 2), ("offer", 1)] == [(one.stage, one.count) for one in stages]
    assert {"waiting": 4, "open": 3, "silent": 5, "no": 2} == {e.kind: e.count for e in stages[0].exits}
    for stage, onward in zip(stages, [*(one.count for one in stages[1:]), 0], strict=True):
        assert stage.count == onward + sum(one.count for one in stage.exits)


def test_base_rates_have_counts_or_ranges():
    """A counted base rate has our interval, another one the range of its source."""
    counted, ranged = base_rate("applied-interview"), base_rate("answer-days-90")
    assert (80, 1505, 0.9) == (counted.hits, counted.of, counted.level)
    assert (35.0, 37.0, None, 355) == (ranged.low, ranged.high, ranged.level, ranged.people)
    assert 16 == len(base_rates())
    with pytest.raises(KeyError, match="There is no base rate 'luck'"):
        base_rate("luck")
