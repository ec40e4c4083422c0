"""What every browser test stands on: a real Chromium, the real launcher, and pages that must not complain.

    def test_something(rebound, page):
        page.goto(rebound.url)

``rebound`` is ``rebound app`` in a process of its own, on a fresh folder. ``page`` fails its test at the end
when the page wrote an error to its console, threw one, or asked another host for anything.
"""

from __future__ import annotations

import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)
from playwright.sync_api import TimeoutError as PlaywrightTimeout

HERE = Path(__file__).resolve().parent
CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_S = 60
READY = "Rebound is at "

expect.set_options(timeout=20_000)  # A busy machine is slow and not wrong.


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Everything in this folder is a browser test, with or without the mark."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


# --- the launcher ----------------------------------------------------------------------------------


@dataclass
class Rebound:
    """A running launcher.

    Attributes:
        home: The person's folder.
        process: The launcher's process.
        line: What it printed when it was ready.
    """

    home: Path
    process: subprocess.Popen[str]
    line: str
    _errors: list[str] = field(default_factory=list)
    _readers: list[threading.Thread] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address with the token."""
        return self.line.removeprefix(READY).strip()

    @property
    def port(self) -> int:
        """The port."""
        return int(urlsplit(self.url).port or 0)

    @property
    def base(self) -> str:
        """The address without the token, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        """The token."""
        return self.url.partition("token=")[2]

    @property
    def log(self) -> str:
        """What the launcher has logged so far."""
        return (self.home / "app" / "rebound.log").read_text(encoding="utf-8")

    @property
    def errors(self) -> str:
        """What it wrote to its standard error so far."""
        return "".join(self._errors)

    def kernels(self) -> list[int]:
        """The process ids of its kernels."""
        return kernels_of(self.process.pid)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to stop; returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(PATIENCE_S)
        for reader in self._readers:
            reader.join(PATIENCE_S)
        return code


def children(pid: int) -> list[int]:
    """The process ids of a process's children, on Linux."""
    found = [Path(task, "children").read_text().split() for task in Path(f"/proc/{pid}/task").iterdir()]
    return [int(child) for some in found for child in some]


def kernels_of(pid: int) -> list[int]:
    """Those of a server's children that are kernels; one more is what kernels are forked from."""
    return [child for child in children(pid) if "ipykernel" in Path(f"/proc/{child}/cmdline").read_text()]


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _read(stream: IO[str], take: Callable[[str], object]) -> None:
    with stream:
        for line in stream:
            take(line)
    take("")  # The end: whoever waits for a line waits no longer.


def launch(command: Sequence[str], home: Path, **env: str) -> Rebound:
    """Start ``command`` and wait for its ready line; fails with what it wrote when there is none."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "DISPLAY"}
        | {"HOME": str(home), "PYTHONUNBUFFERED": "1"}
        | env,
    )
    lines: queue.Queue[str] = queue.Queue()
    errors: list[str] = []
    assert process.stdout is not None
    assert process.stderr is not None
    readers = [
        threading.Thread(target=_read, args=(stream, take), daemon=True)
        for stream, take in ((process.stdout, lines.put), (process.stderr, errors.append))
    ]
    for reader in readers:
        reader.start()
    try:
        line = lines.get(timeout=PATIENCE_S)
    except queue.Empty:
        process.kill()
        process.wait()
        pytest.fail(f"{' '.join(command)} printed no ready line in {PATIENCE_S} s.\n{''.join(errors)}")
    if not line.startswith(READY):
        process.kill()
        process.wait()
        pytest.fail(f"{' '.join(command)} printed {line!r} first.\n{''.join(errors)}")
    return Rebound(home=home, process=process, line=line.rstrip("\n"), _errors=errors, _readers=readers)


Start = Callable[..., Rebound]


def _starter(command: Sequence[str], fresh: Callable[[], Path]) -> Iterator[Start]:
    started: list[Rebound] = []

    def start(
        home: Path | None = None, *, port: int | None = None, args: Sequence[str] = (), **env: str
    ) -> Rebound:
        folder = home or fresh()
        options = ["--home", str(folder), "--port", str(port or free_port()), "--no-browser", *args]
        started.append(launch([*command, *options], folder, **env))
        return started[-1]

    try:
        yield start
    finally:
        codes = [one.stop() for one in started]
    killed = -signal.SIGKILL
    told = [one.errors for one in started if one.errors]
    assert [] == told, "the launcher wrote to its standard error"
    assert set(codes) <= {0, killed}


@pytest.fixture
def start_rebound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Starts ``rebound app``: ``start_rebound(home=None, port=None, args=(), **environment)``."""
    command = [sys.executable, "-m", "rebound_widgets.cli", "app"]
    yield from _starter(command, lambda: tmp_path_factory.mktemp("home"))


@pytest.fixture
def start_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Starts ``rebound lab`` as ``start_rebound`` starts the app."""
    command = [sys.executable, "-m", "rebound_widgets.cli", "lab"]
    yield from _starter(command, lambda: tmp_path_factory.mktemp("home"))


@pytest.fixture
def start_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Starts ``rebound desk`` as ``start_rebound`` starts the app."""
    command = [sys.executable, "-m", "rebound_widgets.cli", "desk"]
    yield from _starter(command, lambda: tmp_path_factory.mktemp("desk"))


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Rebound]:
    """``rebound demo``: an invented person's workbook."""
    command = [
        sys.executable,
        "-m",
        "rebound_widgets.cli",
        "demo",
        "--no-browser",
        "--port",
        str(free_port()),
    ]
    started = launch(command, tmp_path, TMPDIR=str(tmp_path))
    (started.home,) = tmp_path.glob("rebound-demo-*")
    try:
        yield started
    finally:
        code = started.stop()
    assert (0, "") == (code, started.errors)


@pytest.fixture
def start_standin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Starts the real launcher on a tiny notebook, for tests of the launcher alone; see ``standin.py``."""
    command = [sys.executable, str(HERE / "standin.py"), "app"]
    yield from _starter(command, lambda: tmp_path_factory.mktemp("home"))


@pytest.fixture
def standin(start_standin: Start) -> Rebound:
    """The real launcher on a tiny notebook and a fresh folder."""
    return start_standin()


@pytest.fixture(scope="module")
def shared_standin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rebound]:
    """The same for all tests of a file, for those that leave it as it was."""
    command = [sys.executable, str(HERE / "standin.py"), "app"]
    for start in _starter(command, lambda: tmp_path_factory.mktemp("home")):
        yield start()


@pytest.fixture(name="free_port")
def _free_port() -> int:
    """A port that was free a moment ago."""
    return free_port()


@pytest.fixture
def rebound(start_rebound: Start) -> Rebound:
    """``rebound app`` on a fresh folder."""
    return start_rebound()


# --- the browser -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium on this machine; never skips, since a page nobody opened is not tested."""
    named = os.environ.get("CHROMIUM")
    for name in ([named] if named else []) + list(CANDIDATES):
        found = shutil.which(name)
        if found:
            return found
    pytest.fail(
        "The browser tests need Chromium, and none of "
        f"{', '.join(CANDIDATES)} is here. On Debian: sudo apt install chromium. Elsewhere: install Chromium "
        "or Chrome and name it with CHROMIUM=/path/to/it.",
        pytrace=False,
    )


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for a file of tests; not longer, since asyncio.run is refused while it is there."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield opened
        opened.close()


@dataclass
class Watch:
    """What a page complained of.

    Attributes:
        allowed: Parts of complaints that the test expects.
        heard: Complaints, as text.
        foreign: Addresses asked for on other hosts.
        requests: Every address asked for, in order.
        waiting: Those of them that are not answered to the end.
    """

    allowed: tuple[str, ...] = ()
    heard: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Listen to a page from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._hear(f"page error: {error}"))
        page.on("request", self._request)
        page.on("requestfinished", self._answered)
        page.on("requestfailed", self._answered)
        page.on("websocket", lambda socket: self._address(socket.url))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._hear(f"console error: {message.text} ({message.location.get('url', '')})")

    def _hear(self, complaint: str) -> None:
        if not any(part in complaint for part in self.allowed):
            self.heard.append(complaint)

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)
        self.waiting.append(request.url)
        self._address(request.url)

    def _answered(self, request: Request) -> None:
        if request.url in self.waiting:
            self.waiting.remove(request.url)

    def _address(self, url: str) -> None:
        parts = urlsplit(url.removeprefix("blob:"))
        if parts.scheme not in ("about", "data", "mailto") and parts.hostname not in (
            "127.0.0.1",
            "localhost",
        ):
            self.foreign.append(url)


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Opens pages: ``new_page(url=None, *, width, height, dark, allowed=(), context=None, **options)``.

    ``allowed`` are parts of complaints that the test means to provoke. ``context`` puts the page beside
    another, sharing its cookies and storage. ``page.watch`` has what was heard. ``options`` go to
    Playwright's context.
    """
    watches: list[Watch] = []
    contexts: list[BrowserContext] = []

    def open_page(
        url: str | None = None,
        *,
        width: int = 1280,
        height: int = 800,
        dark: bool = False,
        allowed: Sequence[str] = (),
        context: BrowserContext | None = None,
        **options: Any,
    ) -> Page:
        if context is None:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if dark else "light",
                locale=options.pop("locale", "en-GB"),
                **options,
            )
            context.set_default_timeout(PATIENCE_S * 1000)
            contexts.append(context)
        watch = Watch(allowed=tuple(allowed))
        watches.append(watch)
        page = context.new_page()
        page.watch = watch  # type: ignore[attr-defined]
        watch.follow(page)
        if url is not None:
            try:
                page.goto(url)
            except PlaywrightTimeout as late:
                pytest.fail(f"The page did not open; it still waited for {watch.waiting}. {late}")
        return page

    try:
        yield open_page
    finally:
        for context in contexts:
            context.close()
    assert [] == [complaint for watch in watches for complaint in watch.heard]
    assert [] == [address for watch in watches for address in watch.foreign]


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A blank page, 1280 pixels wide, light."""
    return new_page()


@pytest.fixture(scope="session")
def until() -> Callable[..., None]:
    """Waits for an expression: ``until(page, "window.x === 1", timeout_s=8)``.

    Playwright's own ``wait_for_function`` compiles text in the page, which our pages forbid.
    """

    def wait(page: Page, expression: str, *, timeout_s: float = 10) -> None:
        end = time.monotonic() + timeout_s
        while not page.evaluate(expression):
            if time.monotonic() > end:
                pytest.fail(f"{expression} did not come true in {timeout_s} s")
            page.wait_for_timeout(50)

    return wait


@pytest.fixture(scope="session")
def picture(root: Path) -> Callable[..., Path]:
    """Takes a picture: ``picture(page, "start-375-dark")``, into ``screenshots/``, which git ignores."""

    def take(page: Page, name: str, *, full: bool = True) -> Path:
        path = root / "screenshots" / f"{name}.png"
        path.parent.mkdir(exist_ok=True)
        page.screenshot(path=path, full_page=full)
        return path

    return take
