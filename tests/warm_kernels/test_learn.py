"""The list of modules is learned from a kernel, and holds none that may not be there before a fork."""

from __future__ import annotations

from pathlib import Path

import pytest

from rebound_widgets.warm_kernels.learn import importable, loaded_after, write_list
from rebound_widgets.warm_kernels.recipe import listed_modules

RESTLESS = "import threading, time\nthreading.Thread(target=time.sleep, args=[1]).start()\n"


def test_what_a_page_loaded_is_listed_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Modules that a cell imports are in the list; missing ones and those with threads are left out."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    found = loaded_after(["import colorsys"])
    assert {"ipykernel.ipkernel", "colorsys"} <= set(found)
    assert "__main__" not in found
    (tmp_path / "restless.py").write_text(RESTLESS)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    kept = importable(["nowhere", "colorsys", "restless", "json"])
    write_list(tmp_path / "list", kept)
    assert ("colorsys", "json") == listed_modules(str(tmp_path / "list"))


def test_a_cell_that_fails_is_no_lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that did not come to its end gives no list."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        loaded_after(["1 / 0"])
