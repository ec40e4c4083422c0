"""What every drawn picture is framed by: its finding as title, how sure it is, its numbers in a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .message_widget import MessageWidget
from .words_views import CHART


class FramedPicture(MessageWidget):
    """A picture in its frame; ``Chart`` and ``Flow`` say what stands inside.

    Args:
        spec: What to draw; see ``accept``.
        title: The finding, as a sentence.
        counts: How many of what.
        interval: What the interval is.
        source: Where the numbers come from.
        alt: The picture in words; the title where empty.
        table: ``{"columns": [...], "rows": [[...], ...]}`` for "See the numbers"; made from the picture where
            ``None``.
        empty: What will appear here, when there is nothing to draw yet.
        words: See ``words_views.CHART``.
    """

    WORDS = CHART

    @classmethod
    def accept(cls, spec: Mapping[str, Any]) -> dict[str, Any]:
        """What to draw, as the browser takes it.

        Raises:
            ValueError: something in it is unknown or cannot be.
        """
        raise NotImplementedError

    def __init__(  # noqa: PLR0913 - the parts of one frame, all but two with a default
        self,
        spec: Mapping[str, Any],
        *,
        title: str,
        counts: str = "",
        interval: str = "",
        source: str = "",
        alt: str = "",
        table: Mapping[str, Any] | None = None,
        empty: str = "",
        words: Mapping[str, str] | None = None,
    ) -> None:
        around = {"counts": counts, "interval": interval, "source": source, "alt": alt, "empty": empty}
        self._shown = self._framed(spec, table, {"title": title, **around})
        super().__init__(words)

    def show(
        self,
        spec: Mapping[str, Any],
        *,
        title: str,
        counts: str = "",
        interval: str = "",
        source: str = "",
        alt: str = "",
        table: Mapping[str, Any] | None = None,
        empty: str = "",
    ) -> None:
        """Shows another picture in the same frame."""
        around = {"counts": counts, "interval": interval, "source": source, "alt": alt, "empty": empty}
        self._shown = self._framed(spec, table, {"title": title, **around})
        self._show()

    def shown(self) -> dict[str, Any]:
        return self._shown

    @classmethod
    def _framed(
        cls, spec: Mapping[str, Any], table: Mapping[str, Any] | None, around: Mapping[str, str]
    ) -> dict[str, Any]:
        accepted = cls.accept(spec)
        numbers = None
        if table is not None:
            numbers = {"columns": list(table["columns"]), "rows": [list(row) for row in table["rows"]]}
        return {"spec": accepted, "table": numbers, **around}
