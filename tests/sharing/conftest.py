"""A search with everything in it, and a share of some of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from rebound_widgets.content import Content, load_content
from rebound_widgets.domain.record import Revision, answer_id
from rebound_widgets.history import History
from rebound_widgets.history.samples import demo_revisions

WORKBOOK = "workbook-0123456789"


@pytest.fixture
def content() -> Content:
    """What ships, in English."""
    return load_content()


@pytest.fixture
def history(today: dt.date) -> History:
    """The invented person's search."""
    return History.of(demo_revisions(today))


@pytest.fixture
def terms(today: dt.date) -> dict[str, Any]:
    """For whom a share is, until when, why."""
    return {
        "reader": "Ana Reyes",
        "sharer": "Mara",
        "why": "Our talk on Monday",
        "given_on": today,
        "until": today + dt.timedelta(days=28),
    }


def answer(
    question: str, kind: str, value: Any, *, subject: str | None = None, item: int | None = None
) -> Revision:
    """An answer as it is in a workbook."""
    body = {"question": question, "kind": kind, "value": value, "subject": subject, "item": item}
    return Revision(
        number=900_000,
        record_id=answer_id(question, subject, item),
        kind="answer",
        body=body,
        deleted=False,
        made_at=dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC),
        based_on=0,
        change="change-1",
        origin="test",
    )
