"""For everybody: axe on every page and state, small screens, large text, and the main job by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rebound_widgets.history import History

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
INTERVIEW = "interview-0000000000000001"
NO = "application-0000000000000001"
PLACES = (
    "start",
    "search",
    "search/undo",
    "search/numbers",
    "search/contacts",
    "search/documents",
    "search/bring-in",
    "search/application-0000000000000001",
    "search/application-0000000000000030",
    "debrief",
    f"debrief/{INTERVIEW}",
    f"debrief/{INTERVIEW}/questions",
    f"debrief/{INTERVIEW}/both-sides",
    f"debrief/{INTERVIEW}/place",
    f"debrief/{INTERVIEW}/next",
    f"debrief/{INTERVIEW}/thanks",
    "learn",
    "learn/practice",
    f"learn/practice/{INTERVIEW}/1",
    "learn/patterns",
    "learn/study",
    "learn/feedback",
    "learn/strengths",
    "learn/then-now",
    "refocus",
    "refocus/criteria",
    "refocus/answers",
    "refocus/targets",
    "refocus/culture",
    "keep-going",
    "keep-going/silence",
    "keep-going/week",
    "keep-going/check-in",
    "keep-going/how-long",
    "keep-going/calendar",
    "share",
    "share/with-somebody",
    "share/shared",
    "share/replies",
    "share/report",
    "share/everything",
    "share/erase",
    "ready",
    "ready/general",
    "ready/general/strengths",
    "ready/general/questions",
    "ready/general/goal",
    "ready/general/day-before",
    "no",
    *(f"no/{NO}{part}" for part in ("", "/private", "/answer", "/causes", "/people", "/step", "/silence")),
    *(f"no/{NO}/letter/{letter}" for letter in ("answer-to-a-no", "feedback-request", "follow-up")),
    "help",
)
SETTLED_MS = 1200


QUIET = """() => new Promise((done) => {
  let timer = setTimeout(done, 250);
  const again = () => { clearTimeout(timer); timer = setTimeout(done, 250); };
  new MutationObserver(again).observe(document.querySelector("main"), {subtree: true, childList: true});
})"""


def arrive(page: Page, place: str) -> None:
    """Go to an address and wait until its page stands still."""
    page.evaluate("where => { location.hash = where }", f"#/{place}")
    expect(page.locator("main")).to_have_attribute("data-address", place, timeout=30_000)
    page.evaluate(QUIET)
    expect(page.locator("main h1")).to_have_count(1)
    expect(page.locator("main h1")).not_to_be_empty()


def violations(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """What axe finds wrong in the page as it is now, target sizes included."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE)
    found = page.evaluate(
        """async (rules) => {
          const found = await axe.run(document, {runOnly: rules, rules: {"target-size": {enabled: true}}});
          const words = (one, node) => `${one.id}: ${node.target.join(" ")} ${node.html.slice(0, 120)}`;
          const nodes = (one) => one.nodes.map((node) => words(one, node));
          return {checked: found.passes.flatMap((one) => one.nodes).length, wrong: found.violations.flatMap(nodes)};
        }""",
        list(rules),
    )
    assert found["checked"] > 5, "axe looked at nothing"
    wrong: list[str] = found["wrong"]
    return wrong


def overflow(page: Page) -> list[str]:
    """What sticks out of the page to the side, where the page can be scrolled sideways."""
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
          [...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 5).map((one) => one.outerHTML.slice(0, 120))"""
    )
    return found


def open_at(new_page: Callable[..., Page], url: str, **options: Any) -> Page:
    """The first page, open."""
    page = new_page(url, reduced_motion="reduce", **options)
    expect(page.locator("main h1")).to_be_visible(timeout=60_000)
    return page


def test_axe_sees_what_is_wrong(demo: Any, new_page: Callable[..., Page]) -> None:
    """The check itself works: a field without a name and a button too small are found."""
    page = open_at(new_page, demo.url)
    page.evaluate(
        """() => { document.querySelector("main").insertAdjacentHTML("beforeend",
          "<input><button>a</button><button>b</button>");
          const small = "width:9px;height:9px;padding:0";
          for (const one of document.querySelectorAll("main > button")) one.style.cssText = small; }"""
    )
    found = " ".join(violations(page))
    assert "label" in found
    assert "target-size" in found


SPACED = """() => { const wide = new CSSStyleSheet();
  wide.replaceSync(`.spaced * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } .spaced p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, wide]; }"""
CUT = """() => [...document.querySelectorAll("main button, main a.rb-button")]
  .filter((one) => one.offsetParent && one.scrollWidth > one.clientWidth + 1).map((one) => one.innerText)"""


def squeezed(page: Page) -> dict[str, list[str]]:
    """What sticks out or is cut at 320 pixels, with text twice as large, and with text set apart."""
    wrong = {}
    set_text = "([size, spaced]) => { const root = document.documentElement; root.style.fontSize = size; "
    set_text += "root.classList.toggle('spaced', spaced); }"
    for name, width, size, spaced in (
        ("320 px", 320, "", False),
        ("twice as large", 640, "200%", False),
        ("set apart", 375, "", True),
    ):
        page.set_viewport_size({"width": width, "height": 667})
        page.evaluate(set_text, [size, spaced])
        page.wait_for_timeout(150)
        if found := [*overflow(page), *(page.evaluate(CUT) if spaced else [])]:
            wrong[name] = found
    page.evaluate(set_text, ["", False])
    page.set_viewport_size({"width": 375, "height": 667})
    return wrong


@pytest.mark.parametrize("locale", ["en-GB", "es-ES"])
def test_every_page_is_for_everybody(demo: Any, new_page: Callable[..., Page], locale: str) -> None:
    """No violation of WCAG 2.2 AA or of best practice, light and dark; nothing sticks out however it is set."""
    page = open_at(new_page, demo.url, height=667, locale=locale)
    page.evaluate(SPACED)
    wrong: dict[str, Any] = {}
    for place in PLACES:
        arrive(page, place)
        for width in (1280, 375):  # each page is opened once and looked at in both
            page.set_viewport_size({"width": width, "height": 667})
            page.evaluate(QUIET)
            found = {"light": violations(page)}
            page.emulate_media(color_scheme="dark")
            found["dark"] = violations(page, ["wcag2aa"])  # what the colours change
            page.emulate_media(color_scheme="light")
            if width < 500:
                found |= squeezed(page)
            if any(found.values()):
                wrong[f"{place} at {width} px"] = found
    assert {} == wrong


PRESSED = {
    "en-GB": {
        "menu": "Chapters",
        "line": "Add an application in one line",
        "board": "Board",
        "no": "They said no",
        "delete": "Delete this application",
        "versions": "Earlier versions",
        "evidence": "Where this comes from",
    },
    "es-ES": {
        "menu": "Capítulos",
        "line": "Añade una solicitud en una línea",
        "board": "Tablero",
        "no": "Dijeron que no",
        "delete": "Eliminar esta solicitud",
        "versions": "Versiones anteriores",
        "evidence": "De dónde viene esto",
    },
}
"""What brings about the states that a page shows only sometimes, as each language names it."""


@pytest.mark.parametrize("locale", PRESSED)
def test_axe_finds_nothing_in_any_state(
    demo: Any, new_page: Callable[..., Page], tmp_path: Path, locale: str
) -> None:
    """What a page shows only sometimes is as good as the rest: menu, versions, board, import, refusal, no kernel."""
    page = open_at(new_page, demo.url, width=375, locale=locale, allowed=["WebSocket", "Failed to load"])
    named = PRESSED[locale]
    wrong: dict[str, Sequence[str]] = {}

    def look(state: str) -> None:
        page.wait_for_timeout(SETTLED_MS)
        if found := violations(page):
            wrong[state] = found
        page.emulate_media(color_scheme="dark")
        if found := violations(page, ["wcag2aa"]):
            wrong[f"{state}, dark"] = found
        page.emulate_media(color_scheme="light")

    page.get_by_role("button", name=named["menu"]).click()
    look("menu")
    arrive(page, "search")
    page.get_by_label(named["line"]).fill("Acme, analyst, 3 Oct")
    look("what a line was understood as")
    board = named["board"]
    page.get_by_role("radio", name=board).or_(page.get_by_role("button", name=board)).first.click()
    look("board")
    file = tmp_path / "log.csv"
    file.write_text(
        "Company,Status,Applied\nAcme,Ghosted,03/04/2026\nBeta,Rejected,05/06/2026\n", encoding="utf-8"
    )
    arrive(page, "search/bring-in")
    page.locator("input[type=file]").set_input_files(file)
    look("a list brought in that asks")
    arrive(page, "search/application-0000000000000030")
    page.get_by_role("button", name=named["no"]).click()
    look("after a no")
    page.get_by_role("button", name=named["delete"]).click()
    look("deleted")
    arrive(page, f"debrief/{INTERVIEW}")
    page.get_by_text(named["versions"]).click()
    look("earlier versions")
    page.get_by_text(named["evidence"]).first.click()
    look("evidence")
    demo.stop()
    expect(page.locator("[data-rebound-status]")).to_have_attribute("data-state", "offline", timeout=60_000)
    look("not connected")
    assert {} == wrong


def test_the_three_doors_are_seen_without_scrolling_on_a_phone(
    rebound: Any, new_page: Callable[..., Page]
) -> None:
    """At 375 by 667 the first page's heading and its three doors are on the screen."""
    page = open_at(new_page, rebound.url, width=375, height=667)
    doors = page.locator(".rb-door")
    expect(doors).to_have_count(3)
    bottoms = [door.bounding_box() for door in doors.all()]
    assert all(box is not None and box["y"] + box["height"] <= 667 for box in bottoms), bottoms


# --- no mouse --------------------------------------------------------------------------------------


def reach(page: Page, name: str | re.Pattern[str], *, limit: int = 120) -> None:
    """Press Tab until the control of that name has the focus."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        heard = page.evaluate(
            """() => { const at = document.activeElement;
              if (at === document.body) return ""; // the focus has left the page
              const labels = [...(at.labels ?? [])].map((label) => label.innerText).join(" ");
              const by = (at.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean)
                .map((id) => document.getElementById(id)?.innerText ?? "").join(" ");
              return (at.getAttribute("aria-label") || by || labels || at.innerText || "").trim(); }"""
        )
        if re.search(name, heard):
            return
    raise AssertionError(f"Tab never came to {name!r}.")


def test_the_main_job_is_done_by_keyboard_alone(rebound: Any, new_page: Callable[..., Page]) -> None:
    """Add an application, open it, add an interview, debrief it with a question and its rating: no mouse."""
    page = open_at(new_page, rebound.url)
    press = page.keyboard.press
    press("Tab")
    assert "Skip to the page" == page.evaluate("document.activeElement.innerText")
    reach(page, "^Your search")
    press("Enter")
    expect(page.locator("h1")).to_have_text("Your search")
    expect(page.locator("h1")).to_be_focused()
    reach(page, "Add an application in one line")
    page.keyboard.type("Acme, analyst, applied 3 Oct")
    press("Enter")
    expect(page.get_by_text("Added: Acme. Saved.")).to_be_visible()
    application = History.read(rebound.home).applications["id"].iloc[0]
    arrive(page, f"search/{application}")
    reach(page, "^Add an interview")
    press("Enter")
    expect(page.get_by_role("link", name="Open the debrief")).to_be_visible()
    reach(page, "^Open the debrief")
    press("Enter")
    expect(page.locator("h1")).to_have_text("Right after the interview")
    page.evaluate(QUIET)
    reach(page, "Tell it from the start")
    page.keyboard.type("Two people, one table.")
    reach(page, "^Next: The questions they asked")
    press("Enter")
    expect(page.get_by_text("Part 2 of 6")).to_be_visible()
    reach(page, "^Add a question")
    press("Enter")
    page.keyboard.type("Why us?")
    reach(page, "^Not rated|^1")
    press("ArrowRight")
    expect(page.locator("[data-rebound-status]")).to_have_attribute("data-state", "saved")
    page.wait_for_timeout(2500)
    expect(page.locator("[data-rebound-status]")).to_have_attribute("data-state", "saved")
    answers = History.read(rebound.home).answers.set_index("question")["value"]
    assert "Two people, one table." == answers["debrief/recall"]
    assert "Why us?" == answers["debrief/asked-text"]
    assert answers["debrief/asked-rating"] in {"1", "2", "3", "4", "5"}


def test_a_list_is_brought_in_and_taken_back_by_keyboard_alone(
    rebound: Any, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    """Choose a file, answer what it asks, add its rows, take them back: no mouse."""
    log = tmp_path / "log.csv"
    log.write_text(
        "Company,Role,Status,Applied\nAcme,Analyst,Rejected,03/04/2026\nBeta,Clerk,Applied,05/06/2026\n",
        encoding="utf-8",
    )
    page = open_at(new_page, rebound.url)
    press = page.keyboard.press
    arrive(page, "search")
    reach(page, "^Bring in a list")
    press("Enter")
    expect(page.locator("main")).to_have_attribute("data-address", "search/bring-in")
    page.evaluate(QUIET)
    reach(page, "^Choose a file")
    with page.expect_file_chooser() as chosen:
        press("Space")
    chosen.value.set_files(log)
    expect(page.get_by_role("radiogroup", name="How are days written in your list?")).to_be_visible()
    page.evaluate(QUIET)
    reach(page, "^No answer")
    press("ArrowDown")  # from the last of the three to the first
    expect(page.get_by_role("radio", name="Day first")).to_be_checked()
    add = page.get_by_role("button", name="Add 2 applications")
    expect(add).to_be_enabled()
    reach(page, "^Add 2 applications")
    press("Enter")
    expect(page.get_by_role("heading", name="2 applications are added")).to_be_visible()
    applied = History.read(rebound.home).applications["applied_on"]
    assert ["2026-04-03", "2026-06-05"] == sorted(str(day.date()) for day in applied)
    reach(page, "^Take it back")
    press("Enter")
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert 0 == len(History.read(rebound.home).applications)
