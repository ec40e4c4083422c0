"""The starting text of a letter, filled from the record."""

from __future__ import annotations

from rebound_widgets.content import load_content

FACTS = {
    "interviewers": "Ana Reyes",
    "company": "Harbour Analytics",
    "role": "data analyst",
    "day": "3 November",
    "quality": "how you draw every idea before you build it",
    "name": "Sam Lee",
}


def test_a_letter_with_everything_known_has_no_blank() -> None:
    """With the record complete, the letter can be sent as it stands."""
    draft = load_content().letters["thank-you"].fill(FACTS)
    assert () == draft.missing
    assert not set("[]{}") & set(draft.subject + draft.body)
    assert all(fact in draft.subject + draft.body for fact in FACTS.values())


def test_what_is_not_known_stays_as_words_in_brackets() -> None:
    """A blank nobody can fill is seen at once and named, rather than guessed."""
    draft = load_content().letters["thank-you"].fill({**FACTS, "quality": "  ", "role": None, "other": "x"})
    assert ("role", "quality") == draft.missing
    assert "[one real thing you liked about them]" in draft.body
    assert "[the role]" in draft.subject


def test_facts_never_become_blanks() -> None:
    """A firm whose name looks like a blank stays that name."""
    draft = load_content().letters["thank-you"].fill({**FACTS, "company": "{name}"})
    assert "{name}" in draft.body


def test_the_thank_you_is_short_and_specific() -> None:
    """A thank-you is at most eight sentences and names one real quality; it asks for nothing."""
    body = load_content().letters["thank-you"].body
    assert body.count(".") <= 8
    assert "{quality}" in body
    assert "?" not in body
