"""Every language beside English says what English says: all of it, with the same facts, in its own words."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import babel
import pytest
from babel.dates import get_day_names, get_month_names
from babel.numbers import get_group_symbol

from rebound_widgets.content import Content, load_content
from rebound_widgets.content.check import check_content, spoken
from rebound_widgets.content.files import read_layer
from rebound_widgets.content.generate import locales
from rebound_widgets.content.loading import permanent_ids
from rebound_widgets.content.locale import PLURAL_CATEGORIES
from rebound_widgets.content.words import blanks, is_plural
from rebound_widgets.domain.refused import Refused

from .refusals import facts_of, refusals

OTHERS = ("es",)
SAME: Mapping[str, frozenset[str]] = {
    "es": frozenset({"Rebound", "LinkedIn", "No", "{count} no", "{count} noes"}),
}
"""Sentences that are the same in both languages: names, and words the languages share."""
TRANSLATED_ALONE = ("refused.", "refused-fact.")
"""Groups that only another language has: English stands in the code."""

Text = tuple[tuple[str, ...], str]


@pytest.fixture(params=OTHERS)
def locale(request: pytest.FixtureRequest) -> str:
    """Each language that ships beside English."""
    return str(request.param)


def texts(value: object, path: tuple[str, ...] = ()) -> Iterator[Text]:
    """Every text of a file with its path; parts of lists go by their id where they have one."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            name = item.get("id", number) if isinstance(item, dict) else number
            yield from texts(item, (*path, str(name)))
    elif isinstance(value, str):
        yield path, value


STRUCTURE = frozenset({"id", "kind", "field", "about", "components", "evidence", "mark", "year"})


def said(data: Path, locale: str) -> dict[tuple[str, ...], str]:
    """Everything a person reads in a language's own files, by file and path."""
    layer = read_layer(data / "content" / locale, locale, own=True)
    files = {
        **{f"chapters/{stem}": given for stem, given in layer.chapters.items()},
        **{f"letters/{stem}": given for stem, given in layer.letters.items()},
        **{name: given for name, given in layer.single.items() if name != "locale"},
    }
    found = {}
    for file, given in files.items():
        for path, text in texts(given):
            inside = [part for part in path if part in STRUCTURE and path[0] != "words" and file != "words"]
            if not inside or path[-1] == "year":
                found[(file, *path)] = text
    return found


def plural_stem(path: tuple[str, ...], known: Mapping[tuple[str, ...], str]) -> tuple[str, ...]:
    """The path without a plural category where it ends in one."""
    return path[:-1] if path[-1] in PLURAL_CATEGORIES and (*path[:-1], "other") in known else path


# Everything is there -------------------------------------------------------------------------------------


def test_a_language_says_everything_english_says_and_nothing_more(data: Path, locale: str) -> None:
    """Every text has its translation under the same path, and no path leads nowhere."""
    english, other = said(data, "en"), said(data, locale)
    assert len(english) > 800
    alone = {path for path in other if ".".join(path[1:]).startswith(TRANSLATED_ALONE)}
    wanted = {plural_stem(path, english) for path in english if path[:2] != ("words", "refused")}
    got = {plural_stem(path, other) for path in other if path not in alone}
    assert wanted == got
    assert alone


def test_a_language_changes_no_question_option_or_letter(locale: str) -> None:
    """The same questions in the same order with the same options: an answer means the same everywhere."""
    english, other = load_content(), load_content(locale)
    assert locale == other.locale == other.facts.locale
    assert permanent_ids(english) == permanent_ids(other)
    assert list(english.chapters) == list(other.chapters)
    for one, two in zip(english.chapters.values(), other.chapters.values(), strict=True):
        pairs = list(zip(one.questions(), two.questions(), strict=True))
        for first, second in pairs:
            ids = [[part.id for part in getattr(q, "options", ())] for q in (first, second)]
            assert (first.id, first.kind, first.private, ids[0]) == (
                second.id,
                second.kind,
                second.private,
                ids[1],
            )
            assert len(getattr(first, "suggestions", ())) == len(getattr(second, "suggestions", ()))
        assert [e.components for e in one.exercises] == [e.components for e in two.exercises]
        assert [(e.minutes, e.evidence) for e in one.exercises] == [
            (e.minutes, e.evidence) for e in two.exercises
        ]


def test_a_translated_sentence_holds_the_same_facts(data: Path, locale: str) -> None:
    """No fact in braces is lost or invented on the way; a letter keeps its blanks."""
    english, other = said(data, "en"), said(data, locale)
    compared = 0
    for path, text in other.items():
        source = english.get(path) or english.get((*path[:-1], "other"))
        if source is not None and "refused" not in path:
            compared += bool(blanks(source))
            assert blanks(source) == blanks(text), path
    assert compared > 100


def test_nothing_is_left_in_english_by_mistake(data: Path, locale: str) -> None:
    """No sentence equals its English one, except names and the few words both languages share."""
    english, other = said(data, "en"), said(data, locale)
    left = {
        text
        for path, text in other.items()
        if english.get(path) == text and re.search(r"[^\W\d_]", re.sub(r"\{\w+\}", "", text))
    }
    sources = {text for path, text in other.items() if path[0] == "evidence" and path[-1] == "source"}
    assert [] == [source for source in sources if re.search(r"\b(and|others|study|use)\b", source)]
    assert left - sources <= SAME[locale]
    assert SAME[locale] <= set(english.values())


def test_figures_of_a_finding_are_the_same_in_every_language(data: Path, locale: str) -> None:
    """A translated finding has the figures of the English one, however the language writes them."""

    def figures(text: str, separator: str) -> list[str]:
        joined = re.sub(rf"(?<=\d){re.escape(separator)}(?=\d{{3}})", "", text)
        return sorted(found.replace(",", ".") for found in re.findall(r"\d+(?:[.,]\d+)?", joined))

    english, other = load_content(), load_content(locale)
    for key, finding in english.evidence.items():
        translated = other.evidence[key]
        expected = figures(finding.text, get_group_symbol("en_GB"))
        # Small numbers may be words in one language and figures in the other.
        same = figures(translated.text, get_group_symbol(locale))
        assert [f for f in expected if float(f) > 12] == [f for f in same if float(f) > 12], key
        assert finding.mark == translated.mark
        assert re.findall(r"\d{4}", finding.year) == re.findall(r"\d{4}", translated.year)


def test_counted_sentences_have_the_forms_the_language_needs(locale: str) -> None:
    """Each counted sentence has a form for one and a form for more."""
    words = load_content(locale).words
    stems = {key.removesuffix("_other") for key in words if key.endswith("_other")}
    assert len(stems) > 30
    assert [] == [stem for stem in stems if f"{stem}_one" not in words]
    assert is_plural({"one": "a", "many": "b", "other": "c"})


# How it is said ------------------------------------------------------------------------------------------


def test_a_language_keeps_the_house_style(data: Path, locale: str) -> None:
    """No warning of the checker: no word to avoid, no exclamation mark, no sentence of over 30 words."""
    assert [] == check_content(data / "content", today=dt.date(2026, 11, 5))
    layer = read_layer(data / "content" / locale, locale, own=True)
    wrong = [
        f"{place}: {text}" for text, place in spoken(layer) if re.search(r"  | [–—-] |\.\.\.|[!¡«»]", text)
    ]
    assert [] == wrong


def test_spanish_speaks_to_one_person_in_plain_words(data: Path) -> None:
    """Spanish says tú, not usted or vosotros, and opens every question it closes."""
    layer = read_layer(data / "content" / "es", "es", own=True)
    found = list(spoken(layer))
    assert len(found) > 500
    formal = re.compile(
        r"\b(usted|vosotros|vosotras|vuestr[oa]s?|haga|escriba|elija|pulse|podéis|tenéis)\b", re.IGNORECASE
    )
    assert [] == [text for text, _ in found if formal.search(text)]
    assert [] == [text for text, _ in found if text.count("?") != text.count("¿")]


def syllables(word: str) -> int:
    """About how many syllables a Spanish word has: strong vowels beside each other are two."""
    word = re.sub(r"qu(?=[eéií])|gu(?=[eéií])", "k", word.lower())
    return max(1, len(re.findall(r"[aeoáéó]|[iuü](?![aeoáéó])(?<![aeoáéó].)|[íú]", word)))


def test_spanish_reads_easily(data: Path) -> None:
    """All Spanish words on screen together read at an age of about 13: Fernández Huerta 60 or more."""
    layer = read_layer(data / "content" / "es", "es", own=True)
    given = [text for text, _ in spoken(layer) if len(text.split()) >= 4]
    assert len(given) > 200
    plain = [re.sub(r"\{\w+\}", "algo", text) for text in given]
    sentences = [s for text in plain for s in re.split(r"[.?:;]+\s*", text) if s.strip()]
    words = [word for sentence in sentences for word in re.findall(r"[^\W\d_]+", sentence)]
    score = 206.84 - 60 * sum(map(syllables, words)) / len(words) - 1.02 * len(words) / len(sentences)
    assert score >= 60


# What the language knows of itself -----------------------------------------------------------------------


def test_names_of_days_and_months_are_the_languages_own(locale: str) -> None:
    """Months, days and their short forms are those of Unicode's CLDR."""
    facts, standard = load_content(locale).facts, babel.Locale(locale)
    for width, months, days in (
        ("wide", facts.months, facts.days),
        ("abbreviated", facts.months_short, facts.days_short),
    ):
        assert tuple(get_month_names(width, locale=standard).values()) == months
        names = get_day_names(width, locale=standard)
        assert tuple(names[number] for number in range(7)) == days


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "0"),
        (999, "999"),
        (1234, "1234"),
        (12345, "12.345"),
        (1234567, "1.234.567"),
        (2.5, "2,5"),
        (1234.25, "1234,25"),
        (-12345, "-12.345"),
    ],
)
def test_numbers_are_written_as_spanish_writes_them(number: float, written: str) -> None:
    """Four figures stand together, as the browser's half of a page writes them too; more go in threes."""
    assert written == load_content("es").facts.show_number(number)


@pytest.mark.parametrize("count", [0, 1, 2, 11, 1_000, 1_000_000, 2_000_000, 1_000_001, 1.5])
def test_the_plural_form_is_the_languages_own(locale: str, count: float) -> None:
    """The form of a counted sentence is the one CLDR gives, which is what the browser asks for too."""
    assert babel.Locale(locale).plural_form(count) == load_content(locale).facts.plural(count)


def test_a_form_that_is_missing_falls_back_on_the_general_one() -> None:
    """A million rows are counted too, though nobody wrote a form for millions."""
    assert "1.000.000 filas" == load_content("es").words.plural("table.found", 1_000_000)


def test_days_are_written_as_spanish_writes_them() -> None:
    """Short beside other words, with “de” where it is long."""
    facts, day = load_content("es").facts, dt.date(2027, 11, 5)
    shown = [facts.show_day(day, form) for form in ("short", "long", "year", "full", "month")]
    assert [
        "vie 5 nov",
        "5 de noviembre",
        "5 nov 2027",
        "viernes, 5 de noviembre de 2027",
        "noviembre de 2027",
    ] == shown
    assert "14:03" == facts.show_time(dt.time(14, 3))


def test_a_region_falls_back_on_its_language() -> None:
    """Somebody in Mexico or Argentina reads Spanish and not English."""
    for tag in ("es-MX", "es_AR", "es-419"):
        assert "Dónde estás" == load_content(tag).chapters["start"].title


def test_every_language_that_ships_is_tested_here(data: Path) -> None:
    """A new language cannot ship without these tests."""
    assert {"en", *OTHERS} == set(locales(data / "content"))


# Refusals ------------------------------------------------------------------------------------------------

NEVER_ON_A_PAGE: Mapping[str, str] = {
    "centre-config": "the desk service of a hub, to whoever starts it",
    "centre-config-open": "the desk service of a hub, to whoever starts it",
    "centre-config-broken": "the desk service of a hub, to whoever starts it",
    "centre-no-hub": "the desk service of a hub, to whoever starts it",
    "centre-port": "the desk service of a hub, to whoever starts it",
    "centre-newer": "the desk service of a hub, in its log",
    "centre-database": "the desk service of a hub, to whoever starts it",
    "centre-two-ids": "the desk service, to another program",
    "centre-no-subject": "the desk service, to another program",
    "centre-no-person": "the desk service, to another program",
    "hub-not-here": "rebound hosted, at its start",
    "hub-port": "rebound hosted, at its start",
    "hub-lab": "rebound hub, for publishers",
    "hub-there": "rebound hub, for publishers",
    "hub-no-account": "rebound hub, for publishers",
    "hub-sign-on": "rebound hub, for publishers",
    "hub-subdomains": "rebound hub, for publishers",
    "address-not-here": "rebound serve, at its start",
    "site-open": "rebound serve, at its start",
    "site-prefix": "rebound serve, at its start",
    "site-visitors": "rebound serve, at its start",
    "visit-not-removed": "rebound serve, in its log",
    "open-other": "rebound app --open",
    "open-live": "rebound app --open",
    "open-unreadable": "rebound app --open",
    "open-too-large": "rebound app --open",
    "chapter-id": "rebound new, for authors",
    "chapter-there": "rebound new, for authors",
    "cli-not-agreed": "a command without a terminal",
    "cli-pair": "an argument of rebound import",
    "import-asks": "rebound import; its sentence is made of other refusals' sentences",
    "workbook-none": "a command on a folder without a workbook; the page begins one",
    "question-id": "a mistake in a content file, told to its author",
    "question-ask": "a mistake in a content file, told to its author",
    "scale-steps": "a mistake in a content file, told to its author",
    "scale-words": "a mistake in a content file, told to its author",
    "options": "a mistake in a content file, told to its author",
    "cards-piles": "a mistake in a content file, told to its author",
    "repeat-inner": "a mistake in a content file, told to its author",
    "repeat-words": "a mistake in a content file, told to its author",
    "timed-page-private": "a mistake in a content file, told to its author",
    "form-labels": "a mistake in a content file, told to its author",
    "export-damaged": "rebound import of a whole export",
    "export-other": "rebound import of a whole export",
    "export-newer": "rebound import of a whole export",
    "export-too-large": "rebound import of a whole export",
    "export-unreadable": "rebound import of a whole export",
    "bring-not-empty": "rebound import of a whole export",
    "bring-not-whole": "rebound import of a whole export",
    "backup-damaged": "rebound restore",
    "backup-missing": "rebound restore",
    "backup-not-restorable": "rebound restore",
    "backup-none": "rebound restore",
    "backup-unknown": "rebound restore",
    "restore-not-whole": "rebound restore",
    "erase-unfinished": "rebound erase",
    "erase-no-record": "rebound erase",
    "erase-no-chapter": "rebound erase",
}
"""Rules no page can show, each with the reason; their sentences are English until the command line speaks more."""

LEFT_OUT: Mapping[str, tuple[str, str]] = {
    "import-date-order": ("readings", "it names months in English; the example and its column say enough"),
    "backup-not-whole": ("problems", "they are sentences of the checker; the sentence says how to see them"),
    "migration-not-whole": ("problems", "the same"),
}
"""Facts a translated sentence leaves out, because they hold English prose."""


def test_every_refusal_a_page_can_show_is_said_in_the_language(root: Path, locale: str) -> None:
    """Each rule in the code has a sentence under ``refused`` with the same facts, or a reason why not."""
    rules, words = facts_of(refusals(root)), load_content(locale).words
    assert len(rules) > 90
    wanted = set(rules) - set(NEVER_ON_A_PAGE)
    said_there = {key.removeprefix("refused.") for key in words if key.startswith("refused.")}
    assert set() == wanted - said_there, "these rules have no sentence"
    assert set() == said_there - set(rules), "these sentences have no rule"
    assert set() == set(NEVER_ON_A_PAGE) - set(rules), "these exceptions have no rule"
    for rule in said_there:
        left_out = {LEFT_OUT[rule][0]} if rule in LEFT_OUT else set()
        assert rules[rule] - left_out == blanks(words[f"refused.{rule}"]), rule


def test_a_refusal_is_said_with_its_facts_in_the_language() -> None:
    """The sentence has the number in the language's figures, and its own words for the code's words."""
    words = load_content("es").words
    long = Refused("quick-add-long", "Up to {limit}; {got}.", limit=1000, got=12345)
    assert "Una línea admite hasta 1000 caracteres; esta tiene 12.345." == words.refusal(long)
    gone = Refused("record-gone", "This {kind} is gone.", kind="application")
    assert "Esta solicitud ya no está en tu cuaderno. Puede que se haya eliminado." == words.refusal(gone)
    picture = Refused("import-other-file", "This is {kind}.", kind="a PDF document")
    assert words.refusal(picture).startswith("Este archivo es un documento PDF y no una tabla")
    own = Refused("import-other-file", "This is {kind}.", kind="My own word")
    assert "My own word" in words.refusal(own)


def test_a_refusal_without_a_translation_is_said_in_english() -> None:
    """Better a sentence in another language than none."""
    words = load_content("es").words
    assert "Only {this}.".format(this="so") == words.refusal(Refused("nowhere", "Only {this}.", this="so"))
    lacking = Refused("quick-add-long", "Up to something.")
    assert "Up to something." == words.refusal(lacking)


def test_facts_a_refusal_says_in_english_words_are_known(root: Path, locale: str) -> None:
    """Each translated word of a fact belongs to a fact that some refusal has."""
    facts = set(itertools.chain.from_iterable(facts_of(refusals(root)).values()))
    keys = [key for key in load_content(locale).words if key.startswith("refused-fact.")]
    assert len(keys) > 10
    assert set() == {key.split(".")[1] for key in keys} - facts


def test_content_of_a_language_is_content(locale: str) -> None:
    """The loader gives the language's content as any other."""
    assert isinstance(load_content(locale), Content)
