"""When kernels end, and what reaches them."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import weakref
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.serve.kernel_source import kernel_env
from rebound_widgets.serve.kernels import KERNEL, Kernels, OwnKernel, kernel_config

ONE = "00000000-0000-0000-0000-000000000001"


class Counted(Kernels):
    """Kernels without processes: who is there and how many pages each has is set by the test."""

    goodbye_s = 0.05

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[str, int] = {ONE: 1}
        self.ended: list[str] = []

    def __contains__(self, kernel_id: object) -> bool:
        return kernel_id in self.pages

    def list_kernel_ids(self) -> list[str]:
        return list(self.pages)

    def connections(self, kernel_id: str) -> int:
        return self.pages.get(kernel_id, 0)

    async def shutdown_kernel(self, kernel_id: str, now: bool = False, restart: bool = False) -> None:
        self.ended.append(kernel_id)
        self.pages.pop(kernel_id)


def in_loop(work: Callable[[Counted], Coroutine[Any, Any, None]]) -> Counted:
    """Run ``work`` on fresh kernels, and give them back."""

    async def run() -> Counted:
        kernels = Counted()
        await work(kernels)
        return kernels

    return asyncio.run(run())


def test_a_kernel_ends_after_its_page_said_goodbye() -> None:
    """A page that is left gives its kernel back, after a moment for its last words."""

    async def work(kernels: Counted) -> None:
        kernels.goodbye(ONE)
        kernels.pages[ONE] = 0
        await asyncio.sleep(0.02)
        assert [] == kernels.ended
        await asyncio.sleep(0.1)

    assert [ONE] == in_loop(work).ended


def test_a_page_that_comes_back_or_never_left_keeps_its_kernel() -> None:
    """A goodbye alone does not end a kernel that a page is connected to; a second one does no harm."""

    async def work(kernels: Counted) -> None:
        kernels.goodbye(ONE)
        kernels.goodbye(ONE)
        kernels.goodbye("00000000-0000-0000-0000-000000000002")
        await asyncio.sleep(0.15)

    assert [] == in_loop(work).ended


def test_minutes_without_a_page_add_up_and_a_visit_starts_them_anew() -> None:
    """After half an hour without a page a kernel ends; whenever one is connected, counting starts again."""

    async def work(kernels: Counted) -> None:
        for _ in range(200):
            await kernels.count_absences()
        kernels.pages[ONE] = 0
        for _ in range(29):
            await kernels.count_absences()
        kernels.pages[ONE] = 1
        await kernels.count_absences()
        kernels.pages[ONE] = 0
        for _ in range(29):
            await kernels.count_absences()
        assert [] == kernels.ended
        await kernels.count_absences()

    assert [ONE] == in_loop(work).ended


def test_what_a_visit_left_in_memory_is_let_go_of_within_a_minute() -> None:
    """Python keeps what points in a circle until it looks for it; where a kernel has ended, that is soon."""

    class Circle:
        def __init__(self) -> None:
            self.itself = self

    async def work(kernels: Counted) -> None:
        gc.disable()
        try:
            left = weakref.ref(Circle())
            await kernels.every_minute()
            assert left() is not None  # nobody has left, so there is nothing to look for
            await kernels.end(ONE, "a test")
            await kernels.every_minute()
            assert left() is None
            left = weakref.ref(Circle())
            kernels.pages[ONE] = 0
            await kernels.end(ONE, "a test")
            await kernels.every_minute()
            assert left() is None
        finally:
            gc.enable()
            gc.unfreeze()

    in_loop(work)


def test_memory_in_reserve_goes_back_to_the_system() -> None:
    """Forty megabytes in small pieces, freed under one that stays, are the system's again."""
    code = """
from rebound_widgets.serve.memory import Memory
size = lambda: int(open("/proc/self/statm").read().split()[1])
many = [bytes(2_000) for _ in range(20_000)]
last = many.pop()
full = size()
del many
held = size()
Memory().give_back()
print(full - held, held - size())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    by_itself, given_back = (int(pages) for pages in done.stdout.split())
    assert given_back > 5_000 > by_itself


def test_kernels_are_this_python_whatever_is_installed() -> None:
    """The one kernel runs this Python, keeps no history, and takes no library from the folder."""
    specs = OwnKernel()
    assert [KERNEL] == list(specs.find_kernel_specs())
    argv = specs.get_kernel_spec(KERNEL).argv
    assert {"-P", "--HistoryManager.enabled=False"} <= set(argv)
    with pytest.raises(KeyError):
        specs.get_kernel_spec("other")


def test_nothing_that_configures_jupyter_reaches_a_kernel(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The person's settings of Jupyter and IPython stay outside; the rest of their environment stays."""
    for name in ("JUPYTER_PATH", "IPYTHONDIR", "PYTHONSTARTUP", "JPY_SESSION_NAME"):
        monkeypatch.setenv(name, "theirs")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    env = kernel_env(tmp_path, {"REBOUND_HOME": "here"})
    assert "theirs" not in env.values()
    assert ("de_DE.UTF-8", "here") == (env["LANG"], env["REBOUND_HOME"])


@pytest.mark.parametrize(
    ("platform", "folder", "transport"),
    [("linux", "/run/rebound-x", "ipc"), ("linux", "/run/" + "x" * 60, "tcp"), ("darwin", "/run/r", "tcp")],
)
def test_sockets_are_files_where_that_works(
    monkeypatch: pytest.MonkeyPatch, platform: str, folder: str, transport: str
) -> None:
    """On Linux kernels are reached by files, so no port can be taken; not where the path is too long."""
    monkeypatch.setattr("sys.platform", platform)
    assert transport == kernel_config(Path(folder)).ConnectionFileMixin.transport
