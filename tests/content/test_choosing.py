"""Which language the pages are in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_widgets.content import accepted_languages, choose_language, languages


@pytest.mark.parametrize(
    ("wishes", "tag"),
    [
        ([], "en"),
        (["en-GB"], "en-GB"),
        ([None, "", "xx", "en"], "en"),
        (["tlh", "en_US", "en"], "en-US"),
        (["../../etc", "en"], "en"),
    ],
)
def test_the_first_wish_that_can_be_met_is(wishes: list[str | None], tag: str) -> None:
    """What is no language, or not there, is passed over; English is there for everybody else."""
    assert tag == choose_language(wishes)


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ("", []),
        ("es-MX,es;q=0.9,en;q=0.8", ["es-MX", "es", "en"]),
        ("en;q=0.3, es", ["es", "en"]),
        ("*", []),
        ("es;q=0", []),
        ("es;q=much,en", ["en"]),
    ],
)
def test_a_browser_says_its_languages_in_order_of_weight(header: str, tags: list[str]) -> None:
    """The header is read as RFC 9110 says; what it does not know is no wish."""
    assert tags == accepted_languages(header)


@given(st.text(max_size=200))
def test_any_header_is_read(header: str) -> None:
    """A browser may send anything at all."""
    assert "en" == choose_language(
        [*(tag for tag in accepted_languages(header) if tag.startswith("x-")), "en"]
    )


def test_every_language_names_itself() -> None:
    """The choice shows each language in its own words, English first."""
    found = languages()
    assert "en" == next(iter(found))
    assert "English" == found["en"]
    assert all(found.values())
