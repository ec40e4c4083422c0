"""What words of one line say: a stage or an outcome, a day, a time, in any order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..content.locale import plain
from .quick_days import DayFacts, find_day, find_time

SOON_STAGES = frozenset({"interview", "final"})
"""Stages that are an interview, which may be still to come."""


class Facts(DayFacts, Protocol):
    """What a language knows that a quick add needs; ``content.LocaleFacts`` is one."""

    @property
    def small_words(self) -> Sequence[str]:
        """Words that carry nothing, such as "on"."""

    @property
    def stage_words(self) -> Mapping[str, Sequence[str]]:
        """Stage to the words that say so."""

    @property
    def held_words(self) -> Sequence[str]:
        """Words for an interview that has been."""

    @property
    def outcome_words(self) -> Mapping[str, Sequence[str]]:
        """Outcome to the words that say so."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one part says besides a name: how many words from its end say it, and what."""

    words: int = 0
    stage: str | None = None
    outcome: str | None = None
    day: dt.date | None = None
    time: str | None = None


def said_at_the_end(words: Sequence[str], facts: Facts, today: dt.date, held: bool) -> Said:
    """What the end of a part says: a stage or an outcome, a day, or both, in any order, and small words.

    Words before it are a name. A stage word alone says something only where it is all there is: a firm may be
    called "Final Interview", a role "offer manager".
    """
    best = Said()
    for start in range(len(words) - 1, -1, -1):
        said = said_by(words[start:], facts, today, held)
        if said is not None and (said.day is not None or start == 0):
            best = said
    return best


def said_by(words: Sequence[str], facts: Facts, today: dt.date, held: bool) -> Said | None:
    """What these words say, where every one of them says something; else ``None``."""
    small = {plain(word) for word in facts.small_words}
    stage, outcome, day, time = None, None, None, None
    at = 0
    while at < len(words):
        length, kind, meaning = phrase_at(words[at:], facts)
        if length and kind == "stage" and stage is None:
            stage, at = meaning, at + length
            continue
        if length and kind == "outcome" and outcome is None:
            outcome, at = meaning, at + length
            continue
        soon = _is_ahead(words, facts)
        coming = soon and not held
        found = find_day(words[at:], facts, today, soon=soon, coming=coming) if day is None else None
        if found is not None:
            day, at = found[0], at + found[1]
            continue
        clock = find_time(words[at:]) if time is None else None
        if clock is not None:
            time, at = clock[0], at + clock[1]
            continue
        if plain(words[at]).strip(".:") not in small:
            return None
        at += 1
    if stage is None and outcome is None and day is None and time is None:
        return None
    return Said(words=len(words), stage=stage, outcome=outcome, day=day, time=time)


def _is_ahead(words: Sequence[str], facts: Facts) -> bool:
    """Whether words speak of an interview that may be still to come."""
    if any(_begins(words[at:], phrase) for at in range(len(words)) for phrase in facts.held_words):
        return False
    return any(phrase_at(words[at:], facts)[2] in SOON_STAGES for at in range(len(words)))


def _begins(words: Sequence[str], phrase: str) -> int:
    """How many words the phrase takes where ``words`` begin with it, else 0."""
    wanted = plain(phrase).split()
    given = [plain(word).strip(".:!") for word in words[: len(wanted)]]
    return len(wanted) if wanted and given == wanted else 0


def phrase_at(words: Sequence[str], facts: Facts) -> tuple[int, str, str]:
    """The longest word for a stage or outcome that begins here: how many words, which kind, what it means."""
    best = (0, "", "")
    for kind, table in (("stage", facts.stage_words), ("outcome", facts.outcome_words)):
        for meaning, phrases in table.items():
            for phrase in phrases:
                length = _begins(words, phrase)
                if length > best[0]:
                    best = (length, kind, meaning)
    return best
