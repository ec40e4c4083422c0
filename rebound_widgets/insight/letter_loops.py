"""Letters of a search that are written and not sent."""

from __future__ import annotations

import datetime as dt
import re

from .loop import Frames, Loop, applications_of, day_of, name_of, rows_of, text_of

BLANK = re.compile(r"\[[^\[\]\n]+\]")
LETTER_TEXT = re.compile(r"no/letter-(?P<letter>[a-z-]+)|debrief/thanks-letter")
"""Questions that hold a person's letter; the day it was sent stands under the same name with ``-sent``."""


def has_blank(letter: str) -> bool:
    """Whether words in square brackets still wait to be filled in."""
    return BLANK.search(letter) is not None


def letter_loops(history: Frames) -> list[Loop]:
    """Letters that are written and have no day on which they were sent."""
    answers = history.answers
    answers = answers[answers["value"].notna()]
    prose = answers[answers["kind"].eq("prose")]
    letters = prose[prose["question"].str.fullmatch(LETTER_TEXT.pattern).astype(bool)]
    if letters.empty:
        return []
    notes = answers[answers["question"].str.endswith("-sent")]
    sent = {
        (row["question"], row["application_id"], text_of(row["interview_id"]))
        for row in rows_of(notes, "question", "application_id", "interview_id")
    }
    by_id = applications_of(history, letters["application_id"])
    loops = []
    for row in rows_of(letters, "question", "application_id", "interview_id", "local_date", "value"):
        found = LETTER_TEXT.fullmatch(str(row["question"]))
        application, interview = by_id.get(row["application_id"]), text_of(row["interview_id"])
        letter = (found["letter"] or "thank-you") if found else ""
        day = day_of(row["local_date"])
        noted = f"no/letter-{letter}-sent" if letter != "thank-you" else "debrief/thanks-sent"
        if application is None or day is None or (noted, row["application_id"], interview) in sent:
            continue
        loops.append(
            Loop(
                kind="letter",
                application_id=row["application_id"],
                interview_id=interview or None,
                company=name_of(application),
                since=day,
                due_on=day + dt.timedelta(days=1),
                letter=letter,
                unfilled=has_blank(text_of(row["value"])),
            )
        )
    return loops
