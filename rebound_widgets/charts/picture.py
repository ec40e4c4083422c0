"""A picture before it is drawn: its finding, what to draw, and how sure it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from ..content import Content

if TYPE_CHECKING:
    from ..insight import Frames


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What a picture says and shows; words are in the language of the content it was made with.

    Attributes:
        kind: ``chart``, ``flow`` or ``road``: which widget draws it.
        spec: What to draw, as that widget takes it.
        title: The finding, computed from the numbers.
        counts: Of how many.
        interval: What the lines or bands are.
        source: Where the numbers come from.
        alt: The picture in words, for those who do not see it.
        table: Columns and rows of text and numbers, for "See the numbers" and for reports.
        empty: What will appear here; used where there is nothing to draw.
    """

    kind: str
    spec: Mapping[str, Any]
    title: str
    counts: str = ""
    interval: str = ""
    source: str = ""
    alt: str = ""
    table: Mapping[str, Any] | None = field(default=None)
    empty: str = ""

    def arguments(self) -> dict[str, Any]:
        """Everything but ``spec`` as ``widgets.Chart`` and ``widgets.Flow`` take it."""
        return {
            "title": self.title,
            "counts": self.counts,
            "interval": self.interval,
            "source": self.source,
            "alt": self.alt,
            "table": self.table,
            "empty": self.empty,
        }


class Draw(Protocol):
    """A chart: a search as a picture, seen on a day, in the words of a content."""

    def __call__(self, history: Frames, today: dt.date, content: Content, /) -> Picture: ...
