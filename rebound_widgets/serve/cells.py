"""Runs a notebook's cells in a kernel and keeps what a page shows of them: the widgets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from .kernels import KERNEL, STOCK, Kernels
from .logs import log, places, places_in

_VIEW = "application/vnd.jupyter.widget-view+json"
_PATIENCE_S = 180


@dataclass(frozen=True)
class Shown:
    """What came of running a notebook.

    Attributes:
        views: The outputs that show a widget, as the front end reads them. refusal: The sentence of the
        refusal that stopped it, meant for the reader; ``None`` where there is none.
    """

    views: tuple[dict[str, Any], ...] = ()
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
        except CellExecutionError as failed:
            log.error("a cell failed: %s: %s", failed.ename, places_in(failed.traceback.splitlines()))
            await kernels.end(kernel_id, "its page failed", now=True)
            return Shown(refusal=failed.evalue if failed.ename == "Refused" else None)
        except Exception as problem:
            log.error("kernel %s failed, try %d: %s", kernel_id[:8], attempt, places(problem))
            await kernels.end(kernel_id, "it failed", now=True)
    return Shown()


async def _run(kernels: Kernels, kernel_id: str, notebook: nbformat.NotebookNode) -> Shown:
    kernel = kernels.get_kernel(kernel_id)
    client = NotebookClient(
        notebook,
        km=kernel,
        timeout=_PATIENCE_S,
        # The stock 4 s are over when many open at once; then a page is sent without its output, and dead.
        iopub_timeout=_PATIENCE_S,
        raise_on_iopub_timeout=True,
        store_widget_state=False,
    )
    # One context for all of the process: a client that makes its own may be collected with its channels open.
    client.kc = kernel.client(context=kernel.context)
    client.kc.allow_stdin = False
    client.kc.start_channels()
    try:
        await client.kc.wait_for_ready(timeout=_PATIENCE_S)
        views = []
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                await client.async_execute_cell(cell, index, store_history=False)
                views += [_view(output.data) for output in cell.outputs if _VIEW in output.get("data", {})]
    finally:
        client.kc.stop_channels()
    return Shown(views=tuple(views))


def _view(data: dict[str, Any]) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {_VIEW: data[_VIEW]}, "metadata": {}, "trusted": True}


def _read(path: Path) -> nbformat.NotebookNode:
    # Not nbformat.read: checking a notebook of our own against the schema takes longer than reading it.
    notebook = nbformat.v4.reads(path.read_text(encoding="utf-8"))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = "".join(cell.source)  # A file may hold the lines of a cell as a list.
            cell.outputs = []
    return notebook
