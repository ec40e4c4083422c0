"""The language of the pages: the person's own choice, else ``--locale``, else the browser's."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect


def language(page: Page) -> str:
    """The language the page says it is in."""
    expect(page.locator("main h1")).to_be_visible(timeout=60_000)
    said: str = page.evaluate("document.documentElement.lang")
    return said.partition("-")[0]


def test_the_browser_is_asked_and_the_person_decides(rebound: Any, new_page: Callable[..., Page]) -> None:
    """A Spanish browser gets Spanish; who chooses English then has it in every browser, after a reload too."""
    page = new_page(rebound.url, locale="es-MX")
    assert "es" == language(page)
    page.get_by_label("Idioma").select_option("en")
    expect(page.get_by_role("navigation", name="Chapters")).to_be_visible(timeout=60_000)
    page.reload()
    assert "en" == language(page)
    other = new_page(rebound.url, locale="es-ES")
    assert "en" == language(other)


def test_the_command_says_the_language(
    start_rebound: Callable[..., Any], new_page: Callable[..., Page]
) -> None:
    """``--locale es`` opens the workbook in Spanish, whatever the browser speaks."""
    page = new_page(start_rebound(args=["--locale", "es"]).url, locale="en-GB")
    assert "es" == language(page)
