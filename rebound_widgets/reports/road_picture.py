"""The road of a search as a drawing: a bar for the applications of each week, a ring for each interview."""

from __future__ import annotations

from collections.abc import Sequence

from ..insight import Week

WIDTH, HEIGHT, FOOT = 640.0, 150.0, 14.0
MOST = 104
"""Weeks drawn, the last ones; two years fit the width."""


def road_svg(road: Sequence[Week]) -> str:
    """The drawing as SVG without words, fonts or addresses; its numbers belong in a table beside it.

    Args:
        road: The weeks, the oldest first; at least one.
    """
    shown = list(road)[-MOST:]
    step = WIDTH / max(len(shown), 8)
    wide = min(step * 0.62, 34)
    tallest = max(1, *(week.applications for week in shown))
    ground = HEIGHT - FOOT
    room = ground - 44
    parts = [_line(0, ground, WIDTH, ground, "#76838A")]
    for place, week in enumerate(shown):
        middle = (place + 0.5) * step
        tall = room * week.applications / tallest
        if week.applications:
            parts.append(
                f'<rect x="{middle - wide / 2:.1f}" y="{ground - tall:.1f}" width="{wide:.1f}" '
                f'height="{tall:.1f}" fill="#0F6B66"/>'
            )
        for number in range(min(week.interviews, 3)):
            high = ground - tall - 9 - number * 13
            parts.append(
                f'<circle cx="{middle:.1f}" cy="{high:.1f}" r="4.5" fill="none" stroke="#A5520B" '
                'stroke-width="2"/>'
            )
    inside = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" '
        f'width="{WIDTH:.0f}" height="{HEIGHT:.0f}">{inside}</svg>'
    )


def _line(left: float, top: float, right: float, bottom: float, colour: str) -> str:
    return (
        f'<line x1="{left:.1f}" y1="{top:.1f}" x2="{right:.1f}" y2="{bottom:.1f}" '
        f'stroke="{colour}" stroke-width="1.2"/>'
    )
