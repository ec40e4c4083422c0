"""What JupyterHub asks when it starts somebody's server: which page is theirs, and whether they have JupyterLab."""

from __future__ import annotations

from typing import Any

LAB = ("counsellors", "everybody", "nobody")
"""Who may have JupyterLab one click away."""


def before_spawn(spawner: Any, *, counsellors: str, lab: str = "counsellors") -> None:
    """Choose the page: the desk for a counsellor, the workbook for everybody else.

    Args:
        spawner: JupyterHub's.
        counsellors: The group of those who have a desk.
        lab: Who has JupyterLab besides: one of ``LAB``.
    """
    desk = counsellors in {group.name for group in spawner.user.groups}
    notebooks = lab == "everybody" or (lab == "counsellors" and desk)
    spawner.args = ["hosted", *(["--desk"] if desk else []), *(["--lab"] if notebooks else [])]
