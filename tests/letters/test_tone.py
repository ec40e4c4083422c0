"""The tone check sees what it should, leaves ordinary words alone, and says why in kind words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rebound_widgets.content import load_content
from rebound_widgets.letters import LETTERS, check_tone
from rebound_widgets.letters.phrases import read_rules

from .letters_corpus import BAD, GOOD

HERE = Path(__file__).parent
LOCALES = ("en", "es")


def ordinary(locale: str) -> list[str]:
    """Ordinary sentences of a language, one a line."""
    return (HERE / f"ordinary_{locale}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("locale", LOCALES)
def test_good_letters_have_no_mark(locale: str) -> None:
    """A calm, specific letter is left as it is."""
    marked = {text[:40]: [mark.rule for mark in check_tone(text, locale)] for text in GOOD[locale]}
    assert {} == {text: rules for text, rules in marked.items() if rules}


@pytest.mark.parametrize(("locale", "rule", "text"), [(loc, *one) for loc in LOCALES for one in BAD[loc]])
def test_each_bad_sentence_is_seen_as_what_it_is(locale: str, rule: str, text: str) -> None:
    """Arguing, pleading, blame, self-blame, strong feelings and shouting are each marked with a reason."""
    marks = check_tone(text, locale)
    assert rule in {mark.rule for mark in marks}
    assert all(mark.reason and mark.calmer and text[mark.start : mark.end] == mark.words for mark in marks)


@pytest.mark.parametrize(("locale", "fewest"), [("en", 200), ("es", 100)])
def test_ordinary_sentences_raise_no_false_alarm(locale: str, fewest: int) -> None:
    """No mark on 95 of 100 ordinary sentences, or more."""
    given = ordinary(locale)
    assert len(set(given)) == len(given) >= fewest
    alarms = [text for text in given if check_tone(text, locale)]
    assert len(alarms) / len(given) <= 0.05, alarms


def test_the_words_of_the_product_itself_raise_no_false_alarm(root: Path) -> None:
    """Prose that nobody wrote for this test, the documentation, is ordinary too: no mark on 95 of 100 sentences."""
    prose = []
    for path in sorted((root / "docs").rglob("*.md")):
        written = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"^[|#].*$|`[^`]*`", "", written, flags=re.MULTILINE)
        prose += [" ".join(one.split()) for one in re.split(r"(?<=[.?])\s+", text)]
    given = [one for one in prose if len(one.split()) >= 5]
    assert len(given) > 200
    alarms = [one for one in given if [m for m in check_tone(one) if m.rule != "nothing-specific"]]
    assert len(alarms) / len(given) <= 0.05, alarms


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("letter", LETTERS)
def test_no_starting_text_of_ours_is_marked(locale: str, letter: str) -> None:
    """The letters that ship pass their own check, filled or not."""
    shipped = load_content(locale).letters[letter]
    for facts in ({}, dict.fromkeys(shipped.blanks, "3 November")):
        assert [] == check_tone(shipped.fill(facts).body, locale, known=None)


def test_a_letter_that_names_nothing_is_told_so() -> None:
    """A letter anybody could have sent is marked as a whole; one real thing takes the mark away."""
    text = (
        "Dear all,\n\nThank you very much for your time and for considering my application. It was a pleasure, and I "
        "wish you all the best for the future.\n\nKind regards\nSam"
    )
    (mark,) = check_tone(text)
    assert ("nothing-specific", 0, 0) == (mark.rule, mark.start, mark.end)
    assert [] == check_tone(f"{text}\nYour Monday meeting was a joy.", known=["Monday meeting"])
    assert [] == check_tone(text, known=None)


def test_a_long_letter_is_told_so() -> None:
    """Past the length most people read, the letter is marked as long, once."""
    text = "When you said that, I smiled. " + "The river is high. " * 60
    assert ["long"] == [mark.rule for mark in check_tone(text)]


def test_nothing_written_is_nothing_to_say() -> None:
    """An empty page has no faults."""
    assert [] == check_tone(" \n ")


def test_abbreviations_are_no_shouting() -> None:
    """Names in capitals, alone or two in a row, stay names."""
    assert [] == check_tone("I know SQL and HTML, and I trained with the BBC UK team.")


def test_a_language_without_rules_takes_the_nearest() -> None:
    """A region reads its language's rules; a language without rules reads English."""
    assert read_rules("tone", "es-MX") == read_rules("tone", "es")
    assert read_rules("tone", "fr") == read_rules("tone", "en")


@pytest.mark.parametrize("name", ["tone", "reading"])
@pytest.mark.parametrize("locale", LOCALES)
def test_what_a_rule_says_keeps_the_house_style(locale: str, name: str) -> None:
    """Reasons and calmer words are short and kind: no banned word, no exclamation mark; both languages match."""
    avoid = re.compile(rf"\b({'|'.join(load_content(locale).facts.avoid)})\b", re.IGNORECASE)

    def texts(value: object) -> list[str]:
        if isinstance(value, dict):
            return [t for key, one in value.items() if key not in ("phrases", "signs") for t in texts(one)]
        if isinstance(value, list):
            return [t for one in value for t in texts(one)]
        return [value] if isinstance(value, str) and " " in value else []

    said = texts(read_rules(name, locale))
    assert len(said) > 10
    wrong = [t for t in said if avoid.search(t) or set("!¡") & set(t) or len(t.split()) > 30]
    assert [] == wrong


@pytest.mark.parametrize(("name", "key"), [("tone", "rule"), ("reading", "phrase")])
def test_every_language_has_the_same_rules(name: str, key: str) -> None:
    """A letter is looked over for the same things in each language."""
    english, spanish = ([rule["id"] for rule in read_rules(name, locale)[key]] for locale in LOCALES)
    assert english == spanish
