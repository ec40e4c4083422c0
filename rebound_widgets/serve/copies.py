"""The notebooks in the person's own folder: copies that follow ours until the person changes one."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from .private import write_private

_RECORD = "copied.json"


def copy_notebooks(source: Path, target: Path, keep: Path) -> list[Path]:
    """Copy every notebook below ``source`` to the same place below ``target``; returns what was written.

    A copy the person has not changed follows ours. One they changed stays as it is; when ours has changed
    since it was copied, the new one is written beside it, with ``(new)`` in its name.

    Args:
        source: The notebooks that ship.
        target: The person's folder for them; made where missing.
        keep: A folder for the record of what was copied.
    """
    record = _read(keep / _RECORD)
    written = []
    for ours in sorted(source.rglob("*.ipynb")):
        if ".ipynb_checkpoints" in ours.parts:
            continue
        name = ours.relative_to(source).as_posix()
        place = _place(target / name, _digest(ours), record.get(name))
        if place is not None:
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ours, place)
            written.append(place)
        record[name] = _digest(ours)
    write_private(keep / _RECORD, json.dumps(record, indent=1))
    return written


def _place(theirs: Path, ours: str, copied: str | None) -> Path | None:
    """Where our notebook goes: over an unchanged copy, beside a changed one, or nowhere as nothing is new."""
    if not theirs.exists():
        return theirs
    there = _digest(theirs)
    if there == ours:
        return None
    if there == copied:
        return theirs
    return None if ours == copied else _beside(theirs, ours)


def _beside(theirs: Path, ours: str) -> Path | None:
    for number in range(1, 1000):
        mark = "new" if number == 1 else f"new {number}"
        place = theirs.with_name(f"{theirs.stem} ({mark}){theirs.suffix}")
        if not place.exists():
            return place
        if _digest(place) == ours:
            return None
    return None


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read(path: Path) -> dict[str, str]:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(digest) for name, digest in record.items()} if isinstance(record, dict) else {}
