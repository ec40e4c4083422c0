"""What opening the page costs the browser and the line, beside stock Voilà: `python bench/opening_front.py [RUNS]`.

The same notebook, the workbook's own, on a fresh folder each: by Rebound's launcher, and by Voilà as it is installed.
Each visit is made by a browser that was never there; the second visit by the same one. Requests are counted in the
browser, sockets included; bytes by a relay between the two, so that they are those on the wire. Usable is the page when
the first control of its first chapter can be seen. The slow line is 150 ms and 1.6 Mbit/s, made by the browser.
Printed: medians of RUNS (five), smallest and largest, and ours as a part of theirs.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import BrowserType, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from faults.chromium import FLAGS, find_chromium
from faults.proxy import Proxy
from faults.server import free_port

ROOT = Path(__file__).resolve().parent.parent
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
CONTROL = ".rb-pages :is(a, button, input, select, textarea):visible"
PATIENCE_MS = 180_000
SETTLE_MS = 1_000


class Counting(Proxy):
    """A relay that counts what passes."""

    passed = 0

    async def _pass_on(self, source: Any, target: Any, passes: Any) -> None:
        read = source.read

        async def counted(size: int) -> bytes:
            data: bytes = await read(size)
            self.passed += len(data)
            return data

        source.read = counted
        await super()._pass_on(source, target, passes)


@dataclass(frozen=True)
class Visit:
    """What one visit cost."""

    seconds: float
    requests: int
    kilobytes: float


@contextlib.contextmanager
def ours(home: Path, port: int) -> Iterator[str]:
    """Rebound's own launcher; gives the address."""
    command = [sys.executable, "-m", "rebound_widgets.cli", "app", "--no-browser"]
    with started([*command, "--home", str(home), "--port", str(port)], home, subprocess.PIPE) as process:
        assert process.stdout is not None
        yield process.stdout.readline().removeprefix("Rebound is at ").strip()


@contextlib.contextmanager
def stock(home: Path, port: int) -> Iterator[str]:
    """Voilà as it is installed, with the same notebook and an empty folder for its settings."""
    command = [sys.executable, "-m", "voila", str(ROOT / "notebooks" / "workbook.ipynb"), f"--port={port}"]
    with started([*command, "--no-browser", "--Voila.ip=127.0.0.1"], home, subprocess.DEVNULL):
        for _ in range(PATIENCE_MS // 500):
            time.sleep(0.5)
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
        yield f"http://127.0.0.1:{port}/"


@contextlib.contextmanager
def started(command: list[str], home: Path, output: int) -> Iterator[subprocess.Popen[str]]:
    """A server in a process of its own, whose person has that folder."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env |= {"HOME": str(home), "REBOUND_HOME": str(home), "JUPYTER_RUNTIME_DIR": str(home / "run")}
    process = subprocess.Popen(command, env=env, stdout=output, stderr=subprocess.DEVNULL, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)
        if process.stdout is not None:
            process.stdout.close()


def visit(page: Page, url: str, relay: Counting, *, slow: bool) -> Visit:
    """Go there and wait for the first control; what the page asks for within a second more counts as well."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    if slow:
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", SLOW)
    before, began = relay.passed, time.monotonic()
    page.goto(url, wait_until="commit", timeout=PATIENCE_MS)
    page.locator(CONTROL).first.wait_for(timeout=PATIENCE_MS)
    seconds = time.monotonic() - began
    page.wait_for_timeout(SETTLE_MS)
    requests = [url for url in asked if url.startswith(("http", "ws"))]
    return Visit(seconds, len(requests), (relay.passed - before) / 1000)


def measure(chromium: BrowserType, server: Any, runs: int) -> dict[str, list[Visit]]:
    """Each kind of visit, ``runs`` times; a first one that warms the server is not counted."""
    made: dict[str, list[Visit]] = {}
    port = free_port()
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
        server(Path(home), port) as url,
        Counting(port) as relay,
    ):
        for number, slow in itertools.product(range(runs + 1), (False, True)):
            # A program of its own each time, not only a new context: nothing of it may be warm.
            browser = chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
            context = browser.new_context(locale="en-GB")
            for which in ("first", "second"):
                page = context.new_page()
                one = visit(page, url if which == "first" else url.split("?")[0], relay, slow=slow)
                page.close()
                if number:
                    made.setdefault(f"{which} visit{', slow line' * slow}", []).append(one)
            browser.close()
    return made


def row(name: str, part: str, mine: list[Visit], theirs: list[Visit]) -> str:
    """One line of what is printed."""
    figures = [[float(getattr(one, part)) for one in all_of] for all_of in (mine, theirs)]
    shown = [f"{median(all_of):8.2f} ({min(all_of):.2f} to {max(all_of):.2f})" for all_of in figures]
    return f"{name:26} {part:10} {shown[0]:28} {shown[1]:28} {median(figures[0]) / median(figures[1]):.2f}"


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with sync_playwright() as playwright:
        mine, theirs = (measure(playwright.chromium, server, runs) for server in (ours, stock))
    print(f"{'':37} {'Rebound':28} {'stock Voilà':28} ratio")
    for name in mine:
        for part in ("seconds", "requests", "kilobytes"):
            print(row(name, part, mine[name], theirs[name]))


if __name__ == "__main__":
    main()
