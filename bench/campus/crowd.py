"""What locust runs: a class of students who share, and the counsellors who read it. Tokens come from a file."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import random
from pathlib import Path
from typing import Any

from locust import between, task
from locust.contrib.fasthttp import FastHttpUser

CAST: dict[str, Any] = json.loads(Path(os.environ["REBOUND_CAST"]).read_text(encoding="utf-8"))
BELOW = "/services/centre/v1"
GIVEN: dict[str, list[str]] = {one["id"]: [] for one in CAST["counsellors"]}
STUDENTS, COUNSELLORS = itertools.cycle(CAST["students"]), itertools.cycle(CAST["counsellors"])
KEEPS = 40
"""Shares of one student that stand at a time; the oldest is taken back for the next."""
NOTE = "Three people and a plant. They asked about the ferry tables, and I drew the graph on the wall. " * 10


def share(name: str) -> dict[str, Any]:
    """A share with a note of a kilobyte and a search in numbers of twenty applications."""
    today = dt.datetime.now().astimezone().date()
    rows = [
        {
            "key": f"{number:016x}",
            "applied_on": (today - dt.timedelta(days=40)).isoformat(),
            "stage": "applied",
            "outcome": "no",
            "outcome_on": (today - dt.timedelta(days=20)).isoformat(),
            "reached": {},
            "interviews": [],
        }
        for number in range(20)
    ]
    numbers = {
        "id": "numbers",
        "kind": "numbers",
        "title": "n",
        "last_on": today.isoformat(),
        "applications": rows,
    }
    note = {"id": "note@interview-1", "kind": "note", "title": "Acme", "text": NOTE}
    return {
        "share": name,
        "sender": "sender-crowd",
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
        "items": [note, numbers],
    }


class Student(FastHttpUser):
    """Shares about every other second, with one of the counsellors."""

    fixed_count = len(CAST["students"])
    wait_time = between(0, 3.9)  # nobody shares in step, as they would with a pause of one length

    def on_start(self) -> None:
        me = next(STUDENTS)
        self.headers = {"Authorization": f"token {me['token']}"}
        self.mark, self.number, self.mine = me["name"], itertools.count(), []

    @task
    def give(self) -> None:
        """One share; the oldest goes where there are many."""
        reader = random.choice(list(GIVEN))  # noqa: S311 - no secret
        name = f"share-{self.mark}-{os.getpid()}-{next(self.number)}"
        body = {"reader": reader, "share": share(name)}
        answer = self.client.put(f"{BELOW}/shares/{name}", json=body, headers=self.headers, name="share")
        if answer.status_code == 201:
            GIVEN[reader].append(name)
            self.mine.append((reader, name))
        if len(self.mine) > KEEPS:
            reader, name = self.mine.pop(0)
            GIVEN[reader].remove(name)
            self.client.delete(f"{BELOW}/shares/{name}", headers=self.headers, name="take back")


class Counsellor(FastHttpUser):
    """Reads what was shared with them, about ten a second."""

    fixed_count = len(CAST["counsellors"])
    wait_time = between(0, 0.18)

    def on_start(self) -> None:
        me = next(COUNSELLORS)
        self.headers, self.mine = {"Authorization": f"token {me['token']}"}, GIVEN[me["id"]]

    @task
    def read(self) -> None:
        """One share, whole."""
        if self.mine:
            name = random.choice(self.mine[-20:])  # noqa: S311
            self.client.get(f"{BELOW}/received/{name}", headers=self.headers, name="read")
