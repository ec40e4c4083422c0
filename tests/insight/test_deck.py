"""The practice deck: which questions are cards, when they come up, what was practised."""

from __future__ import annotations

import datetime as dt

import pytest

from rebound_widgets.domain.record import Revision, answer_id
from rebound_widgets.history import History
from rebound_widgets.insight.deck import Practised, deck, due_on

ON = dt.date(2026, 11, 2)
NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)


def revision(record_id: str, kind: str, body: dict[str, object], made_at: dt.datetime = NOON) -> Revision:
    """A record as it is."""
    return Revision(
        number=1,
        record_id=record_id,
        kind=kind,
        body=body,
        deleted=False,
        made_at=made_at,
        based_on=0,
        change="c",
        origin="test",
    )


def answer(name: str, kind: str, value: object, item: int | None = None, days: int = 0) -> Revision:
    """An answer about the interview, so many days after it."""
    body: dict[str, object] = {
        "question": name,
        "item": item,
        "subject": "interview-1",
        "kind": kind,
        "value": value,
        "zone": "+00:00",
    }
    return revision(answer_id(name, "interview-1", item), "answer", body, NOON + dt.timedelta(days=days))


def history(*answers: Revision) -> History:
    """An interview at Acme with these answers."""
    application = revision("application-1", "application", {"company": "Acme"})
    held = revision("interview-1", "interview", {"application_id": "application-1", "held_on": "2026-11-02"})
    return History.of([application, held, *answers])


def asked(item: int, rating: int | None, *, marked: bool = False) -> list[Revision]:
    """A question of the debrief."""
    found = [answer("debrief/asked-text", "prose", f"Question {item}?", item)]
    if rating is not None:
        found.append(answer("debrief/asked-rating", "scale", rating, item))
    if marked:
        found.append(answer("debrief/asked-practise", "checklist", ["deck"], item))
    return found


@pytest.mark.parametrize(
    ("rating", "marked", "expected"),
    [(1, False, 1), (3, False, 1), (4, False, 0), (None, False, 0), (5, True, 1), (None, True, 1)],
)
def test_a_question_rated_3_or_below_or_marked_is_a_card(
    rating: int | None, marked: bool, expected: int
) -> None:
    """Other questions stay out of the deck."""
    assert expected == len(deck(history(*asked(1, rating, marked=marked))))


def test_a_question_taken_off_the_list_is_no_card() -> None:
    """What the person deleted from the debrief does not come back to practise."""
    listed = answer("debrief/asked", "repeat", [2])
    assert [2] == [card.item for card in deck(history(listed, *asked(1, 1), *asked(2, 1)))]


def test_a_question_without_words_is_no_card() -> None:
    """A rating alone cannot be practised."""
    assert () == deck(history(answer("debrief/asked-rating", "scale", 1, 1)))


def test_what_went_well_comes_again_later_than_what_went_badly() -> None:
    """The day moves with the rating, and is always after the practice."""
    days = []
    for rating in (1, 3, 4, 5):
        practised = (Practised(item=1, rating=rating, on=dt.date(2026, 11, 5), said=""),)
        days.append(due_on(2, ON, practised))
    assert sorted(days) == days
    assert days[0] < days[-1]
    assert days[0] > dt.date(2026, 11, 5)


def test_the_day_is_the_same_each_time_it_is_worked_out() -> None:
    """No chance is in it: two windows show the same day."""
    assert [due_on(3, ON)] * 5 == [due_on(3, ON) for _ in range(5)]


def test_a_good_answer_rests_longer_each_time() -> None:
    """Practised well again and again, a question comes up at ever longer intervals."""
    practised: tuple[Practised, ...] = ()
    day, waits = due_on(2, ON), []
    for number in range(4):
        practised = (*practised, Practised(item=number, rating=4, on=day, said=""))
        after = due_on(2, ON, practised)
        waits.append((after - day).days)
        day = after
    assert sorted(waits) == waits
    assert waits[-1] > waits[0]


def test_practices_belong_to_their_question_and_unrated_ones_do_not_count() -> None:
    """Each practice is found with its rating, its day and its words, the oldest first."""
    practices = [
        answer("learn/practice", "repeat", [1, 2, 3]),
        answer("learn/practised-question", "number", 1, 1, days=1),
        answer("learn/practised-rating", "scale", 3, 1, days=1),
        answer("learn/practised-question", "number", 1, 2, days=4),
        answer("learn/practised-rating", "scale", 4, 2, days=4),
        answer("learn/practised-said", "prose", "The number first.", 2, days=4),
        answer("learn/practised-question", "number", 1, 3, days=5),
    ]
    (card,) = deck(history(*asked(1, 2), *practices))
    found = [(one.rating, one.on.day, one.said) for one in card.practised]
    assert [(3, 3, ""), (4, 6, "The number first.")] == found
    assert card.due_on > dt.date(2026, 11, 6)
