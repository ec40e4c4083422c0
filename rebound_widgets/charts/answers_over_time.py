"""What was sent and what came back, over time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..content import Content, Words
from ..insight import Frames, Period
from ..insight import answers_over_time as periods_of
from .picture import Picture


def answers_over_time(history: Frames, today: dt.date, content: Content) -> Picture:
    """Applications of each week or month as a line; answers that led on and noes as marks of their own."""
    say, periods = content.words, periods_of(history, today)
    if not periods:
        return Picture(
            kind="chart",
            spec={"x": {"kind": "date"}, "y": {}, "marks": []},
            title=say("charts.over_time.empty_title"),
            empty=say("charts.over_time.empty"),
        )
    sent, went_on, noes = (sum(getattr(one, name) for one in periods) for name in ("sent", "went_on", "noes"))
    facts = {
        "sent": say.plural("charts.sent_words", sent),
        "went_on": say.plural("charts.over_time.went_on_words", went_on),
        "noes": say.plural("charts.over_time.noes_words", noes),
        "answers": say.plural("charts.over_time.answers_words", went_on + noes),
    }
    weekly = (periods[0].until - periods[0].starts_on).days < 7
    return Picture(
        kind="chart",
        spec={
            "x": {"kind": "date"},
            "y": {"kind": "number", "label": say(f"charts.over_time.axis_{'week' if weekly else 'month'}")},
            "marks": _marks(periods, say),
        },
        title=say("charts.over_time.title" if went_on + noes else "charts.over_time.title_none", **facts),
        counts=say("charts.over_time.counts", **facts),
        source=say("charts.own_source"),
        table=_table(periods, content),
    )


def _marks(periods: tuple[Period, ...], say: Words) -> list[dict[str, Any]]:
    marks: list[dict[str, Any]] = [
        {"mark": "line", "step": True, "tone": "accent", "values": _points(periods, "sent")}
    ]
    for name, tone in (("went_on", "warm"), ("noes", "plum")):
        dots = [point for point in _points(periods, name) if point["y"]]
        marks += (
            [{"mark": "dot", "tone": tone, "values": dots, "label": say(f"charts.over_time.{name}")}]
            if dots
            else []
        )
    marks[0]["label"] = say("charts.over_time.sent")
    return marks


def _points(periods: tuple[Period, ...], name: str) -> list[dict[str, Any]]:
    return [{"x": one.starts_on.isoformat(), "y": getattr(one, name)} for one in periods]


def _table(periods: tuple[Period, ...], content: Content) -> dict[str, Any]:
    names = ("from", "sent", "went_on", "noes")
    return {
        "columns": [content.words(f"charts.over_time.column_{name}") for name in names],
        "rows": [
            [content.facts.show_day(one.starts_on, "year"), one.sent, one.went_on, one.noes]
            for one in periods
        ],
    }
