"""A visitor's workbook as one file, and that file opened as a workbook of one's own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ...store import Store

FILE_NAME = "my-workbook.rebound"
"""What the file is called. Its format is that of the whole export; see docs/reference/export.md."""


def workbook_as_file(home: Path) -> bytes:
    """Everything of the workbook in ``home``, as one file to take home; takes long for a long one.

    Raises:
        Refused: the workbook is damaged.
    """
    from ...history.exporting.records import Records  # noqa: PLC0415 - frames are loaded with the first of them
    from ...history.exporting.whole import json_bytes  # noqa: PLC0415
    from ...workbook import FILE_NAME as KEPT  # noqa: PLC0415

    with Store.open(home / KEPT) as store:
        return json_bytes(Records.of(store), dt.datetime.now(dt.UTC))
