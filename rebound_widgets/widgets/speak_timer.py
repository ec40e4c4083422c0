"""A quiet clock for an answer said out loud."""

from __future__ import annotations

from typing import Any

from . import frontend
from .message_widget import MessageWidget
from .words_views import SPEAK_TIMER


class SpeakTimer(MessageWidget):
    """Counts up while somebody speaks. It records nothing, makes no sound and keeps no time.

    Args:
        words: See ``words_views.SPEAK_TIMER``.
    """

    _esm = frontend.module(frontend.STATIC / "speak_timer.js")
    _css = frontend.style("speak_timer")
    WORDS = SPEAK_TIMER

    def shown(self) -> dict[str, Any]:
        return {}
