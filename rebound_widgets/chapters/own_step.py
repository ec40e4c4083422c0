"""The step back on the road that was chosen after a no, where it is seen again: on the first page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..insight.told import answers, latest
from .visit import Visit

STEP = "no/step"
SHOWN_DAYS = 7
"""A small step is for this week; an older one would be a reproach."""


def own_step(visit: Visit) -> list[dict[str, Any]]:
    """A panel with the step written last, in the person's own words; none where the last is a week old."""
    last = latest(one for one in answers(visit.workbook.history()) if one.question == STEP)
    if last is None:
        return []
    day = last.day
    application = visit.workbook.find(str(last.application_id))
    past = visit.workbook.today() - day >= dt.timedelta(days=SHOWN_DAYS)
    if past or application is None or application.deleted:
        return []
    row = {
        "text": last.text,
        "detail": visit.words("start.own_step.text", day=visit.day(day)),
        "href": f"#/no/{application.record_id}/step",
    }
    return [{"id": "own-step", "title": visit.words("start.own_step.title"), "rows": [row]}]
