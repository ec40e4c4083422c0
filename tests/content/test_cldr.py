"""Days, numbers and plurals are those that Unicode's CLDR knows of a language."""

from __future__ import annotations

import datetime as dt

import pytest
from babel import Locale
from babel.dates import format_time, get_day_names, get_month_names

from rebound_widgets.content import languages, load_content

CLDR = {"en": "en_GB"}
"""Bare English would put the month before the day."""


@pytest.mark.parametrize("tag", list(languages()))
def test_names_of_months_and_days_are_those_of_the_language(tag: str) -> None:
    """What a page shows of a day are the words that Unicode collected for it."""
    facts, name = load_content(tag).facts, CLDR.get(tag, tag)

    def months(width: str) -> list[str]:
        return [str(get_month_names(width, locale=name)[number]) for number in range(1, 13)]

    def days(width: str) -> list[str]:
        return [str(get_day_names(width, locale=name)[number]) for number in range(7)]

    assert (months("wide"), days("wide")) == (list(facts.months), list(facts.days))
    assert (months("abbreviated"), days("abbreviated")) == (list(facts.months_short), list(facts.days_short))
    noon = dt.time(14, 3)
    assert format_time(noon, "short", locale=name) == facts.show_time(noon)


@pytest.mark.parametrize("tag", list(languages()))
def test_every_counted_sentence_has_the_forms_its_language_counts_in(tag: str) -> None:
    """One and other are there for everything counted, and a count takes the form that Unicode's rule gives it."""
    content = load_content(tag)
    stems = {key.removesuffix("_other") for key in content.words if key.endswith("_other")}
    assert stems
    assert [] == [stem for stem in stems if f"{stem}_one" not in content.words]
    rule = Locale.parse(CLDR.get(tag, tag)).plural_form
    counts = (0, 1, 2, 1.5, 21, 1_000_000)
    assert [rule(count) for count in counts] == [content.facts.plural(count) for count in counts]


@pytest.mark.parametrize(
    ("tag", "number", "written"),
    [
        ("en", 1234, "1,234"),
        ("en", 1234.5, "1,234.5"),
        ("en", 0.125, "0.125"),
        ("en", 3.0, "3"),
        ("es", 1234, "1234"),
        ("es", 12345, "12.345"),
        ("es", -12345.5, "-12.345,5"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(tag: str, number: float, written: str) -> None:
    """Thousands stand apart, and what follows the whole is set off, as each language does it."""
    assert written == load_content(tag).facts.show_number(number)
