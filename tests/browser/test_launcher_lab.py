"""``rebound lab`` and ``rebound demo`` as commands."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.blocking import BlockingKernelClient
from playwright.sync_api import Page, expect


@pytest.fixture
def lab(start_lab: Callable[..., Any], tmp_path: Path) -> Any:
    """``rebound lab`` on a fresh folder."""
    return start_lab(tmp_path)


def test_lab_opens_copies_and_asks_nobody_else(
    lab: Any, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    """JupyterLab opens the copies; no request leaves the computer, nothing asks about news."""
    page = new_page(allowed=["Failed to load resource", "404"])
    page.goto(lab.url)
    expect(page.locator(".jp-Notebook")).to_be_visible()
    expect(page.get_by_role("tab", name="workbook.ipynb").first).to_be_visible()
    page.wait_for_timeout(4000)
    assert 0 == page.get_by_text("Would you like to get notified").count()
    asked = [address for address in page.watch.requests if "/api/news" in address or "/api/update" in address]  # type: ignore[attr-defined]
    assert [] == asked
    copies = {
        path.relative_to(tmp_path / "notebooks").as_posix()
        for path in (tmp_path / "notebooks").rglob("*.ipynb")
    }
    assert {"workbook.ipynb", "chapters/debrief.ipynb"} <= copies
    assert lab.token not in lab.log
    assert lab.token not in Path(f"/proc/{lab.process.pid}/cmdline").read_text()


def test_a_copied_notebook_keeps_no_words_when_it_is_saved(
    lab: Any, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    """Saving in JupyterLab writes no state of widgets into the file."""
    page = new_page(allowed=["Failed to load resource", "404"])
    page.goto(lab.url)
    expect(page.locator(".jp-Notebook")).to_be_visible()
    settings = page.evaluate(
        "fetch('/lab/api/settings/@jupyter-widgets/jupyterlab-manager:plugin').then((r) => r.json())"
    )
    assert settings["schema"]["properties"]["saveState"]["default"] is False
    saved = json.loads((tmp_path / "notebooks/workbook.ipynb").read_text(encoding="utf-8"))
    assert "widgets" not in saved["metadata"]


def begin_kernel(lab: Any) -> Path:
    """Start a kernel; the folder in which its connection file is."""
    connection = http.client.HTTPConnection("127.0.0.1", lab.port, timeout=60)
    connection.request(
        "POST", "/api/kernels", body='{"name": "python3"}', headers={"Authorization": f"token {lab.token}"}
    )
    assert 201 == connection.getresponse().status
    connection.close()
    run = lab.home / "app" / "lab" / "run"
    assert isinstance(run, Path)
    return run


@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def test_however_lab_is_ended_it_ends_in_order(lab: Any, how: signal.Signals) -> None:
    """A closed terminal, Ctrl-C and the system's word: kernels are gone, and of their sockets nothing is left."""
    run = begin_kernel(lab)
    assert any(run.glob("kernel-*"))
    assert 0 == lab.stop(how)
    assert [] == [path.name for path in run.iterdir()]


def test_lab_s_kernels_know_what_the_command_was_given(start_lab: Callable[..., Any]) -> None:
    """The language and the institution's questions reach the notebooks."""
    lab = start_lab(args=["--locale", "es"])
    (file,) = begin_kernel(lab).glob("kernel-*.json")
    client = BlockingKernelClient(connection_file=str(file))
    client.load_connection_file()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    said: list[str] = []
    client.execute_interactive(
        "import os; print(os.environ['REBOUND_LOCALE'], os.environ['REBOUND_HOME'])",
        output_hook=lambda message: said.append(message["content"].get("text", "")),
        timeout=60,
    )
    client.stop_channels()
    assert f"es {lab.home}" == "".join(said).strip()


def test_lab_refuses_what_it_cannot_use_and_remembers_its_port(lab: Any) -> None:
    """Questions that are not there are said before anything opens; without a port it is the one of last time."""
    assert {"port": lab.port} == json.loads((lab.home / "app" / "lab" / "address.json").read_text())
    command = [sys.executable, "-m", "rebound_widgets.cli", "lab", "--home", str(lab.home), "--no-browser"]
    refused = subprocess.run(
        [*command, "--content", str(lab.home / "nowhere")], capture_output=True, text=True, check=False
    )
    assert (1, "") == (refused.returncode, refused.stdout)
    assert "nowhere" in refused.stderr
    taken = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (1, True) == (taken.returncode, str(lab.port) in taken.stderr)


def test_the_demo_is_thrown_away(demo: Any) -> None:
    """The invented person's workbook is there while it is open, and nothing of it is left afterwards."""
    assert "workbook.rebound" in {path.name for path in demo.home.iterdir()}
    assert 0 == demo.stop()
    assert not demo.home.exists()
