"""The design system's colours: every pair that is used has its contrast, light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

WORDS_ON = [
    (words, ground)
    for ground in ("paper", "card")
    for words in ("ink", "quiet", "accent", "warm", "plum", "alarm")
] + [
    ("on-accent", "accent"),
    ("accent", "accent-soft"),
    ("ink", "accent-soft"),
    ("warm", "warm-soft"),
    ("ink", "warm-soft"),
    ("plum", "plum-soft"),
    ("alarm", "alarm-soft"),
]
"""Words and what they stand on: 4.5 to 1, by WCAG 2.2, 1.4.3."""

SHAPES_ON = [(shape, ground) for ground in ("paper", "card") for shape in ("edge", "accent", "plum", "warm")]
"""Edges of controls and marks of charts: 3 to 1, by WCAG 2.2, 1.4.11."""


def tokens(css: str) -> list[dict[str, str]]:
    """The colours of each block of the theme that sets them: light, dark by the system, dark by choice."""
    blocks = re.findall(r"\{([^{}]*--paper:[^{}]*)\}", css)
    return [dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6})", block)) for block in blocks]


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB``, by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture
def themes(root: Path) -> dict[str, dict[str, str]]:
    """Light and dark, as the theme sets them."""
    light, dark, chosen = tokens((root / "rebound_widgets/widgets/static/theme.css").read_text("utf-8"))[:3]
    assert dark == chosen
    return {"light": light, "dark": dark}


def test_black_on_white_is_21_to_1() -> None:
    """The formula is the one of WCAG."""
    assert 21 == pytest.approx(contrast("#000000", "#FFFFFF"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_pair_of_colours_has_its_contrast(themes: dict[str, dict[str, str]], theme: str) -> None:
    """Words have 4.5 to 1 on whatever they stand on, shapes 3 to 1."""
    colours = themes[theme]
    pairs = [(pair, 4.5) for pair in WORDS_ON] + [(pair, 3.0) for pair in SHAPES_ON]
    low = {
        pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2)
        for pair, least in pairs
        if contrast(colours[pair[0]], colours[pair[1]]) < least
    }
    assert {} == low
