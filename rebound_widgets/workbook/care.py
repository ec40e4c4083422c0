"""What keeps a workbook safe: backups, bringing one back, and erasing for good."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import traitlets

from .. import places
from ..domain.record import RECORD_KINDS, Revision
from ..domain.refused import Refused
from ..store import (
    Backup,
    Erased,
    Restored,
    RestorePlan,
    Store,
    concerns_about,
    list_backups,
    plan_restore,
    restore,
    utc_now,
)
from .keeping import Keeper

FILE_NAME = "workbook.rebound"


@dataclass(frozen=True, kw_only=True)
class ErasePlan:
    """What erasing would take away.

    Attributes:
        records: The ids of the records, deleted ones too.
        kinds: How many of each kind, in the order of ``RECORD_KINDS``.
        revisions: How many states of them there are.
        backups: How many backups would be gone through, or deleted where everything is erased.
    """

    records: tuple[str, ...]
    kinds: Mapping[str, int]
    revisions: int
    backups: int


class Care(traitlets.HasTraits):
    """The part of an open workbook that keeps it safe; ``Workbook`` is one."""

    store: Store
    _keeper: Keeper
    _concerns: list[Refused] | None = None

    def poll(self) -> None:
        """Notice what was written elsewhere."""
        raise NotImplementedError

    # Backups -----------------------------------------------------------------------------------------------

    @property
    def backup_refused(self) -> Refused | None:
        """Why the last backup that was due could not be made; ``None`` when all is well."""
        return self._keeper.refused

    def concerns(self) -> list[Refused]:
        """What speaks against the folder the workbook lies in, each with the way out; looked up once."""
        if self._concerns is None:
            self._concerns = concerns_about(self.store.path.parent)
        return self._concerns

    def backups(self) -> list[Backup]:
        """The backups there are, oldest first."""
        return self.store.backups()

    def back_up(self) -> Backup:
        """Make a backup now and verify it; for a worker, since a large workbook takes seconds.

        Raises:
            Refused: no room, or the workbook is damaged.
        """
        with self._keeper.held():
            return self.store.backup()

    def plan_restore(self, source: Path) -> RestorePlan:
        """What would change if ``source`` were brought back; changes nothing.

        Raises:
            Refused: the backup is missing, damaged, or of a newer format.
        """
        return self.store.plan_restore(source)

    def restore(self, source: Path) -> Restored:
        """Make the workbook what it was in ``source``; the present state is kept as a backup.

        Raises:
            Refused: the backup is missing, damaged, or of a newer format. The workbook is as it was.
        """
        with self._keeper.held():
            restored = self.store.restore(source)
        self.poll()
        return restored

    # Erasing -----------------------------------------------------------------------------------------------

    def plan_erase(self, *, record: str | None = None, chapter: str | None = None) -> ErasePlan:
        """What erasing a record, a chapter or, with neither, everything would take away.

        Raises:
            Refused: there is no such record, or no answer in such a chapter.
        """
        there = [*self.store.current(), *self.store.current(deleted=True)]
        if record is not None:
            doomed = _with_belonging(record, there)
        elif chapter is not None:
            doomed = _of_chapter(chapter, there)
        else:
            doomed = there
        counted = Counter(r.kind for r in doomed)
        return ErasePlan(
            records=tuple(r.record_id for r in doomed),
            kinds={kind: counted[kind] for kind in RECORD_KINDS if counted[kind]},
            revisions=sum(len(self.store.history_of(r.record_id)) for r in doomed),
            backups=len(self.backups()),
        )

    def erase_record(self, record_id: str, *, words: Collection[str] = ()) -> Erased:
        """Erase a record and what belongs to it, for good, from backups too.

        An application takes its interviews along, and either takes the answers about it.

        Args:
            record_id: The record, live or deleted.
            words: Further words to look for in the folder afterwards.

        Raises:
            Refused: there is no such record, or another window keeps the file busy.
        """
        doomed = self.plan_erase(record=record_id).records
        return self._erase(lambda: self.store.erase_records(doomed, words=words))

    def erase_records(self, record_ids: Collection[str]) -> Erased:
        """Erase these records alone, for good, from backups too; ids that are nowhere are passed over.

        Raises:
            Refused: another window keeps the file busy.
        """
        return self._erase(lambda: self.store.erase_records(record_ids))

    def erase_chapter(self, chapter: str, *, words: Collection[str] = ()) -> Erased:
        """Erase every answer of a chapter, for good, from backups too; otherwise as ``erase_record``."""
        self.plan_erase(chapter=chapter)
        return self._erase(lambda: self.store.erase_chapter(chapter, words=words))

    def erase_everything(self, *, words: Collection[str] = ()) -> Erased:
        """Erase every record and every backup for good; what is left is an empty workbook."""
        return self._erase(lambda: self.store.erase_everything(words=words))

    def _erase(self, work: Callable[[], Erased]) -> Erased:
        # A backup made meanwhile would hold what is being erased.
        with self._keeper.held():
            erased = work()
        self.poll()
        return erased


def _with_belonging(record_id: str, there: list[Revision]) -> list[Revision]:
    if all(r.record_id != record_id for r in there):
        raise Refused(
            "erase-no-record", "Your workbook has no record with the id {got!r}.", got=record_id[:60]
        )
    about = {record_id}
    about |= {
        r.record_id for r in there if r.kind == "interview" and r.body.get("application_id") == record_id
    }
    return [
        r
        for r in there
        if r.record_id in about or r.body.get("subject") in about or r.body.get("application_id") in about
    ]


def _of_chapter(chapter: str, there: list[Revision]) -> list[Revision]:
    begin = f"{chapter}/"
    found = [r for r in there if r.kind == "answer" and str(r.body.get("question")).startswith(begin)]
    if not found:
        named = sorted({str(r.body.get("question")).partition("/")[0] for r in there if r.kind == "answer"})
        raise Refused(
            "erase-no-chapter",
            "Your workbook has no answers in a chapter called {got!r}; it has some in: {named}.",
            got=chapter[:60],
            named=", ".join(named) or "none",
        )
    return found


# A workbook that need not be open, nor readable ----------------------------------------------------------


def backups_of(home: Path | None = None) -> list[Backup]:
    """The backups of the workbook in ``home``, oldest first, whatever state the workbook is in."""
    return list_backups(places.home(home) / "backups")


def choose_backup(name: str | None, home: Path | None = None) -> Path:
    """The backup a person names.

    Args:
        name: A file, a name in the folder of backups, or the beginning of one, such as a day; the newest of
            those that begin so is taken. ``None`` is the newest of all.
        home: The person's folder.

    Raises:
        Refused: there is none.
    """
    there = backups_of(home)
    if not there and name is None:
        raise Refused(
            "backup-none", "There are no backups in {folder} yet.", folder=places.home(home) / "backups"
        )
    if name is None:
        return there[-1].path
    if Path(name).expanduser().is_file():
        return Path(name).expanduser()
    found = [backup.path for backup in there if name and backup.path.name.startswith(name)]
    if not found:
        raise Refused(
            "backup-unknown",
            "There is no backup called {got!r}. Name a file, a backup or the day of one; "
            "“rebound backup --list” shows them.",
            got=name[:120],
        )
    return found[-1]


def plan_bring_back(source: Path, home: Path | None = None) -> RestorePlan:
    """What would change if ``source`` were brought back, also over a damaged or missing workbook.

    Raises:
        Refused: the backup is missing, damaged, or of a newer format.
    """
    return plan_restore(places.home(home) / FILE_NAME, source)


def bring_back(
    source: Path, home: Path | None = None, *, clock: Callable[[], dt.datetime] = utc_now
) -> Restored:
    """Make the workbook in ``home`` what it was in ``source``, also over a damaged or missing one.

    What is there is kept: as a backup, or as it is with a name that ends in ``.damaged``.

    Raises:
        Refused: the backup is missing, damaged, or of a newer format. The workbook is as it was.
    """
    folder = places.home(home)
    return restore(folder / FILE_NAME, source, backups=folder / "backups", now=clock())
