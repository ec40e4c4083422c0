"""The kernel's half of Exercise: a message in, a message out."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_widgets.domain.kinds import KINDS
from rebound_widgets.domain.question import Question
from rebound_widgets.domain.refused import Refused
from rebound_widgets.widgets import Clash, Exercise, Kept, NotKept, Reply

SECRET = "zanzibar-plum"
QUESTIONS = [
    {"kind": "prose", "id": "my/notes", "ask": "What do you remember?"},
    {
        "kind": "repeat",
        "id": "my/asked",
        "ask": "The questions they asked",
        "item_title": "Question {number} of {count}",
        "add": "Add",
        "questions": [{"kind": "prose", "id": "my/words", "ask": "What did they ask?"}],
    },
]


class Ear:
    """Hears what an Exercise says to its page."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.said: list[dict[str, Any]] = []
        exercise.send = lambda content, buffers=None: self.said.append(content)

    def tell(self, **content: Any) -> dict[str, Any]:
        """Sends a message and returns the one answer."""
        before = len(self.said)
        self.exercise._handle_custom_msg(content, [])
        (answer,) = self.said[before:]
        return answer

    def reply(self, value: Any, seq: int = 1, base: int = 0, **more: Any) -> dict[str, Any]:
        """Sends a reply to the first question."""
        given = {"page": "p", "record_id": "", "question": "my/notes", "item": None, **more}
        return self.tell(type="reply", seq=seq, value=value, base_revision=base, **given)


def test_two_lines_are_enough_alone_in_a_notebook() -> None:
    """Without anybody who keeps the replies, the widget keeps them itself and says where they are."""
    exercise = Exercise([{"kind": "prose", "id": "my/notes", "ask": "What do you remember?"}])
    answer = Ear(exercise).reply("The room was warm.")
    assert ("kept", 1, 1, False) == (answer["type"], answer["seq"], answer["revision"], answer["on_disk"])
    assert {"my/notes": "The room was warm."} == exercise.value


def test_hello_is_answered_with_everything_the_page_needs() -> None:
    """A page that says hello is shown the questions, the words and the replies, and no other page is."""
    exercise = Exercise(QUESTIONS, replies={"my/notes": "Warm"}, heading="Right after", workbook="w1")
    shown = Ear(exercise).tell(type="hello", page="p7")
    assert ("show", "p7", "Right after", "w1") == (
        shown["type"],
        shown["page"],
        shown["heading"],
        shown["workbook"],
    )
    assert {"my/notes": {"value": "Warm", "revision": 0, "made_at": None}} == shown["replies"]
    assert ["my/notes", "my/asked"] == [question["id"] for question in shown["questions"]]
    assert "Saved {time}" == shown["words"]["saved"]


def test_a_beat_is_answered_with_the_same_number() -> None:
    """The heartbeat comes back at once, so that a page knows it is heard."""
    assert {"type": "beat", "n": 41, "page": "p"} == Ear(Exercise(QUESTIONS)).tell(
        type="beat", n=41, page="p"
    )


def test_each_reply_is_applied_once_however_often_it_is_sent() -> None:
    """A reply sent again after a lost answer gets the same answer and is not written a second time."""
    written: list[Reply] = []

    def keep(reply: Reply) -> Kept:
        written.append(reply)
        return Kept(reply.value, 7, dt.datetime(2026, 11, 5, 14, 3, tzinfo=dt.UTC))

    ear = Ear(Exercise(QUESTIONS, on_reply=keep))
    answers = [ear.reply("Warm", seq=3) for _ in range(3)]
    assert [answers[0]] * 3 == answers
    assert (1, "2026-11-05T14:03:00+00:00", True) == (
        len(written),
        answers[0]["made_at"],
        answers[0]["on_disk"],
    )


def test_the_same_number_from_two_pages_is_two_replies() -> None:
    """Two windows number their messages each by itself."""
    exercise = Exercise(QUESTIONS)
    ear = Ear(exercise)
    ear.reply("one", page="p1")
    answer = ear.reply("two", page="p2", base=1)
    assert ("kept", "two") == (answer["type"], exercise.value["my/notes"])


def test_last_words_of_a_closing_page_follow_on_its_words_before() -> None:
    """A page that closes sends again without waiting; both replies name one revision and both are kept."""
    bases: list[int] = []

    def keep(reply: Reply) -> Kept:
        bases.append(reply.base_revision)
        return Kept(reply.value, 10 + len(bases))

    ear = Ear(Exercise(QUESTIONS, on_reply=keep))
    answers = [ear.reply(text, seq=seq, base=5) for seq, text in enumerate(["a", "ab", "abc"], start=1)]
    assert ["kept"] * 3 == [answer["type"] for answer in answers]
    assert [5, 11, 12] == bases


def test_words_overtaken_on_the_way_do_not_come_back() -> None:
    """An older reply that arrives after a newer one of the same page changes nothing."""
    exercise = Exercise(QUESTIONS)
    ear = Ear(exercise)
    ear.reply("newer", seq=2)
    answer = ear.reply("older", seq=1)
    assert ("kept", 1, "newer") == (answer["type"], answer["revision"], exercise.value["my/notes"])


def test_a_reply_changed_elsewhere_is_answered_with_both_versions() -> None:
    """Nobody's words are written over: the page is told what is there."""
    theirs = Kept("theirs", 9, "2026-11-05T13:20:00+00:00", where="In the other window")

    def keep(reply: Reply) -> Kept:
        raise Clash(theirs)

    exercise = Exercise(QUESTIONS, on_reply=keep)
    answer = Ear(exercise).reply("mine", base=3)
    assert ("clash", theirs.as_mapping()) == (answer["type"], answer["theirs"])
    assert {} == exercise.value


def test_the_same_words_written_twice_are_no_clash() -> None:
    """Two windows that wrote the same agree."""

    def keep(reply: Reply) -> Kept:
        raise Clash(Kept("same", 9))

    answer = Ear(Exercise(QUESTIONS, on_reply=keep)).reply("same", base=3)
    assert ("kept", 9) == (answer["type"], answer["revision"])


def test_alone_a_newer_version_is_a_clash_too() -> None:
    """The widget that keeps its replies itself does not write over a newer one."""
    exercise = Exercise(QUESTIONS, replies={"my/notes": Kept("theirs", 4)})
    answer = Ear(exercise).reply("mine", base=3)
    assert ("clash", "theirs") == (answer["type"], answer["theirs"]["value"])


def test_a_refusal_reaches_the_person_in_its_own_words() -> None:
    """The sentence of a refusal is shown at the field, and trying again by itself would not help."""

    def keep(reply: Reply) -> Kept:
        raise NotKept("It takes a day.")

    answer = Ear(Exercise(QUESTIONS, on_reply=keep)).reply("soon")
    assert ("refused", "It takes a day.", False) == (answer["type"], answer["sentence"], answer["again"])


def test_a_full_disk_is_tried_again() -> None:
    """A refusal that may pass says so, and the page tries again by itself."""

    def keep(reply: Reply) -> Kept:
        raise NotKept("The disk is full.", again=True)

    assert Ear(Exercise(QUESTIONS, on_reply=keep)).reply("warm")["again"] is True


def test_a_refused_reply_is_asked_anew_when_it_is_sent_again() -> None:
    """Only what was kept is remembered: a refusal may pass."""
    outcomes: list[Any] = [NotKept("The disk is full.", again=True), Kept("warm", 2)]

    def keep(reply: Reply) -> Kept:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    ear = Ear(Exercise(QUESTIONS, on_reply=keep))
    assert ["refused", "kept"] == [ear.reply("warm", seq=4)["type"] for _ in range(2)]


def test_our_own_mistake_is_told_kindly_and_logged_without_the_words(
    logged_errors: list[logging.LogRecord],
) -> None:
    """An unexpected failure keeps the words in the browser; neither the log nor the answer repeats them."""

    def keep(reply: Reply) -> Kept:
        raise RuntimeError(f"near {reply.value!r}: syntax error")

    answer = Ear(Exercise(QUESTIONS, on_reply=keep)).reply(SECRET)
    told = [record.getMessage() + str(record.exc_info) for record in logged_errors]
    assert ("refused", True) == (answer["type"], answer["again"])
    assert answer["sentence"].startswith("This could not be saved")
    assert [True] == ["RuntimeError" in text for text in told]
    assert [] == [text for text in [*told, answer["sentence"]] if SECRET in text]
    logged_errors.clear()


@pytest.mark.parametrize(
    "broken",
    [
        {"type": "reply"},
        {"type": "reply", "seq": "1", "question": "my/notes", "page": "p"},
        {"type": "reply", "seq": 1, "question": 5, "page": "p"},
        {"type": "reply", "seq": 1, "question": "my/notes", "page": "p", "item": "2", "value": SECRET},
    ],
)
def test_a_message_that_is_no_reply_changes_nothing(
    broken: dict[str, Any], logged_errors: list[logging.LogRecord]
) -> None:
    """What is not understood is left alone, and the log says so without repeating it."""
    exercise = Exercise(QUESTIONS)
    ear = Ear(exercise)
    exercise._handle_custom_msg(broken, [])
    assert ([], {}) == (ear.said, exercise.value)
    assert ["Exercise: a message that is no reply was left alone."] == [r.getMessage() for r in logged_errors]
    logged_errors.clear()


def test_nothing_a_person_wrote_is_in_a_trait_or_a_repr() -> None:
    """A saved notebook holds no words: not in the widget's state, and not in what a cell prints."""
    kept = Kept(SECRET, 3)
    exercise = Exercise(QUESTIONS, replies={"my/notes": kept})
    Ear(exercise).reply(SECRET, base=3)
    reply = Reply("my/notes", None, SECRET, 3, "", "p")
    seen = [str(exercise.get_state()), repr(exercise), repr(kept), repr(reply), str(Clash(kept))]
    seen += [str(exercise._repr_mimebundle_()), str(NotKept(SECRET)), repr(NotKept(SECRET))]
    assert [] == [text for text in seen if SECRET in text]
    assert "Exercise(2)" == repr(exercise)


def test_show_tells_the_page_what_is_new() -> None:
    """Newer replies go to every page; the rest is not sent again."""
    ear = Ear(Exercise(QUESTIONS))
    ear.exercise.show({"my/notes": Kept("newer", 8)})
    (said,) = ear.said
    assert {"my/notes": {"value": "newer", "revision": 8, "made_at": None}} == said["replies"]
    assert ("show", "", False) == (said["type"], said["record_id"], "questions" in said)


def test_one_widget_serves_one_record_after_another() -> None:
    """Another interview is shown on the same widget; replies still on their way keep their record."""
    exercise = Exercise(QUESTIONS, record_id="interview-1", replies={"my/notes": Kept("first", 1)})
    ear = Ear(exercise)
    exercise.show({"my/notes": Kept("second", 2)}, record_id="interview-2")
    assert ({"my/notes": "second"}, "interview-2") == (exercise.value, ear.said[-1]["record_id"])
    ear.reply("first, more", base=1, record_id="interview-1")
    assert {"my/notes": "second"} == exercise.value
    exercise.show(record_id="interview-1")
    assert {"my/notes": "first, more"} == exercise.value


def test_show_takes_no_unknown_part() -> None:
    """A misspelt part is an error at once, not a page that silently stays as it was."""
    with pytest.raises(TypeError, match="shows no hedding"):
        Exercise(QUESTIONS).show(hedding="x")


# --- every kind, whatever is typed ----------------------------------------------------------------------

OPTIONS = ({"id": "a", "text": "A"}, {"id": "b", "text": "B"})


def every_kind() -> list[Question]:
    """One question of each kind."""
    from rebound_widgets.domain.choice_questions import Option

    options = tuple(Option(**option) for option in OPTIONS)
    more: dict[str, dict[str, Any]] = {
        "scale": {"low_word": "low", "high_word": "high"},
        "choice": {"options": options, "own": True},
        "several": {"options": options, "own": True},
        "checklist": {"options": options},
        "ranking": {"options": options, "own": True},
        "cards": {"options": options, "own": True, "piles": options},
        "people": {"labels": tuple((name, name) for name in ("name", "role", "contact", "note"))},
        "if-then": {"labels": (("if", "If"), ("then", "then"))},
        "star": {"labels": tuple((name, name) for name in ("situation", "task", "action", "result"))},
        "repeat": {
            "questions": (KINDS["prose"](id="all/inner", ask="?"),),
            "item_title": "{number} of {count}",
            "add": "Add",
        },
    }
    return [kind(id=f"all/{name}", ask=name, **more.get(name, {})) for name, kind in KINDS.items()]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 50)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=6,
)


@given(question=st.sampled_from(every_kind()), value=JSON)
def test_whatever_is_sent_is_kept_or_refused_with_a_sentence(question: Question, value: Any) -> None:
    """No reply to any kind of question goes unanswered, and what is kept is what the question accepts."""

    def keep(reply: Reply) -> Kept:
        try:
            return Kept(question.accept(reply.value), 1)
        except Refused as refused:
            raise NotKept(refused.sentence) from None

    exercise = Exercise([question.as_mapping()], on_reply=keep)
    answer = Ear(exercise).reply(value, question=question.id)
    if answer["type"] == "kept":
        kept = exercise.value.get(question.id)
        assert kept == question.accept(kept)
    else:
        assert ("refused", True) == (answer["type"], bool(answer["sentence"]))
        assert {} == exercise.value


@given(st.lists(st.tuples(st.integers(1, 6), st.text(max_size=3)), max_size=12))
def test_the_newest_words_of_a_page_win_in_any_order_of_arrival(messages: list[tuple[int, str]]) -> None:
    """Messages doubled, lost and overtaken on the way end with the words of the highest number."""
    texts = dict(reversed(messages))  # each number belongs to one text, that of its first message
    exercise = Exercise(QUESTIONS)
    ear = Ear(exercise)
    for seq, _ in messages:
        ear.reply(texts[seq], seq=seq, base=0)
    expected = {"my/notes": texts[max(texts)]} if texts else {}
    assert expected == exercise.value
