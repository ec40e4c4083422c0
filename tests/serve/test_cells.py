"""A page's cells are run in a kernel, and in another where the first one is no use."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import uuid
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.serve import cells
from rebound_widgets.serve.kernel_source import kernel_env
from rebound_widgets.serve.kernels import Kernels, OwnKernel, kernel_config


class Stuck(Kernels):
    """Kernels of which the first stands still as soon as it is there, as one that a fork left half made would."""

    stood_still = 0

    async def start_kernel(self, **kwargs: Any) -> str:
        kernel_id = await super().start_kernel(**kwargs)
        if not self.stood_still:
            self.stood_still = self.get_kernel(kernel_id).provisioner.pid
            os.kill(self.stood_still, signal.SIGSTOP)
        return kernel_id


def test_a_kernel_that_never_greets_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, logged_errors: list[logging.LogRecord]
) -> None:
    """Nobody looks at an empty page for minutes because one fork went wrong."""
    monkeypatch.setattr(cells, "_WELCOME_S", 2)
    source = "import ipywidgets\nipywidgets.Label('here')"
    notebook = tmp_path / "page.ipynb"
    notebook.write_text(json.dumps({"cells": [{"cell_type": "code", "source": source}]}), encoding="utf-8")

    async def run() -> tuple[cells.Shown, int, bool]:
        kernels = Stuck(config=kernel_config(tmp_path / "k"), kernel_spec_manager=OwnKernel())
        start = {"cwd": str(tmp_path), "env": kernel_env(tmp_path, {})}
        kernel_id = str(uuid.uuid4())
        try:
            shown = await cells.run_notebook(kernels, kernel_id, notebook, start)
            return shown, kernels.stood_still, Path(f"/proc/{kernels.stood_still}/task").exists()
        finally:
            await kernels.end_all()

    shown, stood_still, is_there = asyncio.run(run())
    assert 1 == len(shown.views)
    assert stood_still
    assert not is_there
    (said,) = logged_errors
    assert "try 1: KernelSilent" in said.getMessage()
    logged_errors.clear()
