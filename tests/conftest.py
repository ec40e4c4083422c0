"""What every test stands on: a fresh folder, a clock that stands still, no network, no swallowed errors."""

from __future__ import annotations

import datetime as dt
import ipaddress
import logging
import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# On a shared machine a slow moment says nothing about the code, so no deadline; in CI the same examples every
# time, so that a run that fails is a change that fails.
settings.register_profile("local", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "ci", settings.get_profile("local"), derandomize=True, database=None, print_blob=True
)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of a person, and ``REBOUND_HOME`` naming it: no test touches anybody's own."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("REBOUND_HOME", str(folder))
    return folder


# --- a clock that stands still --------------------------------------------------------------------


@dataclass
class Clock:
    """A clock for whatever takes ``clock=``: calling it gives the moment it stands at, in UTC."""

    now: dt.datetime

    def __call__(self) -> dt.datetime:
        """The moment it stands at."""
        return self.now

    def advance(self, **span: float) -> dt.datetime:
        """Move on by ``datetime.timedelta(**span)``; returns the new moment."""
        self.now += dt.timedelta(**span)
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock standing at Thursday 5 November 2026, 14:03 UTC."""
    return Clock(dt.datetime(2026, 11, 5, 14, 3, tzinfo=dt.UTC))


@pytest.fixture
def today(clock: Clock) -> dt.date:
    """The day the clock stands at: Thursday 5 November 2026."""
    return clock.now.date()


# --- errors that a widget swallows ----------------------------------------------------------------

WATCHED = (
    "rebound_widgets",
    "rebound",
    "ipywidgets",
    "traitlets",
    "Comm",
    "tornado",
    "asyncio",
    "concurrent",
)


class _Listener(logging.Handler):
    """Keeps what was logged as an error, and what ipywidgets logs as a warning when a callback raises."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        error = record.levelno >= logging.ERROR and record.name.partition(".")[0] in WATCHED
        swallowed = bool(record.exc_info) and "ipywidgets" in Path(record.pathname).parts
        if (error or swallowed) and not any(record is earlier for earlier in self.heard):
            self.heard.append(record)


@pytest.fixture(autouse=True)
def logged_errors() -> Iterator[list[logging.LogRecord]]:
    """Fails a test in which a callback's exception was swallowed or an error was logged.

    ipywidgets, traitlets, comm and tornado log such an exception and go on, so the test would pass. A test
    that means the error asks for this list, compares what it holds, and clears it.
    """
    listener = _Listener()
    # Beside the root: a library may switch propagation off, then its records never get there.
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in WATCHED)]
    for logger in loggers:
        logger.addHandler(listener)
    try:
        yield listener.heard
    finally:
        for logger in loggers:
            logger.removeHandler(listener)
    if listener.heard:
        told = [logging.Formatter("%(name)s: %(message)s").format(record) for record in listener.heard]
        pytest.fail("Errors were logged and swallowed:\n" + "\n".join(told), pytrace=False)


# --- no network -----------------------------------------------------------------------------------


def _is_here(host: object) -> bool:
    """Whether ``host`` names this machine's loopback."""
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails a test that reaches for another machine; the loopback and unix sockets are open."""

    def refuse(host: object) -> None:
        if not _is_here(host):
            # Not an Exception: code that treats every OSError as "offline" must not hide it.
            pytest.fail(f"A test reached for the network: {host!r}. Tests use the loopback only.")

    def guarded(original: Callable[..., Any]) -> Callable[..., Any]:
        def connect(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                refuse(address[0])
            return original(self, address)

        return connect

    look_up = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        refuse(host)
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
