"""What the tests of histories share: records without a store, and logs without a file."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.domain.record import Revision, Write
from rebound_widgets.history.importing import ImportPlan, Table, plan_import, propose, read_table

MADE_AT = dt.datetime(2026, 11, 4, 22, 30, tzinfo=dt.UTC)
JOBLOGS = Path(
    os.environ.get("REBOUND_JOBLOGS") or Path(__file__).resolve().parents[2].parent / "shared" / "joblogs"
)
# Real people's logs lie beside the project, not in it; elsewhere these tests do not exist.
collect_ignore = [] if JOBLOGS.is_dir() else ["test_real_logs.py"]
if not Path("/proc/self/status").exists():  # limits of memory as these tests set them are those of Linux
    collect_ignore.append("test_hostile.py")

Body = Mapping[str, Any]
ReadLog = Callable[..., ImportPlan]


def as_revisions(writes: Iterable[Write], *, first: int = 1) -> list[Revision]:
    """The revisions a store would make of these writes."""
    return [
        Revision(
            number=number,
            record_id=write.record_id,
            kind=write.kind,
            body=write.body,
            deleted=write.deleted,
            made_at=MADE_AT,
            based_on=write.based_on or 0,
            change="change-1",
            origin="import",
        )
        for number, write in enumerate(writes, start=first)
    ]


def as_records(records: Iterable[tuple[str, str, Body]]) -> list[Revision]:
    """Revisions of records given as id, kind and body."""
    return as_revisions(
        Write(record_id=record_id, kind=kind, body=body, based_on=0) for record_id, kind, body in records
    )


def plan(log: str | bytes, existing: Iterable[Revision] = (), **corrections: Any) -> ImportPlan:
    """What importing a log would do, given as the text of a file."""
    table = read_table(log.encode() if isinstance(log, str) else log, "log.csv")
    return plan_import(table, propose(table, **corrections), list(existing))


@pytest.fixture
def joblogs() -> Path:
    """The folder of real logs."""
    return JOBLOGS


@pytest.fixture(name="revisions")
def _revisions() -> Callable[..., list[Revision]]:
    return as_revisions


@pytest.fixture(name="records")
def _records() -> Callable[..., list[Revision]]:
    return as_records


@pytest.fixture(name="plan")
def _plan() -> ReadLog:
    return plan


@pytest.fixture
def table() -> Callable[[str], Table]:
    """Reads a log given as text."""
    return lambda text: read_table(text.encode(), "log.csv")
