"""``rebound desk``: a counsellor's desk, in their browser, on their computer."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from pathlib import Path

from .. import places
from .launcher import run_app

NOTEBOOK = "counsellor/desk"


def run_desk(
    home: Path | None,
    *,
    port: int | None = None,
    browser: bool = True,
    locale: str | None = None,
    content: Path | None = None,
) -> int:
    """Serve the desk in ``home`` until it is stopped; prints what ``run_app`` does.

    Args:
        home: Its folder, which is not that of anybody's own workbook; see ``places.desk_home``.
        port: As in ``run_app``.
        browser: As in ``run_app``.
        locale: As in ``run_app``.
        content: An institution's content folder, which the studio works on. It may have mistakes in it, since
            the studio is where they are mended: until then the desk says what ships.

    Returns:
        The exit code: 0.

    Raises:
        Refused: the port is taken, or the folder cannot be written.
    """
    folder = places.desk_home(home)
    # Kernels are given the launcher's environment: the notebook finds the desk by it.
    os.environ["REBOUND_DESK"] = str(folder)
    if content is not None:
        from ..desk.studio.folder import Folder  # noqa: PLC0415 - only where a folder is named

        os.environ["REBOUND_CONTENT"] = str(Folder(content).root)
    return run_app(folder, port=port, browser=browser, locale=locale, name=NOTEBOOK)


def run_demo_desk(
    *,
    port: int | None = None,
    browser: bool = True,
    locale: str | None = None,
    content: Path | None = None,
) -> int:
    """Open a desk of invented people until it is stopped, then remove it; otherwise as ``run_desk``."""
    from ..desk.demo import fill_desk  # noqa: PLC0415 - the demo alone needs it

    with tempfile.TemporaryDirectory(prefix="rebound-demo-", ignore_cleanup_errors=True) as folder:
        fill_desk(Path(folder), dt.datetime.now().astimezone().date())
        return run_desk(Path(folder), port=port, browser=browser, locale=locale, content=content)
