"""Panels: cards of words, rows and buttons, told what to show by the kernel and answering with what was pressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .frontend import STATIC, module, style
from .message_widget import MessageWidget
from .words_views import ACTIONS


class Panels(MessageWidget):
    """Cards one under another: the next step, a list of open loops, three doors, a notice with an undo.

    A panel is a mapping; what is missing is left out:

    - ``id``: names the panel in the page, ``data-panel``.
    - ``look``: ``"card"`` (default), ``"next"`` (the one thing to do), ``"notice"``, ``"plain"``, ``"doors"``
      (its rows become large doors), ``"margin"``.
    - ``title``, ``text`` (a string or several paragraphs), ``quote`` (words the person wrote), ``hint``.
    - ``rows``: mappings of ``text``, ``detail``, ``when``, ``due`` (bool), ``href``, ``actions``.
    - ``actions``: mappings of ``id``, ``label``, ``look`` (``"main"`` or ``"plain"``), ``href``, ``confirm`` (as in
      ``Actions``), and what else the callback needs; pressing one without ``href`` calls ``on_action`` with
      the whole mapping. An ``href`` goes to ``#…``, ``http(s):``, ``mailto:`` or ``tel:``; any
      other address is shown as words.
    - ``details``: mappings of ``summary`` and ``text``, folded.
    - ``announce``: whether screen readers say the panel when it appears.

    An exception of ``on_action`` with a ``sentence`` shows that sentence; the page also says so when no answer
    comes. Where a pressed button is gone afterwards, the focus goes to what was announced, or to its panel.

    Panels hold words a person wrote, so they travel as messages, never as saved state.
    """

    _esm = module(STATIC / "panels.js")
    _css = style("panels")

    HEARS = ("action",)
    WORDS = ACTIONS

    def __init__(
        self,
        panels: Sequence[Mapping[str, Any]] = (),
        *,
        on_action: Callable[[dict[str, Any]], Any] | None = None,
        words: Mapping[str, str] | None = None,
    ) -> None:
        self._panels = [dict(panel) for panel in panels]
        self._act = on_action
        super().__init__(words)

    @property
    def panels(self) -> list[dict[str, Any]]:
        """What is shown now."""
        return [dict(panel) for panel in self._panels]

    def show(self, panels: Sequence[Mapping[str, Any]]) -> None:
        """Show these panels instead. Equal ones are left alone in the page, focus included."""
        new = [dict(panel) for panel in panels]
        if new != self._panels:
            self._panels = new
            self._show()

    def shown(self) -> dict[str, Any]:
        return {"panels": self._panels}

    def _on_action(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        act, answer = self._act, {"page": content.get("page"), "ticket": content.get("ticket")}
        self._run(
            lambda: act(dict(content["action"])) if act else None,
            lambda _done: self._say({"type": "done", **answer}),
            lambda sentence: self._say({"type": "refused", **answer, "sentence": sentence}),
        )

    def _size(self) -> int | None:
        return len(self._panels)
