"""A desk, and people who share with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.content import load_content
from rebound_widgets.desk import Desk
from rebound_widgets.history import History
from rebound_widgets.history.samples import demo_revisions
from rebound_widgets.sharing import Revocation, Share, compose, offers, revocation_bytes, share_bytes

from ..conftest import Clock


@pytest.fixture
def desk(home: Path, clock: Clock) -> Iterator[Desk]:
    """The desk of Ana Reyes, empty."""
    opened = Desk.open(home / "desk", clock=clock)
    opened.workbook.record("desk/name", "Ana Reyes")
    yield opened
    opened.close()


def shared(
    today: dt.date, *, workbook: str = "workbook-1", chosen: tuple[str, ...] = ("numbers",), **grant: Any
) -> tuple[bytes, Share, bytes]:
    """The invented person's share: its file, itself, and the file that takes it back.

    ``chosen`` are beginnings of ids of what is offered.
    """
    history, content = History.of(demo_revisions(today)), load_content()
    ids = [o.id for o in offers(history, content, workbook) if o.id.startswith(chosen)]
    terms = {
        "reader": "Ana Reyes",
        "sharer": "Mara",
        "why": "",
        "given_on": today,
        "until": today + dt.timedelta(28),
    }
    share, secret = compose(history, content, workbook, ids, {**terms, **grant})
    return share_bytes(share), share, revocation_bytes(Revocation(share=share.id, secret=secret))


def panels(page: Any) -> dict[str, Mapping[str, Any]]:
    """Every panel of a page, the margin's too, by its id."""
    widgets = [*page.children, *page.margin]
    return {p["id"]: p for w in widgets if hasattr(w, "panels") for p in w.panels}
