"""One open workbook file: reading, writing, and what keeps it safe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Select, delete, select

from ..domain.record import Revision, Write, new_id
from ..domain.refused import Refused
from . import backups as backups_
from . import bringing, erasing, restoring, schema, undoing
from .checking import problems
from .connection import header_number, refusing, set_aside, writing
from .opening import open_engine
from .rows import REVISION_COLUMNS, Clock, as_revisions, as_text, utc_now
from .schema import record, revision, staged
from .writing import Cancelled, Progress, append_staged, newest_number, read_staged, stage, stop_if

_CURRENT = select(*REVISION_COLUMNS).join(record, record.c.current == revision.c.number)


class Store:
    """A workbook file, open. Any number of threads and processes may have one file open at once.

    Every method may raise ``Refused`` with a sentence for the person: the file is damaged, busy, read-only or
    gone, or the disk is full. A write that was refused left nothing behind.

    Attributes:
        path: The file.
        backup_folder: Where its backups are.
    """

    def __init__(self, engine: Engine, path: Path, clock: Clock, backups: Path) -> None:
        self._engine = engine
        self._clock = clock
        self.path = path
        self.backup_folder = backups

    @classmethod
    def open(cls, path: Path, *, clock: Clock = utc_now, backups: Path | None = None) -> Store:
        """Open the workbook ``path``, which is made when it is not there and brought up when it is older.

        Args:
            path: The file.
            clock: Gives the moment, in UTC.
            backups: The folder of its backups; ``backups`` beside the file where not given.

        Raises:
            Refused: the file is damaged, another program's, of a newer Rebound, or gone while its backups are
                there. It is as it was.
        """
        path = path.absolute()
        backups = backups or path.parent / "backups"
        return cls(open_engine(path, clock=clock, backups=backups), path, clock, backups)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Store {self.path.name}>"

    def close(self) -> None:
        """Close every connection to the file."""
        self._engine.dispose()

    @classmethod
    def rehearse(cls, path: Path) -> None:
        """Do what every open workbook does on an empty one at ``path``, and keep what was learned for the next.

        What a statement is compiled to is the same for every workbook. Nothing of this one is kept.
        """
        store = cls.open(path)
        try:
            (one,) = store.write(
                [Write(record_id="note-rehearsal", kind="note", body={}, based_on=0)], origin="rehearsal"
            )
            store.get(one.record_id)
            store.current()
            store.since(store.revision() - 1)
            store.generation()
        finally:
            set_aside(store._engine)

    # Reading

    @property
    def workbook_id(self) -> str:
        """The id of the workbook; another one after everything was erased or another workbook restored."""
        return str(self._one(select(schema.workbook.c.workbook_id)))

    @property
    def format(self) -> int:
        """The format of the file."""
        with refusing(self.path), self._engine.connect() as connection:
            return header_number(connection, "user_version")

    def revision(self) -> int:
        """The newest number given, by this process or another. It moves with every change and never falls."""
        with refusing(self.path), self._engine.connect() as connection:
            return newest_number(connection)

    def generation(self) -> int:
        """Moves when revisions were taken away (erased, restored over); ``since`` does not tell of that.

        Whoever keeps what was read and goes on with ``since`` reads ``current`` again when this has moved.
        """
        return int(self._one(select(schema.workbook.c.generation)))

    def current(self, kind: str | None = None, *, deleted: bool = False) -> list[Revision]:
        """The current revision of each live record, in the order the records were begun.

        Args:
            kind: Only records of this kind.
            deleted: The deleted records instead of the live ones.
        """
        wanted = _CURRENT.where(record.c.deleted == int(deleted)).order_by(record.c.first)
        return self._read(wanted if kind is None else wanted.where(record.c.kind == kind))

    def get(self, record_id: str) -> Revision | None:
        """The current revision of a record, a deleted one's too; ``None`` where there is no such record."""
        found = self._read(_CURRENT.where(record.c.record_id == record_id))
        return found[0] if found else None

    def history_of(self, record_id: str) -> list[Revision]:
        """Every revision of a record, oldest first."""
        mine = revision.c.record_id == record_id
        return self._read(select(*REVISION_COLUMNS).where(mine).order_by(revision.c.number))

    def since(self, number: int) -> list[Revision]:
        """The current revisions of the records changed after ``number``, deleted ones too, in that order."""
        return self._read(_CURRENT.where(record.c.current > number).order_by(record.c.current))

    def digests(self) -> dict[str, str]:
        """The digest of each live record, by its id: equal in two workbooks exactly when the records are."""
        wanted = (
            select(record.c.record_id, revision.c.digest)
            .join(revision, revision.c.number == record.c.current)
            .where(record.c.deleted == 0)
            .order_by(record.c.first)
        )
        with refusing(self.path), self._engine.connect() as connection:
            return {row.record_id: row.digest for row in connection.execute(wanted)}

    # Writing

    def write(
        self,
        writes: Sequence[Write],
        *,
        change: str | None = None,
        origin: str = "command",
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
        give_back: bool = True,
    ) -> list[Revision]:
        """Append a revision for each write, all or none; they are on disk when this returns.

        A body equal to the current one is not written again, whatever it was based on. Before an import
        (``origin="import"``) a backup is made. Others can read and write until the short moment at the end.

        Args:
            writes: Each record at most once.
            change: The id under which they are undone together; a new one where not given.
            origin: Which page wrote them, ``"import"`` or ``"command"``.
            progress: Called with the number prepared and the number of all.
            cancelled: Asked every now and then until the writing itself begins; ``True`` stops.
            give_back: Whether what was written is read back; an import of a hundred thousand rows needs none.

        Returns:
            The current revision of each record written, in the order of ``writes``; nothing where it is not to
            be given back.

        Raises:
            Conflict: a record has moved on since its writer read it. Nothing was written.
            Refused: cancelled, no room, busy; see the class. Nothing was written.
        """
        if not writes:
            return []
        with refusing(self.path), self._engine.connect() as connection:
            with connection.begin():
                stage(connection, writes, progress, cancelled)
            if origin == "import":
                self._back_up_before("import")
                stop_if(cancelled)
            connection.execution_options(begin="BEGIN IMMEDIATE")
            with connection.begin():
                append_staged(
                    connection,
                    writes,
                    change=change or new_id("change"),
                    origin=origin,
                    made_at=as_text(self._clock()),
                )
                revisions = read_staged(connection) if give_back else []
                connection.execute(delete(staged))
        return revisions

    def bring(self, revisions: Sequence[Revision]) -> None:
        """Fill an empty workbook with all ``revisions`` of another; see ``bringing.bring``."""
        with refusing(self.path), writing(self._engine).begin() as connection:
            bringing.bring(connection, revisions)

    def undo(self, change: str, *, origin: str = "command", give_back: bool = True) -> undoing.Undone:
        """Put every record of ``change`` back to what it was before; one changed since is left and named.

        The undo is a change itself, so undoing it brings everything back.

        Args:
            change: Its id.
            origin: Who undoes it, as in ``write``.
            give_back: Whether the records put back are read, as in ``write``.

        Raises:
            Refused: there is no such change.
        """
        with refusing(self.path), writing(self._engine).begin() as connection:
            return undoing.undo(
                connection,
                change,
                as_change=new_id("change"),
                origin=origin,
                made_at=as_text(self._clock()),
                give_back=give_back,
            )

    def changes(self, days: int = 90) -> list[undoing.ChangeSummary]:
        """The changes of the last ``days`` days, newest first."""
        with refusing(self.path), self._engine.connect() as connection:
            return undoing.changes(connection, self._clock() - dt.timedelta(days=days))

    # Care

    def check(self) -> list[str]:
        """What is wrong with the file, a sentence each; empty when it is whole. Long on a large one."""
        try:
            with refusing(self.path), self._engine.connect() as connection:
                return problems(connection)
        except Refused as refused:
            return [refused.sentence]

    def backups(self) -> list[backups_.Backup]:
        """The backups there are, oldest first."""
        return backups_.list_backups(self.backup_folder)

    def backup(self, reason: str = "asked") -> backups_.Backup:
        """Make a verified copy outside the live file; see ``backups.take``."""
        return backups_.take(self.path, self.backup_folder, reason=reason, now=self._clock())

    def backup_when_due(self) -> backups_.Backup | None:
        """Make a backup if something changed and the last one is half an hour old; cheap when not."""
        if backups_.due(self._clock(), self.revision(), self.backups()):
            return self.backup("due")
        return None

    def _back_up_before(self, what: str) -> None:
        newest = self.revision()
        if newest and all(backup.revision != newest for backup in self.backups()):
            self.backup(f"before-{what}")

    def plan_restore(self, source: Path) -> restoring.RestorePlan:
        """What would change if ``source`` were brought back; see ``restoring.plan_restore``."""
        return restoring.plan_restore(self.path, source)

    def restore(self, source: Path) -> restoring.Restored:
        """Bring ``source`` back and keep the present state as a backup; see ``restoring.restore``."""
        return restoring.restore(self.path, source, backups=self.backup_folder, now=self._clock())

    def erase_records(self, record_ids: Collection[str], *, words: Collection[str] = ()) -> erasing.Erased:
        """Erase records for good, from backups too; see ``erasing.erase_records``."""
        return erasing.erase_records(self.path, self.backup_folder, record_ids, words=words)

    def erase_chapter(self, chapter: str, *, words: Collection[str] = ()) -> erasing.Erased:
        """Erase the answers of a chapter for good, from backups too; see ``erasing.erase_chapter``."""
        return erasing.erase_chapter(self.path, self.backup_folder, chapter, words=words)

    def erase_everything(self, *, words: Collection[str] = ()) -> erasing.Erased:
        """Erase every record and every backup for good; see ``erasing.erase_everything``."""
        return erasing.erase_everything(self.path, self.backup_folder, now=self._clock(), words=words)

    def _one(self, wanted: Select[Any]) -> Any:
        with refusing(self.path), self._engine.connect() as connection:
            return connection.execute(wanted).scalar_one()

    def _read(self, wanted: Select[Any]) -> list[Revision]:
        # The rows are fetched before they are made into revisions: the lock of a reader is held no longer.
        with refusing(self.path), self._engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return as_revisions(rows)
