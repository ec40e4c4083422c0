"""What an export is made of: the records of a store, of a history, or as they are given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from ...domain.record import Revision
from ..history import History


@runtime_checkable
class Keeps(Protocol):
    """The part of a store an export reads."""

    @property
    def workbook_id(self) -> str: ...

    def current(self, kind: str | None = None, *, deleted: bool = False) -> list[Revision]: ...

    def history_of(self, record_id: str) -> list[Revision]: ...


Source = Keeps | History | Iterable[Revision]


@dataclass(frozen=True, kw_only=True)
class Records:
    """Everything there is to write out.

    Attributes:
        workbook: The workbook's id; empty where the source has none.
        revisions: All revisions, oldest first.
    """

    workbook: str
    revisions: tuple[Revision, ...]

    @classmethod
    def of(cls, source: Source) -> Records:
        """The records of a source: all revisions of a store, what there is of anything else."""
        if isinstance(source, Keeps):
            found: list[Revision] = []
            for current in (*source.current(), *source.current(deleted=True)):
                # A record's first revision is based on none, so it needs no look for older ones.
                found += [current] if current.based_on == 0 else source.history_of(current.record_id)
            workbook = source.workbook_id
        elif isinstance(source, History):
            found, workbook = source.all_records(), ""
        else:
            found, workbook = list(source), ""
        return cls(workbook=workbook, revisions=tuple(sorted(found, key=lambda r: r.number)))

    def history(self) -> History:
        """The search these records tell, in order of the records' first revisions."""
        return History.of(self.revisions)
