"""The zygote: imports what kernels need, starts no thread, and forks a kernel whenever its server asks.

Run as ``python -m rebound_widgets.warm_kernels.zygote_main DESCRIPTOR PADDING``, with one end of a line to the server.
It ends when that line does. It reads no file but modules, runs nobody's code, and never sees what a kernel is told.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import select
import socket
import sys
import threading
from collections.abc import Sequence
from typing import Any

from .asking import receive, send
from .kernel_main import become_kernel
from .recipe import call


class Unfit(Exception):
    """This process must not be forked; says why."""


class Zygote:
    """This process, and its line to the server.

    Args:
        server: Our end of the line.
    """

    def __init__(self, server: socket.socket) -> None:
        self._server = server
        self._opened: frozenset[int] = frozenset()

    def warm_up(self, modules: Sequence[str], prepare: str) -> None:
        """Import the modules in order; kernels asked for meanwhile are forked with what is there by then.

        Raises:
            Unfit: a module or ``prepare`` started a thread.
        """
        gc.disable()  # A collection that finds nothing leaves pages half empty, and each kernel copies them.
        before = _descriptors()
        for name in modules:
            if name not in sys.modules:
                _import(name)
                check_threads(name)
                self._opened = _descriptors() - before
                self._answer_those_who_wait()
        if prepare:
            call(prepare)
            check_threads(prepare)
            self._opened = _descriptors() - before
        from .kernel_app import note_modules  # noqa: PLC0415 - after the list, whose order is the page's

        note_modules()
        gc.collect()
        gc.freeze()

    def serve(self) -> None:
        """Fork a kernel for each request, until the server is gone."""
        while True:
            self._answer()

    def _answer_those_who_wait(self) -> None:
        while select.select([self._server], [], [], 0)[0]:
            self._answer()

    def _answer(self) -> None:
        request, descriptors = receive(self._server)
        if request is None:
            sys.exit(0)
        try:
            self._fork(request, descriptors)
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def _fork(self, request: dict[str, Any], descriptors: list[int]) -> None:
        """Fork twice: the one in between ends at once, and so the server becomes the kernel's parent.

        Then its exit code comes to the server, and a kernel that watches its parent watches the server.
        """
        check_threads("serving")
        between = os.fork()
        if between:
            os.waitpid(between, 0)
            return
        try:
            if not os.fork():
                become_kernel(request, descriptors, self._opened)
        finally:
            os._exit(0)


def check_threads(after: str) -> None:
    """Make sure that this process has one thread.

    Raises:
        Unfit: it has more: a lock that another thread holds would be held for ever in a fork.
    """
    if threading.active_count() > 1 or len(os.listdir("/proc/self/task")) > 1:  # noqa: PTH208 - once per module
        raise Unfit(f"{after} started a thread")


def _import(name: str) -> None:
    with contextlib.suppress(
        Exception
    ):  # Whatever is missing or broken here, a kernel that needs it will say.
        importlib.import_module(name)


def _descriptors() -> frozenset[int]:
    return frozenset(int(name) for name in os.listdir("/proc/self/fd"))  # noqa: PTH208


def main() -> None:
    """Read the recipe from the server, warm up, serve."""
    if not sys.flags.safe_path:
        del sys.path[0]  # The folder this was started in.
    server = socket.socket(fileno=int(sys.argv[1]))
    server.set_inheritable(False)
    recipe, _ = receive(server)
    if recipe is None:
        return
    zygote = Zygote(server)
    try:
        zygote.warm_up(recipe["modules"], recipe["prepare"])
        send(server, {"warm": len(sys.modules)})
        zygote.serve()
    except Unfit as unfit:
        send(server, {"unfit": str(unfit)})
    except Exception as problem:
        send(server, {"unfit": f"{type(problem).__name__} while it warmed up"})


if __name__ == "__main__":
    main()
