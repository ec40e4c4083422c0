"""The database: opened, brought to its newest form, and asked in transactions that are tried again where that helps."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from ..domain.refused import Refused

_SCRIPTS = Path(__file__).resolve().parent / "migrations"
THREADS = 8
"""Transactions at the same time."""
_TRIES = 5
_PAUSE_S = 0.02
"""Before another try, longer each time and never the same for two."""

T = TypeVar("T")


class DatabaseAway(Exception):
    """The database does not answer. Nothing was written."""


class Database:
    """The service's own database.

    Args:
        address: As SQLAlchemy writes it; PostgreSQL or SQLite.
    """

    def __init__(self, address: str) -> None:
        try:
            self._engine = _engine(address)
        except Exception:  # its words may quote the address, and a password stands in that
            raise Refused(
                "centre-database",
                "The address of the database in centre.toml cannot be read. It is written like "
                "postgresql+psycopg://name:password@host/database or sqlite:////folder/centre.sqlite.",
            ) from None

    def bring_up(self) -> None:
        """Bring the tables to their newest form, in one transaction. There is no way down but a backup made before.

        Raises:
            DatabaseAway: it does not answer.
            Refused: a newer version brought it to a form that this one does not know. It is as it was.
        """
        config = Config()
        config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))

        def upgrade(connection: Connection) -> None:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(7320226)"))  # one service at a time
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError:  # it names the form, which says nothing to whoever reads the log
                raise Refused(
                    "centre-newer",
                    "The database was brought up by a newer Rebound. It was left as it is. Install the newer one "
                    "again, or bring back the backup that was made before.",
                ) from None

        self.do(upgrade)

    def do(self, work: Callable[[Connection], T]) -> T:
        """One transaction; what it gives. All of it counts, or nothing.

        Raises:
            DatabaseAway: the database does not answer, or another writer was always quicker.
        """
        for left in reversed(range(_TRIES)):
            try:
                with self._engine.begin() as connection:
                    return work(connection)
            except IntegrityError:  # somebody wrote the same a moment before: it is there now
                if not left:
                    raise DatabaseAway("contention") from None
            except DBAPIError as problem:
                # A connection that went away during a commit may have written: the same id again says so.
                if not left or not (problem.connection_invalidated or _may_be_tried_again(problem)):
                    raise DatabaseAway(type(problem.orig).__name__) from None
            time.sleep(random.uniform(0, _PAUSE_S) * (_TRIES - left))  # noqa: S311 - no secret
        raise DatabaseAway("contention")

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


def _may_be_tried_again(problem: DBAPIError) -> bool:
    return getattr(problem.orig, "sqlstate", None) in ("40001", "40P01", "57P01", "57P02", "57P03") or (
        "locked" in str(problem.orig)
    )


def _engine(address: str) -> Engine:
    if address.startswith("sqlite"):
        engine = create_engine(address, connect_args={"timeout": 10, "check_same_thread": False})
        event.listen(engine, "connect", _sqlite_connected)
        event.listen(engine, "begin", _sqlite_begins)
        return engine
    return create_engine(
        address,
        pool_size=THREADS,
        max_overflow=0,
        pool_pre_ping=True,
        pool_timeout=10,
        isolation_level="READ COMMITTED",  # whoever writes holds the person's row; see `person_of`
        connect_args={"connect_timeout": 5},
    )


def _sqlite_connected(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say ourselves when a transaction begins
    for line in ("foreign_keys=ON", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {line}")


def _sqlite_begins(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
