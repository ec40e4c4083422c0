"""The page as the launcher sends it, in a real browser."""

from __future__ import annotations

import itertools
import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
"""


def ask(page: Page, number: int) -> None:
    """Press the button and wait for the kernel's answer."""
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#said")).to_have_text(f"answer {number}")


def test_a_page_opens_talks_to_its_kernel_and_breaks_no_rule(
    shared_standin: Any, new_page: Callable[..., Page]
) -> None:
    """The address of the terminal opens the workbook; nothing violates the page's own security policy."""
    page = new_page()
    page.add_init_script(VIOLATIONS)
    page.goto(shared_standin.url)
    ask(page, 1)
    assert [] == page.evaluate("window.violations")
    assert f"{shared_standin.base}/" == page.url
    assert "Rebound" == page.title()
    assert "en" == page.evaluate("document.documentElement.lang")
    assert 0 == page.locator("#opening").count()


def test_styles_of_widgets_apply_and_markup_cannot_bring_its_own(
    shared_standin: Any, page: Page, until: Callable[..., None]
) -> None:
    """A widget's style sheet is taken, though no inline style is allowed; one in markup is not."""
    page.watch.allowed = ("Content Security Policy",)  # type: ignore[attr-defined]
    page.goto(shared_standin.url)
    ask(page, 1)
    colour = "getComputedStyle(document.getElementById('said')).color"
    assert "rgb(1, 2, 3)" == page.evaluate(colour)
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<style>#said { color: rgb(9, 9, 9) }</style>')"
    )
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"data:,\" onerror=alert(1)>')")
    assert "rgb(1, 2, 3)" == page.evaluate(colour)
    # In a task of its own: what a test evaluates may compile text, the page may not.
    page.evaluate("setTimeout(() => { try { Function('1')(); window.ran = 1 } catch { window.ran = 2 } })")
    until(page, "window.ran === 2")


def test_money_in_a_note_is_not_set_as_mathematics(shared_standin: Any, page: Page) -> None:
    """Two sums of money in a line stay what they are, in ipywidgets' own Label too."""
    page.goto(shared_standin.url)
    ask(page, 1)
    expect(page.get_by_text("$52k vs $60k")).to_be_visible()


def test_a_mailto_link_does_not_end_the_kernel(standin: Any, page: Page, until: Callable[..., None]) -> None:
    """Stock Voilà ends the kernel when a mail link is clicked; here the page goes on with the same one."""
    page.goto(standin.url)
    ask(page, 1)
    kernels = standin.kernels()
    page.evaluate("window.fired = 0; window.onbeforeunload = () => { window.fired += 1; }")
    page.get_by_role("link", name="Write").click()
    until(page, "window.fired > 0")
    with page.expect_download():
        page.get_by_role("link", name="Take along").click()
    page.wait_for_timeout(500)
    ask(page, 2)
    assert kernels == standin.kernels()


def test_a_page_that_is_left_gives_its_kernel_back(standin: Any, page: Page) -> None:
    """Reloading and leaving ends the kernel of before, after a short wait for its last words."""
    page.goto(standin.url)
    ask(page, 1)
    before = standin.kernels()
    page.reload()
    ask(page, 1)
    until = time.monotonic() + 30
    while set(before) & set(standin.kernels()) and time.monotonic() < until:
        page.wait_for_timeout(200)
    assert set() == set(before) & set(standin.kernels())
    ask(page, 2)


def test_widgets_hear_when_the_connection_closes(
    standin: Any, page: Page, until: Callable[..., None]
) -> None:
    """A dead kernel closes the line within seconds, and the page can tell its widgets so."""
    page.goto(standin.url)
    ask(page, 1)
    page.evaluate(
        "addEventListener('rebound:connection', (event) => { window.connected = event.detail.open; })"
    )
    (kernel,) = standin.kernels()
    os.kill(kernel, signal.SIGKILL)
    until(page, "window.connected === false", timeout_s=8)


def test_the_first_words_are_there_before_any_script(
    start_standin: Callable[..., Any], new_page: Any
) -> None:
    """While the kernel starts, the page already says what is happening, without waiting for its scripts."""
    rebound = start_standin(STANDIN="slow")
    page = new_page()
    page.route("**/*.*js", lambda route: route.abort())
    page.watch.allowed = ("ERR_FAILED",)
    page.goto(rebound.url, wait_until="commit")
    expect(page.get_by_text("Opening your workbook")).to_be_visible(timeout=4000)


def test_a_reader_without_scripts_is_told_so(shared_standin: Any, new_page: Callable[..., Page]) -> None:
    """Without JavaScript there is a sentence, not an empty page."""
    page = new_page(java_script_enabled=False)
    page.goto(shared_standin.url)
    # Chromium hides <noscript> even where a test switched scripts off, so its text is looked for in the page.
    assert "<noscript>" in page.content()
    assert "Rebound needs JavaScript" in page.content()
    expect(page.get_by_text("Opening your workbook")).to_be_visible()


@pytest.mark.parametrize("cell", ["fail", "die"])
def test_a_workbook_that_cannot_open_says_what_to_do(
    start_standin: Callable[..., Any], page: Page, cell: str
) -> None:
    """A failing cell gives a kind page with a next step; no traceback, and no word of it in the log."""
    rebound = start_standin(STANDIN=cell)
    page.goto(rebound.url)
    expect(page.get_by_role("heading", name="Your workbook did not open")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    assert "mother" not in page.content() + rebound.log
    assert "Error" not in page.locator("body").inner_text()
    assert [] == rebound.kernels()


def test_a_refusal_is_shown_in_its_own_words(start_standin: Callable[..., Any], page: Page) -> None:
    """What the workbook refuses with a sentence, such as a newer format, reaches the reader so."""
    rebound = start_standin(STANDIN="refuse")
    page.goto(rebound.url)
    expect(page.get_by_text("This workbook is newer.")).to_be_visible()


def test_the_opening_page_fits_every_screen(
    start_standin: Callable[..., Any], new_page: Any, picture: Callable[..., Path]
) -> None:
    """The first words need no sideways scrolling at 320 pixels, and follow the system's light or dark."""
    rebound = start_standin(STANDIN="slow")
    for width, dark in itertools.product((320, 375, 1280), (False, True)):
        page = new_page(width=width, height=700, dark=dark, allowed=["ERR_FAILED"])
        page.route("**/*.*js", lambda route: route.abort())
        page.goto(rebound.url, wait_until="commit")
        expect(page.get_by_text("Opening your workbook")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        paper = "rgb(23, 26, 28)" if dark else "rgb(251, 248, 243)"
        assert paper == page.evaluate("getComputedStyle(document.body).backgroundColor")
        picture(page, f"opening-{width}-{'dark' if dark else 'light'}", full=False)
        page.close()


def test_what_a_first_and_a_second_visit_cost(shared_standin: Any, page: Page) -> None:
    """With a stock box and its controls the page asks for ten files at most; the browser keeps all it may keep."""
    page.goto(shared_standin.url)
    ask(page, 1)
    asked = [url for url in page.watch.requests if url.startswith("http")]  # type: ignore[attr-defined]
    assert len(asked) <= 10
    fetched: list[str] = []
    page.on(
        "response", lambda response: None if response.from_service_worker else fetched.append(response.url)
    )
    page.reload()
    ask(page, 1)
    sizes = page.evaluate(
        "performance.getEntriesByType('resource').filter((e) => e.transferSize > 0).map((e) => e.name)"
    )
    kept_anew = [name for name in sizes if re.search(r"/files/", name)]
    assert [] == kept_anew
    assert fetched


def test_words_written_before_the_line_is_there_are_kept(
    start_standin: Callable[..., Any], page: Page, tmp_path: Path
) -> None:
    """The first question can be answered as soon as it is seen: what is written waits for the line and is kept."""
    line = tmp_path / "line"
    standin = start_standin(STANDIN="asking", STANDIN_LINE=str(line))
    kept = standin.home / "kept.txt"
    page.goto(standin.url)
    box = page.get_by_label("Why?")
    box.press_sequentially("They asked why")
    page.wait_for_timeout(1500)  # Past every pause in typing, and past the page's second hello.
    assert not kept.exists()
    line.touch()
    box.press_sequentially(" and I knew.")
    expect(box).to_have_value("They asked why and I knew.")
    for _ in range(200):
        if kept.exists() and kept.read_text(encoding="utf-8") == "They asked why and I knew.":
            break
        page.wait_for_timeout(50)
    assert "They asked why and I knew." == kept.read_text(encoding="utf-8")


def test_what_code_prints_into_an_output_stands_in_it(start_standin: Callable[..., Any], page: Page) -> None:
    """An ``Output`` shows what the cell, a button and a failing button wrote into it, and the kernel knows it."""
    page.goto(start_standin(STANDIN="output").url)
    first, second = page.locator(".widget-output").first, page.locator(".widget-output").last
    expect(first).to_contain_text("from the cell")
    expect(first.locator("#drawn")).to_have_text("drawn")
    expect(second).to_have_text("told")
    page.get_by_role("button", name="Print").click()
    expect(first).to_contain_text("from the button")
    page.get_by_role("button", name="Fail").click()
    expect(first).to_contain_text("ValueError: no such thing")
    page.get_by_role("button", name="Clear").click()
    expect(first).to_have_text("anew")
    page.get_by_role("button", name="Count").click()
    expect(second).to_have_text("told1")
    page.get_by_role("button", name="Much").click()
    expect(first).to_contain_text("line 1999")
