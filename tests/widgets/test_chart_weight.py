"""What a picture costs a page, and that a page without one pays nothing."""

from __future__ import annotations

import gzip

from rebound_widgets.app.shell import Shell
from rebound_widgets.widgets.chart import Chart
from rebound_widgets.widgets.exercise import Exercise
from rebound_widgets.widgets.page import Page
from rebound_widgets.widgets.panels import Panels
from rebound_widgets.widgets.road import Road
from rebound_widgets.widgets.text import Text

LIMIT_BYTES = 400_000


def weight(widget: type) -> int:
    """The compressed size of a widget's script and style."""
    return sum(len(gzip.compress(str(getattr(widget, part)).encode())) for part in ("_esm", "_css"))


def test_a_page_with_pictures_gets_little_heavier() -> None:
    """A chart and a road together add less than 400 kB, compressed, to the first page that shows them."""
    assert 1_000 < weight(Chart) + weight(Road) < LIMIT_BYTES


def test_a_page_without_a_picture_loads_nothing_of_them() -> None:
    """The script that draws is part of pictures alone."""
    assert "rb-plot-svg" in str(Chart._esm)
    assert [] == [
        one.__name__
        for one in (Shell, Page, Panels, Text, Exercise)
        if "rb-plot-svg" in str(one._esm) + str(one._css)
    ]
