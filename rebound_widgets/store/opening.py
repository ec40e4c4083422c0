"""Opening a workbook file: made when there is none, brought up when older, refused when it is not ours."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from ..domain.refused import Refused
from . import backups as backups_
from . import schema
from .connection import engine_for, header_number, refusing, writing
from .files import keep_private, make_file, make_folder
from .rows import Clock, as_text

SCRIPTS = Path(__file__).resolve().parent / "migrations"
"""Alembic's folder of migrations."""


def open_engine(path: Path, *, clock: Clock, backups: Path) -> Engine:
    """An engine on the workbook ``path``, which is whole enough to be read and of the newest format.

    Args:
        path: The file; it and its folder are made when they are not there.
        clock: Gives the moment, for a new workbook and the name of a backup.
        backups: Where a backup goes before the file is brought up.

    Raises:
        Refused: the file is damaged, another program's, of a newer Rebound, or gone while its backups are
            there. It was not touched.
    """
    make_folder(path.parent)
    if _empty(path):
        _refuse_if_it_was_full(path, backups)
        make_file(path)
    keep_private(path)
    engine = engine_for(path, pooled=True)
    try:
        with refusing(path):
            number = _made_or_examined(engine, path, clock)
        while number < schema.FORMAT:
            number = _backed_up_and_brought_up(path, number, backups, clock)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _made_or_examined(engine: Engine, path: Path, clock: Clock) -> int:
    with engine.connect() as connection:
        if not _blank(connection):
            return examine(connection, path)
    with writing(engine).begin() as connection:
        # Another process may have made it while this one waited for the lock.
        if _blank(connection):
            schema.create(connection, as_text(clock()))
        return examine(connection, path)


def _backed_up_and_brought_up(path: Path, number: int, backups: Path, clock: Clock) -> int:
    """The format afterwards; lower than the newest when another process was in the middle of the same."""
    try:
        backups_.take(path, backups, reason=f"before-format-{schema.FORMAT}", now=clock())
    except (Refused, DBAPIError):
        # A copy differs from a file that is being brought up meanwhile. Whoever does that has made a backup.
        if (found := _format(path)) == number:
            raise
        return found
    bring_up(path)
    return _format(path)


def _format(path: Path) -> int:
    with refusing(path), engine_for(path).connect() as connection:
        return examine(connection, path)


def _blank(connection: Connection) -> bool:
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    return tables == 0 and header_number(connection, "application_id") == 0


def examine(connection: Connection, path: Path) -> int:
    """The format of the file.

    Raises:
        Refused: another program's file, or a newer format.
    """
    if header_number(connection, "application_id") != schema.APPLICATION_ID:
        raise Refused(
            "workbook-foreign",
            "{file} in {folder} belongs to another program. It was left as it is. Move it elsewhere, or name "
            "another folder with REBOUND_HOME.",
            file=path.name,
            folder=path.parent,
        )
    number = header_number(connection, "user_version")
    if number > schema.FORMAT:
        raise Refused(
            "workbook-newer",
            "{file} was written by a newer Rebound (format {got}); this one reads up to format {known}. It "
            "was left as it is. Install the newer Rebound to open it.",
            file=path.name,
            got=number,
            known=schema.FORMAT,
        )
    return number


def bring_up(path: Path) -> None:
    """Bring a file of an older format to the newest.

    Raises:
        Refused: another program's file, a newer format, or a migration's result is not whole.
    """
    if _format(path) < schema.FORMAT:
        from .migrating import upgrade  # noqa: PLC0415 - Alembic is loaded only when it has work

        upgrade(path, schema.FORMAT, SCRIPTS)


def _empty(path: Path) -> bool:
    return not path.exists() or path.stat().st_size == 0


def _refuse_if_it_was_full(path: Path, backups: Path) -> None:
    # A new workbook in this place would look as if every word were gone.
    kept = backups_.list_backups(backups)
    if any(backup.revision for backup in kept):
        raise Refused(
            "workbook-missing",
            "{file} is not in {folder} or is empty, and {count} backups of it are. “rebound restore” brings "
            "the newest back; to begin a new workbook, move the folder {backups} elsewhere.",
            file=path.name,
            folder=path.parent,
            count=len(kept),
            backups=backups,
        )
