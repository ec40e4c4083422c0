"""How long a person takes to map a log in a language nobody listed: `CHROMIUM=... python bench/mapping_by_hand.py`.

A scripted person in the real page, by keyboard alone, at the pace of Card, Moran and Newell's keystroke-level model
(1980): 1.35 seconds of thought before each field and each button, 0.28 seconds a key, and two readings of the page.
The clock runs from the chosen file to the sentence that says what was added. The sample holds four columns and three
status words.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect, sync_playwright

from rebound_widgets.history.samples import sample

KEY_S, THOUGHT_S, READING_S = 0.28, 1.35, 4.0
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PATIENCE_MS = 120_000
ANSWERS = {
    "Yritys": "Firm",
    "Tehtävä": "Role",
    "Haettu": "Day of the application",
    "Tila": "Status",
    "What does “Hylätty” mean?": "A no",
    "What does “Odottaa” mean?": "Sent",
    "What does “Haastattelu” mean?": "At an interview",
}


@contextmanager
def workbook() -> Iterator[str]:
    """The address of an empty workbook in a folder of its own."""
    with tempfile.TemporaryDirectory() as home:
        command = [
            sys.executable,
            "-m",
            "rebound_widgets.cli",
            "app",
            "--no-browser",
            "--home",
            home,
            "--locale",
            "en",
        ]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            line = next(line for line in process.stdout if "http" in line)
            yield re.search(r"http\S+", line).group()  # type: ignore[union-attr]
        finally:
            process.terminate()
            process.wait()


class Person:
    """Somebody at a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, 0

    def key(self, name: str) -> None:
        time.sleep(KEY_S)
        self.page.keyboard.press(name)
        self.keys += 1

    def go_to(self, name: str) -> None:
        """Think, then press Tab until the control of that name has the focus."""
        time.sleep(THOUGHT_S)
        for _ in range(80):
            self.key("Tab")
            heard = self.page.evaluate(
                "() => { const at = document.activeElement; const by = (at.getAttribute('aria-labelledby') ?? '')"
                ".split(' ').filter(Boolean).map((id) => document.getElementById(id)?.innerText ?? '').join(' ');"
                " return by || [...(at.labels ?? [])].map((one) => one.innerText).join(' ') || at.innerText; }"
            )
            if name in heard:
                return
        raise AssertionError(f"Tab never came to {name!r}.")

    def choose(self, words: str) -> None:
        """Type the first letters of a choice in a list."""
        for letter in words:
            self.key("Space" if letter == " " else letter)


def main() -> None:
    with sync_playwright() as play, workbook() as url:
        browser = play.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=FLAGS)
        page = browser.new_page(locale="en", viewport={"width": 1280, "height": 900})
        page.goto(url)
        expect(page.locator("main h1")).to_be_visible(timeout=PATIENCE_MS)
        page.evaluate("location.hash = '#/search/bring-in'")
        page.locator("input[type=file]").set_input_files(
            sample("sample_unknown_language.csv"), timeout=PATIENCE_MS
        )
        began = time.perf_counter()
        person = Person(page)
        expect(page.get_by_label("Yritys")).to_be_visible(timeout=PATIENCE_MS)
        time.sleep(READING_S)
        for name, answer in ANSWERS.items():
            expect(page.get_by_label(name)).to_be_visible(timeout=PATIENCE_MS)
            person.go_to(name)
            person.choose(answer)
        time.sleep(READING_S)
        person.go_to("Add 3 applications")
        person.key("Enter")
        expect(page.get_by_role("heading", name="3 applications are added")).to_be_visible(
            timeout=PATIENCE_MS
        )
        took = time.perf_counter() - began
        expect(page.get_by_text("Words only you can explain")).to_have_count(0)
        print(f"mapped by hand in {took:.0f} s with {person.keys} keys")
        browser.close()


if __name__ == "__main__":
    main()
