"""A slider that says in words what each of its steps means. Untouched, it says nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .frontend import STATIC, module, style
from .message_widget import MessageWidget
from .words_views import SLIDER


class Slider(MessageWidget):
    """Steps from 1 up, each with a sentence. It looks at something and answers nothing: no value goes anywhere.

    It rests left of the first step until it is moved, so that an untouched slider never looks like an answer.

    Args:
        label: What is moved, such as "In the next interviews".
        steps: The sentence of each step, the first one first.
        words: See ``words_views.SLIDER``.
    """

    _esm = module(STATIC / "slider.js")
    _css = style("slider")
    WORDS = SLIDER

    def __init__(
        self, label: str, steps: Sequence[str] = (), *, words: Mapping[str, str] | None = None
    ) -> None:
        self._label, self._steps = label, [str(step) for step in steps]
        super().__init__(words)

    def show(self, steps: Sequence[str]) -> None:
        """Show other sentences; where the slider stands it stays."""
        new = [str(step) for step in steps]
        if new != self._steps:
            self._steps = new
            self._show()

    def shown(self) -> dict[str, Any]:
        return {"label": self._label, "steps": self._steps}

    def _size(self) -> int | None:
        return len(self._steps)
