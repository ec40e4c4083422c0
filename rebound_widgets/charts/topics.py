"""The topics of the questions asked, and where answers were hard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from ..content import Content
from ..insight import Frames, TooFew
from ..insight import topics as topics_of
from .picture import Picture

SHOWN = 10
"""More topics than this are in the table only."""


def topics(history: Frames, _today: dt.date, content: Content) -> Picture:
    """How often each topic was asked, and how many of the answers were rated 3 or lower."""
    say, found, names = content.words, topics_of(history), topic_names(content)
    if isinstance(found, TooFew):
        return Picture(
            kind="chart",
            spec={"x": {}, "y": {"kind": "category"}, "marks": []},
            title=say.plural("charts.topics.title_too_few", found.have, need=found.need),
            empty=say("charts.topics.empty"),
        )
    recurring = [one for one in found.topics if one.recurs]
    if recurring:
        title = say(
            "charts.topics.title",
            topic=names.get(recurring[0].topic, recurring[0].topic),
            interviews=say.plural("charts.interviews_words", recurring[0].interviews),
        )
    else:
        title = say("charts.topics.title_none")
    told = [(names.get(one.topic, one.topic), one) for one in found.topics]
    shown = told[:SHOWN]
    return Picture(
        kind="chart",
        spec={
            "x": {"kind": "number", "label": say("charts.topics.axis")},
            "y": {"kind": "category", "label": say("charts.topics.topic")},
            "marks": [
                _bars(say("charts.topics.asked"), "accent", [(name, one.asked) for name, one in shown]),
                _bars(say("charts.topics.weak"), "warm", [(name, one.weak) for name, one in shown]),
            ]
            if shown
            else [],
        },
        title=title,
        counts=say("charts.topics.counts", rated=found.rated, weak=found.weak, interviews=found.interviews),
        source=say("charts.topics.source"),
        table={
            "columns": [
                say(f"charts.topics.column_{name}")
                for name in ("topic", "asked", "weak", "interviews", "mean")
            ],
            "rows": [[name, one.asked, one.weak, one.interviews, round(one.mean, 1)] for name, one in told],
        },
        empty=say("charts.topics.empty"),
    )


def topic_names(content: Content) -> Mapping[str, str]:
    """What each topic on the list is called; own words stand for themselves."""
    return {
        option.id: option.text
        for question in _questions(content)
        if question.id == "debrief/asked-topic"
        for option in question.options
    }


def _questions(content: Content) -> Iterator[Any]:
    for exercise in content.chapters["debrief"].exercises:
        for question in exercise.questions:
            yield question
            yield from getattr(question, "questions", ())


def _bars(label: str, tone: str, values: list[tuple[str, int]]) -> dict[str, Any]:
    return {
        "mark": "bar",
        "tone": tone,
        "label": label,
        "values": [{"y": name, "x": count} for name, count in values],
    }
