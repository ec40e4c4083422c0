"""Words on screen: found by key, filled with facts, counted."""

from __future__ import annotations

import datetime as dt

import pytest

from rebound_widgets.content import LocaleFacts, Words, load_content
from rebound_widgets.domain.refused import Refused


@pytest.fixture
def facts() -> LocaleFacts:
    """What English knows of itself."""
    return load_content().facts


@pytest.fixture
def words(facts: LocaleFacts) -> Words:
    """A few words."""
    sentences = {
        "shell.saved": "Saved {time}",
        "start.weeks_one": "{count} week at {company}",
        "start.weeks_other": "{count} weeks at {company}",
        "refused.date-unreadable": "“{ask}” takes a day. Got {got}.",
        "refused.text-too-long": "Needs {something} unknown.",
    }
    return Words(sentences, facts)


def test_a_sentence_is_filled_with_its_facts(words: Words) -> None:
    """Facts take the place of their names, and numbers are written as the language writes them."""
    assert "Saved 14:03" == words("shell.saved", time="14:03")
    assert "1,500 weeks at Acme" == words.plural("start.weeks", 1500, company="Acme")
    assert "1 week at Acme" == words.plural("start.weeks", 1, company="Acme")
    assert "0 weeks at Acme" == words.plural("start.weeks", 0, company="Acme")


def test_facts_are_only_ever_text(words: Words) -> None:
    """What a person wrote can hold braces or anything else; it stands there as written."""
    assert "Saved {time} {0.__class__}" == words("shell.saved", time="{time} {0.__class__}")


def test_what_is_missing_is_named(words: Words) -> None:
    """A key or a fact that is not there is named in the error, so that it is found at once."""
    with pytest.raises(KeyError, match=r"shell\.sav'"):
        words("shell.sav")
    with pytest.raises(KeyError, match=r"'shell\.saved' need the fact 'time'"):
        words("shell.saved")
    with pytest.raises(KeyError, match=r"start\.days_other"):
        words.plural("start.days", 2)
    with pytest.raises(KeyError, match="'nothing'"):
        words.group("nothing")


def test_a_widget_gets_its_group(words: Words) -> None:
    """A group is what a widget takes: keys without the group's name, counted forms side by side."""
    expected = {"weeks_one": "{count} week at {company}", "weeks_other": "{count} weeks at {company}"}
    assert expected == words.group("start")


def test_a_refusal_is_said_in_the_pages_language(words: Words) -> None:
    """A refusal uses the language's own sentence where that knows every fact, else the English one."""
    refused = Refused("date-unreadable", "“{ask}” is no day: {got!r}", ask="Day", got="x")
    assert "“Day” takes a day. Got x." == words.refusal(refused)
    other = Refused("text-too-long", "Too long: {got}", got=9)
    assert "Too long: 9" == words.refusal(other)
    unknown = Refused("never-heard", "No.", got=9)
    assert "No." == words.refusal(unknown)


def test_days_and_times_are_shown_as_dates(facts: LocaleFacts) -> None:
    """Times are shown as dates and never as "in 3 days"."""
    day = dt.date(2026, 11, 5)
    shown = [facts.show_day(day, form) for form in ("short", "long", "year", "full", "month")]
    expected = ["Thu 5 Nov", "5 November", "5 Nov 2026", "Thursday 5 November 2026", "November 2026"]
    assert expected == shown
    assert "09:05" == facts.show_time(dt.time(9, 5))


def test_months_and_weekdays_are_known_by_name(facts: LocaleFacts) -> None:
    """A quick line may name a month or a weekday in full or short, in any case."""
    assert [11, 11, 9, None] == [facts.month(word) for word in ("nov", "November", "Sept.", "Acme")]
    assert [2, 2, None] == [facts.weekday(word) for word in ("TUE", "tuesday", "3")]


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, "0"), (999, "999"), (1000, "1,000"), (2.5, "2.5"), (3.0, "3"), (12345.5, "12,345.5")],
)
def test_numbers_are_written_as_the_language_writes_them(
    facts: LocaleFacts, number: float, shown: str
) -> None:
    """Thousands stand apart, and a whole number has no decimal mark."""
    assert shown == facts.show_number(number)
