"""Searches in a line each, real logs where they are, and the simulations of the bench."""

from __future__ import annotations

import datetime as dt
import importlib.util
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from rebound_widgets.domain.record import Revision
from rebound_widgets.history import History

ROOT = Path(__file__).resolve().parents[2]
JOBLOGS = Path(os.environ.get("REBOUND_JOBLOGS") or ROOT.parent / "shared" / "joblogs")
# Real people's logs lie beside the project, not in it; elsewhere these tests do not exist.
collect_ignore = [] if JOBLOGS.is_dir() else ["test_insight_logs.py"]

TODAY = dt.date(2026, 11, 5)
MADE_AT = dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC)

Rows = Iterable[tuple[str, str, Mapping[str, Any]]]


def as_history(rows: Rows) -> History:
    """A history of records given as id, kind and body."""
    return History.of(
        Revision(
            number=number,
            record_id=record_id,
            kind=kind,
            body=body,
            deleted=False,
            made_at=MADE_AT,
            based_on=0,
            change="c",
            origin="test",
        )
        for number, (record_id, kind, body) in enumerate(rows, start=1)
    )


def ago(days: int) -> str:
    """The day so many days before today, ISO 8601."""
    return (TODAY - dt.timedelta(days=days)).isoformat()


def applications(*given: Mapping[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Records of applications; ``times`` repeats one, ``sent`` and ``heard`` are days before today."""
    rows = []
    for one in given:
        body = {key: value for key, value in one.items() if key not in {"times", "sent", "heard"}}
        body = {"company": "Acme", "stage": "applied", "outcome": "open", **body}
        if "sent" in one:
            body["applied_on"] = ago(one["sent"])
        if "heard" in one:
            body["outcome_on"] = ago(one["heard"])
        rows += [body] * one.get("times", 1)
    return [(f"application-{n:04d}", "application", body) for n, body in enumerate(rows)]


@pytest.fixture
def search() -> Callable[..., History]:
    """Makes a history of applications, each a mapping; see ``applications``."""
    return lambda *given: as_history(applications(*given))


@pytest.fixture(name="history")
def _history() -> Callable[[Rows], History]:
    return as_history


@pytest.fixture(name="ago")
def _ago() -> Callable[[int], str]:
    return ago


@pytest.fixture
def joblogs() -> Path:
    """The folder of real logs."""
    return JOBLOGS


@pytest.fixture(scope="session")
def calibration() -> ModuleType:
    """The simulations of bench/calibration.py."""
    spec = importlib.util.spec_from_file_location("calibration", ROOT / "bench" / "calibration.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
