"""The frame every picture uses: its finding as title, how sure it is, its values, its numbers in a table."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from . import frontend
from .framed_picture import FramedPicture

MARKS = ("bar", "line", "dot", "rule")
AXES = ("number", "share", "date", "category")
_SPEC_FIELDS = frozenset({"x", "y", "marks"})
_MARK_FIELDS = frozenset({"mark", "label", "tone", "step", "values", "x", "y"})
_VALUE_FIELDS = frozenset({"x", "y", "low", "high", "label", "note", "text"})
_AXIS_FIELDS = frozenset({"kind", "label", "unit", "low", "high"})


class Chart(FramedPicture):
    """A picture of a few numbers, drawn from a plain mapping.

    ``spec`` has ``x`` and ``y``, an axis each (``kind``: ``number``, ``share`` from 0 to 1, ``date``, or
    ``category``; ``label``, ``unit``, ``low``, ``high``), and ``marks``, a list of mappings:

    - ``{"mark": "bar", "values": [{"x", "y", "low", "high", "note"}]}``: with a category on ``y`` bars lie,
      with one on ``x`` they stand; ``low`` and ``high`` are drawn as the interval. A bar without a number
      shows its ``note``, such as "too few to tell".
    - ``{"mark": "line", "step": True, "values": […]}``: a curve; ``low`` and ``high`` are its band.
    - ``{"mark": "dot", "values": […]}``: points.
    - ``{"mark": "rule", "x": 30, "label": "day 30"}``: a line across, also with ``y``.

    Each mark may have a ``label`` (shown in the legend) and a ``tone`` (``accent``, ``plum``, ``warm``,
    ``quiet``); each value a ``label``, a ``note`` and a ``text`` that stands in place of the number.

    Args:
        spec: What to draw. Without values the chart shows ``empty``.
        title: The finding, as a sentence.
        counts: How many of what, such as "80 of 1,505 applications".
        interval: What the interval is, such as "Lines: 90 % intervals."
        source: Where the numbers come from, with the year.
        alt: The picture in words; the title where empty.
        table: ``{"columns": [...], "rows": [[...], ...]}`` for "See the numbers"; made from the marks where
            ``None``.
        empty: What will appear here, when there are no values yet.
        words: See ``words_views.CHART``.

    Raises:
        ValueError: an unknown mark, axis or field.
    """

    _esm = frontend.module(frontend.STATIC / "chart.js")
    _css = frontend.style("plot", "chart")

    @classmethod
    def accept(cls, spec: Mapping[str, Any]) -> dict[str, Any]:
        _refuse_unknown(spec, _SPEC_FIELDS, "a chart")
        return {
            "x": _accept_axis(spec.get("x", {}), "x"),
            "y": _accept_axis(spec.get("y", {}), "y"),
            "marks": [_accept_mark(mark) for mark in spec.get("marks", ())],
        }


def _accept_axis(axis: Mapping[str, Any], name: str) -> dict[str, Any]:
    _refuse_unknown(axis, _AXIS_FIELDS, f"the {name} axis")
    if axis.get("kind", "number") not in AXES:
        raise ValueError(f"The {name} axis is one of {', '.join(AXES)}; it was given {axis['kind']!r}.")
    return dict(axis)


def _accept_mark(mark: Mapping[str, Any]) -> dict[str, Any]:
    _refuse_unknown(mark, _MARK_FIELDS, "a mark")
    if mark.get("mark") not in MARKS:
        raise ValueError(f"A mark is one of {', '.join(MARKS)}; it was given {mark.get('mark')!r}.")
    accepted = dict(mark)
    if "values" in mark:
        for value in mark["values"]:
            _refuse_unknown(value, _VALUE_FIELDS, "a value")
        accepted["values"] = [{key: _plain(part) for key, part in value.items()} for value in mark["values"]]
    return accepted


def _plain(value: Any) -> Any:
    """Numbers and text as they are, a missing number as ``None``, days as text."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return float(value) if hasattr(value, "__float__") else str(value)


def _refuse_unknown(given: Mapping[str, Any], known: frozenset[str], what: str) -> None:
    unknown = set(given) - known
    if unknown:
        raise ValueError(
            f"Unknown in {what}: {', '.join(sorted(unknown))}; known are {', '.join(sorted(known))}."
        )
