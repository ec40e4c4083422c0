"""What an exercise rests on: one sentence, where it comes from, how sure we are."""

from __future__ import annotations

from dataclasses import dataclass

MARKS = ("A", "B", "C", "none")
"""How sure: read in the original, read in a later work, worked out by us, no figure. No other is shown."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One finding.

    Attributes:
        key: Permanent.
        text: The finding in one plain sentence, with its limits.
        source: Who found it, where.
        year: The year or years of publication, as text; empty where there is nothing to date.
        mark: One of ``MARKS``.
        mark_words: What the mark means, in words.
    """

    key: str
    text: str
    source: str
    year: str = ""
    mark: str
    mark_words: str

    @property
    def sentence(self) -> str:
        """All of it as one line."""
        source = f"{self.source}, {self.year}" if self.year else self.source
        return f"{self.text} {source}. {self.mark_words}"
