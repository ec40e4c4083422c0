"""The widgets of a page as its kernel told of them while it ran: sent with the page, so that none is asked for."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

TARGET = "jupyter.widget"
SHOWN = "_shown"
"""Where a widget whose content travels by message finds what it was shown; see ``widgets.message_widget``."""


@dataclass
class _Widget:
    state: dict[str, Any] = field(default_factory=dict)
    pieces: dict[tuple[str | int, ...], bytes] = field(default_factory=dict)
    shown: dict[str, Any] | None = None

    def take(self, data: Mapping[str, Any], buffers: Sequence[Any]) -> None:
        """New values; what lay in bytes beside a value goes with it."""
        state = data["state"]
        self.state.update(state)
        kept = {path: piece for path, piece in self.pieces.items() if path[0] not in state}
        paths = [tuple(path) for path in data.get("buffer_paths", ())]
        # A value that is bytes and nothing else is not in the state at all, so its old bytes are replaced here.
        self.pieces = kept | {path: bytes(piece) for path, piece in zip(paths, buffers, strict=True)}

    def sent(self) -> dict[str, Any]:
        state = self.state if self.shown is None else {**self.state, SHOWN: self.shown}
        pieces = [[list(path), b64encode(piece).decode("ascii")] for path, piece in self.pieces.items()]
        return {"state": state, **({"buffers": pieces} if pieces else {})}


class States:
    """The widgets of one kernel, from its messages."""

    def __init__(self) -> None:
        self._widgets: dict[str, _Widget] = {}

    def hear(self, kind: str, content: Mapping[str, Any], buffers: Sequence[Any]) -> None:
        """Take one message of the kernel; those that are not about widgets are none of ours."""
        if kind == "comm_open" and content["target_name"] == TARGET:
            self._widgets[content["comm_id"]] = _Widget()
            self._widgets[content["comm_id"]].take(content["data"], buffers)
        elif kind == "comm_msg" and content["comm_id"] in self._widgets:
            widget, data = self._widgets[content["comm_id"]], content["data"]
            if data.get("method") == "update":
                widget.take(data, buffers)
            elif data.get("method") == "custom" and not buffers:
                said = data["content"]
                if isinstance(said, dict) and said.get("type") == "show" and not said.get("page"):
                    widget.shown = said
        elif kind == "comm_close":
            self._widgets.pop(content["comm_id"], None)

    def sent(self) -> dict[str, dict[str, Any]]:
        """What the page's script reads: each widget's values by its id, and bytes by where they belong in them."""
        return {name: widget.sent() for name, widget in self._widgets.items()}
