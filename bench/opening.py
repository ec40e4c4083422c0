"""What opening a page costs, beside stock Voilà in the same run: `python bench/opening.py [ROUNDS]`.

Both serve one page of the same kind to one visitor after the other by HTTP, executed, with all its output: ours the
workbook of an invented person, stock Voilà the same notebook. Then twenty ask at once. Printed, as medians with ranges
and as ratios: seconds to the whole page, seconds of processor (server, kernel, and what kernels are forked from), and
memory that only that visitor's kernel has. Linux only; nobody's byte code is switched off.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import datetime as dt
import http.client
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AT_ONCE = 20
_PATIENCE_S = 180
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Site:
    """A server that runs.

    Attributes:
        name: What is printed.
        process: Its process.
        port: Where it listens.
        headers: What lets a visitor in.
        finished: What a whole page ends with.
    """

    name: str
    process: subprocess.Popen[str]
    port: int
    path: str
    headers: dict[str, str]
    finished: bytes

    def page(self) -> float:
        """Ask for the page; gives the seconds until all of it was there."""
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE_S)
        connection.request("GET", self.path, headers=self.headers)
        body = connection.getresponse().read()
        connection.close()
        took = time.perf_counter() - began
        assert self.finished in body, f"{self.name}: {body[-300:]!r}"
        return took

    def cost(self) -> float:
        """Seconds of processor so far, of the server and of all its children, those that have ended too."""
        pids = [self.process.pid, *_children(self.process.pid)]
        return sum(_processor(pid) for pid in pids) + _ended(self.process.pid)

    def kernels(self) -> list[int]:
        """The kernels."""
        found = _children(self.process.pid)
        return [pid for pid in found if "ipykernel" in Path(f"/proc/{pid}/cmdline").read_text()]


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            found += [int(child) for child in (task / "children").read_text().split()]
    return found


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _processor(pid: int) -> float:
    times = _stat(pid)
    return (int(times[11]) + int(times[12])) / _TICK


def _ended(pid: int) -> float:
    times = _stat(pid)
    return (int(times[13]) + int(times[14])) / _TICK


def _unique_mb(pid: int) -> float:
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    own = [int(row.split()[1]) for row in rows if row.startswith(("Private_Clean", "Private_Dirty"))]
    return sum(own) / 1024


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _environment(home: Path) -> dict[str, str]:
    left_out = {"PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | {"HOME": str(home), "REBOUND_HOME": str(home / "workbook"), "PYTHONUNBUFFERED": "1"}


@contextlib.contextmanager
def ours(home: Path) -> Iterator[Site]:
    """``rebound app``, warm."""
    port = _free_port()
    folder = str(home / "workbook")
    command = [sys.executable, "-m", "rebound_widgets.cli", "app", "--no-browser", "--home", folder]
    with _running([*command, "--port", str(port)], home) as process:
        assert process.stdout is not None
        token = process.stdout.readline().partition("token=")[2].strip()
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", f"/?token={token}")
        cookie = connection.getresponse().getheader("Set-Cookie", "").partition(";")[0]
        time.sleep(8)  # Warm: what it does after its ready line is done.
        yield Site("rebound", process, port, "/", {"Cookie": cookie}, b"vnd.jupyter.widget-view")


@contextlib.contextmanager
def stock(home: Path) -> Iterator[Site]:
    """``python -m voila`` with the same notebook."""
    port = _free_port()
    notebook = str(ROOT / "notebooks" / "workbook.ipynb")
    command = [sys.executable, "-m", "voila", notebook, "--no-browser", f"--port={port}"]
    with _running(command, home) as process:
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        yield Site("stock Voilà", process, port, "/", {}, b"vnd.jupyter.widget-view")


@contextlib.contextmanager
def _running(command: Sequence[str], home: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=_environment(home),
        cwd=home,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


def measure(site: Site, rounds: int) -> dict[str, list[float]]:
    """Visit ``rounds`` times, one after the other, after one visit that does not count; then all at once."""
    site.page()
    found: dict[str, list[float]] = {"seconds to the page": [], "processor seconds": [], "own MB": []}
    for _ in range(rounds):
        there, before = set(site.kernels()), site.cost()
        found["seconds to the page"].append(site.page())
        time.sleep(1.5)
        (kernel,) = set(site.kernels()) - there
        found["processor seconds"].append(site.cost() - before)
        found["own MB"].append(_unique_mb(kernel))
    began = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as visitors:
        list(visitors.map(lambda _: site.page(), range(AT_ONCE)))
    found[f"seconds to {AT_ONCE} pages at once"] = [time.perf_counter() - began]
    return found


def main() -> None:
    """Measure both and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    home = Path(tempfile.mkdtemp(prefix="opening-"))
    sys.path.insert(0, str(ROOT))
    from rebound_widgets.serve.demo import fill

    fill(home / "workbook", dt.datetime.now().astimezone().date())
    sites: list[Callable[[Path], contextlib.AbstractContextManager[Site]]] = [ours, stock]
    results = {}
    try:
        for site in sites:
            with site(home) as running:
                results[running.name] = measure(running, rounds)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    names = list(results)
    print(f"{'':32}" + "".join(f"{name:>26}" for name in names) + f"{'ratio':>8}")
    for row in results[names[0]]:
        middle = [statistics.median(results[name][row]) for name in names]
        cells = [
            f"{value:.2f} ({min(results[name][row]):.2f} to {max(results[name][row]):.2f})"
            for name, value in zip(names, middle, strict=True)
        ]
        print(f"{row:32}" + "".join(f"{cell:>26}" for cell in cells) + f"{middle[0] / middle[-1]:8.3f}")


if __name__ == "__main__":
    main()
