"""A file from the person's machine: sent by the browser in pieces, put together in a temporary file."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import frontend
from .message_widget import MessageWidget
from .words_views import FILE_CHOOSER

PIECE_BYTES = 1024 * 1024
"""Size of one piece; a message of more than 10 MiB closes the socket without a word."""


@dataclass(frozen=True, kw_only=True)
class ChosenFile:
    """A file somebody chose.

    Attributes:
        path: Where its bytes are until ``on_file`` is done; readable by this account alone.
        name: Its name on the person's machine, without folders. Never a place to write to.
        size: Its size in bytes.
    """

    path: Path
    name: str
    size: int


class _Incoming:
    """A file that is being put together; ``tempfile`` makes it with mode 0600."""

    def __init__(self, name: str, size: int) -> None:
        self.name, self.size, self.have = name, size, 0
        with tempfile.NamedTemporaryFile(
            prefix="rebound-", suffix=Path(name).suffix[:12], delete=False
        ) as made:
            self.path = Path(made.name)

    def add(self, offset: int, piece: bytes) -> None:
        """Appends ``piece``; one that is already there, sent again, or one from further on is left out."""
        if offset == self.have and self.have + len(piece) <= self.size:
            with self.path.open("ab") as file:
                file.write(piece)
            self.have += len(piece)

    def drop(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            self.path.unlink()


class FileChooser(MessageWidget):
    """A file field, also a place to drop a file on.

    A file over the limit is refused in the browser, before a byte of it travels.

    Args:
        on_file: Is given a ``ChosenFile``; the file is deleted when it is done. What it returns is shown if
            it is a ``str``; an exception with a ``sentence`` shows that sentence. It may return an awaitable,
            which is cancelled when the person presses "Stop".
        accept: What the browser offers, such as ``".csv,.xlsx"``; a file of another kind can still be chosen.
        limit_bytes: The largest file taken, inclusive.
        label: The words of the field; ``words["choose"]`` where empty.
        words: See ``words_views.FILE_CHOOSER``.
    """

    _esm = frontend.module(frontend.STATIC / "file_chooser.js")
    _css = frontend.style("file")
    WORDS = FILE_CHOOSER
    HEARS = ("begin", "piece", "end", "cancel")

    def __init__(
        self,
        on_file: Callable[[ChosenFile], Any],
        *,
        accept: str = "",
        limit_bytes: int = 50 * 1024 * 1024,
        label: str = "",
        words: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(words)
        self._on_file, self._accept, self._limit, self._label = on_file, accept, limit_bytes, label
        self._incoming: dict[tuple[str, str], _Incoming] = {}
        self._outcomes: dict[tuple[str, str], dict[str, Any]] = {}
        self._at_work: dict[tuple[str, str], asyncio.Future[Any]] = {}

    def shown(self) -> dict[str, Any]:
        return {
            "label": self._label or self._words["choose"],
            "accept": self._accept,
            "limit_bytes": self._limit,
            "piece_bytes": PIECE_BYTES,
        }

    def tell(self, sentence: str, *, refused: bool = False) -> None:
        """Says what became of the file that was chosen, in place of what was said of it before."""
        self._say({"type": "told", "sentence": sentence, "state": "refused" if refused else ""})

    def close(self) -> None:
        """Ends the widget and deletes what was half sent."""
        for file in self._incoming.values():
            file.drop()
        self._incoming.clear()
        super().close()

    def _on_begin(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        size = content.get("size")
        if not isinstance(size, int) or not 0 <= size <= self._limit:
            self._refuse(content, self._words["too_big"].replace("{limit}", f"{self._limit // 1048576} MB"))
            return
        held = self._incoming.get(_key(content))
        if held is not None:  # sent again because the answer was lost
            self._got(content, held.have)
            return
        name = str(content.get("name", "")).replace("\\", "/").rpartition("/")[2][:255]
        self._incoming[_key(content)] = _Incoming(name, size)
        self._got(content, 0)

    def _on_piece(self, content: Mapping[str, Any], buffers: Sequence[Any]) -> None:
        file = self._incoming.get(_key(content))
        if file is None:
            self._say({"type": "lost", **_answer(content)})  # another kernel had begun it: begin again
            return
        file.add(int(content.get("offset", -1)), b"".join(bytes(piece) for piece in buffers))
        self._got(content, file.have)

    def _on_end(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        key = _key(content)
        file = self._incoming.get(key)
        if file is None:
            # Sent again because the answer was lost: the callback runs once, its outcome is told twice.
            waiting = {"type": "working" if key in self._at_work else "lost", **_answer(content)}
            self._say(self._outcomes.get(key, waiting))
            return
        if file.have != file.size:
            self._got(content, file.have)
            return
        del self._incoming[key]

        def tell(outcome: dict[str, Any]) -> None:
            file.drop()
            self._at_work.pop(key, None)
            self._outcomes[key] = outcome
            self._say(outcome)

        def done(value: Any) -> None:
            tell({"type": "done", **_answer(content), "sentence": value if isinstance(value, str) else ""})

        def refused(sentence: str) -> None:
            tell({"type": "refused", **_answer(content), "sentence": sentence})

        chosen = ChosenFile(path=file.path, name=file.name, size=file.size)
        task = self._run(lambda: self._on_file(chosen), done, refused)
        if task is not None:
            self._at_work[key] = task
            task.add_done_callback(lambda _: file.drop())
            self._say({"type": "working", **_answer(content)})

    def _on_cancel(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        self._forget(content)
        task = self._at_work.pop(_key(content), None)
        if task is not None:
            task.cancel()

    def _forget(self, content: Mapping[str, Any]) -> None:
        file = self._incoming.pop(_key(content), None)
        if file is not None:
            file.drop()

    def _got(self, content: Mapping[str, Any], have: int) -> None:
        self._say({"type": "got", **_answer(content), "have": have})

    def _refuse(self, content: Mapping[str, Any], sentence: str) -> None:
        self._say({"type": "refused", **_answer(content), "sentence": sentence})


def _key(content: Mapping[str, Any]) -> tuple[str, str]:
    return str(content.get("page")), str(content.get("ticket"))


def _answer(content: Mapping[str, Any]) -> dict[str, Any]:
    return {"page": content.get("page"), "ticket": content.get("ticket")}
