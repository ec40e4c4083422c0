"""Reading an employer's answer: stock phrases, real feedback, and not sure."""

from __future__ import annotations

import pytest

from rebound_widgets.letters import read_answer

from .letters_corpus import ANSWERS


@pytest.mark.parametrize(
    ("locale", "verdict", "text"), [(locale, *one) for locale in ANSWERS for one in ANSWERS[locale]]
)
def test_an_answer_is_read_as_what_it_is(locale: str, verdict: str, text: str) -> None:
    """What is about the person is feedback, phrases for everybody are stock, anything else is not called."""
    reading = read_answer(text, locale)
    assert reading is not None
    assert verdict == reading.verdict


def test_what_is_marked_stands_in_the_text() -> None:
    """Marked words do not overlap, come in order, and the verdict has a sentence."""
    text = ANSWERS["en"][0][1]
    reading = read_answer(text)
    assert reading is not None
    ends = [0]
    for found in reading.found:
        assert ends[-1] <= found.start < found.end <= len(text)
        ends.append(found.end)
    assert len(ends) > 2
    assert reading.sentence


def test_what_is_quoted_are_the_letters_own_words() -> None:
    """Quotation marks hold what they wrote, on one line, and each thing is said once."""
    reading = read_answer("We have chosen candidates who more\nclosely match it. Others are better suited.")
    assert reading is not None
    (quoted,) = [sentence for sentence in reading.says if "most such letters" in sentence]
    assert quoted.startswith("“more closely match” stands")
    assert all("{" not in sentence for sentence in reading.says)


def test_what_an_answer_does_not_say_is_said() -> None:
    """A bare no is silent on why, on the person, and on applying again; an invitation takes the last away."""
    bare = read_answer("We have decided not to proceed with your application.")
    inviting = read_answer("We have decided not to proceed. Please apply again in the future.")
    assert bare is not None
    assert inviting is not None
    assert (3, 2) == (len(bare.silent_on), len(inviting.silent_on))


def test_a_sentence_that_was_not_read_is_not_denied() -> None:
    """One sentence that is no known phrase: nobody is told that there is nothing about them, and it is shown."""
    text = (
        "Thank you for your interest. After careful consideration we have decided not to proceed. "
        "Marta felt your example of the picking line was strong. We wish you well.\n\nKind regards,\nMarta Lund"
    )
    reading = read_answer(text)
    assert reading is not None
    assert "stock" == reading.verdict
    assert ("Marta felt your example of the picking line was strong.",) == reading.unread
    assert "nothing about you" not in reading.sentence
    assert () == reading.silent_on
    whole = read_answer(text.replace("Marta felt your example of the picking line was strong. ", ""))
    assert whole is not None
    assert ((), 3) == (whole.unread, len(whole.silent_on))
    assert "nothing about you" in whole.sentence


def test_nothing_pasted_is_nothing_read() -> None:
    """An empty field gets no verdict."""
    assert read_answer(" \n") is None


def test_a_page_of_anything_is_read_quickly() -> None:
    """A very long text is read in well under the time a page may hold the kernel."""
    import time

    before = time.process_time()
    read_answer("Thank you for your interest in our company and the time you took. " * 300)
    assert time.process_time() - before < 2
