"""``rebound demo``: an invented person's workbook, in a folder that is thrown away."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from .launcher import run_app


def run_demo(
    *,
    port: int | None = None,
    browser: bool = True,
    locale: str | None = None,
    content: Path | None = None,
    name: str = "workbook",
) -> int:
    """Open the invented person's workbook until it is stopped, then remove it; prints what ``run_app`` does.

    ``name`` is the notebook that is published, such as ``components``.

    Returns:
        The exit code: 0.

    Raises:
        Refused: the port is taken, or ``content`` cannot be used.
    """
    with tempfile.TemporaryDirectory(prefix="rebound-demo-", ignore_cleanup_errors=True) as folder:
        fill(Path(folder), dt.datetime.now().astimezone().date())
        return run_app(Path(folder), port=port, browser=browser, locale=locale, content=content, name=name)


def fill(home: Path, today: dt.date) -> None:
    """Write the invented search into a new workbook in ``home``, as if it had been kept until ``today``."""
    from ..history.samples import demo_writes  # noqa: PLC0415 - the demo alone needs it
    from ..workbook import Workbook  # noqa: PLC0415

    with Workbook.open(home).store as store:
        store.write(demo_writes(today), origin="demo")
