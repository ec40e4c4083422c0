"""Filling an empty workbook with the revisions of another."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.domain.record import Revision, Write
from rebound_widgets.domain.refused import Refused
from rebound_widgets.store import Store

Answer = Callable[..., Write]


def every_revision(store: Store) -> list[Revision]:
    """All of them, by number."""
    records = (*store.current(), *store.current(deleted=True))
    found = [revision for record in records for revision in store.history_of(record.record_id)]
    return sorted(found, key=lambda revision: revision.number)


@pytest.fixture
def lived(store: Store, answer: Answer) -> Store:
    """A workbook with an edit, a deletion, and an erasure in the middle."""
    store.write([answer("a", item=1), answer("b", item=2), answer("c", item=3)])
    store.write([answer("a2", item=1, based_on=None), answer("b", item=2, based_on=None, deleted=True)])
    store.erase_records([answer("c", item=3).record_id])
    store.write([answer("d", item=4)])
    return store


def test_a_filled_workbook_is_the_same(lived: Store, tmp_path: Path, clock: Any, answer: Answer) -> None:
    """Digests, numbers, moments and changes are those of the other; erased numbers are never given again."""
    with Store.open(tmp_path / "new" / "workbook.rebound", clock=clock) as new:
        new.bring(every_revision(lived))
        assert (every_revision(lived), []) == (every_revision(new), new.check())
        assert (lived.digests(), lived.revision()) == (new.digests(), new.revision())
        (further,) = new.write([answer("e", item=5)])
        assert lived.revision() + 1 == further.number


def test_only_an_empty_workbook_is_filled(lived: Store) -> None:
    """Numbers that are taken stand for one text for ever."""
    before = lived.digests()
    with pytest.raises(Refused) as refused:
        lived.bring(every_revision(lived))
    assert ("bring-not-empty", before, []) == (refused.value.rule, lived.digests(), lived.check())


def test_what_makes_no_whole_workbook_is_refused(lived: Store, tmp_path: Path, clock: Any) -> None:
    """An edited export with impossible numbers leaves the workbook empty and whole."""
    first, *rest = every_revision(lived)
    with Store.open(tmp_path / "new" / "workbook.rebound", clock=clock) as new:
        with pytest.raises(Refused) as refused:
            new.bring([dataclasses.replace(first, number=0), *rest])
        assert ("bring-not-whole", 0, []) == (refused.value.rule, new.revision(), new.check())
        new.bring([])
        assert 0 == new.revision()
