"""A file for the person to keep: sent to the browser in pieces, saved by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from . import frontend
from .message_widget import MessageWidget
from .words_views import DOWNLOAD

PIECE_BYTES = 1024 * 1024
"""Size of one piece; a message of more than 10 MiB closes the socket without a word."""


class Download(MessageWidget):
    """A button that makes a file and saves it on the person's machine.

    Nothing is written for it by this widget and no address serves it: the bytes travel over the page's own
    connection, piece by piece, each asked for by the browser.

    Args:
        name: The file's name as the browser saves it.
        make: Gives the file's content, or a path to read it from; called at each press. It may be an
            awaitable, so that long work can run in a thread. An exception with a ``sentence`` shows it.
        label: The words of the button.
        kind: ``"primary"``, ``"plain"`` or ``"quiet"``.
        media_type: The file's media type.
        done: Called after the last piece was asked for; for taking a temporary file away.
        words: See ``words_views.DOWNLOAD``.
    """

    _esm = frontend.module(frontend.STATIC / "download.js")
    _css = frontend.style("blocks", "file")
    WORDS = DOWNLOAD
    HEARS = ("fetch", "piece", "stop")

    def __init__(
        self,
        name: str,
        make: Callable[[], Any],
        *,
        label: str = "",
        kind: str = "plain",
        media_type: str = "application/octet-stream",
        done: Callable[[], None] | None = None,
        words: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(words)
        self._name, self._make, self._done = name, make, done
        self._label, self._kind, self._media_type = label, kind, media_type
        self._making: set[tuple[str, str]] = set()
        self._open: dict[tuple[str, str], bytes | Path] = {}

    def rename(self, name: str) -> None:
        """The file is called otherwise from the next press on."""
        self._name = name

    def shown(self) -> dict[str, Any]:
        return {"label": self._label or self._words["save"], "kind": self._kind}

    def _on_fetch(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        page, ticket = str(content.get("page")), str(content.get("ticket"))
        answer = {"page": page, "ticket": ticket}
        self._making.add((page, ticket))
        self._say({"type": "making", **answer})

        def ready(made: Any) -> None:
            if (page, ticket) not in self._making:  # stopped meanwhile: nobody waits for it
                self._end()
                return
            self._making.discard((page, ticket))
            source = made if isinstance(made, Path) else bytes(made)
            self._open[page, ticket] = source
            size = source.stat().st_size if isinstance(source, Path) else len(source)
            self._say(
                {
                    "type": "file",
                    **answer,
                    "name": self._name,
                    "size": size,
                    "media_type": self._media_type,
                    "piece_bytes": PIECE_BYTES,
                }
            )

        def refused(sentence: str) -> None:
            self._making.discard((page, ticket))
            self._say({"type": "refused", **answer, "sentence": sentence})

        self._run(self._make, ready, refused)

    def _on_piece(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        page, ticket = str(content.get("page")), str(content.get("ticket"))
        source, start = self._open.get((page, ticket)), int(content.get("offset", 0))
        answer = {"page": page, "ticket": ticket, "offset": start}
        if source is None:  # another kernel made it
            self._say({"type": "refused", **answer, "sentence": self._words["lost"]})
            return
        if isinstance(source, Path):
            with source.open("rb") as file:
                file.seek(start)
                piece = file.read(PIECE_BYTES)
        else:
            piece = source[start : start + PIECE_BYTES]
        self._say({"type": "piece", **answer}, [piece])

    def _on_stop(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        key = str(content.get("page")), str(content.get("ticket"))
        self._making.discard(key)
        if self._open.pop(key, None) is not None:
            self._end()

    def _end(self) -> None:
        if self._done is not None:
            self._done()
