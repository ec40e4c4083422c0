"""What every command shares: the folder asked for, the workbook in it, and how an answer is given."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import places
from ..domain.refused import Refused

if TYPE_CHECKING:
    from ..workbook import Workbook


def home_of(arguments: argparse.Namespace) -> Path:
    """The folder the command is about."""
    return places.home(arguments.home)


@contextmanager
def workbook_of(arguments: argparse.Namespace, *, make: bool = True) -> Iterator[Workbook]:
    """The workbook the command is about, open; closed afterwards, with the backup that is due.

    Args:
        arguments: The command's.
        make: Whether to begin a workbook where there is none.

    Raises:
        Refused: there is none, or it cannot be opened.
    """
    from ..workbook import FILE_NAME, Workbook, backups_of  # noqa: PLC0415 - a command loads what it needs

    home = home_of(arguments)
    # Where backups are, opening says what is missing and how it comes back.
    if not make and not (home / FILE_NAME).exists() and not backups_of(home):
        raise Refused(
            "workbook-none",
            "There is no workbook in {folder} yet. “rebound app” begins one; --home names another folder.",
            folder=home,
        )
    workbook = Workbook.open(home, overlay=getattr(arguments, "content", None))
    try:
        yield workbook
    finally:
        workbook.close()
        if workbook.backup_refused is not None:
            print(f"No backup could be made: {workbook.backup_refused.sentence}", file=sys.stderr)


def print_json(value: Any) -> None:
    """Print one JSON object on a line."""
    print(json.dumps(value, ensure_ascii=False, allow_nan=False))


def agreed(arguments: argparse.Namespace, question: str) -> bool:
    """Whether the person agrees: by ``--yes``, else asked once where somebody can answer.

    Raises:
        Refused: nobody can be asked, because this is no terminal.
    """
    if arguments.yes:
        return True
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or arguments.json:
        raise Refused(
            "cli-not-agreed",
            "Nothing was changed. Here nobody can be asked, so add --yes to say that you want it.",
        )
    return input(f"{question} Write yes to go on: ").strip().lower() in {"yes", "y"}


def counted(count: int, one: str, more: str | None = None) -> str:
    """``3 records``: a number with its word."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"
