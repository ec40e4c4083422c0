"""Letters filled from the record, and their ways out of the house."""

from __future__ import annotations

import datetime as dt
import email
from email.policy import default
from urllib.parse import parse_qs, urlsplit

import pytest

from rebound_widgets.content import load_content
from rebound_widgets.letters import LETTERS, as_eml, as_text, letter_facts, mail_address, mailto
from rebound_widgets.letters.outgoing import LONGEST_ADDRESS

APPLICATION = {
    "company": "Harbour Analytics",
    "role": "data analyst",
    "applied_on": "2026-10-01",
    "starts_on": "2027-03-01",
    "reached": {"saved": "2026-12-24", "answered": "2026-10-09"},
}
INTERVIEW = {"held_on": "2026-10-20", "interviewers": "Ana Reyes"}


def show(day: dt.date) -> str:
    """A day in words."""
    return f"{day.day}.{day.month}."


@pytest.mark.parametrize("locale", ["en", "es"])
def test_there_are_nine_letters_in_each_language(locale: str) -> None:
    """Every letter of the product is there, with the same blanks in each language."""
    letters, english = load_content(locale).letters, load_content().letters
    assert sorted(LETTERS) == sorted(letters)
    assert {key: set(letters[key].blanks) for key in LETTERS} == {
        key: set(english[key].blanks) for key in LETTERS
    }


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_is_filled_from_the_record(letter: str) -> None:
    """With what a record and the person's own words hold, no blank stays open."""
    said = {"quality": "your Monday meeting", "question": "What next?", "asked": "3.11.", "name": "Sam Lee"}
    draft = (
        load_content().letters[letter].fill(letter_facts(APPLICATION, INTERVIEW, said=said, show_day=show))
    )
    assert () == draft.missing
    assert not set("[]{}") & set(draft.subject + draft.body)


def test_what_nobody_knows_is_named_and_not_guessed() -> None:
    """An application without a firm or an interview leaves its blanks in brackets."""
    draft = load_content().letters["answer-to-a-no"].fill(letter_facts({"role": "clerk"}))
    assert ("person", "company", "quality", "name") == draft.missing


def test_the_last_day_heard_is_the_latest_that_is_known() -> None:
    """The interview is later than the first answer and the sending; a day it was saved is no sign of theirs."""
    assert "20.10." == letter_facts(APPLICATION, INTERVIEW, show_day=show)["since"]
    assert "9.10." == letter_facts(APPLICATION, show_day=show)["since"]
    assert None is letter_facts({"role": "clerk"})["since"]


def test_own_words_go_before_the_record() -> None:
    """What the person wrote for a blank stands there; an empty line does not wipe out what is known."""
    facts = letter_facts(APPLICATION, INTERVIEW, said={"person": "Dr Haddad", "role": "  "})
    assert ("Dr Haddad", "data analyst") == (facts["person"], facts["role"])


def test_a_mail_address_of_a_letter_comes_apart_as_it_went_in() -> None:
    """Umlauts, line breaks and signs reach the mail program as they were written."""
    subject, body = "¿Cómo va? & más", "Hola, Ana:\n\nGracias por 3 + 4.\nÑandú"
    address = mailto(subject, body, "ana@example.org")
    assert address is not None
    parts = urlsplit(address)
    query = parse_qs(parts.query)
    assert ("mailto", "ana@example.org") == (parts.scheme, parts.path)
    assert (subject, body) == (query["subject"][0], query["body"][0].replace("\r\n", "\n"))


def test_a_letter_too_long_for_an_address_has_none() -> None:
    """A mail program would cut it off, so it is copied instead."""
    assert None is mailto("A subject", "a " * LONGEST_ADDRESS)


def test_a_mail_draft_is_a_message_any_mail_program_reads() -> None:
    """The file has subject, receiver and text, is marked as unsent, and names no sender."""
    message = email.message_from_bytes(
        as_eml("Grüße\nan alle", "Liebe Ana,\n\nñandú\n", "ana@example.org"), policy=default
    )
    assert ("Grüße an alle", "ana@example.org", "1") == (
        message["Subject"],
        message["To"],
        message["X-Unsent"],
    )
    assert None is message["From"]
    assert "Liebe Ana,\n\nñandú\n" == message.get_content().replace("\r\n", "\n")


def test_a_letter_as_text_begins_with_its_subject() -> None:
    """Plain text has the subject above the letter."""
    assert "About it\n\nDear Ana\n" == as_text("About it", "Dear Ana\n\n")


@pytest.mark.parametrize(
    ("noted", "address"),
    [
        ("ana@example.org", "ana@example.org"),
        ("Ana <ana@example.org>, 555 1234", "ana@example.org"),
        ("555 1234", ""),
        (None, ""),
        ("a@b", ""),
    ],
)
def test_an_address_is_found_in_what_was_noted(noted: str | None, address: str) -> None:
    """A mail address is taken out of a note of somebody's contact; anything else is no address."""
    assert address == mail_address(noted)
