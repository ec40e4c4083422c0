"""What a stock Voilà page of the same question loses, beside ours: `python bench/stock_voila.py`.

A notebook with one plain ``Textarea``, whose value an ``observe`` writes to a file, is served by Voilà as it is
installed, behind the proxy of the fault bench. The same person types the same words, is struck by the same fault for as
long, types on, and waits ten seconds; the button of our page is never pressed, since the other has none. Printed:
characters typed, and of those not in the file.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Error, Locator, Page

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from faults.chromium import open_browser
from faults.faults import LINK
from faults.proxy import Proxy
from faults.scene import Scene, open_place
from faults.server import free_port

BEFORE = "They asked about the churn report. "
DURING = "I drew the graph again and said what it showed. "
AFTER = "Then somebody smiled."
BREAK_S, WAIT_S = 6.0, 10.0
CELL = """
import ipywidgets, pathlib
kept = pathlib.Path("kept.txt")
area = ipywidgets.Textarea(value=kept.read_text() if kept.exists() else "")
area.observe(lambda change: kept.write_text(change["new"]), "value")
area
"""

Fault = Callable[[Page, Proxy, Callable[[], int]], None]


def cut(_page: Page, proxy: Proxy, _kernel: Callable[[], int]) -> None:
    proxy.cut(refuse=True)


def kill(_page: Page, _proxy: Proxy, kernel: Callable[[], int]) -> None:
    os.kill(kernel(), signal.SIGKILL)


def mailto(page: Page, _proxy: Proxy, _kernel: Callable[[], int]) -> None:
    page.evaluate(LINK, ["mailto:someone@example.org", False])


def load_again(page: Page, _proxy: Proxy, _kernel: Callable[[], int]) -> None:
    page.reload()


FAULTS: dict[str, Fault] = {
    f"connection closed for {BREAK_S:.0f} s": cut,
    "kernel killed": kill,
    "mailto link clicked": mailto,
    "page loaded again": load_again,
}


def write(box: Locator, words: str) -> None:
    box.wait_for()
    box.click()
    box.press("Control+End")
    box.press_sequentially(words, delay=40)


def strike(
    page: Page, box: Callable[[], Locator], proxy: Proxy, kernel: Callable[[], int], fault: Fault
) -> None:
    """The same for both: type, be struck in the middle, type on, heal, type the rest, and wait."""
    write(box(), BEFORE)
    fault(page, proxy, kernel)
    write(box(), DURING)
    page.wait_for_timeout(BREAK_S * 1000 if fault is cut else 1000)
    proxy.heal()
    page.wait_for_timeout(WAIT_S * 1000)
    write(box(), AFTER)
    page.wait_for_timeout(WAIT_S * 1000)


def lost(there: str) -> int:
    """Characters of the sentences typed that are not there; a sentence counts as far as it is there from its start."""
    missing = 0
    for words in (BEFORE, DURING, AFTER):
        part = words.strip()
        missing += len(part) - max((n for n in range(len(part) + 1) if part[:n] in there), default=0)
    return missing


@contextlib.contextmanager
def stock(folder: Path) -> Iterator[tuple[int, int]]:
    """A stock Voilà of the notebook: its port and its process id."""
    cell = {
        "cell_type": "code",
        "id": "one",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": CELL,
    }
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "page.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "voila",
        "page.ipynb",
        f"--port={port}",
        "--no-browser",
        "--Voila.ip=127.0.0.1",
    ]
    env = {**os.environ, "HOME": str(folder), "JUPYTER_RUNTIME_DIR": str(folder / "run")}
    process = subprocess.Popen(
        command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def on_stock(fault: Fault) -> int:
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made,
        stock(Path(made)) as (port, pid),
        Proxy(port) as proxy,
        open_browser() as browser,
    ):
        page = browser.new_page()

        def kernel() -> int:
            (child,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            return int(child)

        for _ in range(60):
            with contextlib.suppress(Error):
                page.goto(f"http://127.0.0.1:{port}/")
                break
            time.sleep(0.5)
        strike(page, lambda: page.locator("textarea").first, proxy, kernel, fault)
        kept = Path(made) / "kept.txt"
        return lost(kept.read_text(encoding="utf-8") if kept.exists() else "")


def on_ours(fault: Fault) -> int:
    with (
        tempfile.TemporaryDirectory() as made,
        open_browser() as browser,
        open_place(Path(made), browser) as place,
    ):
        scene = Scene(place, seed=1)
        scene.open()
        strike(scene.page, scene.box, place.proxy, lambda: scene.kernel, fault)
        there = scene.on_disk() or ""
        scene.close()
        return lost(there)


def main() -> None:
    typed = len(BEFORE.strip()) + len(DURING.strip()) + len(AFTER)
    print(f"{'of ' + str(typed) + ' characters typed, lost':34}  stock Voilà  Rebound")
    for name, fault in FAULTS.items():
        print(f"{name:34}  {on_stock(fault):11}  {on_ours(fault):7}", flush=True)


if __name__ == "__main__":
    main()
