"""The fixtures every test stands on do what they promise."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import ipywidgets
import pytest


def test_a_swallowed_callback_error_is_heard(logged_errors: list[logging.LogRecord]) -> None:
    """An exception in a button's callback, which ipywidgets swallows, is heard by the guard."""
    button = ipywidgets.Button()
    button.on_click(lambda _: 1 / 0)
    button.click()
    heard = [str(record.exc_info[1]) for record in logged_errors if record.exc_info]
    logged_errors.clear()
    assert heard == ["division by zero"]


def test_a_swallowed_error_fails_the_test_it_happened_in(root: Path, tmp_path: Path) -> None:
    """A test whose only fault is a swallowed callback error or a logged error is not counted as passed."""
    shutil.copy(root / "tests" / "conftest.py", tmp_path / "conftest.py")
    (tmp_path / "test_faults.py").write_text(
        "import ipywidgets, logging\n"
        "def test_callback():\n"
        "    button = ipywidgets.Button()\n"
        "    button.on_click(lambda _: 1 / 0)\n"
        "    button.click()\n"
        "def test_log():\n"
        "    logging.getLogger('rebound_widgets.store').error('could not save')\n"
        "def test_sound():\n"
        "    logging.getLogger('rebound_widgets.store').info('saved')\n",
        encoding="utf-8",
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--color=no", str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        check=False,
    )
    assert ran.stdout.strip().splitlines()[-1].partition(" in ")[0] == "3 passed, 2 errors", ran.stdout


def test_the_network_is_out_of_reach() -> None:
    """A test that reaches for another machine fails, whatever the code under it catches."""
    with pytest.raises(pytest.fail.Exception), socket.socket() as reaching:
        reaching.connect(("192.0.2.1", 80))
    with pytest.raises(pytest.fail.Exception):
        socket.getaddrinfo("example.org", 443)


def test_the_loopback_is_open() -> None:
    """A test can talk to a server of its own on the loopback."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        client.sendall(b"x")
        answering, _ = server.accept()
        with answering:
            assert answering.recv(1) == b"x"


def test_every_test_has_a_folder_of_its_own(home: Path) -> None:
    """The person's folder of a test is empty and named by ``REBOUND_HOME``."""
    assert os.environ["REBOUND_HOME"] == str(home)
    assert list(home.iterdir()) == []
