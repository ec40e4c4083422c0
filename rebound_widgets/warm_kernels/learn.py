"""Writes the list of modules a zygote imports, from what a kernel has loaded when its page is finished.

``python -m rebound_widgets.warm_kernels.learn LIST NOTEBOOK…`` runs the notebooks one after the other in one stock
kernel.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from jupyter_client.manager import start_new_kernel

_PATIENCE_S = 300
_ASK = """
import sys as _sys
print("\\n".join(name for name, module in list(_sys.modules.items())
    if getattr(getattr(module, "__spec__", None), "name", None) == name))
"""
# One process imports them in order and leaves out what cannot be imported alone or starts a thread; such a module
# cannot be un-imported, so the process says which it was, and another begins without it.
_TRY = """
import importlib, json, os, sys
def threads(): return len(os.listdir("/proc/self/task"))
names, kept = json.load(sys.stdin), []
for name in names:
    try:
        importlib.import_module(name)
    except Exception:
        continue
    if threads() > 1:
        print(json.dumps({"culprit": name}))
        break
    kept.append(name)
else:
    print(json.dumps({"kept": kept}))
"""
_HEAD = "# Modules a kernel has when its page is finished; written by rebound_widgets.warm_kernels.learn.\n"


def loaded_after(cells: Sequence[str], env: Mapping[str, str] | None = None) -> list[str]:
    """The modules that a stock kernel has loaded after it has run ``cells``, in the order they were begun.

    Raises:
        RuntimeError: a cell failed.
    """
    manager, client = start_new_kernel(
        env=dict(env or os.environ),
        extra_arguments=["--HistoryManager.enabled=False"],
        stderr=subprocess.DEVNULL,
    )
    said: list[str] = []

    def hear(message: Mapping[str, object]) -> None:
        content = message["content"]
        if message["msg_type"] == "stream" and isinstance(content, dict) and content["name"] == "stdout":
            said.append(content["text"])

    try:
        for cell in [*cells, _ASK]:
            said.clear()
            reply = client.execute_interactive(cell, timeout=_PATIENCE_S, output_hook=hear)["content"]
            if reply["status"] != "ok":
                raise RuntimeError(f"A cell failed: {reply['ename']}: {reply['evalue']}")
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return "".join(said).split()


def importable(names: Sequence[str]) -> list[str]:
    """Those of the modules that can be imported one after the other without a thread being started."""
    left = list(names)
    one = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    while True:
        tried = subprocess.run(  # noqa: S603 - our own code
            [sys.executable, "-P", "-c", _TRY],
            input=json.dumps(left),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            env={**os.environ, **one},
        )
        said = json.loads(tried.stdout.splitlines()[-1])
        if "kept" in said:
            return [str(name) for name in said["kept"]]
        left.remove(said["culprit"])


def write_list(path: Path, names: Sequence[str]) -> None:
    """Write the list; ``recipe.listed_modules`` reads it."""
    path.write_text(_HEAD + "".join(f"{name}\n" for name in names), encoding="utf-8")


def cells_of(notebook: Path) -> list[str]:
    """The code cells of a notebook."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def main() -> None:
    """Learn from the notebooks named on the command line."""
    parser = argparse.ArgumentParser(description="Write the list of modules that a zygote imports.")
    parser.add_argument("list", type=Path, help="the file to write")
    parser.add_argument("notebooks", type=Path, nargs="+", help="notebooks to run, one after the other")
    asked = parser.parse_args()
    names = loaded_after([cell for notebook in asked.notebooks for cell in cells_of(notebook)])
    write_list(asked.list, importable(names))


if __name__ == "__main__":
    main()
