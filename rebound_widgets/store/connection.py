"""How a workbook file is opened: settings of every connection, and errors of SQLite as sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.pool import NullPool, QueuePool

from ..domain.refused import Refused
from .sentences import about

WAIT_S = 15
"""How long a connection waits for another one's lock before it gives up."""

_SETTINGS = (
    "PRAGMA journal_mode = DELETE",
    # One step above FULL: the folder is synced too after the journal is removed. With FULL a power cut right
    # after a save can bring the journal back and with it the state before the save.
    "PRAGMA synchronous = EXTRA",
    # macOS: its fsync leaves the words in the drive's own memory; this asks for the real thing.
    "PRAGMA fullfsync = ON",
    "PRAGMA secure_delete = ON",
    # Sorting, staging and VACUUM stay in memory: no word reaches a temporary folder.
    "PRAGMA temp_store = MEMORY",
    # A large change otherwise takes the exclusive lock half way, and readers wait until it is done.
    "PRAGMA cache_spill = OFF",
    "PRAGMA trusted_schema = OFF",
)


@dataclass
class _Lead:
    """Where an engine's connections lead."""

    path: Path


_leads: WeakKeyDictionary[Engine, _Lead] = WeakKeyDictionary()
_aside: list[Engine] = []


def set_aside(engine: Engine) -> None:
    """Close a pooled engine, and keep it for the next pooled one that is wanted: it knows our statements by then."""
    engine.dispose()
    _aside.append(engine)


def engine_for(path: Path, *, foreign_keys: bool = True, pooled: bool = False) -> Engine:
    """An engine on the existing file ``path``; a missing file is an error, never a new one.

    Transactions are deferred; ``writing(engine)`` gives the same engine with immediate ones, and
    ``outside(engine)`` one without any.

    Args:
        path: The file.
        foreign_keys: Off only while a migration rebuilds tables.
        pooled: Keep connections for the next use; otherwise each is closed when it is given back.
    """
    if pooled and foreign_keys and _aside:
        engine = _aside.pop()
        _leads[engine].path = path
        return engine
    lead = _Lead(path)

    def connect() -> sqlite3.Connection:
        uri = lead.path.absolute().as_uri() + "?mode=rw"
        # isolation_level=None: Python begins no transactions of its own; the begin event below does.
        return sqlite3.connect(uri, uri=True, timeout=WAIT_S, isolation_level=None, check_same_thread=False)

    engine = create_engine(
        "sqlite://",
        creator=connect,
        poolclass=QueuePool if pooled else NullPool,
        # The values of a failed statement are a person's words.
        hide_parameters=True,
        execution_options={"begin": "BEGIN"},
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, about: Any) -> None:
        for setting in (*_SETTINGS, f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}"):
            connection.execute(setting).close()
        about.info["file"] = _identity(lead.path)

    @event.listens_for(engine, "checkout")
    def _same_file(_connection: Any, about: Any, _proxy: Any) -> None:
        # A restore may have put another file in this place: a connection to the old one would read words
        # that are no longer the workbook's.
        if about.info.get("file") != _identity(lead.path):
            raise DisconnectionError

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if how := connection.get_execution_options().get("begin"):
            connection.exec_driver_sql(how)

    _leads[engine] = lead
    return engine


def writing(engine: Engine) -> Engine:
    """``engine`` with transactions that take the write lock when they begin."""
    return engine.execution_options(begin="BEGIN IMMEDIATE")


def outside(engine: Engine) -> Engine:
    """``engine`` without transactions, for VACUUM."""
    return engine.execution_options(begin="")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def header_number(connection: Connection, name: Literal["user_version", "application_id"]) -> int:
    """A number of the file's header."""
    return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turns what SQLite and the disk say about ``path`` into a sentence for the person.

    Raises:
        Refused: the file is damaged, no workbook, read-only, busy, missing, or the disk is full or failing.
            The transaction was rolled back: nothing of it is in the file.
    """
    try:
        yield
    except DBAPIError as error:
        if not isinstance(error.orig, sqlite3.Error):
            raise
        refused = refusal(error.orig, path)
        if refused is None:
            raise
        raise refused from None
    except sqlite3.Error as error:
        refused = refusal(error, path)
        if refused is None:
            raise
        raise refused from None


def refusal(error: sqlite3.Error, path: Path) -> Refused | None:
    """The sentence for an error of SQLite, or ``None`` for one that is a fault of the program."""
    extended = getattr(error, "sqlite_errorcode", None)
    if extended is None:
        return None
    rule = _RULES.get(extended) or _RULES.get(extended & 0xFF)
    if rule is None:
        return None
    if rule == "workbook-cannot-open" and not path.exists():
        rule = "workbook-gone"
    return about(rule, path, seconds=WAIT_S)


_RULES = {
    sqlite3.SQLITE_FULL: "disk-full",
    # The write was cut off by a limit on the size of files, which SQLite does not tell from a failing disk.
    sqlite3.SQLITE_IOERR_WRITE: "disk-full",
    sqlite3.SQLITE_IOERR: "disk-failing",
    sqlite3.SQLITE_READONLY: "workbook-read-only",
    sqlite3.SQLITE_PERM: "workbook-read-only",
    sqlite3.SQLITE_CANTOPEN: "workbook-cannot-open",
    sqlite3.SQLITE_READONLY_DBMOVED: "workbook-gone",
    sqlite3.SQLITE_BUSY: "workbook-busy",
    sqlite3.SQLITE_LOCKED: "workbook-busy",
    sqlite3.SQLITE_CORRUPT: "workbook-damaged",
    sqlite3.SQLITE_NOTADB: "workbook-not-one",
}
