"""Databases of earlier forms, and forms that do not exist yet: what an upgrade is tested with, on any database."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Date, MetaData, create_engine, insert, select

from rebound_widgets.service import database as database_

FORMS = Path(__file__).resolve().parent / "forms"
RELEASED = sorted(path.stem for path in FORMS.glob("*.json"))
SCRIPTS = Path(database_.__file__).resolve().parent / "migrations"
LATER = """
import sqlalchemy as sa
from alembic import op

revision = "centre_later"
down_revision = {before!r}


def upgrade():
    op.add_column("shares", sa.Column("mood", sa.Text))
    op.create_table("later", sa.Column("id", sa.Integer, primary_key=True))
    {more}
"""


def make(address: str, form: str) -> None:
    """Make a database of an earlier form, with something in every table."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    engine = create_engine(address)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, form)
        tables = MetaData()
        tables.reflect(connection)
        kept = json.loads((FORMS / f"{form}.json").read_text(encoding="utf-8"))
        for table in tables.sorted_tables:
            for row in kept.get(table.name, []):
                days = {column.name for column in table.columns if isinstance(column.type, Date)}
                values = {
                    name: dt.date.fromisoformat(value) if value and name in days else value
                    for name, value in row.items()
                }
                connection.execute(insert(table).values(**values))
    engine.dispose()


def rows(address: str) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, without columns that came later."""
    engine = create_engine(address)
    with engine.connect() as connection:
        tables = MetaData()
        tables.reflect(connection)
        found = {
            table.name: sorted(
                (
                    {name: str(value) for name, value in row._mapping.items() if name != "mood"}
                    for row in connection.execute(select(table))
                ),
                key=str,
            )
            for table in tables.sorted_tables
            if table.name != "alembic_version"
        }
    engine.dispose()
    return found


def later_form(monkeypatch: pytest.MonkeyPatch, folder: Path, more: str = "") -> None:
    """From now on there is a form after the newest; ``more`` is done at the end of its upgrade."""
    scripts = Path(shutil.copytree(SCRIPTS, folder / "migrations"))
    text = LATER.format(before=RELEASED[-1], more=more)
    (scripts / "versions" / "centre_later.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(database_, "_SCRIPTS", scripts)
