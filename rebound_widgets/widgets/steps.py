"""A quiet line that says where one is among a few steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from . import frontend
from .message_widget import MessageWidget
from .words_views import STEPS


class Steps(MessageWidget):
    """Where one is, such as "2 of 4", the names of the steps, and which of them are done.

    Args:
        steps: Mappings with ``id`` and ``label``, in order; ``done`` (bool) marks one as done out of order.
        current: The id of the step one is at; the first where empty.
        on_step: Is given the id of a pressed step. Without it the steps are words only; with it the steps
            before the current one, and those marked done, are buttons. The page decides: nothing moves until
            ``show`` is called.
        words: See ``words_views.STEPS``.

    Raises:
        ValueError: no steps, a step without id or label, or ``current`` not among them.
    """

    _esm = frontend.module(frontend.STATIC / "steps.js")
    _css = frontend.style("steps")
    WORDS = STEPS
    HEARS = ("step",)

    def __init__(
        self,
        steps: Iterable[Mapping[str, Any]],
        current: str = "",
        on_step: Callable[[str], Any] | None = None,
        *,
        words: Mapping[str, str] | None = None,
    ) -> None:
        self._on_press = on_step
        self._steps, self._current = _accept_steps(steps, current)
        super().__init__(words)

    @property
    def current(self) -> str:
        """The id of the step one is at."""
        return self._current

    def show(self, current: str, steps: Iterable[Mapping[str, Any]] | None = None) -> None:
        """Moves to ``current``, with other ``steps`` where given."""
        self._steps, self._current = _accept_steps(self._steps if steps is None else steps, current)
        self._show()

    def shown(self) -> dict[str, Any]:
        return {"steps": self._steps, "current": self._current, "open": self._on_press is not None}

    def _on_step(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        act, chosen = self._on_press, content.get("id")
        if act is None or chosen not in [step["id"] for step in self._steps]:
            return
        self._run(lambda: act(str(chosen)), lambda _: None, self._refuse)

    def _refuse(self, sentence: str) -> None:
        self._say({"type": "refused", "page": None, "sentence": sentence})

    def _size(self) -> int | None:
        return len(self._steps)


def _accept_steps(steps: Iterable[Mapping[str, Any]], current: str) -> tuple[list[dict[str, Any]], str]:
    accepted = [_accept_step(step) for step in steps]
    ids = [str(step["id"]) for step in accepted]
    if not ids:
        raise ValueError("Steps needs at least one step; it was given none.")
    if current and current not in ids:
        raise ValueError(f"The current step is one of {', '.join(ids)}; it was given {current!r}.")
    return accepted, current or ids[0]


def _accept_step(step: Mapping[str, Any]) -> dict[str, Any]:
    if not {"id", "label"} <= set(step):
        given = ", ".join(map(str, step)) or "neither"
        raise ValueError(f"A step needs an id and a label; this one has {given}.")
    return {"id": str(step["id"]), "label": str(step["label"]), "done": bool(step.get("done", False))}
