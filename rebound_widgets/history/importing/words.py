"""Words of a log made comparable, and what a status can mean."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ...domain.application import OUTCOMES, STAGES
from ...domain.refused import Refused

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HEADER_PARTS = re.compile(r"\s*[/()\[\]:|]\s*|\s+[-–—]\s+")
_NOT_WORDS = re.compile(r"[\W_]+")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """``text`` without case, accents, punctuation and double spaces, so that spellings can be compared."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(character for character in plain if not unicodedata.combining(character))
    return _NOT_WORDS.sub(" ", plain.replace("'", " ").replace("’", " ")).strip()


def fold_header(header: str) -> tuple[str, ...]:
    """The spellings to look a header up by: as written, and ``appliedDate`` as two words."""
    return tuple(dict.fromkeys((fold(header), fold(_CAMEL.sub(" ", header)))))


def header_parts(header: str) -> tuple[str, ...]:
    """The folded parts of a longer header: "status" and "what happened" of "Status / what happened"."""
    parts = tuple(filter(None, map(fold, _HEADER_PARTS.split(header))))
    return parts if len(parts) > 1 else ()


@dataclass(frozen=True)
class Meaning:
    """What a status word says.

    Attributes:
        stage: The stage it names, or ``None`` where it names none.
        outcome: The outcome it names; ``open`` where it names none.
    """

    stage: str | None = None
    outcome: str = "open"

    @classmethod
    def parse(cls, text: str) -> Meaning:
        """A meaning from ``"no"``, ``"interview"`` or ``"no@interview"`` (an outcome at a stage).

        Raises:
            Refused: other words; the sentence says which there are.
        """
        outcome, at, stage = (part.strip() for part in text.strip().lower().partition("@"))
        if not at and outcome in STAGES:
            return cls(stage=outcome)
        if outcome in OUTCOMES and (not at or stage in STAGES):
            return cls(stage=stage or None, outcome=outcome)
        raise Refused(
            "import-meaning",
            "A status can mean a stage ({stages}), an outcome ({outcomes}), or an outcome at a stage such as "
            "no@interview; {got!r} is none of these.",
            stages=", ".join(STAGES),
            outcomes=", ".join(OUTCOMES),
            got=text[:40],
        )

    def __str__(self) -> str:
        if self.stage is None:
            return self.outcome
        return self.stage if self.outcome == "open" else f"{self.outcome}@{self.stage}"


def shorten(text: str, limit: int = 40) -> str:
    """A cell's text, short enough for a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit] + "…"
