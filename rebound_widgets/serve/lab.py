"""``rebound lab``: the notebooks in JupyterLab, as copies in the person's own folder."""

from __future__ import annotations

import json
import logging
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from .. import places
from .browser import open_browser, remove_opening_file
from .copies import copy_notebooks
from .kernel_source import own_env
from .keys import Keys, keep_keys
from .logs import log, logging_to
from .private import private_folder, write_private
from .quick import quick_imports
from .running import ADDRESS, last_port, listen, remember_port
from .words import sentences

OVERRIDES: Mapping[str, Mapping[str, Any]] = {
    # JupyterLab would ask its makers' servers for news and new versions, and a package index for extensions.
    "@jupyterlab/apputils-extension:notification": {
        "checkForUpdates": False,
        "fetchNews": "false",
        "doNotDisturbMode": True,
    },
    "@jupyterlab/extensionmanager-extension:plugin": {"enabled": False},
    # What a person typed would be written into the notebook file with the widgets' state.
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": False},
}
_FOLDER = "lab"
_QUIET: Mapping[str, Any] = {"handlers": [], "level": "WARNING"}


def run_lab(
    home: Path,
    *,
    port: int | None = None,
    browser: bool = True,
    locale: str | None = None,
    content: Path | None = None,
) -> int:
    """Open the notebooks in JupyterLab until the person stops it; prints one line like ``run_app``.

    The copies are in ``notebooks`` in the person's folder; one that the person changed is never overwritten.
    JupyterLab keeps its settings in the person's folder too, and asks no other host for anything.

    Args:
        home: The person's folder; made where missing.
        port: The port; the one JupyterLab had last time where not given, at first any free one.
        browser: Whether to open the browser.
        locale: The language of the workbook's pages, as BCP 47.
        content: A folder of an institution's own questions.

    Returns:
        The exit code: 0.

    Raises:
        Refused: the port is taken, the folder cannot be written, or ``content`` cannot be used.
    """
    if content is not None:
        sentences(locale, content)
    folder = private_folder(home)
    sock = listen(port, last_port(folder / _FOLDER))
    chosen: int = sock.getsockname()[1]
    keys = keep_keys(folder)
    notebooks, settings = prepare_lab(home, folder)
    remember_port(settings, chosen)
    with logging_to(folder), own_jupyter(settings, own_env(home, locale, content)), quick_imports():
        sock.close()  # The server opens the port itself; this one has said at once whether it is taken.
        server = _server(chosen, keys, notebooks, settings)
        server.io_loop.add_callback(_announce, chosen, keys, folder if browser else None)
        log.info("JupyterLab open on port %d", chosen)
        _end_in_order(lambda: server.stop(from_signal=True))
        try:
            server.start()
        finally:
            remove_opening_file(folder)
            _end_worker_threads()
    return 0


def prepare_lab(home: Path, folder: Path) -> tuple[Path, Path]:
    """Bring the person's notebooks and JupyterLab's settings up to date; gives the folders of both.

    Args:
        home: The person's folder.
        folder: The launcher's own folder in it.
    """
    notebooks, settings = home / "notebooks", folder / _FOLDER
    copy_notebooks(places.shipped("notebooks"), notebooks, folder)
    for name in ("config", "data", "run", "settings"):
        (settings / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(settings / "settings" / "overrides.json", json.dumps(OVERRIDES, indent=1))
    return notebooks, settings


def _end_in_order(stop: Callable[[], None]) -> None:
    """A closed terminal and Ctrl-C end it as SIGTERM does; by itself it hears them only in a terminal of its own."""
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: stop())


def _end_worker_threads() -> None:
    """Tell threads that still wait for work that there is none.

    They outlive the server's loop, and the process would wait for them for ever.
    """
    for thread in threading.enumerate():
        stop = getattr(thread, "stop", None)  # anyio's have it, and nothing public reaches them.
        if not thread.daemon and callable(stop):
            # A full queue holds work and the word to stop already.
            with suppress(queue.Full):
                stop()


def _announce(port: int, keys: Keys, open_from: Path | None) -> None:
    address = f"http://{ADDRESS}:{port}/lab/tree/workbook.ipynb?token={keys.token}"
    sys.stdout.write(f"Rebound is at {address}\n")
    sys.stdout.flush()
    if open_from is not None:
        open_browser(address, open_from)


@contextmanager
def own_jupyter(folder: Path, own: Mapping[str, str]) -> Iterator[None]:
    """Jupyter's folders and IPython's inside the person's, so that no other configuration gets in.

    Args:
        folder: JupyterLab's folder in the person's.
        own: What kernels need to know of the workbook.
    """
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith(("JUPYTER", "IPYTHON", "JPY_"))]:
        del os.environ[name]
    os.environ |= {
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_PLATFORM_DIRS": "1",
        "JUPYTER_RUNTIME_DIR": str(folder / "run"),
        **own,
    }
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def lab_config(notebooks: Path, settings: Path, secret: str, run: Path | None = None) -> Any:
    """What JupyterLab is told wherever it runs: our folders, our kernel, no terminal, no other host, few words.

    Args:
        notebooks: The person's notebooks, all it shows of the disk.
        settings: The folder of its settings.
        secret: Signs cookies.
        run: Where kernels' sockets are; in the folder of the settings where not given.
    """
    from traitlets.config import Config  # noqa: PLC0415 - not needed to refuse

    from .kernels import OwnKernel, QuietKernels, kernel_config  # noqa: PLC0415

    return Config(
        {
            # Sockets that other accounts of the machine cannot listen at: what a kernel prints goes to whoever does.
            "ConnectionFileMixin": kernel_config(run or settings / "run")["ConnectionFileMixin"],
            # Without handlers of their own they log where everything else does, not to the terminal.
            "Application": {"logging_config": {"loggers": {"LabApp": _QUIET, "ServerApp": _QUIET}}},
            "LabApp": {
                "app_settings_dir": str(settings / "settings"),
                "check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
                "extension_manager": "readonly",
                "news_url": None,
            },
            "ServerApp": {
                "allow_root": True,  # In a container everybody is; the door guards.
                "answer_yes": True,
                "cookie_secret": secret.encode(),
                "default_url": "/lab/tree/workbook.ipynb",
                "kernel_manager_class": QuietKernels,
                "kernel_spec_manager_class": OwnKernel,
                "open_browser": False,
                "root_dir": str(notebooks),
                "terminals_enabled": False,
            },
        }
    )


def lab_log() -> logging.Logger:
    """Where JupyterLab logs.

    Not our own logger: JupyterLab's lines may hold addresses with tokens (see logs.py). It keeps them from the root,
    so it gets the root's handlers.
    """
    found = logging.getLogger("jupyterlab")
    found.handlers[:] = logging.getLogger().handlers
    return found


def _server(port: int, keys: Keys, notebooks: Path, settings: Path) -> Any:
    from jupyterlab.labapp import LabApp  # noqa: PLC0415 - takes a second, and not needed to refuse
    from traitlets.config import Config  # noqa: PLC0415

    config = lab_config(notebooks, settings, keys.secret)
    config.merge(
        Config(
            {
                "IdentityProvider": {"token": keys.token},
                "ServerApp": {"ip": ADDRESS, "port": port, "port_retries": 0},
            }
        )
    )
    server = LabApp.make_serverapp(config=config, jpserver_extensions={"jupyterlab": True}, log=lab_log())
    server.initialize(argv=[], starter_extension=LabApp.name, find_extensions=False)
    return server
