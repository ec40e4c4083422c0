"""Every kind of question: whatever is given is accepted or refused with a sentence."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_widgets.content.shapes import shapes_of
from rebound_widgets.domain.choice_questions import (
    Cards,
    Checklist,
    Choice,
    Option,
    Ranking,
    Scale,
    Several,
)
from rebound_widgets.domain.kinds import KINDS, Repeat
from rebound_widgets.domain.question import LINE_LIMIT, PROSE_LIMIT, Question
from rebound_widgets.domain.refused import Refused
from rebound_widgets.domain.text_questions import IfThen, Line, People, Prose, Star, TimedPage
from rebound_widgets.domain.value_questions import Date, Number

OPTIONS = (Option(id="a", text="A"), Option(id="no", text="No"), Option(id="1-9", text="Up to 9"))
PILES = (Option(id="mine", text="Mine"), Option(id="theirs", text="Theirs"))


def labels(*names: str) -> tuple[tuple[str, str], ...]:
    """A label for each field of a form."""
    return tuple((name, name.capitalize()) for name in names)


LINE = Line(id="x/line", ask="A line")
QUESTIONS: tuple[Question, ...] = (
    Prose(id="x/prose", ask="Prose"),
    LINE,
    TimedPage(id="x/timed", ask="Timed"),
    Star(id="x/star", ask="Star", labels=labels("situation", "task", "action", "result")),
    IfThen(id="x/if-then", ask="If then", labels=labels("if", "then")),
    People(id="x/people", ask="People", labels=labels("name", "role", "contact", "note")),
    Date(id="x/date", ask="Date"),
    Number(id="x/number", ask="Number", unit="hours", minimum=-2, maximum=99.5),
    Scale(id="x/scale", ask="Scale", low_word="Low", high_word="High"),
    Scale(id="x/scale-ten", ask="Scale", low=0, high=10, low_word="Low", high_word="High"),
    Choice(id="x/choice", ask="Choice", options=OPTIONS, own=True),
    Several(id="x/several", ask="Several", options=OPTIONS),
    Checklist(id="x/checklist", ask="Checklist", options=OPTIONS),
    Ranking(id="x/ranking", ask="Ranking", options=OPTIONS, own=True),
    Cards(id="x/cards", ask="Cards", options=OPTIONS, piles=PILES, own=True),
    Repeat(id="x/repeat", ask="Repeat", questions=(LINE,), item_title="Item {number}", add="Add"),
)
BY_ID = {question.id: question for question in QUESTIONS}
every_question = pytest.mark.parametrize("question", QUESTIONS, ids=BY_ID.keys())

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        ["a", "no", "1-9", "own:mine", "own: ", "own:", "2026-11-05", " 3 ", "7,5", "\0", "\ud800", ""]
    )
    | st.dates()
    | st.datetimes()
    | st.binary(max_size=4)
)
names = st.sampled_from(["situation", "task", "if", "then", "name", "mine", "theirs"]) | st.text(max_size=6)
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(names, inner, max_size=4)
        | st.sets(st.integers(), max_size=3)
    ),
    max_leaves=8,
)


def test_every_kind_is_tried_here() -> None:
    """No kind of question of the register is left out of these tests."""
    assert set(KINDS) == {question.kind for question in QUESTIONS}
    assert all(KINDS[question.kind] is type(question) for question in QUESTIONS)


def outcome(question: Question, value: Any) -> Any:
    """What is kept of a value, or the refusal."""
    try:
        return question.accept(value)
    except Refused as refused:
        return refused


@every_question
@given(value=anything)
def test_whatever_is_given_is_accepted_or_refused_with_a_sentence(question: Question, value: Any) -> None:
    """Whatever a page sends, it is kept as plain JSON or refused with a sentence."""
    kept = outcome(question, value)
    if isinstance(kept, Refused):
        assert kept.rule
        assert kept.sentence.endswith(".")
        assert "!" not in kept.template.replace("!r}", "}")
        return
    assert kept == json.loads(json.dumps(kept, allow_nan=False))
    assert kept == question.accept(kept)
    json.dumps(kept, ensure_ascii=False).encode()


@every_question
def test_nothing_answered_is_none(question: Question) -> None:
    """No answer is always the same value, whatever the kind."""
    assert question.accept(None) is None


@pytest.mark.parametrize(
    ("question_id", "value", "kept"),
    [
        ("x/prose", "a\r\nb\rc", "a\nb\nc"),
        ("x/prose", " \n\t ", None),
        ("x/prose", "é 日本 👩‍👩‍👧", "é 日本 👩‍👩‍👧"),
        ("x/line", "  a \n b\t", "a b"),
        ("x/star", {"situation": " s ", "task": ""}, {"situation": " s "}),
        ("x/star", {}, None),
        ("x/if-then", {"then": "t", "if": "i"}, {"if": "i", "then": "t"}),
        ("x/people", {"name": " Ana\nReyes ", "note": "a\nb"}, {"name": "Ana Reyes", "note": "a\nb"}),
        ("x/date", "2026-11-05", "2026-11-05"),
        ("x/date", dt.date(2026, 11, 5), "2026-11-05"),
        ("x/date", dt.datetime(2026, 11, 5, 23, 59), "2026-11-05"),  # noqa: DTZ001 - a day has no zone
        ("x/date", "", None),
        ("x/number", "7,5", 7.5),
        ("x/number", " 12 ", 12),
        ("x/number", -2, -2),
        ("x/scale", "3", 3),
        ("x/scale", 3.0, 3),
        ("x/scale", "", None),
        ("x/choice", "no", "no"),
        ("x/choice", "own:  my  own ", "own:my own"),
        ("x/several", ["no", "a", "no"], ["no", "a"]),
        ("x/several", [], None),
        ("x/ranking", ["own:x", "1-9"], ["own:x", "1-9"]),
        ("x/cards", {"theirs": ["a"], "mine": ["no"]}, {"mine": ["no"], "theirs": ["a"]}),
        ("x/cards", {"mine": []}, None),
        ("x/repeat", [2, 1, 5], [2, 1, 5]),
        ("x/repeat", [], None),
    ],
)
def test_what_is_kept(question_id: str, value: Any, kept: Any) -> None:
    """A reply is kept as the documentation of its kind says."""
    assert kept == BY_ID[question_id].accept(value)


@pytest.mark.parametrize(
    ("question_id", "value", "rule"),
    [
        ("x/prose", "x" * (PROSE_LIMIT + 1), "text-too-long"),
        ("x/line", "x" * (LINE_LIMIT + 1), "text-too-long"),
        ("x/prose", "a\0b", "text-unkeepable"),
        ("x/prose", 5, "text-not-text"),
        ("x/star", {"title": "x"}, "form-shape"),
        ("x/date", "5 Nov", "date-unreadable"),
        ("x/date", "1949-12-31", "date-unreadable"),
        ("x/date", "2101-01-01", "date-unreadable"),
        ("x/number", 100, "number-range"),
        ("x/number", "nan", "number-range"),
        ("x/number", True, "number-range"),
        ("x/scale", 0, "scale-step"),
        ("x/scale", 6, "scale-step"),
        ("x/scale", 2.5, "scale-step"),
        ("x/scale", True, "scale-step"),
        ("x/choice", "b", "option-unknown"),
        ("x/several", "a", "options-list"),
        ("x/several", ["own:mine"], "option-unknown"),
        ("x/cards", {"mine": ["a"], "theirs": ["a"]}, "cards-twice"),
        ("x/cards", {"luck": ["a"]}, "form-shape"),
        ("x/repeat", [1, 1], "repeat-items"),
        ("x/repeat", [0], "repeat-items"),
        ("x/repeat", list(range(1, 202)), "repeat-items"),
    ],
)
def test_what_is_refused(question_id: str, value: Any, rule: str) -> None:
    """A reply that is none is refused under a rule that keeps its name."""
    with pytest.raises(Refused) as caught:
        BY_ID[question_id].accept(value)
    assert rule == caught.value.rule


@given(words=st.text("pqrstuvwxyz", min_size=40, max_size=80))
def test_a_refusal_never_carries_what_was_written(words: str) -> None:
    """Prose that cannot be taken does not travel into a log through its own error."""
    for question_id in ("x/prose", "x/line", "x/timed"):
        with pytest.raises(Refused) as caught:
            BY_ID[question_id].accept(words + "\0")
        assert words[:20] not in str(caught.value)
        assert words[:20] not in repr(caught.value.facts)


@every_question
def test_a_question_travels_as_plain_json(question: Question) -> None:
    """What a widget gets of a question is plain JSON with every field but the record's."""
    mapping = question.as_mapping()
    assert mapping == json.loads(json.dumps(mapping))
    names = {field.name for field in dataclasses.fields(question)}
    assert {"kind", *names} - {"field"} == set(mapping)


@every_question
def test_a_question_cannot_be_changed(question: Question) -> None:
    """Questions are values: nobody can reword one that another page shows."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        question.ask = "Other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda: Line(id="no-slash", ask="A"), "question-id"),
        (lambda: Line(id="a/b/c", ask="A"), "question-id"),
        (lambda: Line(id="A/b", ask="A"), "question-id"),
        (lambda: Line(id="a/b_c", ask="A"), "question-id"),
        (lambda: Line(id="a/b", ask=" "), "question-ask"),
        (lambda: TimedPage(id="a/b", ask="A", private=False), "timed-page-private"),
        (lambda: Star(id="a/b", ask="A"), "form-labels"),
        (lambda: IfThen(id="a/b", ask="A", labels=labels("then", "if")), "form-labels"),
        (lambda: Scale(id="a/b", ask="A", low=1, high=4, low_word="l", high_word="h"), "scale-steps"),
        (lambda: Scale(id="a/b", ask="A"), "scale-words"),
        (lambda: Choice(id="a/b", ask="A"), "options"),
        (lambda: Choice(id="a/b", ask="A", options=(OPTIONS[0], OPTIONS[0])), "options"),
        (lambda: Several(id="a/b", ask="A", options=(Option(id="A b", text="x"),)), "options"),
        (lambda: Cards(id="a/b", ask="A", options=OPTIONS, piles=PILES[:1]), "cards-piles"),
        (lambda: Repeat(id="a/b", ask="A", item_title="t", add="a"), "repeat-inner"),
        (lambda: Repeat(id="a/b", ask="A", questions=(LINE,)), "repeat-words"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(make: Any, rule: str) -> None:
    """A question without what it needs is refused when it is made, not when a person answers it."""
    with pytest.raises(Refused) as caught:
        make()
    assert rule == caught.value.rule


def test_lists_do_not_nest() -> None:
    """A list inside a list would need two item numbers, so it is refused."""
    inner = Repeat(id="x/inner", ask="I", questions=(LINE,), item_title="t", add="a")
    with pytest.raises(Refused, match="not lists"):
        Repeat(id="x/outer", ask="O", questions=(inner,), item_title="t", add="a")


def test_every_field_of_a_kind_is_documented() -> None:
    """Each field of each kind says what it is for, so that an author's editor can show it."""
    silent = {"rows", "labels", "unanswered", "kind"}
    missing = [
        f"{name}.{shape.name}"
        for name, made in KINDS.items()
        for shape in shapes_of(made)
        if not shape.doc and shape.name not in silent
    ]
    assert [] == missing
