"""How many go on from stage to stage, beside what other searches came to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..content import Content, Words
from ..insight import Frames, StepRate, TooFew, stage_rates, step_of, where_it_sticks
from .picture import Picture
from .sentences import intervals, percent, say_base


def rates(history: Frames, today: dt.date, content: Content) -> Picture:
    """The rate of each step with its interval, and the base rate of the same step where there is one."""
    say, steps = content.words, stage_rates(history, today)
    first = step_of(steps, "applied-interview")
    some = not isinstance(first.rate, TooFew) or first.rate.have + first.waiting > 0
    bases = [one for one in steps if one.base is not None]
    marks = [
        {"mark": "bar", "tone": "accent", "label": say("charts.own"), "values": [_own(s, say) for s in steps]}
    ]
    marks.append(
        {
            "mark": "bar",
            "tone": "quiet",
            "label": say("charts.others"),
            "values": [_others(s, say) for s in bases],
        }
    )
    return Picture(
        kind="chart",
        spec={
            "x": {"kind": "share", "label": say("charts.rates.axis")},
            "y": {"kind": "category", "label": say("charts.rates.step")},
            "marks": marks if some else [],
        },
        title=say("charts.rates.empty_title") if not some else title(history, today, say),
        counts=_counts(first, say),
        interval=intervals(say),
        source=" ".join([say("charts.own_source"), *(say_base(one.base, say) for one in bases if one.base)]),
        empty=say("charts.rates.empty"),
    )


def title(history: Frames, today: dt.date, say: Words) -> str:
    """Where it sticks, in a sentence."""
    sticks = where_it_sticks(history, today)
    if isinstance(sticks, TooFew):
        return say.plural("charts.rates.title_too_few", sticks.have, need=sticks.need)
    return say(
        f"charts.rates.title_{sticks.verdict}",
        where=say(f"charts.where.{sticks.step}"),
        own=percent(sticks.rate.estimate, say),
        others=percent(sticks.base.estimate, say),
    )


def _counts(first: StepRate, say: Words) -> str:
    counted = first.rate.have if isinstance(first.rate, TooFew) else first.rate.of
    told = [say.plural("charts.rates.counted", counted)]
    if first.waiting:
        told.append(say.plural("charts.rates.waiting", first.waiting))
    if first.left_out:
        told.append(say.plural("charts.rates.left_out", first.left_out))
    return " ".join(told)


def _own(step: StepRate, say: Words) -> dict[str, Any]:
    name = say(f"charts.steps.{step.step}")
    if isinstance(step.rate, TooFew):
        note = say("charts.too_few", have=step.rate.have, need=step.rate.need)
        return {"y": name, "x": None, "note": note}
    note = say("charts.of", hits=step.rate.hits, of=step.rate.of)
    return {"y": name, "x": step.rate.estimate, "low": step.rate.low, "high": step.rate.high, "note": note}


def _others(step: StepRate, say: Words) -> dict[str, Any]:
    base = step.base
    if base is None:
        return {}
    note = say("charts.of", hits=base.hits, of=base.of) if base.hits is not None else ""
    return {
        "y": say(f"charts.steps.{step.step}"),
        "x": base.estimate,
        "low": base.low,
        "high": base.high,
        "note": note,
    }
