"""Reads an employer's answer: which words go out to everybody, and which are about this person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .phrases import FIRST_LOCALE, read_rules, sentences, spans

MOST_UNKNOWN = 0.34
"""With a larger share of sentences that hold no known phrase, no call is made."""
FEWEST_WORDS = 4
"""A sentence of fewer words is a greeting, a name or a date."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A phrase that was recognised.

    Attributes:
        id: Which one, as the rules name it.
        kind: ``decision``, ``stock``, ``courtesy``, ``fact`` or ``feedback``.
        start: Where it begins in the text.
        end: Where it ends, exclusive.
        means: What it tells, in a sentence.
    """

    id: str
    kind: str
    start: int
    end: int
    means: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """An answer, read.

    Attributes:
        verdict: ``stock``, ``feedback`` or ``unsure``.
        sentence: The verdict in words.
        found: The phrases in the order of the text; none overlaps another.
        says: What the answer says, each thing once.
        silent_on: What it does not say; empty where a sentence was not read, since that one may say it.
        unread: Sentences that hold no known phrase, but for greetings and names.
        unknown: How many of its sentences hold no known phrase.
        sentences: How many sentences it has.
    """

    verdict: str
    sentence: str
    found: tuple[Found, ...]
    says: tuple[str, ...]
    silent_on: tuple[str, ...]
    unread: tuple[str, ...]
    unknown: int
    sentences: int


def read_answer(text: str, locale: str = FIRST_LOCALE) -> Reading | None:
    """What an answer says and does not say; ``None`` for an empty text.

    Words about this person make it feedback. Without any, it is a stock letter where the no itself was
    recognised and most sentences hold a known phrase. Else no call is made. Of a letter with a sentence that was
    not read it is never said that it holds nothing about the person.

    Args:
        text: The answer as it was pasted.
        locale: The language of the rules.
    """
    if not text.strip():
        return None
    rules = read_rules("reading", locale)
    found = _found(text, rules["phrase"])
    places = sentences(text)
    strange = [place for place in places if not any(f.start < place[1] and f.end > place[0] for f in found)]
    said = (" ".join(text[start:end].split()) for start, end in strange)
    unread = tuple(words for words in said if len(words.split()) >= FEWEST_WORDS)
    unknown = len(strange)
    kinds = {one.kind for one in found}
    if "feedback" in kinds:
        verdict = "feedback"
    elif "decision" in kinds or any(one.id == "filled" for one in found):
        verdict = "stock" if unknown <= MOST_UNKNOWN * len(places) else "unsure"
    else:
        verdict = "unsure"
    return Reading(
        verdict=verdict,
        sentence=rules["verdicts"]["stock_but" if verdict == "stock" and unread else verdict],
        found=tuple(found),
        says=tuple({one.id: one.means for one in reversed(found) if one.kind != "courtesy"}.values())[::-1],
        silent_on=() if unread else _silent_on(found, rules["silent"]),
        unread=unread,
        unknown=unknown,
        sentences=len(places),
    )


def _found(text: str, phrases: list[dict[str, Any]]) -> list[Found]:
    """Every phrase; where two overlap, the one about the person wins, then the no itself, then the longer one."""
    every = [
        Found(
            id=rule["id"],
            kind=rule["kind"],
            start=start,
            end=end,
            # The letter's own words, on one line: anything else in quotation marks would be a misquotation.
            means=rule["means"].replace("{words}", " ".join(text[start:end].split())),
        )
        for rule in phrases
        for start, end in spans(rule["phrases"], text)
    ]
    first = ("feedback", "decision")
    every.sort(key=lambda one: (first.index(one.kind) if one.kind in first else 2, one.start - one.end))
    kept: list[Found] = []
    for one in every:
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _silent_on(found: list[Found], words: dict[str, str]) -> tuple[str, ...]:
    ids, kinds = {one.id for one in found}, {one.kind for one in found}
    silent = []
    if not ids & {"filled", "you-lack", "you-answer"}:
        silent.append(words["why"])
    if "feedback" not in kinds:
        silent.append(words["you"])
    if "again" not in ids:
        silent.append(words["next"])
    return tuple(silent)
