"""``rebound app``: one person's workbook, in their browser, on their computer."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

from .. import places
from .browser import keep_removing, open_browser, remove_opening_file
from .kernel_source import begin_kernels, kernel_env, own_env
from .keys import Keys, keep_keys
from .logs import log, logging_to
from .private import new_run_folder, private_folder
from .quick import quick_imports
from .running import ADDRESS, find_running, held, last_port, listen, remember_port
from .words import sentences, speaking


def run_app(
    home: Path,
    *,
    port: int | None = None,
    browser: bool = True,
    locale: str | None = None,
    content: Path | None = None,
    name: str = "workbook",
) -> int:
    """Serve the workbook in ``home`` until the person stops it.

    Prints one line when the page can be opened: ``Rebound is at`` and the address. When the folder is open
    already, the line of the running one is printed, and the browser opened there.

    Args:
        home: The person's folder; made where missing.
        port: The port; the one of last time where not given, at first any free one.
        browser: Whether to open the browser.
        locale: The language of the pages, as BCP 47; English where not given.
        content: A folder of an institution's own questions.
        name: The notebook that is published, without its suffix.

    Returns:
        The exit code: 0.

    Raises:
        Refused: the port is taken, the folder cannot be written, or ``content`` cannot be used.
    """
    if content is not None:
        sentences(locale, content)
    folder = private_folder(home)
    with held(folder) as mine:
        if not mine:
            running, keys = find_running(folder)
            _announce(running, keys, folder if browser else None)
            return 0
        with logging_to(folder):
            return _serve(home, folder, port, browser=browser, locale=locale, content=content, name=name)


def _serve(
    home: Path,
    folder: Path,
    port: int | None,
    *,
    browser: bool,
    locale: str | None,
    content: Path | None,
    name: str,
) -> int:
    keys = keep_keys(folder)
    sock = listen(port, last_port(folder))
    chosen: int = sock.getsockname()[1]
    remember_port(folder, chosen)
    env, run_folder = own_env(home, locale, content), new_run_folder(folder)
    # The kernel's libraries, the server's and the browser all load at once; whoever asks early waits in the socket.
    begin_kernels(kernel_env(run_folder, env))
    _may_be_stopped()
    try:
        _announce(chosen, keys, folder if browser else None)
        with quick_imports():
            from .door import Door  # noqa: PLC0415 - the slow part, and not needed to say that a port is taken
            from .server import Rebound  # noqa: PLC0415

        server = Rebound(
            Door(keys, chosen),
            notebook(name),
            home,
            sentences=speaking(locale, content),
            own_env=env,
            run_folder=run_folder,
            secret=keys.secret,
        )
        log.info("open on port %d", chosen)
        asyncio.run(server.serve(sock, lambda: keep_removing(folder)))
    finally:
        remove_opening_file(folder)
    return 0


def _may_be_stopped() -> None:
    """End in peace when told to stop before the server is there, which then listens itself."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: sys.exit(0))


def notebook(name: str) -> Path:
    """The notebook that is published under that name."""
    return places.shipped("notebooks") / f"{name}.ipynb"


def address(port: int, keys: Keys) -> str:
    """The address that opens the workbook, token included."""
    return f"http://{ADDRESS}:{port}/?token={keys.token}"


def _announce(port: int, keys: Keys, open_from: Path | None) -> None:
    sys.stdout.write(f"Rebound is at {address(port, keys)}\n")
    sys.stdout.flush()
    if open_from is not None:
        open_browser(address(port, keys), open_from)
