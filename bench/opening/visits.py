"""Visits by real browsers: one at a time, and many at once."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser, BrowserContext, Error, Page, Playwright

from faults.chromium import FLAGS, find_chromium
from faults.proxy import MAPPED, Proxy
from opening.sites import Site

SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
"""150 ms and 1.6 Mbit/s, made by the browser, as its own developer tools make it."""
PATIENCE_MS = 120_000
KEPT_WITHIN_S = 10
"""A word that is not on disk by then has not been sent."""
SETTLE_S = 1.0


@dataclass(frozen=True)
class Visit:
    """What one visit cost.

    Attributes:
        seconds: Until the first control could be seen.
        kept_s: Until a word typed there at once was on the server's disk; ``None`` where none was typed.
        requests: What was asked for, sockets included.
        kilobytes: What passed on the wire, both ways.
    """

    seconds: float
    kept_s: float | None
    requests: int
    kilobytes: float


class Counting(Proxy):
    """A relay that counts what passes."""

    passed = 0

    async def _pass_on(self, source: Any, target: Any, passes: Any) -> None:
        read = source.read

        async def counted(size: int) -> bytes:
            data: bytes = await read(size)
            self.passed += len(data)
            return data

        source.read = counted
        await super()._pass_on(source, target, passes)


async def launch(playwright: Playwright) -> Browser:
    """A browser in a process of its own, behind the relay."""
    return await playwright.chromium.launch(executable_path=find_chromium(), args=[*FLAGS, MAPPED])


async def two_visits(playwright: Playwright, site: Site, relay: Counting, *, slow: bool) -> dict[str, Visit]:
    """A first visit by a browser that was never there, and a second one by the same."""
    browser = await launch(playwright)
    try:
        context = await browser.new_context(locale="en-GB")
        first = await visit(context, site, relay, site.url + site.token, slow=slow)
        return {"first visit": first, "second visit": await visit(context, site, relay, site.url, slow=slow)}
    finally:
        await browser.close()


async def visit(context: BrowserContext, site: Site, relay: Counting, url: str, *, slow: bool) -> Visit:
    """Go there, wait for the first control, type a word where there is room for words, and wait until it is kept."""
    page = await context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    if slow:
        line = await context.new_cdp_session(page)
        await line.send("Network.enable")
        await line.send("Network.emulateNetworkConditions", SLOW)
    before, began = relay.passed, time.monotonic()
    await page.goto(url, wait_until="commit", timeout=PATIENCE_MS)
    await page.locator(site.control).first.wait_for(timeout=PATIENCE_MS)
    seconds = time.monotonic() - began
    kept_s = (
        await typed(page, site, began)
        if "textarea" in site.control and "rb-pages" not in site.control
        else None
    )
    await asyncio.sleep(SETTLE_S)
    requests = [address for address in asked if address.startswith(("http", "ws"))]
    assert relay.passed > before, "The browser did not go through the relay that counts."
    cost = Visit(seconds, kept_s, len(requests), (relay.passed - before) / 1000)
    await page.close()
    return cost


async def typed(page: Page, site: Site, began: float) -> float:
    """Type a word into the first field at once; gives the seconds since ``began`` until it is on disk."""
    word = f"word{time.monotonic_ns()}"
    field = page.locator(site.control).first
    await field.click()
    await page.keyboard.type(word)
    await page.keyboard.press("Tab")
    assert site.kept is not None
    until = time.monotonic() + KEPT_WITHIN_S
    while time.monotonic() < until:
        if site.kept.exists() and word in site.kept.read_text(encoding="utf-8"):
            return time.monotonic() - began
        await asyncio.sleep(0.01)
    return float("inf")


async def at_once(playwright: Playwright, site: Site, count: int) -> tuple[float, int, list[Page], Browser]:
    """Open ``count`` pages at once, each as somebody who was never there.

    Returns:
        The seconds until the last was usable, how many were not within two minutes, the open pages, and their
        browser, which the caller closes.
    """
    browser = await playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
    contexts = [await browser.new_context(locale="en-GB") for _ in range(count)]
    pages = [await context.new_page() for context in contexts]
    began = time.monotonic()

    async def open_one(page: Page) -> bool:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        try:
            await page.goto(site.url + site.token, wait_until="commit", timeout=PATIENCE_MS)
            await page.locator(site.control).first.wait_for(timeout=PATIENCE_MS)
        except Error as problem:
            with contextlib.suppress(Error):
                said.append(await page.evaluate("document.body.innerText"))
            sys.stderr.write(f"{site.name}: not usable: {str(problem)[:100]} {said}\n"[:2000])
            return False
        return True

    usable = await asyncio.gather(*(open_one(page) for page in pages))
    return time.monotonic() - began, usable.count(False), pages, browser


async def leave(pages: list[Page], browser: Browser) -> None:
    """Everybody goes elsewhere, as people do, and then their browser is closed."""
    await asyncio.gather(*(page.goto("about:blank") for page in pages), return_exceptions=True)
    await browser.close()
