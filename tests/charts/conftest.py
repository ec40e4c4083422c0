"""Searches of any size, and the content in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from rebound_widgets.content import Content, load_content
from rebound_widgets.domain.record import Revision
from rebound_widgets.history import History

TODAY = dt.date(2026, 11, 5)
KINDS: tuple[Mapping[str, Any], ...] = (
    {"sent": 60},
    {"sent": 45, "outcome": "no", "heard": 30},
    {"sent": 5},
    {"sent": 80, "outcome": "no", "heard": 75},
    {"sent": 90, "stage": "interview", "outcome": "no", "heard": 50},
    {"sent": 70, "stage": "offer", "outcome": "accepted", "heard": 20},
    {"sent": 40, "stage": "answered"},
    {"sent": 50, "outcome": "withdrawn"},
    {"sent": 33},
    {},
)


def history_of(rows: list[Mapping[str, Any]]) -> History:
    """A history of applications, days given before today."""
    revisions = []
    for number, row in enumerate(rows, start=1):
        body = {"company": f"Firm {number}", "stage": "applied", "outcome": "open"}
        body |= {key: value for key, value in row.items() if key not in ("sent", "heard")}
        for name, key in (("sent", "applied_on"), ("heard", "outcome_on")):
            if name in row:
                body[key] = (TODAY - dt.timedelta(days=row[name])).isoformat()
        revisions.append(
            Revision(
                number=number,
                record_id=f"application-{number:05d}",
                kind="application",
                body=body,
                deleted=False,
                made_at=dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC),
                based_on=0,
                change="c",
                origin="test",
            )
        )
    return History.of(revisions)


@pytest.fixture
def of_size() -> Callable[[int], History]:
    """A search of so many applications of every kind there is."""
    return lambda count: history_of([KINDS[n % len(KINDS)] for n in range(count)])


@pytest.fixture
def search() -> Callable[..., History]:
    """A search of these applications."""
    return lambda *rows: history_of(list(rows))


@pytest.fixture(params=["en", "es"])
def content(request: pytest.FixtureRequest) -> Content:
    """The content, in one language after the other."""
    return load_content(request.param)


@pytest.fixture
def english() -> Content:
    """The content in English."""
    return load_content("en")
