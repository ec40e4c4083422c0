"""A room: which exercises it offers, what it takes of an answer, its wall, and its end."""

from __future__ import annotations

import json

import pytest

from rebound_widgets.content import Content, load_content
from rebound_widgets.domain.refused import Refused
from rebound_widgets.domain.text_questions import TimedPage
from rebound_widgets.group.asked import checked, counted, for_groups, picks_of
from rebound_widgets.group.room import CLOSING, CLOSING_S, LASTS_S, LONGEST_WORD, WORDS_EACH, Room, code_of
from rebound_widgets.group.tally import SETTLED_S

BOTH_SIDES = "debrief/both-sides"
PREPARED = "debrief/felt-prepared"


class Clock:
    """A clock that a test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content("en")


@pytest.fixture
def time() -> Clock:
    return Clock()


@pytest.fixture
def room(content: Content, time: Clock) -> Room:
    made = Room(for_groups(content), time)
    made.open(BOTH_SIDES)
    return made


def test_nothing_private_is_offered(content: Content) -> None:
    """No exercise with a private question, a timed page or a record's field; every language has the same."""
    offered = for_groups(content)
    assert len(offered) > 10
    for exercise in offered.values():
        assert not any(q.private or q.field or isinstance(q, TimedPage) for q in exercise.questions)
    assert {"no/pause", "no/private", "search/application"} & set(offered) == set()
    assert set(offered) == set(for_groups(load_content("es")))


def test_words_have_no_form_in_what_is_told(content: Content) -> None:
    """Of every question of every exercise, what is told holds ids of options; own words become a mark."""
    questions = {q.id: q for exercise in for_groups(content).values() for q in exercise.questions}
    assert {} == picks_of(questions["debrief/recall"], "Everything I said.")
    assert {PREPARED: ["4"]} == picks_of(questions[PREPARED], 4)
    assert {PREPARED: []} == picks_of(questions[PREPARED], None)
    own = picks_of(questions["keep-going/keep-up"], ["own:My secret", "own:Another"])
    assert {"keep-going/keep-up": ["own", "own"]} == own
    cards = picks_of(questions["no/causes"], {"mine": ["own:My secret"]})
    assert all(picks == [] for picks in cards.values())
    assert "secret" not in json.dumps([own, cards])


def test_only_what_the_open_exercise_asks_is_taken(room: Room, content: Content) -> None:
    """Another exercise's answers, unknown options, too many, and words are refused and leave nothing."""
    bad: list[object] = [
        {"no/feeling": ["9"]},
        {"ready/questions": []},
        {PREPARED: ["6"]},
        {PREPARED: ["1", "2"]},
        {PREPARED: "1"},
        {PREPARED: [1]},
        {PREPARED: [["1"]]},
        {"debrief/threw-me": ["what threw me"]},
        ["x"],
        None,
    ]
    before = json.dumps(room.as_json())
    for picks in bad:
        with pytest.raises(Refused):
            room.answer("p", picks)
    assert before == json.dumps(room.as_json())
    assert {} == checked({}, for_groups(content)[BOTH_SIDES])
    room.open("")
    with pytest.raises(Refused):
        room.answer("p", {PREPARED: ["1"]})


def test_totals_come_in_blocks_and_survive_opening_again(room: Room, time: Clock) -> None:
    """Closing and opening an exercise does not count anybody anew, so no two rounds can be compared."""
    for number in range(6):
        room.answer(f"p{number}", {PREPARED: ["2"]})
    time.now += SETTLED_S
    assert room.count()
    assert 5 == room.totals()[PREPARED].people
    room.open("")
    assert {} == room.totals()
    room.open(BOTH_SIDES)
    for number in range(5):
        room.answer(f"p{number}", {PREPARED: ["5"]})
    time.now += SETTLED_S
    assert not room.count()
    assert {"2": 5} == {pick: n for pick, n in room.totals()[PREPARED].counts.items() if n}


def test_every_key_says_what_it_offers(content: Content) -> None:
    """Each thing that is counted has words and at least two options, and no two have one key."""
    for exercise in for_groups(content).values():
        asked = counted(exercise)
        assert len({one.key for one in asked}) == len(asked)
        assert all(one.ask and len(one.options) > 1 for one in asked)


def test_the_wall_takes_words_and_says_not_whose(room: Room) -> None:
    """Words stand on the wall as text, up to a length and a number each; the host can take one down."""
    room.say("p1", "  <b>We\nare</b> \u202ereversed many  ")
    (mark,) = room.wall
    assert "<b>We are</b> reversed many" == room.wall[mark]
    assert "p1" not in json.dumps(room.wall)
    for wrong in ("", "  \u202e ", "x" * (LONGEST_WORD + 1), 5, None):
        with pytest.raises(Refused):
            room.say("p1", wrong)
    for number in range(WORDS_EACH - 1):
        room.say("p1", f"again {number}")
    with pytest.raises(Refused, match="leave room"):
        room.say("p1", "once more")
    room.take_down(mark)
    room.take_down("not there")
    assert WORDS_EACH - 1 == len(room.wall)
    assert mark not in room.wall


def test_a_code_is_typed_as_people_type(room: Room) -> None:
    """Small letters, spaces and hyphens are taken; another code, none, or a longer one is not."""
    code = room.code
    assert all(room.opens(typed) for typed in (code, code.lower(), f" {code[:3]}-{code[3:]} "))
    assert not any(room.opens(typed) for typed in ("", code[:5], f"{code}A", code[::-1] + "X", "é" * 6))
    assert "ABC" == code_of("a.b!c01O")
    assert len({Room({}, lambda: 0.0).code for _ in range(50)}) == 50


def test_a_room_that_is_closing_takes_nobody_in_and_ends(room: Room, time: Clock) -> None:
    """Nobody joins, nothing is sent, and a quarter of an hour later it is over."""
    room.close()
    room.took("p1")
    room.took("p1")
    assert (CLOSING, "", 1) == (room.phase, room.exercise, room.taken)
    assert not room.opens(room.code)
    with pytest.raises(Refused):
        room.say("p1", "late")
    assert not room.is_over()
    time.now += CLOSING_S
    assert room.is_over()


def test_a_room_where_nobody_was_for_a_day_is_over(room: Room, time: Clock) -> None:
    """It lasts as long as its people's workbooks: a day after the last that somebody was there, and over a restart."""
    time.now += LASTS_S - 1
    assert not room.is_over()
    room.used()
    time.now += LASTS_S - 1
    again = Room(room.exercises, time)
    again.restore(json.loads(json.dumps(room.as_json())))
    assert not again.is_over()
    time.now += 1
    assert again.is_over()


def test_it_is_the_same_after_a_restart(room: Room, time: Clock) -> None:
    """Code, exercise, what waits to be counted, the wall: all there."""
    room.answer("p1", {PREPARED: ["3"]})
    room.say("p1", "Here.")
    again = Room(room.exercises, time)
    again.restore(json.loads(json.dumps(room.as_json())))
    assert room.as_json() == again.as_json()
    assert again.opens(room.code)
