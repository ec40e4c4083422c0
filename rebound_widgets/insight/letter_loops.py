"""Letters of a search that are written and not sent."""

from __future__ import annotations

import datetime as dt
import re

from .loop import Loop, Search
from .told import name

BLANK = re.compile(r"\[[^\[\]\n]+\]")
THANKS_SENT = "debrief/thanks-sent"
LETTER_TEXT = re.compile(r"no/letter-(?P<letter>[a-z-]+)|debrief/thanks-letter")
"""Questions that hold a person's letter; the day it was sent stands under the same name with ``-sent``."""


def has_blank(letter: str) -> bool:
    """Whether words in square brackets still wait to be filled in."""
    return BLANK.search(letter) is not None


def letter_loops(search: Search) -> list[Loop]:
    """Letters that are written and have no day on which they were sent."""
    letters = [
        (found, one)
        for one in search.answers
        if one.kind == "prose" and (found := LETTER_TEXT.fullmatch(one.question))
    ]
    sent = {
        (one.question, one.application_id, one.interview_id)
        for one in search.answers
        if one.question.endswith("-sent")
    }
    loops = []
    for found, one in letters:
        letter = found["letter"] or "thank-you"
        noted = f"no/letter-{letter}-sent" if letter != "thank-you" else THANKS_SENT
        application = search.application(one.application_id)
        if application is None or (noted, one.application_id, one.interview_id) in sent:
            continue
        loops.append(
            Loop(
                kind="letter",
                application_id=str(one.application_id),
                interview_id=one.interview_id,
                company=name(application),
                since=one.day,
                due_on=one.day + dt.timedelta(days=1),
                letter=letter,
                unfilled=has_blank(one.text),
            )
        )
    return loops
