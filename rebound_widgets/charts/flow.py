"""The flow of a search: from every application sent to where each of them is now."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..content import Content, Words
from ..insight import Flow, FlowStage, Frames
from ..insight import flow as flow_of
from .picture import Picture
from .sentences import percent

TONES = {"no": "plum", "withdrawn": "quiet", "declined": "quiet", "accepted": "warm", "started": "warm"}
"""The tone of an exit; a no is plum, and what has not been answered is quiet."""


def flow(history: Frames, today: dt.date, content: Content) -> Picture:
    """Every application from the day it was sent to the stage it reached, and what became of it there."""
    say, found = content.words, flow_of(history, today)
    if not found.stages:
        return Picture(
            kind="flow",
            spec={"stages": []},
            title=say("charts.flow.empty_title"),
            empty=say("charts.flow.empty"),
        )
    sent = found.stages[0].count
    return Picture(
        kind="flow",
        spec={"stages": [_stage(stage, sent, say) for stage in found.stages]},
        title=_title(found, say),
        counts=say.plural("charts.sent", sent),
        source=say("charts.flow.source"),
        alt=_alt(found, say),
        table=_table(found, sent, say),
    )


def _title(found: Flow, say: Words) -> str:
    reached = {stage.stage: stage.count for stage in found.stages}
    interviews = max((reached.get(stage, 0) for stage in ("interview", "final", "offer")), default=0)
    offers = reached.get("offer", 0)
    facts = {
        "sent": say.plural("charts.sent_words", found.stages[0].count),
        "interviews": interviews,
        "offers": offers,
    }
    if offers:
        return say("charts.flow.title_offers", **facts)
    return say("charts.flow.title_interviews" if interviews else "charts.flow.title_sent", **facts)


def _stage(stage: FlowStage, sent: int, say: Words) -> dict[str, Any]:
    exits = [
        {
            "label": say(f"charts.exits.{one.kind}"),
            "value": one.count,
            "text": _share(one.count, sent, say),
            "tone": TONES.get(one.kind, "quiet"),
        }
        for one in stage.exits
    ]
    return {
        "label": say(f"charts.stages.{stage.stage}"),
        "value": stage.count,
        "text": _share(stage.count, sent, say),
        "exits": exits,
    }


def _share(count: int, sent: int, say: Words) -> str:
    return say("charts.flow.share", count=count, share=percent(count / sent, say))


def _alt(found: Flow, say: Words) -> str:
    told = [
        say(
            "charts.flow.told",
            stage=say(f"charts.stages.{stage.stage}"),
            count=stage.count,
            exits=", ".join(f"{say(f'charts.exits.{one.kind}')} {one.count}" for one in stage.exits) or "0",
        )
        for stage in found.stages
    ]
    return " ".join(told)


def _table(found: Flow, sent: int, say: Words) -> dict[str, Any]:
    rows: list[list[Any]] = []
    for stage in found.stages:
        name = say(f"charts.stages.{stage.stage}")
        rows.append([name, "", stage.count, percent(stage.count / sent, say)])
        rows += [
            [name, say(f"charts.exits.{one.kind}"), one.count, percent(one.count / sent, say)]
            for one in stage.exits
        ]
    columns = [say(f"charts.flow.column_{name}") for name in ("stage", "exit", "count", "share")]
    return {"columns": columns, "rows": rows}
