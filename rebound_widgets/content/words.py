"""Every word on screen, by key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ..domain.refused import Refused
from .locale import PLURAL_CATEGORIES, LocaleFacts

_BLANK = re.compile(r"\{(\w+)\}")
_NO_KEY = re.compile(r"[^a-z0-9]+")


def blanks(sentence: str) -> set[str]:
    """The names of the facts a sentence takes, in braces there."""
    return set(_BLANK.findall(sentence))


def filled(sentence: str, facts: Mapping[str, object], numbers: LocaleFacts | None = None) -> str:
    """``sentence`` with its facts in place of their names in braces.

    Only names are understood, no formats and no attributes: the sentence may be somebody else's.

    Raises:
        KeyError: a fact is missing.
    """

    def fact(found: re.Match[str]) -> str:
        value = facts[found.group(1)]
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return numbers.show_number(value) if number and numbers is not None else str(value)  # type: ignore[arg-type]

    return _BLANK.sub(fact, sentence)


class Words(Mapping[str, str]):
    """Words by their key, such as ``exercise.saved``; a chapter's own words begin with its id.

    ``words("exercise.saved", time="14:03")`` fills a sentence; ``words["exercise.saved"]`` gives it as written. A
    counted sentence stands under its key and the plural category, ``start.weeks_one``; ``plural`` chooses.

    Args:
        sentences: Key to sentence.
        facts: The language they are in.
    """

    def __init__(self, sentences: Mapping[str, str], facts: LocaleFacts) -> None:
        self._sentences = MappingProxyType(dict(sentences))
        self._facts = facts
        self._groups: dict[str, dict[str, str]] = {}

    def __repr__(self) -> str:
        return f"<Words: {len(self)} in {self._facts.locale}>"

    def __getitem__(self, key: str) -> str:
        try:
            return self._sentences[key]
        except KeyError:
            raise KeyError(f"There are no words under {key!r} in {self._facts.locale}.") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._sentences)

    def __len__(self) -> int:
        return len(self._sentences)

    def __call__(self, key: str, /, **facts: object) -> str:
        """The sentence under ``key``, filled.

        Raises:
            KeyError: no such key, or a fact the sentence needs is missing; says which.
        """
        try:
            return filled(self[key], facts, self._facts)
        except KeyError as missing:
            if key in self:
                raise KeyError(f"The words {key!r} need the fact {missing.args[0]!r}.") from None
            raise

    def plural(self, key: str, count: float, /, **facts: object) -> str:
        """The form of a counted sentence that fits ``count``, which fills ``{count}``.

        Raises:
            KeyError: no such counted sentence, or a fact is missing.
        """
        chosen = f"{key}_{self._facts.plural(count)}"
        return self(chosen if chosen in self else f"{key}_other", **{"count": count, **facts})

    def group(self, name: str) -> dict[str, str]:
        """The sentences under ``name.``, without that beginning: what a widget takes as its words.

        Raises:
            KeyError: there are none.
        """
        if not self.has_group(name):
            raise KeyError(f"There are no words in the group {name!r} in {self._facts.locale}.")
        return dict(self._groups[name])

    def has_group(self, name: str) -> bool:
        """Whether there are sentences under ``name.``."""
        if not self._groups:
            self._groups = _groups(self._sentences)
        return name in self._groups

    def refusal(self, refused: Refused) -> str:
        """Why something could not be taken, in this language where it has the sentence, else in English.

        A fact that is an English word of the code's own, such as a kind of record, is said in the word that
        stands under ``refused-fact.<fact>.<word>``.
        """
        sentence = self.get(f"refused.{refused.rule}")
        if sentence is None or not blanks(sentence) <= set(refused.facts):
            return refused.sentence
        facts = {name: self._fact(name, value) for name, value in refused.facts.items()}
        return filled(sentence, facts, self._facts)

    def _fact(self, name: str, value: object) -> object:
        if not isinstance(value, str):
            return value
        key = _NO_KEY.sub("-", value.lower()).strip("-")
        return self.get(f"refused-fact.{name}.{key}", value)


def _groups(sentences: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Every group of sentences; a key such as ``debrief.part.title`` is in ``debrief`` and in ``debrief.part``."""
    found: dict[str, dict[str, str]] = {}
    for key, sentence in sentences.items():
        end = key.find(".")
        while end >= 0:
            found.setdefault(key[:end], {})[key[end + 1 :]] = sentence
            end = key.find(".", end + 1)
    return found


def is_plural(forms: Mapping[str, object]) -> bool:
    """Whether a mapping in a words file holds the forms of one counted sentence."""
    return "other" in forms and set(forms) <= set(PLURAL_CATEGORIES)
