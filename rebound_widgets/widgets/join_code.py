"""How to come in, for a room to read: a QR picture, a code in large letters, an address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from . import frontend
from .message_widget import MessageWidget


class JoinCode(MessageWidget):
    """A picture to point a phone at, and the same in words for whoever cannot."""

    _esm = frontend.module(frontend.STATIC / "join_code.js")
    _css = frontend.style("join_code")

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, Any] = {
            "rows": [],
            "code": "",
            "label": "",
            "address": "",
            "alt": "",
            "lines": [],
        }

    def show(
        self,
        rows: Sequence[str],
        *,
        code: str,
        label: str,
        address: str,
        alt: str,
        lines: Sequence[str] = (),
    ) -> None:
        """Show another way in.

        Args:
            rows: The rows of the picture, ``1`` for dark and ``0`` for light; none for no picture.
            code: What is typed; none where empty.
            label: The words before the code.
            address: Where the picture leads, in full.
            alt: The picture in words.
            lines: Sentences beside it.
        """
        shown = {
            "rows": list(rows),
            "code": code,
            "label": label,
            "address": address,
            "alt": alt,
            "lines": list(lines),
        }
        if shown != self._shown:
            self._shown = shown
            self._show()

    def shown(self) -> dict[str, Any]:
        return self._shown
