"""Headings, paragraphs, lists and links, so that no page needs HTML of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from . import frontend
from .actions import Actions
from .blocks import accept_blocks


class Text(Actions):
    """A piece of a page. Everything given is shown as text, whatever it holds.

    A block's ``text`` is a string, or a list of strings and of parts ``{"text", "href", "strong", "tone"}``,
    tone one of ``"quiet"``, ``"warm"``, ``"tag"``, ``"key"`` (on one line).
    Links go to ``#…``, ``http(s):``, ``mailto:`` or ``tel:``;
    any other address is shown as words. Links out of the page open in a new tab: leaving the page would end
    its kernel.

    Args:
        blocks: Mappings by ``kind``: ``heading`` (text, level 1 to 4, id), ``paragraph`` (text, tone:
            ``lede``, ``hint``, ``evidence``, ``problem``, ``kind``), ``list`` (items, ordered), ``entries``
            (items with text, aside, due, actions: a list with something at its end), ``facts`` (items with
            term, text), ``quote`` (text, cite), ``notice`` (text, title, tone ``calm``, ``warm`` or
            ``alarm``, actions),
            ``empty`` (text, title, actions), ``letter`` (subject, text; ``none``: what stands there while the
            text is empty; note, actions), ``status`` (text, state: ``saved``, ``saving``, ``offline`` or
            ``refused``), ``table`` (columns, rows, caption, numeric: numbers of columns
            from 0), ``more`` (summary, blocks), ``card`` (blocks, next), ``actions`` (items as ``Actions``).
        on_action: As with ``Actions``; ids are shared by the whole text.
        words: See ``words_views.ACTIONS``.

    Raises:
        ValueError: a block of an unknown kind or with other fields.
    """

    _esm = frontend.module(frontend.STATIC / "text.js")
    _css = frontend.style("blocks")

    def __init__(
        self,
        blocks: Iterable[Mapping[str, Any]] = (),
        on_action: Callable[[str], Any] | None = None,
        *,
        words: Mapping[str, str] | None = None,
    ) -> None:
        self._blocks = accept_blocks(blocks)
        super().__init__((), on_action, words=words)

    def show(self, blocks: Iterable[Mapping[str, Any]]) -> None:
        """Shows other blocks in place of these; focus and opened parts stay where they are."""
        self._blocks = accept_blocks(blocks)
        self._show()

    def shown(self) -> dict[str, Any]:
        return {"blocks": self._blocks}

    def _size(self) -> int | None:
        return len(self._blocks)
