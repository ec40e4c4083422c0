"""Never lose a word: when replies are sent, and what happens when they are lost on the way."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from rebound_widgets.widgets import Exercise, Kept, NotKept, Reply

pytestmark = pytest.mark.browser
PROSE = {"kind": "prose", "id": "my/notes", "ask": "What do you remember?"}
HIDE = "() => window.dispatchEvent(new PageTransitionEvent('pagehide'))"
SWITCH = """() => {
  Object.defineProperty(document, "visibilityState", { value: "hidden" });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
OFFLINE = "Not connected. Your words are kept on this page."


def notes(page: Page) -> Locator:
    """The field most tests write in."""
    return page.get_by_label("What do you remember?")


def write(page: Page, text: str) -> None:
    """Writes at the end of the field, key by key."""
    notes(page).press("Control+End")
    page.keyboard.type(text)


# --- when -------------------------------------------------------------------------------------------------


def test_a_pause_sends_what_was_written(desk: Any, book: Any) -> None:
    """Nothing goes out while keys follow each other; a short pause sends it, and "Saved" follows the disk."""
    page = desk.open(book.exercise(), clock=True)
    assert "saved" == desk.state(page)
    write(page, "Warm")
    page.clock.run_for(500)
    assert ([], "saving") == (desk.sent(page), desk.state(page))
    page.clock.run_for(300)
    desk.settle(page)
    assert ["Warm"] == [message["value"] for message in desk.sent(page)]
    assert ("Warm", "saved", "Saved 12:00") == (book.value(), desk.state(page), desk.sentence(page))


def test_who_writes_without_a_pause_is_saved_within_two_seconds(desk: Any, book: Any) -> None:
    """Somebody who never stops writing does not wait for a pause to be saved."""
    page = desk.open(book.exercise(), clock=True)
    for _ in range(10):
        write(page, "x")
        page.clock.run_for(200)
    desk.settle(page)
    assert 1 == len(desk.sent(page))
    assert len(book.value()) >= 9


def test_leaving_the_field_sends_at_once(desk: Any, book: Any) -> None:
    """A field that is left is saved without a pause."""
    page = desk.open(book.exercise(), clock=True)
    write(page, "Warm")
    notes(page).blur()
    desk.settle(page)
    assert "Warm" == book.value()


@pytest.mark.parametrize(
    "leaving",
    [
        HIDE,
        SWITCH,
    ],
)
def test_a_page_that_goes_sends_what_it_has(desk: Any, book: Any, leaving: str) -> None:
    """Closing the page or switching to another app sends the last words, even behind others on their way."""
    page = desk.open(book.exercise(), clock=True)
    desk.deaf = True
    write(page, "one")
    page.clock.run_for(1000)
    write(page, " two")
    desk.deaf = False
    page.evaluate(leaving)
    desk.settle(page)
    assert "one two" == book.value()


def test_one_reply_at_a_time_is_on_its_way(desk: Any, book: Any) -> None:
    """While an answer is awaited the next words wait and build on it: nobody clashes with themselves."""
    page = desk.open(book.exercise(), clock=True)
    desk.deaf = True
    write(page, "one")
    page.clock.run_for(1000)
    write(page, " two")
    page.clock.run_for(3000)
    assert ["one"] == [message["value"] for message in desk.sent(page)]
    desk.deaf = False
    page.clock.run_for(5000)
    desk.settle(page)
    page.clock.run_for(1000)
    desk.settle(page)
    assert [(1, 0), (1, 0), (2, 1)] == [(m["seq"], m["base_revision"]) for m in desk.sent(page)]
    assert ("one two", "saved") == (book.value(), desk.state(page))


def test_words_typed_and_taken_back_are_not_sent(desk: Any, book: Any) -> None:
    """What is again as it was needs no revision."""
    page = desk.open(book.exercise(), clock=True)
    write(page, "x")
    page.keyboard.press("Backspace")
    page.clock.run_for(3000)
    desk.settle(page)
    assert ([], [], "saved") == (desk.sent(page), desk.drafts(page), desk.state(page))


def test_an_unfinished_word_of_an_input_method_is_left_alone(desk: Any, book: Any) -> None:
    """A composition is not torn apart by a save or by what the kernel shows, and is saved when it ends."""
    exercise = book.exercise()
    page = desk.open(exercise, clock=True)
    notes(page).focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "に", "selectionStart": 1, "selectionEnd": 1})
    page.clock.run_for(1000)
    assert [] == desk.sent(page)
    exercise.show({"my/notes": book.write("my/notes", "")})
    desk.settle(page)
    expect(notes(page)).to_have_value("に")
    session.send("Input.imeSetComposition", {"text": "日本", "selectionStart": 2, "selectionEnd": 2})
    session.send("Input.insertText", {"text": "日本"})
    page.clock.run_for(800)
    desk.settle(page)
    assert ["日本"] == [message["value"] for message in desk.sent(page)]


# --- lost on the way --------------------------------------------------------------------------------------


def test_a_lost_answer_is_asked_for_again(desk: Any, book: Any) -> None:
    """When the answer vanishes the reply is sent again, and the kernel writes it once."""
    page = desk.open(book.exercise(), clock=True)
    desk.mute = True
    write(page, "Warm")
    page.clock.run_for(1000)
    desk.settle(page)
    assert "saving" == desk.state(page)
    desk.mute = False
    page.clock.run_for(8000)
    desk.settle(page)
    assert [1, 1] == [message["seq"] for message in desk.sent(page)]
    assert ("Warm", 1, "saved") == (book.value(), book.number, desk.state(page))


def test_a_closed_connection_shows_within_five_seconds(desk: Any, book: Any) -> None:
    """The page says that it is not connected, keeps the words, and sends them when it is again."""
    page = desk.open(book.exercise(), clock=True)
    page.evaluate("() => window.setConnection('connectionStatus', 'connecting')")
    assert ("offline", OFFLINE) == (desk.state(page), desk.sentence(page))
    expect(page.get_by_text(OFFLINE).first).to_be_visible()
    write(page, "Warm")
    page.clock.run_for(20_000)
    assert ([], 1) == (desk.sent(page), len(desk.drafts(page)))
    assert page.evaluate("() => window.connection.attempts") >= 3
    page.evaluate("() => window.setConnection('connectionStatus', 'connected')")
    desk.settle(page)
    assert ("Warm", "saved", []) == (book.value(), desk.state(page), desk.drafts(page))


def test_a_closed_connection_shows_even_without_a_signal(desk: Any, book: Any) -> None:
    """Where the connection's signal does not come, looking at it does."""
    page = desk.open(book.exercise(), clock=True)
    page.evaluate("() => (window.connection.connectionStatus = 'disconnected')")
    page.clock.run_for(5000)
    assert "offline" == desk.state(page)


@pytest.mark.parametrize("visible", [True, False])
def test_a_silent_kernel_shows_within_35_seconds(desk: Any, book: Any, visible: bool) -> None:
    """A connection that looks open and carries nothing is found out by the heartbeat, and so is its end."""
    page = desk.open(book.exercise(), clock=True, visible=visible)
    page.clock.run_for(60_000)
    assert "saved" == desk.state(page)
    desk.deaf = True
    write(page, "Warm")
    page.clock.run_for(35_000)
    assert "offline" == desk.state(page)
    desk.deaf = False
    page.clock.run_for(10_000)
    desk.settle(page)
    page.clock.run_for(1000)
    desk.settle(page)
    assert ("Warm", "saved") == (book.value(), desk.state(page))


def test_a_page_that_slept_asks_before_it_complains(desk: Any, book: Any) -> None:
    """After a closed lid the page does not cry wolf: it asks the kernel anew."""
    page = desk.open(book.exercise(), clock=True)
    page.clock.fast_forward(3_600_000)
    page.clock.run_for(2000)
    desk.settle(page)
    assert "saved" == desk.state(page)
    assert [] == [s for s in page.evaluate("() => window.statuses") if s["state"] == "offline"]


def test_the_button_tries_again(desk: Any, book: Any) -> None:
    """One button tries the connection at once."""
    page = desk.open(book.exercise(), clock=True)
    page.evaluate("() => window.setConnection('connectionStatus', 'disconnected')")
    before = page.evaluate("() => window.connection.attempts")
    page.get_by_role("button", name="Try again").click()
    assert before + 1 == page.evaluate("() => window.connection.attempts")


def test_a_dead_kernel_is_said_and_the_button_loads_the_page(desk: Any, book: Any) -> None:
    """Where only loading the page again helps, the page says so, and the words come back by themselves."""
    page = desk.open(book.exercise())
    page.evaluate("() => window.setConnection('status', 'dead')")
    write(page, "Warm")
    assert "offline" == desk.state(page)
    desk.widgets["w1"] = None
    with page.expect_navigation():
        page.get_by_role("button", name="Load the page again").click()
    fresh = book.exercise()
    fresh.send = desk._sender("w1")
    desk.widgets["w1"] = fresh
    desk.draw(page)
    expect(notes(page)).to_have_value("Warm")
    expect(page.get_by_text("Saved 12:00")).to_be_visible()
    assert "Warm" == book.value()


def test_a_refusal_that_may_pass_is_tried_again(desk: Any, book: Any) -> None:
    """A full disk is said at the field; when there is room again the words go in by themselves."""
    full = [True]

    def keep(reply: Reply) -> Kept:
        if full[0]:
            raise NotKept("The disk is full.", again=True)
        return book.keep(reply)

    page = desk.open(Exercise([PROSE], workbook="book-1", on_reply=keep), clock=True)
    write(page, "Warm")
    notes(page).blur()
    desk.settle(page)
    expect(page.get_by_text("The disk is full.")).to_be_visible()
    assert ("refused", 1) == (desk.state(page), len(desk.drafts(page)))
    full[0] = False
    page.clock.run_for(8000)
    desk.settle(page)
    assert ("Warm", "saved", []) == (book.value(), desk.state(page), desk.drafts(page))
    expect(page.get_by_text("The disk is full.")).to_be_hidden()
