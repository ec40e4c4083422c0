"""Paced breathing: a circle that grows and shrinks, the same in words, and it stays still where motion is unwanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .frontend import STATIC, module, style
from .message_widget import MessageWidget
from .words_views import BREATHING


class Breathing(MessageWidget):
    """Slow breathing at an even pace, started and stopped by the person. It keeps nothing.

    The words say the whole exercise, so nobody needs the picture. With reduced motion the circle stays still and
    only the words change.

    Args:
        title: Its heading, or empty.
        in_s: Seconds to breathe in.
        out_s: Seconds to breathe out.
        breaths: How many breaths one round has.
        words: See ``words_views.BREATHING``.
    """

    _esm = module(STATIC / "breathing.js")
    _css = style("breathing")
    WORDS = BREATHING

    def __init__(
        self,
        title: str = "",
        *,
        in_s: float = 4,
        out_s: float = 6,
        breaths: int = 12,
        words: Mapping[str, str] | None = None,
    ) -> None:
        self._pace = {"title": title, "in_s": in_s, "out_s": out_s, "breaths": breaths}
        super().__init__(words)

    def shown(self) -> dict[str, Any]:
        return dict(self._pace)
