"""A list brought in on the page: mapped by hand, recognised next time, look-alikes beside each other, stopped."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rebound_widgets.history import History
from rebound_widgets.history.samples import sample
from rebound_widgets.workbook import Workbook

PATIENCE_MS = 60_000
ROWS = int(os.environ.get("REBOUND_IMPORT_ROWS", "8000"))
"""Rows of the long list; 100,000 is the size the product promises, which takes minutes on a busy machine."""


def opened(page: Page, rebound: Any) -> None:
    page.goto(rebound.url)
    expect(page.locator("main h1")).to_be_visible(timeout=PATIENCE_MS)
    page.evaluate("location.hash = '#/search/bring-in'")


def choose(page: Page, log: Path) -> None:
    """Choose a file and wait until it is understood."""
    page.locator("input[type=file]").set_input_files(log, timeout=PATIENCE_MS)
    expect(page.locator("[data-question]").first).to_be_visible(timeout=10 * PATIENCE_MS)


def say(page: Page, column: str, field: str) -> None:
    """Say what a column or a word is."""
    page.get_by_label(column).select_option(label=field, timeout=PATIENCE_MS)


def test_a_list_in_an_unknown_language_is_mapped_by_hand(rebound: Any, page: Page) -> None:
    """Four columns and three words are named on the page, and the rows come in as their writer meant them."""
    opened(page, rebound)
    choose(page, sample("sample_unknown_language.csv"))
    expect(page.get_by_role("button", name="Add")).to_have_count(0)
    for column, field in {
        "Yritys": "Firm",
        "Tehtävä": "Role",
        "Haettu": "Day of the application",
        "Tila": "Status",
    }.items():
        say(page, column, field)
    say(page, "What does “Hylätty” mean?", "A no")
    say(page, "What does “Odottaa” mean?", "Sent, no answer yet")
    say(page, "What does “Haastattelu” mean?", "At an interview")
    expect(page.get_by_text("Words only you can explain")).to_have_count(0, timeout=PATIENCE_MS)
    page.get_by_role("button", name="Add 3 applications").click()
    expect(page.get_by_role("heading", name="3 applications are added")).to_be_visible(timeout=PATIENCE_MS)
    frame = History.read(rebound.home).applications
    assert [("Aalto Kahvila", "no"), ("Björk Leipomo", "open"), ("Cirrus Matkat", "open")] == list(
        zip(frame["company"], frame["outcome"].astype(str), strict=True)
    )
    assert ["applied", "applied", "interview"] == list(frame["stage"].astype(str))


def test_the_next_list_like_it_needs_nothing_and_a_look_alike_can_be_left(
    rebound: Any, page: Page, tmp_path: Path
) -> None:
    """What was said holds for the longer list, and a row that is there under another spelling is left out."""
    log = tmp_path / "haku.csv"
    log.write_bytes(sample("sample_unknown_language.csv").read_bytes())
    opened(page, rebound)
    choose(page, log)
    for column, field in {"Yritys": "Firm", "Tehtävä": "Role", "Haettu": "Day of the application"}.items():
        say(page, column, field)
    page.get_by_role("button", name="Add 3 applications").click(timeout=PATIENCE_MS)
    page.get_by_role("link", name="See your applications").click(timeout=PATIENCE_MS)
    with log.open("a", encoding="utf-8") as file:
        file.write("AALTO KAHVILA OY,barista,13.5.2025,Hylätty\nDunes Oy,Myyjä,30.5.2025,Odottaa\n")
    expect(page.locator("main")).to_have_attribute("data-address", "search")
    page.evaluate("location.hash = '#/search/bring-in'")
    choose(page, log)
    expect(page.get_by_text("You brought in a file like this on")).to_be_visible()
    expect(page.get_by_role("button", name="Add 2 applications")).to_be_visible()
    pair = page.get_by_role("radiogroup", name="Row 5")
    expect(pair).to_contain_text("In the file: AALTO KAHVILA OY · barista · 13 May 2025")
    expect(pair).to_contain_text("In your workbook: Aalto Kahvila · Barista · 12 May 2025")
    pair.get_by_role("radio", name="I have it, leave it out.").check()
    page.get_by_role("button", name="Add 1 application").click(timeout=PATIENCE_MS)
    expect(page.get_by_role("heading", name="1 application is added")).to_be_visible(timeout=PATIENCE_MS)
    assert ["Aalto Kahvila", "Björk Leipomo", "Cirrus Matkat", "Dunes Oy"] == list(
        History.read(rebound.home).applications["company"]
    )


def test_a_spanish_page_says_all_of_it_in_spanish(
    start_rebound: Callable[..., Any], page: Page, tmp_path: Path
) -> None:
    """Why a list is read so, what is wrong with a row and a column without a name are said in Spanish."""
    rebound = start_rebound(args=["--locale", "es"])
    opened(page, rebound)
    choose(page, sample("sample_mixed_days.csv"))
    expect(page.get_by_text("Se lee como una lista de solicitudes sin estado")).to_be_visible()
    expect(page.get_by_text("no se puede leer como un día").first).to_be_visible()
    page.get_by_role("button", name="Elegir otro archivo").click()
    log = tmp_path / "lista.csv"
    log.write_text("1,Acme,2025-01-02\n2,Bcme,2025-01-03\n", encoding="utf-8")
    choose(page, log)
    expect(page.get_by_label("Columna 2")).to_be_visible()


PRESS_STOP = """() => {
  const press = () => {
    const stop = [...document.querySelectorAll("main button")].find((one) => one.textContent.trim() === "Stop");
    stop?.click();
  };
  window.pressing = setInterval(press, 30);
}"""
"""Presses Stop as soon as it is there: the import must not be done by then."""
WATCH = """() => {
  window.states = [];
  const line = document.querySelector("[data-rebound-status]");
  const note = () => window.states.push(line.dataset.state + ": " + line.textContent.trim());
  new MutationObserver(note).observe(line, { attributes: true, childList: true, subtree: true, characterData: true });
  note();
}"""


@pytest.fixture
def long_log(tmp_path: Path) -> Path:
    log = tmp_path / "long.csv"
    with log.open("w", encoding="utf-8") as file:
        file.write("Company,Role,Applied on,Status,Interview\n")
        for row in range(ROWS):
            day = f"2025-{row % 12 + 1:02d}-{row % 28 + 1:02d}"
            file.write(f"Firm {row},Analyst,{day},Applied,{day if row % 9 == 0 else ''}\n")
    return log


def test_a_long_list_keeps_the_line_and_can_be_stopped(rebound: Any, page: Page, long_log: Path) -> None:
    """While many rows come in the page stays connected, and Stop leaves the workbook as it was."""
    opened(page, rebound)
    page.wait_for_selector("[data-rebound-status]", timeout=PATIENCE_MS)
    page.evaluate(WATCH)
    choose(page, long_log)
    add = page.get_by_role("button", name=f"Add {ROWS:,} applications")
    expect(add).to_be_visible(timeout=10 * PATIENCE_MS)
    page.evaluate(PRESS_STOP)
    add.click()
    expect(
        page.get_by_text("your workbook is as it was").or_(page.get_by_text("Nothing was changed"))
    ).to_be_visible(timeout=PATIENCE_MS)
    assert 0 == len(History.read(rebound.home).applications)
    page.evaluate("clearInterval(window.pressing)")  # what is begun now is not to be stopped
    add.click(timeout=PATIENCE_MS)
    done = page.get_by_role("heading", name=f"{ROWS:,} applications are added")
    expect(done).to_be_visible(timeout=20 * PATIENCE_MS)
    states = page.evaluate("window.states")
    assert [] == [state for state in states if state.startswith(("offline", "lost"))]
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Taken back.")).to_be_visible(timeout=10 * PATIENCE_MS)
    workbook = Workbook.open(rebound.home)
    assert 0 == len(workbook.store.current("application"))
    workbook.close()
