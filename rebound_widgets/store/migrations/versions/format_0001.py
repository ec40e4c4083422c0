"""Format 1: append-only revisions, and records that point to their current one.

This file is history: it says what format 1 was when it was released, and is never changed after that.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables in an empty file."""
    op.create_table(
        "workbook",
        sa.Column("one", sa.Integer, sa.CheckConstraint("one = 1"), primary_key=True, autoincrement=False),
        sa.Column("workbook_id", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
    )
    op.create_table(
        "revision",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("record_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("deleted", sa.Integer, sa.CheckConstraint("deleted IN (0, 1)"), nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("based_on", sa.Integer, nullable=False),
        sa.Column("change", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("revision_record", "revision", ["record_id", "number"])
    op.create_index("revision_change", "revision", ["change"])
    op.create_table(
        "record",
        sa.Column("record_id", sa.Text, primary_key=True, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("current", sa.Integer, sa.ForeignKey("revision.number"), nullable=False, unique=True),
        sa.Column("deleted", sa.Integer, nullable=False),
    )
    op.create_index("record_order", "record", ["first"])
    op.create_table(
        "gap",
        sa.Column("first", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("last", sa.Integer, sa.CheckConstraint("last >= first"), nullable=False),
    )
    op.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('revision', 0)")
