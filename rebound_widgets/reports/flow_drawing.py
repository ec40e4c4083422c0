"""The flow of a search on paper: stages one under the other, and what leaves each of them to the side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .shapes import QUIET, WIDTH, area, box, cut, drawing, tone, words

STREAM = 220.0
"""The width of the whole search."""
SIDE, NODE, LABEL, GAP = 330.0, 12.0, 34.0, 10.0


def flow_svg(spec: Mapping[str, Any]) -> str:
    """The drawing of a flow; its finding, counts and table belong beside it."""
    stages = spec["stages"]
    scale = STREAM / max(float(stages[0]["value"]), 1)
    parts: list[str] = []
    y = 22.0
    for number, stage in enumerate(stages):
        last = number == len(stages) - 1
        ways, labels, foot = _stage(stage, y, scale, last=last)
        parts += [*ways, *labels]
        y = foot
    return drawing(parts, y)


def _thick(value: float, scale: float) -> float:
    return max(value * scale, 2.0) if value else 0.0


def _stage(
    stage: Mapping[str, Any], y: float, scale: float, *, last: bool
) -> tuple[list[str], list[str], float]:
    """One stage: its bar, what leaves to the right, what flows on; and where the next one begins."""
    whole = _thick(stage["value"], scale)
    told = f"{stage['label']}: {stage['text']}"
    labels = [words(0, y - 7, told, bold=True), box(0, y, max(whole, 3), NODE, tone("accent"))]
    ways: list[str] = []
    right, down = whole, y + NODE + 12
    # The outermost leaves first, so that no ribbon crosses another.
    for one in sorted(stage["exits"], key=lambda each: float(each["value"])):
        thick = _thick(one["value"], scale)
        tall = max(thick, LABEL)
        right -= thick
        at = down + (tall - thick) / 2
        ways.append(area(_turn((right, y + NODE), (SIDE, at), thick), tone(one.get("tone")), 0.45))
        labels.append(box(SIDE, at, NODE, thick, tone(one.get("tone"))))
        middle, room = at + thick / 2, WIDTH - SIDE - NODE - 12
        labels.append(words(SIDE + NODE + 10, middle - 3, cut(str(one["label"]), room)))
        labels.append(words(SIDE + NODE + 10, middle + 12, str(one["text"]), colour=QUIET))
        down += tall + GAP
    left = float(stage["value"]) - sum(float(one["value"]) for one in stage["exits"])
    foot = down + (4 if last else 30)
    if left > 0 and not last:
        thick = _thick(left, scale)
        ways.append(area(f"M0 {y + NODE:.1f}H{thick:.1f}V{foot:.1f}H0Z", tone("accent"), 0.35))
    return ways, labels, foot


def _turn(start: tuple[float, float], end: tuple[float, float], thick: float) -> str:
    """A ribbon that comes down and turns to the side."""
    (x, y), (to, at) = start, end
    low = at + thick
    return (
        f"M{x:.1f} {y:.1f}C{x:.1f} {low:.1f} {x:.1f} {low:.1f} {to:.1f} {low:.1f}V{at:.1f}"
        f"C{x + thick:.1f} {at:.1f} {x + thick:.1f} {at:.1f} {x + thick:.1f} {y:.1f}Z"
    )
