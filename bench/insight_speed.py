"""How long every insight and chart takes: ``python bench/insight_speed.py [APPLICATIONS …]``.

Prints seconds for 100,000 and 1,000,000 invented applications (targets: each under 1 s, all under 10 s), and how long
counting answers by source takes beside the same in plain pandas (target: at most 1.5 times).
"""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from rebound_widgets.content import load_content
from rebound_widgets.domain.application import OUTCOMES, SIZES, STAGES
from rebound_widgets.history import History
from rebound_widgets.insight import (
    answers_by,
    answers_over_time,
    effort,
    flow,
    odds_of_offer,
    promised_dates,
    stage_rates,
    time_to_answer,
    waiting_days,
    where_it_sticks,
)

TODAY = dt.date(2026, 11, 5)


def frames(count: int) -> SimpleNamespace:
    """The frames of an invented search of six years, in the declared dtypes."""
    draw = np.random.default_rng(20261105)
    stage = draw.choice(6, count, p=[0.02, 0.85, 0.05, 0.05, 0.02, 0.01])
    outcome = draw.choice(6, count, p=[0.6, 0.36, 0.02, 0.01, 0.005, 0.005])
    applied = np.datetime64(TODAY) - draw.integers(0, 2200, count).astype("timedelta64[D]")
    ended = applied + draw.integers(0, 90, count).astype("timedelta64[D]")
    ended[outcome == 0] = np.datetime64("NaT")
    ids = pd.array([f"application-{n:016d}" for n in range(count)], dtype="str")
    sources = pd.array([f"source {n}" for n in range(40)], dtype="str")
    applications = pd.DataFrame(
        {
            "id": ids,
            "company": ids,
            "role": ids,
            "source": sources.take(draw.integers(0, 40, count)),
            "role_family": sources.take(draw.integers(0, 12, count)),
            "size": pd.Categorical.from_codes(draw.integers(-1, 5, count), pd.Index(SIZES), ordered=True),
            "stage": pd.Categorical.from_codes(stage, pd.Index(STAGES), ordered=True),
            "outcome": pd.Categorical.from_codes(outcome, pd.Index(OUTCOMES)),
            "applied_on": applied.astype("datetime64[s]"),
            "outcome_on": ended.astype("datetime64[s]"),
            "answer_promised_on": np.full(count, np.datetime64("NaT")).astype("datetime64[s]"),
            "starts_on": np.full(count, np.datetime64("NaT")).astype("datetime64[s]"),
        }
    )
    later = np.flatnonzero(stage > 1)
    places = np.concatenate([np.arange(count), later])
    events = pd.DataFrame(
        {
            "application_id": ids.take(places),
            "stage": pd.Categorical.from_codes(
                np.concatenate([np.ones(count, dtype=int), stage[later]]), pd.Index(STAGES), ordered=True
            ),
            "entered_on": np.concatenate([applied, applied[later] + np.timedelta64(9, "D")]).astype(
                "datetime64[s]"
            ),
        }
    )
    empty = History.of(())
    interviews = empty.interviews
    return SimpleNamespace(
        applications=applications, interviews=interviews, events=events, answers=empty.answers
    )


def timed(run: Callable[[], Any], times: int = 3) -> float:
    """The middle of several runs, in seconds of processor time."""
    spans = []
    for _ in range(times):
        started = time.process_time()
        run()
        spans.append(time.process_time() - started)
    return statistics.median(spans)


def plain_grouping(history: SimpleNamespace) -> pd.DataFrame:
    """Answers by source as one would write it in pandas."""
    frame = history.applications
    sent = frame[frame["stage"] >= "applied"]
    old = sent["applied_on"].isna() | (sent["applied_on"] <= pd.Timestamp(TODAY) - pd.Timedelta(days=30))
    told = sent[old]
    heard = (told["stage"] > "applied") | (told["outcome"] == "no") | told["outcome_on"].notna()
    return heard.groupby(told["source"], sort=False).agg(["sum", "count"])


def main(sizes: list[int]) -> None:
    from rebound_widgets.charts import CHARTS

    content = load_content("en")
    insights: dict[str, Callable[[Any], Any]] = {
        "stage_rates": lambda history: stage_rates(history, TODAY),
        "where_it_sticks": lambda history: where_it_sticks(history, TODAY),
        "odds_of_offer": lambda history: odds_of_offer(history, TODAY),
        "time_to_answer": lambda history: time_to_answer(history, TODAY),
        "waiting_days": lambda history: waiting_days(history, TODAY),
        "answers_by source": lambda history: answers_by(history, TODAY, "source"),
        "answers_by season": lambda history: answers_by(history, TODAY, "season"),
        "flow": lambda history: flow(history, TODAY),
        "effort": lambda history: effort(history, TODAY),
        "answers_over_time": lambda history: answers_over_time(history, TODAY),
        "promised_dates": lambda history: promised_dates(history, TODAY),
        **{
            f"chart {name}": lambda history, draw=draw: draw(history, TODAY, content)
            for name, draw in CHARTS.items()
        },
    }
    insights["odds_of_offer"](History.of(()))  # what is loaded once is not counted
    for size in sizes:
        history = frames(size)
        print(f"{size:,} applications")
        whole = 0.0
        for name, run in insights.items():
            seconds = timed(lambda run=run, history=history: run(history))
            whole += seconds
            print(f"  {name:24}{seconds:8.3f} s")
        print(f"  {'all of them':24}{whole:8.3f} s")
        ours = timed(lambda history=history: answers_by(history, TODAY, "source"), 7)
        plain = timed(lambda history=history: plain_grouping(history), 7)
        print(f"  by source: ours {ours:.3f} s, plain pandas {plain:.3f} s, ratio {ours / plain:.2f}\n")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [100_000, 1_000_000])
