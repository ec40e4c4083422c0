"""Two writers on one workbook, doing whatever people and machines do, in any order.

A model beside them knows every text that was acknowledged. ``REBOUND_STEPS`` says how many steps in all (400
where it does not).
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from rebound_widgets.domain.record import Conflict, Revision, Write
from rebound_widgets.store import Backup, Store, opening, schema

STEPS = int(os.environ.get("REBOUND_STEPS", "400"))
STEPS_AT_ONCE = 50

RECORDS = st.sampled_from([f"answer-own/debrief/asked-text/{item}" for item in range(4)])
WRITERS = st.sampled_from(["a", "b"])
WORDS = st.text(alphabet="abcü😀\n\"'\\", max_size=12)


@dataclass
class Truth:
    """What must be in the workbook: each record's revisions as number, words and whether deleted."""

    records: dict[str, list[tuple[int, str, bool]]] = field(default_factory=dict)

    def copy(self) -> Truth:
        return Truth({record_id: list(states) for record_id, states in self.records.items()})

    def current(self, record_id: str) -> tuple[int, str, bool] | None:
        states = self.records.get(record_id)
        return states[-1] if states else None

    def add(self, revision: Revision) -> None:
        states = self.records.setdefault(revision.record_id, [])
        if not states or states[-1][0] != revision.number:
            assert not states or states[-1][0] < revision.number
            states.append((revision.number, revision.body["value"], revision.deleted))


class TwoWriters(RuleBasedStateMachine):
    """Writers ``a`` and ``b``, each with what it last saw; the truth; and counts for the report."""

    children: ClassVar[Any]
    later: ClassVar[Path]
    steps: ClassVar[int] = 0
    conflicts: ClassVar[int] = 0
    names: ClassVar[int] = 0

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "workbook.rebound"
        self.released = schema.FORMAT, opening.SCRIPTS
        self.truth = Truth()
        # A clock that only the steps move: a run that depends on the real one cannot be repeated.
        self.now = dt.datetime(2026, 11, 5, 14, 3, tzinfo=dt.UTC)
        self.writers = {name: self.opened() for name in ("a", "b")}
        self.seen: dict[str, dict[str, int]] = {"a": {}, "b": {}}
        self.changes: list[str] = []
        self.kept: list[tuple[Backup, Truth]] = []
        self.highest = 0

    def opened(self) -> Store:
        return Store.open(self.path, clock=lambda: self.now)

    def teardown(self) -> None:
        for store in getattr(self, "writers", {}).values():
            store.close()
        if hasattr(self, "folder"):
            schema.FORMAT, opening.SCRIPTS = self.released
            shutil.rmtree(self.folder)

    # What the writers do

    @rule(writer=WRITERS, record_id=RECORDS, words=WORDS, deleted=st.booleans().filter(bool) | st.just(False))
    def write(self, writer: str, record_id: str, words: str, deleted: bool) -> None:
        """Write, edit or delete, based on whatever this writer saw last, which may be old."""
        self.keep(writer, record_id, words, deleted=deleted)

    @rule(record_id=RECORDS, words=WORDS)
    def write_at_once(self, record_id: str, words: str) -> None:
        """Both write to one record, neither having seen what the other wrote."""
        self.keep("a", record_id, words, deleted=False)
        self.keep("b", record_id, f"{words}!", deleted=False)

    def keep(self, writer: str, record_id: str, words: str, *, deleted: bool) -> None:
        based_on = self.seen[writer].get(record_id, 0)
        current = self.truth.current(record_id)
        wish = Write(
            record_id=record_id,
            kind="answer",
            body={"question": "debrief/asked-text", "value": words},
            based_on=based_on,
            deleted=deleted,
        )
        same = current is not None and current[2] == deleted and (deleted or current[1] == words)
        try:
            (written,) = self.writers[writer].write([wish])
        except Conflict as conflict:
            self.told(conflict, current, same=same, based_on=based_on)
            # The page shows both; the next write is based on what is there.
            self.seen[writer][record_id] = conflict.current.number
            return
        assert current is None or same or based_on == current[0], "a silent overwrite"
        assert written.number == current[0] if same and current else written.number > self.highest
        self.truth.add(written)
        self.seen[writer][record_id] = written.number
        self.changes.append(written.change)

    def told(
        self, conflict: Conflict, current: tuple[int, str, bool] | None, *, same: bool, based_on: int
    ) -> None:
        """Hold that the writer was told of a conflict with what is really there."""
        type(self).conflicts += 1
        assert current is not None
        assert not same
        assert based_on != current[0]
        assert current[:2] == (conflict.current.number, conflict.current.body["value"])

    @rule(writer=WRITERS)
    def look(self, writer: str) -> None:
        """Read everything again."""
        store = self.writers[writer]
        self.seen[writer] = {
            revision.record_id: revision.number
            for revision in (*store.current(), *store.current(deleted=True))
        }

    @precondition(lambda self: self.changes)
    @rule(writer=WRITERS, which=st.integers(0, 10**6))
    def undo(self, writer: str, which: int) -> None:
        """Take back any change there ever was."""
        change = self.changes[which % len(self.changes)]
        before = self.truth.copy()
        store = self.writers[writer]
        if not any(summary.change == change for summary in store.changes(days=10**4)):
            return
        undone = store.undo(change)
        for revision in undone.restored:
            now = before.current(revision.record_id)
            assert now is not None
            self.truth.add(revision)
        for record_id in undone.left:
            assert before.current(record_id) == self.truth.current(record_id)
        if undone.restored:
            self.changes.append(undone.change)

    @rule(record_id=RECORDS)
    def erase(self, record_id: str) -> None:
        """Erase a record for good."""
        self.writers["a"].erase_records([record_id])
        self.truth.records.pop(record_id, None)
        # Restoring makes backups of its own, in the same second perhaps.
        backups = {(backup.made_at, backup.reason): backup for backup in self.writers["a"].backups()}
        for _, truth in self.kept:
            truth.records.pop(record_id, None)
        self.kept = [(backups[kept.made_at, kept.reason], truth) for kept, truth in self.kept]

    # What machines do

    @rule(writer=WRITERS)
    def reopen(self, writer: str) -> None:
        """Close the workbook and open it again."""
        self.writers[writer].close()
        self.writers[writer] = self.opened()

    @rule(pause_ms=st.integers(0, 12))
    def crash(self, pause_ms: int) -> None:
        """A third process writes and is killed at any moment; what it was told is saved is there."""
        type(self).names += 1
        child = self.children.start(
            "write_answers",
            path=self.path,
            name=f"crash{self.names}",
            together=2,
            knows=(str(opening.SCRIPTS), schema.FORMAT),
        )
        child.wait_until(2)
        time.sleep(pause_ms / 1000)
        said = child.kill()
        assert all(isinstance(line, list) for line in said[1:]), said
        acknowledged = {record_id for ids in said[1:] for record_id in ids}
        there = self.writers["b"].since(self.highest)
        assert acknowledged <= {revision.record_id for revision in there}
        assert 0 == len(there) % 2
        for revision in there:
            self.truth.add(revision)

    @precondition(lambda self: len(self.kept) < 3)
    @rule(writer=WRITERS)
    def back_up(self, writer: str) -> None:
        """Make a backup, each in a second of its own."""
        self.now += dt.timedelta(seconds=1)
        self.kept.append((self.writers[writer].backup(), self.truth.copy()))

    @precondition(lambda self: self.kept)
    @rule(writer=WRITERS, which=st.integers(0, 2))
    def restore(self, writer: str, which: int) -> None:
        """Bring a backup back; the other writer knows nothing of it."""
        backup, truth = self.kept[which % len(self.kept)]
        self.writers[writer].restore(backup.path)
        self.truth = truth.copy()

    @precondition(lambda self: schema.FORMAT == self.released[0])
    @rule()
    def migrate(self) -> None:
        """Install a later Rebound, which brings the file up when it next opens it."""
        for store in self.writers.values():
            store.close()
        schema.FORMAT, opening.SCRIPTS = self.released[0] + 2, self.later
        self.writers = {name: self.opened() for name in self.writers}

    # What holds after every step

    @invariant()
    def nothing_is_lost(self) -> None:
        """Every text the truth knows is there, under its number, in its order, and nothing else."""
        if not hasattr(self, "writers"):
            return
        type(self).steps += 1
        store = self.writers["b"]
        found = {
            revision.record_id: [
                (r.number, r.body["value"], r.deleted) for r in store.history_of(revision.record_id)
            ]
            for revision in (*store.current(), *store.current(deleted=True))
        }
        assert self.truth.records == found
        assert self.highest <= store.revision()
        self.highest = store.revision()
        assert [] == self.writers["a"].check()


@pytest.mark.slow
def test_two_writers_never_overwrite_one_another(
    children: Any, later_formats: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever order things happen in, no acknowledged text is overwritten unseen.

    Things: writing, editing, undoing, deleting, erasing, crashing, backing up, restoring and migrating.
    """
    later_formats(
        "op.add_column('revision', sa.Column('mood', sa.Text))",
        "op.create_table('extra', sa.Column('x', sa.Text))",
    )
    TwoWriters.children, TwoWriters.later = children, opening.SCRIPTS
    monkeypatch.undo()
    while TwoWriters.steps < STEPS:  # some runs end before their last step
        left = STEPS - TwoWriters.steps
        run_machine(
            TwoWriters,
            settings=settings(
                max_examples=-(-left // STEPS_AT_ONCE),
                stateful_step_count=STEPS_AT_ONCE,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                phases=(Phase.explicit, Phase.reuse, Phase.generate),
            ),
        )
    print(f"{TwoWriters.steps} steps, {TwoWriters.conflicts} conflicts told, 0 silent overwrites")
    assert TwoWriters.conflicts > 0
