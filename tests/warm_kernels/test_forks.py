"""What a forked kernel has of its own, and what it has not got from others."""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rebound_widgets.warm_kernels.provisioner import NAME

ABOUT = """
import json, os, random, signal, sys, time, uuid, numpy
from multiprocessing import current_process
print(json.dumps({
    "chance": [random.random(), numpy.random.random(), str(uuid.uuid4()), current_process().authkey.hex()],
    "env": dict(os.environ), "zone": time.tzname, "cwd": os.getcwd(), "argv": sys.argv, "path": sys.path,
    "session": os.getsid(0), "parent": os.getppid(), "pid": os.getpid(),
    "signals": [int(signal.getsignal(number)) for number in (signal.SIGTERM, signal.SIGCHLD, signal.SIGUSR1)],
    "masked": len(signal.pthread_sigmask(signal.SIG_BLOCK, ())),
}))
"""


def opened(pid: int, *numbers: int) -> set[str]:
    """What a process has open, under these numbers or all."""
    folder = Path(f"/proc/{pid}/fd")
    files = [folder / str(number) for number in numbers] or list(folder.iterdir())
    return {str(file.readlink()) for file in files}


def test_two_kernels_share_nothing_that_is_one_s_own(
    with_kernels: Callable[..., None], tmp_path: Path
) -> None:
    """Chance, environment, folder, time zone, session, command and open files are each kernel's own."""
    os.set_inheritable((heard := socket.create_server(("127.0.0.1", 0))).fileno(), True)
    ours = opened(os.getpid(), heard.fileno())

    async def work(one: Any, other: Any) -> None:
        keep = {"PATH": os.environ["PATH"], "IPYTHONDIR": os.environ["IPYTHONDIR"], "HOME": str(tmp_path)}
        folders = [tmp_path / "a", tmp_path / "b"]
        about = []
        for kernel, folder, zone in zip((one, other), folders, ("Asia/Tokyo", "America/Lima"), strict=True):
            folder.mkdir()
            await kernel.start(cwd=str(folder), env={**keep, "TZ": zone, "ONLY": zone})
            assert kernel.is_forked
            about.append(json.loads(await kernel.run(ABOUT)))
        assert set(about[0]["chance"]).isdisjoint(about[1]["chance"])
        assert [str(folder) for folder in folders] == [each["cwd"] for each in about]
        assert [["JST", "JST"], ["-05", "-05"]] == [each["zone"] for each in about]
        for kernel, each, zone in zip((one, other), about, ("Asia/Tokyo", "America/Lima"), strict=True):
            own = {"JPY_PARENT_PID", "LC_CTYPE", "MPLBACKEND", "PYDEVD_USE_FRAME_EVAL"}
            own |= {
                name
                for name in each["env"]
                if name.startswith(("CLICOLOR", "TERM", "PAGER", "GIT_", "FORCE"))
            }
            assert {*keep, "TZ", "ONLY"} == set(each["env"]) - own
            assert zone == each["env"]["ONLY"]
            assert [kernel.pid, kernel.pid, os.getpid()] == [each["pid"], each["session"], each["parent"]]
            assert [0, 0, 0, 0] == [*each["signals"], each["masked"]]
            assert kernel.manager.connection_file in each["argv"]
            assert kernel.manager.connection_file in Path(f"/proc/{kernel.pid}/cmdline").read_text()
            assert str(Path.cwd()) not in each["path"][:1]
            assert not ours & opened(kernel.pid)
            assert {os.devnull} == opened(kernel.pid, 0)
        assert not _lines(one.pid) & _lines(other.pid)

    with heard:
        with_kernels(work, NAME, NAME)


def _lines(pid: int) -> set[str]:
    return {name for name in opened(pid) if name.startswith(("socket:", "pipe:"))}


def test_output_goes_where_it_was_asked_to_go(with_kernels: Callable[..., None], tmp_path: Path) -> None:
    """A file takes the standard output, a pipe the standard error, of the process and of what it starts."""

    async def work(kernel: Any) -> None:
        with (tmp_path / "said").open("wb") as said:
            await kernel.start(stdout=said, stderr=subprocess.PIPE)
        assert kernel.is_forked
        await kernel.run("import os; os.write(1, b'out'); os.write(2, b'error'); os.write(1, os.read(0, 9))")
        errors = kernel.manager.provisioner.process.stderr
        assert b"error" in errors.read1(100)
        assert b"out" in (tmp_path / "said").read_bytes()

    with_kernels(work, NAME)


SERVER = """
import asyncio, sys
sys.path[:0] = [{tests!r}]
from pathlib import Path
from conftest import Kernel
from rebound_widgets.warm_kernels import provisioner, zygotes

async def main():
    provisioner.register()
    kernel = Kernel(provisioner.NAME, Path({modules!r}))
    await kernel.start()
    print(kernel.is_forked, kernel.pid, next(iter(zygotes._zygotes.values())).pid, flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


def test_nothing_outlives_a_killed_server(modules: Path, tmp_path: Path) -> None:
    """When the server is killed its kernels end, and what they were forked from."""
    code = SERVER.format(tests=str(Path(__file__).parent), modules=str(modules))
    env = {**os.environ, "IPYTHONDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=env) as server:
        assert server.stdout is not None
        forked, *pids = server.stdout.readline().split()
        assert "True" == forked
        ends = [os.pidfd_open(int(pid)) for pid in pids]
        server.kill()
        for end in ends:
            _wait(end)
            os.close(end)


def _wait(end: int, seconds: float = 15) -> None:
    ends = select.poll()
    ends.register(end, select.POLLIN)
    assert ends.poll(seconds * 1000), "it is still there"
