"""Groups read together, and two of them side by side."""

import pytest

from rebound_widgets.insight import TooFew, answers_by, compare


def test_two_rates_that_look_different_may_not_be():
    """Customised letters got answers 34 % against 26 %, and invitations 3 in 95 against 11 in 348: no finding."""
    invited = compare((3, 95), (11, 348))
    assert "cannot-tell" == invited.verdict
    assert pytest.approx(0.0, abs=0.001) == invited.estimate
    assert invited.low < 0 < invited.high


def test_a_large_difference_is_told():
    """30 in 60 against 5 in 60 is a difference, and the first is higher."""
    found = compare((30, 60), (5, 60))
    assert ("first", True) == (found.verdict, found.low > 0.25)
    assert "second" == compare((5, 60), (30, 60)).verdict


def test_looking_at_many_pairs_widens_the_interval():
    """What is a finding alone is none where it was the best of twenty looked at."""
    assert "first" == compare((14, 40), (5, 40)).verdict
    guarded = compare((14, 40), (5, 40), looked_at=20)
    assert ("cannot-tell", 0.995) == (guarded.verdict, guarded.level)


def test_four_are_too_few_to_compare():
    """A pair with fewer than five on a side is not compared."""
    assert TooFew(have=4, need=5, of="applications") == compare((1, 4), (5, 60))


def test_small_groups_are_drawn_towards_the_whole(search, today):
    """Two answers of two from one board are not 100 %: the estimate moves most of the way to the whole."""
    history = search(
        {"times": 60, "sent": 60, "source": "Board A"},
        {"times": 20, "sent": 60, "source": "Board A", "outcome": "no"},
        {"times": 2, "sent": 60, "source": "A friend", "outcome": "no"},
    )
    groups = answers_by(history, today, "source")
    assert ["Board A", "A friend"] == [one.group for one in groups.groups]
    friend = groups.groups[1]
    assert (1.0, 2, "cannot-tell") == (friend.raw, friend.of, friend.verdict)
    assert groups.whole.estimate < friend.estimate < 0.8


def test_a_clear_group_is_told(search, today):
    """A source with 45 answers in 50 against 5 in 50 elsewhere stands out, and its mirror too."""
    history = search(
        {"times": 45, "sent": 60, "source": "Referral", "outcome": "no"},
        {"times": 5, "sent": 60, "source": "Referral"},
        {"times": 5, "sent": 60, "source": "Board", "outcome": "no"},
        {"times": 45, "sent": 60, "source": "Board"},
    )
    groups = answers_by(history, today, "source")
    assert {"Referral": "more", "Board": "fewer"} == {one.group: one.verdict for one in groups.groups}
    assert 2 == groups.read


def test_many_groups_of_chance_are_no_findings(search, today):
    """Among 30 sources of the same rate none is picked out, however far the luckiest lies above the rest."""
    rows = []
    for n in range(30):
        answered = (n * 7) % 5
        rows += [
            {"times": answered, "sent": 60, "source": f"s{n}", "outcome": "no"},
            {"times": 10 - answered, "sent": 60, "source": f"s{n}"},
        ]
    groups = answers_by(search(*rows), today, "source")
    assert 30 == groups.read
    assert {"cannot-tell"} == {one.verdict for one in groups.groups}


def test_interviews_and_answers_are_counted_apart(search, today):
    """A no is an answer and no interview."""
    history = search(
        {"times": 8, "sent": 60, "size": "10-49", "outcome": "no"},
        {"times": 2, "sent": 60, "size": "1000-up", "stage": "interview"},
    )
    answers, interviews = (answers_by(history, today, "size", counts) for counts in ("answer", "interview"))
    assert (10, 2) == (answers.whole.hits, interviews.whole.hits)
    assert {"10-49": 0, "1000-up": 2} == {one.group: one.hits for one in interviews.groups}


def test_seasons_are_quarters_of_the_year(search, today):
    """August and September are one season; what has no day has none."""
    history = search(
        {"times": 6, "sent": 60}, {"times": 3, "sent": 90}, {"times": 5, "sent": 150}, {"times": 2}
    )
    groups = answers_by(history, today, "season")
    assert {"07-09": 9, "04-06": 5} == {one.group: one.of for one in groups.groups}
    assert 2 == groups.unnamed


def test_one_group_alone_is_no_surer_than_any_rate(search, today):
    """With nothing beside it there is nothing to draw it towards: its interval is that of the whole."""
    history = search(
        {"times": 17, "sent": 60, "source": "Board", "outcome": "no"},
        {"times": 23, "sent": 60, "source": "Board"},
    )
    groups = answers_by(history, today, "source")
    (one,) = groups.groups
    whole = groups.whole
    assert pytest.approx((whole.low, whole.high)) == (one.low, one.high)
    assert "cannot-tell" == one.verdict


def test_no_group_is_said(search, today):
    """Where nobody wrote where they found the job, there is nothing to group by."""
    history = search({"times": 9, "sent": 60})
    assert TooFew(have=0, need=1, of="groups") == answers_by(history, today, "source")
    with pytest.raises(ValueError, match="Groups are by source"):
        answers_by(history, today, "luck")
