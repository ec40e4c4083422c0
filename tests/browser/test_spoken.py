"""What a screen reader is given, task by task: the accessibility tree of each page and what is announced on the way.

The expected trees are files in ``spoken``. ``make snapshots`` writes them anew; git shows what changed, and somebody
reads it as it would be spoken.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

SPOKEN = Path(__file__).parent / "spoken"
RENEW = os.environ.get("REBOUND_SNAPSHOTS") == "renew"
LOG = """Company,Role,Status,Applied,Interview
Harbour Analytics,data analyst,Interview,2026-10-01,2026-10-20
Mill & Byrne,analyst,Rejected,2026-10-02,
Northway,clerk,Ghosted,2026-10-05,
"""
MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\w*"
LEFT_OUT = (
    (re.compile(r":\n\s*- /url: .*\n"), "\n"),
    (re.compile(r"- status: (?:Saves as you write|Saving|Saved \d\d:\d\d)"), "- status: WHAT IS SAVED"),
    (re.compile(rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,? )?\d{{1,2}} {MONTH}(?:,? \d{{4}})?"), "DAY"),
    (re.compile(r"\b\d{2}:\d{2}\b"), "TIME"),
    (re.compile(r"\b(application|interview|contact)-[0-9a-zA-Z]{8,}"), r"\1-ID"),
)
"""What is another one at each run: what is saved already, days that follow from today, times, ids; and addresses."""

LISTEN = r"""() => {
  window.announced = [];
  const live = "[role=status], [role=alert], [aria-live]";
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const region = (target.nodeType === 1 ? target : target.parentElement)?.closest(live);
      const words = region?.innerText.trim().replace(/\s+/g, " ");
      if (words && window.announced.at(-1) !== words) window.announced.push(words);
    }
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


class Script:
    """Keeps what is spoken during one task, moment by moment."""

    def __init__(self, page: Page, task: str) -> None:
        self._page, self._task, self._moments = page, task, []  # type: ignore[var-annotated]
        page.evaluate(LISTEN)

    def at(self, moment: str) -> None:
        """The page as it is spoken now."""
        self._page.wait_for_timeout(1500)
        tree = self._page.locator("main").aria_snapshot()
        self._moments.append(f"# {moment}\n{tree}\n")

    def compare(self) -> None:
        """Compare with what is expected, announcements last."""
        heard: list[str] = self._page.evaluate("window.announced")
        # What is saved is said whenever it is; how often depends on how fast somebody types.
        said = [one for one in dict.fromkeys(heard) if not re.match(r"Sav(ed|ing)\b|Saves as", one)]
        announced = "".join(f"# {one}\n" for one in ["announced", *said])
        text = "\n".join([*self._moments, announced])
        for pattern, instead in LEFT_OUT:
            text = pattern.sub(instead, text)
        kept = SPOKEN / f"{self._task}.yaml"
        if RENEW:
            kept.parent.mkdir(exist_ok=True)
            kept.write_text(text, encoding="utf-8")
        assert kept.read_text(encoding="utf-8") == text


def go(page: Page, address: str, title: str) -> None:
    """Follow an address inside the app, as a link does."""
    page.evaluate("where => { location.hash = where }", f"#/{address}")
    expect(page.locator("h1")).to_have_text(title)


def saved(page: Page) -> None:
    """Wait until the page says that everything is on disk."""
    page.wait_for_timeout(1200)
    expect(page.locator("[data-rebound-status]")).to_have_attribute("data-state", "saved")


def test_each_task_is_spoken_as_expected(rebound: Any, new_page: Callable[..., Page], tmp_path: Path) -> None:
    """Adding, importing, taking back, debriefing, the letter and searching: each is told in full to a screen reader."""
    page = new_page(rebound.url, reduced_motion="reduce")
    expect(page.locator("h1")).to_have_text("Where you are", timeout=120_000)
    add_an_application(page)
    bring_in_a_log(page, tmp_path)
    debrief_an_interview(page)
    write_the_letter(page)
    find_in_the_table(page)
    take_back(page)


def add_an_application(page: Page) -> None:
    """One line, understood while it is typed, and kept."""
    script = Script(page, "add-an-application")
    go(page, "search", "Your search")
    script.at("the search, empty")
    line = page.get_by_label("Add an application in one line")
    line.fill("Acme, analyst, applied 3 Oct")
    expect(page.locator(".rb-quick-parts")).to_contain_text("Acme")
    script.at("understood")
    line.press("Enter")
    expect(page.get_by_text("Added: Acme. Saved.")).to_be_visible()
    script.at("added")
    script.compare()


def bring_in_a_log(page: Page, folder: Path) -> None:
    """A file, a look at it, what came in."""
    log = folder / "log.csv"
    log.write_text(LOG, encoding="utf-8")
    script = Script(page, "bring-in-a-log")
    page.evaluate("location.hash = '#/search/bring-in'")
    file = page.locator("input[type=file]")
    expect(file).to_have_count(1)
    script.at("before a file is chosen")
    file.set_input_files(log)
    add = page.get_by_role("button", name="Add 3 applications")
    expect(add).to_be_visible()
    script.at("a look at the file")
    add.click()
    expect(page.get_by_role("heading", name="3 applications are added")).to_be_visible()
    script.at("added")
    script.compare()


def debrief_an_interview(page: Page) -> None:
    """From one line to a question with its rating."""
    script = Script(page, "debrief-an-interview")
    go(page, "debrief", "Right after the interview")
    line = page.get_by_label("An interview, in one line")
    expect(line).to_be_visible()
    script.at("which interview")
    line.fill("Acme, analyst, interview 3 Nov")
    line.press("Enter")
    recall = page.locator("[data-question='debrief/recall']").get_by_role("textbox")
    recall.fill("Three people, one table.")
    saved(page)
    script.at("what happened")
    page.get_by_role("link", name="Next: The questions they asked").click()
    page.get_by_role("button", name="Add a question").click()
    page.locator("[data-question='debrief/asked-text']").get_by_role("textbox").fill("Why us?")
    page.locator("[data-question='debrief/asked-rating']").get_by_role("radio", name="2").check()
    saved(page)
    script.at("the questions they asked")
    script.compare()


def write_the_letter(page: Page) -> None:
    """The thank-you letter, begun from what is known."""
    script = Script(page, "write-the-letter")
    page.evaluate("location.hash = location.hash.replace(/(interview-[^/]+).*/, '$1/thanks')")
    start = page.locator("[data-action='draft']").first
    expect(start).to_be_visible()
    script.at("before it is begun")
    start.click()
    expect(page.locator("[data-action='copy']")).to_be_visible()
    script.at("begun")
    script.compare()


def find_in_the_table(page: Page) -> None:
    """Searching the table, and opening what was found."""
    script = Script(page, "find-in-the-table")
    go(page, "search", "Your search")
    page.get_by_role("searchbox").or_(page.get_by_label("Search", exact=True)).first.fill("harbour")
    expect(page.locator(".rb-table-found")).to_contain_text("1")
    script.at("found")
    script.compare()


def take_back(page: Page) -> None:
    """The list of what can be taken back, and one thing taken back."""
    script = Script(page, "take-back")
    page.evaluate("location.hash = '#/search/undo'")
    button = page.get_by_role("button", name=re.compile("Take it back|Take back|Bring it back")).first
    expect(button).to_be_visible()
    script.at("what can be taken back")
    button.click()
    page.wait_for_timeout(1500)
    script.at("taken back")
    script.compare()
