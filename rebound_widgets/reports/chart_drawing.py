"""A chart on paper, from the spec the page's chart is drawn from: bars in rows, or lines and dots over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ..charts import percent
from ..content import Content
from .shapes import (
    DASHES,
    EDGE,
    INK,
    LINE,
    QUIET,
    WIDTH,
    area,
    box,
    broken,
    dot,
    drawing,
    path,
    stroke,
    ticks,
    tone,
    wide,
    words,
)

ROWS_LEFT, ROWS_RIGHT = 190.0, 150.0
BAR, GAP, LINE_HIGH = 15.0, 12.0, 16.0
PLOT = 230.0
LEFT, RIGHT, LEGEND = 52.0, 14.0, 26.0
YEAR = 366

Spec = Mapping[str, Any]


class Axis:
    """How one axis reads, places and says its values."""

    def __init__(self, spec: Spec, values: list[Any], content: Content, room: tuple[float, float]) -> None:
        self._kind, self._content, self._room = str(spec.get("kind", "number")), content, room
        known = [self.read(value) for value in values if value is not None]
        lowest = min(known, default=0.0)
        low = lowest if self._kind == "date" else min(lowest, 0.0)
        self.low = self.read(spec["low"]) if "low" in spec else low
        self.high = self.read(spec["high"]) if "high" in spec else max(known, default=1.0)
        if self._kind == "share" and "high" not in spec:
            self.high = min(1.0, max(self.high * 1.08, 0.1))
        if self.high <= self.low:
            self.high = self.low + (7 if self._kind == "date" else 1)

    def read(self, value: Any) -> float:
        """A value as a number; a day as its number of days."""
        return float(dt.date.fromisoformat(str(value)).toordinal() if self._kind == "date" else value)

    def at(self, value: Any) -> float:
        """Where a value lies."""
        start, end = self._room
        return start + (self.read(value) - self.low) / (self.high - self.low) * (end - start)

    def say(self, value: float) -> str:
        """A value in words."""
        if self._kind == "share":
            return percent(value, self._content.words)
        if self._kind != "date":
            return self._content.facts.show_number(int(value) if value == int(value) else value)
        facts, day = self._content.facts, dt.date.fromordinal(int(value))
        month = facts.months_short[day.month - 1]
        return f"{month} {day.year}" if self.high - self.low > YEAR else f"{day.day} {month}"

    def ticks(self) -> list[tuple[float, str]]:
        """Where its lines stand, with their words."""
        if self._kind == "date":
            span = self.high - self.low
            places = [self.low + span * part / 4 for part in range(5)] if span >= 4 else [self.low, self.high]
            return [(self._room_at(place), self.say(place)) for place in places]
        return [(self._room_at(one), self.say(one)) for one in ticks(self.low, self.high)]

    def _room_at(self, number: float) -> float:
        start, end = self._room
        return start + (number - self.low) / (self.high - self.low) * (end - start)


def chart_svg(spec: Spec, content: Content) -> str:
    """The drawing of a chart; its finding, counts and table belong beside it."""
    return _rows(spec, content) if spec["y"].get("kind") == "category" else _plot(spec, content)


def value_words(value: Spec, axis: str, along: Axis, content: Content) -> str:
    """A number with its interval, or what is said in its place."""
    if value.get(axis) is None:
        return str(value.get("note", ""))
    told = along.say(float(value[axis]))
    if value.get("low") is None or value.get("high") is None:
        return told
    facts = {"value": told, "low": along.say(value["low"]), "high": along.say(value["high"])}
    return content.words("chart.with_interval", **facts)


def chart_table(spec: Spec, content: Content) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Columns and rows of a chart whose picture brings no table of its own."""
    say, rows_lie = content.words, spec["y"].get("kind") == "category"
    name, axis = ("y", "x") if rows_lie else ("x", "y")
    along = Axis(spec[axis], _values(spec, axis), content, (0, 1))
    columns = (
        str(spec[name].get("label") or say("chart.column_what")),
        say("chart.column_group"),
        say("chart.column_value"),
        say("chart.column_note"),
    )
    rows = tuple(
        (
            str(value[name]),
            str(mark.get("label", "")),
            value_words(value, axis, along, content) if value.get(axis) is not None else "",
            str(value.get("note", "")),
        )
        for mark in spec["marks"]
        for value in mark.get("values", ())
    )
    return columns, rows


def _values(spec: Spec, axis: str) -> list[Any]:
    upright = axis == ("x" if spec["y"].get("kind") == "category" else "y")
    return [
        one
        for mark in spec["marks"]
        for value in ({axis: mark.get(axis)}, *mark.get("values", ()))
        for one in (value.get(axis), *((value.get("low"), value.get("high")) if upright else ()))
        if one is not None
    ]


def _rows(spec: Spec, content: Content) -> str:
    """Bars in rows: the name on the left, the bars, and the number in words on the right."""
    axis = Axis(spec["x"], _values(spec, "x"), content, (ROWS_LEFT, WIDTH - ROWS_RIGHT))
    names = list(dict.fromkeys(str(value["y"]) for mark in spec["marks"] for value in mark["values"]))
    parts, y = _legend(spec["marks"]), LEGEND + 8
    for name in names:
        held = [
            (place, mark, value)
            for place, mark in enumerate(spec["marks"])
            for value in mark["values"]
            if str(value["y"]) == name
        ]
        lines = broken(name, ROWS_LEFT - 14)
        high = max(len(held) * (BAR + 5), len(lines) * LINE_HIGH)
        for number, line in enumerate(lines):
            parts.append(words(0, y + 12 + number * LINE_HIGH, line))
        for number, (place, mark, value) in enumerate(held):
            top = y + number * (BAR + 5)
            parts += _bar(axis, value, top, tone(mark.get("tone"), place))
            told = value_words(value, "x", axis, content)
            if value.get("x") is None:
                parts.append(words(ROWS_LEFT + 4, top + 12, told, colour=QUIET))
            else:
                parts.append(words(WIDTH - ROWS_RIGHT + 12, top + 12, told))
        y += high + GAP
    ground = stroke(f"M{ROWS_LEFT} {LEGEND}V{y - GAP / 2:.1f}", EDGE)
    return drawing([*parts, ground], y)


def _bar(axis: Axis, value: Spec, top: float, colour: str) -> list[str]:
    if value.get("x") is None:
        return []
    start = axis.at(max(axis.low, 0))
    parts = [box(start, top, max(axis.at(value["x"]) - start, 1.5), BAR, colour)]
    if value.get("low") is not None and value.get("high") is not None:
        low, high, middle = axis.at(value["low"]), axis.at(value["high"]), top + BAR / 2
        ends = (
            f"M{low:.1f} {middle - 4:.1f}v8M{low:.1f} {middle:.1f}H{high:.1f}M{high:.1f} {middle - 4:.1f}v8"
        )
        parts += [stroke(ends, "#FFFFFF", thick=3.4), stroke(ends, INK, thick=1.4)]
    return parts


def _plot(spec: Spec, content: Content) -> str:
    """Lines with their band, dots and rules, over a number or over days."""
    legend = _legend(spec["marks"])
    rules = [mark for mark in spec["marks"] if mark["mark"] == "rule"]
    top = LEGEND + 20 + LINE_HIGH * len(rules)
    x = Axis(spec["x"], _values(spec, "x"), content, (LEFT, WIDTH - RIGHT))
    y = Axis(spec["y"], _values(spec, "y"), content, (top + PLOT, top))
    parts = [*legend, words(0, LEGEND + 8, str(spec["y"].get("label", "")), colour=QUIET)]
    for place, told in y.ticks():
        parts += [stroke(f"M{LEFT} {place:.1f}H{WIDTH - RIGHT}", LINE, thick=0.8)]
        parts.append(words(LEFT - 8, place + 4, told, end="end", colour=QUIET))
    marks = x.ticks()
    for number, (place, told) in enumerate(marks):
        end = "start" if number == 0 else "end" if number == len(marks) - 1 else "middle"
        parts.append(words(place, top + PLOT + 18, told, end=end, colour=QUIET))
    parts.append(stroke(f"M{LEFT} {top + PLOT:.1f}H{WIDTH - RIGHT}", EDGE))
    for place, mark in enumerate(spec["marks"]):
        if mark["mark"] != "rule":
            parts += _curve(mark, x, y, place)
    for number, mark in enumerate(rules):
        parts += _rule(mark, x, (LEGEND + 24 + number * LINE_HIGH, top + PLOT))
    label = str(spec["x"].get("label", ""))
    foot = [words(WIDTH - RIGHT, top + PLOT + 36, label, end="end", colour=QUIET)] if label else []
    return drawing([*parts, *foot], top + PLOT + (44 if label else 26))


def _rule(mark: Spec, x: Axis, span: tuple[float, float]) -> list[str]:
    """A day to go by: an upright line with its words at the top, turned inwards where there is no room."""
    (top, foot), at, told = span, x.at(mark["x"]), str(mark.get("label", ""))
    turned = at + 6 + wide(told) > WIDTH - RIGHT
    text = words(at + (-6 if turned else 6), top + 4, told, end="end" if turned else "start", colour=QUIET)
    return [stroke(f"M{at:.1f} {top - 8:.1f}V{foot:.1f}", QUIET, dash="3 3"), text]


def _curve(mark: Spec, x: Axis, y: Axis, place: int) -> list[str]:
    colour, step = tone(mark.get("tone"), place), bool(mark.get("step"))
    values = [v for v in mark["values"] if v.get("y") is not None and v.get("x") is not None]
    points = [(x.at(v["x"]), y.at(v["y"])) for v in values]
    if mark["mark"] == "dot":
        return [dot(*point, colour, place) for point in points]
    parts = []
    banded = [v for v in values if v.get("low") is not None and v.get("high") is not None]
    if len(banded) > 1:
        upper = path([(x.at(v["x"]), y.at(v["high"])) for v in banded], step=step)
        lower = _back([(x.at(v["x"]), y.at(v["low"])) for v in banded], step=step)
        parts.append(area(f"{upper}{lower}Z", colour))
    if len(points) == 1:
        return [*parts, dot(*points[0], colour, place)]
    return [*parts, stroke(path(points, step=step), colour, thick=2, dash=DASHES[place % len(DASHES)])]


def _back(points: list[tuple[float, float]], *, step: bool) -> str:
    """The lower edge of a band, from its end to its beginning."""
    told, before = "", points[-1]
    for x, y in reversed(points):
        told += f"V{y:.1f}H{x:.1f}" if step and (x, y) == before else f"L{x:.1f} {y:.1f}"
        if step and (x, y) != before:
            told = told.removesuffix(f"L{x:.1f} {y:.1f}") + f"L{x:.1f} {before[1]:.1f}L{x:.1f} {y:.1f}"
        before = (x, y)
    return told


def _legend(marks: list[Spec]) -> list[str]:
    parts, at = [], 0.0
    for place, mark in enumerate(marks):
        label = str(mark.get("label", ""))
        if mark["mark"] == "rule" or not label:
            continue
        colour = tone(mark.get("tone"), place)
        if mark["mark"] == "bar":
            parts.append(box(at, 3, 18, 11, colour))
        elif mark["mark"] == "line":
            parts.append(stroke(f"M{at:.1f} 9h20", colour, thick=2, dash=DASHES[place % len(DASHES)]))
        else:
            parts.append(dot(at + 9, 9, colour, place))
        parts.append(words(at + 26, 13, label))
        at += 26 + wide(label) + 22
    return parts
