"""Letters to an employer wait for the next day after a strong feeling, unless the person says otherwise."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..domain.record import Revision
from .visit import Visit

FEELING = "no/feeling"
STRONG = 6
"""From this step of 10 on a letter is better written tomorrow."""


def strong_feeling_today(visit: Visit, application_id: str) -> int | None:
    """How strong the feeling about this answer was said to be today, where it was strong."""
    question = visit.workbook.question(FEELING)
    kept = visit.workbook.reply(question, record_id=application_id)
    if not isinstance(kept.value, int) or kept.value < STRONG or kept.made_at is None:
        return None
    return kept.value if kept.made_at.astimezone().date() == visit.workbook.today() else None


def letter_waits(visit: Visit, application_id: str) -> int | None:
    """The strong feeling a letter about this application waits for today; ``None`` where it need not wait."""
    override = dict(visit.workbook.setting("letters-today", {})).get(application_id)
    if override == visit.workbook.today().isoformat():
        return None
    return strong_feeling_today(visit, application_id)


def write_today(visit: Visit, application_id: str) -> None:
    """The person says that the letter need not wait today."""
    today = visit.workbook.today().isoformat()
    kept = dict(visit.workbook.setting("letters-today", {}))
    current = {key: day for key, day in kept.items() if day == today}
    visit.workbook.set_setting("letters-today", {**current, application_id: today})


def wait_panel(visit: Visit, record: Revision, feeling: int) -> dict[str, Any]:
    """The page of a letter that waits."""
    say, tomorrow = visit.words, visit.workbook.today() + dt.timedelta(days=1)
    return {
        "id": "wait",
        "look": "next",
        "title": say("no.wait.title", day=visit.day(tomorrow)),
        "text": [say("no.wait.text", feeling=feeling), say("no.wait.meanwhile")],
        "actions": [
            {"id": "private", "label": say("no.wait.private"), "href": f"#/no/{record.record_id}/private"},
            {"id": "today", "label": say("no.wait.today"), "look": "plain"},
        ],
    }
