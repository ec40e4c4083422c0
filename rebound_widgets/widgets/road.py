"""The road: the time line of a whole search."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from . import frontend
from .message_widget import MessageWidget
from .words_views import ROAD

KINDS = ("application", "interview", "no", "offer", "start")
"""What can stand on the road: bars, rings, diamonds, squares and flags."""


class Road(MessageWidget):
    """Effort as bars, interviews as rings, noes as diamonds, offers as squares, first days at work as flags.

    Weeks from Monday; months where weeks would be too thin, years where months would. Marks that would touch
    become one with its number beside it.

    Args:
        items: Mappings with ``kind`` (one of ``KINDS``) and ``on`` (a day, ISO 8601 text or
            ``datetime.date``); besides ``label``, shown on hover, and ``count``, 1 where missing. Items in
            any order; those without a day are left out of the picture.
        today: The day the search is seen from. What comes later is drawn as still to come.
        title: The finding, as a sentence; counted from the items where empty.
        description: The picture in words, for those who do not see it; counted from the items where empty.
        words: See ``words_views.ROAD``.

    Raises:
        ValueError: an item of another kind.
    """

    _esm = frontend.module(frontend.STATIC / "road.js")
    _css = frontend.style("plot", "road")
    WORDS = ROAD

    def __init__(
        self,
        items: Iterable[Mapping[str, Any]] = (),
        *,
        today: dt.date | str,
        title: str = "",
        description: str = "",
        words: Mapping[str, str] | None = None,
    ) -> None:
        self._items = _accept_items(items)
        self._today = str(today)
        self._title, self._description = title, description
        super().__init__(words)

    def show(
        self,
        items: Iterable[Mapping[str, Any]],
        *,
        today: dt.date | str | None = None,
        title: str = "",
        description: str = "",
    ) -> None:
        """Shows other items in place of these, with their own title and description."""
        self._items = _accept_items(items)
        self._today = self._today if today is None else str(today)
        self._title, self._description = title, description
        self._show()

    def shown(self) -> dict[str, Any]:
        return {
            "items": self._items,
            "today": self._today,
            "title": self._title,
            "description": self._description,
        }

    def _size(self) -> int | None:
        return len(self._items)


def _accept_items(items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [_accept_item(item) for item in items]


def _accept_item(item: Mapping[str, Any]) -> dict[str, Any]:
    kind, day = item.get("kind"), item.get("on")
    if kind not in KINDS:
        raise ValueError(f"An item on the road is one of {', '.join(KINDS)}; it was given {kind!r}.")
    accepted: dict[str, Any] = {"kind": kind, "on": None if day is None else str(day)[:10]}
    if item.get("label"):
        accepted["label"] = str(item["label"])
    if item.get("count", 1) != 1:
        accepted["count"] = int(item["count"])
    return accepted
