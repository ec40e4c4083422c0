"""Where the real letters are; see tests/history/conftest.py."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

JOBLOGS = Path(
    os.environ.get("REBOUND_JOBLOGS") or Path(__file__).resolve().parents[2].parent / "shared" / "joblogs"
)
# Real people's letters lie beside the project, not in it; elsewhere these tests do not exist.
collect_ignore = [] if JOBLOGS.is_dir() else ["test_real_answers.py"]


@pytest.fixture
def joblogs() -> Path:
    """The folder of real logs."""
    return JOBLOGS
