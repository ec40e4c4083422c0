"""A kernel in waiting, for systems where kernels cannot be forked: one process that has imported what a kernel needs.

It is the stock kernel in two steps: the process starts and imports while its server does, and is told which kernel it
is when a page asks for one. Then the next is put in waiting.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from .recipe import LAUNCHER, Order, Recipe, start_settings
from .zygotes import Tell

NEXT_S = 10.0
"""Seconds after which the next is put in waiting: the page that took the last has opened by then."""
_log = logging.getLogger(__name__)


class WaitingKernel:
    """The one kernel in waiting of a recipe, or the promise of one.

    Args:
        recipe: What is imported, and how the process is started.
        env: The environment it is started in.
        tell: Takes one sentence when there can be none, for a log.
    """

    def __init__(self, recipe: Recipe, env: Mapping[str, str], tell: Tell = _log.warning) -> None:
        self._recipe = recipe
        self._env = dict(env)
        self._tell = tell
        self._process: subprocess.Popen[bytes] | None = None
        self._next: asyncio.TimerHandle | None = None
        self._given_up = False

    @property
    def pid(self) -> int | None:
        """The process that waits; ``None`` where there is none."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Put one in waiting where none is; takes milliseconds."""
        if self._process is not None or self._given_up:
            return
        name = f"{__package__}.waiting_main"
        # The launcher's name is there for whoever looks at the processes: this one is a kernel soon.
        recipe = (self._recipe.modules, self._recipe.prepare, LAUNCHER)
        command = [sys.executable, *self._recipe.options, "-m", name, *recipe]
        try:
            self._process = _started(command, self._env)
        except OSError as problem:
            self._give_up(f"{type(problem).__name__} at its start")

    def serves(self, env: Mapping[str, str]) -> bool:
        """Whether a kernel of that environment may come of it: Python reads some settings only at its start."""
        return start_settings(env) == start_settings(self._env)

    async def take(self, order: Order) -> subprocess.Popen[bytes] | None:
        """The process, told what it is; ``None`` where there is none now, and the stock way has to be taken."""
        process, self._process = self._process, None
        if process is None:
            return None
        if process.poll() is not None:
            _end(process)
            self._give_up("it ended while it waited")
            return None
        self._next = asyncio.get_running_loop().call_later(NEXT_S, self.start)
        try:
            await asyncio.to_thread(_tell, process, order)  # A pipe may be full until the other end reads.
        except OSError:
            _end(process)
            return None
        return process

    def _give_up(self, why: str) -> None:
        self._given_up = True
        self._tell(f"kernels are started without one in waiting: {why}")

    def close(self) -> None:
        """End it; the kernels that were taken go on."""
        self._given_up = True
        if self._next is not None:
            self._next.cancel()
        if self._process is not None:
            _end(self._process)
            self._process = None


def _pipe(process: subprocess.Popen[bytes]) -> Any:
    assert process.stdin is not None  # noqa: S101 - each is started with one
    return process.stdin


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    with contextlib.suppress(OSError):
        _pipe(process).close()


def _tell(process: subprocess.Popen[bytes], order: Order) -> None:
    with _pipe(process) as pipe:
        pipe.write(order.line())


def _started(command: Sequence[str], env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """The process, as ``jupyter_client.launcher`` starts a kernel, but before Jupyter's libraries are loaded."""
    if sys.platform == "win32":  # pragma: no cover - there it makes handles that a kernel inherits
        from jupyter_client.launcher import launch_kernel  # noqa: PLC0415

        nowhere = subprocess.DEVNULL
        made: subprocess.Popen[bytes] = launch_kernel(
            list(command), stdin=subprocess.PIPE, stdout=nowhere, stderr=nowhere, env=dict(env)
        )
        return made
    return subprocess.Popen(  # noqa: S603 - ourselves
        command,
        env={**env, "JPY_PARENT_PID": str(os.getpid())},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


_waiting: dict[Recipe, WaitingKernel] = {}


def waiting_kernel(recipe: Recipe, env: Mapping[str, str], tell: Tell = _log.warning) -> WaitingKernel:
    """The kernel in waiting of that recipe in this process; ``env`` and ``tell`` count when it is the first."""
    if recipe not in _waiting:
        _waiting[recipe] = WaitingKernel(recipe, env, tell)
    return _waiting[recipe]


def known(recipe: Recipe) -> WaitingKernel | None:
    """The kernel in waiting of that recipe, where this process wanted one."""
    return _waiting.get(recipe)


def close_waiting() -> None:
    """End all that wait."""
    while _waiting:
        _waiting.popitem()[1].close()
