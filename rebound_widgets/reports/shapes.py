"""The few shapes that pictures on paper are made of, as SVG text without script, fonts or addresses."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from markupsafe import escape

WIDTH = 640.0
TEXT = 12.5
LETTER = 6.4
"""How wide a letter of ``TEXT`` is, roughly, and rather more than less."""

INK, QUIET, LINE, EDGE = "#1F2A30", "#55636B", "#DDD6CA", "#76838A"
TONES = {"accent": "#0F6B66", "warm": "#A5520B", "plum": "#6B4A6E", "quiet": "#8B979C"}
"""The light palette: a report is read on white paper."""
DASHES = ("", "6 4", "2 4", "8 3 2 3")

_FACES = "'Libertinus Serif', Georgia, serif"


def tone(name: object, place: int = 0) -> str:
    """The colour of a tone; of one that is not named, that of its place."""
    return TONES.get(str(name), list(TONES.values())[place % len(TONES)])


def drawing(parts: Iterable[str], height: float) -> str:
    """A whole picture of the one width, ``height`` high."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {height:.0f}" '
        f'width="{WIDTH:.0f}" height="{height:.0f}">{"".join(parts)}</svg>'
    )


def words(x: float, y: float, text: str, *, end: str = "start", colour: str = INK, bold: bool = False) -> str:
    """One line of text, its foot at ``y``; ``end`` is ``start``, ``middle`` or ``end``."""
    looks = ' font-weight="600"' if bold else ""
    # A white edge, so that words on a ribbon or a line stay readable.
    looks += ' paint-order="stroke" stroke="#FFFFFF" stroke-width="3" stroke-linejoin="round"'
    # What no XML may hold, such as a bell somebody pasted, is left out.
    said = escape("".join(letter if letter.isprintable() else " " for letter in text))
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{_FACES}" font-size="{TEXT}" fill="{colour}" '
        f'text-anchor="{end}"{looks}>{said}</text>'
    )


def box(x: float, y: float, width: float, height: float, colour: str) -> str:
    """A filled rectangle."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2" fill="{colour}"/>'


def stroke(points: str, colour: str, *, thick: float = 1.2, dash: str = "") -> str:
    """A line along the path ``points``."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{points}" fill="none" stroke="{colour}" stroke-width="{thick}"{dashed}/>'


def area(points: str, colour: str, opacity: float = 0.16) -> str:
    """What lies inside the path ``points``."""
    return f'<path d="{points}" fill="{colour}" fill-opacity="{opacity}"/>'


def dot(x: float, y: float, colour: str, place: int) -> str:
    """A dot; each group has a shape of its own, so that no colour speaks alone."""
    if place % 3 == 1:
        return area(f"M{x:.1f} {y - 5.5:.1f}l5.5 5.5l-5.5 5.5l-5.5 -5.5Z", colour, 1)
    if place % 3 == 2:
        return box(x - 4.5, y - 4.5, 9, 9, colour)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.8" fill="{colour}"/>'


def wide(text: str) -> float:
    """How wide a line of text is, roughly."""
    return len(text) * LETTER


def cut(text: str, room: float) -> str:
    """The text as far as there is room for it; the whole of it stands in the table."""
    fits = max(4, int(room / LETTER))
    return text if len(text) <= fits else f"{text[: fits - 1].rstrip()}…"


def broken(text: str, room: float, most: int = 3) -> list[str]:
    """The text in lines of at most ``room``, as many as ``most``."""
    lines: list[str] = []
    for word in text.split():
        if lines and wide(f"{lines[-1]} {word}") <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return [cut(line, room) for line in lines[: most - 1]] + (
        [cut(" ".join(lines[most - 1 :]), room)] if len(lines) >= most else []
    )


def ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round numbers from ``low`` to ``high``, about as many as wanted."""
    span = max(high - low, 1e-9) / max(wanted, 1)
    power = 10 ** math.floor(math.log10(span))
    step = next(power * one for one in (1, 2, 5, 10) if power * one >= span - 1e-12)
    first = math.ceil(low / step - 1e-9)
    return [round(place * step, 10) for place in range(first, math.floor(high / step + 1e-9) + 1)]


def path(points: Sequence[tuple[float, float]], *, step: bool = False) -> str:
    """Points as a path; stepped, it goes across before it goes up."""
    told = [
        f"M{x:.1f} {y:.1f}" if place == 0 else f"H{x:.1f}V{y:.1f}" if step else f"L{x:.1f} {y:.1f}"
        for place, (x, y) in enumerate(points)
    ]
    return "".join(told)
