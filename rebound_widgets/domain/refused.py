"""The one exception that reaches a person: a refusal with its reason in a sentence."""

from __future__ import annotations


class Refused(ValueError):
    """Something a person gave could not be taken, and why, in a sentence for them.

    The sentence says what was given, the rule, and what would be accepted. It never holds words the person
    wrote as prose: a refused letter must not travel into a log through its own error message.

    Args:
        rule: A permanent key, such as ``"date-unreadable"``. A locale's ``words.yaml`` may hold a sentence of
            its own under ``refused.<rule>``, with the same fact names in braces.
        sentence: The English sentence, with fact names in braces.
        **facts: What the braces stand for.
    """

    def __init__(self, rule: str, sentence: str, /, **facts: object) -> None:
        self.rule = rule
        self.template = sentence
        self.facts = facts
        super().__init__(sentence.format_map(facts))

    @property
    def sentence(self) -> str:
        """The English sentence, facts filled in."""
        return str(self)
