"""Insights of logs that real people kept. Collected only where the logs are."""

import datetime as dt
import warnings

import numpy as np
import pytest
from scipy import stats

from rebound_widgets.domain.record import Revision
from rebound_widgets.history import History
from rebound_widgets.history.importing import plan_import, propose, read_table
from rebound_widgets.insight import stage_rates, step_of, time_to_answer

LATER = dt.date(2024, 6, 1)
"""The luunynliny log ends in November 2023; its last answer came after its last application."""


def read(path, date_order=None):
    table = read_table(path)
    return History.of(
        Revision(
            number=number,
            record_id=write.record_id,
            kind=write.kind,
            body=write.body,
            deleted=False,
            made_at=dt.datetime(2026, 11, 5, tzinfo=dt.UTC),
            based_on=0,
            change="c",
            origin="import",
        )
        for number, write in enumerate(plan_import(table, propose(table, date_order), []).writes(), start=1)
    )


@pytest.fixture
def luunynliny(joblogs):
    return read(joblogs / "luunynliny_2023_raw.csv", "dmy")


def test_days_to_an_answer_of_one_log(luunynliny):
    """137 answered: half by day 7, three in four by day 16, nine in ten by day 35."""
    curve = time_to_answer(luunynliny, LATER, "last")
    assert 137 == curve.answered
    assert [7, 16, 35] == [curve.answered_only(share) for share in (0.5, 0.75, 0.9)]


def test_rates_of_one_log(luunynliny):
    """447 sent, 17 to an interview, 5 of those to an offer; all old enough to count by then."""
    rates = stage_rates(luunynliny, LATER)
    interview, offer = (step_of(rates, step).rate for step in ("applied-interview", "interview-offer"))
    assert (17, 447, 5, 17) == (interview.hits, interview.of, offer.hits, offer.of)
    assert pytest.approx(0.038, abs=0.001) == interview.estimate


def test_rates_of_a_log_without_days(joblogs):
    """159 sent, 6 to an interview, 2 offers; without days all of them count."""
    rates = stage_rates(read(joblogs / "jeanneferrer_2025.csv"), LATER)
    interview, offer = (step_of(rates, step).rate for step in ("applied-interview", "interview-offer"))
    assert (6, 159, 2, 6) == (interview.hits, interview.of, offer.hits, offer.of)


@pytest.mark.parametrize("log", ["luunynliny_2023_raw.csv", "jeanneferrer_2025.csv"])
def test_intervals_are_those_of_scipy(joblogs, log):
    """Every rate's interval equals scipy's beta quantiles to 1e-9."""
    history = read(joblogs / log, "dmy" if "luunynliny" in log else None)
    told = [one.rate for one in stage_rates(history, LATER)]
    assert len(told) >= 2
    for rate in told:
        expected = stats.beta(rate.hits + 0.5, rate.of - rate.hits + 0.5).ppf([0.05, 0.95])
        assert pytest.approx(expected, abs=1e-9) == [rate.low, rate.high]


@pytest.mark.parametrize("seen_on", [dt.date(2023, 10, 1), dt.date(2023, 11, 6), LATER])
@pytest.mark.parametrize("answer", ["first", "last"])
def test_the_curve_is_that_of_scipy_and_lifelines(luunynliny, seen_on, answer):
    """Kaplan and Meier's curve and its interval equal both libraries' to 1e-9, however much is censored."""
    curve = time_to_answer(luunynliny, seen_on, answer)
    watched = np.repeat(curve.days, -np.diff([*curve.at_risk, 0]))
    came = np.zeros(len(watched), dtype=bool)
    for place, (day, count) in enumerate(zip(curve.days, curve.answers, strict=True)):
        assert curve.at_risk[place] == np.count_nonzero(watched >= day)
        came[np.flatnonzero(watched == day)[:count]] = True
    assert curve.sent == len(watched) > 100

    ours = scipy_curve(watched, came, curve.days)
    for mine, theirs in zip((curve.answered_by, curve.low, curve.high), ours, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=0, atol=1e-9)
    for mine, theirs in zip(
        (curve.answered_by, curve.low, curve.high), lifelines_curve(watched, came, curve.days), strict=True
    ):
        np.testing.assert_allclose(mine, theirs, rtol=0, atol=1e-9)


def scipy_curve(watched, came, days):
    """Share answered by each day, and its 90 % interval, by scipy."""
    found = stats.ecdf(stats.CensoredData(uncensored=watched[came], right=watched[~came])).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of the days before the first answer
        ends = found.confidence_interval(0.9, method="log-log")
    share = 1 - found.evaluate(days)
    before = share == 0  # no answer yet: there the interval is not defined, and ours is the share itself
    low, high = 1 - ends.high.evaluate(days), 1 - ends.low.evaluate(days)
    return share, np.where(before, 0, low), np.where(before, 0, high)


def lifelines_curve(watched, came, days):
    """The same by lifelines."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lifelines import KaplanMeierFitter

        fitted = KaplanMeierFitter(alpha=0.1).fit(watched, came, timeline=np.array(days))
    ends = 1 - fitted.confidence_interval_.loc[list(days)].to_numpy()
    return 1 - fitted.survival_function_at_times(days).to_numpy(), ends[:, 1], ends[:, 0]
