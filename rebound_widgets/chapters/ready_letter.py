"""The letter a person wrote to themselves, shown again on the day of the interview."""

from __future__ import annotations

from typing import Any

from .letter_page import reply_text
from .visit import Visit

LETTER = "ready/letter"


def letters_for_today(visit: Visit, only: str | None = None) -> list[dict[str, Any]]:
    """A panel with the letter for each interview that is today; the general letter where it has none of its own.

    Args:
        visit: The visit.
        only: Just this interview.
    """
    if "ready" not in visit.content.chapters:
        return []
    today, panels = visit.workbook.today().isoformat(), []
    for interview in visit.workbook.interviews():
        if interview.body.get("held_on") != today or only not in (None, interview.record_id):
            continue
        text = reply_text(visit, LETTER, interview.record_id) or reply_text(visit, LETTER, None)
        if text:
            panels.append(
                {
                    "id": f"letter-{interview.record_id}",
                    "title": visit.words("ready.letter_today.title"),
                    "quote": text,
                }
            )
    return panels
