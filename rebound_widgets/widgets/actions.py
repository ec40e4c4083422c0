"""Buttons and links with words, and one line that says what came of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from . import frontend
from .blocks import accept_actions
from .message_widget import MessageWidget
from .words_views import ACTIONS


class Actions(MessageWidget):
    """A row of buttons and links.

    Args:
        items: Mappings with ``id`` and ``label``; besides: ``kind`` (``"primary"``, ``"plain"`` or
            ``"quiet"``; plain where missing), ``about`` (more words for a screen reader: "Open" about
            "Harbour Analytics"), ``disabled``, ``confirm`` (``title``, ``text``, ``yes``, ``no``: asked in a
            dialog before the press counts, for what cannot be taken back), ``focus`` (the question whose field
            takes the focus when the press is answered), and at most one of ``href`` (a
            link; ``download`` saves it under that name) and ``copy`` (text that the button copies in the
            browser, without the kernel).
        on_action: Is given the id of a pressed button. What it returns is shown beside the buttons if it is a
            ``str``. It may return an awaitable. An exception with a ``sentence`` shows that sentence.
        words: See ``words_views.ACTIONS``.
    """

    _esm = frontend.module(frontend.STATIC / "actions.js")
    _css = frontend.style("blocks")
    WORDS = ACTIONS
    HEARS = ("action",)

    def __init__(
        self,
        items: Iterable[Mapping[str, Any]] = (),
        on_action: Callable[[str], Any] | None = None,
        *,
        words: Mapping[str, str] | None = None,
    ) -> None:
        self._items = accept_actions(items)
        self._on_press = on_action
        super().__init__(words)

    def show(self, items: Iterable[Mapping[str, Any]]) -> None:
        """Shows other buttons in place of these; focus stays on the button of the same id."""
        self._items = accept_actions(items)
        self._show()

    def say(self, sentence: str) -> None:
        """Shows ``sentence`` beside the buttons, announced politely; an empty one takes it away."""
        self._say({"type": "said", "page": None, "sentence": sentence})

    def shown(self) -> dict[str, Any]:
        return {"items": self._items}

    def _on_action(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        answer = {"page": content.get("page"), "ticket": content.get("ticket")}

        def done(value: Any) -> None:
            self._say({"type": "done", **answer, "sentence": value if isinstance(value, str) else ""})

        def refused(sentence: str) -> None:
            self._say({"type": "refused", **answer, "sentence": sentence})

        act = self._on_press
        self._run(lambda: act(str(content.get("id"))) if act else None, done, refused)

    def _size(self) -> int | None:
        return len(self._items)
