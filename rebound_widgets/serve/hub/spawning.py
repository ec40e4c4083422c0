"""What JupyterHub asks when it starts somebody's server: which page is theirs."""

from __future__ import annotations

from typing import Any


def before_spawn(spawner: Any, *, counsellors: str) -> None:
    """Choose the page: the desk for a counsellor, the workbook for everybody else.

    Args:
        spawner: JupyterHub's.
        counsellors: The group of those who have a desk.
    """
    desk = counsellors in {group.name for group in spawner.user.groups}
    spawner.args = ["hosted", *(["--desk"] if desk else [])]
