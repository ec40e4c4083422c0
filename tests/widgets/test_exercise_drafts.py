"""Never lose a word: drafts that come back, two versions of one reply, and the page that leaves no trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from rebound_widgets.widgets import Exercise, Kept, Reply

pytestmark = pytest.mark.browser
Find = Callable[..., Locator]

PROSE = {"kind": "prose", "id": "my/notes", "ask": "What do you remember?"}
LINE = {"kind": "line", "id": "my/line", "ask": "Which role?"}
TIMED = {"kind": "timed-page", "id": "my/page", "ask": "A private page", "minutes": 15}
REPEAT = {
    "kind": "repeat",
    "id": "my/asked",
    "ask": "The questions",
    "item_title": "Question {number} of {count}",
    "add": "Add",
    "questions": [{"kind": "prose", "id": "my/words", "ask": "What did they ask?"}],
}
HIDE = "() => window.dispatchEvent(new PageTransitionEvent('pagehide'))"
UNHEARD = "() => { window.kernel = () => Promise.resolve([]); }"


def notes(page: Page) -> Locator:
    """The field most tests write in."""
    return page.get_by_label("What do you remember?")


def write(page: Page, text: str) -> None:
    """Writes at the end of the field, key by key."""
    notes(page).press("Control+End")
    page.keyboard.type(text)


# --- drafts -----------------------------------------------------------------------------------------------


def test_words_not_handed_over_come_back_after_a_reload(desk: Any, book: Any) -> None:
    """A draft on the current revision is put back into its field and sent, without a question."""
    page = desk.open(book.exercise())
    desk.deaf = True
    write(page, "Warm")
    notes(page).blur()
    assert 1 == len(desk.drafts(page))
    desk.deaf = False
    desk.reload(page)
    expect(notes(page)).to_have_value("Warm")
    expect(page.get_by_text("Saved 12:00")).to_be_visible()
    assert ("Warm", []) == (book.value(), desk.drafts(page))


def test_words_come_back_in_another_tab(desk: Any, book: Any) -> None:
    """A tab that was closed leaves its words to the next one that opens the workbook."""
    page = desk.open(book.exercise(), visible=False)
    desk.deaf = True
    write(page, "Warm")
    page.close()
    desk.deaf = False
    page = desk.open(book.exercise())
    expect(notes(page)).to_have_value("Warm")
    expect(page.get_by_text("Saved 12:00")).to_be_visible()
    assert "Warm" == book.value()


def test_two_pages_do_not_take_each_others_words(desk: Any, book: Any) -> None:
    """While a page lives its drafts are its own."""
    first = desk.open(book.exercise(), clock=True)
    first.evaluate(UNHEARD)
    write(first, "mine")
    second = desk.open(book.exercise(), clock=True)
    second.wait_for_timeout(300)
    expect(notes(second)).to_have_value("")
    assert 1 == len(desk.drafts(second))


def test_without_locks_a_living_page_is_known_by_its_stamp(desk: Any, book: Any) -> None:
    """Where the browser has no locks a stamp tells that a page lives, and a closed page's words are free."""
    desk.context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    first = desk.open(book.exercise(), clock=True)
    first.evaluate(UNHEARD)
    write(first, "mine")
    second = desk.open(book.exercise(), clock=True)
    second.wait_for_timeout(300)
    expect(notes(second)).to_have_value("")
    first.close()
    second.close()
    third = desk.open(book.exercise(), clock=True)
    expect(notes(third)).to_have_value("mine")


def test_what_the_disk_has_already_is_no_clash_after_a_reload(desk: Any, book: Any) -> None:
    """When only the answer was lost, and more was written since, the words follow on each other."""
    page = desk.open(book.exercise(), visible=False)
    desk.mute = True
    write(page, "one")
    notes(page).blur()
    desk.settle(page)
    desk.deaf = True
    write(page, " two")
    page.evaluate(HIDE)
    desk.deaf = desk.mute = False
    desk.widgets["w1"].show(book.kept)
    desk._take()
    desk.reload(page)
    expect(notes(page)).to_have_value("one two")
    expect(page.get_by_text("Saved 12:00")).to_be_visible()
    assert "one two" == book.value()
    expect(page.get_by_text("two versions")).to_have_count(0)


def test_a_closed_tabs_words_that_arrived_take_nothing_newer_away(desk: Any, book: Any) -> None:
    """A tab closed before it heard that its words were kept leaves a draft; who wrote on since is not set back."""
    closed = desk.open(book.exercise(), visible=False)
    page = desk.open(book.exercise())
    desk.mute = True
    write(closed, "one")
    closed.evaluate(HIDE)
    desk.settle(closed)
    desk.mute = False
    assert ("one", 1) == (book.value(), len(desk.drafts(closed)))
    desk.widgets["w1"].show({"my/notes": book.write("my/notes", "one and more")})
    desk.settle(page)
    notes(page).press("Control+End")
    page.evaluate(
        "() => { window.shown = new Set(); const field = document.querySelector('textarea');"
        " const look = () => { window.shown.add(field.value); requestAnimationFrame(look); }; look(); }"
    )
    closed.close()
    until = "() => Object.keys(localStorage).every((name) => !name.startsWith('rebound:draft:'))"
    page.wait_for_function(until, timeout=20_000)
    desk.settle(page)
    assert ["one and more"] == page.evaluate("() => [...window.shown]")
    page.keyboard.type(" still")
    notes(page).blur()
    desk.settle(page)
    assert "one and more still" == book.value()


def test_a_draft_on_an_older_revision_is_shown_beside_the_newer_one(desk: Any, book: Any) -> None:
    """Words that were overtaken elsewhere while the page was away go over nobody's: both are shown."""
    page = desk.open(book.exercise())
    desk.deaf = True
    write(page, "mine")
    notes(page).blur()
    desk.deaf = False
    book.write("my/notes", "theirs")
    desk.widgets["w1"].show(book.kept)
    desk._take()
    desk.reload(page)
    expect(page.get_by_role("group", name="Written elsewhere")).to_contain_text("theirs")
    expect(page.get_by_role("group", name="Written here")).to_contain_text("mine")
    assert "theirs" == book.value()


def test_items_of_a_list_come_back_with_their_words(desk: Any, book: Any, find: Find) -> None:
    """A list that grew while nobody answered is whole again after a reload."""
    page = desk.open(book.exercise(REPEAT))
    desk.deaf = True
    page.get_by_role("button", name="Add").click()
    page.keyboard.type("Tell us about yourself.")
    desk.deaf = False
    desk.reload(page)
    expect(find(page, "my/words", 1).locator("textarea")).to_have_value("Tell us about yourself.")
    expect(page.get_by_text("Saved 12:00")).to_be_visible()
    assert ([1], "Tell us about yourself.") == (book.value("my/asked"), book.value("my/words#1"))


def carrier(book: Any, *questions: dict[str, Any]) -> Exercise:
    """An exercise whose caller keeps replies to any question."""
    return Exercise(questions, replies=book.kept, workbook="book-1", on_reply=book.keep, carries=True)


def test_words_of_a_page_that_is_not_open_any_more_are_handed_over(desk: Any, book: Any) -> None:
    """Whoever went on to another page while nobody could be reached finds the words on disk all the same."""
    page = desk.open(carrier(book, PROSE))
    desk.deaf = True
    write(page, "Warm")
    notes(page).blur()
    desk.deaf = False
    desk.widgets.clear()
    desk.widgets["w1"] = carrier(book, LINE)
    desk.widgets["w1"].send = desk._sender("w1")
    desk.reload(page)
    expect(page.get_by_text("Saved 12:00")).to_be_visible()
    assert ("Warm", []) == (book.value(), desk.drafts(page))


def test_what_only_its_own_page_can_settle_waits_for_it(desk: Any, book: Any) -> None:
    """Two versions are shown where the question is asked; meanwhile the words stay in the browser."""
    page = desk.open(carrier(book, PROSE))
    desk.deaf = True
    write(page, "mine")
    notes(page).blur()
    desk.deaf = False
    book.write("my/notes", "theirs")
    for question in (LINE, PROSE):
        desk.widgets["w1"] = carrier(book, question)
        desk.widgets["w1"].send = desk._sender("w1")
        desk.reload(page)
        if question is LINE:
            page.wait_for_function("() => window.sent.some((one) => one.type === 'reply')", timeout=20_000)
            desk.settle(page)
            assert (1, "theirs", "saved") == (len(desk.drafts(page)), book.value(), desk.state(page))
            assert 1 == len(desk.sent(page))
    expect(page.get_by_role("group", name="Written elsewhere")).to_contain_text("theirs")
    expect(page.get_by_role("group", name="Written here")).to_contain_text("mine")


@pytest.mark.parametrize(
    "broken",
    [
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('forbidden'); } })",
    ],
)
def test_a_browser_without_storage_still_saves_and_says_so(desk: Any, book: Any, broken: str) -> None:
    """With a full or forbidden storage everything is saved as before; only the warning is different."""
    desk.context.add_init_script(broken)
    page = desk.open(book.exercise(), clock=True)
    write(page, "Warm")
    assert "Saving. This browser keeps no copy" in desk.sentence(page)
    page.evaluate("() => window.setConnection('connectionStatus', 'connecting')")
    assert "Your words are on this page only" in desk.sentence(page)
    page.evaluate("() => window.setConnection('connectionStatus', 'connected')")
    page.clock.run_for(1000)
    desk.settle(page)
    assert ("Warm", "Saved 12:00") == (book.value(), desk.sentence(page))


def test_leaving_asks_only_where_words_would_be_lost(desk: Any, book: Any) -> None:
    """A page with nothing to lose lets go without a question."""
    ask = "() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    page = desk.open(book.exercise(), clock=True)
    write(page, "Warm")
    assert False is page.evaluate(ask)
    page.evaluate("() => (Storage.prototype.setItem = () => { throw new Error('full'); })")
    write(page, "er")
    assert True is page.evaluate(ask)


def test_the_end_of_a_visit_forgets_every_draft(desk: Any, book: Any) -> None:
    """On a machine that others use, one call takes all drafts out of the browser."""
    page = desk.open(book.exercise())
    desk.deaf = True
    write(page, "Warm")
    assert 1 == len(desk.drafts(page))
    page.evaluate("() => globalThis[Symbol.for('rebound.line')].forget()")
    assert [] == desk.drafts(page)


# --- two versions -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("button", "expected"),
    [("Keep this one", "mine"), ("Take this one", "theirs"), ("Join both", "mine\n\ntheirs")],
)
def test_two_versions_stand_side_by_side_until_the_person_chooses(
    desk: Any, book: Any, button: str, expected: str
) -> None:
    """Both versions are there with when each was written, and one press decides."""
    page = desk.open(book.exercise(), clock=True)
    book.write("my/notes", "theirs")
    write(page, "mine")
    notes(page).blur()
    desk.settle(page)
    assert ("theirs", "refused") == (book.value(), desk.state(page))
    expect(page.get_by_role("group", name="There are two versions of this answer")).to_be_visible()
    expect(page.get_by_role("group", name="Written here")).to_contain_text("Thu 5 Nov, 12:00")
    expect(page.get_by_role("group", name="Written elsewhere")).to_contain_text("Thu 5 Nov, 12:00")
    page.get_by_role("button", name=button).press("Enter")
    desk.settle(page)
    assert (expected, "saved", []) == (book.value(), desk.state(page), desk.drafts(page))
    expect(notes(page)).to_have_value(expected)
    expect(notes(page)).to_be_focused()
    expect(page.get_by_text("two versions")).to_have_count(0)


def test_writing_on_before_choosing_is_part_of_my_version(desk: Any, book: Any) -> None:
    """The field stays open while two versions are shown, and nothing is sent until the choice."""
    page = desk.open(book.exercise(), clock=True)
    book.write("my/notes", "theirs")
    write(page, "mine")
    notes(page).blur()
    desk.settle(page)
    write(page, ", and more")
    page.clock.run_for(5000)
    desk.settle(page)
    assert ("theirs", 1) == (book.value(), len(desk.sent(page)))
    page.get_by_role("button", name="Keep this one").click()
    desk.settle(page)
    assert "mine, and more" == book.value()


def test_a_list_changed_in_two_windows_is_joined(desk: Any, book: Any) -> None:
    """Items added in both windows are all there; nobody is asked about numbers."""
    book.write("my/asked", [1, 2])
    page = desk.open(book.exercise(REPEAT), clock=True)
    book.write("my/asked", [1, 2, 7])
    page.get_by_role("button", name="Delete Question 1 of 2").click()
    desk.settle(page)
    page.clock.run_for(1000)
    desk.settle(page)
    assert [2, 7] == book.value("my/asked")
    expect(page.get_by_role("region", name="Question 2 of 2")).to_be_visible()


def test_a_list_that_grows_elsewhere_leaves_the_hand_where_it_is(desk: Any, book: Any, find: Find) -> None:
    """An item added in another window does not take the focus from somebody who writes."""
    book.write("my/asked", [1])
    exercise = book.exercise(REPEAT)
    page = desk.open(exercise)
    field = find(page, "my/words", 1).locator("textarea")
    field.focus()
    exercise.show({"my/asked": book.write("my/asked", [7, 1])})
    desk.settle(page)
    expect(page.get_by_role("region", name="Question 2 of 2")).to_contain_text("What did they ask?")
    expect(field).to_be_focused()
    items = page.locator("[data-item]").evaluate_all("all => all.map((one) => one.dataset.item)")
    assert ["7", "1"] == items


def test_an_item_deleted_elsewhere_under_writing_hands_stays(desk: Any, book: Any, find: Find) -> None:
    """Its words are not swept away with it: the item is on the list again, and the next key follows the last."""
    book.write("my/asked", [1, 2])
    exercise = book.exercise(REPEAT)
    page = desk.open(exercise)
    field = find(page, "my/words", 2).locator("textarea")
    field.press_sequentially("Why")
    exercise.show({"my/asked": book.write("my/asked", [1])})
    desk.settle(page)
    expect(field).to_be_focused()
    page.keyboard.type(" us?")
    expect(page.get_by_text("Saved 12:00")).to_be_visible()
    desk.settle(page)
    assert ([1, 2], "Why us?") == (book.value("my/asked"), book.value("my/words#2"))
    exercise.show({"my/asked": book.write("my/asked", [2])})
    desk.settle(page)
    expect(page.locator("[data-list-item='1']")).to_have_count(0)


def test_what_the_kernel_shows_never_goes_over_words_on_their_way(desk: Any, book: Any) -> None:
    """Newer values reach the fields nobody writes in, and leave the others alone."""
    exercise = book.exercise(PROSE, LINE)
    page = desk.open(exercise, clock=True)
    write(page, "mine")
    exercise.show({"my/notes": book.write("my/notes", "theirs"), "my/line": book.write("my/line", "Analyst")})
    desk.settle(page)
    expect(notes(page)).to_have_value("mine")
    expect(page.get_by_label("Which role?")).to_have_value("Analyst")
    page.clock.run_for(1000)
    desk.settle(page)
    expect(page.get_by_role("group", name="Written elsewhere")).to_contain_text("theirs")


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        ("We met. They smiled.", "We met. They smiled.|"),
        ("First, we met.", "First, we met.|"),
        ("We met", "We met|"),
    ],
)
def test_a_cursor_at_the_end_stays_there_when_words_come_from_elsewhere(
    desk: Any, book: Any, theirs: str, expected: str
) -> None:
    """Whoever is about to write on does so behind the words, however they grew or shrank meanwhile."""
    exercise = book.exercise()
    exercise.show({"my/notes": book.write("my/notes", "We met.")})
    page = desk.open(exercise)
    notes(page).press("Control+End")
    exercise.show({"my/notes": book.write("my/notes", theirs)})
    desk.settle(page)
    expect(notes(page)).to_have_value(theirs)
    page.keyboard.type("|")
    assert expected == notes(page).input_value()


def test_questions_drawn_anew_leave_the_hand_in_its_field(desk: Any, book: Any) -> None:
    """What is asked changes while somebody writes: the field is still theirs, and the next key follows the last."""
    exercise = book.exercise(LINE, PROSE)
    page = desk.open(exercise, clock=True)
    write(page, "one")
    notes(page).press("ArrowLeft")
    exercise.show(questions=[LINE, {**PROSE, "hint": "A word or two."}, TIMED], intro="Something new.")
    desk.settle(page)
    expect(page.get_by_text("A word or two.")).to_be_visible()
    expect(notes(page)).to_be_focused()
    page.keyboard.type("+")
    page.clock.run_for(1000)
    desk.settle(page)
    assert ("on+e", "on+e") == (notes(page).input_value(), book.value())


def test_the_kernels_form_of_the_same_words_does_not_move_the_hand(desk: Any, book: Any) -> None:
    """The space typed before the next word stays, though the kernel keeps the line without it."""
    exercise = book.exercise(LINE)
    page = desk.open(exercise, clock=True)
    page.get_by_label("Which role?").press_sequentially("Data ")
    page.clock.run_for(1000)
    desk.settle(page)
    exercise.show({"my/line": Kept("Data", 1)})
    desk.settle(page)
    expect(page.get_by_label("Which role?")).to_have_value("Data ")


def test_words_about_one_record_never_land_in_another(desk: Any, book: Any) -> None:
    """When the page turns to another interview, words still on their way keep their own."""
    heard: list[tuple[str, Any]] = []

    def keep(reply: Reply) -> Kept:
        heard.append((reply.record_id, reply.value))
        return Kept(reply.value, len(heard))

    exercise = Exercise([PROSE], record_id="interview-1", workbook="book-1", on_reply=keep)
    page = desk.open(exercise, clock=True)
    write(page, "about one")
    exercise.show(record_id="interview-2")
    desk.settle(page)
    expect(notes(page)).to_have_value("")
    write(page, "about two")
    page.clock.run_for(1000)
    desk.settle(page)
    assert {("interview-1", "about one"), ("interview-2", "about two")} == set(heard)


# --- no trace ---------------------------------------------------------------------------------------------


def test_a_page_without_a_trace_leaves_none(desk: Any, book: Any) -> None:
    """Nothing leaves the page's memory: no message, no storage, no help of the browser; a reload ends it."""
    page = desk.open(book.exercise(TIMED), clock=True)
    page.get_by_role("button", name="Leave no trace").click()
    page.keyboard.type("zanzibar-plum")
    page.clock.run_for(60_000)
    page.evaluate(HIDE.replace("pagehide", "blur"))
    page.get_by_role("textbox").blur()
    desk.settle(page)
    stored = page.evaluate(
        "() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])"
    )
    assert [] == [
        text
        for text in (stored, str(desk.heard), str(page.evaluate("() => window.sent")))
        if "zanzibar" in text
    ]
    field = page.get_by_role("textbox")
    assert ("off", "false") == (field.get_attribute("autocomplete"), field.get_attribute("spellcheck"))
    assert ([], {}) == (desk.sent(page), book.kept)
    page.evaluate(HIDE)
    expect(page.get_by_role("textbox")).to_have_value("")


def test_a_page_without_a_trace_can_be_cleared_or_kept_after_all(desk: Any, book: Any) -> None:
    """Clearing empties the page beyond undo; keeping takes a press of its own."""
    page = desk.open(book.exercise(TIMED))
    page.get_by_role("button", name="Leave no trace").click()
    page.keyboard.type("first")
    page.get_by_role("button", name="Clear the page").click()
    page.keyboard.press("Control+z")
    expect(page.get_by_role("textbox")).to_have_value("")
    page.keyboard.type("second")
    page.get_by_role("button", name="Keep these words after all").click()
    page.get_by_role("textbox").blur()
    desk.settle(page)
    assert "second" == book.value("my/page")


def test_a_page_drawn_anew_keeps_what_is_in_its_memory(desk: Any, book: Any) -> None:
    """What somebody writes without a trace is not swept away by the kernel showing something else."""
    exercise = book.exercise(TIMED)
    page = desk.open(exercise)
    page.get_by_role("button", name="Leave no trace").click()
    page.keyboard.type("still here")
    exercise.show(heading="A new heading")
    desk.settle(page)
    expect(page.get_by_role("heading", name="A new heading")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_value("still here")


# --- the page around it -----------------------------------------------------------------------------------


def test_all_exercises_of_a_page_share_one_line(desk: Any, book: Any) -> None:
    """Numbers are the page's, and its state is "saved" only when all of them are."""
    page = desk.open(book.exercise(PROSE), book.exercise(LINE), clock=True)
    write(page, "one")
    page.get_by_label("Which role?").press_sequentially("two")
    notes(page).focus()
    desk.settle(page)
    assert "saving" == page.evaluate("() => window.statuses.at(-2).state")
    page.clock.run_for(1000)
    desk.settle(page)
    assert [1, 2] == sorted(message["seq"] for message in desk.sent(page))
    assert 1 == len({message["page"] for message in desk.sent(page)})
    expect(page.locator(".rb-exercise-status:visible")).to_have_count(1)


def test_the_shells_line_replaces_the_exercises_own(desk: Any, book: Any) -> None:
    """Where the app has a line for the whole page the exercise shows none."""
    page = desk.open(book.exercise())
    expect(page.locator(".rb-exercise-status")).to_be_visible()
    page.evaluate("() => document.querySelector('main').toggleAttribute('data-rebound-status', true)")
    expect(page.locator(".rb-exercise-status")).to_be_hidden()


def test_a_view_that_ends_leaves_nothing_behind(desk: Any, book: Any) -> None:
    """Closing a view empties its place; words written last are still handed over."""
    page = desk.open(book.exercise(), clock=True)
    write(page, "Warm")
    page.evaluate("() => { window.endView('w1'); window.destroy('w1'); }")
    desk.settle(page)
    assert ("Warm", "") == (book.value(), page.locator("#w1").inner_html())


def test_alone_the_line_does_not_speak_of_a_disk(desk: Any) -> None:
    """Without anybody who keeps replies on disk the page says what really happened to them."""
    page = desk.open(Exercise([PROSE]))
    write(page, "Warm")
    notes(page).blur()
    expect(page.locator(".rb-status")).to_contain_text("Handed to the notebook")
