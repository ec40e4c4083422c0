"""The records as they are now, kept in memory and brought up to date by what changed."""

from __future__ import annotations

from ..domain.record import Revision
from ..store import Store

MANY = 1_000
"""From so many revisions on, everything is read again instead of what changed."""


class Present:
    """Every record's current revision. A page asks dozens of times for each revision, and the file once.

    Args:
        store: Where the records are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._number = -1
        self._generation = -1
        self._live: dict[str, Revision] = {}
        self._deleted: dict[str, Revision] = {}

    def reach(self, revision: int) -> None:
        """Read what was written up to ``revision``, at least; asks the file nothing where that is known."""
        if revision <= self._number:
            return
        newest = self._store.revision()
        # After an import all of it is read once, not first what is new and then everything.
        many = newest - self._number > MANY
        if self._generation < 0 or many or not self._merge(self._store.since(self._number)):
            self._read_all()
        self._number = newest

    def look_again(self) -> None:
        """Forget what was taken away for good, here or in another process; ``reach`` cannot see that."""
        if self._generation not in (-1, self._store.generation()):
            self._number = self._generation = -1

    def all(self, kind: str | None = None) -> list[Revision]:
        """The live records, in the order they were begun."""
        return [record for record in self._live.values() if kind is None or record.kind == kind]

    def get(self, record_id: str) -> Revision | None:
        """A record, a deleted one too; ``None`` where there is none."""
        return self._live.get(record_id) or self._deleted.get(record_id)

    def _merge(self, changed: list[Revision]) -> bool:
        """Take what changed; ``False`` where only the file knows the order in which records were begun."""
        new = [record for record in changed if self.get(record.record_id) is None]
        came_back = [record for record in changed if record.record_id in self._deleted and not record.deleted]
        if len(new) > 1 or came_back:
            return False
        for record in changed:
            if record.deleted:
                self._live.pop(record.record_id, None)
                self._deleted[record.record_id] = record
            else:
                self._live[record.record_id] = record
        return True

    def _read_all(self) -> None:
        self._generation = self._store.generation()
        self._live = {record.record_id: record for record in self._store.current()}
        gone = self._store.current(deleted=True)
        self._deleted = {record.record_id: record for record in gone if record.record_id not in self._live}
