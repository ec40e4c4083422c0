"""What the checker says, in another language: its English sentences stand in the code, as those of refusals do."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace

from .. import places
from .problems import Problem

_FACT = re.compile(r"\{(\w+)\}")
Sentences = tuple[tuple[re.Pattern[str], str], ...]


def in_words(problem: Problem, locale: str) -> Problem:
    """The same problem in a language; a sentence that has no words in it stays English.

    Args:
        problem: What was found.
        locale: The language's tag; ``es-MX`` falls back on ``es``.
    """
    sentences, facts = _read(locale.partition("-")[0])
    return replace(
        problem, what=_said(problem.what, sentences, facts), rule=_said(problem.rule, sentences, facts)
    )


def _said(english: str, sentences: Sentences, facts: Mapping[str, str]) -> str:
    for pattern, words in sentences:
        found = pattern.fullmatch(english)
        if found is not None:
            given = {name: facts.get(fact, fact) for name, fact in found.groupdict().items()}
            return _FACT.sub(lambda blank, given=given: given.get(blank[1], blank[0]), words)  # type: ignore[misc]
    return english


@functools.cache
def _read(language: str) -> tuple[Sentences, Mapping[str, str]]:
    """The sentences of a language, those that say most themselves first, and words for what stands in their blanks."""
    path = places.shipped("data") / "rules" / language / "check.toml"
    if not path.is_file():
        return (), {}
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    ordered = sorted(given["sentences"].items(), key=lambda pair: -len(_FACT.sub("", pair[0])))
    return tuple((_pattern(english), words) for english, words in ordered), given["facts"]


def _pattern(english: str) -> re.Pattern[str]:
    parts = _FACT.split(english)
    return re.compile(
        "".join(f"(?P<{part}>.+)" if place % 2 else re.escape(part) for place, part in enumerate(parts)),
        re.DOTALL,
    )
