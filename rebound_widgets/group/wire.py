"""The line between a kernel and its room: one JSON object a line, over the loopback, opened with a secret."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

from ..domain.refused import Refused

ADDRESS, KEY = "REBOUND_ROOM", "REBOUND_ROOM_KEY"
"""What a kernel is told in its environment: where its room is, and its own secret."""
LONGEST = 64 * 1024
"""Bytes of what a kernel says at once."""
_AGAIN_S = 1.0
_PATIENCE_S = 10.0


class RoomRefused(Refused):
    """A refusal that the room said, with its own rule, sentence and facts."""


def packed(message: dict[str, Any]) -> bytes:
    """One message as it goes over the line."""
    return json.dumps(message).encode() + b"\n"


class Line:
    """A kernel's end. It opens by itself, and again when it breaks.

    It has a thread of its own: what is heard is handed to the kernel's loop, and nothing of it waits in there.

    Args:
        address: ``host:port`` of the room.
        key: The secret.
        heard: Called, in the kernel's loop, with each state that the room tells.
    """

    def __init__(self, address: str, key: str, heard: Callable[[dict[str, Any]], None]) -> None:
        host, _, port = address.rpartition(":")
        self._where, self._key, self._heard = (host, int(port or 0)), key, heard
        self._numbers = itertools.count(1)
        self._asked: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._socket: socket.socket | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @classmethod
    def of_environment(cls, heard: Callable[[dict[str, Any]], None]) -> Line:
        """The line that this kernel's environment names. The secret is taken out of it."""
        return cls(os.environ.get(ADDRESS, ""), os.environ.pop(KEY, ""), heard)

    def open(self) -> None:
        """Begin, where there is a loop to hear in and a room to hear; once."""
        if self._loop is not None:
            return
        with contextlib.suppress(RuntimeError):
            self._loop = asyncio.get_running_loop()
        if self._loop is not None and self._where[1]:
            threading.Thread(target=self._stay, daemon=True, name="room").start()

    async def ask(self, kind: str, **more: Any) -> None:
        """Say something and wait until it is taken.

        Raises:
            Refused: the room did not take it, or cannot be reached.
        """
        line = self._socket
        if line is None:
            raise _away()
        number = next(self._numbers)
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._asked[number] = answer
        try:
            line.sendall(packed({"type": kind, "n": number, **more}))
            said = await asyncio.wait_for(answer, _PATIENCE_S)
        except (OSError, TimeoutError):
            raise _away() from None
        finally:
            self._asked.pop(number, None)
        if rule := said.get("rule"):
            raise RoomRefused(str(rule), str(said.get("sentence", "")), **dict(said.get("facts") or {}))

    # In the thread -----------------------------------------------------------------------------------------

    def _stay(self) -> None:
        loop = self._loop
        while loop is not None and not loop.is_closed():
            with contextlib.suppress(OSError, ValueError):
                self._listen(loop)
            self._socket = None
            time.sleep(_AGAIN_S)

    def _listen(self, loop: asyncio.AbstractEventLoop) -> None:
        with socket.create_connection(self._where, timeout=_PATIENCE_S) as line, line.makefile("rb") as lines:
            line.settimeout(None)
            line.sendall(packed({"key": self._key}))
            self._socket = line
            for said in lines:
                if loop.is_closed():
                    return
                loop.call_soon_threadsafe(self._take, json.loads(said))

    # In the kernel's loop ----------------------------------------------------------------------------------

    def _take(self, said: dict[str, Any]) -> None:
        if said.get("type") == "state":
            self._heard(said)
        elif (asked := self._asked.get(int(said.get("n", 0)))) is not None and not asked.done():
            asked.set_result(said)


def _away() -> Refused:
    return Refused("group-away", "The room cannot be reached at this moment. Try again.")
