"""The words before the workbook, in the language of whoever opens it."""

from __future__ import annotations

import pytest

from rebound_widgets.serve.words import sentences, speaking


@pytest.mark.parametrize(
    ("locale", "chosen", "accept", "expected"),
    [
        (None, "", "", "en"),
        (None, "", "es-MX,es;q=0.9,en;q=0.8", "es"),
        (None, "", "fr, es;q=0.5", "es"),
        (None, "en", "es", "en"),
        ("es", "", "en-GB", "es"),
        ("es", "en", "es", "en"),
        (None, "../../etc", "es", "es"),
        (None, "", "xx-" + "y" * 5000, "en"),
    ],
)
def test_the_choice_goes_before_the_command_and_the_command_before_the_browser(
    locale: str | None, chosen: str, accept: str, expected: str
) -> None:
    """The opening words are in the language chosen in this browser, else `--locale`, else the browser's."""
    said = speaking(locale, None)(chosen, accept)
    assert expected == said.locale
    assert sentences(expected).words["opening"] == said.words["opening"]


def test_nobody_fills_the_memory_with_languages() -> None:
    """However many regions are asked for, each language is loaded once."""
    speak = speaking(None, None)
    first = speak("", "es-AR")
    before = sentences.cache_info().currsize
    assert all(speak(f"es-{number}{number}", "") is first for number in range(10, 40))
    assert before == sentences.cache_info().currsize
