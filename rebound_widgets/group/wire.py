"""The line between a kernel and its room: one JSON object a line, over the loopback, opened with a secret."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
from collections.abc import Callable
from typing import Any

from ..domain.refused import Refused

ADDRESS, KEY = "REBOUND_ROOM", "REBOUND_ROOM_KEY"
"""What a kernel is told in its environment: where its room is, and its own secret."""
LONGEST = 64 * 1024
"""Bytes of what a kernel says at once."""
LONGEST_STATE = 1024 * 1024
_AGAIN_S = 1.0
_PATIENCE_S = 10.0


def packed(message: dict[str, Any]) -> bytes:
    """One message as it goes over the line."""
    return json.dumps(message).encode() + b"\n"


class Line:
    """A kernel's end. It opens by itself, and again when it breaks.

    Args:
        address: ``host:port`` of the room.
        key: The secret.
        heard: Called with each state that the room tells.
    """

    def __init__(self, address: str, key: str, heard: Callable[[dict[str, Any]], None]) -> None:
        host, _, port = address.rpartition(":")
        self._where, self._key, self._heard = (host, int(port or 0)), key, heard
        self._numbers = itertools.count(1)
        self._asked: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._writer: asyncio.StreamWriter | None = None
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def of_environment(cls, heard: Callable[[dict[str, Any]], None]) -> Line:
        """The line that this kernel's environment names. The secret is taken out of it."""
        return cls(os.environ.get(ADDRESS, ""), os.environ.pop(KEY, ""), heard)

    def open(self) -> None:
        """Begin, where there is a loop to run in."""
        with contextlib.suppress(RuntimeError):
            self._task = asyncio.get_running_loop().create_task(self._stay())

    async def ask(self, kind: str, **more: Any) -> None:
        """Say something and wait until it is taken.

        Raises:
            Refused: the room did not take it, or cannot be reached.
        """
        if self._writer is None:
            raise _away()
        number = next(self._numbers)
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._asked[number] = answer
        try:
            self._writer.write(packed({"type": kind, "n": number, **more}))
            said = await asyncio.wait_for(answer, _PATIENCE_S)
        except (TimeoutError, OSError, asyncio.CancelledError):
            raise _away() from None
        finally:
            self._asked.pop(number, None)
        if rule := said.get("rule"):
            raise Refused(str(rule), str(said.get("sentence", "")), **dict(said.get("facts") or {}))

    async def _stay(self) -> None:
        while True:
            with contextlib.suppress(OSError, ValueError, asyncio.IncompleteReadError):
                await self._listen()
            self._writer = None
            for answer in self._asked.values():
                answer.cancel()
            await asyncio.sleep(_AGAIN_S)

    async def _listen(self) -> None:
        reader, writer = await asyncio.open_connection(*self._where, limit=LONGEST_STATE)
        try:
            writer.write(packed({"key": self._key}))
            self._writer = writer
            while line := await reader.readline():
                said = json.loads(line)
                if said.get("type") == "state":
                    self._heard(said)
                elif (asked := self._asked.get(int(said.get("n", 0)))) is not None and not asked.done():
                    asked.set_result(said)
        finally:
            writer.close()


def _away() -> Refused:
    return Refused("group-away", "The room cannot be reached at this moment. Try again.")
