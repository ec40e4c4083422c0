"""Runs a notebook's cells in a kernel and keeps what a page shows of them: the widgets."""

from __future__ import annotations

import contextlib
import json
import queue
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .kernels import KERNEL, STOCK, Kernels
from .logs import log, places, places_in
from .outputs import Outputs
from .states import States

_VIEW = "application/vnd.jupyter.widget-view+json"
_PATIENCE_S = 180
_WELCOME_S = 45
"""A forked kernel greets within a second; one that does not for so long never will, and another is tried."""
_WIDGETS = "rebound_widgets.widgets.message_widget"
_SHOW_ALL = f"import sys\nif {_WIDGETS!r} in sys.modules: sys.modules[{_WIDGETS!r}].show_all()"
"""Our widgets' content travels by message: with this a page gets it along, and need not ask for it."""


class KernelSilent(Exception):
    """A kernel is gone, or may as well be."""


class CellFailed(Exception):
    """A cell raised; ``ename``, ``evalue`` and ``traceback`` say what, in the kernel's own words."""

    def __init__(self, ename: str, evalue: str, traceback: list[str]) -> None:
        super().__init__(ename)
        self.ename, self.evalue, self.traceback = ename, evalue, traceback


@dataclass(frozen=True)
class Shown:
    """What came of running a notebook.

    Attributes:
        views: The outputs that show a widget, as the front end reads them.
        states: Every widget there is, by its id, as the front end reads them.
        refusal: The sentence of the refusal that stopped it, meant for the reader; ``None`` where there is none.
    """

    views: tuple[dict[str, Any], ...] = ()
    states: dict[str, dict[str, Any]] = field(default_factory=dict)
    refusal: str | None = None


async def run_notebook(kernels: Kernels, kernel_id: str, path: Path, start: dict[str, Any]) -> Shown:
    """Start the kernel ``kernel_id`` and run every code cell of the notebook at ``path`` in it.

    A kernel that does not come up is tried again once, and then without a fork. When a cell fails, the kernel
    is ended and the views are empty; the log has the kind of the exception and its places, never its words.
    """
    for attempt, name in enumerate((KERNEL, STOCK), 1):
        try:
            await kernels.start_kernel(kernel_id=kernel_id, **{**start, "kernel_name": name})
            return await _run(kernels, kernel_id, _read(path))
        except CellFailed as failed:
            log.error("a cell failed: %s: %s", failed.ename, places_in(failed.traceback))
            await kernels.end(kernel_id, "its page failed", now=True)
            return Shown(refusal=failed.evalue if failed.ename == "Refused" else None)
        except Exception as problem:
            if kernels.are_ending:
                break
            log.error("kernel %s failed, try %d: %s", kernel_id[:8], attempt, places(problem))
            await kernels.end(kernel_id, "it failed", now=True)
    return Shown()


async def _run(kernels: Kernels, kernel_id: str, cells: list[str]) -> Shown:
    kernel = kernels.get_kernel(kernel_id)
    # One context for all of the process: a client that makes its own may be collected with its channels open.
    client = kernel.client(context=kernel.context)
    client.start_channels(stdin=False, hb=False, control=False)
    try:
        # The kernel's welcome: from now on nothing it says is missed.
        await _hear(kernel, client, _WELCOME_S if _is_forked(kernel) else _PATIENCE_S)
        heard = _Heard()
        for code in cells:
            asked = client.execute(code, store_history=False, allow_stdin=False)
            await _finish(kernel, client, asked, heard)
        for name, outputs in heard.outputs.caught().items():
            told = {"comm_id": name, "data": {"method": "update", "state": {"outputs": outputs}}}
            heard.states.hear("comm_msg", told, [])
            client.shell_channel.send(client.session.msg("comm_msg", told))
        with contextlib.suppress(CellFailed):  # What is not shown now is asked for by the page.
            asked = client.execute(_SHOW_ALL, silent=True, store_history=False, allow_stdin=False)
            await _finish(kernel, client, asked, heard)
    finally:
        client.stop_channels()
    return Shown(views=tuple(heard.views), states=heard.states.sent())


@dataclass
class _Heard:
    """What came of the cells so far."""

    views: list[dict[str, Any]] = field(default_factory=list)
    states: States = field(default_factory=States)
    outputs: Outputs = field(default_factory=Outputs)


async def _finish(kernel: Any, client: Any, asked: str, heard: _Heard) -> None:
    """Listen until a cell is done."""
    while True:
        said = await _hear(kernel, client)
        kind, content = said["msg_type"], said["content"]
        heard.states.hear(kind, content, said["buffers"])
        if heard.outputs.hear(said) or said["parent_header"].get("msg_id") != asked:
            continue
        if kind == "error":
            raise CellFailed(content["ename"], content["evalue"], content["traceback"])
        if kind == "status" and content["execution_state"] == "idle":
            return
        if kind in {"display_data", "execute_result"} and _VIEW in content["data"]:
            heard.views.append(_view(content["data"]))


def _is_forked(kernel: Any) -> bool:
    """Whether it came of a fork; how long any other takes depends on the machine's disk."""
    return bool(getattr(kernel.provisioner, "is_forked", False))


async def _hear(kernel: Any, client: Any, patience_s: int = _PATIENCE_S) -> dict[str, Any]:
    """The kernel's next message.

    Raises:
        KernelSilent: it died, or says nothing for long.
    """
    for _ in range(patience_s):
        with contextlib.suppress(queue.Empty):
            message: dict[str, Any] = await client.get_iopub_msg(timeout=1)
            return message
        if not await kernel.is_alive():
            raise KernelSilent("It died")
    raise KernelSilent("It says nothing")


def _view(data: dict[str, Any]) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {_VIEW: data[_VIEW]}, "metadata": {}, "trusted": True}


def _read(path: Path) -> list[str]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    # A file may hold the lines of a cell as a list.
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
