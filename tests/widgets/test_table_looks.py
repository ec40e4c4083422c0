"""The same rows as cards on a phone and as a board: the same callbacks, by touch, keys and pointer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from rebound_widgets.widgets import HistoryTable, Kept, NotKept

from .views_support import HOSTILE, Stage, staged

pytestmark = pytest.mark.browser

STAGES = [{"value": value, "label": value.capitalize()} for value in ("applied", "interview", "offer")]
COLUMNS = [
    {"name": "company", "label": "Firm", "editable": True},
    {"name": "role", "label": "Role", "editable": True},
    {"name": "stage", "label": "Stage", "kind": "choice", "options": STAGES, "editable": True},
]
ROWS = [
    {"id": "a", "revision": 1, "company": "Mill & Byrne", "role": "Analyst", "stage": "applied"},
    {"id": "b", "revision": 2, "company": "Northway", "stage": "applied"},
    {"id": "c", "revision": 3, "company": "Quill", "stage": "offer"},
    {"id": "d", "revision": 4, "company": HOSTILE},
]


@pytest.fixture
def stage(chromium: Browser) -> Iterator[Stage]:
    """A page whose kernel is this process."""
    with staged(chromium) as stage:
        yield stage


class Keeper:
    """Keeps cells as a caller would, and may be told to refuse."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, str, Any, int]] = []
        self.raises: Exception | None = None

    def __call__(self, row_id: str, name: str, value: Any, base: int) -> Kept:
        if self.raises is not None:
            raise self.raises
        self.kept.append((row_id, name, value, base))
        return Kept(value, 100 + len(self.kept))


def card(table: Locator, row: str) -> Locator:
    """A row's card."""
    return table.locator(f'li[data-id="{row}"]')


def column(table: Locator, key: str) -> list[str]:
    """The ids of the cards in a column of the board."""
    cards = table.locator(f'.rb-board-column[data-column="{key}"] li')
    return [str(one.get_attribute("data-id")) for one in cards.all()]


# --- cards -----------------------------------------------------------------------------------------


def test_a_narrow_container_shows_cards(stage: Stage) -> None:
    """Below 560 pixels of its own container the table is a list of cards; empty cells are left out."""
    table = stage.show(HistoryTable(COLUMNS, ROWS), width=375)
    expect(table.get_by_role("grid")).to_have_count(0)
    expect(table.get_by_role("listitem")).to_have_count(4)
    expect(card(table, "a")).to_contain_text("Analyst")
    expect(card(table, "b").get_by_text("Role")).to_have_count(0)
    assert table.evaluate("node => node.scrollWidth <= node.clientWidth")


def test_the_look_follows_the_width(stage: Stage) -> None:
    """A container that grows turns cards into columns without asking the kernel again."""
    table = stage.show(HistoryTable(COLUMNS, ROWS), width=375)
    table.evaluate("node => { node.style.width = '900px'; }")
    expect(table.get_by_role("grid")).to_be_visible()
    assert 1 == len(stage.sent("hello"))


def test_a_card_is_changed_field_by_field(stage: Stage) -> None:
    """Change opens labelled fields; each is kept when it is left."""
    keep = Keeper()
    table = stage.show(HistoryTable(COLUMNS, ROWS, on_edit=keep), width=375)
    card(table, "b").get_by_role("button", name="Change").press("Enter")
    expect(card(table, "b").get_by_label("Firm")).to_be_focused()
    card(table, "b").get_by_label("Role").fill("Analyst")
    card(table, "b").get_by_label("Stage").focus()
    card(table, "b").get_by_label("Stage").select_option("Offer")
    stage.settle()
    expect(card(table, "b").get_by_label("Stage")).to_be_focused()
    card(table, "b").get_by_role("button", name="Done").click()
    expect(card(table, "b")).to_contain_text("Analyst")
    assert [("b", "role", "Analyst", 2), ("b", "stage", "offer", 101)] == keep.kept


def test_a_refusal_stands_at_its_field(stage: Stage) -> None:
    """On a card too the sentence is at the field, as words and for a screen reader."""
    keep = Keeper()
    keep.raises = NotKept("“Firm” takes up to 500 characters.")
    table = stage.show(HistoryTable(COLUMNS, ROWS, on_edit=keep), width=375)
    card(table, "a").get_by_role("button", name="Change").click()
    firm = card(table, "a").get_by_role("textbox", name="Firm")
    firm.fill("Too long")
    firm.press("Tab")
    stage.settle()
    firm = card(table, "a").get_by_role("textbox", name="Firm")
    expect(firm).to_have_attribute("aria-invalid", "true")
    expect(firm).to_have_accessible_description("“Firm” takes up to 500 characters.")
    expect(firm).to_have_value("Too long")


def test_many_cards_come_in_portions(stage: Stage) -> None:
    """A phone draws twelve cards and offers more; the focus goes to the first of the new ones."""
    rows = [{"id": f"r{n}", "revision": 1, "company": f"Firm {n}"} for n in range(65)]
    table = stage.show(HistoryTable(COLUMNS, rows, on_open=lambda _: None), width=375)
    expect(table.get_by_role("listitem")).to_have_count(12)
    table.get_by_role("button", name="Show 30 more").click()
    expect(table.get_by_role("button", name="Open Firm 12", exact=True)).to_be_focused()
    table.get_by_role("button", name="Show 23 more").click()
    expect(table.get_by_role("listitem")).to_have_count(65)


def test_cards_are_sorted_by_a_list(stage: Stage) -> None:
    """Where there are no headings to press, a list sorts."""
    table = stage.show(HistoryTable(COLUMNS, ROWS[:3]), width=375)
    table.get_by_label("Sort by").select_option("Firm, Z to A")
    assert ["Quill", "Northway", "Mill & Byrne"] == table.locator(".rb-row-title").all_inner_texts()


# --- the board -------------------------------------------------------------------------------------


def test_the_board_has_a_column_for_each_choice(stage: Stage) -> None:
    """Rows stand as cards under their stage, those without one under a column of their own."""
    table = stage.show(HistoryTable(COLUMNS, ROWS, view="board", on_edit=Keeper()))
    assert {"": ["d"], "applied": ["a", "b"], "interview": [], "offer": ["c"]} == {
        key: column(table, key) for key in ("", "applied", "interview", "offer")
    }
    expect(table.get_by_role("region", name="Applied 2")).to_be_visible()
    assert stage.page.evaluate("() => window.hurt === undefined")


def test_a_card_is_moved_by_its_list(stage: Stage) -> None:
    """Every card has a list to move it: no dragging needed; the move is kept, said, and the focus stays."""
    keep = Keeper()
    table = stage.show(HistoryTable(COLUMNS, ROWS, view="board", on_edit=keep))
    table.get_by_role("combobox", name="Move Northway to").select_option("Interview")
    stage.settle()
    assert ["b"] == column(table, "interview")
    assert [("b", "stage", "interview", 2)] == keep.kept
    expect(table.get_by_text("Northway is now at Interview.")).to_have_count(1)


def test_a_card_is_dragged_to_another_column(stage: Stage) -> None:
    """A mouse can drag a card; letting go over a column moves it there."""
    keep = Keeper()
    opened: list[str] = []
    table = stage.show(HistoryTable(COLUMNS, ROWS, view="board", on_edit=keep, on_open=opened.append))
    card(table, "a").get_by_text("Analyst").hover()
    stage.page.mouse.down()
    target = table.locator('[data-column="offer"]').bounding_box()
    assert target is not None
    stage.page.mouse.move(target["x"] + 40, target["y"] + 60, steps=8)
    stage.page.mouse.up()
    stage.settle()
    assert [("a", "stage", "offer", 1)] == keep.kept
    assert ["a", "c"] == column(table, "offer")
    assert [] == opened


def test_arrow_keys_lead_from_card_to_card(stage: Stage) -> None:
    """One card is in the tab order; arrows go down a column and across to the next that has cards."""
    table = stage.show(
        HistoryTable(COLUMNS, ROWS[:3], view="board", on_edit=Keeper(), on_open=lambda _: None)
    )
    card(table, "a").get_by_role("button").focus()
    where = []
    for key in ("ArrowDown", "ArrowRight", "ArrowLeft", "End"):
        stage.page.keyboard.press(key)
        where.append(stage.page.locator(":focus").evaluate("node => node.closest('li').dataset.id"))
    assert ["b", "c", "a", "b"] == where
    assert 2 == table.locator('.rb-board [tabindex="0"]').count()


def test_table_and_board_are_one_choice(stage: Stage) -> None:
    """The person switches between table and board; search and filters hold for both."""
    table = stage.show(HistoryTable(COLUMNS, ROWS, on_edit=Keeper()))
    table.get_by_label("Search").fill("north")
    table.get_by_role("radio", name="Board").check(force=True)
    assert ["b"] == column(table, "applied")
    table.get_by_role("radio", name="Table").check(force=True)
    expect(table.get_by_role("rowheader")).to_have_text(["Northway"])


def test_a_long_column_comes_in_portions(stage: Stage) -> None:
    """Thousands of cards in one column are drawn a few at a time."""
    rows = [{"id": f"r{n}", "revision": 1, "company": f"Firm {n}", "stage": "applied"} for n in range(2_000)]
    table = stage.show(HistoryTable(COLUMNS, rows, view="board", on_edit=Keeper()))
    expect(table.get_by_role("region", name="Applied 2000")).to_be_visible()
    expect(table.locator("li")).to_have_count(25)
    table.get_by_role("button", name="Show 25 more").click()
    expect(table.locator("li")).to_have_count(50)
