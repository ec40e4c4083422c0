"""A line that is understood while it is typed, and kept when the person says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

from .frontend import STATIC, module, style
from .message_widget import MessageWidget
from .words_views import ACTIONS


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What was read out of the line.

    Attributes:
        parts: Pairs of a field's name and what was understood, as words for the person.
        left_over: Words that were not understood.
        ready: Whether it is enough to be kept.
        sentence: What to say where it is not, or instead of the parts.
        note: What to say under the parts, such as where the line belongs.
    """

    parts: tuple[tuple[str, str], ...] = ()
    left_over: str = ""
    ready: bool = False
    sentence: str = ""
    note: str = ""


class QuickLine(MessageWidget):
    """One text field with a preview of what was understood, and a button that keeps it.

    The line stays in the field until the kernel has kept it, and the page says so when no answer comes.

    Args:
        on_try: Reads a line; called while typing.
        on_keep: Keeps a line and returns a sentence that says what was kept; an exception with a ``sentence``
            shows that sentence.
        words: ``label``, ``hint``, ``keep`` (the button), ``understood``, ``left_over`` (with ``{words}``), and
            those of ``words_views.ACTIONS``.
        kind: ``"primary"`` where its button is the main one of the page, else ``"plain"``.
        name: Its name on the page, such as ``quick/search``: then the browser keeps what is typed and not kept
            yet, and puts it back after a reload.
        workbook: The workbook's id; lines are kept apart by it.
    """

    _esm = module(STATIC / "quick_line.js")
    _css = style("quick_line")
    HEARS = ("try", "keep")
    WORDS: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "label": "Add in one line",
            "hint": "",
            "keep": "Add",
            "understood": "Understood",
            "left_over": "Not understood: {words}",
            **ACTIONS,
        }
    )

    def __init__(
        self,
        *,
        on_try: Callable[[str], Understood],
        on_keep: Callable[[str], str],
        words: Mapping[str, str] | None = None,
        kind: str = "primary",
        name: str = "",
        workbook: str = "",
    ) -> None:
        if kind not in ("primary", "plain"):
            raise ValueError(f"The button is primary or plain; got {kind!r}.")
        self._kind = kind
        self._where = {"name": name, "workbook": workbook}
        self._understand = on_try
        self._keep = on_keep
        self._kept: dict[str, str] = {}
        self._last = ""
        super().__init__(words)

    def shown(self) -> dict[str, Any]:
        # A page that was left while its line was kept, and comes back, must not offer that line again.
        return {"kind": self._kind, "kept": self._last, **self._where}

    def take(self, line: str) -> None:
        """The line was kept in another way than by its button: it goes from the field."""
        self._last = line
        self._say({"type": "taken", "line": line})

    def _on_try(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        got = self._understand(_line(content))
        self._say(
            {
                "type": "understood",
                "seq": content.get("seq"),
                "parts": [list(part) for part in got.parts],
                "left_over": got.left_over,
                "ready": got.ready,
                "sentence": got.sentence,
                "note": got.note,
            }
        )

    def _on_keep(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        seq, ticket = content.get("seq"), str(content.get("ticket"))
        if ticket in self._kept:  # Sent again because the first answer was lost: kept once, said twice.
            self._say({"type": "kept", "seq": seq, "sentence": self._kept[ticket]})
            return

        def done(sentence: str) -> None:
            self._kept[ticket] = sentence
            self._last = _line(content)
            self._say({"type": "kept", "seq": seq, "sentence": sentence})

        self._run(
            lambda: self._keep(_line(content)),
            done,
            lambda sentence: self._say({"type": "refused", "seq": seq, "sentence": sentence}),
        )


def _line(content: Mapping[str, Any]) -> str:
    return str(content.get("line", ""))[:1000]
