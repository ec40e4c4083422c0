"""The main job in a real browser: bring in a log, open an application, debrief an interview, see both again."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from rebound_widgets.history import History
from rebound_widgets.workbook import Workbook

LOG = """Company,Role,Status,Applied,Interview
Harbour Analytics,data analyst,Interview,2026-10-01,2026-10-20
Mill & Byrne,analyst,Rejected,2026-10-02,
Northway,clerk,Ghosted,2026-10-05,
"""
PATIENCE_MS = 20_000


def go(page: Page, address: str) -> None:
    """Follow an address inside the app, as a link does."""
    page.evaluate("where => { location.hash = where }", f"#/{address}")


def question(page: Page, name: str, item: int | None = None) -> Locator:
    """The element of one question."""
    inside = "" if item is None else f"[data-item='{item}']"
    return page.locator(f"[data-question='{name}']{inside}")


def saved(page: Page) -> None:
    """Wait until the page says that everything is on disk."""
    expect(page.locator("[data-rebound-status]")).to_have_attribute(
        "data-state", "saved", timeout=PATIENCE_MS
    )


def bring_in(page: Page, log: Path) -> None:
    """Import a log in the page."""
    go(page, "search/bring-in")
    page.locator("input[type=file]").set_input_files(log, timeout=PATIENCE_MS)
    page.get_by_role("button", name="Add 3 applications").click(timeout=PATIENCE_MS)
    expect(page.get_by_role("heading", name="3 applications are added")).to_be_visible(timeout=PATIENCE_MS)


def test_the_main_job_runs_end_to_end(rebound: Any, page: Page, tmp_path: Path) -> None:
    """A log comes in, an interview is debriefed, and after a reload every word is there and in pandas."""
    log = tmp_path / "log.csv"
    log.write_text(LOG, encoding="utf-8")
    page.goto(rebound.url)
    expect(page.get_by_role("heading", level=1, name="Where you are")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_role("navigation", name="Chapters").get_by_role("link")).to_have_count(10)
    bring_in(page, log)

    applications = History.read(rebound.home).applications
    harbour = applications.set_index("company").loc["Harbour Analytics", "id"]
    go(page, f"search/{harbour}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Harbour Analytics", timeout=PATIENCE_MS)
    page.get_by_label("Where you found it", exact=True).fill("A friend")
    page.get_by_role("button", name="Add an interview").click()
    expect(page.get_by_role("link", name="Open the debrief")).to_have_count(2, timeout=PATIENCE_MS)
    page.get_by_role("link", name="Open the debrief").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Right after the interview", timeout=PATIENCE_MS
    )
    question(page, "debrief/recall").get_by_role("textbox").fill("Three people, one table, the churn report.")
    page.get_by_role("link", name="Next: The questions they asked").click()
    expect(page.get_by_text("Part 2 of 6")).to_be_visible(timeout=PATIENCE_MS)
    asked = ("Why us?", "A time you changed a mind?", "Your salary?")
    for item, words in enumerate(asked, start=1):
        page.get_by_role("button", name="Add a question").click()
        question(page, "debrief/asked-text", item).get_by_role("textbox").fill(words)
        question(page, "debrief/asked-rating", item).get_by_role("radio", name="2").check()
    saved(page)
    page.reload()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Right after the interview", timeout=PATIENCE_MS
    )
    expect(page.get_by_text("Part 2 of 6")).to_be_visible(timeout=PATIENCE_MS)
    for item, words in enumerate(asked, start=1):
        expect(question(page, "debrief/asked-text", item).get_by_role("textbox")).to_have_value(
            words, timeout=PATIENCE_MS
        )
    page.get_by_role("link", name="What happened", exact=True).click()
    expect(question(page, "debrief/recall").get_by_role("textbox")).to_have_value(
        "Three people, one table, the churn report.", timeout=PATIENCE_MS
    )
    history = History.read(rebound.home)
    texts = history.answers[history.answers["question"] == "debrief/asked-text"].sort_values("item")
    assert list(texts["value"]) == list(asked)
    assert list(history.applications["source"].dropna()) == ["A friend"]
    rated = history.interviews[history.interviews["answers_rated"] > 0]
    assert list(rated["mean_rating"]) == [2.0]


def test_an_import_is_taken_back(rebound: Any, page: Page, tmp_path: Path) -> None:
    """One press after an import and the workbook is as it was."""
    log = tmp_path / "log.csv"
    log.write_text(LOG, encoding="utf-8")
    page.goto(rebound.url)
    expect(page.locator("h1")).to_have_text("Where you are", timeout=PATIENCE_MS)
    bring_in(page, log)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Taken back.")).to_be_visible(timeout=PATIENCE_MS)
    assert len(History.read(rebound.home).applications) == 0


def test_one_line_adds_an_application_by_keyboard_alone(rebound: Any, page: Page) -> None:
    """Typed, understood, kept, and a cell of it written over: no mouse, and the line says what it understood."""
    page.goto(rebound.url)
    expect(page.locator("h1")).to_have_text("Where you are", timeout=PATIENCE_MS)
    go(page, "search")
    line = page.get_by_label("Add an application in one line")
    line.focus(timeout=PATIENCE_MS)
    page.keyboard.type("Acme, analyst, applied 3 Oct")
    expect(page.locator(".rb-quick-parts")).to_contain_text("Acme", timeout=PATIENCE_MS)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Added: Acme. Saved.")).to_be_visible(timeout=PATIENCE_MS)
    assert list(History.read(rebound.home).applications["company"]) == ["Acme"]
    page.get_by_role("rowheader", name="Acme").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Acme Insurance")
    page.keyboard.press("Enter")
    expect(page.get_by_role("rowheader", name="Acme Insurance")).to_be_visible()
    page.wait_for_timeout(500)
    saved(page)
    assert list(History.read(rebound.home).applications["company"]) == ["Acme Insurance"]


# Follows an address, and before its page can be there goes back, and into the first field.
TURN_BACK = """async (where) => {
  const here = location.hash;
  for (const address of [where, here]) {
    location.hash = address;
    await new Promise((done) => addEventListener("hashchange", done, { once: true }));
  }
  document.querySelector("main input").focus();
}"""


def test_a_page_that_comes_late_leaves_the_hand_where_it_is(rebound: Any, page: Page) -> None:
    """Whoever turned back before a page was there, and writes, goes on writing when it comes."""
    page.goto(rebound.url)
    expect(page.locator("h1")).to_have_text("Where you are", timeout=PATIENCE_MS)
    go(page, "search")
    line = page.get_by_label("Add an application in one line")
    line.wait_for()
    page.evaluate(TURN_BACK, "#/refocus")
    expect(line).to_be_focused()
    page.keyboard.type("Acme")
    expect(page.locator("main")).to_have_attribute("data-address", "search")
    page.wait_for_timeout(500)
    page.keyboard.type(", analyst")
    expect(line).to_have_value("Acme, analyst")


def test_addresses_go_back_and_forward(rebound: Any, page: Page) -> None:
    """Each page has an address, the browser's own buttons work, and the heading has the focus."""
    page.goto(rebound.url)
    heading = page.locator("h1")
    expect(heading).to_have_text("Where you are", timeout=PATIENCE_MS)
    for link, title in (("Your search", "Your search"), ("Help, if it is too much", None)):
        page.get_by_role("link", name=link).first.click()
        if title:
            expect(heading).to_have_text(title, timeout=PATIENCE_MS)
    expect(heading).not_to_have_text("Your search", timeout=PATIENCE_MS)
    page.go_back()
    expect(heading).to_have_text("Your search")
    expect(page).to_have_title("Your search · Rebound")
    expect(heading).to_be_focused()
    page.go_forward()
    expect(heading).not_to_have_text("Your search")
    assert page.url.endswith("#/help")


def test_what_is_hostile_stays_text(rebound: Any, page: Page, until: Callable[..., None]) -> None:
    """A firm called like a script is shown as its letters and runs nowhere."""
    name = "<img src=x onerror=window.ran=1>"
    page.goto(rebound.url)
    expect(page.locator("h1")).to_have_text("Where you are", timeout=PATIENCE_MS)
    go(page, "search")
    page.get_by_label("Add an application in one line").fill(f"{name}, analyst")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved.", exact=False).first).to_be_visible(timeout=PATIENCE_MS)
    go(page, "start")
    expect(page.locator("h1")).to_have_text("Where you are")
    assert page.evaluate("window.ran") is None
    assert list(History.read(rebound.home).applications["company"]) == [name]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.csv", b"", "There is nothing in this file"),
        ("picture.csv", bytes(range(256)) * 40, "This file holds no table."),
        ("letter.csv", b"Dear Sir,\n\nno table here.\n", "No column of this file was recognised"),
        ("german.csv", "Firma;Datum\nMüller;03.10.2026\n".encode("latin-1"), "3 October or 10 March"),
        ("sheet.csv", "Company,Applied\nŁódź,2026-10-03\n".encode("utf-16"), "1 application is new"),
        ("sums.csv", b'Company,Role\n"=1+1","@SUM(A1)"\n', "1 application is new"),
        ("short.csv", b"Company,Applied\nAcme,8-Jul\n", "has no year"),
    ],
)
def test_any_file_ends_in_a_look_at_it_or_a_sentence(
    rebound: Any, page: Page, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    """Whatever is chosen, the page says what it is, and the workbook is as it was."""
    file = tmp_path / name
    file.write_bytes(content)
    page.goto(rebound.url)
    expect(page.locator("h1")).to_have_text("Where you are", timeout=PATIENCE_MS)
    go(page, "search/bring-in")
    page.locator("input[type=file]").set_input_files(file, timeout=PATIENCE_MS)
    expect(page.get_by_text(sentence).first).to_be_visible(timeout=PATIENCE_MS)
    assert len(History.read(rebound.home).applications) == 0


def test_a_day_without_a_year_is_asked_for_and_then_read(rebound: Any, page: Page, tmp_path: Path) -> None:
    """The year is asked in the page, and what follows from it is shown before anything is added."""
    file = tmp_path / "short.csv"
    file.write_text("Company,Applied\nAcme,8-Jul\n", encoding="utf-8")
    page.goto(rebound.url)
    expect(page.locator("h1")).to_have_text("Where you are", timeout=PATIENCE_MS)
    go(page, "search/bring-in")
    page.locator("input[type=file]").set_input_files(file, timeout=PATIENCE_MS)
    page.get_by_label("Which year is the first of these days in?").fill("2025", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Add 1 application").click(timeout=PATIENCE_MS)
    expect(page.get_by_role("heading", name="1 application is added")).to_be_visible(timeout=PATIENCE_MS)
    (day,) = History.read(rebound.home).applications["applied_on"]
    assert str(day.date()) == "2025-07-08"


def test_an_overwritten_answer_is_seen_compared_and_brought_back(rebound: Any, page: Page) -> None:
    """What was typed over stands beside what is there now, and one press brings it back."""
    page.goto(rebound.url)
    expect(page.locator("h1")).to_have_text("Where you are")
    go(page, "debrief")
    page.get_by_label("An interview, in one line").fill("Acme, analyst, interview 3 Nov")
    page.keyboard.press("Enter")
    recall = question(page, "debrief/recall").get_by_role("textbox")
    recall.fill("A long story of what they asked.")
    saved(page)
    recall.fill("x")
    page.wait_for_timeout(1000)
    saved(page)
    page.get_by_text("Earlier versions").click()
    past = page.locator("[data-past='debrief/recall']")
    expect(past).to_contain_text("A long story of what they asked.")
    past.get_by_role("button", name="Bring this back").click()
    expect(recall).to_have_value("A long story of what they asked.")
    saved(page)
    page.wait_for_timeout(1000)
    saved(page)
    (value,) = History.read(rebound.home).answers["value"]
    assert value == "A long story of what they asked."


def test_a_heading_that_changes_leaves_the_field_and_its_caret_alone(rebound: Any, page: Page) -> None:
    """Who changes the round of one of two interviews goes on typing where they were."""
    with contextlib.closing(Workbook.open(rebound.home)) as workbook:
        made = workbook.add_application({"company": "Acme"}).record_id
        workbook.add_interview(made)
        workbook.add_interview(made)
    page.goto(f"{rebound.url}#/search/{made}")
    last = page.locator(".rb-exercise", has=page.get_by_role("heading", name="The interview, round 2"))
    box = last.get_by_label("Round", exact=True)
    box.fill("4", timeout=PATIENCE_MS)
    expect(page.get_by_role("heading", name="The interview, round 4")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("[data-question='search/round'] input").last).to_be_focused()
