"""Reusable ipywidgets: a value in, a value out. They know nothing of the rest of Rebound."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .actions import Actions
    from .breathing import Breathing
    from .chart import Chart
    from .download import Download
    from .exercise import Clash, Exercise, Kept, NotKept, Reply
    from .file_chooser import ChosenFile, FileChooser
    from .flow import Flow
    from .history_table import HistoryTable
    from .road import Road
    from .slider import Slider
    from .steps import Steps
    from .text import Text

# Loaded when first asked for: a widget's module reads its front end from disk.
_PUBLIC = {
    "Actions": "actions",
    "Breathing": "breathing",
    "Chart": "chart",
    "ChosenFile": "file_chooser",
    "Clash": "exercise",
    "Download": "download",
    "Exercise": "exercise",
    "FileChooser": "file_chooser",
    "Flow": "flow",
    "HistoryTable": "history_table",
    "JoinCode": "join_code",
    "Kept": "exercise",
    "NotKept": "exercise",
    "Reply": "exercise",
    "Road": "road",
    "Slider": "slider",
    "Steps": "steps",
    "Text": "text",
}

__all__ = [
    "Actions",
    "Breathing",
    "Chart",
    "ChosenFile",
    "Clash",
    "Download",
    "Exercise",
    "FileChooser",
    "Flow",
    "HistoryTable",
    "JoinCode",
    "Kept",
    "NotKept",
    "Reply",
    "Road",
    "Slider",
    "Steps",
    "Text",
]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_PUBLIC[name]}", __name__), name)
