"""Bringing in a list: what is shown of how it was understood."""

import pytest

from rebound_widgets.chapters.bring_in_asking import offered
from rebound_widgets.history.importing import Meaning


@pytest.mark.parametrize(
    ("meaning", "shown"),
    [
        ("no@answered", "no"),
        ("no@interview", "no@interview"),
        ("no@offer", "no"),
        ("withdrawn@interview", "withdrawn"),
        ("declined@offer", "declined"),
        ("interview", "interview"),
        ("open", None),
    ],
)
def test_a_word_that_was_understood_never_reads_as_left_open(meaning: str, shown: str | None) -> None:
    """The status "Rejected after test" is shown as a no; what leaves an application open is shown so."""
    assert shown == offered(Meaning.parse(meaning))
