"""What JupyterHub asks when it starts somebody's server: which page is theirs."""

from __future__ import annotations

from typing import Any

LAB = "lab"
"""The name of the server that is JupyterLab."""


def before_spawn(spawner: Any, *, counsellors: str) -> None:
    """Choose the page: the workbook, the desk for a counsellor, JupyterLab for a counsellor's second server.

    Args:
        spawner: JupyterHub's.
        counsellors: The group of those who have a desk.

    Raises:
        ValueError: somebody asks for a second server who has none; JupyterHub shows that.
    """
    desk = counsellors in {group.name for group in spawner.user.groups}
    if spawner.name and not (desk and spawner.name == LAB):
        raise ValueError("There is one page for each person, and JupyterLab for counsellors.")
    spawner.args = ["hosted", *(["--desk"] if desk else []), *(["--lab"] if spawner.name else [])]
