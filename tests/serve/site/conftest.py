"""A real ``rebound serve`` in a process of its own, and visitors who speak HTTP to it."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

KERNEL = re.compile(r'"kernelId": ?"([0-9a-f-]{36})"')


@dataclass
class Answer:
    """What was answered."""

    status: int
    headers: http.client.HTTPMessage
    body: str


@dataclass
class Visitor:
    """Somebody with a browser, as far as cookies go."""

    port: int
    prefix: str = "/"
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
        """Ask for a path below the prefix; an ``Origin`` of our own goes with every form."""
        host = headers.pop("Host", f"127.0.0.1:{self.port}")
        sent = {"Host": host, "Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items())}
        if method == "POST":
            sent |= {"Origin": f"http://{host}", "Content-Type": "application/x-www-form-urlencoded"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, self.prefix + path, body or None, sent)
            answer = connection.getresponse()
            said = Answer(answer.status, answer.headers, answer.read().decode("utf-8", "replace"))
        finally:
            connection.close()
        for cookie in said.headers.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0].strip('"')
        return said

    def begin(self) -> Answer:
        """Begin a visit."""
        return self.ask("begin", "POST")

    def open(self) -> str:
        """Open the workbook; returns its kernel's id."""
        page = self.ask("")
        found = KERNEL.search(page.body)
        assert found, page.body[:2000]
        return found.group(1)


@dataclass
class Served:
    """A running site."""

    folder: Path
    process: subprocess.Popen[str]
    line: str
    port: int
    prefix: str

    def visitor(self) -> Visitor:
        """Somebody new."""
        return Visitor(self.port, self.prefix)

    def homes(self, part: str = "visits") -> list[Path]:
        """The folders of all visitors of a part."""
        return sorted(path for path in (self.folder / part).iterdir())

    @property
    def log(self) -> str:
        """What it has logged."""
        return (self.folder / "app" / "rebound.log").read_text(encoding="utf-8")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Stop it; returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(60)


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def websocket(visitor: Visitor, kernel_id: str, *, origin: str | None = None) -> int:
    """The status with which the line to a kernel is answered; 101 means that it is open."""
    upgrade = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec_WebSocket_Version": "13",
        "Origin": origin or f"http://127.0.0.1:{visitor.port}",
    }
    return visitor.ask(f"api/kernels/{kernel_id}/channels", **upgrade).status


Serve = Callable[..., Served]


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Starts ``rebound serve``: ``serve(folder=None, *args, prefix="/")``; stopped at the end of the file."""
    started: list[Served] = []

    def start(
        folder: Path | None = None,
        args: Sequence[str] = (),
        *,
        prefix: str = "/",
        port: int | None = None,
        command: str = "serve",
    ) -> Served:
        folder, port = folder or tmp_path_factory.mktemp("site"), port or free_port()
        line = [sys.executable, "-m", "rebound_widgets.cli", command, "--folder", str(folder)]
        process = subprocess.Popen(
            [*line, "--port", str(port), *args],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        assert process.stdout is not None
        said = process.stdout.readline()
        if not said.startswith("Rebound is at "):
            _, error = process.communicate(timeout=60)
            pytest.fail(f"No ready line but {said!r}; {error}")
        started.append(Served(folder, process, said, port, prefix))
        return started[-1]

    yield start
    codes = [one.stop() for one in started]
    for one in started:
        for stream in (one.process.stdout, one.process.stderr):
            assert stream is not None
            with stream:
                assert "" == stream.read()
    assert set(codes) <= {0, -signal.SIGKILL}


def until(condition: Callable[[], bool], patience_s: float = 20) -> bool:
    """Wait for something to be so."""
    end = time.monotonic() + patience_s
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
