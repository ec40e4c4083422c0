"""The server's side of zygotes: starts them, asks them for kernels, and starts them again when they die."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO

from .adopting import adopting, can_adopt
from .asking import receive, send, socket_pair
from .forked_process import ForkedProcess
from .recipe import Order, Recipe, listed_modules, start_settings

PATIENCE_S = 15.0
"""A zygote that gives no kernel for so long is stuck."""
_MOST_DEATHS = 3
_ROOM_FOR_COMMAND = " " * 800
"""A forked kernel writes its own command over the zygote's, for ``ps``."""
_ONE_THREAD = dict.fromkeys(
    (
        "OPENBLAS_NUM_THREADS",
        "OMP_NUM_THREADS",
        "MKL_NUM_THREADS",
        "NUMEXPR_NUM_THREADS",
        "BLIS_NUM_THREADS",
        "RAYON_NUM_THREADS",
    ),
    "1",
)
Tell = Callable[[str], None]
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wanted(Order):
    """A kernel that is wanted of a fork.

    Attributes:
        streams: Descriptors of its standard input, output and error.
    """

    streams: tuple[int, int, int]


class Zygote:
    """One warm process, or the promise of one: it is started when first needed, and again when it died.

    Args:
        recipe: What it is made of.
        env: The environment it is started in.
        tell: Takes one sentence when kernels cannot be forked, for a log.
    """

    def __init__(self, recipe: Recipe, env: Mapping[str, str], tell: Tell = _log.warning) -> None:
        self._recipe = recipe
        self._env = dict(env)
        self._tell = tell
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._deaths = 0
        self._given_up = not can_adopt()
        self.is_warm = False
        """Whether it has said that everything is imported."""

    @property
    def pid(self) -> int | None:
        """The process; ``None`` where there is none."""
        return None if self._process is None else self._process.pid

    def start(self) -> bool:
        """Start it where it does not run; gives whether kernels can be asked for. Takes milliseconds."""
        self._listen()
        if self._process is not None and self._process.poll() is None:
            return True
        if self._process is not None:
            self._deaths += 1
            self.close()
            if self._deaths >= _MOST_DEATHS:
                self._give_up("it died again and again")
        if self._given_up:
            return False
        try:
            self._start()
        except (OSError, ValueError) as problem:
            self._give_up(f"{type(problem).__name__} at its start")
        return not self._given_up

    def _start(self) -> None:
        modules = listed_modules(self._recipe.modules)
        ours, its = socket_pair()
        ours.setblocking(False)
        self._line = ours
        with its, adopting():  # Asked for once before it is there: old kernels look only at new children.
            name = f"{__package__}.zygote_main"
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                [sys.executable, *self._recipe.options, "-m", name, str(its.fileno()), _ROOM_FOR_COMMAND],
                cwd="/",
                env={**self._env, **_ONE_THREAD},
                pass_fds=[its.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        send(ours, {"modules": modules, "prepare": self._recipe.prepare})

    def _listen(self) -> None:
        """Take what it has said since, without waiting."""
        if self._line is None:
            return
        said = None
        for _ in range(
            2
        ):  # When the other end is gone, the system says that first, and its last words after it.
            with contextlib.suppress(BlockingIOError, ConnectionError):
                said, _descriptors = receive(self._line)
                break
        if said is not None:
            self.is_warm = "warm" in said
            if "unfit" in said:
                self._give_up(str(said["unfit"]))

    def _give_up(self, why: str) -> None:
        if not self._given_up:
            self._tell(f"kernels are started without a warm process: {why}")
        self._given_up = True
        self.close()

    def serves(self, env: Mapping[str, str]) -> bool:
        """Whether a kernel of that environment may come of it: Python reads some settings only at its start."""
        return start_settings(env) == start_settings(self._env)

    async def fork(self, wanted: Wanted) -> ForkedProcess | None:
        """A new kernel; ``None`` where there can be none now, and another way has to be taken."""
        for _ in range(2):  # It may have died since the last kernel; then a new one is asked.
            if not self.start() or self._line is None:
                return None
            try:
                process = await self._ask(self._line, wanted)
            except TimeoutError:
                self._tell("the warm process gave no kernel for long and is started again")
                self.close()
                return None
            except OSError:
                process = None
            if process is not None or not await self._is_ending():
                return process
        return None

    async def _ask(self, zygote: socket.socket, wanted: Wanted) -> ForkedProcess | None:
        ours, its = socket_pair()
        ours.setblocking(False)
        request = {
            "command": list(wanted.command),
            "cwd": wanted.cwd,
            "env": dict(wanted.env),
            "parent": os.getpid(),
        }
        with ours, adopting():
            with its:
                send(zygote, request, [its.fileno(), *wanted.streams])
            async with asyncio.timeout(PATIENCE_S):
                process = self._take(await _hear(ours), wanted, ours)
            if process is not None:
                await self._listens(ours)
            return process

    async def _is_ending(self) -> bool:
        """Whether the process is dead or about to be; asked when a kernel was not to be had."""
        for _ in range(10):
            if self._process is None or self._process.poll() is not None:
                return True
            await asyncio.sleep(0.01)
        return False

    async def _listens(self, line: socket.socket) -> None:
        """Wait until a kernel has bound its sockets, or has ended: it lets go of the line in both cases.

        Whoever connects earlier would try again a while later, and a page would wait for that.
        """
        with contextlib.suppress(TimeoutError, OSError):
            async with asyncio.timeout(PATIENCE_S):
                await _hear(line)

    def _take(self, answer: bytes, wanted: Wanted, line: socket.socket) -> ForkedProcess | None:
        if not answer:
            return None  # It died, or the kernel found no place to run in; the stock way says what is wrong.
        process = ForkedProcess(int(answer.partition(b":")[2].rstrip(b"} ")), wanted.command)
        send(line, {"go": True})
        return process

    def close(self) -> None:
        """End it; the kernels that came of it go on."""
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        self.is_warm = False


async def _hear(line: socket.socket) -> bytes:
    return await asyncio.get_running_loop().sock_recv(line, 200)


_zygotes: dict[Recipe, Zygote] = {}


def zygote(recipe: Recipe, env: Mapping[str, str], tell: Tell = _log.warning) -> Zygote:
    """The zygote of that recipe in this process; ``env`` and ``tell`` count when it is the first of them."""
    if recipe not in _zygotes:
        _zygotes[recipe] = Zygote(recipe, env, tell)
    return _zygotes[recipe]


def close_all() -> None:
    """End every zygote of this process."""
    while _zygotes:
        _zygotes.popitem()[1].close()


def pipe() -> tuple[IO[bytes], int]:
    """A pipe: the end to read from, and the descriptor to write to."""
    reads, writes = os.pipe()
    return os.fdopen(reads, "rb"), writes
