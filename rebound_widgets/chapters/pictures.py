"""Charts as widgets: drawn once, shown again when the workbook moved."""

from __future__ import annotations

from ..charts import CHARTS, Picture
from ..widgets.chart import Chart
from ..widgets.flow import Flow
from ..widgets.road import Road
from .visit import Visit

Drawn = Chart | Flow | Road


def drawn(visit: Visit, name: str) -> Drawn:
    """One of ``charts.CHARTS`` as a widget, as the workbook is now."""
    picture = _picture(visit, name)
    if picture.kind == "road":
        return Road(
            picture.spec["items"], today=picture.spec["today"], title=picture.title, words=visit.group("road")
        )
    kind = Flow if picture.kind == "flow" else Chart
    return kind(picture.spec, **picture.arguments(), words=visit.group("chart"))


def redraw(visit: Visit, name: str, widget: Drawn) -> None:
    """Show the chart as the workbook is now, on the widget that is there."""
    picture = _picture(visit, name)
    if isinstance(widget, Road):
        widget.show(picture.spec["items"], today=picture.spec["today"], title=picture.title)
    else:
        widget.show(picture.spec, **picture.arguments())


def _picture(visit: Visit, name: str) -> Picture:
    return CHARTS[name](visit.workbook.history(), visit.workbook.today(), visit.content)
