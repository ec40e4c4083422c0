"""The letters that fit an application now, each with how it stands."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..domain.record import Revision
from ..insight import has_blank
from .letter_page import letter_place, reply_text
from .visit import Visit


def letter_rows(visit: Visit, record: Revision) -> list[dict[str, Any]]:
    """A row for each letter that fits an application now, with how it stands."""
    say, rows = visit.words, []
    for letter in fitting_letters(record):
        place = letter_place(letter, record.record_id)
        sent = reply_text(visit, place.sent, place.subject)
        if sent:
            state = say("no.letter.list_sent", day=visit.day(dt.date.fromisoformat(sent)))
        else:
            written = reply_text(visit, place.text, place.subject)
            begun = "list_begun" if has_blank(written) else "list_written"
            state = say(f"no.letter.{begun if written else 'list_none'}")
        rows.append({"text": visit.content.letters[letter].title, "detail": state, "href": place.address})
    return rows


def fitting_letters(record: Revision) -> list[str]:
    """The letters that make sense for an application as it stands."""
    outcome, stage = record.body.get("outcome", "open"), record.body.get("stage", "applied")
    if outcome == "no":
        return ["answer-to-a-no", "feedback-request", "staying-in-touch"]
    if outcome != "open":
        return {"withdrawn": ["withdrawing"], "declined": ["declining"]}.get(str(outcome), ["accepting"])
    if stage == "offer":
        return ["accepting", "declining"]
    return [] if stage == "saved" else ["follow-up", "follow-up-second", "withdrawing"]
