"""Starting, starting again, and stopping."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rebound_widgets.serve.keys import read_keys
from rebound_widgets.serve.private import private_folder
from rebound_widgets.serve.running import is_ours, remember_port

GONE = ("WebSocket", "net::")
"""What a page complains of when its server is gone."""
COMMAND = [sys.executable, "-m", "rebound_widgets.cli", "app", "--no-browser"]


def run(home: Path, *options: str, **env: str) -> subprocess.CompletedProcess[str]:
    """A start that ends by itself."""
    command = [*COMMAND, "--home", str(home), *options]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, env={**os.environ, **env}
    )


def test_one_line_is_printed_and_nothing_else(standin: Any, page: Page) -> None:
    """The terminal shows the address and nothing more, start to end."""
    page.watch.allowed = GONE  # type: ignore[attr-defined]
    page.goto(standin.url)
    expect(page.get_by_role("heading", name="Stand-in")).to_be_visible()
    assert standin.line.startswith(f"Rebound is at http://127.0.0.1:{standin.port}/?token=")
    assert 0 == standin.stop()
    assert "" == standin.errors


def test_a_second_start_gives_the_running_one(standin: Any) -> None:
    """Starting again prints the address of the one that is open, and ends, whatever port was asked."""
    again = run(standin.home, "--port", "1")
    assert (0, f"{standin.line}\n", "") == (again.returncode, again.stdout, again.stderr)


def test_a_second_start_in_the_same_moment_waits_for_the_first(
    start_standin: Callable[..., Any], tmp_path: Path
) -> None:
    """Two clicks on the same icon open one workbook."""
    command = [*COMMAND, "--home", str(tmp_path)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    try:
        lines = []
        for one in both:
            assert one.stdout is not None
            lines.append(one.stdout.readline())
        assert lines[0].startswith("Rebound is at ")
        assert lines[0] == lines[1]
        until = time.monotonic() + 20
        while not any(one.poll() is not None for one in both) and time.monotonic() < until:
            time.sleep(0.05)
        assert [0] == [one.returncode for one in both if one.poll() is not None]
    finally:
        for one in both:
            if one.poll() is None:
                one.terminate()
            one.wait(30)
            assert one.stdout is not None
            one.stdout.close()


@pytest.mark.parametrize("usual", [False, True])
def test_a_port_that_is_taken_is_said_in_a_sentence(usual: bool, tmp_path: Path) -> None:
    """Another program's port is never shared or silently changed: a sentence, and exit code 1."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
        if usual:
            remember_port(private_folder(tmp_path), port)
        other.listen()
        tried = run(tmp_path, *([] if usual else ["--port", str(port)]))
    assert (1, "") == (tried.returncode, tried.stdout)
    assert f"Port {port}" in tried.stderr
    assert "--port" in tried.stderr
    assert 1 == len(tried.stderr.splitlines())


def test_a_port_taken_by_a_server_that_is_not_ours_gets_no_secret(
    tmp_path: Path, start_standin: Callable[..., Any]
) -> None:
    """Asking whether the running one is ours sends nothing that would help somebody who sits on its port."""
    rebound = start_standin(tmp_path)
    token = rebound.token
    rebound.stop()
    keys = read_keys(tmp_path / "app")
    assert keys is not None
    heard = []
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()

        def listen() -> None:
            line, _ = other.accept()
            with line:
                heard.append(line.recv(65536).decode())
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nyes!")

        thread = threading.Thread(target=listen)
        thread.start()
        assert not is_ours(other.getsockname()[1], keys)
        thread.join()
    assert keys.token not in heard[0]
    assert keys.secret not in heard[0]
    assert token == keys.token


def test_the_port_and_the_open_page_survive_a_restart(
    start_standin: Callable[..., Any], new_page: Any, tmp_path: Path
) -> None:
    """The next start has the same address, and the page that was open needs no token again."""
    first = start_standin(tmp_path)
    page = new_page(allowed=GONE)
    page.goto(first.url)
    expect(page.get_by_role("heading", name="Stand-in")).to_be_visible()
    line = first.line
    assert 0 == first.stop()
    command = [
        sys.executable,
        str(Path(__file__).parent / "standin.py"),
        "app",
        "--home",
        str(tmp_path),
        "--no-browser",
    ]
    second = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert second.stdout is not None
        assert f"{line}\n" == second.stdout.readline()
        page.goto(first.base)
        expect(page.get_by_role("heading", name="Stand-in")).to_be_visible()
    finally:
        second.terminate()
        assert 0 == second.wait(30)
        assert second.stdout is not None
        second.stdout.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopping_is_quick_and_leaves_no_kernel(standin: Any, page: Page, how: signal.Signals) -> None:
    """Ctrl-C, a closed terminal and the system's signal end everything in seconds, with exit code 0."""
    page.watch.allowed = GONE  # type: ignore[attr-defined]
    page.goto(standin.url)
    expect(page.get_by_role("heading", name="Stand-in")).to_be_visible()
    (kernel,) = standin.kernels()
    began = time.monotonic()
    assert 0 == standin.stop(how)
    assert time.monotonic() - began < 6
    assert not Path(f"/proc/{kernel}").exists()


def test_a_killed_server_leaves_no_kernel(standin: Any, page: Page) -> None:
    """Even when the server has no time to clean up, its kernels notice and end."""
    page.watch.allowed = GONE  # type: ignore[attr-defined]
    page.goto(standin.url)
    expect(page.get_by_role("heading", name="Stand-in")).to_be_visible()
    (kernel,) = standin.kernels()
    standin.stop(signal.SIGKILL)
    until = time.monotonic() + 15
    while Path(f"/proc/{kernel}").exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert not Path(f"/proc/{kernel}").exists()


def test_nobodys_configuration_gets_in(start_standin: Callable[..., Any], page: Page, tmp_path: Path) -> None:
    """Broken settings, start-up files, kernels and modules of the person's do not reach the workbook."""
    home = tmp_path / "person"
    for name, text in {
        ".jupyter/voila.json": '{"VoilaConfiguration": {"template": "nowhere"}, "Voila": {"port": "no"}}',
        ".jupyter/jupyter_config.py": "raise SystemExit('broken')",
        ".ipython/profile_default/startup/00.py": "import os; os._exit(1)",
        ".ipython/profile_default/ipython_config.py": "raise SystemExit('broken')",
        ".local/share/jupyter/kernels/python3/kernel.json": '{"argv": ["false"], "language": "x"}',
        ".local/share/jupyter/labextensions/anywidget/package.json": "not JSON",
        "voila.json": "{broken",
        "anywidget.py": "raise SystemExit('broken')",
        "code.py": "raise SystemExit('broken')",
    }.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    rebound = start_standin(
        home, JUPYTER_CONFIG_DIR=str(home / ".jupyter"), IPYTHONDIR=str(home / ".ipython")
    )
    page.goto(rebound.url)
    expect(page.get_by_role("heading", name="Stand-in")).to_be_visible()
    written = {path.name for path in home.rglob("history.sqlite*")}
    assert set() == written


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    """A file where the folder should be is refused in words."""
    file = tmp_path / "taken"
    file.write_text("x", encoding="utf-8")
    tried = run(file)
    assert (1, "") == (tried.returncode, tried.stdout)
    assert "cannot be written" in tried.stderr


def test_questions_that_are_not_there_are_said_in_a_sentence(tmp_path: Path) -> None:
    """A folder of questions that cannot be used is refused before anything starts."""
    tried = run(tmp_path, "--content", str(tmp_path / "nowhere"))
    assert (1, "") == (tried.returncode, tried.stdout)
    assert "nowhere cannot be used yet" in tried.stderr


def test_the_browser_is_led_in_by_a_file_only_the_person_can_read(
    start_standin: Callable[..., Any], tmp_path: Path
) -> None:
    """The token is in no program's arguments: the browser is given a private file that leads there."""
    seen = tmp_path / "seen"
    browser = tmp_path / "browser"
    browser.write_text(
        f'#!/bin/sh\necho "$1" > {seen}.part; cat "${{1#file://}}" >> {seen}.part; mv {seen}.part {seen}\n'
    )
    browser.chmod(0o755)
    home = tmp_path / "home"
    command = [sys.executable, str(Path(__file__).parent / "standin.py"), "app", "--home", str(home)]
    env = {**os.environ, "BROWSER": f"{browser} %s", "HOME": str(tmp_path)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().removeprefix("Rebound is at ").strip()
        until = time.monotonic() + 20
        while not seen.exists() and time.monotonic() < until:
            time.sleep(0.05)
        given, _, led = seen.read_text(encoding="utf-8").partition("\n")
        token = address.partition("token=")[2]
        assert token not in given
        assert token in led
        opened = Path(given.removeprefix("file://"))
        assert 0o600 == opened.stat().st_mode & 0o777
    finally:
        process.terminate()
        assert 0 == process.wait(30)
        assert process.stdout is not None
        process.stdout.close()
    assert not opened.exists()
