"""A student and two counsellors in real browsers, from signing in to taking back."""

from __future__ import annotations

import os
import pwd
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from ..browser.conftest import FLAGS
from .campus import Campus, processes_of, wait_for
from .conftest import ENDS_SOON

PATIENCE_MS = 60_000
ENDS_AFTER_S = 3.0
WORDS = "They asked about the ferry tables of Lindau."
NOTE = "Try the harbour office next."


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture
def newcomer(browser: Browser) -> Iterator[Any]:
    """Opens a page in a browser of its own."""
    made: list[BrowserContext] = []

    def opened() -> Page:
        made.append(browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB"))
        return made[-1].new_page()

    yield opened
    for context in made:
        context.close()


def go(page: Page, address: str) -> None:
    """Open a part of the app by its address."""
    page.evaluate("(where) => { location.hash = `#/${where}`; }", address)
    expect(page.locator("main h1")).to_be_visible(timeout=PATIENCE_MS)


def write(page: Page, question: str, words: str) -> None:
    """Type into a field and wait until it is saved."""
    field = page.locator(f"[data-question='{question}'] :is(input, textarea)").first
    field.fill(words, timeout=PATIENCE_MS)
    field.blur()


def test_one_student_shares_one_counsellor_reads_and_nobody_else(campus: Campus, newcomer: Any) -> None:
    """Sign in, write, share in one press; the counsellor sees that alone; others nothing; taken back, it is gone."""
    names = {"fay": campus.person("fay"), "gil": campus.person("gil")}
    names |= {who: campus.person(who, "counsellors") for who in ("hale", "iris")}

    reader = newcomer()
    campus.sign_in(reader, names["hale"])
    expect(reader.locator("main h1")).to_be_visible(timeout=PATIENCE_MS)
    write(reader, "desk/name", "Dr Hale")
    wait_for("her name at the centre", lambda: reader.reload() is not None and knows(campus, "Dr Hale"), 60)

    student = newcomer()
    campus.sign_in(student, names["fay"])
    expect(student.locator("main h1")).to_be_visible(timeout=PATIENCE_MS)
    assert student.url.startswith(f"{campus.url}/user/{names['fay']}/")
    go(student, "search")
    line = student.locator(".rb-quick input, [data-quick] input, input[type='text']").first
    line.fill("Acme, clerk, applied 3 Oct", timeout=PATIENCE_MS)
    line.press("Enter")
    expect(student.get_by_text("Acme").first).to_be_visible(timeout=PATIENCE_MS)
    go(student, "share/with-somebody")
    write(student, "share/with-as", "Fay")
    write(student, "share/with-why", WORDS)
    student.get_by_label("My search in numbers, without names").check(timeout=PATIENCE_MS)
    student.get_by_role("button", name="I agree").click(timeout=PATIENCE_MS)
    student.get_by_role("button", name="Share with Dr Hale now").click(timeout=PATIENCE_MS)
    expect(student.get_by_text("Dr Hale has it on their desk now.")).to_be_visible(timeout=PATIENCE_MS)

    reader.reload()
    expect(reader.get_by_role("link", name="Fay").first).to_be_visible(timeout=PATIENCE_MS)
    reader.get_by_role("link", name="Fay").first.click()
    expect(reader.get_by_text(WORDS)).to_be_visible(timeout=PATIENCE_MS)

    other, fellow = newcomer(), newcomer()
    campus.sign_in(other, names["iris"])
    expect(other.locator("main h1")).to_be_visible(timeout=PATIENCE_MS)
    other.wait_for_timeout(1500)
    assert "Fay" not in other.locator("body").inner_text()
    campus.sign_in(fellow, names["gil"])
    expect(fellow.locator("main h1")).to_be_visible(timeout=PATIENCE_MS)
    closed = fellow.goto(f"{campus.url}/user/{names['fay']}/")
    assert closed is not None
    assert 403 == closed.status
    assert WORDS not in fellow.content()

    go(student, "share/shared")
    expect(student.get_by_text("Dr Hale opened it on")).to_be_visible(timeout=PATIENCE_MS)
    student.get_by_role("button", name="Take it back now").click(timeout=PATIENCE_MS)
    expect(student.get_by_text("Taken back on")).to_be_visible(timeout=PATIENCE_MS)
    expect(reader.get_by_text(WORDS)).to_have_count(0, timeout=40_000)
    assert "0" == campus.database.ask(f"SELECT count(*) FROM shares WHERE rest LIKE '%{WORDS}%'").strip()
    assert WORDS not in campus.log


def knows(campus: Campus, name: str) -> bool:
    """Whether the centre knows somebody by that name."""
    return "1" == campus.database.ask(f"SELECT count(*) FROM people WHERE name = '{name}'").strip()


def test_a_server_that_is_killed_comes_back_with_every_word(campus: Campus, newcomer: Any) -> None:
    """A student's server is killed while they write: the page goes on by itself, and what they typed is on disk."""
    name = campus.person("jon")
    page = newcomer()
    campus.sign_in(page, name)
    expect(page.locator("main h1")).to_be_visible(timeout=PATIENCE_MS)
    go(page, "share/with-somebody")
    write(page, "share/with-as", "Jon before")
    for process in processes_of(pwd.getpwnam(name).pw_uid):
        os.kill(process, signal.SIGKILL)
    write(page, "share/with-as", "Jon and after")
    file = Path(f"~{name}").expanduser() / ".local" / "share" / "rebound" / "workbook.rebound"
    wait_for("every word on disk", lambda: b"Jon and after" in file.read_bytes(), 90)
    expect(page.locator("main h1")).to_be_visible(timeout=PATIENCE_MS)
    assert "Jon and after" == page.locator("[data-question='share/with-as'] input").input_value()


def test_a_server_that_nobody_uses_ends_and_eats_no_word(campus: Campus, newcomer: Any) -> None:
    """It stays while a page is open, ends by itself after the last, and the next visit finds every word."""
    name = campus.person(ENDS_SOON)
    page = newcomer()
    campus.sign_in(page, name)
    expect(page.locator("main h1")).to_be_visible(timeout=PATIENCE_MS)
    go(page, "share/with-somebody")
    write(page, "share/with-as", "Bri at the first visit")
    server = campus.api(f"users/{name}")["servers"][""]["started"]
    time.sleep(3 * ENDS_AFTER_S)
    write(page, "share/with-as", "Bri at the first visit, much later")
    file = Path(f"~{name}").expanduser() / ".local" / "share" / "rebound" / "workbook.rebound"
    assert server == campus.api(f"users/{name}")["servers"][""]["started"], "it stayed while a page was open"
    page.close()  # at once, with the last words on their way
    wait_for("the end of the server", lambda: not campus.api(f"users/{name}")["servers"], 60)
    wait_for("the end of its processes", lambda: not processes_of(pwd.getpwnam(name).pw_uid), 20)
    again = page.context.new_page()
    again.goto(f"{campus.url}/user/{name}/")
    expect(again.locator("main h1")).to_be_visible(timeout=PATIENCE_MS)
    go(again, "share/with-somebody")
    field = again.locator("[data-question='share/with-as'] input")
    expect(field).to_have_value("Bri at the first visit, much later", timeout=PATIENCE_MS)
    wait_for("every word on disk", lambda: b"much later" in file.read_bytes(), 20)
