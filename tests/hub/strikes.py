"""What can die under a hub while somebody writes or shares, and what brings it back.

Each is killed by SIGKILL. What a service of the system starts again on a real machine (the hub, its proxy, the
database) is started again by the bench; what the hub starts again (the desk service, a person's own server) comes back
by itself.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import signal
from collections.abc import Mapping
from typing import Any

from faults.faults import CLOSED_S, Fault

from .campus import Campus, processes_of, wait_for

HUB_SEES_S = 45.0
"""The hub looks every few seconds whether its proxy has all its ways and people's servers still run, and a server takes
some seconds to start; the desk service is looked for every half minute."""
SERVICE_S = 60


def kill_hub(campus: Campus, _name: str) -> None:
    """The hub."""
    assert campus.hub is not None
    campus.hub.kill()
    campus.hub.wait()


def start_hub(campus: Campus, _name: str) -> None:
    """It is started again."""
    campus.hub = campus.start_hub()


def kill_proxy(campus: Campus, _name: str) -> None:
    """The proxy, and with it every connection."""
    assert campus.proxy is not None
    campus.proxy.kill()
    campus.proxy.wait()


def start_proxy(campus: Campus, _name: str) -> None:
    """It is started again, and knows no way to anybody."""
    campus.proxy = campus.start_proxy()


def kill_centre(campus: Campus, _name: str) -> None:
    """The desk service."""
    for process in campus.centre_pids():
        os.kill(process, signal.SIGKILL)


def await_centre(campus: Campus, _name: str) -> None:
    """The hub starts it again."""
    wait_for(
        "the desk service",
        lambda: campus.ask("/services/centre/health", port=campus.centre_port).status == 200,
        SERVICE_S,
    )


def kill_database(campus: Campus, _name: str) -> None:
    """Every process of the database."""
    assert campus.database is not None
    campus.database.kill()


def start_database(campus: Campus, _name: str) -> None:
    """It is started again and reads its journal."""
    assert campus.database is not None
    campus.database.start()


def kill_server(_campus: Campus, name: str) -> None:
    """Everything that runs under somebody's account: their server, and its kernels."""
    for process in processes_of(pwd.getpwnam(name).pw_uid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def nothing(_campus: Campus, _name: str) -> None:
    """It comes back by itself."""


ENDS: Mapping[str, tuple[Any, Any]] = {
    "hub": (kill_hub, start_hub),
    "proxy": (kill_proxy, start_proxy),
    "service": (kill_centre, await_centre),
    "database": (kill_database, start_database),
    "server": (kill_server, nothing),
}
"""What dies, how, and how it comes back."""
NOTICED = {"proxy": CLOSED_S, "server": CLOSED_S}
"""An open page says so within so many seconds; of the others it need not know while somebody writes."""
RECOVERS = {"proxy": HUB_SEES_S, "server": HUB_SEES_S}


def fault_of(name: str) -> Fault:
    """What dies, as a fault of somebody who writes."""
    kill, start = ENDS[name]
    return Fault(
        strike=lambda scene: kill(scene.place.campus, scene.place.name),
        heal=lambda scene: start(scene.place.campus, scene.place.name),
        lasts_s=(0, 0) if name == "server" else (2, 8),
        banner_s=NOTICED.get(name),
        **({"recovers_s": RECOVERS[name]} if name in RECOVERS else {}),
    )
