"""One server for one folder: who holds it, on which port, and whether that one is alive."""

from __future__ import annotations

import errno
import http.client
import json
import secrets
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ..domain.refused import Refused
from .keys import Keys, read_keys
from .private import private_opener, write_private

ADDRESS = "127.0.0.1"
HEALTH = "health"
FIRST_PORT = 8899
"""Where the search for a first port begins. Not 8888: another program at the same address could read what the
browser keeps for ours."""

_PORTS_TRIED = 100
_ADDRESS_FILE = "address.json"
_LOCK_FILE = "lock"
_PATIENCE_S = 20.0


@contextmanager
def held(folder: Path) -> Iterator[bool]:
    """Hold ``folder`` for this process; gives whether it could. The system lets go when the process ends."""
    with open(folder / _LOCK_FILE, "a+b", opener=private_opener) as file:
        got = _lock(file)
        yield got
        if got:
            _unlock(file)


if sys.platform == "win32":  # pragma: no cover - tested where it runs
    import msvcrt

    def _lock(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


def last_port(folder: Path) -> int | None:
    """The port that the last server of ``folder`` had; ``None`` when there was none."""
    try:
        port = json.loads((folder / _ADDRESS_FILE).read_text(encoding="utf-8"))["port"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return port if isinstance(port, int) and 0 < port < 65536 else None


def remember_port(folder: Path, port: int) -> None:
    """Keep ``port`` for the next start: drafts in the browser stay with the port they were typed at."""
    if last_port(folder) != port:
        write_private(folder / _ADDRESS_FILE, json.dumps({"port": port}))


def listen(port: int | None, remembered: int | None = None, address: str = ADDRESS) -> socket.socket:
    """A listening socket at ``address``: ``port``, else ``remembered``, else the first free one.

    Raises:
        Refused: the port asked for, or the one of last time, is another program's.
    """
    if port is not None:
        return _listen(port, address)
    if remembered is not None:
        return _listen(remembered, address, usual=True)
    for candidate in range(FIRST_PORT, FIRST_PORT + _PORTS_TRIED):
        try:
            return _listen(candidate, address)
        except Refused:
            continue
    return _listen(0, address)


def _listen(port: int, address: str, *, usual: bool = False) -> socket.socket:
    sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform == "win32":  # pragma: no cover - there, another program could share the port
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((address, port))
        sock.listen(128)
    except (OSError, OverflowError) as problem:
        sock.close()
        if getattr(problem, "errno", None) == errno.EADDRNOTAVAIL or isinstance(problem, socket.gaierror):
            raise Refused(
                "address-not-here",
                "{address} is no address of this computer. Name one that it has with --host, or leave it out.",
                address=address,
            ) from None
        raise _taken(port, usual=usual) from None
    sock.setblocking(False)
    return sock


def _taken(port: int, *, usual: bool) -> Refused:
    if usual:
        return Refused(
            "port-taken-usual",
            "Port {port}, where Rebound opened last time, is taken by another program. Close that program "
            "and try again, or choose another port with --port {other}. Words that were not saved yet wait "
            "in the browser at the old port.",
            port=port,
            other=port + 1,
        )
    return Refused(
        "port-taken",
        "Port {port} cannot be used: another program has it, or the system keeps it. Choose another, for "
        "example --port {other}.",
        port=port,
        other=port + 1 if port < 65535 else FIRST_PORT,
    )


def is_ours(port: int, keys: Keys, *, patience_s: float = 2.0) -> bool:
    """Whether the server on ``port`` holds ``keys``; sends nothing secret to it, it may be another's."""
    challenge = secrets.token_hex(16)
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=patience_s)
    try:
        connection.request("GET", f"/{HEALTH}?challenge={challenge}")
        response = connection.getresponse()
        said = response.read(200).decode("ascii", "replace")
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return response.status == http.HTTPStatus.OK and said == keys.answer(challenge)


def find_running(folder: Path, *, patience_s: float = _PATIENCE_S) -> tuple[int, Keys]:
    """The port and the keys of the server that holds ``folder``; waits while that one is still starting.

    Raises:
        Refused: it did not answer in ``patience_s`` seconds.
    """
    until = time.monotonic() + patience_s
    while True:
        port, keys = last_port(folder), read_keys(folder)
        if port is not None and keys is not None and is_ours(port, keys):
            return port, keys
        if time.monotonic() > until:
            break
        time.sleep(0.1)
    raise Refused(
        "already-open",
        "Rebound is open with this folder already, and does not answer. Close it first (Ctrl-C in its "
        "terminal), or choose another folder with --home.",
    )
