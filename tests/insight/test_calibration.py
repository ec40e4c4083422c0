"""The short version of bench/calibration.py: intervals hold what they say, chances come true."""

import numpy as np
import pytest

SHORT = 200
"""Simulated searches here; the bench draws 2,000. Chance alone moves a share of 200 by 4 points."""


@pytest.fixture(scope="module")
def silence(calibration):
    """After 0, 7, 14, 30 and 45 days of silence: our mean chance, what came true, what the usual way says."""
    return calibration.silence(60, 200, np.random.default_rng(calibration.SEED))


@pytest.mark.parametrize("size", [5, 30, 500])
def test_intervals_of_rates_hold_nine_times_in_ten(calibration, size):
    """Over searches whose rates are drawn from the stated prior, 90 % of the intervals hold the truth."""
    draw = np.random.default_rng(calibration.SEED + size)
    assert pytest.approx(0.90, abs=0.06) == calibration.coverage(SHORT, size, draw)


@pytest.mark.parametrize(("size", "ahead"), [(5, 1), (20, 1), (20, 5), (200, 1)])
def test_intervals_of_odds_hold_nine_times_in_ten(calibration, size, ahead):
    """The odds of an offer hold the truth in 88 to 92 % of 20,000 searches, for one interview and for five."""
    draw = np.random.default_rng(calibration.SEED)
    assert 0.88 <= calibration.odds_coverage(20_000, size, draw, ahead) <= 0.92


@pytest.mark.parametrize("size", [5, 12, 40, 150, 500])
def test_jeffreys_holds_on_average_over_its_prior(calibration, size):
    """Averaged over every rate the prior allows, the interval of a share holds it in 88 to 92 %: no chance in it."""
    assert 0.88 <= calibration.mean_coverage(size) <= 0.92


def test_intervals_of_differences_hold_at_least_as_often(calibration):
    """The interval of a difference holds it in 88 to 94 %: where it errs, it is too wide."""
    draw = np.random.default_rng(calibration.SEED)
    assert 0.88 <= calibration.difference_coverage(2_000, 30, draw) <= 0.94


def test_chances_of_an_answer_come_true(silence):
    """After 0 to 45 days of silence our chance is within 3 points of what happens."""
    assert [0, 7, 14, 30, 45] == list(silence)
    for said, true, _ in silence.values():
        assert pytest.approx(true, abs=0.03) == said


def test_counting_answered_applications_alone_is_wrong(calibration, silence):
    """By the same measure the usual way misses the chance, and takes the median for two days too short."""
    said, true, alone = silence[0]
    assert abs(alone - true) > abs(said - true)
    true_median, ours, answered_alone = calibration.median_days(
        60, 200, np.random.default_rng(calibration.SEED)
    )
    assert pytest.approx(true_median, abs=0.7) == ours
    assert answered_alone < true_median - 2
