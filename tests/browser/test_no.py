"""From "I got a no" to a letter: by keyboard alone, on a phone, in both languages; and a page that leaves no trace."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from rebound_widgets.history import History

from .conftest import FLAGS

PLANTED = "zanzibarplum"
PATIENCE_MS = 30_000

WORDS = {
    "en": {
        "door": "^I got a no",
        "line": "Note a no, in one line",
        "typed": "Acme, clerk",
        "pause": "When the answer is no",
        "breathe": "^Start$",
        "stop": "^Stop here",
        "feeling": "^(No answer|0)",
        "next": "^Next: ",
        "traceless": "^Leave no trace",
        "friend": "^Now say it to yourself",
        "theirs": "^Their answer",
        "all": "^Show all of them",
        "card": "^Lay “Too many applicants” on “Luck",
        "draft": "^Put a starting text in",
        "sent": "^The day you sent it",
        "step": "^What is the next small step",
        "home": "^Back to where you are",
        "reading": "What it says",
        "start": "Where you are",
        "calm": "Not filled in yet",
        "role": "role of clerk",
    },
    "es": {
        "door": "^Me dijeron que no",
        "line": "Anotar un no, en una línea",
        "typed": "Acme, administrativa",
        "pause": "Cuando la respuesta es no",
        "breathe": "^Empezar$",
        "stop": "^Parar aquí",
        "feeling": "^(Sin respuesta|0)",
        "next": "^Siguiente: ",
        "traceless": "^Leave no trace|^Sin dejar rastro|^No dejar rastro",
        "friend": "^Ahora dítelo a ti",
        "theirs": "^Su respuesta",
        "all": "^Ver todas",
        "card": "Demasiadas solicitudes.*Suerte",
        "draft": "^Poner un texto para empezar",
        "sent": "^El día en que la enviaste",
        "step": "^¿Cuál es el próximo paso",
        "home": "^Volver a “Dónde estás”",
        "reading": "Lo que dice",
        "start": "Dónde estás",
        "calm": "Falta completar",
        "role": "puesto de administrativa",
    },
}
ANSWERS = {
    "en": "Thank you for coming. We have decided to move forward with other candidates.",
    "es": "Gracias por tu interés. Hemos decidido seguir con otros candidatos.",
}


def reach(page: Page, name: str, *, limit: int = 150) -> None:
    """Press Tab until the control of that name has the focus."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        # Past the last control the focus leaves the page, and the body then has every word of it.
        heard = page.evaluate(
            """() => { const at = document.activeElement;
              if (at === document.body) return "";
              const labels = [...(at.labels ?? [])].map((label) => label.innerText).join(" ");
              const by = (at.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean)
                .map((id) => document.getElementById(id)?.innerText ?? "").join(" ");
              return (at.getAttribute("aria-label") || by || labels || at.innerText || "").trim(); }"""
        )
        if re.search(name, heard):
            return
    raise AssertionError(f"Tab never came to {name!r}.")


def holds_focus(page: Page) -> tuple[str, str, bool]:
    """What has the focus, what stands in it, and whether the browser takes the page for the one in front."""
    held = page.evaluate(
        """() => { const at = document.activeElement;
          return [at.tagName, at.value ?? at.innerText.slice(0, 80), document.hasFocus()]; }"""
    )
    return tuple(held)


def on(page: Page, say: dict[str, str]) -> None:
    """Follow the page's one next step and wait for the part it leads to."""
    title = page.locator(".rb-exercise-head h2").first
    before = title.inner_text()
    reach(page, say["next"])
    page.keyboard.press("Enter")
    expect(title).not_to_have_text(before, timeout=PATIENCE_MS)


def saved(page: Page) -> None:
    """Wait until the page says that everything is on disk."""
    page.wait_for_timeout(2500)
    expect(page.locator("[data-rebound-status]")).to_have_attribute(
        "data-state", "saved", timeout=PATIENCE_MS
    )


def note_the_no(page: Page, say: dict[str, str]) -> None:
    """From the first door to the pause."""
    expect(page.locator("h1")).to_be_visible(timeout=60_000)
    reach(page, say["door"])
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(say["pause"], timeout=PATIENCE_MS)
    reach(page, say["line"])
    page.keyboard.type(say["typed"])
    assert holds_focus(page) == ("INPUT", say["typed"], True)
    page.keyboard.press("Enter")
    expect(page.locator("[data-question='no/feeling']")).to_be_visible(timeout=PATIENCE_MS)


@pytest.mark.parametrize("locale", ["en", "es"])
def test_from_a_no_to_a_letter_and_one_step_by_keyboard_on_a_phone(
    start_rebound: Callable[..., Any], new_page: Callable[..., Page], locale: str
) -> None:
    """The first door, the pause, a kind word, their answer, the causes, the letter, one step: no mouse, 375 wide."""
    rebound, say = start_rebound(REBOUND_LOCALE=locale), WORDS[locale]
    page = new_page(rebound.url, width=375, height=667, locale=locale, reduced_motion="reduce")
    press, type_in = page.keyboard.press, page.keyboard.type
    note_the_no(page, say)
    reach(page, say["feeling"])
    press("ArrowRight")
    reach(page, say["breathe"])
    press("Enter")
    reach_again = page.evaluate("document.activeElement.innerText")
    assert re.search(say["stop"], reach_again)
    press("Enter")
    on(page, say)
    expect(page.locator("[data-question='no/private-page']")).to_be_visible()
    on(page, say)
    reach(page, say["friend"])
    type_in("You did what you could.")
    on(page, say)
    reach(page, say["theirs"])
    type_in(ANSWERS[locale])
    expect(page.get_by_role("heading", name=say["reading"], exact=True)).to_be_visible(timeout=PATIENCE_MS)
    on(page, say)
    reach(page, say["all"])  # a phone shows a few cards at a time
    press("Enter")
    reach(page, say["card"])
    press("Enter")
    on(page, say)
    on(page, say)
    reach(page, say["draft"])
    press("Enter")
    letter = page.locator("[data-question='no/letter-answer-to-a-no'] textarea")
    expect(letter).to_have_value(re.compile(say["role"]), timeout=PATIENCE_MS)
    expect(page.get_by_text(say["calm"])).to_be_visible(timeout=PATIENCE_MS)
    for _ in range(4):
        on(page, say)
    reach(page, say["step"])
    type_in("One application.")
    saved(page)
    reach(page, say["home"])
    press("Enter")
    expect(page.locator("h1")).to_have_text(say["start"], timeout=PATIENCE_MS)
    expect(page.locator("[data-panel='loops'] a[href*='/letter/answer-to-a-no']")).to_be_visible(
        timeout=PATIENCE_MS
    )

    history = History.read(rebound.home)
    answers = history.answers.set_index("question")["value"]
    assert ["no"] == list(history.applications["outcome"])
    assert ("You did what you could.", ANSWERS[locale], "One application.") == (
        answers["no/kind-self"],
        answers["no/their-answer"],
        answers["no/step"],
    )
    assert "too-many" in answers["no/causes"]
    assert answers["no/feeling"] in {str(step) for step in range(11)}


def test_a_letter_waits_for_calm_and_is_then_asked_well(rebound: Any, new_page: Callable[..., Page]) -> None:
    """After a strong feeling the letter offers the private page; with an override one good question goes in it."""
    page, say = new_page(rebound.url, width=375, height=667, reduced_motion="reduce"), WORDS["en"]
    press, type_in = page.keyboard.press, page.keyboard.type
    note_the_no(page, say)
    reach(page, "^What is it that you feel")
    type_in("Anger")
    reach(page, say["feeling"])
    press("ArrowLeft")
    saved(page)
    where = page.evaluate("location.hash")
    page.evaluate("where => { location.hash = where }", f"{where}/letter/feedback-request")
    expect(page.get_by_role("heading", name=re.compile("^The letter can wait until"))).to_be_visible()
    expect(page.locator("[data-question='no/letter-feedback-request']")).to_have_count(0)
    reach(page, "^Write it today all the same")
    press("Enter")
    question = page.locator("[data-question='no/letter-feedback-request-question']")
    expect(question).to_be_visible(timeout=PATIENCE_MS)
    reach(page, "^What one thing would you practise|^Not chosen yet")
    press("ArrowDown")
    saved(page)
    reach(page, say["draft"])
    press("Enter")
    letter = page.locator("[data-question='no/letter-feedback-request'] textarea")
    expect(letter).to_have_value(
        re.compile(r"before the next interview\?|see more of\?"), timeout=PATIENCE_MS
    )
    on(page, say)
    reach(page, "^Name")
    type_in("Ana Reyes")
    on(page, say)
    reach(page, "^Name")
    type_in("My sister")
    reach(page, "^Listen first")
    press("Space")
    saved(page)
    answers = History.read(rebound.home).answers.set_index("question")["value"]
    assert ("Anger", "10", '["listen"]') == (
        answers["no/feeling-name"],
        answers["no/feeling"],
        answers["no/talk-ask"],
    )
    assert "Ana Reyes" in answers["no/door-person"]
    assert "My sister" in answers["no/talk-to"]


# --- no trace --------------------------------------------------------------------------------------


def holding(folder: Path, word: str) -> list[str]:
    """The files under ``folder`` that hold ``word``, as UTF-8 or UTF-16, in whatever case it was typed."""
    needles = (word.encode(), word.encode("utf-16-le"))
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]


@pytest.fixture
def profile(browser: Browser, chromium: str, tmp_path: Path) -> Iterator[tuple[BrowserContext, Path]]:
    """A browser with a profile on disk, as people have one, and the folder it is in."""
    folder = tmp_path / "profile"
    context = browser.browser_type.launch_persistent_context(
        str(folder), executable_path=chromium, args=list(FLAGS), locale="en-GB"
    )
    yield context, folder
    context.close()


def test_a_page_without_a_trace_is_in_no_file(rebound: Any, profile: tuple[BrowserContext, Path]) -> None:
    """A word written there is in no file of the workbook's folder or of the browser's profile; a kept one is found."""
    context, folder = profile
    page = context.new_page()
    page.goto(rebound.url)
    expect(page.locator("h1")).to_be_visible(timeout=60_000)
    page.evaluate("location.hash = '#/no'")
    page.get_by_label("Note a no, in one line").fill("Acme, clerk")
    page.keyboard.press("Enter")
    page.get_by_label("What is it that you feel?").fill("keptmarzipan")
    page.get_by_role("link", name="Next: A page nobody reads").click()
    page.get_by_role("button", name="Leave no trace").click()
    for _ in range(3):
        page.keyboard.type(f"{PLANTED} upon the marmalade. ", delay=5)
    page.wait_for_timeout(4_000)
    page.get_by_role("link", name="Next: A kind word to yourself").click()
    expect(page.locator("[data-question='no/kind-self']")).to_be_visible()
    page.get_by_role("link", name="Back: A page nobody reads").click()
    expect(page.get_by_role("button", name="Leave no trace")).to_be_visible()
    page.reload()
    expect(page.locator("h1")).to_have_text("When the answer is no", timeout=60_000)
    page.wait_for_timeout(2_000)
    page.close()
    context.close()
    rebound.stop()
    assert [] == holding(rebound.home, PLANTED)
    assert [] == holding(folder, PLANTED)
    assert [] != holding(rebound.home, "keptmarzipan"), "the search itself finds nothing"
    assert len(list(folder.rglob("*"))) > 20
