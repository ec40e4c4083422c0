"""What a notebook's cells print and show inside ``Output`` widgets, while no page is there to put it there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_MODEL = "OutputModel"
_KINDS = {
    "display_data": ("data", "metadata"),
    "execute_result": ("data", "metadata", "execution_count"),
    "stream": ("name", "text"),
    "error": ("ename", "evalue", "traceback"),
}
"""The messages an output is made of, and what of each."""


class Outputs:
    """The ``Output`` widgets of one kernel.

    Such a widget says whose messages it wants, by the id of what they answer; the front end gives them to it, and
    here, where there is none yet, this does.
    """

    def __init__(self) -> None:
        self._outputs: dict[str, list[dict[str, Any]]] = {}
        self._wants: dict[str, str] = {}
        self._clear_next: set[str] = set()
        self._changed: set[str] = set()

    def hear(self, said: Mapping[str, Any]) -> bool:
        """Take one message of the kernel; gives whether it belongs into a widget and so not onto the page."""
        kind, content = said["msg_type"], said["content"]
        if kind in {"comm_open", "comm_msg"}:
            self._follow(content["comm_id"], kind, content["data"].get("state") or {})
            return False
        asked = said["parent_header"].get("msg_id")
        open_ones = [name for name, wanted in self._wants.items() if wanted == asked]
        if not asked or not open_ones or kind not in {*_KINDS, "clear_output"}:
            return False
        self._put(open_ones[-1], kind, content)
        return True

    def _follow(self, name: str, kind: str, state: Mapping[str, Any]) -> None:
        if kind == "comm_open" and state.get("_model_name") == _MODEL:
            self._outputs[name] = []
        if name not in self._outputs:
            return
        if "outputs" in state:
            self._outputs[name] = list(state["outputs"])
        if "msg_id" in state:
            self._wants.pop(name, None)  # The one that was opened last is asked first.
            self._wants[name] = state["msg_id"]

    def _put(self, name: str, kind: str, content: Mapping[str, Any]) -> None:
        self._changed.add(name)
        outputs = self._outputs[name]
        if kind == "clear_output" and content.get("wait"):
            self._clear_next.add(name)
            return
        if kind == "clear_output" or name in self._clear_next:
            outputs.clear()
            self._clear_next.discard(name)
        if kind == "clear_output":
            return
        new = {"output_type": kind, **{part: content.get(part) for part in _KINDS[kind]}}
        last = outputs[-1] if outputs else {}
        if kind == "stream" and last.get("output_type") == kind and last["name"] == new["name"]:
            last["text"] += new["text"]
        else:
            outputs.append(new)

    def caught(self) -> dict[str, list[dict[str, Any]]]:
        """What came into widgets, by their ids; their kernel does not know of it yet."""
        return {name: self._outputs[name] for name in self._changed}
