"""A component in its states, and what somebody does to bring a state about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import traitlets

from ...widgets.frontend import module, style
from ...widgets.message_widget import MessageWidget

STATIC = Path(__file__).resolve().parents[1] / "static"


@dataclass(frozen=True)
class Specimen:
    """A component in one state.

    Attributes:
        state: The state's name, as it stands above it.
        widget: The component.
        acts: What somebody does to bring the state about, one after the other: ``(act, selector, value)``
            with the acts of ``specimen.js``.
    """

    state: str
    widget: Any
    acts: tuple[tuple[str, str, str], ...] = ()


def _references(widgets: Sequence[Any], _owner: object = None) -> list[str]:
    return [f"anywidget:{widget.model_id}" for widget in widgets]


class Specimens(MessageWidget):
    """A component in every state, one under another.

    Args:
        name: The component's id, ``data-component`` in the page.
        title: Its heading.
        hint: What it is for.
        specimens: Its states.
    """

    _esm = module(STATIC / "specimen.js")
    _css = style(STATIC / "specimen.css")

    children = traitlets.List().tag(sync=True, to_json=_references)

    def __init__(self, name: str, title: str, hint: str, specimens: Sequence[Specimen]) -> None:
        self._frame: dict[str, Any] = {
            "name": name,
            "title": title,
            "hint": hint,
            "specimens": [
                {"state": each.state, "acts": [list(act) for act in each.acts]} for each in specimens
            ],
        }
        super().__init__()
        self.children = [each.widget for each in specimens]

    @property
    def states(self) -> list[str]:
        """The names of the states."""
        return [each["state"] for each in self._frame["specimens"]]

    def shown(self) -> dict[str, Any]:
        return dict(self._frame)

    def _size(self) -> int | None:
        return len(self.states)
