"""The charts of a search as parts of a document: the finding as heading, then picture, counts, source and table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ..charts import CHARTS
from ..charts import Picture as Chart
from ..content import Content
from ..history import History
from .chart_drawing import chart_svg, chart_table
from .document import Block, Paragraph, Picture, Section, Table
from .flow_drawing import flow_svg

MOST_ROWS = 26
"""Rows of a table beside a picture; a longer one has its last ones here and all of them in the exports."""


def picture_sections(history: History, today: dt.date, content: Content) -> Iterator[Section]:
    """A part for each of ``charts.CHARTS`` that has something to show; the road has a part of its own."""
    for name, draw in CHARTS.items():
        if name != "road":
            picture = draw(history, today, content)
            if _shows(picture):
                yield Section(title=picture.title, blocks=tuple(_blocks(picture, content)))


def _shows(picture: Chart) -> bool:
    return bool(picture.spec["stages"] if picture.kind == "flow" else picture.spec["marks"])


def _blocks(picture: Chart, content: Content) -> Iterator[Block]:
    drawn = flow_svg(picture.spec) if picture.kind == "flow" else chart_svg(picture.spec, content)
    counts = " ".join(part for part in (picture.counts, picture.interval) if part)
    yield Picture(svg=drawn, caption=counts, alt=picture.alt or f"{picture.title} {counts}")
    if picture.table is not None:
        columns = tuple(str(name) for name in picture.table["columns"])
        rows = tuple(
            tuple("" if cell is None else str(cell) for cell in row) for row in picture.table["rows"]
        )
    else:
        columns, rows = chart_table(picture.spec, content)
    yield Table(caption=content.words("take-along.numbers"), columns=columns, rows=rows[-MOST_ROWS:])
    yield Paragraph(text=picture.source, quiet=True)
