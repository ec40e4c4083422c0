"""``rebound app --open FILE``: a workbook that was taken home from a site or a group, as one's own."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.refused import Refused
from .asked import agreed, counted, workbook_of

if TYPE_CHECKING:
    from ..history.exporting import Exported
    from ..workbook import Workbook
    from ..workbook.whole import WholePlan

BYTE_LIMIT = 100_000_000
_LIVE = b"SQLite format 3\0"


def open_file(arguments: argparse.Namespace) -> None:
    """Bring the file into the workbook, where it adds and never overwrites.

    An empty workbook takes it as it was. One that holds something is shown what would be added, asks, and makes
    a backup first.

    Raises:
        Refused: the file is none of ours, not whole, too large or of a newer version, or nobody can be asked.
    """
    from ..workbook.whole import plan_whole, take_whole  # noqa: PLC0415 - a command loads what it needs

    exported = read_taken_home(arguments.open)
    with workbook_of(arguments) as workbook:
        plan = plan_whole(workbook, exported)
        if plan.as_it_was:
            take_whole(workbook, plan)
            print(f"{counted(len(plan.new), 'record')} brought in, every version of them too.")
        elif not plan.new:
            print("Everything in this file is in your workbook already. Nothing was changed.")
        else:
            _add(arguments, workbook, plan)


def _add(arguments: argparse.Namespace, workbook: Workbook, plan: WholePlan) -> None:
    from ..workbook.whole import take_whole  # noqa: PLC0415

    print(
        f"Your workbook holds something already. {counted(len(plan.new), 'record')} would be added, "
        f"{plan.same} there already, {len(plan.differing)} there with other words, which stay as they are."
    )
    if not agreed(arguments, "Add them?"):
        print("Nothing was changed.")
        return
    backup = workbook.back_up()
    take_whole(workbook, plan)
    print(f"Added. To take it back: rebound restore {backup.path.name}")


def read_taken_home(file: Path) -> Exported:
    """What a file that was taken home holds; nothing in it is believed before it is checked.

    Raises:
        Refused: as in :func:`open_file`.
    """
    from ..history.exporting import read_export_json  # noqa: PLC0415

    try:
        size = file.stat().st_size
        with file.open("rb") as opened:
            start = opened.read(len(_LIVE))
    except OSError:
        raise Refused(
            "open-unreadable", "The file {name} cannot be read. Is it in this folder?", name=file.name
        ) from None
    if size > BYTE_LIMIT:
        raise Refused(
            "open-too-large",
            "The file {name} has {size} MB; a workbook that is taken home has up to {limit} MB.",
            name=file.name,
            size=size // 1_000_000,
            limit=BYTE_LIMIT // 1_000_000,
        )
    if start == _LIVE:
        raise Refused(
            "open-live",
            "{name} is a workbook itself, as it lies in somebody's folder, and not one that was taken home. Open "
            "its folder instead: rebound app --home {folder}",
            name=file.name,
            folder=file.absolute().parent,
        )
    if not start.lstrip().startswith(b"{"):
        raise Refused(
            "open-other",
            "{name} is no workbook that was taken home from Rebound. Such a file is called my-workbook.rebound, or "
            "is an export that ends with .json.",
            name=file.name,
        )
    return read_export_json(file)
