"""Rules that say when something is worth a look, read from a file anybody can read; each gives its reason."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..content import Content
from ..content.words import filled
from ..letters.phrases import read_rules
from .facts import Facts

SIGNALS, TOPICS = "signals", "topics"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule.

    Attributes:
        id: Permanent.
        title: What it says, in a few words.
        reason: Why it says so, with facts in braces.
        questions: Questions to open with; none for a signal.
        at_least: Facts that have to be this much or more; one that is not known does not fit.
        at_most: Facts that have to be this much or less; one that is not known does not stand in the way.
    """

    id: str
    title: str
    reason: str
    questions: tuple[str, ...]
    at_least: Mapping[str, int]
    at_most: Mapping[str, int]

    def fits(self, facts: Facts) -> bool:
        """Whether it is so."""
        known = facts.numbers
        return all(name in known and known[name] >= least for name, least in self.at_least.items()) and all(
            known.get(name, 0) <= most for name, most in self.at_most.items()
        )


@dataclass(frozen=True, kw_only=True)
class Said:
    """A rule that fits, in words.

    Attributes:
        id: The rule's.
        title: What it says.
        reason: Why.
        questions: Questions to open with.
    """

    id: str
    title: str
    reason: str
    questions: tuple[str, ...] = ()


@functools.lru_cache(maxsize=16)
def rules(name: str, locale: str) -> tuple[Rule, ...]:
    """The rules of a file, in its order, which is the order in which they are said.

    Args:
        name: ``SIGNALS`` or ``TOPICS``.
        locale: The language.
    """
    return tuple(
        Rule(
            id=given["id"],
            title=given["title"],
            reason=given["reason"],
            questions=tuple(given.get("questions", ())),
            at_least=MappingProxyType(dict(given.get("at_least", {}))),
            at_most=MappingProxyType(dict(given.get("at_most", {}))),
        )
        for given in read_rules(name, locale)["rule"]
    )


def said(name: str, facts: Facts, content: Content, most: int | None = None) -> list[Said]:
    """What the rules of a file say about these facts, in order.

    Args:
        name: ``SIGNALS`` or ``TOPICS``.
        facts: What is known.
        content: The language, and the words of days and stages.
        most: How many at most.
    """
    words: dict[str, object] = dict(facts.numbers)
    words |= {name: content.facts.show_day(day, "year") for name, day in facts.days.items()}
    words["stage"] = content.words(f"report.stage.{facts.stage}") if facts.stage else ""
    fitting = [rule for rule in rules(name, content.locale) if rule.fits(facts)]
    return [
        Said(
            id=rule.id,
            title=rule.title,
            reason=filled(rule.reason, words, content.facts),
            questions=rule.questions,
        )
        for rule in fitting[:most]
    ]
