"""A frame around other widgets: a page as it would be, at the width of a phone or of a screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import traitlets

from .frontend import STATIC, module, style
from .message_widget import MessageWidget
from .page import references


class Frame(MessageWidget):
    """Shows widgets one under another in a frame of their own, as part of a page.

    Args:
        label: What is in it, for whoever does not see the frame.
    """

    _esm = module(STATIC / "frame.js")
    _css = style("page")

    children = traitlets.List().tag(sync=True, to_json=references)

    def __init__(self, label: str) -> None:
        self._look = {"label": label, "narrow": False, "lang": "", "direction": "ltr"}
        super().__init__()

    def look(self, label: str, *, narrow: bool, lang: str, direction: str = "ltr") -> None:
        """Say what is in it, whether it is as wide as a phone, and the language of what is in it."""
        look = {"label": label, "narrow": narrow, "lang": lang, "direction": direction}
        if look != self._look:
            self._look = look
            self._show()

    def arrange(self, children: Sequence[Any]) -> None:
        """Show these widgets; those that stay are not drawn anew."""
        if self.children != list(children):
            self.children = list(children)

    def shown(self) -> dict[str, Any]:
        return dict(self._look)
