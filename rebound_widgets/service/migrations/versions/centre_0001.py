"""The first form of the desk service's database.

Written out, and not taken from ``tables``: what a migration does must not change when the tables do.
"""

import sqlalchemy as sa
from alembic import op

revision = "centre_0001"
down_revision = None


def _person(name: str) -> sa.Column[str]:
    return sa.Column(
        name, sa.String(200), sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True
    )


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "people",
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("key", sa.String(500), nullable=False, unique=True),
        sa.Column("hub_name", sa.String(255), nullable=False, index=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("seen_on", sa.Date, nullable=False),
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer, primary_key=True),
        _person("person_id"),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("given_at", sa.String(32), nullable=False),
        sa.Column("withdrawn_at", sa.String(32)),
    )
    op.create_table(
        "shares",
        sa.Column("id", sa.String(200), primary_key=True),
        _person("author_id"),
        _person("reader_id"),
        sa.Column("sender", sa.String(200), nullable=False),
        sa.Column("given_on", sa.Date, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("counted", sa.Boolean, nullable=False),
        sa.Column("rest", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("received_at", sa.String(32), nullable=False),
        sa.Column("opened_on", sa.Date),
        sa.Column("taken_back_at", sa.String(32)),
    )
    op.create_table(
        "items",
        sa.Column(
            "share_id", sa.String(200), sa.ForeignKey("shares.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("item_id", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "replies",
        sa.Column("id", sa.String(200), primary_key=True),
        _person("author_id"),
        _person("for_id"),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
    )
    _make_counts()


def _make_counts() -> None:
    op.create_table(
        "blocks",
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("programme", sa.String(80), nullable=False),
        sa.Column("term", sa.String(80), nullable=False),
        sa.Column("counted_on", sa.Date, nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
        sa.Column("sums", sa.Text, nullable=False),
    )
    op.create_table(
        "marks",
        sa.Column("mark", sa.String(64), primary_key=True),
        sa.Column("block_id", sa.String(200), sa.ForeignKey("blocks.id"), nullable=False),
    )
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("who_id", sa.String(200), nullable=False, index=True),
        sa.Column("whose_id", sa.String(200), nullable=False, index=True),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("share_id", sa.String(200), nullable=False),
    )
