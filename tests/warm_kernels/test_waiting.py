"""Where nothing can be forked, one kernel waits: it has loaded its libraries before a page asks for it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.warm_kernels import waiting, zygotes
from rebound_widgets.warm_kernels.provisioner import NAME
from rebound_widgets.warm_kernels.recipe import Recipe

LEAVE = """
import os, sys, time
from rebound_widgets.warm_kernels.recipe import Recipe
from rebound_widgets.warm_kernels.waiting import waiting_kernel
one = waiting_kernel(Recipe(("-P",), sys.argv[1]), os.environ)
one.start()
print(one.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def said() -> list[str]:
    """What the log was told."""
    return []


@pytest.fixture
def one_waits(
    modules: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[waiting.WaitingKernel]:
    """One kernel in waiting, on a system where nothing can be forked."""
    monkeypatch.setattr(zygotes, "can_adopt", lambda: False)
    one = waiting.waiting_kernel(Recipe(("-P",), str(modules)), os.environ, said.append)
    one.start()
    yield one
    waiting.close_waiting()
    assert one.pid is None


def is_there(pid: int) -> bool:
    """Whether a process runs."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


async def until(true: Callable[[], object]) -> None:
    """Wait for something to be so."""
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        await asyncio.sleep(0.02)


def test_it_becomes_the_kernel_that_is_wanted(
    with_kernels: Callable[..., None],
    one_waits: waiting.WaitingKernel,
    said: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The folder, environment and command are the wanted kernel's; it can be interrupted and ended as any."""
    monkeypatch.setattr(waiting, "NEXT_S", 0.1)

    async def work(kernel: Any) -> None:
        there = one_waits.pid
        env = {name: value for name, value in os.environ.items() if name != "HOME"}
        await kernel.start(cwd=str(tmp_path), env={**env, "WANTED": "é"})
        assert there == kernel.pid
        shown = "import os, sys; print(os.getcwd(), os.environ['WANTED'], 'HOME' in os.environ, sys.argv[1])"
        assert f"{tmp_path} é False -f" == await kernel.run(shown)
        assert "1" == await kernel.run("print(sys.stdin.fileno() == 0 and sys.__stdin__.read() == '' and 1)")
        loop = asyncio.ensure_future(kernel.run("import time\nwhile True: time.sleep(0.01)"))
        await asyncio.sleep(0.5)
        await kernel.manager.interrupt_kernel()
        assert "KeyboardInterrupt" == await loop
        await until(lambda: one_waits.pid)
        assert there != one_waits.pid
        await kernel.manager.shutdown_kernel()
        assert not is_there(there or 0)

    with_kernels(work, NAME)
    assert [] == said


def test_the_next_page_s_kernel_is_another(
    with_kernels: Callable[..., None], one_waits: waiting.WaitingKernel
) -> None:
    """Two pages in a row never get the same process; the second starts as ever while none waits."""

    async def work(one: Any, other: Any) -> None:
        await one.start()
        await other.start()
        assert one.pid != other.pid
        assert "7 8" == f"{await one.run('print(7)')} {await other.run('print(8)')}"

    with_kernels(work, NAME, NAME)


def test_one_that_died_is_in_nobody_s_way(
    with_kernels: Callable[..., None], one_waits: waiting.WaitingKernel, said: list[str]
) -> None:
    """When the one in waiting is gone, the kernel starts as ever, and the log says why once."""

    async def work(one: Any, other: Any) -> None:
        there = one_waits.pid
        assert there is not None
        os.kill(there, signal.SIGKILL)
        await until(lambda: not is_there(there))
        await one.start()
        await other.start()
        assert there not in {one.pid, other.pid}

    with_kernels(work, NAME, NAME)
    assert ["kernels are started without one in waiting: it ended while it waited"] == said


def test_other_settings_of_python_and_other_streams_take_the_stock_way(
    with_kernels: Callable[..., None], one_waits: waiting.WaitingKernel
) -> None:
    """What a running Python cannot take up any more, and output that somebody reads, is left to the stock start."""

    async def work(other_python: Any, read: Any) -> None:
        there = one_waits.pid
        await other_python.start(env={**os.environ, "PYTHONHASHSEED": "1"})
        await read.start(stdout=subprocess.PIPE)
        assert there not in {other_python.pid, read.pid}
        assert there == one_waits.pid

    with_kernels(work, NAME, NAME)


def test_none_is_left_when_its_server_is_killed(modules: Path) -> None:
    """A server that goes without a word takes the kernel in waiting along."""
    with subprocess.Popen(
        [sys.executable, "-c", LEAVE, str(modules)], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        pid = int(server.stdout.readline())
        assert is_there(pid)
        server.kill()
    asyncio.run(until(lambda: not is_there(pid)))


def test_a_python_that_cannot_be_started_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no process can be started, none waits, and the log says so; nothing is raised."""
    said: list[str] = []
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    one = waiting.WaitingKernel(Recipe(), os.environ, said.append)
    one.start()
    one.start()
    assert ["kernels are started without one in waiting: FileNotFoundError at its start"] == said
