"""The road as the first page shows it; see ``charts.road``."""

from __future__ import annotations

from collections.abc import Sequence

from ..charts.road import road_items
from ..charts.road import road_title as _title
from ..history import History
from ..insight import Week
from .visit import Visit

__all__ = ["road_items", "road_title"]


def road_title(visit: Visit, told: Sequence[Week], history: History) -> str:
    """The finding of the road in words, from its numbers."""
    return _title(visit.words, told, history)
