"""When a server under a hub ends by itself: nobody is there, neither at a page nor at a notebook."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rebound_widgets.serve.hosted.notebooks import Notebooks
from rebound_widgets.serve.hosted.server import Hosted


def notebooks(tmp_path: Path) -> Notebooks:
    """JupyterLab that nobody has opened."""
    return Notebooks("/user/ana/", tmp_path, "workbook.ipynb", own_env={}, secret="s", run_folder=tmp_path)


def test_a_notebook_that_is_open_keeps_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Minutes without page, kernel and question are counted from the last; then it ends, once."""
    ended: list[int] = []
    monkeypatch.setattr(os, "kill", lambda _pid, number: ended.append(number))
    lab, kernels = notebooks(tmp_path), [["k"], [], [], [], []]
    server: Any = SimpleNamespace(
        _notebooks=lab,
        _alone=0,
        _alone_minutes=2,
        was_alone=False,
        kernel_manager=SimpleNamespace(list_kernel_ids=lambda: kernels.pop(0)),
    )
    Hosted.look(server)  # a page
    Hosted.look(server)  # nobody, for a minute
    lab._asked = True  # a notebook asks something
    Hosted.look(server)
    assert (0, []) == (server._alone, ended)
    Hosted.look(server)
    assert [] == ended
    kernels[:] = [[]]
    Hosted.look(server)
    assert (True, 1) == (server.was_alone, len(ended))


def test_jupyterlab_is_not_there_before_it_is_asked_for(tmp_path: Path) -> None:
    """What nobody opens costs nothing: no file, and an end without anything to end."""
    lab = notebooks(tmp_path)
    assert not lab.in_use()
    asyncio.run(lab.end())
    assert [] == list(tmp_path.iterdir())
    assert lab.holds(SimpleNamespace(path="/user/ana/notebooks/api/contents"))  # type: ignore[arg-type]
    assert not lab.holds(SimpleNamespace(path="/user/ana/files/x"))  # type: ignore[arg-type]
