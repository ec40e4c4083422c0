"""Bringing a file of an older format up, one migration and one transaction after the other.

Loaded only when there is something to bring up: Alembic takes longer to import than a workbook to open.
"""

from __future__ import annotations

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from ..domain.refused import Refused
from .checking import problems, structure_problems
from .connection import engine_for, header_number, refusing, writing
from .schema import revision_name, stamp

# Alembic keeps what it works on in a global of its module.
_ONE_AT_A_TIME = threading.Lock()


def upgrade(path: Path, newest: int, scripts: Path) -> None:
    """Bring the workbook file ``path`` to format ``newest``. The caller has made a backup.

    Each migration is one transaction in which its result is examined before it counts. A power cut, a full
    disk or a fault in a migration leaves the file as the migration before it made it.

    Args:
        path: The file.
        newest: The format to reach.
        scripts: Alembic's folder of migrations.

    Raises:
        Refused: a migration's result is not whole; the file is as it was before that migration.
    """
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    # Foreign keys off from the start: SQLite ignores the switch inside a transaction, and a migration that
    # rebuilds a table would otherwise delete what points to it.
    engine = writing(engine_for(path, foreign_keys=False))
    with _ONE_AT_A_TIME, refusing(path), engine.connect() as connection:
        for number in range(1, newest + 1):
            with connection.begin():
                if header_number(connection, "user_version") >= number:
                    continue
                config.attributes["connection"] = connection
                command.upgrade(config, revision_name(number))
                stamp(connection, number)
                _examine(connection, path, last=number == newest)


def _examine(connection: Connection, path: Path, *, last: bool) -> None:
    # Between formats only SQLite's own examination fits; the tables of the newest are known here.
    found = problems(connection) if last else structure_problems(connection)
    if found:
        raise Refused(
            "migration-not-whole",
            "{file} could not be brought up to this version of Rebound and was left as it was. {problems} "
            "The version you used before still opens it.",
            file=path.name,
            problems=" ".join(found),
        )
