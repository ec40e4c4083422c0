"""The desk service without a server: its operations in real transactions, on SQLite."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.domain.refused import Refused
from rebound_widgets.service.call import Call
from rebound_widgets.service.callers import CARE, COHORT, READ_SHARED, Caller, Directory
from rebound_widgets.service.database import Database
from rebound_widgets.service.operations import OPERATIONS

BY_NAME = {operation.name: operation for operation in OPERATIONS}
COUNSELLORS = frozenset({"reyes", "moss"})


@dataclass
class Desk:
    """Asks the operations as somebody."""

    database: Database
    clock: Any
    directory: Directory = field(default_factory=lambda: Directory(COUNSELLORS))
    made: dict[str, str] = field(default_factory=dict)
    """Account to the moment it was made; another moment is another person."""

    def ask(self, who: str, name: str, *ids: str, body: Any = None) -> tuple[int, Any]:
        """The status and the answer, or the rule of the refusal."""
        scopes = {READ_SHARED, COHORT} if who in COUNSELLORS else {CARE} if who == "officer" else set()
        caller = Caller(
            key=f"account:{who}@{self.made.get(who, 'then')}", hub_name=who, scopes=frozenset(scopes)
        )

        def work(connection: Any) -> tuple[int, Any]:
            now = self.clock.now
            call = Call(
                connection=connection,
                caller=caller,
                directory=self.directory,
                now=now,
                today=now.date(),
                ids=ids,
                body=body,
            )
            return BY_NAME[name].run(call)

        try:
            return self.database.do(work)
        except Refused as refused:
            return 0, refused.rule

    def id_of(self, who: str) -> str:
        """The id of somebody at the centre."""
        return str(self.ask(who, "me")[1]["id"])

    def agree(self, who: str) -> None:
        """They agree that what they share is kept."""
        self.ask(who, "agree", body={"words": "centre-1"})


@pytest.fixture
def desk(tmp_path: Path, clock: Any) -> Iterator[Desk]:
    """A fresh database with nobody in it."""
    database = Database(f"sqlite:///{tmp_path}/centre.sqlite")
    database.bring_up()
    yield Desk(database, clock)
    database.close()


def share_body(name: str, today: dt.date, **more: Any) -> dict[str, Any]:
    """A share as it is sent."""
    note = {"id": "note@interview-1", "kind": "note", "title": "Acme", "text": "Three people and a plant."}
    return {
        "share": f"share-{name}",
        "sender": f"sender-{name.partition('/')[0]}",
        "from": "Mara",
        "for": "Ana Reyes",
        "why": "Our talk on Monday",
        "given_on": today.isoformat(),
        "until": (today + dt.timedelta(days=28)).isoformat(),
        "counted": False,
        "programme": "",
        "term": "",
        "locale": "en",
        "seal": "0" * 64,
        "items": [note],
        **more,
    }


def reply(number: int, sender: str, today: dt.date) -> dict[str, Any]:
    """A reply as it is sent."""
    return {
        "reply": f"counsel-{number}",
        "sender": sender,
        "from": "Ana Reyes",
        "made_on": today.isoformat(),
        "opened": [],
        "note": "Well done with Acme.",
        "actions": [{"what": "Ask Tom", "by": None}],
        "questions": [],
    }


Give = Callable[..., tuple[int, Any]]


@pytest.fixture
def give(desk: Desk, today: dt.date) -> Give:
    """Gives a share: ``give("mara", "reyes", "share-name", **fields)``."""

    def given(who: str, reader: str, name: str = "one", **more: Any) -> tuple[int, Any]:
        desk.agree(who)
        body = {"reader": desk.id_of(reader), "share": share_body(name, today, **more)}
        return desk.ask(who, "share", f"share-{name}", body=body)

    return given
