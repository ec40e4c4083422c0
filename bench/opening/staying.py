"""What only ours is asked: changes of chapter, a start where nothing can be forked, 200 visits, many crowds.

``python -m opening.staying [--only PART…] [--crowds 20] [--rounds 5] [--append FILE]``
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

from playwright.async_api import Playwright, async_playwright

from faults.chromium import FLAGS, find_chromium
from opening import processes, sites
from opening.figures import shown
from opening.leaving import visits
from opening.measuring import BIG_CROWD, gone
from opening.visits import PATIENCE_MS, at_once, leave

CHANGE = """async (id) => {
  const began = performance.now();
  location.hash = `#/${id}`;
  while (!document.querySelector(`.rb-pages > [data-chapter="${id}"] h1`)) await new Promise((go) => setTimeout(go, 1));
  return performance.now() - began;
}"""
CHAPTERS = ("debrief", "no", "search", "ready", "refocus", "learn", "keep-going", "share", "help", "start")
_OPTIONS = list(FLAGS)
HEAD = "## The workbook alone"
TABLE = "| | |\n|---|---|\n"


async def crowds(playwright: Playwright, count: int) -> list[tuple[str, str]]:
    """One crowd after the other at one server: who was left out, how long it took, and what was left of them."""
    seconds, dead, memory, left = [], 0, [], []
    with sites.empty_folder() as home, sites.workbook_ours(home) as site:
        for number in range(count):
            took, failed, pages, browser = await at_once(playwright, site, BIG_CROWD)
            seconds.append(took)
            dead += failed
            await leave(pages, browser)
            if number in {
                0,
                count - 1,
            }:  # The others' kernels end while the next crowd comes, as on a busy day.
                await gone(site)
                memory.append(processes.tree_mb(site.pid))
                left.append(float(len(processes.kernels(site.pid))))
    return [
        (f"{count} crowds of {BIG_CROWD} browser pages: pages that were not usable", str(dead)),
        ("seconds to the last page of a crowd", shown(seconds, "")),
        ("MB of the server and what it started after the first crowd, and after the last", _ends(memory)),
        ("kernels left half a minute after a crowd, at most", f"{max(left):.0f}"),
    ]


def _ends(values: list[float]) -> str:
    return f"{values[0]:.0f}, {values[-1]:.0f}"


async def changes(playwright: Playwright, rounds: int) -> list[tuple[str, str]]:
    """Milliseconds from one chapter to another, each opened for the first time and then again."""
    took: dict[str, dict[str, list[float]]] = {"first time": {}, "again": {}}
    with sites.empty_folder() as home, sites.workbook_ours(home) as site:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=_OPTIONS)
        for _ in range(rounds):
            page = await browser.new_page()
            await page.goto(site.url + site.token)
            await page.locator(site.control).first.wait_for()
            await page.wait_for_timeout(3000)
            for found in took.values():
                for chapter in CHAPTERS:
                    found.setdefault(chapter, []).append(await page.evaluate(CHANGE, chapter))
                    await page.wait_for_timeout(500)
            await page.close()
        await browser.close()
    rows = []
    for kind, found in took.items():
        medians = {chapter: median(values) for chapter, values in found.items()}
        every = [value for values in found.values() for value in values]
        slowest = max(medians, key=lambda chapter: medians[chapter])
        rows.append((f"milliseconds to another chapter, {kind}", shown(every, "")))
        rows.append((f"the slowest chapter of them, {kind}", f"{slowest}: {shown(found[slowest], '')}"))
    return rows


async def starts(playwright: Playwright, rounds: int) -> list[tuple[str, str]]:
    """Seconds from the command to the first control on an empty folder, without a fork, beside stock Voilà's."""
    took: dict[str, list[float]] = {"Rebound": [], "stock Voilà": []}
    for _ in range(rounds + 1):
        for name, seconds in took.items():
            with sites.empty_folder() as home:
                seconds.append(await start(playwright, name, home))
    ours, stock = (seconds[1:] for seconds in took.values())  # The first start compiles.
    return [
        ("seconds from the command to the first control, without a fork", shown(ours, "")),
        ("the same for stock Voilà with the same notebook", shown(stock, "")),
        ("ours as a part of it", f"{median(ours) / median(stock):.2f}"),
    ]


async def start(playwright: Playwright, name: str, home: Path) -> float:
    """One start and one visit, the browser ready before."""
    port = sites.free_port()
    ours = [sites.OURS, str(sites.APPS / "unforked_app.py"), "app", "--no-browser", "--port", str(port)]
    theirs = sites.voila(sites.ROOT / "notebooks" / "workbook.ipynb", port)
    browser = await playwright.chromium.launch(executable_path=find_chromium(), args=_OPTIONS)
    page = await browser.new_page()
    began = time.monotonic()
    command = [*ours, "--home", str(home / "workbook")] if name == "Rebound" else theirs
    with sites.running(command, home, port) as process:
        if name == "Rebound":
            assert process.stdout is not None
            line = await asyncio.to_thread(process.stdout.readline)
            url = line.removeprefix("Rebound is at ").strip()
        else:
            url = f"http://127.0.0.1:{port}/"
            await asyncio.to_thread(sites.wait_for, port)
        await page.goto(url, wait_until="commit", timeout=PATIENCE_MS)
        await page.locator(sites.CONTROL).first.wait_for(timeout=PATIENCE_MS)
        seconds = time.monotonic() - began
        await browser.close()
    return seconds


async def run(asked: argparse.Namespace) -> str:
    """What was asked for, as a table; each row is also told when it is there."""
    rows: list[tuple[str, str]] = []
    async with async_playwright() as playwright:
        parts: dict[str, Callable[[], Awaitable[list[tuple[str, str]]]]] = {
            "changes": lambda: changes(playwright, asked.rounds),
            "starts": lambda: starts(playwright, asked.rounds),
            "visits": lambda: asyncio.to_thread(visits),
            "crowds": lambda: crowds(playwright, asked.crowds),
        }
        for name in asked.only or parts:
            rows += await parts[name]()
            sys.stderr.write(f"{name}: done\n")
    return TABLE + "".join(f"| {name} | {value} |\n" for name, value in rows)


def main() -> None:
    """Measure, print, and put it at the end of the page of the documentation where it is wanted."""
    parser = argparse.ArgumentParser(description="Crowds, changes of chapter and a start without a fork.")
    parser.add_argument("--only", nargs="*", choices=("changes", "starts", "visits", "crowds"), default=[])
    parser.add_argument("--crowds", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--append", type=Path, help="the page of the documentation")
    asked = parser.parse_args()
    table = asyncio.run(run(asked))
    sys.stdout.write(table)
    if asked.append is not None:
        there = asked.append.read_text(encoding="utf-8")
        if HEAD in there:  # rows of other parts
            table = table.removeprefix(TABLE)
        else:
            there += f"\n{HEAD}\n\nOf runs of their own after the one above, medians of {asked.rounds}.\n\n"
        asked.append.write_text(there + table, encoding="utf-8")


if __name__ == "__main__":
    main()
