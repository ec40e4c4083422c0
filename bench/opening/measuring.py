"""One site after the other: visits, a crowd, and what they cost the server."""

from __future__ import annotations

import asyncio
import concurrent.futures
import time
from collections import defaultdict
from collections.abc import Mapping

from playwright.async_api import Playwright

from opening import processes
from opening.sites import Site, Start, empty_folder
from opening.visits import Counting, Visit, at_once, leave, two_visits

Figures = dict[str, list[float]]
"""What was measured → each time it was."""
LINES = {False: "", True: ", slow 4G"}
OURS = "Rebound"
STOCK = "stock Voilà"
SLOW_ROUNDS = {OURS: 100}
OTHERS_SLOW_ROUNDS = 1
"""On the slow line most take long, and always as long: stock Voilà half a minute."""
REST_S = 1.5
CROWD = 20
BIG_CROWD = 30
"""Ours alone; see ``staying``."""
GONE_S = 30


async def measure(playwright: Playwright, start: Start, rounds: int, crowds: int = 1) -> Figures:
    """Everything that is measured of a site of twelve questions."""
    found: Figures = defaultdict(list)
    with empty_folder() as home, start(home) as site:
        await visits(playwright, site, rounds, found)
        for _ in range(
            1 if site.name == STOCK else crowds
        ):  # It takes minutes, and then some pages are dead.
            await crowd(playwright, site, CROWD, found)
    return found


async def measure_workbook(playwright: Playwright, start: Start, rounds: int, _crowds: int = 0) -> Figures:
    """Everything that is measured of the workbook's own first page, with and without a browser."""
    found: Figures = defaultdict(list)
    with empty_folder() as home, start(home) as site:
        by_http(site, rounds, found)
        await visits(playwright, site, rounds, found)
    return found


async def visits(playwright: Playwright, site: Site, rounds: int, found: Figures) -> None:
    """Visits one at a time, on this machine's own line and on a slow one; one that warms the server is not counted."""
    with Counting(site.port) as relay:
        await two_visits(playwright, site, relay, slow=False)
        for number in range(rounds):
            for slow, line in LINES.items():
                if slow and number >= SLOW_ROUNDS.get(site.name, OTHERS_SLOW_ROUNDS):
                    continue
                before = processes.processor_s(site.pid)
                made = await two_visits(playwright, site, relay, slow=slow)
                await asyncio.sleep(REST_S)
                if not slow:
                    used = (processes.processor_s(site.pid) - before) / len(made)
                    found["processor seconds a visit"].append(used)
                for kind, one in made.items():
                    note(found, f"{kind}{line}", one)


def note(found: Figures, kind: str, one: Visit) -> None:
    """Put one visit's figures where they belong."""
    found[f"{kind}: seconds to the first control"].append(one.seconds)
    if one.kept_s is not None:
        found[f"{kind}: seconds to the first word kept"].append(one.kept_s)
    found[f"{kind}: requests"].append(one.requests)
    found[f"{kind}: kB on the wire"].append(one.kilobytes)


async def crowd(playwright: Playwright, site: Site, count: int, found: Figures) -> None:
    """Many at once, who stay until they are counted."""
    before = processes.tree_mb(site.pid)
    seconds, dead, pages, browser = await at_once(playwright, site, count)
    try:
        await asyncio.sleep(REST_S)
        found[f"{count} browser pages at once: seconds to the last"].append(seconds)
        found[f"{count} browser pages at once: not usable"].append(dead)
        found["MB a visitor more"].append((processes.tree_mb(site.pid) - before) / count)
        if own := [processes.own_mb(pid) for pid in processes.kernels(site.pid)]:
            found["MB only a visitor's kernel has"].append(sum(own) / len(own))
    finally:
        await leave(pages, browser)
    await gone(site)


async def gone(site: Site) -> None:
    """Wait until nobody's kernel is left, as far as the site ends them."""
    until = time.monotonic() + GONE_S
    while processes.kernels(site.pid) and time.monotonic() < until:
        await asyncio.sleep(0.5)


def by_http(site: Site, rounds: int, found: Figures) -> None:
    """The whole page without a browser: one after the other, then many at once."""
    site.page_s()
    for _ in range(rounds):
        there, before = set(processes.kernels(site.pid)), processes.processor_s(site.pid)
        found["page by HTTP: seconds"].append(site.page_s())
        time.sleep(REST_S)
        found["page by HTTP: processor seconds"].append(processes.processor_s(site.pid) - before)
        new = set(processes.kernels(site.pid)) - there
        found["page by HTTP: MB only its kernel has"] += [processes.own_mb(pid) for pid in new]
    began = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(CROWD) as visitors:
        list(visitors.map(lambda _: site.page_s(), range(CROWD)))
    found[f"page by HTTP: seconds to {CROWD} at once"].append(time.perf_counter() - began)


def rows(results: Mapping[str, Figures]) -> list[str]:
    """Every row there is, in the order in which it was first measured."""
    return list(dict.fromkeys(row for figures in results.values() for row in figures))
