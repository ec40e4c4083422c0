"""A group with real pages: a counsellor and six phones, from the code to the file that is taken home."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import NewPage, Rebound, free_port, launch
from .test_accessibility import violations

PHONE = {"width": 375, "height": 740}
PREPARED = "debrief/felt-prepared"
GONE = ("404", "405")
"""What a browser complains of when the kernel of its page is gone for good."""


@pytest.fixture
def group(tmp_path: Path) -> Iterator[Rebound]:
    """``rebound group`` on a fresh folder."""
    command = [sys.executable, "-m", "rebound_widgets.cli", "group", "--folder", str(tmp_path)]
    started = launch([*command, "--port", str(free_port()), "--no-browser"], tmp_path)
    try:
        yield started
    finally:
        code = started.stop()
    assert (0, "") == (code, started.errors)


def wrong_with(page: Page) -> list[str]:
    """What axe finds in a page, light and dark."""
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    found += violations(page, ["wcag2aa"])  # what the colours change
    page.emulate_media(color_scheme="light")
    return found


def join(group: Rebound, new_page: NewPage, code: str) -> Page:
    """A phone that joins by the picture."""
    phone = new_page(f"{group.base}/join/{code}", allowed=GONE, **PHONE)
    phone.get_by_role("button", name="Join").click()
    expect(phone.get_by_role("heading", name="Together now")).to_be_visible()
    return phone


def test_a_session_with_a_group(group: Rebound, new_page: NewPage, tmp_path: Path) -> None:
    """Six join and answer, the room sees five, words only by the wall and as text, and in the end nothing is left."""
    host = new_page(group.url)
    shown = host.locator("[data-code]")
    expect(shown).to_be_visible()
    code = str(shown.get_attribute("data-code"))
    phones = [join(group, new_page, code) for _ in range(6)]
    expect(host.get_by_text("6 people have joined.")).to_be_visible()

    host.get_by_role("link", name="Choose an exercise").first.click()
    host.locator("[data-panel=debrief] button").nth(2).click()
    for phone in phones:
        phone.locator(f"[data-question='{PREPARED}'] input[value='4']").check()
    words = phones[0].locator("[data-question='debrief/threw-me'] textarea")
    words.fill("Only in my own workbook.")
    phones[1].locator("[data-question='room/wall'] input").fill("<img src=x onerror=alert(1)> we are many")
    phones[1].get_by_role("button", name="Send it to the wall").click()
    expect(phones[1].get_by_text("It is on the wall.")).to_be_visible()

    expect(host.get_by_text("5 people counted.")).to_be_visible()
    expect(host.get_by_text("<img src=x onerror=alert(1)> we are many")).to_be_visible()
    assert "Only in my own workbook" not in host.content()
    host.get_by_role("button", name="Take down").click()
    expect(host.get_by_text("we are many")).to_have_count(0)

    host.get_by_role("link", name="The end").click()
    host.get_by_role("button", name="Begin the end").click()
    with phones[0].expect_download() as saved:
        phones[0].get_by_role("button", name="Save my workbook").click()
    assert "my-workbook.rebound" == saved.value.suggested_filename
    taken = json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))
    assert "Only in my own workbook." in json.dumps(taken)
    expect(host.get_by_text("1 of 6 saved their file.")).to_be_visible()
    host.get_by_role("button", name="Erase everything now").click()
    host.get_by_role("dialog").get_by_role("button", name="Erase everything now").click()
    for phone in (phones[0], phones[5]):
        expect(phone.get_by_role("heading", name="This visit is over")).to_be_visible()
        assert [] == phone.evaluate(
            "Object.keys(localStorage).filter((name) => name.startsWith('rebound:draft'))"
        )
    assert [] == list((tmp_path / "members").iterdir())
    assert "Only in my own" not in group.log
    kept = (tmp_path / "room.json").read_text(encoding="utf-8")
    assert "we are many" not in kept
    assert code not in kept


def test_a_group_s_pages_are_for_everybody(group: Rebound, new_page: NewPage) -> None:
    """Joining, waiting, answering, taking home and the end on a phone, and each page of the host: axe finds nothing."""
    host = new_page(group.url, reduced_motion="reduce")
    code = str(host.locator("[data-code]").get_attribute("data-code"))
    phone = new_page(f"{group.base}/join/{code}", allowed=GONE, reduced_motion="reduce", **PHONE)
    wrong = {"join": wrong_with(phone), "the room": wrong_with(host)}
    phone.get_by_role("button", name="Join").click()
    expect(phone.get_by_text("The first exercise opens soon")).to_be_visible()
    wrong["waiting"] = wrong_with(phone)
    host.get_by_role("link", name="Can a phone reach me?").first.click()
    expect(host.locator("h1")).to_have_text("Can a phone reach me?")
    wrong["reach"] = wrong_with(host)
    host.get_by_role("link", name="Choose an exercise").first.click()
    choice = host.locator("[data-panel=debrief] button").nth(2)
    expect(choice).to_be_visible()
    wrong["choosing"] = wrong_with(host)
    choice.click()
    expect(phone.locator(f"[data-question='{PREPARED}']")).to_be_visible()
    wrong["answering"] = wrong_with(phone)
    expect(host.get_by_text("What the room sees")).to_be_visible()
    wrong["totals"] = wrong_with(host)
    host.get_by_role("link", name="The end").click()
    host.get_by_role("button", name="Begin the end").click()
    expect(phone.get_by_role("button", name="Save my workbook")).to_be_visible()
    wrong["taking home"] = wrong_with(phone)
    host.get_by_role("button", name="Erase everything now").click()
    expect(host.get_by_role("dialog")).to_be_visible()
    wrong["erasing"] = wrong_with(host)
    host.get_by_role("dialog").get_by_role("button", name="Erase everything now").click()
    expect(phone.get_by_role("heading", name="This visit is over")).to_be_visible()
    wrong["over"] = wrong_with(phone)
    assert {} == {page: found for page, found in wrong.items() if found}
