"""Every insight at once: at any size, as JSON, without changing what it reads."""

import json

import pandas as pd
import pytest

from rebound_widgets.history import History
from rebound_widgets.insight import TooFew, everything, plain


def rows(count):
    """Searches of every kind of row, ``count`` of them."""
    kinds = (
        {"sent": 60, "source": "Board", "size": "10-49", "role_family": "data"},
        {"sent": 45, "source": "Referral", "outcome": "no", "heard": 30},
        {"sent": 5, "source": "Board"},
        {"sent": 90, "stage": "interview", "outcome": "no", "heard": 50},
        {"sent": 70, "stage": "offer", "outcome": "accepted", "heard": 20},
        {"stage": "applied"},
        {"sent": 50, "outcome": "withdrawn"},
        {"stage": "saved"},
    )
    return [kinds[n % len(kinds)] for n in range(count)]


@pytest.mark.parametrize("count", [0, 1, 3, 30, 3_000])
def test_every_insight_is_plain_json_at_any_size(search, today, count):
    """From nothing to 3,000 applications all insights come out, with no number that is not a number."""
    told = plain(everything(search(*rows(count)), today))
    assert told == json.loads(json.dumps(told, allow_nan=False))
    assert {"odds", "stage_rates", "where_it_sticks", "time_to_answer", "waiting_days", "flow"} <= set(told)
    assert sum(row.get("stage") != "saved" for row in rows(count)) == sum(
        one["count"] for stage in told["flow"]["stages"] for one in stage["exits"]
    )


def test_too_few_says_how_many_it_takes(search, today):
    """In JSON too few is a mapping that says so, not null."""
    told = plain(everything(search({"sent": 3}), today))
    assert told["time_to_answer"] == plain(TooFew(have=1, need=5, of="applications"))
    assert told["time_to_answer"]["too_few"] is True


def test_frames_are_read_and_not_changed(today):
    """Computing every insight leaves the frames as they were."""
    history = History.sample(today)
    before = {name: frame.copy() for name, frame in history.frames().items()}
    everything(history, today)
    for name, frame in history.frames().items():
        pd.testing.assert_frame_equal(before[name], frame)


def test_the_same_search_gives_the_same_numbers(today):
    """No chance is in it: twice computed is twice the same."""
    assert plain(everything(History.sample(today), today)) == plain(everything(History.sample(today), today))
