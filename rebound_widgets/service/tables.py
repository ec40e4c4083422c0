"""The tables of the desk service. What a person wrote is in ``items``, ``shares`` and ``replies`` alone."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, MetaData, String, Table, Text

metadata = MetaData()

ID, MOMENT = String(200), String(32)
"""A moment is kept as text in UTC: both databases then say the same of it."""


def _person(name: str, *, on_delete: str = "CASCADE") -> Column[str]:
    return Column(name, ID, ForeignKey("people.id", ondelete=on_delete), nullable=False, index=True)


people = Table(
    "people",
    metadata,
    Column("id", ID, primary_key=True),
    Column(
        "key", String(500), nullable=False, unique=True
    ),  # the sign-on's subject, or name and day of the account
    Column("hub_name", String(255), nullable=False, index=True),
    Column("name", String(80), nullable=False),  # the name they go by, as they wrote it
    Column("seen_on", Date, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("id", Integer, primary_key=True),
    _person("person_id"),
    Column("words", String(200), nullable=False),  # which words were agreed to
    Column("given_at", MOMENT, nullable=False),
    Column("withdrawn_at", MOMENT),
)

shares = Table(
    "shares",
    metadata,
    Column("id", ID, primary_key=True),
    _person("author_id"),
    _person("reader_id"),
    Column("sender", ID, nullable=False),
    Column("given_on", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("counted", Boolean, nullable=False),
    Column("rest", Text, nullable=False),  # what the share says besides, as JSON; "{}" once it was taken back
    Column("digest", String(64), nullable=False),
    Column("received_at", MOMENT, nullable=False),
    Column("opened_on", Date),
    Column("taken_back_at", MOMENT),
)

items = Table(
    "items",
    metadata,
    Column("share_id", ID, ForeignKey("shares.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("item_id", ID, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("body", Text, nullable=False),
)

replies = Table(
    "replies",
    metadata,
    Column("id", ID, primary_key=True),
    _person("author_id"),
    _person("for_id"),
    Column("body", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("made_at", MOMENT, nullable=False),
)

blocks = Table(
    "blocks",
    metadata,
    Column("id", ID, primary_key=True),
    Column("programme", String(80), nullable=False),
    Column("term", String(80), nullable=False),
    Column("counted_on", Date, nullable=False),
    Column("people", Integer, nullable=False),
    Column("sums", Text, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("mark", String(64), primary_key=True),  # nothing is counted twice: the key says so
    Column("block_id", ID, ForeignKey("blocks.id"), nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", MOMENT, nullable=False),
    Column("who_id", ID, nullable=False, index=True),
    Column("whose_id", ID, nullable=False, index=True),
    Column("what", String(40), nullable=False),
    Column("share_id", ID, nullable=False),
)
