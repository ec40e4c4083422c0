"""A letter's starting text, and filling it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .words import blanks, filled


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A letter with what is known filled in.

    Attributes:
        subject: The subject line.
        body: The text.
        missing: The blanks that nothing was known for; each stands in the text in square brackets.
    """

    subject: str
    body: str
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A starting text for a letter; the person edits it freely.

    Attributes:
        id: Permanent.
        title: What it is called.
        hint: A sentence on what makes it good.
        about: ``application`` or ``interview``: what it is filled from.
        subject: The subject line, blanks in braces.
        blanks: Each blank to the words that stand for it in square brackets while it is not known.
        body: The text, blanks in braces.
    """

    id: str
    title: str
    hint: str = ""
    about: str
    subject: str
    blanks: Mapping[str, str]
    body: str

    def fill(self, facts: Mapping[str, str | None]) -> Draft:
        """The letter with ``facts`` in its blanks; facts it does not ask for are left out."""
        known = {name: text.strip() for name, text in facts.items() if text and text.strip()}
        used = blanks(self.subject) | blanks(self.body)
        shown = {name: known.get(name, f"[{words}]") for name, words in self.blanks.items()}

        missing = tuple(name for name in self.blanks if name in used and name not in known)
        return Draft(subject=filled(self.subject, shown), body=filled(self.body, shown), missing=missing)
