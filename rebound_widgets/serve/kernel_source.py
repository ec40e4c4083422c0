"""Where kernels come from: begun before Jupyter's libraries are loaded, so that both load at the same time."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from ..warm_kernels.recipe import Recipe
from ..warm_kernels.waiting import waiting_kernel
from ..warm_kernels.zygotes import zygote
from .logs import log

WARM = Recipe(("-P",), str(Path(__file__).with_name("warm_modules.txt")), f"{__package__}.warming:prepare")
"""What kernels are made of."""
_NOT_TO_KERNELS = ("JUPYTER", "IPYTHON", "JPY_", "PYTHONSTARTUP", "PYTHONINSPECT", "VOILA")


def begin_kernels(env: Mapping[str, str]) -> None:
    """Begin to import what kernels need, in a process that they are forked from, or that waits to be one.

    Takes milliseconds, and does nothing where it was begun before.
    """
    if not zygote(WARM, env, log.warning).start():
        waiting_kernel(WARM, env, log.warning).start()


def own_env(home: Path, locale: str | None, content: Path | None) -> dict[str, str]:
    """What a kernel needs to know of one person's workbook."""
    env = {"REBOUND_HOME": str(home)}
    if locale:
        env["REBOUND_LOCALE"] = locale
    if content:
        env["REBOUND_CONTENT"] = str(content.absolute())
    return env


def kernel_env(folder: Path, own: Mapping[str, str]) -> dict[str, str]:
    """The environment of a kernel: the system's without what configures Jupyter or IPython, and ``own``.

    Args:
        folder: An empty folder that stands for all of Jupyter's and IPython's.
        own: What the workbook needs to know.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_TO_KERNELS)}
    return {
        **kept,
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_CONFIG_DIR": str(folder / "jupyter"),
        "JUPYTER_DATA_DIR": str(folder / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(folder / "jupyter"),
        "JUPYTER_PLATFORM_DIRS": "1",
        **own,
    }
