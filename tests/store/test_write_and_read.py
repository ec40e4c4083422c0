"""Writing answers and reading them again."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rebound_widgets.domain.record import Conflict, Write
from rebound_widgets.domain.refused import Refused
from rebound_widgets.store import Store, record_digest

Answer = Callable[..., Write]


def test_what_was_written_is_read_again(store: Store, answer: Answer, clock: Any) -> None:
    """An answer comes back as it was given, with its number, and when and where it was written."""
    (written,) = store.write([answer("I said: “Ärger”,\n\ttwo lines")], origin="page-7", change="change-1")
    assert written == store.get(written.record_id)
    assert (1, "answer", "I said: “Ärger”,\n\ttwo lines", False, 0, "change-1", "page-7") == (
        written.number,
        written.kind,
        written.body["value"],
        written.deleted,
        written.based_on,
        written.change,
        written.origin,
    )
    assert clock.now == written.made_at


def test_a_closed_workbook_opens_with_everything(path: Path, answer: Answer) -> None:
    """After closing and opening again every answer is there, with the same workbook id."""
    with Store.open(path) as first:
        first.write([answer("kept")])
        identity = first.workbook_id
    with Store.open(path) as second:
        assert ["kept"] == [revision.body["value"] for revision in second.current()]
        assert identity == second.workbook_id


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    value=st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(alphabet=st.characters(exclude_categories=["Cs"])),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
        max_leaves=8,
    )
)
def test_any_value_comes_back_equal(store: Store, answer: Answer, value: Any) -> None:
    """Whatever JSON can say is kept without a change, control characters and emoji included."""
    (written,) = store.write([answer(value, based_on=None)])
    found = store.get(written.record_id)
    assert found is not None
    assert value == found.body["value"]


def test_half_a_character_is_refused_with_a_sentence(store: Store, answer: Answer) -> None:
    """A lone surrogate, which no file can keep, is refused before anything is written, without quoting it."""
    with pytest.raises(Refused) as refused:
        store.write([answer("broken \ud83d emoji")])
    assert "text-half-character" == refused.value.rule
    assert "broken" not in refused.value.sentence
    assert [] == store.current()


def test_writing_over_a_newer_text_is_a_conflict(store: Store, answer: Answer) -> None:
    """A page that has not seen the newest text does not overwrite it; it is told what is there."""
    (first,) = store.write([answer("first")])
    (second,) = store.write([answer("second", based_on=first.number)])
    with pytest.raises(Conflict) as conflict:
        store.write([answer("late", based_on=first.number)])
    assert second == conflict.value.current
    assert "late" == conflict.value.write.body["value"]
    assert [first, second] == store.history_of(first.record_id)


def test_a_new_answer_over_an_existing_one_is_a_conflict(store: Store, answer: Answer) -> None:
    """Two pages that both think they write the first answer do not overwrite one another."""
    store.write([answer("mine")])
    with pytest.raises(Conflict):
        store.write([answer("yours", based_on=0)])
    assert ["mine"] == [revision.body["value"] for revision in store.current()]


def test_one_conflict_writes_nothing_of_the_change(store: Store, answer: Answer) -> None:
    """A change is all or none: where one record conflicts the others are not written either."""
    store.write([answer("there", item=2)])
    before = store.revision()
    with pytest.raises(Conflict):
        store.write([answer("new", item=1), answer("over", item=2), answer("new", item=3)])
    assert (before, 1) == (store.revision(), len(store.current()))


def test_the_same_text_again_is_no_new_revision(store: Store, answer: Answer) -> None:
    """A page that sends a text again after a lost acknowledgement gets the acknowledgement."""
    (first,) = store.write([answer("once")])
    (second,) = store.write([answer("twice", based_on=first.number)])
    assert [second] == store.write([answer("twice", based_on=first.number)])
    assert [second] == store.write([answer("twice", based_on=None)])
    assert 2 == store.revision()


def test_writing_in_spite_of_what_is_there(store: Store, answer: Answer) -> None:
    """A command that says "whatever is there" is based on what it found."""
    (first,) = store.write([answer("one")])
    (second,) = store.write([answer("two", based_on=None)])
    assert first.number == second.based_on


def test_deleting_keeps_the_last_state(store: Store, answer: Answer) -> None:
    """A deleted answer is no longer listed, yet its last words are still in its history."""
    (first,) = store.write([answer("words")])
    gone = Write(record_id=first.record_id, kind="answer", body={}, based_on=first.number, deleted=True)
    (deleted,) = store.write([gone])
    assert (True, "words") == (deleted.deleted, deleted.body["value"])
    assert ([], [deleted]) == (store.current(), store.current(deleted=True))
    assert deleted == store.get(first.record_id)
    assert [deleted] == store.write([gone])


def test_a_deleted_answer_can_be_written_again(store: Store, answer: Answer) -> None:
    """Writing on from the deletion brings the record back in its old place."""
    (first, _) = store.write([answer("one", item=1), answer("two", item=2)])
    (deleted,) = store.write([answer("one", item=1, based_on=first.number, deleted=True)])
    store.write([answer("again", item=1, based_on=deleted.number)])
    assert ["again", "two"] == [revision.body["value"] for revision in store.current()]


def test_records_are_listed_in_the_order_they_were_begun(store: Store, answer: Answer) -> None:
    """Editing a record does not move it in the list, and the list can be one kind only."""
    store.write([answer("a", item=1), answer("b", item=2)])
    application = Write(record_id="application-1", kind="application", body={"company": "Acme"}, based_on=0)
    store.write([application])
    store.write([answer("c", item=1, based_on=None)])
    assert ["c", "b"] == [revision.body["value"] for revision in store.current("answer")]
    assert ["application-1"] == [revision.record_id for revision in store.current("application")]
    assert 3 == len(store.current())


def test_since_tells_what_changed(store: Store, answer: Answer) -> None:
    """What changed after a number is each changed record once, in its newest state, deleted ones too."""
    store.write([answer("a", item=1), answer("b", item=2), answer("c", item=3)])
    seen = store.revision()
    store.write([answer("a2", item=1, based_on=None)])
    store.write([answer("a3", item=1, based_on=None)])
    store.write([answer("b", item=2, based_on=None, deleted=True)])
    assert [("a3", False), ("b", True)] == [(r.body["value"], r.deleted) for r in store.since(seen)]
    assert [] == store.since(store.revision())


def test_another_connection_sees_the_newest_number(path: Path, store: Store, answer: Answer) -> None:
    """One window notices what another has written by one number."""
    with Store.open(path) as other:
        assert 0 == other.revision()
        store.write([answer("x")])
        assert 1 == other.revision()
        assert ["x"] == [revision.body["value"] for revision in other.current()]


def test_moments_are_kept_in_utc(path: Path, answer: Answer) -> None:
    """A clock of another time zone gives the same moment in UTC."""
    there = dt.datetime(2026, 11, 5, 23, 30, 1, 5, tzinfo=dt.timezone(dt.timedelta(hours=9)))
    with Store.open(path, clock=lambda: there) as store:
        (written,) = store.write([answer("x")])
        found = store.get(written.record_id)
    assert found is not None
    assert "2026-11-05T14:30:01.000005+00:00" == found.made_at.isoformat()


def test_nothing_to_write_is_nothing_written(store: Store) -> None:
    """An empty change gives an empty list and no number."""
    assert ([], 0) == (store.write([]), store.revision())


def test_faults_of_the_program_are_not_written(store: Store, answer: Answer) -> None:
    """An unknown kind, another kind for a record, a record twice, or no JSON stops the program."""
    store.write([answer("x")])
    other = Write(record_id="answer-own/debrief/asked-text/1", kind="note", body={}, based_on=None)
    for writes in (
        [Write(record_id="a", kind="nonsense", body={}, based_on=0)],
        [other],
        [answer("a", item=5), answer("b", item=5)],
        [answer(float("nan"), item=6)],
    ):
        with pytest.raises(ValueError, match=r"kind|two writes|JSON"):
            store.write(writes)
    with pytest.raises(TypeError, match="plain JSON"):
        store.write([answer(dt.date(2026, 1, 1), item=7)])
    assert 1 == store.revision()


def test_digests_tell_whether_two_workbooks_are_equal(
    path: Path, store: Store, answer: Answer, tmp_path: Path
) -> None:
    """The same records give the same digests whatever was written on the way; another letter another one."""
    store.write([answer("draft", item=1), answer("b", item=2), answer("gone", item=3)])
    store.write([answer("final", item=1, based_on=None), answer("gone", item=3, based_on=None, deleted=True)])
    with Store.open(tmp_path / "copy" / "workbook.rebound") as copy:
        copy.write([answer("b", item=2), answer("final", item=1)])
        assert store.digests() == copy.digests()
        copy.write([answer("final.", item=1, based_on=None)])
        assert store.digests() != copy.digests()
    (first, *_) = store.current()
    assert record_digest(first.record_id, first.kind, first.body) == store.digests()[first.record_id]


def test_a_digest_is_what_the_reference_says() -> None:
    """The digest of a record is SHA-256 of its canonical JSON, so that anybody can compute it."""
    plain = '{"body":{"item":1,"value":"ä"},"kind":"answer","record_id":"answer-1"}'
    expected = hashlib.sha256(plain.encode()).hexdigest()
    assert "2beb125b707f7d3a" == expected[:16]
    assert expected == record_digest("answer-1", "answer", {"value": "ä", "item": 1})


def test_a_hundred_thousand_records_in_one_change(
    path: Path, store: Store, applications: Callable[[int], list[Write]]
) -> None:
    """A large import is one change, takes a few seconds, and is all there."""
    writes = applications(100_000)
    begun = time.process_time()
    written = store.write(writes, change="change-import")
    assert time.process_time() - begun < 10
    assert 100_000 == len(written) == store.revision()
    assert written[99_999] == store.get("application-099999")
    (summary,) = store.changes()
    assert ({"application": 100_000}, 0, 100_000) == (summary.kinds, summary.deleted_count, summary.standing)


def test_progress_is_told_and_ends_at_the_whole(
    store: Store, applications: Callable[[int], list[Write]]
) -> None:
    """A long write says how far it is, in growing numbers up to all of them."""
    told: list[tuple[int, int]] = []
    store.write(applications(5_000), progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert (5_000, 5_000) == told[-1]
    assert len(told) > 1


@pytest.mark.parametrize("stop_at", [1, 2, 4])
def test_a_cancelled_write_leaves_nothing(
    store: Store, applications: Callable[[int], list[Write]], stop_at: int
) -> None:
    """Stopping a long write at any of its steps leaves the workbook as it was and says so."""
    asked = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) >= stop_at

    with pytest.raises(Refused) as refused:
        store.write(applications(5_000), cancelled=cancelled)
    assert ("change-cancelled", 0, []) == (refused.value.rule, store.revision(), store.check())
    # What was prepared and not written must not come along with the next save.
    store.write(applications(1))
    assert 1 == store.revision()


def test_no_word_reaches_an_error_or_a_log(
    store: Store, answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    """When SQLite itself refuses, neither the error nor any log line holds what the person wrote."""
    caplog.set_level(logging.DEBUG)
    store.write([answer("a secret nobody reads")])
    with (
        store._engine.connect() as connection,
        pytest.raises(Exception, match="no column named absent") as raised,
    ):
        connection.exec_driver_sql("INSERT INTO revision (absent) VALUES (?)", ("a secret nobody reads",))
    assert "secret" not in str(raised.value)
    assert "secret" not in caplog.text


def test_a_clock_set_back_between_two_saves_changes_no_order(
    store: Store, answer: Answer, clock: Any
) -> None:
    """What was written last is what stands, whatever the machine's clock says of it."""
    (first,) = store.write([answer("first")])
    clock.now -= dt.timedelta(days=2)
    (second,) = store.write([answer("second", based_on=first.number)])
    clock.now += dt.timedelta(days=400)
    (third,) = store.write([answer("third", based_on=second.number)])
    clock.now -= dt.timedelta(days=800)
    assert [first, second, third] == store.history_of(first.record_id)
    assert [third] == store.current("answer")
    assert [] == store.check()


def test_what_was_written_need_not_be_read_back(store: Store, answer: Answer) -> None:
    """An import wants no hundred thousand revisions returned; they are on disk all the same."""
    assert [] == store.write([answer("kept")], give_back=False)
    assert ["kept"] == [revision.body["value"] for revision in store.current()]
