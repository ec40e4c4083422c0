"""What a person reads when the disk or the file says no."""

from __future__ import annotations

from pathlib import Path

from ..domain.refused import Refused


def about(rule: str, path: Path, **facts: object) -> Refused:
    """The refusal ``rule``, said about the file or folder ``path``."""
    return Refused(rule, _SENTENCES[rule], file=path.name, folder=path.parent, **facts)


DAMAGED = frozenset({"workbook-damaged", "workbook-not-one", "workbook-foreign", "record-unreadable"})
"""The refusals that say a file cannot be read as a workbook."""

PASSING = frozenset(
    {
        "disk-full",
        "disk-failing",
        "workbook-read-only",
        "workbook-cannot-open",
        "workbook-gone",
        "workbook-busy",
    }
)
"""The refusals that may be over by themselves a moment later: whoever was refused tries again."""

_SENTENCES = {
    "disk-full": (
        "There is no room to write in {folder}. This was not saved; everything saved before is safe. Make "
        "room on the disk and try again."
    ),
    "disk-failing": (
        "The disk under {folder} answered with an error. This was not saved; what was saved before is as it "
        "was. Copy the folder to another disk before you go on."
    ),
    "workbook-read-only": (
        "{file} in {folder} can only be read, so this was not saved. Allow yourself to write to the file "
        "and its folder, then try again."
    ),
    "workbook-cannot-open": (
        "{file} in {folder} cannot be opened. See that the folder exists and that you may read and write it."
    ),
    "workbook-gone": (
        "{file} is no longer in {folder}. Put it back, or bring a backup back with “rebound restore”."
    ),
    "workbook-busy": (
        "Another program has kept {file} busy for {seconds} seconds. This was not saved. Close the other "
        "window or program and try again."
    ),
    "workbook-damaged": (
        "{file} in {folder} is damaged. It was left as it is. “rebound restore” brings the newest backup "
        "back and keeps the damaged file aside."
    ),
    "workbook-not-one": (
        "{file} in {folder} is not a workbook, or its beginning was overwritten. It was left as it is. "
        "“rebound restore” brings the newest backup back and keeps this file aside."
    ),
}
