"""How long an answer takes: one's own curve, and the pace of published logs beside it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..content import Content, Words
from ..insight import Frames, TooFew, WaitingCurve, reference_curve, waiting_days
from ..insight import time_to_answer as curve_of
from .picture import Picture
from .sentences import base_sentence, intervals, percent

SHOWN_DAYS = 90
"""The curve is drawn up to this day; what answers after it is in the table."""
POINTS = 120
"""More points than this are not seen."""
FEWEST_ANSWERS = 5
"""Below this many answers the title speaks of others."""


def time_to_answer(history: Frames, today: dt.date, content: Content) -> Picture:
    """The share answered by each day after sending; everything that still waits is counted in."""
    say, own = content.words, curve_of(history, today)
    if isinstance(own, TooFew):
        ceiling, marks = 1.0, []
        counts = say.plural("charts.waiting.too_few", own.have, need=own.need)
    else:
        ceiling = own.by(own.horizon) or 1.0
        marks = [_own(own, say)]
        counts = say(
            "charts.waiting.counts", sent=own.sent, answered=own.answered, waiting=own.sent - own.answered
        )
        counts = " ".join(filter(None, (counts, left_out(own, say))))
    days = waiting_days(history, today)
    marks += [
        _reference(ceiling, say),
        {"mark": "rule", "x": days.follow_up, "label": say("charts.waiting.ask", day=days.follow_up)},
        {"mark": "rule", "x": days.let_go, "label": say("charts.waiting.let_go", day=days.let_go)},
    ]
    only_others = isinstance(own, TooFew) or not own.answered
    return Picture(
        kind="chart",
        spec={
            "x": {"kind": "number", "low": 0, "high": SHOWN_DAYS, "label": say("charts.waiting.days")},
            "y": {
                "kind": "share",
                "low": 0,
                "label": say("charts.waiting.axis_others" if only_others else "charts.waiting.axis"),
            },
            "marks": marks,
        },
        title=title(own, say),
        counts=counts,
        interval="" if isinstance(own, TooFew) else intervals_of_band(say),
        source=" ".join([say("charts.own_source"), base_sentence("answer-days-median", say)]),
        table=_table(own, say),
    )


def title(own: WaitingCurve | TooFew, say: Words) -> str:
    """How long one waits, in a sentence."""
    if isinstance(own, TooFew) or own.answered < FEWEST_ANSWERS:
        reference = reference_curve()
        return say("charts.waiting.title_others", early=int(reference.early[0]), late=int(reference.late[0]))
    return say(
        "charts.waiting.title",
        half=say.plural("charts.days", own.quantile(0.5) or 0),
        most=say.plural("charts.days", own.quantile(0.9) or 0),
    )


def left_out(own: WaitingCurve, say: Words) -> str:
    """How many applications the curve cannot use, in a sentence; empty where it uses them all."""
    return say.plural("charts.waiting.left_out", own.left_out) if own.left_out else ""


def intervals_of_band(say: Words) -> str:
    """What the band around the curve is."""
    return (
        say("charts.waiting.band", level=percent(0.9, say))
        if "charts.waiting.band" in say
        else intervals(say)
    )


def _own(own: WaitingCurve, say: Words) -> dict[str, Any]:
    values = [{"x": 0, "y": 0.0, "low": 0.0, "high": 0.0}]
    step = max(1, len(own.days) // POINTS)
    for place, day in enumerate(own.days):
        last = place == len(own.days) - 1
        if 0 < day <= min(SHOWN_DAYS, own.horizon) and (place % step == 0 or last):
            values.append(
                {"x": day, "y": own.answered_by[place], "low": own.low[place], "high": own.high[place]}
            )
    return {
        "mark": "line",
        "step": True,
        "tone": "accent",
        "label": say("charts.waiting.own"),
        "values": values,
    }


def _reference(ceiling: float, say: Words) -> dict[str, Any]:
    """The pace of others, brought to the share that this search has answered in the end."""
    reference = reference_curve()
    values = [
        {"x": day, "y": ceiling * reference.by(day)[0]}
        for day in (*range(0, 30, 3), *range(30, SHOWN_DAYS + 1, 10))
    ]
    return {"mark": "line", "tone": "quiet", "label": say("charts.waiting.others"), "values": values}


def _table(own: WaitingCurve | TooFew, say: Words) -> dict[str, Any]:
    """The days by which shares of the answers had come: own, and those of the published logs."""
    reference = reference_curve()
    rows = []
    for share, early, late in zip(reference.shares, reference.early, reference.late, strict=True):
        mine = None if isinstance(own, TooFew) or own.answered < FEWEST_ANSWERS else own.quantile(share)
        others = say("charts.waiting.range", low=int(early), high=int(late))
        rows.append([percent(share, say), "" if mine is None else mine, others])
    columns = [say(f"charts.waiting.column_{name}") for name in ("share", "own", "others")]
    return {"columns": columns, "rows": rows}
