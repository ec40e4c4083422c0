"""What no page of ours does: play, flash, listen to motion, command by one letter, put words into pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rebound_widgets.content import languages, load_content


@pytest.fixture
def scripts(root: Path) -> str:
    """Every browser file of ours, and the template around them."""
    found = [
        *(root / "rebound_widgets").rglob("*.js"),
        *(root / "rebound_widgets/serve/template").glob("*.html"),
    ]
    assert len(found) > 20
    return "\n".join(path.read_text("utf-8") for path in found)


@pytest.fixture
def styles(root: Path) -> str:
    """Every style sheet of ours."""
    found = list((root / "rebound_widgets").rglob("*.css"))
    assert len(found) > 10
    return "\n".join(path.read_text("utf-8") for path in found)


def sentences() -> Iterator[tuple[str, str]]:
    """Every sentence on screen in English, by its key."""
    assert "en" in languages()
    yield from load_content("en").words.items()


def test_nothing_plays_sound_or_film(scripts: str) -> None:
    """No page makes an audio or a video element."""
    assert [] == re.findall(r"new Audio\(|AudioContext|[\"'<](?:audio|video)[\"'> ]", scripts)


def test_nothing_listens_to_motion_or_locks_the_screen(scripts: str) -> None:
    """No page asks how a device is held or moved, or holds it to one way."""
    assert [] == re.findall(
        r"devicemotion|deviceorientation|orientation\.lock|Accelerometer|Gyroscope", scripts
    )


def test_no_single_letter_is_a_command(scripts: str) -> None:
    """No key of a letter or a figure does something by itself, and no element has an access key."""
    assert [] == re.findall(r"accesskey|\.key === [\"'][A-Za-z0-9][\"']", scripts)


def test_no_picture_holds_text(scripts: str, styles: str) -> None:
    """No page shows a picture file, so no words are in one."""
    assert [] == re.findall(r"make\(\s*[\"'](?:img|picture|svg:image)[\"']|<img", scripts)
    assert [] == re.findall(r"url\((?!['\"]?data:)", styles)


def test_everything_that_takes_the_focus_shows_it(styles: str) -> None:
    """One rule gives everything a ring; where a sheet takes it away, the same sheet draws it around the whole."""
    assert ".rb :focus-visible { outline: 3px solid var(--accent)" in styles
    taken = re.findall(r"([^{}]*):focus(?:-visible)?[^{}]*\{[^}]*outline: none", styles)
    drawn = re.findall(r":focus-(?:visible|within)[^{}]*\{[^}]*(?:outline: \d|box-shadow)", styles)
    assert len(drawn) > 5
    headings = ("main", "title", "rb-option", "rb-unrated", "rb-cell-input", "rb-place", "rb-panel")
    assert [] == [one.strip() for one in taken if not any(name in one for name in headings)]


def test_no_sentence_names_a_thing_by_its_place_or_colour() -> None:
    """Nobody is told to press the green button, or to look at the right."""
    by_looks = re.compile(
        r"\b(?:green|red|blue|round|square) (?:button|box|field)|on the (?:left|right)\b", re.IGNORECASE
    )
    assert [] == [key for key, sentence in sentences() if by_looks.search(sentence)]
