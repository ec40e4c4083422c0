"""The short version of bench/caseload.py: what opening a desk costs, counted in calls and not in seconds."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from rebound_widgets.desk import Desk, DeskApp

NOON = dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC)
EACH = 100
"""Records of one student."""


@pytest.fixture(scope="module")
def caseload() -> ModuleType:
    """The invented caseload of bench/caseload.py."""
    path = Path(__file__).resolve().parents[2] / "bench" / "caseload.py"
    spec = importlib.util.spec_from_file_location("caseload", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def calls(home: Path, place: str = "desk") -> int:
    """How many functions are called to open a desk and draw one of its pages."""
    counted = 0

    def count(_frame: object, event: str, _given: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        desk = Desk.open(home, clock=lambda: NOON)
        DeskApp(desk).shell._receive(None, {"type": "go", "address": place}, [])
    finally:
        sys.setprofile(None)
    desk.close()
    return counted


def test_each_student_more_costs_the_same(caseload: Any, tmp_path: Path) -> None:
    """Opening grows with what was shared and with nothing else, whether the list is drawn or one person's page."""
    for students in (20, 40):
        caseload.fill(tmp_path / str(students), students, students * EACH)
    for place in ("desk", "session/sender-3"):
        # The first time is for what is done once: caches, and the day on which somebody's share was opened.
        _, few, _, many = (calls(tmp_path / students, place) for students in ("20", "20", "40", "40"))
        assert 0 < (many - few) / 20 / EACH < 22, "calls a record; 17 and 12 when this was written"
