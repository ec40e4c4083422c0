"""Looks at the form of a growth goal: to learn or improve something by doing something."""

from __future__ import annotations

from .phrases import FIRST_LOCALE, read_rules, spans


def goal_form(what: str, how: str, locale: str = FIRST_LOCALE) -> str:
    """How a goal stands: ``empty``, ``outcome``, ``how``, ``what`` or ``good``.

    ``outcome`` is a goal that somebody else decides, such as getting the offer; ``how`` and ``what`` name the
    half that is missing.

    Args:
        what: What the person wants to get better at.
        how: What they will do for it.
        locale: The language of the rules.
    """
    what, how = what.strip(), how.strip()
    if not what and not how:
        return "empty"
    phrases = read_rules("goal", locale)["outcome"]
    if any(spans(phrases, text.rstrip(".")) for text in (what, how)):
        return "outcome"
    return "what" if not what else "how" if not how else "good"
