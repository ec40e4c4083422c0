"""Every kind of question answered in a real browser, by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from rebound_widgets.widgets import Exercise, Kept, NotKept, Reply

pytestmark = pytest.mark.browser
Find = Callable[..., Locator]

FRUIT = [{"id": "fig", "text": "Fig"}, {"id": "plum", "text": "Plum"}, {"id": "pear", "text": "Pear"}]
MANY = [{"id": f"o{n}", "text": f"Option {n}"} for n in range(1, 9)]
PILES = [{"id": "mine", "text": "Mine"}, {"id": "theirs", "text": "Theirs"}]
STAR = [["situation", "Situation"], ["task", "Task"], ["action", "Action"], ["result", "Result"]]
PEOPLE = [["name", "Name"], ["role", "Role"], ["contact", "Contact"], ["note", "Note"]]


def ask(kind: str, **more: Any) -> dict[str, Any]:
    """A question of one kind."""
    return {"kind": kind, "id": f"all/{kind}", "ask": f"About {kind}?", "hint": f"Hint for {kind}.", **more}


def press(page: Page, *keys: str) -> None:
    """Presses keys one after another."""
    for key in keys:
        page.keyboard.press(key)


def answered(desk: Any, page: Page, exercise: Exercise, name: str) -> Any:
    """The kernel's reply once everything is handed over."""
    page.evaluate("() => document.activeElement.blur()")
    desk.settle(page)
    return exercise.value.get(name)


def test_a_line_is_typed(desk: Any) -> None:
    """A line has its label, its hint and suggestions that do not bind."""
    exercise = Exercise([ask("line", suggestions=["Analyst", "Nurse"])])
    page = desk.open(exercise)
    field = page.get_by_label("About line?")
    expect(field).to_have_accessible_description("Hint for line.")
    press(page, "Tab")
    expect(field).to_be_focused()
    page.keyboard.type("Data analyst")
    assert "Data analyst" == answered(desk, page, exercise, "all/line")
    assert ["Analyst", "Nurse"] == page.locator("datalist option").evaluate_all(
        "all => all.map(one => one.value)"
    )


def test_prose_grows_with_what_is_written(desk: Any) -> None:
    """The field is as high as its text, so that nobody writes through a slit."""
    exercise = Exercise([ask("prose", rows=3)])
    page = desk.open(exercise)
    field = page.get_by_label("About prose?")
    before = field.bounding_box()["height"]
    field.focus()
    page.keyboard.type("one")
    press(page, *["Enter"] * 9)
    page.keyboard.type("ten")
    assert field.bounding_box()["height"] > before + 100
    assert "one" + "\n" * 9 + "ten" == answered(desk, page, exercise, "all/prose")


def test_a_scale_is_rated_and_unrated(desk: Any) -> None:
    """Arrow keys choose a step; "Not rated" is a choice like the others and takes the rating back."""
    exercise = Exercise([ask("scale", low=1, high=5, low_word="Lost", high_word="As I wanted")])
    page = desk.open(exercise)
    expect(page.get_by_role("radiogroup", name="About scale?")).to_have_accessible_description(
        "Hint for scale."
    )
    expect(page.get_by_role("radio", name="Not rated")).to_be_checked()
    expect(page.get_by_role("radio", name="5 As I wanted")).to_be_visible()
    press(page, "Tab", "ArrowUp")
    desk.settle(page)
    assert {"all/scale": 5} == exercise.value
    press(page, "ArrowLeft", "ArrowLeft")
    assert 3 == answered(desk, page, exercise, "all/scale")
    page.get_by_role("radio", name="Not rated").focus()
    press(page, "Space")
    assert None is answered(desk, page, exercise, "all/scale")


def test_a_few_options_are_radio_buttons(desk: Any) -> None:
    """One of a few is chosen with arrow keys, and words of one's own go into the line that opens."""
    exercise = Exercise([ask("choice", options=FRUIT, own=True)])
    page = desk.open(exercise)
    expect(page.get_by_role("radio", name="No answer")).to_be_checked()
    press(page, "Tab", "ArrowDown")
    desk.settle(page)
    assert {"all/choice": "fig"} == exercise.value
    press(page, "ArrowDown", "ArrowDown", "ArrowDown")
    expect(page.get_by_label("In your own words")).to_be_focused()
    page.keyboard.type("Quince")
    assert "own:Quince" == answered(desk, page, exercise, "all/choice")


def test_many_options_are_a_select(desk: Any) -> None:
    """One of many is chosen from a native list, with the same way to one's own words."""
    exercise = Exercise([ask("choice", options=MANY, own=True)])
    page = desk.open(exercise)
    choice = page.get_by_label("About choice?")
    expect(choice).to_have_accessible_description("Hint for choice.")
    press(page, "Tab")
    press(page, "ArrowDown", "ArrowDown", "ArrowDown")
    desk.settle(page)
    assert {"all/choice": "o3"} == exercise.value
    choice.select_option(label="Something else")
    page.keyboard.type("My own")
    assert "own:My own" == answered(desk, page, exercise, "all/choice")


@pytest.mark.parametrize("kind", ["several", "checklist"])
def test_boxes_are_ticked(desk: Any, kind: str) -> None:
    """Any number is ticked by keyboard, and words of one's own become one of the boxes."""
    exercise = Exercise([ask(kind, options=FRUIT, own=True)])
    page = desk.open(exercise)
    press(page, "Tab", "Tab", "Space", "Shift+Tab", "Space", "Tab", "Tab", "Tab")
    page.keyboard.type("Quince")
    press(page, "Enter")
    expect(page.get_by_role("checkbox", name="Quince")).to_be_checked()
    expect(page.get_by_label("Something of your own")).to_be_focused()
    assert ["plum", "fig", "own:Quince"] == answered(desk, page, exercise, f"all/{kind}")
    page.get_by_role("checkbox", name="Fig").focus()
    press(page, "Space")
    assert ["plum", "own:Quince"] == answered(desk, page, exercise, f"all/{kind}")


def test_a_long_list_is_folded_on_a_phone_and_says_what_is_ticked(desk: Any) -> None:
    """Ten lists are ten lines on a phone; each says how much of it is ticked, and one with ticks stands open."""
    exercise = Exercise(
        [ask("several", options=FRUIT, own=False, fold=True), ask("checklist", options=FRUIT, fold=True)],
        replies={"all/checklist": Kept(["fig"], 1)},
    )
    page = desk.open(exercise)
    expect(page.locator("details.rb-ticks-fold")).to_have_count(0)
    page.set_viewport_size({"width": 375, "height": 700})
    desk.reload(page)
    folded, opened = (page.locator("details.rb-ticks-fold").nth(n) for n in range(2))
    expect(folded.get_by_role("checkbox")).to_have_count(0)
    expect(opened.get_by_role("checkbox", name="Fig")).to_be_checked()
    folded.get_by_text("0 of 3 ticked").press("Enter")
    folded.get_by_role("checkbox", name="Plum").check()
    expect(folded.locator("summary")).to_have_text("1 of 3 ticked")
    assert ["plum"] == answered(desk, page, exercise, "all/several")


def test_own_words_are_kept_before_they_are_added(desk: Any) -> None:
    """Words in the line count from the first key on: leaving without pressing "Add" loses nothing."""
    exercise = Exercise([ask("several", options=FRUIT, own=True)])
    page = desk.open(exercise)
    page.get_by_label("Something of your own").fill("Qui")
    page.get_by_label("Something of your own").press_sequentially("nce")
    page.evaluate("() => window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    desk.settle(page)
    assert {"all/several": ["own:Quince"]} == exercise.value


def test_things_are_put_in_order_by_keys_and_taps(desk: Any) -> None:
    """Tapping in turn makes the order; buttons and arrow keys change it; each move is said aloud."""
    exercise = Exercise([ask("ranking", options=FRUIT)])
    page = desk.open(exercise)
    press(page, "Tab", "Space", "Space", "Space")
    desk.settle(page)
    assert {"all/ranking": ["fig", "plum", "pear"]} == exercise.value
    page.get_by_role("button", name="Move Pear up").press("Enter")
    expect(page.get_by_role("status").filter(has_text="Pear is now number 2 of 3.")).to_have_count(1)
    expect(page.get_by_role("button", name="Move Pear up")).to_be_focused()
    page.get_by_role("button", name="Fig, place 1 of 3").focus()
    press(page, "ArrowDown", "ArrowDown")
    expect(page.get_by_role("button", name="Fig, place 3 of 3")).to_be_focused()
    desk.settle(page)
    assert {"all/ranking": ["pear", "plum", "fig"]} == exercise.value
    page.get_by_role("button", name="Take Plum out of the order").press("Enter")
    assert ["pear", "fig"] == answered(desk, page, exercise, "all/ranking")


def test_things_are_put_in_order_by_dragging(desk: Any) -> None:
    """A pointer can drag a row to another place, and Escape lets it go."""
    exercise = Exercise([ask("ranking", options=FRUIT)], replies={"all/ranking": ["fig", "plum", "pear"]})
    page = desk.open(exercise)
    grip = page.get_by_role("button", name="Fig, place 1 of 3").bounding_box()
    goal = page.get_by_role("button", name="Pear, place 3 of 3").bounding_box()
    page.mouse.move(grip["x"] + 9, grip["y"] + 9)
    page.mouse.down()
    page.mouse.move(goal["x"] + 9, goal["y"] + 9, steps=4)
    press(page, "Escape")
    page.mouse.up()
    desk.settle(page)
    assert {"all/ranking": ["fig", "plum", "pear"]} == exercise.value
    page.mouse.move(grip["x"] + 9, grip["y"] + 9)
    page.mouse.down()
    page.mouse.move(goal["x"] + 9, goal["y"] + 9, steps=4)
    page.mouse.up()
    assert ["plum", "pear", "fig"] == answered(desk, page, exercise, "all/ranking")


def test_cards_are_sorted_by_keys(desk: Any) -> None:
    """A card goes on a pile with one press and the next card has the focus; a select moves it again."""
    exercise = Exercise([ask("cards", options=FRUIT, piles=PILES, own=True)])
    page = desk.open(exercise)
    expect(page.get_by_text("3 cards to sort")).to_be_visible()
    press(page, "Tab", "Tab", "Space", "Space")
    expect(page.get_by_role("button", name="Lay “Pear” on “Theirs”")).to_be_focused()
    press(page, "Shift+Tab", "Space")
    expect(page.get_by_text("All cards are sorted")).to_be_visible()
    desk.settle(page)
    assert {"all/cards": {"theirs": ["fig", "plum"], "mine": ["pear"]}} == exercise.value
    page.get_by_label("Where “Plum” lies").select_option("Mine")
    page.get_by_label("Where “Fig” lies").select_option("Not sorted")
    expect(page.get_by_role("button", name="Lay “Fig” on “Mine”")).to_be_focused()
    page.get_by_label("A card of your own").fill("It rained")
    page.get_by_role("button", name="Lay your own card on “Theirs”").press("Enter")
    expected = {"mine": ["pear", "plum"], "theirs": ["own:It rained"]}
    assert expected == answered(desk, page, exercise, "all/cards")


def test_cards_are_sorted_by_dragging(desk: Any) -> None:
    """A pointer can drag a card onto a pile."""
    exercise = Exercise([ask("cards", options=FRUIT, piles=PILES)])
    page = desk.open(exercise)
    grip = page.locator('[data-card="plum"] .rb-card-grip').bounding_box()
    pile = page.get_by_role("group", name="Theirs").bounding_box()
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(pile["x"] + 30, pile["y"] + 30, steps=4)
    page.mouse.up()
    assert {"theirs": ["plum"]} == answered(desk, page, exercise, "all/cards")


def test_a_phone_shows_the_first_few_cards_and_the_next_as_each_is_laid(desk: Any) -> None:
    """Eight cards are no wall: three are there, another one comes for each that is laid, and all on request."""
    page = desk.open(Exercise([ask("cards", options=MANY, piles=PILES)]), width=340)
    cards = page.locator(".rb-hand .rb-sort-card:visible")
    expect(cards).to_have_count(3)
    page.get_by_role("button", name="Lay “Option 1” on “Mine”").press("Enter")
    expect(cards.locator(".rb-sort-words")).to_have_text(["Option 2", "Option 3", "Option 4"])
    expect(page.get_by_role("button", name="Lay “Option 2” on “Mine”")).to_be_focused()
    page.get_by_role("button", name="Show all of them").press("Enter")
    expect(cards).to_have_count(7)
    expect(page.get_by_role("button", name="Lay “Option 5” on “Mine”")).to_be_focused()


def test_there_are_no_earlier_versions_before_anything_is_written(desk: Any) -> None:
    """The fold for what stood there before comes with the first words that are kept."""
    page = desk.open(Exercise([ask("line")], on_versions=lambda _record: {}))
    fold = page.get_by_text("Earlier versions")
    expect(fold).to_be_hidden()
    page.get_by_label("About line?").fill("Data analyst")
    page.keyboard.press("Tab")
    expect(fold).to_be_visible()


def test_an_own_card_without_a_pile_outlives_a_reload(desk: Any) -> None:
    """A card begun and not laid anywhere is still in its line after the page was loaded again."""
    page = desk.open(Exercise([ask("cards", options=FRUIT, piles=PILES, own=True)]))
    page.get_by_label("A card of your own").fill("It rained")
    desk.reload(page)
    expect(page.get_by_label("A card of your own")).to_have_value("It rained")


def test_a_day_is_typed(desk: Any) -> None:
    """A day is typed into the browser's own field; half a day is not sent, and the field says so."""
    exercise = Exercise([ask("date")])
    page = desk.open(exercise)
    field = page.get_by_label("About date?")
    press(page, "Tab")
    page.keyboard.type("11122026")
    assert "2026-11-12" == answered(desk, page, exercise, "all/date")
    assert ["2026-11-12"] == [message["value"] for message in desk.sent(page)]
    field.focus()
    press(page, "Backspace")
    field.blur()
    expect(field).to_have_accessible_description(
        "Hint for date. This day is not complete yet. Day, month and year make it one."
    )
    assert "2026-11-12" == answered(desk, page, exercise, "all/date")


@pytest.mark.parametrize(
    ("typed", "kept"), [("41500", 41500), ("41 500,5", 41500.5), ("-3.25", -3.25), ("forty", "forty")]
)
def test_a_number_is_typed_as_people_type_it(desk: Any, typed: str, kept: Any) -> None:
    """Spaces and a comma are understood; what is no number goes to the kernel, which says what it takes."""
    exercise = Exercise([ask("number", unit="euros")])
    page = desk.open(exercise)
    press(page, "Tab")
    expect(page.get_by_role("textbox", name="About number? euros")).to_be_focused()
    page.keyboard.type(typed)
    assert kept == answered(desk, page, exercise, "all/number")


@pytest.mark.parametrize(
    ("kind", "labels"),
    [("star", STAR), ("people", PEOPLE), ("if-then", [["if", "If"], ["then", "then I will"]])],
)
def test_small_forms_have_a_label_on_each_field(desk: Any, kind: str, labels: list[list[str]]) -> None:
    """Each part of a form is its own labelled field in a named group; blank parts are left out."""
    exercise = Exercise([ask(kind, labels=labels)])
    page = desk.open(exercise)
    group = page.get_by_role("group", name=f"About {kind}?")
    expect(group).to_have_accessible_description(f"Hint for {kind}.")
    for _, label in labels:
        expect(group.get_by_label(label, exact=True)).to_be_visible()
    press(page, "Tab")
    page.keyboard.type("first")
    press(page, *["Tab"] * (len(labels) - 1))
    page.keyboard.type("last")
    assert {labels[0][0]: "first", labels[-1][0]: "last"} == answered(desk, page, exercise, f"all/{kind}")


def repeat() -> dict[str, Any]:
    """A list of questions asked."""
    inner = [{"kind": "prose", "id": "all/words", "ask": "What did they ask?"}]
    return ask(
        "repeat", questions=inner, item_title="Question {number} of {count}", add="Add another question"
    )


def test_a_list_grows_shrinks_and_comes_back(desk: Any, find: Find) -> None:
    """Adding puts the focus into the new item; deleting asks nothing and can be taken back, words and all."""
    exercise = Exercise([repeat()])
    page = desk.open(exercise)
    press(page, "Tab", "Enter")
    page.keyboard.type("one")
    page.get_by_role("button", name="Add another question").press("Enter")
    page.keyboard.type("two")
    expect(page.get_by_role("region", name="Question 2 of 2")).to_be_visible()
    expect(find(page, "all/words", 2).locator("textarea")).to_have_value("two")
    page.get_by_role("button", name="Delete Question 1 of 2").press("Enter")
    expect(page.get_by_role("region", name="Question 1 of 1")).to_be_visible()
    expect(page.get_by_role("button", name="Bring it back")).to_be_focused()
    desk.settle(page)
    assert [2] == exercise.value["all/repeat"]
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Question 1 of 2")).to_be_focused()
    expect(find(page, "all/words", 1).locator("textarea")).to_have_value("one")
    assert [1, 2] == answered(desk, page, exercise, "all/repeat")
    assert ("one", "two") == (exercise.value["all/words#1"], exercise.value["all/words#2"])


def test_an_items_number_is_never_used_again(desk: Any, find: Find) -> None:
    """A new item does not inherit the words of one that was deleted, now or in another sitting."""
    exercise = Exercise([repeat()], replies={"all/repeat": [1, 2], "all/words#3": Kept("deleted", 4)})
    page = desk.open(exercise)
    page.get_by_role("button", name="Delete Question 2 of 2").click()
    page.get_by_role("button", name="Add another question").click()
    expect(find(page, "all/words", 4).locator("textarea")).to_have_value("")
    assert [1, 4] == answered(desk, page, exercise, "all/repeat")


def test_the_timed_page_asks_before_the_first_key(desk: Any) -> None:
    """There is nothing to write into until the person has said what shall become of it."""
    exercise = Exercise([ask("timed-page", minutes=15, private=True)])
    page = desk.open(exercise)
    expect(page.get_by_role("textbox")).to_have_count(0)
    page.get_by_role("button", name="Keep as I write").press("Enter")
    expect(page.get_by_role("textbox", name="About timed-page?")).to_be_focused()
    page.keyboard.type("It is unfair.")
    assert "It is unfair." == answered(desk, page, exercise, "all/timed-page")
    expect(page.get_by_text("It can never be shared.")).to_be_visible()


def test_a_page_without_a_trace_does_not_stand_under_the_word_saved(desk: Any, find: Find) -> None:
    """As long as it is open the status says that nothing is saved here; kept after all, it is saved and said so."""
    page = desk.open(Exercise([ask("timed-page", minutes=15), ask("line")]))
    status = page.locator(".rb-status")
    find(page, "all/line").get_by_role("textbox").fill("Kept")
    expect(status).to_contain_text(re.compile("saved|notebook", re.IGNORECASE))
    page.get_by_role("button", name="Leave no trace").click()
    page.keyboard.type("gone")
    expect(status).to_have_text("Nothing is saved here")
    page.get_by_role("button", name="Keep these words after all").click()
    expect(status).not_to_have_text("Nothing is saved here")


def test_enter_in_a_card_of_ones_own_leads_to_its_piles(desk: Any) -> None:
    """A card needs a pile: Enter goes to the choice, keeps the words, and a second Enter makes the card."""
    page = desk.open(Exercise([ask("cards", options=FRUIT, piles=PILES, own=True)]))
    field = page.get_by_label("A card of your own")
    field.press("Enter")
    expect(field).to_be_focused()
    field.fill("The bus")
    field.press("Enter")
    expect(page.locator(".rb-own-piles button").first).to_be_focused()
    expect(field).to_have_value("The bus")
    page.keyboard.press("Enter")
    expect(page.locator(".rb-laid")).to_contain_text("The bus")


def test_the_line_for_something_else_has_a_label_to_see(desk: Any) -> None:
    """An empty box without a word beside it asks nothing."""
    page = desk.open(Exercise([ask("choice", options=FRUIT, own=True)]))
    page.get_by_label("Something else").check()
    expect(page.get_by_role("textbox", name="In your own words")).to_be_focused()
    expect(page.locator("label", has_text="In your own words")).to_be_visible()


def test_what_is_private_is_promised_no_more_than_is_kept(desk: Any) -> None:
    """A report can take a private answer along where the person ticks it, so nothing says it never can."""
    page = desk.open(Exercise([ask("line", private=True)]))
    expect(page.get_by_text("Private: stays with you unless you share it.")).to_be_visible()
    expect(page.get_by_text("It can never be shared.")).to_have_count(0)


def test_the_clock_is_calm(desk: Any) -> None:
    """The clock starts with the first word, speaks in minutes, and at the end takes nothing away."""
    page = desk.open(Exercise([ask("timed-page", minutes=2)]), clock=True)
    page.get_by_role("button", name="Leave no trace").click()
    expect(page.get_by_text("About 2 minutes. The clock starts with your first word.")).to_be_visible()
    page.keyboard.type("x")
    expect(page.get_by_text("About 2 of 2 minutes left")).to_be_visible()
    page.clock.run_for(70_000)
    expect(page.get_by_text("About 1 of 2 minutes left")).to_be_visible()
    page.clock.run_for(60_000)
    expect(page.locator(".rb-clock")).to_have_text(
        "The 2 minutes are over. Stop here or write on, as you like."
    )
    expect(page.get_by_role("textbox")).to_have_value("x")


def test_a_refused_reply_keeps_the_words_and_says_why(desk: Any) -> None:
    """The kernel's sentence stands at the field, tied to it, and goes when the reply is put right."""

    def keep(reply: Reply) -> Kept:
        if reply.value == "forty":
            raise NotKept("It takes a number.")
        return Kept(reply.value, 2)

    page = desk.open(Exercise([ask("number")], on_reply=keep))
    field = page.get_by_label("About number?")
    field.fill("forty")
    field.blur()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Hint for number. It takes a number.")
    expect(field).to_have_value("forty")
    assert "refused" == desk.state(page)
    field.fill("40")
    field.blur()
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Hint for number.")
    assert "saved" == desk.state(page)


def test_a_kind_nobody_knows_is_said_in_words(desk: Any) -> None:
    """A question of a later version does not take the others down with it."""
    page = desk.open(Exercise([ask("hologram"), ask("line")]))
    expect(page.get_by_text("is asked in a way that this version cannot show")).to_be_visible()
    expect(page.get_by_label("About line?")).to_be_visible()


def all_kinds() -> list[dict[str, Any]]:
    """A question of every kind."""
    return [
        ask("line"),
        ask("prose"),
        ask("scale", low=0, high=10, low_word="Not at all", high_word="As strong as it gets"),
        ask("choice", options=MANY, own=True),
        ask("several", options=FRUIT, own=True),
        ask("checklist", options=FRUIT),
        ask("ranking", options=FRUIT, own=True),
        ask("cards", options=FRUIT, piles=PILES, own=True),
        ask("date"),
        ask("number", unit="euros"),
        ask("people", labels=PEOPLE, private=True),
        ask("if-then", labels=[["if", "If"], ["then", "then"]]),
        ask("star", labels=STAR),
        repeat(),
        ask("timed-page", minutes=15, private=True),
    ]


HOSTILE = "<img src=x onerror=alert(1)> $52k vs $60k </script> {time} \u202e"


def test_words_stay_words(desk: Any) -> None:
    """Markup in a question, an option or a reply is shown as it was written."""
    questions = [
        ask("line", ask=HOSTILE, hint=HOSTILE),
        ask("several", options=[{"id": "a", "text": HOSTILE}]),
        ask("ranking", options=[{"id": "a", "text": HOSTILE}]),
    ]
    page = desk.open(
        Exercise(questions, replies={"all/line": HOSTILE, "all/ranking": ["a"]}, heading=HOSTILE)
    )
    assert 0 == page.locator("main img, main script").count()
    expect(page.get_by_role("checkbox", name=HOSTILE)).to_be_visible()


STICKING_OUT = """width => {
  const end = document.querySelector("#w1").getBoundingClientRect().left + width + 1;
  const seen = [...document.querySelectorAll("#w1 *")].filter((one) => !one.closest(".rb-hidden"));
  const right = (one) => one.getBoundingClientRect().right;
  return seen.filter((one) => one.offsetWidth > 0 && right(one) > end).map((one) => one.outerHTML);
}"""
NAME = """one => {
  const ids = (one.getAttribute("aria-labelledby") ?? "").split(" ");
  const named = ids.map((id) => document.getElementById(id));
  const labels = [...(one.labels ?? []), ...named.filter(Boolean), one];
  return one.getAttribute("aria-label") || labels.map((label) => label.textContent).join("").trim();
}"""


@pytest.mark.parametrize("width", [288, 343, 560, 788])
def test_every_kind_fits_its_container(desk: Any, width: int) -> None:
    """Nothing sticks out of a narrow output, however wide the window is."""
    replies = {
        "all/repeat": [1],
        "all/cards": {"mine": ["fig"]},
        "all/ranking": ["plum", "own:" + "long " * 20],
    }
    page = desk.open(Exercise(all_kinds(), replies=replies), width=width)
    out = page.evaluate(STICKING_OUT, width)
    assert [] == out


def test_every_control_has_a_name_and_room_for_a_finger(desk: Any) -> None:
    """No control is nameless, and none is smaller than 24 by 24 pixels."""
    replies = {"all/repeat": [1], "all/cards": {"mine": ["fig"]}, "all/ranking": ["plum"]}
    page = desk.open(Exercise(all_kinds(), replies=replies))
    small = page.evaluate(
        """() => [...document.querySelectorAll("#w1 :is(button, input, select, textarea)")]
             .map((one) => one.closest("label") ?? one).map((one) => one.getBoundingClientRect())
             .filter((box) => box.width && (box.width < 24 || box.height < 24)).length"""
    )
    assert 0 == small
    controls = page.locator("#w1").locator("button, input, select, textarea").all()
    assert len(controls) > 50
    nameless = [one for one in controls if one.is_visible() and not one.evaluate(NAME)]
    assert [] == nameless


def test_each_question_carries_its_address(desk: Any) -> None:
    """Tests and pages find a question by its id, and by its item inside a list."""
    page = desk.open(Exercise(all_kinds(), replies={"all/repeat": [1, 3]}))
    found = page.locator("[data-question]").evaluate_all(
        "all => all.map((one) => [one.dataset.question, one.dataset.item ?? null])"
    )
    expected = [[question["id"], None] for question in all_kinds()]
    at = [name for name, _ in expected].index("all/repeat") + 1
    expected[at:at] = [["all/words", "1"], ["all/words", "3"]]
    assert expected == found


def test_right_to_left_is_its_mirror(desk: Any) -> None:
    """In a language written from the right, labels and controls start at the right."""
    page = desk.open(Exercise(all_kinds()))
    page.evaluate("() => (document.documentElement.dir = 'rtl')")
    card = page.locator(".rb-card").first.bounding_box()
    lock = page.locator(".rb-private").first.bounding_box()
    assert lock["x"] + lock["width"] > card["x"] + card["width"] - 60
    assert 0 == page.evaluate("() => document.documentElement.scrollLeft")


def test_print_leaves_the_words_and_takes_the_buttons(desk: Any) -> None:
    """On paper there are the questions and the answers."""
    page = desk.open(Exercise(all_kinds(), replies={"all/prose": "The room was warm."}))
    page.emulate_media(media="print")
    expect(page.get_by_label("About prose?")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
