"""A widget whose content travels by message, never in a synced trait."""

from __future__ import annotations

import asyncio
import inspect
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar
from weakref import WeakSet

from .sent_once import SentOnce

_alive: WeakSet[MessageWidget] = WeakSet()


def show_all() -> None:
    """Every widget shows itself to every page: said when a page's cells have run, so that it need not ask each."""
    for widget in list(_alive):
        if widget.comm is not None:
            widget._show()


class MessageWidget(SentOnce):
    """What all views share: words, a hello, an answer.

    The browser's part says ``{"type": "hello", "page": …}`` when it draws; the widget answers with
    ``{"type": "show", "page": …, **shown}``. A message whose type is in ``HEARS`` goes to the method of that
    name: ``{"type": "go"}`` to ``_on_go(content, buffers)``. Other types are left alone, so that a page drawn
    by another version does no harm.

    A synced trait would be written into a saved notebook twice, and could be set back by a reconnect; see
    docs/architecture.

    Args:
        words: The words on screen, by key. Missing keys keep their English default, unknown ones are left
            alone.
    """

    WORDS: ClassVar[Mapping[str, str]] = MappingProxyType({})
    HEARS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, words: Mapping[str, str] | None = None) -> None:
        super().__init__()
        _alive.add(self)
        given = words or {}
        self._words = {key: str(given.get(key, default)) for key, default in self.WORDS.items()}
        # Plural forms English does not have ("_few", "_many") come only from a locale.
        self._words |= {key: str(text) for key, text in given.items() if _is_plural_of(key, self.WORDS)}
        self._tasks: set[asyncio.Future[Any]] = set()
        self.on_msg(self._heard)

    def shown(self) -> dict[str, Any]:
        """What the browser needs to draw the widget, as plain JSON."""
        raise NotImplementedError

    def _say(self, content: Mapping[str, Any], buffers: Sequence[bytes] = ()) -> None:
        self.send(dict(content), buffers=list(buffers) or None)

    def _show(self, page: str | None = None) -> None:
        """Sends everything to ``page``, or to every page when ``None``."""
        self._say({"type": "show", "page": page, "words": self._words, **self.shown()})

    def _on_hello(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        self._show(str(content.get("page") or "") or None)

    def _heard(self, _widget: Any, content: Any, buffers: Sequence[Any]) -> None:
        kind = content.get("type") if isinstance(content, Mapping) else None
        if kind == "hello" or kind in self.HEARS:
            getattr(self, f"_on_{kind}")(content, buffers or ())

    def _run(
        self, act: Callable[[], Any], done: Callable[[Any], None], refused: Callable[[str], None]
    ) -> asyncio.Future[Any] | None:
        """Calls ``act`` and tells how it went; an awaitable it returns is awaited without holding the kernel.

        Args:
            act: The caller's callback with its arguments.
            done: Is given what it returned.
            refused: Is given a sentence for the person: the exception's own ``sentence`` where it has one.

        Returns:
            The running task where ``act`` returned an awaitable, else ``None``; cancelling it tells nobody.
        """
        try:
            result = act()
        except Exception as error:  # noqa: BLE001, RUF100 - whatever it is, the page must hear an answer
            refused(self._sentence(error))
            return None
        if not inspect.isawaitable(result):
            done(result)
            return None
        task = asyncio.ensure_future(self._finish(result, done, refused))
        self._tasks.add(task)  # the loop itself keeps only a weak reference
        task.add_done_callback(self._tasks.discard)
        return task

    async def _finish(
        self, result: Awaitable[Any], done: Callable[[Any], None], refused: Callable[[str], None]
    ) -> None:
        try:
            value = await result
        except Exception as error:  # noqa: BLE001, RUF100 - the same
            refused(self._sentence(error))
            return
        done(value)

    def _sentence(self, error: Exception) -> str:
        """What to say about ``error``; one without a sentence is a fault of ours and goes to the log."""
        sentence = getattr(error, "sentence", None)
        if isinstance(sentence, str) and sentence:
            return sentence
        # The frames only: the error's own text may hold words a person wrote.
        frames = "".join(traceback.format_tb(error.__traceback__))
        self.log.error("%s: a callback raised %s\n%s", type(self).__name__, type(error).__name__, frames)
        return self._words.get("failed", "")

    def _size(self) -> int | None:
        """How many things are shown, for ``repr``; ``None`` leaves it out."""
        return None

    def __repr__(self) -> str:
        """Short and without a person's words: a notebook keeps it in its outputs."""
        size = self._size()
        return f"{type(self).__name__}({'' if size is None else size})"


def _is_plural_of(key: str, words: Mapping[str, str]) -> bool:
    stem, mark, _form = str(key).rpartition("_")
    return bool(mark) and f"{stem}_other" in words
