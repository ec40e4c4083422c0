"""The network and the server fail while somebody writes: nothing is lost and the page goes on by itself."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(
    "name",
    [
        "connection closed",
        "connection closed once",
        "dark",
        "dark up",
        "dark down",
        "dark, then closed",
        "slow answers",
        "thin line",
        "offline",
        "server restarted",
        "kernel dead",
        "kernel stopped",
    ],
)
def test_no_word_is_lost_when_the_line_fails(struck: Callable[[str], Any], name: str) -> None:
    """Every character typed before, during and after is in the workbook, and the page says what is so."""
    outcome = struck(name)
    assert outcome.typed > 15
    assert [] == outcome.wrong, outcome.as_json()
