"""Thirty real browser pages of one group at once: how many fail, and how long each step takes for the last of them.

Takes some minutes. PEOPLE=10 in the environment for fewer.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

PEOPLE = int(os.environ.get("PEOPLE", "30"))
PATIENCE_MS = 300_000
PREPARED = "debrief/felt-prepared"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


class Session:
    """A group on this machine, its counsellor and its phones."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser, self._url = browser, url
        self._base = url.partition("host/")[0]
        self.failures: list[str] = []

    async def page(self, width: int) -> Page:
        context = await self._browser.new_context(viewport={"width": width, "height": 740})
        context.set_default_timeout(PATIENCE_MS)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.failures.append(str(error)[:80]))
        return page

    async def lead(self) -> tuple[Page, str]:
        host = await self.page(1280)
        await host.goto(self._url)
        code = await host.locator("[data-code]").get_attribute("data-code")
        return host, str(code)

    async def join(self, code: str) -> Page:
        phone = await self.page(375)
        await phone.goto(f"{self._base}join/{code}")
        await phone.get_by_role("button", name="Join").click()
        await phone.get_by_text("The first exercise opens soon").wait_for()
        return phone

    async def answer(self, phone: Page, number: int) -> None:
        await phone.locator(f"[data-question='{PREPARED}'] input[value='{number % 5 + 1}']").check()
        await phone.locator("[data-question='debrief/threw-me'] textarea").fill(f"Words {number}")
        await phone.get_by_text("Saved").first.wait_for()

    async def together(self, steps: list) -> float:
        """Do all at once; returns the seconds until the last was done, and counts those that failed."""
        import asyncio

        began = time.perf_counter()
        done = await asyncio.gather(*steps, return_exceptions=True)
        self.failures += [type(one).__name__ for one in done if isinstance(one, BaseException)]
        self.last = [one for one in done if not isinstance(one, BaseException)]
        return time.perf_counter() - began


async def measure(url: str) -> int:
    """Play one session; prints a line for each step."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS)
        session = Session(browser, url)
        host, code = await session.lead()
        seconds = await session.together([session.join(code) for _ in range(PEOPLE)])
        phones: list[Page] = session.last
        print(f"{len(phones)} of {PEOPLE} pages joined at once, the last after {seconds:.1f} s")
        await host.get_by_role("link", name="Choose an exercise").first.click()
        began = time.perf_counter()
        await host.locator("[data-panel=debrief] button").nth(2).click()
        await session.together([one.locator(f"[data-question='{PREPARED}']").wait_for() for one in phones])
        print(f"exercise on {len(session.last)} phones after {time.perf_counter() - began:.1f} s")
        seconds = await session.together([session.answer(one, n) for n, one in enumerate(phones)])
        print(f"{len(session.last)} answers and words saved after {seconds:.1f} s")
        counted = len(phones) // 5 * 5
        began = time.perf_counter()
        await host.get_by_text(f"{counted} people counted.").wait_for()
        print(f"{counted} counted {time.perf_counter() - began:.1f} s later")
        await host.get_by_role("link", name="The end").click()
        await host.get_by_role("button", name="Begin the end").click()
        take = [one.get_by_role("button", name="Save my workbook").wait_for() for one in phones]
        print(f"the way home on every phone after {await session.together(take):.1f} s")
        await browser.close()
        print(f"failures: {len(session.failures)} {sorted(set(session.failures))}")
        return 1 if session.failures or len(phones) < PEOPLE else 0


def main() -> int:
    """Start a group, play a session, stop it."""
    import asyncio

    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "rebound_widgets.cli", "group", "--folder", folder, "--no-browser"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert server.stdout is not None
        try:
            url = server.stdout.readline().removeprefix("Rebound is at ").strip()
            return asyncio.run(measure(url))
        finally:
            server.terminate()
            server.wait()
            log = (Path(folder) / "app" / "rebound.log").read_text(encoding="utf-8")
            errors = [line for line in log.splitlines() if " error " in line]
            print(f"errors in the server's log: {len(errors)}")


if __name__ == "__main__":
    sys.exit(main())
