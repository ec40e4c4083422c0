"""A process that has imported the store and forks children which work on a workbook; see conftest.py."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import resource
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import alembic.command
import power
import sqlalchemy.dialects.sqlite.pysqlite

from rebound_widgets.domain.record import Conflict, Write
from rebound_widgets.domain.refused import Refused
from rebound_widgets.store import Store, connection, opening, schema

# Imported once here, so that no child has to.
assert alembic.command
assert sqlalchemy.dialects.sqlite.pysqlite

Say = Callable[[Any], None]
START = dt.datetime(2026, 11, 5, 14, 3, tzinfo=dt.UTC)
NOBODY = 65534


def clock() -> dt.datetime:
    """A clock that stands still."""
    return START


def answer(record_id: str, value: Any, based_on: int | None = 0) -> Write:
    """A write of one answer."""
    body = {"question": "debrief/asked-text", "item": 1, "subject": None, "kind": "prose", "value": value}
    return Write(record_id=record_id, kind="answer", body=body, based_on=based_on)


# --- what children do -----------------------------------------------------------------------------


def later(scripts: str, newest: int) -> None:
    """Become a Rebound that knows format ``newest``."""
    opening.SCRIPTS, schema.FORMAT = Path(scripts), newest


def write_answers(
    say: Say,
    path: str,
    name: str,
    count: int = 10**9,
    together: int = 1,
    knows: tuple[str, int] | None = None,
) -> None:
    """Write new answers, ``together`` in one change, and say the ids of each change once it is on disk."""
    if knows is not None:
        later(*knows)
    say("begun")
    with Store.open(Path(path), clock=clock) as store:
        for change in range(count):
            writes = [
                answer(f"answer-own/{name}/{change}-{i}", f"words {change} {i}") for i in range(together)
            ]
            say([revision.record_id for revision in store.write(writes)])


def count_up(say: Say, path: str, times: int) -> None:
    """Add one to a number in one record, so many times, reading it again after each conflict."""
    conflicts = 0
    with Store.open(Path(path), clock=clock) as store:
        for _ in range(times):
            while True:
                now = store.get("answer-own/count")
                value, seen = (now.body["value"], now.number) if now else (0, 0)
                try:
                    mine = answer("answer-own/count", value + 1, seen)
                    # Said by whom: the same text from both would be one revision, as a text sent twice is.
                    store.write([dataclasses.replace(mine, body={**mine.body, "by": os.getpid()})])
                    break
                except Conflict:
                    conflicts += 1
    say(conflicts)


def open_when_told(say: Say, path: str, gate: str) -> None:
    """Open a workbook at the moment a file appears, and write one answer."""
    say("ready")
    while not Path(gate).exists():
        time.sleep(0.0005)
    with Store.open(Path(path), clock=clock) as store:
        store.write([answer(f"answer-own/{os.getpid()}", "here")])
        say(store.workbook_id)


def import_many(say: Say, path: str, count: int) -> None:
    """Write many answers in one change."""
    writes = [answer(f"answer-own/many/{number}", "x" * 200) for number in range(count)]
    with Store.open(Path(path), clock=clock) as store:
        say("begun")
        store.write(writes)
    say("done")


def fill_the_disk(say: Say, path: str, room: int) -> None:
    """Write until no file may grow beyond ``room`` bytes; say the answers kept, then the sentence."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    with Store.open(Path(path), clock=clock) as store:
        for number in range(10**6):
            try:
                store.write([answer(f"answer-own/full/{number}", "x" * 2000)])
            except Refused as refused:
                say({"rule": refused.rule, "sentence": refused.sentence, "whole": store.check()})
                return
            say(f"answer-own/full/{number}")


def as_nobody(say: Say, path: str) -> None:
    """Without the power of the administrator: read, then try to write."""
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
    try:
        with Store.open(Path(path), clock=clock) as store:
            say([revision.body["value"] for revision in store.current()])
            store.write([answer("answer-own/new", "more")])
    except Refused as refused:
        say({"rule": refused.rule, "sentence": refused.sentence})


def open_only(say: Say, path: str, scripts: str, newest: int) -> None:
    """Open a workbook as a Rebound that knows format ``newest``."""
    later(scripts, newest)
    say("begun")
    with Store.open(Path(path), clock=clock) as store:
        say(store.format)


def open_older(say: Say, path: str, gate: str, scripts: str, newest: int) -> None:
    """Open a workbook as a Rebound that knows format ``newest``, at the moment a file appears; write into it."""
    later(scripts, newest)
    say("ready")
    while not Path(gate).exists():
        time.sleep(0.0005)
    with Store.open(Path(path), clock=clock) as store:
        store.write([answer(f"answer-own/{os.getpid()}", "here")])
        say([store.format, store.check()])


def record_power(say: Say, path: str, trace: str, saves: int, synchronous: str) -> None:
    """Save answers while everything SQLite asks of the disk is written down; see power.py."""
    folder = Path(path).parent
    folder.mkdir(parents=True)
    connection._SETTINGS = tuple(
        f"PRAGMA synchronous = {synchronous}" if "synchronous" in setting else setting
        for setting in connection._SETTINGS
    )
    recorder = power.Recorder(folder)
    with Store.open(Path(path), clock=clock) as store:
        for number in range(saves):
            # An edit of one answer, a new one, or many at once, so that pages are changed, added and moved.
            together = 30 if number % 7 == 5 else 1
            writes = [
                answer(f"answer-own/power/{number if number % 3 else 0}-{i}", f"{number} " * 200, None)
                for i in range(together)
            ]
            kept = store.write(writes)
            recorder.note([(revision.record_id, revision.number) for revision in kept])
            say(number)
    recorder.save(Path(trace))


# --- the server -----------------------------------------------------------------------------------

TASKS = {
    task.__name__: task
    for task in (
        write_answers,
        count_up,
        open_when_told,
        import_many,
        fill_the_disk,
        as_nobody,
        open_only,
        open_older,
        record_power,
    )
}


def run(task: str, arguments: dict[str, Any], heard: str) -> int:
    """One child's whole life; returns its exit status."""
    out = os.open(heard, os.O_WRONLY | os.O_APPEND)

    def say(something: Any) -> None:
        os.write(out, json.dumps(something).encode() + b"\n")

    try:
        TASKS[task](say, **arguments)
    except BaseException:
        say({"error": traceback.format_exc()})
        return 1
    return 0


def main() -> None:
    """Answer one question a line until there are no more."""
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        if "wait" in question:
            _, status = os.waitpid(question["wait"], 0)
            print(json.dumps({"status": status}), flush=True)
            continue
        pid = os.fork()
        if pid == 0:
            os._exit(run(question["start"], question["arguments"], question["heard"]))
        print(json.dumps({"pid": pid}), flush=True)


if __name__ == "__main__":
    main()
