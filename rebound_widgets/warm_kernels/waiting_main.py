"""A process in waiting: imports what kernels need until it is told which kernel it is, and then is that kernel.

Run as ``python -m rebound_widgets.warm_kernels.waiting_main MODULES PREPARE ipykernel_launcher``; the order comes as
one line on standard input. It ends when that ends without one. Nothing is forked, so imports may start threads.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .recipe import call, listed_modules

_STDIN = 0


def get_ready(modules: Sequence[str], prepare: str) -> None:
    """Import the modules in order and prepare, as long as nobody wants a kernel: a first page needs the first."""
    gc.disable()  # Nothing of what is imported goes again.
    for name in modules:
        if _is_told():
            break
        if name not in sys.modules:
            with contextlib.suppress(Exception):  # Whatever is missing here, a kernel that needs it will say.
                importlib.import_module(name)
    else:
        if prepare:
            call(prepare)
    gc.freeze()
    gc.enable()


if sys.platform == "win32":  # pragma: no cover - tested where it runs
    import _winapi
    import msvcrt

    def _is_told() -> bool:
        try:
            return bool(_winapi.PeekNamedPipe(msvcrt.get_osfhandle(_STDIN), 0)[0])
        except OSError:
            return True  # The other end is gone, as reading will say.

else:
    import select

    def _is_told() -> bool:
        return bool(select.select([_STDIN], [], [], 0)[0])


def become(order: dict[str, Any]) -> None:
    """Be the kernel that was asked for, until it ends."""
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, _STDIN)
    os.close(nothing)
    os.chdir(order["cwd"])
    # What the launcher of this process told it about its parent stays.
    own = {name: value for name, value in os.environ.items() if name.startswith(("JPY_", "IPY_"))}
    os.environ.clear()
    os.environ.update(order["env"] | own)
    if hasattr(time, "tzset"):
        time.tzset()
    command = order["command"]
    at = command.index("-m") + 1
    sys.argv[:] = [str(Path(command[0]).parent / command[at]), *command[at + 1 :]]
    sys.orig_argv[:] = command
    from ipykernel.kernelapp import launch_new_instance  # noqa: PLC0415 - as ipykernel_launcher does

    launch_new_instance()


def main() -> None:
    """Import, wait for the order, be a kernel."""
    if not sys.flags.safe_path:
        del sys.path[0]  # The folder this was started in.
    get_ready(listed_modules(sys.argv[1]), sys.argv[2])
    line = b""
    while not line.endswith(b"\n"):
        piece = os.read(_STDIN, 65536)
        if not piece:
            return
        line += piece
    become(json.loads(line))


if __name__ == "__main__":
    main()
