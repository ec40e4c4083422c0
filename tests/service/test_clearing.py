"""The hourly clearing of a desk service that runs: what the hub or the database says oddly does not end it."""

from __future__ import annotations

import datetime as dt
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from rebound_widgets.service.database import Database
from rebound_widgets.service.tables import people, shares

MADE = "2026-01-01T00:00:00Z"
IMPATIENT = """
import sys
from rebound_widgets import cli
from rebound_widgets.service import running
running._CLEAR_EVERY_S = 0.1
sys.exit(cli.main())
"""
"""The service with hours of a tenth of a second."""
FAULTY = """
from rebound_widgets.service import running
clears, faults = running.clear_out, [KeyError("somebody's words")]
def clear_out(*arguments):
    if faults:
        raise faults.pop()
    return clears(*arguments)
running.clear_out = clear_out
"""
"""Its first clearing fails in a way that nobody thought of."""


@pytest.fixture
def accounts() -> list[dict[str, str]]:
    """What the hub lists, which a test changes."""
    return [{"name": name, "kind": "user", "created": MADE} for name in ("mara", "reyes")]


@pytest.fixture
def hub(accounts: list[dict[str, str]]) -> Iterator[str]:
    """The address of a hub's API that lists ``accounts``."""

    class Said(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(accounts).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Said) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/hub/api"
        server.shutdown()
        thread.join()


class Centre:
    """A desk service in a process of its own, and its database."""

    def __init__(self, folder: Path, hub: str) -> None:
        self.folder, self.hub = folder, hub
        self.database = Database(f"sqlite:///{folder}/centre.sqlite")
        self.database.bring_up()
        today = dt.datetime.now().astimezone().date()
        for name in ("mara", "reyes", "gone"):
            row = {
                "id": name,
                "key": f"account:{name}@{MADE}",
                "hub_name": name,
                "name": "",
                "seen_on": today,
            }
            self.database.do(lambda connection, row=row: connection.execute(insert(people).values(**row)))

    def share(self, name: str) -> None:
        """A share whose last day was yesterday."""
        yesterday = dt.datetime.now().astimezone().date() - dt.timedelta(days=1)
        row = {"id": name, "author_id": "mara", "reader_id": "reyes", "sender": "s", "given_on": yesterday}
        row |= {"until": yesterday, "counted": False, "rest": '{"a": 1}', "digest": "d", "received_at": MADE}
        self.database.do(lambda connection: connection.execute(insert(shares).values(**row)))

    def kept(self) -> set[str]:
        """The shares that still say something."""
        found = self.database.do(
            lambda connection: (
                connection.execute(select(shares.c.id).where(shares.c.rest != "{}")).scalars().all()
            )
        )
        return set(found)

    def people(self) -> set[str]:
        """Who is known."""
        return set(
            self.database.do(lambda connection: connection.execute(select(people.c.id)).scalars().all())
        )

    @contextmanager
    def started(self, code: str) -> Iterator[subprocess.Popen[str]]:
        """``rebound centre``, started by ``code``; it ends with the test, whatever comes of that."""
        config = self.folder / "centre.toml"
        config.touch(mode=0o600)
        config.write_text(f'database = "sqlite:///{self.folder}/centre.sqlite"\n', encoding="utf-8")
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        told = {"API_TOKEN": "t", "API_URL": self.hub, "SERVICE_URL": f"http://127.0.0.1:{port}"}
        with subprocess.Popen(
            [sys.executable, "-c", code, "centre", "--config", str(config)],
            env=os.environ | {f"JUPYTERHUB_{name}": value for name, value in told.items()},
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                yield process
            finally:
                process.terminate()


@pytest.fixture
def centre(tmp_path: Path, hub: str) -> Iterator[Centre]:
    """A service that has not been started."""
    made = Centre(tmp_path, hub)
    yield made
    made.database.close()


def until(condition: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_an_odd_answer_of_the_hub_erases_nobody_and_ends_nothing(
    centre: Centre, accounts: list[dict[str, str]]
) -> None:
    """With an account that has no moment nobody is taken for gone, and what is over is erased all the same."""
    accounts.append({"name": "zed", "kind": "user"})
    centre.share("first")
    with centre.started(IMPATIENT) as process:
        until(lambda: not centre.kept())
        centre.share("second")
        until(lambda: not centre.kept())
        known = centre.people()
        accounts.pop()
        until(lambda: centre.people() == {"mara", "reyes"})
        process.terminate()
    assert {"mara", "reyes", "gone"} == known
    assert 0 == process.returncode


def test_a_clearing_that_failed_is_told_and_tried_again(centre: Centre) -> None:
    """Whatever went wrong, a line names the kind and the place, nobody's words, and the next hour erases."""
    centre.share("first")
    with centre.started(FAULTY + IMPATIENT) as process:
        until(lambda: not centre.kept())
        process.terminate()
        assert process.stderr is not None
        lines = [json.loads(line) for line in process.stderr]
    (failed,) = [line for line in lines if line["level"] == "error"]
    assert ("what is over could not be erased; tried again in an hour", "KeyError") == (
        failed["what"],
        failed["problem"],
    )
    assert "somebody's words" not in str(lines)
