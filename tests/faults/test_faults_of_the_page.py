"""The page, the file and the person's own acts come between: nothing is lost, and nobody is written over."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(
    "name",
    [
        "reload",
        "reload in the dark",
        "tab closed",
        "two tabs",
        "mailto",
        "download",
        "cancelled leaving",
        "clock moved",
        "asleep",
        "read-only",
        "disk full",
        "file locked",
    ],
)
def test_no_word_is_lost_whatever_happens_to_the_page(struck: Callable[[str], Any], name: str) -> None:
    """Every character typed before, during and after is in the workbook, and the page says what is so."""
    outcome = struck(name)
    assert outcome.typed > 15
    assert [] == outcome.wrong, outcome.as_json()


@pytest.mark.parametrize("name", ["two writers", "written elsewhere"])
def test_two_who_write_one_answer_are_both_kept(struck: Callable[[str], Any], name: str) -> None:
    """Both versions are shown side by side, one press joins them, and both are in the history."""
    outcome = struck(name)
    assert [] == outcome.wrong, outcome.as_json()
