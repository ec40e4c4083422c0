"""A passphrase that opens a file: typed, sent once, kept nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar

from .frontend import STATIC, module, style
from .message_widget import MessageWidget
from .words_views import ACTIONS


class Passphrase(MessageWidget):
    """One field and a button. The field is emptied when the passphrase opened what it is for.

    Neither the browser nor this object keeps what was typed.

    Args:
        on_open: Is given the passphrase; what it returns is said if it is a ``str``. It may return an
            awaitable: opening takes seconds on purpose. An exception with a ``sentence`` shows that sentence.
        words: ``label``, ``hint``, ``open`` (the button), ``show``, and those of ``words_views.ACTIONS``.
    """

    _esm = module(STATIC / "passphrase.js")
    _css = style("quick_line")
    HEARS = ("open",)
    WORDS: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "label": "Passphrase",
            "hint": "",
            "open": "Open the file",
            "show": "Show what I type",
            **ACTIONS,
        }
    )

    def __init__(self, on_open: Callable[[str], Any], *, words: Mapping[str, str] | None = None) -> None:
        self._open_call = on_open
        super().__init__(words)

    def shown(self) -> dict[str, Any]:
        return {}

    def _on_open(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        answer = {"page": content.get("page"), "ticket": content.get("ticket")}

        def done(value: Any) -> None:
            self._say({"type": "done", **answer, "sentence": value if isinstance(value, str) else ""})

        def refused(sentence: str) -> None:
            self._say({"type": "refused", **answer, "sentence": sentence})

        self._run(lambda: self._open_call(str(content.get("passphrase", ""))[:500]), done, refused)
