"""What a letter can be filled with, from the records it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

LETTERS = (
    "thank-you",
    "answer-to-a-no",
    "feedback-request",
    "staying-in-touch",
    "follow-up",
    "follow-up-second",
    "withdrawing",
    "accepting",
    "declining",
)
"""Every letter there is, by its permanent id."""


def letter_facts(
    application: Mapping[str, Any],
    interview: Mapping[str, Any] | None = None,
    *,
    said: Mapping[str, str] | None = None,
    show_day: Callable[[dt.date], str] = dt.date.isoformat,
) -> dict[str, str | None]:
    """The facts for ``Letter.fill``, by the names of its blanks.

    Args:
        application: The body of the application's record.
        interview: The body of its last interview, where there is one.
        said: What the person wrote for blanks of their own; it goes before what the records say. A ``person``
            written down as whom to hear from stands in where nobody was noted at the interview.
        show_day: Writes a day as the language does.

    Returns:
        Blank to words; ``None`` where nothing is known, which the letter shows in square brackets.
    """
    met, own = interview or {}, said or {}
    held_on = met.get("held_on")
    days = {"day": held_on, "since": _latest(application, held_on), "starts": application.get("starts_on")}
    shown = {name: show_day(dt.date.fromisoformat(day)) if day else None for name, day in days.items()}
    facts = {
        "company": application.get("company"),
        "role": application.get("role"),
        "interviewers": met.get("interviewers"),
        "person": met.get("interviewers"),
        **shown,
    }
    return {**facts, **{name: words for name, words in own.items() if words and words.strip()}}


def _latest(application: Mapping[str, Any], held_on: str | None) -> str | None:
    """The last day anything was heard of it, else the day it was sent."""
    reached = [day for stage, day in (application.get("reached") or {}).items() if stage != "saved"]
    days = [held_on, application.get("outcome_on"), application.get("applied_on"), *reached]
    return max((day for day in days if day), default=None)
