"""What was asked in an interview and had been asked before, with the rating of that time."""

from __future__ import annotations

from typing import Any

from .naming import name_of
from .visit import Visit

TOPIC, RATING = "debrief/asked-topic", "debrief/asked-rating"
SHOWN = 3


def asked_before(visit: Visit, interview_id: str) -> list[dict[str, Any]]:
    """A panel for the margin for each topic of this interview that was rated in another, at most three."""
    answers = visit.workbook.history().answers
    inner = answers[answers["question"].isin([TOPIC, RATING])]
    if inner.empty:
        return []
    table = inner.pivot_table(
        index=["interview_id", "item"], columns="question", values="value", aggfunc="first"
    ).reset_index()
    if not {TOPIC, RATING} <= set(table.columns):
        return []
    here = table["interview_id"] == interview_id
    topics = set(table.loc[here, TOPIC].dropna())
    earlier = table[~here & table[TOPIC].isin(topics)].dropna(subset=[RATING]).drop_duplicates(TOPIC)
    return [
        {
            "id": f"before-{number}",
            "look": "margin",
            "title": visit.words("debrief.margin.before_topic", topic=_topic(visit, row[TOPIC])),
            "text": visit.words(
                "debrief.margin.before_text",
                company=_company(visit, str(row["interview_id"])),
                rating=int(float(row[RATING])),
            ),
        }
        for number, row in enumerate(earlier.head(SHOWN).to_dict("records"))
    ]


def _topic(visit: Visit, topic: str) -> str:
    if topic.startswith("own:"):
        return topic[4:]
    options = getattr(visit.workbook.question(TOPIC), "options", ())
    return next((option.text for option in options if option.id == topic), topic)


def _company(visit: Visit, interview_id: str) -> str:
    found = visit.workbook.find(interview_id)
    return name_of(visit, found) if found is not None else ""
