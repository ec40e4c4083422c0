"""Panels that know when they are drawn: from then on a page can be told things it did not ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..widgets.panels import Panels


class PresentPanels(Panels):
    """Panels that say when a page draws them.

    A page that connects asks for its widgets' states and hears one message after the other. One for a widget whose
    state it does not have yet would wait for that state, which stands behind it: the page would wait for ever.

    Args:
        on_present: Called each time a page draws them.
        on_action: As with ``Panels``.
        words: As with ``Panels``.
    """

    def __init__(
        self,
        on_present: Callable[[], None],
        *,
        on_action: Callable[[dict[str, Any]], Any] | None = None,
        words: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(on_action=on_action, words=words)
        self._on_present = on_present

    def _on_hello(self, content: Mapping[str, Any], buffers: Sequence[Any]) -> None:
        super()._on_hello(content, buffers)
        self._on_present()
