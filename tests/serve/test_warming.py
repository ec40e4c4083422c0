"""What kernels are forked from fits the pages there are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from rebound_widgets.serve.kernel_source import WARM
from rebound_widgets.warm_kernels.recipe import listed_modules

_MISSING_AT_MOST = 40
# The modules of a page, loaded without a kernel: every chapter is opened once.
PAGE = """
import sys
from rebound_widgets import open_workbook
shell = open_workbook()
for chapter in shell.chapters:
    shell._receive(None, {"type": "go", "address": chapter["id"]}, [])
print("\\n".join(sys.modules))
"""


def test_the_list_of_modules_is_that_of_the_pages(tmp_path: Path) -> None:
    """What every chapter loads is in the list, but for a few; where it is not: make warm-modules."""
    env = {**os.environ, "REBOUND_HOME": str(tmp_path)}
    loaded = subprocess.run(
        [sys.executable, "-c", PAGE], env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    new = {
        name
        for name in loaded.stdout.split()
        if name.startswith(("rebound_widgets", "pandas", "numpy", "sqlalchemy"))
    }
    missing = new - set(listed_modules(WARM.modules))
    assert len(missing) <= _MISSING_AT_MOST, f"make warm-modules: {sorted(missing)}"


PREPARED = """
import os, tempfile, threading
before = set(os.listdir("/proc/self/fd"))
from rebound_widgets.serve.warming import prepare
prepare()
print(threading.active_count(), len(set(os.listdir("/proc/self/fd")) - before), os.listdir(tempfile.gettempdir()))
"""


def test_preparing_leaves_nothing_open_and_nothing_behind(tmp_path: Path) -> None:
    """What every kernel is forked from has one thread, no file of the rehearsal open, and none left."""
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", PREPARED], env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    assert "1 0 []\n" == done.stdout
