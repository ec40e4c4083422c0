"""A page: a heading, a sentence under it, widgets one under another, and a margin beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import traitlets

from .frontend import STATIC, module, style
from .message_widget import MessageWidget


def references(widgets: Sequence[Any], _owner: object = None) -> list[str]:
    """The widgets as the browser part looks them up; their own states travel by themselves."""
    return [f"anywidget:{widget.model_id}" for widget in widgets]


class Page(MessageWidget):
    """A stack of widgets under one heading.

    ``children`` and ``margin`` may be set again: a widget that stays is not drawn anew, one that left is taken
    out of the page but not closed. The heading may name a firm, so it travels by message like everything a
    person wrote; only the references to the other widgets are synced.

    Args:
        title: The heading, an ``h1``.
        lede: The sentence under it, or empty.
        children: The widgets of the column.
        margin: The widgets beside it; under it where there is no room.
    """

    _esm = module(STATIC / "page.js")
    _css = style("page")

    children = traitlets.List().tag(sync=True, to_json=references)
    margin = traitlets.List().tag(sync=True, to_json=references)

    def __init__(
        self, title: str, *, lede: str = "", children: Sequence[Any] = (), margin: Sequence[Any] = ()
    ) -> None:
        self._heading = {"title": title, "lede": lede, "wide": False}
        super().__init__()
        self.children, self.margin = list(children), list(margin)

    @property
    def title(self) -> str:
        """The heading."""
        return str(self._heading["title"])

    @property
    def lede(self) -> str:
        """The sentence under the heading."""
        return str(self._heading["lede"])

    def head(self, title: str, lede: str = "", *, wide: bool = False) -> None:
        """Set the heading; ``wide`` gives the column the margin's room too, as a table wants."""
        heading = {"title": title, "lede": lede, "wide": wide}
        if heading != self._heading:
            self._heading = heading
            self._show()

    def shown(self) -> dict[str, Any]:
        return dict(self._heading)
