"""Whatever happens to the zygote, there is a kernel."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.warm_kernels import zygotes
from rebound_widgets.warm_kernels.provisioner import NAME
from rebound_widgets.warm_kernels.recipe import options_of

RESTLESS = "import threading, time\nthreading.Thread(target=time.sleep, args=[1]).start()\n"


def only() -> zygotes.Zygote:
    """The one zygote there is."""
    (one,) = zygotes._zygotes.values()
    return one


def test_a_dead_zygote_is_started_again_and_its_kernels_live_on(with_kernels: Callable[..., None]) -> None:
    """A kernel needs the zygote at its birth only; the next kernel comes of a new one."""

    async def work(one: Any, other: Any) -> None:
        await one.start()
        first = only().pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        await other.start()
        assert [True, True] == [one.is_forked, other.is_forked]
        assert only().pid not in {None, first}
        assert "1" == await one.run("print(1)")

    with_kernels(work, NAME, NAME)


def test_a_stuck_zygote_delays_but_does_not_prevent(
    with_kernels: Callable[..., None], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """One that gives no kernel in time is ended; the kernel starts the stock way, the next is forked again."""
    monkeypatch.setattr(zygotes, "PATIENCE_S", 0.5)

    async def work(one: Any, other: Any, third: Any) -> None:
        await one.start()
        stuck = only().pid
        assert stuck is not None
        os.kill(stuck, signal.SIGSTOP)
        await other.start()
        monkeypatch.setattr(zygotes, "PATIENCE_S", 30)
        await third.start()
        assert [True, False, True] == [kernel.is_forked for kernel in (one, other, third)]

    with_kernels(work, NAME, NAME, NAME)
    assert 1 == caplog.text.count("gave no kernel for long")


def test_a_zygote_with_a_thread_is_not_forked(
    with_kernels: Callable[..., None],
    modules: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """A module that starts a thread when imported makes kernels start the stock way, and the log names it once."""
    (tmp_path / "restless.py").write_text(RESTLESS)
    modules.write_text("restless\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    async def work(one: Any, other: Any) -> None:
        await one.start()
        await other.start()
        assert [False, False] == [one.is_forked, other.is_forked]

    with_kernels(work, NAME, NAME)
    assert 1 == caplog.text.count("restless started a thread")


def test_where_it_cannot_be_kernels_start_as_ever(
    with_kernels: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the system's help, with other settings of Python, or other ways of starting, nothing is forked."""

    async def work(other_python: Any, other_way: Any, elsewhere: Any) -> None:
        await other_python.start(env={**os.environ, "PYTHONHASHSEED": "1"})
        zygotes.close_all()
        await other_way.start(umask=0o077)
        monkeypatch.setattr(zygotes, "can_adopt", lambda: False)
        await elsewhere.start()
        assert [True, False, False] == [kernel.is_forked for kernel in (other_python, other_way, elsewhere)]

    with_kernels(work, NAME, NAME, NAME)
    python = zygotes.Zygote(zygotes.Recipe(), {"PYTHONHASHSEED": "1", "A": "1"})
    assert [True, False] == [python.serves({"PYTHONHASHSEED": "1"}), python.serves({})]


def test_only_this_python_s_ipykernel_is_forked() -> None:
    """A kernel of another Python, another program, or with code on its command line is none of a zygote's."""
    own = [sys.executable, "-P", "-m", "ipykernel_launcher", "-f", "file"]
    assert ("-P",) == options_of(own)
    for other in (
        ["/usr/bin/python3", *own[1:]],
        [sys.executable, "-c", "pass"],
        ["R"],
        [*own[:2], "-i", *own[2:]],
    ):
        assert options_of(other) is None


def test_a_missing_folder_is_told_as_ever(
    with_kernels: Callable[..., None], tmp_path: Path, logged_errors: list[Any]
) -> None:
    """A kernel that is to run in a folder that is not there fails with the stock provisioner's own words."""

    async def work(kernel: Any) -> None:
        with pytest.raises(FileNotFoundError):
            await kernel.start(cwd=str(tmp_path / "nowhere"))

    with_kernels(work, NAME)
    assert {"traitlets"} == {record.name for record in logged_errors}
    logged_errors.clear()


def test_a_closed_zygote_is_gone(modules: Path) -> None:
    """A server that ends leaves no process, and one whose list is missing starts none."""
    zygote = zygotes.Zygote(zygotes.Recipe(modules=str(modules)), os.environ)
    assert zygote.start()
    until = time.monotonic() + 30
    while not zygote.is_warm and time.monotonic() < until:
        time.sleep(0.02)
        zygote.start()
    assert zygote.is_warm
    process = zygote._process
    assert isinstance(process, subprocess.Popen)
    zygote.close()
    assert process.returncode is not None
    said: list[str] = []
    assert not zygotes.Zygote(zygotes.Recipe(modules="nowhere"), os.environ, said.append).start()
    assert ["kernels are started without a warm process: FileNotFoundError at its start"] == said
