"""The tables of a workbook file, as they are in the newest format."""

from __future__ import annotations

import secrets

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    column,
    insert,
    table,
    text,
)

FORMAT = 1
"""The format these tables are: the file's ``user_version`` and the number of the newest migration."""

APPLICATION_ID = 0x52424E44
"""``RBND``, in the header of every workbook file, so that no other program's file is taken for one."""

metadata = MetaData()

workbook = Table(
    "workbook",
    metadata,
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True, autoincrement=False),
    Column("workbook_id", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    # Moves whenever revisions were taken away (erased, or restored over): what was read before that must be
    # read again from the beginning.
    Column("generation", Integer, nullable=False),
)

revision = Table(
    "revision",
    metadata,
    # AUTOINCREMENT: without it SQLite gives the number of an erased last revision to the next one, and a page
    # that had seen the erased one would take the new one for it.
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("record_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("deleted", Integer, CheckConstraint("deleted IN (0, 1)"), nullable=False),
    Column("made_at", Text, nullable=False),
    Column("based_on", Integer, nullable=False),
    Column("change", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Index("revision_record", "record_id", "number"),
    Index("revision_change", "change"),
    sqlite_autoincrement=True,
)

record = Table(
    "record",
    metadata,
    Column("record_id", Text, primary_key=True, nullable=False),
    Column("kind", Text, nullable=False),
    Column("first", Integer, nullable=False),
    Column("current", Integer, ForeignKey("revision.number"), nullable=False, unique=True),
    Column("deleted", Integer, nullable=False),
    Index("record_order", "first"),
)

# Numbers no revision has on purpose: erased, or passed over by a restore. Any other missing number is damage.
gap = Table(
    "gap",
    metadata,
    Column("first", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, CheckConstraint("last >= first"), nullable=False),
)

sequence = table("sqlite_sequence", column("name", Text), column("seq", Integer))
alembic_version = table("alembic_version", column("version_num", Text))

# What is about to be written waits here, in memory and private to one connection, so that the lock on the
# file is held only while it is moved over.
staged = Table(
    "staged",
    MetaData(schema="temp"),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("record_id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("deleted", Integer, nullable=False),
    Column("based_on", Integer),
)


def revision_name(number: int) -> str:
    """The name of the migration that makes format ``number``."""
    return f"{number:04d}"


def new_workbook_id() -> str:
    """An id for a workbook, never given twice."""
    return f"workbook-{secrets.token_hex(10)}"


def create(connection: Connection, made_at: str) -> None:
    """Make an empty workbook of the newest format; the caller holds the transaction."""
    metadata.create_all(connection, checkfirst=False)
    # What Alembic would leave behind after running every migration, without loading Alembic.
    connection.execute(
        text(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(insert(alembic_version).values(version_num=revision_name(FORMAT)))
    connection.execute(insert(sequence).values(name="revision", seq=0))
    connection.execute(
        insert(workbook).values(one=1, workbook_id=new_workbook_id(), made_at=made_at, generation=0)
    )
    stamp(connection, FORMAT)


def stamp(connection: Connection, number: int) -> None:
    """Write the format into the file's header, inside the caller's transaction."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {number}")
