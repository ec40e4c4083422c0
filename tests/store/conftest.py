"""What the store's tests stand on: a fresh workbook, and other processes that write to it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.domain.record import Write
from rebound_widgets.store import Store, opening, schema

HERE = Path(__file__).resolve().parent
PATIENCE_S = 60


@pytest.fixture
def path(home: Path) -> Path:
    """Where the workbook of this test is or will be; nothing is there yet."""
    return home / "workbook.rebound"


@pytest.fixture
def store(path: Path, clock: Any) -> Iterator[Store]:
    """A fresh workbook, open."""
    with Store.open(path, clock=clock) as opened:
        yield opened


@pytest.fixture
def answer() -> Callable[..., Write]:
    """Makes a write of an answer: ``answer("words", "debrief/asked-text", item=1, based_on=0)``."""

    def make(
        value: Any,
        question: str = "debrief/asked-text",
        *,
        item: int | None = 1,
        based_on: int | None = 0,
        deleted: bool = False,
    ) -> Write:
        body = {
            "question": question,
            "item": item,
            "subject": None,
            "kind": "prose",
            "value": value,
            "zone": "+01:00",
        }
        return Write(
            record_id=f"answer-own/{question}/{item}",
            kind="answer",
            body=body,
            based_on=based_on,
            deleted=deleted,
        )

    return make


@pytest.fixture
def applications() -> Callable[[int], list[Write]]:
    """Makes writes of so many new applications."""

    def make(count: int) -> list[Write]:
        return [
            Write(
                record_id=f"application-{number:06d}",
                kind="application",
                body={
                    "company": f"Firm {number}",
                    "role": "analyst",
                    "applied_on": "2026-10-03",
                    "note": "Äpfel",
                },
                based_on=0,
            )
            for number in range(count)
        ]

    return make


@pytest.fixture
def later_formats(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes this Rebound one of the future: ``later_formats("body of upgrade()", …)`` adds formats 2 and on."""

    def add(*bodies: str) -> None:
        scripts = tmp_path / "later"
        shutil.rmtree(scripts, ignore_errors=True)
        shutil.copytree(opening.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
        for number, body in enumerate(bodies, schema.FORMAT + 1):
            (scripts / "versions" / f"format_{number:04d}.py").write_text(
                "import os, signal\nimport sqlalchemy as sa\nfrom alembic import op\n"
                f"revision = '{number:04d}'\ndown_revision = '{number - 1:04d}'\n"
                "def upgrade():\n" + "".join(f"    {line}\n" for line in body.splitlines())
            )
        monkeypatch.setattr(opening, "SCRIPTS", scripts)
        monkeypatch.setattr(schema, "FORMAT", schema.FORMAT + len(bodies))

    return add


# --- other processes ------------------------------------------------------------------------------


def failures(said: list[Any]) -> list[Any]:
    """What a child said when it ended with an exception."""
    return [line for line in said if isinstance(line, dict) and "error" in line]


class Child:
    """Another process at work on a workbook. What it says is in a file, so a killed child has said it too."""

    def __init__(self, server: Children, pid: int, heard: Path) -> None:
        self._server = server
        self.pid = pid
        self._heard = heard

    def said(self) -> list[Any]:
        """Everything it has said, oldest first; half a line is not said."""
        lines = self._heard.read_bytes().split(b"\n")[:-1]
        return [json.loads(line) for line in lines]

    def wait_until(self, count: int) -> list[Any]:
        """Wait until it has said ``count`` things."""
        deadline = time.monotonic() + PATIENCE_S
        while len(said := self.said()) < count:
            if time.monotonic() > deadline or failures(said):
                pytest.fail(f"The child said {said} and no more.")
            time.sleep(0.002)
        assert [] == failures(said)
        return said

    def kill(self) -> list[Any]:
        """SIGKILL it at once; returns what it had said."""
        os.kill(self.pid, signal.SIGKILL)
        self._server.ask({"wait": self.pid})
        return self.said()

    def finish(self) -> list[Any]:
        """Wait until it has ended by itself; returns what it said."""
        status = self._server.ask({"wait": self.pid})["status"]
        said = self.said()
        assert (0, []) == (status, failures(said))
        return said


class Children:
    """Starts children quickly: one process imports everything once and forks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        # A file for the errors: a pipe nobody reads would fill and stop the server.
        self._errors = (folder / "errors").open("wb")
        self._server = subprocess.Popen(
            [sys.executable, "-W", "error", str(HERE / "children" / "server.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
        )
        assert {"ready": True} == self._answer()

    def start(self, task: str, **arguments: Any) -> Child:
        """Start ``task`` of ``children/server.py`` in a process of its own."""
        self._count += 1
        heard = self._folder / f"{self._count}"
        heard.touch()
        told = {name: str(value) if isinstance(value, Path) else value for name, value in arguments.items()}
        answer = self.ask({"start": task, "arguments": told, "heard": str(heard)})
        return Child(self, answer["pid"], heard)

    def ask(self, question: Mapping[str, Any]) -> Any:
        """Put one question to the server."""
        assert self._server.stdin is not None
        self._server.stdin.write(json.dumps(question).encode() + b"\n")
        self._server.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self._server.stdout is not None
        line = self._server.stdout.readline()
        assert line, (self._folder / "errors").read_text()
        return json.loads(line)

    def close(self) -> None:
        """End the server."""
        assert self._server.stdin is not None
        self._server.stdin.close()
        self._server.wait(PATIENCE_S)
        self._server.stdout.close()
        self._errors.close()


@pytest.fixture(scope="session")
def children(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Children]:
    """Other processes, ready to start."""
    server = Children(tmp_path_factory.mktemp("children"))
    yield server
    server.close()
