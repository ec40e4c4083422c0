"""The whole search as a file, in each form it can be taken out."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from ..history.exporting import write_export
from ..widgets.download import Download
from .dates import calendar_of
from .visit import Visit


def download_of(visit: Visit, suffix: str) -> Download:
    """A button that makes the file when it is pressed, and saves it.

    Args:
        visit: Whose search.
        suffix: The form: ``csv``, ``xlsx``, ``json``, ``ics`` or ``html``.
    """

    async def make() -> bytes:
        if suffix == "ics":
            return calendar_of(visit)
        return await asyncio.to_thread(_export, visit, suffix)

    label = visit.words(f"search.export.{suffix}")
    return Download(f"rebound.{suffix}", make, label=label, words=visit.group("download"))


def _export(visit: Visit, suffix: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="rebound-") as folder:
        path = Path(folder) / f"rebound.{suffix}"
        write_export(visit.workbook.store, path, content=visit.content)
        return path.read_bytes()
