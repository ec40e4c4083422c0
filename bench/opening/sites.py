"""The servers that are measured: each is started on an empty folder and a free port, and ended."""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from faults.server import free_port

ROOT = Path(__file__).resolve().parents[2]
APPS = Path(__file__).resolve().parent / "apps"
_ENVIRONMENTS = ROOT / ".venv-peers"
OURS = str(_ENVIRONMENTS / "ours" / "bin" / "python")
"""Rebound and stock Voilà, with the packages of the lock and what the page imports."""
THEIRS = str(_ENVIRONMENTS / "theirs" / "bin" / "python")
"""The peers: one of them brings a package that starts threads when pandas is imported, and so cannot be forked."""
_MODULES = _ENVIRONMENTS / "modules.txt"
"""What kernels of our page are forked with: learned from it, once."""
FIELD = "textarea:visible"
CONTROL = ".rb-pages :is(a, button, input, select, textarea):visible"
PATIENCE_S = 180
WARM_S = 8.0
"""Seconds a server is left alone after it answers: what it does afterwards is done by then."""


@dataclass
class Site:
    """A server that runs.

    Attributes:
        name: What is printed.
        pid: Its process.
        port: Where it listens.
        control: Which element is the first control.
        kept: The file that what is written goes to; ``None`` where nothing is written.
        token: The end of the address that lets a browser in.
        headers: What lets a visitor without a browser in.
    """

    name: str
    pid: int
    port: int
    control: str = FIELD
    kept: Path | None = None
    token: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def page_s(self) -> float:
        """Ask for the page without a browser; gives the seconds until all of it, its widgets named, was there."""
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        connection.request("GET", "/", headers=dict(self.headers))
        body = connection.getresponse().read()
        connection.close()
        assert b"vnd.jupyter.widget-view" in body, f"{self.name}: {body[-300:]!r}"
        return time.perf_counter() - began


@contextlib.contextmanager
def empty_folder() -> Iterator[Path]:
    """A folder for one site, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="opening-", ignore_cleanup_errors=True) as made:
        yield Path(made)


def environment(home: Path, port: int) -> dict[str, str]:
    """A process's environment; nobody's byte code is switched off."""
    left_out = {"PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | {
        "HOME": str(home),
        "REBOUND_HOME": str(home / "workbook"),
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(APPS),
        "PORT": str(port),
        "KEPT": str(home / "kept.jsonl"),
    }


@contextlib.contextmanager
def running(command: Sequence[str], home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """A server in a process of its own."""
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment(home, port),
        cwd=home,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


@contextlib.contextmanager
def rebound(home: Path, name: str, start: Sequence[str], control: str) -> Iterator[Site]:
    """Our launcher, however it is started."""
    port = free_port()
    folder = home / "workbook"
    options = ["app", "--no-browser", "--home", str(folder), "--port", str(port)]
    with running([OURS, *start, *options], home, port) as process:
        assert process.stdout is not None
        token = process.stdout.readline().partition("?")[2].strip()
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", f"/?{token}")
        cookie = connection.getresponse().getheader("Set-Cookie", "").partition(";")[0]
        time.sleep(WARM_S)
        yield Site(name, process.pid, port, control, home / "kept.jsonl", f"?{token}", {"Cookie": cookie})


@contextlib.contextmanager
def served(home: Path, name: str, command: Sequence[str], port: int, control: str = FIELD) -> Iterator[Site]:
    """Any other server: it is there when it answers."""
    with running(command, home, port) as process:
        wait_for(port)
        time.sleep(WARM_S)
        yield Site(name, process.pid, port, control, home / "kept.jsonl")


def wait_for(port: int) -> None:
    """Wait until somebody answers there."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("OPTIONS", "/")
            connection.getresponse()
            return
        time.sleep(0.05)


def notebook(home: Path, cell: str) -> Path:
    """A notebook of one cell, from a file of ``apps``."""
    source = (APPS / cell).read_text(encoding="utf-8").replace("FOLDER", str(APPS))
    one = {
        "cell_type": "code",
        "id": "one",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": source,
    }
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {"cells": [one], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    path = home / f"{Path(cell).stem}.ipynb"
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


def questions_ours(home: Path) -> contextlib.AbstractContextManager[Site]:
    """The twelve questions by our launcher."""
    start = [str(APPS / "rebound_app.py"), str(notebook(home, "rebound_cell.py")), str(_MODULES)]
    return rebound(home, "Rebound", start, FIELD)


def questions_stock(home: Path) -> contextlib.AbstractContextManager[Site]:
    """The twelve questions by Voilà as it is installed."""
    port = free_port()
    return served(home, "stock Voilà", voila(notebook(home, "stock_cell.py"), port), port)


def workbook_ours(home: Path) -> contextlib.AbstractContextManager[Site]:
    """The workbook of an invented person, as its reader starts it."""
    fill_workbook(home)
    return rebound(home, "Rebound", ["-m", "rebound_widgets.cli"], CONTROL)


def workbook_stock(home: Path) -> contextlib.AbstractContextManager[Site]:
    """The same notebook and the same person by Voilà as it is installed."""
    fill_workbook(home)
    port = free_port()
    return served(home, "stock Voilà", voila(ROOT / "notebooks" / "workbook.ipynb", port), port, CONTROL)


def fill_workbook(home: Path) -> None:
    """An invented person's workbook."""
    from rebound_widgets.serve.demo import fill

    fill(home / "workbook", dt.datetime.now().astimezone().date())


def voila(path: Path, port: int) -> list[str]:
    """The command that serves a notebook by Voilà as it is installed."""
    return [
        OURS,
        "-m",
        "voila",
        str(path),
        f"--port={port}",
        "--no-browser",
        "--Voila.ip=127.0.0.1",
    ]


def _peer(
    name: str, command: Callable[[str], Sequence[str]]
) -> Callable[[Path], contextlib.AbstractContextManager[Site]]:
    def start(home: Path) -> contextlib.AbstractContextManager[Site]:
        port = free_port()
        return served(home, name, [THEIRS, *command(str(port))], port)

    return start


def _app(name: str) -> str:
    return str(APPS / f"{name}_app.py")


Start = Callable[[Path], contextlib.AbstractContextManager[Site]]
QUESTIONS: Mapping[str, Start] = {
    "Rebound": questions_ours,
    "stock Voilà": questions_stock,
    "NiceGUI": _peer("NiceGUI", lambda _port: [_app("nicegui")]),
    "Panel": _peer(
        "Panel",
        lambda port: [
            "-m",
            "panel",
            "serve",
            _app("panel"),
            "--index",
            "panel_app",
            "--port",
            port,
            "--address",
            "127.0.0.1",
        ],
    ),
    "Solara": _peer(
        "Solara",
        lambda port: ["-m", "solara", "run", _app("solara"), "--port", port, "--no-open", "--production"],
    ),
    "Streamlit": _peer(
        "Streamlit",
        lambda port: [
            *(
                "-m",
                "streamlit",
                "run",
                _app("streamlit"),
                "--server.port",
                port,
                "--server.headless",
                "true",
            ),
            *("--browser.gatherUsageStats", "false", "--server.address", "127.0.0.1"),
        ],
    ),
    "marimo": _peer(
        "marimo",
        lambda port: [
            "-m",
            "marimo",
            "run",
            _app("marimo"),
            "--headless",
            "--port",
            port,
            "--host",
            "127.0.0.1",
            "--no-token",
        ],
    ),
}
"""The page of twelve questions, by who serves it."""
WORKBOOK: Mapping[str, Start] = {"Rebound": workbook_ours, "stock Voilà": workbook_stock}
"""The workbook's own first page."""
