"""Good things the person wrote earlier, in their own words, for a day on which they are hard to think of."""

from __future__ import annotations

from typing import Any

from .visit import Visit

GOOD = r"debrief/went-well-\d|ready/strength-name|ready/got-here"
SHOWN = 2


def kept_panels(visit: Visit) -> list[dict[str, Any]]:
    """Margin panels with what went well and what the person is good at, the newest first."""
    answers = visit.workbook.history().answers
    kept = answers[answers["question"].str.fullmatch(GOOD) & answers["value"].notna()]
    kept = kept.sort_values("answered_at", ascending=False).drop_duplicates("value").head(SHOWN)
    return [
        {
            "id": f"kept-{number}",
            "look": "margin",
            "title": visit.words("no.kept.title", day=visit.day(row["local_date"].date())),
            "quote": str(row["value"]),
        }
        for number, row in enumerate(kept.to_dict("records"))
    ]
