"""Looks a letter over for its tone. It marks words, says why, offers calmer ones, and stops nobody."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .phrases import FIRST_LOCALE, plain, read_rules, spans

_LOUD = re.compile(r"\b[^\W\d_a-zß-ÿ]{2,}(?:[ ,]+[^\W\d_a-zß-ÿ]{2,})+\b|[!?¡¿]{2,}")
_BLANK = re.compile(r"\[[^\]\n]*\]")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Something in a letter that is worth a second look.

    Attributes:
        rule: ``arguing``, ``pleading``, ``blame``, ``self-blame``, ``feeling``, ``shouting``, ``long`` or
            ``nothing-specific``.
        name: What to call it.
        start: Where the words begin; equal to ``end`` where it is about the whole letter.
        end: Where they end, exclusive.
        words: The words themselves.
        reason: Why they may not help.
        calmer: A calmer way to put it.
    """

    rule: str
    name: str
    start: int
    end: int
    words: str
    reason: str
    calmer: str


def check_tone(text: str, locale: str = FIRST_LOCALE, *, known: Collection[str] | None = ()) -> list[Mark]:
    """What is worth a second look in a letter to an employer, in the order of the text.

    Args:
        text: The letter as the person wrote it.
        locale: The language of the rules.
        known: Words from the record that make a letter specific: names of people, the one real thing, a day.
            Other signs of something specific are in the rules. ``None`` for a letter that needs nothing
            specific, such as a question how things stand.

    Returns:
        The marks; none for a calm letter, and none for an empty one.
    """
    if not text.strip():
        return []
    rules = read_rules("tone", locale)
    marks = [*_phrases(text, rules), *_loud(text, rules["shouting"])]
    apart: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not apart or mark.start >= apart[-1].end:
            apart.append(mark)
    return [*apart, *_whole(text, rules, known)]


def _phrases(text: str, rules: Mapping[str, Any]) -> Iterator[Mark]:
    for rule in rules["rule"]:
        for start, end in spans(rule["phrases"], text):
            yield _mark(rule["id"], rule, text, start, end)


def _loud(text: str, rule: Mapping[str, Any]) -> Iterator[Mark]:
    for found in _LOUD.finditer(text):
        words = re.findall(r"[^\W\d_]+", found.group())
        # Short capitals are names of things, such as HTML: two of them in a row are no shouting.
        if not words or any(len(word) > 4 for word in words):
            yield _mark("shouting", rule, text, *found.span())
    if text.count("!") > rule["most_marks"] and not re.search(r"!{2,}", text):
        last = text.rindex("!")
        yield _mark("shouting", rule, text, last, last + 1)


def _whole(text: str, rules: Mapping[str, Any], known: Collection[str] | None) -> Iterator[Mark]:
    """What is true of the letter as a whole."""
    count = len(text.split())
    if count > rules["length"]["words"]:
        yield _mark("long", rules["length"], text, 0, 0)
    specific = rules["specific"]
    if (
        known is not None
        and count >= specific["fewest_words"]
        and not _is_specific(text, specific["signs"], known)
    ):
        yield _mark("nothing-specific", specific, text, 0, 0)


def _is_specific(text: str, signs: list[str], known: Collection[str]) -> bool:
    written = plain(_BLANK.sub("", text)).casefold()
    named = any(plain(word).casefold() in written for word in known if len(word.strip()) > 2)
    return named or bool(spans(signs, text))


def _mark(rule: str, words: Mapping[str, Any], text: str, start: int, end: int) -> Mark:
    return Mark(
        rule=rule,
        name=words["name"],
        start=start,
        end=end,
        words=text[start:end],
        reason=words["reason"],
        calmer=words["calmer"],
    )
