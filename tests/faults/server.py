"""``rebound app`` in a process of its own, which can be stopped, killed and started again where it was."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

READY = "Rebound is at "
PATIENCE_S = 60
CONFINED = Path(__file__).resolve().parent / "confined.py"


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            found += [int(child) for child in (task / "children").read_text().split()]
    return found


def _is_kernel(pid: int) -> bool:
    try:
        return "ipykernel" in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class Server:
    """The launcher on one folder and one port.

    Args:
        home: The person's folder.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.url = ""
        """The address with the token."""
        self.errors: list[str] = []
        """What it wrote to its standard error."""
        self._process: subprocess.Popen[str] | None = None
        self._readers: list[threading.Thread] = []

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def begin(self) -> None:
        """Start it without waiting until it answers."""
        options = ["--home", str(self.home), "--port", str(self.port), "--no-browser"]
        self._process = subprocess.Popen(
            [sys.executable, str(CONFINED), *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "HOME": str(self.home), "PYTHONUNBUFFERED": "1"},
        )
        self._lines: queue.Queue[str] = queue.Queue()
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        for stream, take in (
            (self._process.stdout, self._lines.put),
            (self._process.stderr, self.errors.append),
        ):
            self._readers.append(threading.Thread(target=_read, args=(stream, take), daemon=True))
            self._readers[-1].start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.begin()
        try:
            line = self._lines.get(timeout=PATIENCE_S)
        except queue.Empty:
            line = "nothing"
        if not line.startswith(READY):
            self.stop(signal.SIGKILL)
            raise RuntimeError(f"The launcher said {line!r} first.\n{''.join(self.errors)}")
        self.url = line.removeprefix(READY).strip()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop it and wait until it is gone; its kernels notice by themselves when it is killed."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(how)
        self._process.wait(PATIENCE_S)
        for reader in self._readers:
            reader.join(PATIENCE_S)
        self._readers.clear()
        self._process = None

    def kernel(self, kernel_id: str) -> int:
        """The process id of a kernel.

        Raises:
            LookupError: it has no such kernel.
        """
        assert self._process is not None
        for pid in _children(self._process.pid):
            with contextlib.suppress(OSError):
                if kernel_id in Path(f"/proc/{pid}/cmdline").read_text():
                    return pid
        raise LookupError(kernel_id)

    def idle(self, patience_s: float = 30) -> None:
        """Wait until its kernels are gone, as they are some seconds after their pages."""
        assert self._process is not None
        until = time.monotonic() + patience_s
        while (
            any(_is_alive(pid) for pid in _children(self._process.pid) if _is_kernel(pid))
            and time.monotonic() < until
        ):
            time.sleep(0.1)


def _read(stream: IO[str], take: object) -> None:
    assert callable(take)
    with stream:
        for line in stream:
            take(line)
