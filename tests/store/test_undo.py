"""Taking changes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rebound_widgets.domain.record import Write
from rebound_widgets.domain.refused import Refused
from rebound_widgets.store import Store

Answer = Callable[..., Write]


def test_undoing_a_deletion_brings_the_words_back(store: Store, answer: Answer) -> None:
    """A deleted answer comes back with its last words."""
    (first,) = store.write([answer("words")])
    (gone,) = store.write([answer("words", based_on=first.number, deleted=True)])
    undone = store.undo(gone.change, origin="page-1")
    assert [] == undone.left
    assert [("words", False, "page-1")] == [(r.body["value"], r.deleted, r.origin) for r in undone.restored]
    assert undone.restored == store.current()


def test_undoing_an_import_takes_its_records_away(
    store: Store, answer: Answer, applications: Callable[[int], list[Write]]
) -> None:
    """After undoing an import the workbook shows what it showed before, and the history still has it all."""
    store.write([answer("own words")])
    before = store.digests()
    store.write(applications(300), change="change-import", origin="import")
    undone = store.undo("change-import")
    assert (300, [], before) == (len(undone.restored), undone.left, store.digests())
    assert [False, True] == [r.deleted for r in store.history_of("application-000007")]
    assert "Firm 7" == store.history_of("application-000007")[-1].body["company"]


def test_undoing_an_edit_brings_the_text_before_it_back(store: Store, answer: Answer) -> None:
    """Each record goes back to what it was before the change, also when the change wrote it twice."""
    store.write([answer("a", item=1), answer("b", item=2)])
    store.write([answer("a2", item=1, based_on=None)], change="change-edit")
    store.write([answer("a3", item=1, based_on=None), answer("new", item=3)], change="change-edit")
    store.undo("change-edit")
    assert ["a", "b"] == [revision.body["value"] for revision in store.current()]


def test_what_was_changed_since_is_left_alone_and_named(store: Store, answer: Answer) -> None:
    """Undo never overwrites newer words: it leaves that record and says which."""
    store.write([answer("a", item=1), answer("b", item=2)], change="change-import")
    (newer,) = store.write([answer("newer words", item=1, based_on=None)])
    undone = store.undo("change-import")
    assert [newer.record_id] == undone.left
    assert ["newer words"] == [revision.body["value"] for revision in store.current()]


def test_an_undo_can_be_undone(store: Store, answer: Answer) -> None:
    """Undoing the undo brings everything back."""
    store.write([answer("a", item=1), answer("b", item=2)], change="change-import")
    before = store.digests()
    undone = store.undo("change-import")
    assert {} == store.digests()
    store.undo(undone.change)
    assert before == store.digests()


def test_undoing_twice_changes_nothing_more(store: Store, answer: Answer) -> None:
    """A second click on undo finds nothing as the change left it, so it leaves all alone."""
    store.write([answer("a")], change="change-1")
    store.undo("change-1")
    seen = store.revision()
    again = store.undo("change-1")
    assert ([], 1, seen) == (again.restored, len(again.left), store.revision())


def test_undoing_a_change_that_is_not_there(store: Store) -> None:
    """An unknown change is refused with a sentence."""
    with pytest.raises(Refused) as refused:
        store.undo("change-never")
    assert "change-unknown" == refused.value.rule


def test_many_records_are_undone_at_once(store: Store, applications: Callable[[int], list[Write]]) -> None:
    """A large import is taken back in one change."""
    store.write(applications(5_000), change="change-import")
    assert 5_000 == len(store.undo("change-import").restored)
    assert ([], []) == (store.current(), store.check())


def test_changes_are_listed_newest_first(store: Store, answer: Answer, clock: Any) -> None:
    """The list of changes says when, whence, how many of each kind, how many deletions, and what stands."""
    begun = clock.now
    store.write([answer("a", item=1), answer("b", item=2)], change="change-1", origin="import")
    clock.advance(days=1)
    store.write([answer("a", item=1, based_on=None, deleted=True)], change="change-2", origin="page-1")
    second, first = store.changes()
    assert ("change-2", {"answer": 1}, 1, 1, "page-1") == (
        second.change,
        second.kinds,
        second.deleted_count,
        second.standing,
        second.origin,
    )
    assert ("change-1", {"answer": 2}, 0, 1, begun) == (
        first.change,
        first.kinds,
        first.deleted_count,
        first.standing,
        first.made_at,
    )


def test_changes_are_listed_for_ninety_days(store: Store, answer: Answer, clock: Any) -> None:
    """A change is in the list for 90 days, and can be undone after that as well."""
    store.write([answer("a")], change="change-1")
    clock.advance(days=90)
    assert ["change-1"] == [change.change for change in store.changes()]
    clock.advance(seconds=1)
    assert [] == store.changes()
    assert 1 == len(store.undo("change-1").restored)


def test_what_was_put_back_need_not_be_read(store: Store, answer: Answer) -> None:
    """An import of a hundred thousand rows is taken back without returning them; what was left is named."""
    first, second = store.write([answer("one", item=1), answer("two", item=2)], change="change-import")
    store.write([answer("mine", item=2, based_on=None)])
    undone = store.undo("change-import", give_back=False)
    assert ([], [second.record_id]) == (undone.restored, undone.left)
    assert ["mine"] == [revision.body["value"] for revision in store.current()]
    assert first.record_id == store.current(deleted=True)[0].record_id
