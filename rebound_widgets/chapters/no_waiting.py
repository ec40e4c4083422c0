"""Letters to an employer wait for the next day after a strong feeling, unless the person says otherwise."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..domain.record import Revision
from .visit import Visit

FEELING = "no/feeling"
STRONG = 6
"""From this step of 10 on a letter is better written tomorrow."""


def strong_feeling_today(visit: Visit) -> int | None:
    """How strong the strongest feeling was said to be today, where it was strong.

    It is the person who is shaken, so a feeling about one answer holds for letters to every employer.
    """
    workbook, strongest = visit.workbook, 0
    answers = workbook.history().answers
    question = workbook.question(FEELING)
    for about in answers.loc[answers["question"] == FEELING, "application_id"].dropna():
        kept = workbook.reply(question, record_id=str(about))
        if isinstance(kept.value, int) and kept.made_at is not None:
            today = kept.made_at.astimezone().date() == workbook.today()
            strongest = max(strongest, kept.value if today else 0)
    return strongest if strongest >= STRONG else None


def letter_waits(visit: Visit, application_id: str) -> int | None:
    """The strong feeling a letter about an application waits for today; ``None`` where it need not wait."""
    override = dict(visit.workbook.setting("letters-today", {})).get(application_id)
    if override == visit.workbook.today().isoformat():
        return None
    return strong_feeling_today(visit)


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
