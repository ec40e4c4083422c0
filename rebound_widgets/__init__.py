"""Rebound: a coaching workbook for what comes after "we went with someone else".

The public names are written out here and loaded when they are first used, so that importing the package costs
nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .app import open_chapter as open_chapter
    from .app import open_workbook as open_workbook
    from .desk import open_desk as open_desk
    from .group.app import open_group as open_group
    from .group.app import open_room as open_room
    from .history import History as History
    from .widgets.chart import Chart as Chart
    from .widgets.exercise import Exercise as Exercise
    from .widgets.history_table import HistoryTable as HistoryTable
    from .widgets.road import Road as Road
    from .widgets.steps import Steps as Steps
    from .workbook import Workbook as Workbook

_PUBLIC = {
    "Chart": ".widgets.chart",
    "Exercise": ".widgets.exercise",
    "History": ".history",
    "HistoryTable": ".widgets.history_table",
    "Road": ".widgets.road",
    "Steps": ".widgets.steps",
    "Workbook": ".workbook",
    "open_chapter": ".app",
    "open_desk": ".desk",
    "open_group": ".group.app",
    "open_room": ".group.app",
    "open_workbook": ".app",
}

__all__ = list(_PUBLIC)


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PUBLIC[name], __name__), name)


def __dir__() -> list[str]:
    return sorted(_PUBLIC)
