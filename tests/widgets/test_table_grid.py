"""The table in a real browser: ten thousand rows, found, sorted, moved through and changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from rebound_widgets.widgets import Clash, HistoryTable, Kept, NotKept

from .views_support import HOSTILE, Stage, staged

pytestmark = pytest.mark.browser

STAGES = [{"value": value, "label": value.capitalize()} for value in ("applied", "interview", "offer")]
COLUMNS = [
    {"name": "company", "label": "Firm", "editable": True},
    {"name": "role", "label": "Role", "editable": True},
    {"name": "applied_on", "label": "Applied on", "kind": "date", "editable": True},
    {"name": "stage", "label": "Stage", "kind": "choice", "options": STAGES, "editable": True},
    {"name": "days", "label": "Days", "kind": "number"},
]
ROWS = [
    {
        "id": "a",
        "revision": 1,
        "company": "Mill & Byrne",
        "applied_on": "2026-11-05",
        "stage": "offer",
        "days": 10,
    },
    {"id": "b", "revision": 2, "company": "Ångström AG", "role": "Analyst", "stage": "applied", "days": 9},
    {
        "id": "c",
        "revision": 3,
        "company": "harbour analytics",
        "applied_on": "2026-02-01",
        "stage": "applied",
    },
]


@pytest.fixture
def stage(chromium: Browser) -> Iterator[Stage]:
    """A page whose kernel is this process."""
    with staged(chromium, timezone_id="UTC") as stage:
        yield stage


class Keeper:
    """Keeps cells as a caller would, and may be told to refuse or clash."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, str, Any, int]] = []
        self.raises: Exception | None = None

    def __call__(self, row_id: str, name: str, value: Any, base: int) -> Kept:
        if self.raises is not None:
            raise self.raises
        self.kept.append((row_id, name, value, base))
        return Kept(value, 100 + len(self.kept))


def cell(table: Locator, row: str, name: str) -> Locator:
    """The cell of a row and a column."""
    return table.locator(f'tr[data-id="{row}"] [data-name="{name}"]')


def firms(table: Locator) -> list[str]:
    """The firms in the order they are shown."""
    return table.locator("tbody [role=rowheader]").all_inner_texts()


def test_ten_thousand_rows_draw_only_those_in_sight(stage: Stage) -> None:
    """All rows are there to scroll, search and jump through, while the page holds a few dozen of them."""
    rows = [{"id": f"r{n}", "revision": 1, "company": f"Firm {n:05}"} for n in range(10_000)]
    table = stage.show(HistoryTable(COLUMNS, rows))
    grid = table.get_by_role("grid")
    expect(table.get_by_text("10,000 rows")).to_be_visible()
    expect(grid).to_have_attribute("aria-rowcount", "10001")
    assert table.locator("tbody tr").count() < 80
    table.locator(".rb-grid-scroll").evaluate("node => node.scrollTo(0, node.scrollHeight / 2)")
    expect(table.get_by_role("rowheader", name="Firm 05000")).to_be_visible()
    assert table.locator("tbody tr").count() < 80
    table.get_by_label("Search").fill("0777")
    expect(table.get_by_text("11 rows of 10,000")).to_be_visible()
    assert ["Firm 00777", "Firm 07770"] == firms(table)[:2]
    table.get_by_role("button", name="Show everything").click()
    table.get_by_role("columnheader", name="Firm").get_by_role("button").click()
    table.get_by_role("columnheader", name="Firm").get_by_role("button").click()
    expect(table.locator("tbody [role=rowheader]").first).to_have_text("Firm 09999")
    assert table.locator("tbody tr").count() < 80


class Twice(HistoryTable):
    """A table whose kernel was slow: what was asked for again is answered twice."""

    def _on_more(self, content: Any, buffers: Any) -> None:
        for _ in range(2):
            super()._on_more(content, buffers)


def test_every_row_in_sight_is_drawn_at_once(stage: Stage) -> None:
    """A table of twelve shows as many as its window holds before anybody scrolls, and no blank place under them."""
    rows = [{"id": f"r{n}", "revision": 1, "company": f"Firm {n:02}"} for n in range(12)]
    table = stage.show(HistoryTable(COLUMNS, rows))
    window = table.locator(".rb-grid-scroll").bounding_box()
    last = table.locator("tbody tr[data-id]").last.bounding_box()
    assert last["y"] + last["height"] >= window["y"] + window["height"] - 1
    assert 12 == table.locator("tbody tr[data-id]").count()


def test_a_piece_that_comes_twice_is_asked_for_once(stage: Stage) -> None:
    """Going on from both answers of a slow kernel would double every piece that is still to come."""
    rows = [{"id": f"r{n}", "revision": 1, "company": f"Firm {n:05}"} for n in range(20_000)]
    table = stage.show(Twice(COLUMNS, rows))
    expect(table.get_by_text("20,000 rows")).to_be_visible()
    asked = [content["from"] for _, content in stage.heard if content["type"] == "more"]
    # A piece that takes long on a busy machine is asked for again, once; doubled at each piece it would be 31 times.
    assert [500, 4_500, 8_500, 12_500, 16_500] == sorted(set(asked))
    assert len(asked) <= 2 * 5
    table.locator(".rb-grid-scroll").evaluate("node => node.scrollTo(0, node.scrollHeight)")
    expect(table.get_by_role("rowheader", name="Firm 19999")).to_be_visible()


def test_while_rows_come_their_number_is_said_and_the_wish_holds(stage: Stage) -> None:
    """The page says how many rows are here, keeps what is searched for, and sorts when all are there."""
    held: list[Any] = []

    class Slow(HistoryTable):
        """Answers only when told to."""

        def _on_more(self, content: Any, buffers: Any) -> None:
            held.append((content, buffers))

        def go_on(self) -> None:
            super()._on_more(*held.pop(0))

    rows = [{"id": f"r{n}", "revision": 1, "company": f"Firm {n:05}"} for n in range(9_000)]
    slow = Slow(COLUMNS, rows, sort=("company", "descending"))
    table = stage.show(slow)
    expect(table.get_by_text("Loading the rows: 500 of 9,000")).to_be_visible()
    slow.go_on()
    stage.settle()
    expect(table.get_by_text("Loading the rows: 4,500 of 9,000")).to_be_visible()
    while held:
        slow.go_on()
        stage.settle()
    expect(table.get_by_text("9,000 rows")).to_be_visible()
    expect(table.locator("tbody [role=rowheader]").first).to_have_text("Firm 08999")
    table.get_by_label("Search").fill("firm 0899")
    expect(table.get_by_text("11 rows of 9,000")).to_be_visible()


def test_the_last_row_is_reached_by_keyboard(stage: Stage) -> None:
    """Control and End lead to the last cell of thousands, and its row says which one it is."""
    rows = [{"id": f"r{n}", "revision": 1, "company": f"Firm {n}"} for n in range(3_000)]
    table = stage.show(HistoryTable(COLUMNS, rows))
    table.get_by_role("rowheader", name="Firm 0", exact=True).click()
    stage.page.keyboard.press("Control+End")
    focused = stage.page.locator(":focus")
    expect(focused).to_have_attribute("data-name", "days")
    assert "3001" == focused.evaluate("node => node.closest('tr').getAttribute('aria-rowindex')")
    expect(focused).to_be_in_viewport()


def test_the_grid_has_one_place_in_the_tab_order(stage: Stage) -> None:
    """Tab enters the grid once and leaves it with the next press, wherever the arrow keys have led."""
    table = stage.show(HistoryTable(COLUMNS, ROWS, on_edit=Keeper()))
    table.get_by_label("Search").focus()
    assert 1 == table.locator('.rb-grid [tabindex="0"]').count()
    cell(table, "a", "company").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        stage.page.keyboard.press(key)
    expect(cell(table, "b", "applied_on")).to_be_focused()
    stage.page.keyboard.press("Home")
    expect(cell(table, "b", "company")).to_be_focused()
    stage.page.keyboard.press("ArrowUp")
    stage.page.keyboard.press("ArrowUp")
    expect(table.get_by_role("button", name="Firm")).to_be_focused()
    stage.page.keyboard.press("Tab")
    assert not table.locator(".rb-grid").evaluate("node => node.contains(document.activeElement)")


def test_sorting_is_said_and_empty_cells_come_last(stage: Stage) -> None:
    """A heading's button sorts up, down and back; numbers go by size, empty cells stay at the end."""
    table = stage.show(HistoryTable(COLUMNS, ROWS))
    days = table.get_by_role("columnheader", name="Days")
    seen = []
    for _ in range(3):
        days.get_by_role("button").press("Enter")
        seen.append((days.get_attribute("aria-sort"), firms(table)))
    mill, angstrom, harbour = "Mill & Byrne", "Ångström AG", "harbour analytics"
    assert [
        ("ascending", [angstrom, mill, harbour]),
        ("descending", [mill, angstrom, harbour]),
        ("none", [mill, angstrom, harbour]),
    ] == seen


def test_text_sorts_without_regard_to_capitals_and_accents(stage: Stage) -> None:
    """Firms stand in the order of the page's language, not of character codes."""
    table = stage.show(HistoryTable(COLUMNS, ROWS, sort=("company", "ascending")))
    assert ["Ångström AG", "harbour analytics", "Mill & Byrne"] == firms(table)


def test_search_looks_at_what_is_shown(stage: Stage) -> None:
    """Words are found in any column, as people read them: without accents, dates and choices in words."""
    table = stage.show(HistoryTable(COLUMNS, ROWS))
    search = table.get_by_label("Search")
    found = {}
    for words in ("angstrom", "5 nov", "Applied 2026", "nobody"):
        search.fill(words)
        found[words] = firms(table)
    assert {
        "angstrom": ["Ångström AG"],
        "5 nov": ["Mill & Byrne"],
        "Applied 2026": ["harbour analytics"],
        "nobody": [],
    } == found
    expect(table.get_by_text("No row fits the search and the filters.")).to_be_visible()
    table.get_by_role("button", name="Show everything").click()
    assert 3 == len(firms(table))


def test_a_filter_is_a_list_of_boxes_with_counts(stage: Stage) -> None:
    """A choice column is filtered by its values, by keyboard; Escape closes the list and goes back to its button."""
    table = stage.show(HistoryTable(COLUMNS, ROWS))
    summary = table.locator("summary", has_text="Stage")
    summary.press("Enter")
    table.get_by_role("checkbox", name="Applied 2").press("Space")
    assert ["Ångström AG", "harbour analytics"] == firms(table)
    stage.page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(summary).to_have_text("Stage: 1")
    expect(table.get_by_text("2 rows of 3")).to_be_visible()


def test_a_cell_is_changed_by_keyboard_and_kept(stage: Stage) -> None:
    """Enter opens a cell, Enter keeps it, the row is built on the revision that was on screen."""
    keep = Keeper()
    table = stage.show(HistoryTable(COLUMNS, ROWS, on_edit=keep))
    cell(table, "b", "role").focus()
    stage.page.keyboard.press("Enter")
    editor = table.get_by_role("textbox", name="Role, Ångström AG")
    expect(editor).to_be_focused()
    editor.fill("Head of data")
    stage.page.keyboard.press("Enter")
    stage.settle()
    expect(cell(table, "b", "role")).to_have_text("Head of data")
    expect(cell(table, "b", "role")).to_be_focused()
    assert [("b", "role", "Head of data", 2)] == keep.kept


def test_escape_leaves_a_cell_as_it_was(stage: Stage) -> None:
    """What was typed and not wanted goes nowhere."""
    keep = Keeper()
    table = stage.show(HistoryTable(COLUMNS, ROWS, on_edit=keep))
    cell(table, "b", "role").click()
    stage.page.keyboard.type("Nothing")
    stage.page.keyboard.press("Escape")
    stage.settle()
    expect(cell(table, "b", "role")).to_have_text("Analyst")
    expect(cell(table, "b", "role")).to_be_focused()
    assert [] == keep.kept


def test_typing_on_a_cell_opens_it_and_leaving_it_keeps_it(stage: Stage) -> None:
    """A letter starts the change, and a press elsewhere keeps what was written."""
    keep = Keeper()
    table = stage.show(HistoryTable(COLUMNS, ROWS, on_edit=keep))
    cell(table, "a", "role").focus()
    stage.page.keyboard.type("Researcher")
    table.get_by_label("Search").click()
    stage.settle()
    assert [("a", "role", "Researcher", 1)] == keep.kept


def test_a_press_on_the_next_cell_keeps_this_one_and_opens_that(stage: Stage) -> None:
    """With a mouse one goes from cell to cell of a row: each is kept as it is left, none needs a second press."""
    keep = Keeper()
    table = stage.show(HistoryTable(COLUMNS, ROWS, on_edit=keep))
    cell(table, "b", "company").click()
    stage.page.keyboard.type("Northway")
    cell(table, "b", "role").click()
    expect(table.get_by_role("textbox", name="Role, Northway")).to_be_focused()
    stage.page.keyboard.type("Researcher")
    stage.page.keyboard.press("Enter")
    stage.settle()
    assert [("b", "company", "Northway", 2), ("b", "role", "Researcher", 101)] == keep.kept


def test_days_and_choices_have_their_own_controls(stage: Stage) -> None:
    """A day is chosen in a date field, a stage from a list, and an emptied cell is empty."""
    keep = Keeper()
    table = stage.show(HistoryTable(COLUMNS, ROWS, on_edit=keep))
    cell(table, "a", "applied_on").focus()
    stage.page.keyboard.press("F2")
    table.get_by_label("Applied on, Mill & Byrne").fill("2026-12-24")
    stage.page.keyboard.press("Tab")
    expect(cell(table, "a", "stage")).to_be_focused()
    stage.page.keyboard.press("Enter")
    table.get_by_role("combobox", name="Stage, Mill & Byrne").select_option("not filled in")
    stage.page.keyboard.press("Enter")
    stage.settle()
    expect(cell(table, "a", "applied_on")).to_have_text("24 Dec 2026")
    assert [("a", "applied_on", "2026-12-24", 1), ("a", "stage", None, 101)] == keep.kept


def test_read_only_cells_do_not_open(stage: Stage) -> None:
    """A cell that cannot be changed says so and takes no keys."""
    table = stage.show(HistoryTable(COLUMNS, ROWS, on_edit=Keeper()))
    days = cell(table, "a", "days")
    expect(days).to_have_attribute("aria-readonly", "true")
    days.focus()
    stage.page.keyboard.press("Enter")
    stage.page.keyboard.type("4")
    assert 0 == days.locator("input").count()


def test_a_refused_change_stays_with_its_sentence_at_the_cell(stage: Stage) -> None:
    """What was refused stays as written, with the reason beside it, until it is changed or taken back."""
    keep = Keeper()
    keep.raises = NotKept("“Firm” takes up to 500 characters.")
    table = stage.show(HistoryTable(COLUMNS, ROWS, on_edit=keep))
    firm = cell(table, "a", "company")
    firm.click()
    stage.page.keyboard.type("Too long")
    stage.page.keyboard.press("Enter")
    stage.settle()
    expect(firm).to_contain_text("Too long")
    expect(firm).to_have_attribute("aria-invalid", "true")
    note = table.locator(".rb-cell-note")
    expect(note).to_contain_text("“Firm” takes up to 500 characters.")
    expect(firm).to_have_accessible_description("“Firm” takes up to 500 characters.")
    problems = table.locator(".rb-table-problems")
    expect(problems).to_contain_text("1 change is not saved yet")
    note.get_by_role("button", name="Take my change back").click()
    expect(firm).to_have_text("Mill & Byrne")
    expect(problems).to_be_hidden()


def test_two_versions_of_a_cell_are_both_offered(stage: Stage) -> None:
    """A cell changed elsewhere meanwhile shows both versions; keeping mine builds on the newer revision."""
    keep = Keeper()
    keep.raises = Clash(Kept("Theirs", 40))
    table = stage.show(HistoryTable(COLUMNS, ROWS, on_edit=keep))
    cell(table, "a", "company").click()
    stage.page.keyboard.type("Mine")
    stage.page.keyboard.press("Enter")
    stage.settle()
    note = table.locator(".rb-cell-note")
    expect(note).to_contain_text("There it says: Theirs")
    keep.raises = None
    note.get_by_role("button", name="Keep mine").click()
    stage.settle()
    expect(cell(table, "a", "company")).to_have_text("Mine")
    assert [("a", "company", "Mine", 40)] == keep.kept


def test_taking_the_other_version_shows_it(stage: Stage) -> None:
    """The version written elsewhere can be taken instead."""
    keep = Keeper()
    keep.raises = Clash(Kept("Theirs", 40))
    table = stage.show(HistoryTable(COLUMNS, ROWS, on_edit=keep))
    cell(table, "a", "company").click()
    stage.page.keyboard.type("Mine")
    stage.page.keyboard.press("Enter")
    stage.settle()
    table.locator(".rb-cell-note").get_by_role("button", name="Take the other one").click()
    expect(cell(table, "a", "company")).to_have_text("Theirs")


def test_an_edit_survives_a_cut_connection_and_a_reload(stage: Stage) -> None:
    """An edit nobody acknowledged is kept by the browser and handed over after the page is loaded again."""
    keep = Keeper()
    table = stage.show(HistoryTable(COLUMNS, ROWS, on_edit=keep))
    stage.cut = True
    cell(table, "b", "role").click()
    stage.page.keyboard.type("Head of data")
    stage.page.keyboard.press("Enter")
    stage.settle()
    expect(cell(table, "b", "role")).to_have_attribute("data-state", "saving")
    assert [] == keep.kept
    stage.cut = False
    stage.open()
    expect(cell(table, "b", "role")).to_have_text("Head of data")
    stage.settle()
    assert [("b", "role", "Head of data")] == [kept[:3] for kept in keep.kept]


def test_words_in_an_open_cell_survive_a_closed_page(stage: Stage) -> None:
    """What was being typed when the page went away is handed over by the next one."""
    keep = Keeper()
    table = stage.show(HistoryTable(COLUMNS, ROWS, on_edit=keep))
    cell(table, "b", "role").click()
    stage.page.keyboard.type("Half a wor")
    stage.cut = True
    stage.open()
    stage.cut = False
    stage.open()
    expect(cell(table, "b", "role")).to_have_text("Half a wor")
    stage.settle()
    assert {"Half a wor"} == {value for *_, value, _base in keep.kept}


def test_a_row_is_added_by_writing_in_it(stage: Stage) -> None:
    """The button opens a new row at the top; its first cell makes it, and it keeps its place and the focus."""
    added: list[dict[str, Any]] = []

    def add(values: Any, _token: str) -> dict[str, Any]:
        added.append(dict(values))
        return {"id": "new", "revision": 50, **values}

    keep = Keeper()
    table = stage.show(HistoryTable(COLUMNS, ROWS, on_edit=keep, on_add=add))
    table.get_by_role("button", name="Add a row").click()
    stage.page.keyboard.type("Northway")
    stage.page.keyboard.press("Tab")
    stage.settle()
    expect(cell(table, "new", "role")).to_be_focused()
    stage.page.keyboard.type("Analyst")
    stage.page.keyboard.press("Enter")
    stage.settle()
    assert [{"company": "Northway"}] == added
    assert [("new", "role", "Analyst", 50)] == keep.kept
    assert "Northway" == firms(table)[0]
    expect(table.get_by_text("4 rows")).to_be_visible()


def test_a_row_is_opened_and_deleted_by_real_buttons(stage: Stage) -> None:
    """Each row has an Open and a Delete that name it; a deleted row can be brought back."""
    opened: list[str] = []
    gone: list[str] = []
    rows = {row["id"]: row for row in ROWS}

    def delete(row_id: str) -> Any:
        gone.append(row_id)
        return lambda: rows[row_id]

    table = stage.show(HistoryTable(COLUMNS, ROWS, on_open=opened.append, on_delete=delete))
    table.get_by_role("button", name="Open Ångström AG").click()
    table.get_by_role("button", name="Delete Ångström AG").click()
    stage.settle()
    assert (["b"], ["b"]) == (opened, gone)
    assert ["Mill & Byrne", "harbour analytics"] == firms(table)
    table.get_by_role("button", name="Bring it back").click()
    stage.settle()
    expect(table.get_by_text("Ångström AG is back.")).to_be_visible()
    assert {"Mill & Byrne", "harbour analytics", "Ångström AG"} == set(firms(table))


def test_a_row_with_an_address_is_a_link(stage: Stage) -> None:
    """With an address a row's Open is a link within the page; no other kind of address is followed."""
    rows = [{**ROWS[0], "href": "#/search/a"}, {**ROWS[1], "href": "javascript:window.hurt=1"}]
    table = stage.show(HistoryTable(COLUMNS, rows))
    assert "#/search/a" == table.get_by_role("link", name="Open Mill & Byrne").get_attribute("href")
    assert 1 == table.get_by_role("link").count()


def test_newer_rows_of_the_kernel_do_not_disturb_somebody_who_writes(stage: Stage) -> None:
    """A change from elsewhere shows in other cells while the open one keeps its words."""
    keep = Keeper()
    widget = HistoryTable(COLUMNS, ROWS, on_edit=keep)
    table = stage.show(widget)
    cell(table, "a", "role").click()
    stage.page.keyboard.type("Mine")
    widget.show(
        [{**ROWS[0], "revision": 9, "company": "Renamed"}, ROWS[1], ROWS[2], {"id": "d", "revision": 4}]
    )
    stage.settle()
    expect(cell(table, "a", "company")).to_have_text("Renamed")
    expect(table.locator("input.rb-cell-input")).to_be_focused()
    stage.page.keyboard.press("Enter")
    stage.settle()
    assert [("a", "role", "Mine", 1)] == keep.kept


def test_hostile_words_stay_words(stage: Stage) -> None:
    """Whatever a cell, a label or a choice holds is shown as text."""
    columns = [
        {"name": "company", "label": HOSTILE, "editable": True},
        {"name": "stage", "label": "S", "kind": "choice", "options": [{"value": "x", "label": HOSTILE}]},
    ]
    keep = Keeper()
    keep.raises = NotKept(HOSTILE)
    table = stage.show(
        HistoryTable(columns, [{"id": '"><b>', "company": HOSTILE, "stage": "x"}], on_edit=keep)
    )
    expect(table.get_by_role("rowheader")).to_contain_text("$52k vs $60k & </script><b>bold</b>")
    table.get_by_role("rowheader").click()
    stage.page.keyboard.type("x")
    stage.page.keyboard.press("Enter")
    stage.settle()
    table.locator("summary").first.click()
    assert 0 == table.locator("img, b").count()
    assert stage.page.evaluate("() => window.hurt === undefined")


def test_an_empty_table_says_so(stage: Stage) -> None:
    """A table without rows has a sentence in place of an empty grid."""
    table = stage.show(HistoryTable(COLUMNS, []))
    expect(table.get_by_text("Nothing is here yet.")).to_be_visible()
    expect(table.get_by_role("grid")).to_be_hidden()
