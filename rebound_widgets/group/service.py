"""The room's own small service, in the server's process: kernels tell it what may be counted, and no more."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from ..domain.chapter import Exercise
from ..domain.refused import Refused
from .room import Room
from .wire import LONGEST, packed

HOST = "host"
_TICK_S = 2.0
_MOST_A_SECOND = 30
_TURNS = 100
log = logging.getLogger("rebound")

Facts = Callable[[], Mapping[str, Any]]


class Service:
    """Keeps the room, tells every kernel how it stands, and takes what each may say.

    Args:
        exercises: What a group can do.
        file: Where the room is kept over a restart; gone when it is forgotten.
        write: Writes text to a file that others cannot read.
        around: Facts for the host that the server knows: how many are there, which addresses reach it.
        forget: Erases every workbook of the group.
        clock: Gives the moment, in seconds.
    """

    def __init__(
        self,
        exercises: Mapping[str, Exercise],
        file: Path,
        write: Callable[[Path, str], None],
        *,
        around: Facts,
        forget: Callable[[], Awaitable[None]],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._exercises, self._file, self._write = exercises, file, write
        self._around, self._forget, self._clock = around, forget, clock
        self.room = Room(exercises, clock)
        self._who: dict[str, str] = {}
        self._lines: dict[asyncio.StreamWriter, str] = {}
        self._server: asyncio.Server | None = None
        self._tick: asyncio.Task[None] | None = None
        self._last: dict[asyncio.StreamWriter, str] = {}
        self.address = ""
        self._has_failed = False

    # Life --------------------------------------------------------------------------------------------------

    async def begin(self) -> None:
        """Be there, with the room that was there before."""
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            self.room.restore(json.loads(self._file.read_text(encoding="utf-8")))
        await self._forget_what_is_over()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=LONGEST)
        host, port = self._server.sockets[0].getsockname()[:2]
        self.address = f"{host}:{port}"
        self._keep()
        self._tick = asyncio.create_task(self._ticking())

    async def end(self) -> None:
        """Hang up."""
        if self._tick is not None:
            self._tick.cancel()
        for writer in list(self._lines):
            writer.close()
        if self._server is not None:
            self._server.close()
        for _ in range(_TURNS):  # each of them hears of it in a turn of the loop, and then ends by itself
            if not self._lines:
                break
            await asyncio.sleep(0.01)

    def admit(self, who: str) -> str:
        """A secret for a kernel of ``who``: a visit's name, or ``HOST``."""
        key = secrets.token_urlsafe(24)
        self._who[key] = who
        return key

    async def forget(self) -> None:
        """The end: every workbook of the group, the room and everything in it; a new one is there."""
        await self._forget()
        self._who = {key: who for key, who in self._who.items() if who == HOST}
        self.room = Room(self._exercises, self._clock)
        self._file.unlink(missing_ok=True)
        self.tell()
        log.info("a group was forgotten")

    async def _ticking(self) -> None:
        while True:
            await asyncio.sleep(_TICK_S)
            if any(who != HOST for who in self._lines.values()):
                self.room.used()
            await self._forget_what_is_over()
            if self.room.count():
                self._keep()
            self.tell()

    async def _forget_what_is_over(self) -> None:
        if not self.room.is_over():
            return
        try:
            await self.forget()
        except Refused:
            return
        except Exception:
            # Nobody waits for the task that counts: what ended it would end counting and forgetting in silence.
            if not self._has_failed:
                log.exception("a group that is over could not be forgotten; it is tried on")
            self._has_failed = True

    def _keep(self) -> None:
        try:
            self._write(self._file, json.dumps(self.room.as_json()))
        except OSError:
            log.warning("the room could not be kept: no room on the disk, or no right to write")

    # Lines -------------------------------------------------------------------------------------------------

    def tell(self) -> None:
        """Tell everybody how it stands; whoever knows is told nothing."""
        for writer, who in list(self._lines.items()):
            state = json.dumps(self._state(who))
            if self._last.get(writer) != state:
                self._last[writer] = state
                writer.write(state.encode() + b"\n")

    def _state(self, who: str) -> dict[str, Any]:
        room = self.room
        common = {"type": "state", "exercise": room.exercise, "phase": room.phase, "ends_at": room.ends_at}
        if who != HOST:
            return common
        totals = {key: {"people": one.people, "counts": one.counts} for key, one in room.totals().items()}
        return {
            **common,
            "code": room.code,
            "totals": totals,
            "wall": [{"mark": mark, "text": text} for mark, text in room.wall.items()],
            "taken": room.taken,
            **self._around(),
        }

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            hello = json.loads(await asyncio.wait_for(reader.readline(), 10))
            who = self._who.get(str(hello.get("key"))) if isinstance(hello, dict) else None
            if who is None:
                return
            self._lines[writer] = who
            self.tell()
            begun, said = time.monotonic(), 0
            while line := await reader.readline():
                if time.monotonic() - begun > 1:
                    begun, said = time.monotonic(), 0
                said += 1
                if said > _MOST_A_SECOND:
                    await asyncio.sleep(1)
                await self._take(who, json.loads(line), writer)
        except (OSError, ValueError, TimeoutError, AttributeError):
            return  # whoever says what cannot be understood is hung up on
        finally:
            self._lines.pop(writer, None)
            self._last.pop(writer, None)
            writer.close()

    async def _take(self, who: str, said: Any, writer: asyncio.StreamWriter) -> None:
        answer: dict[str, Any] = {"n": said.get("n")}
        try:
            await (self._host(said) if who == HOST else self._person(who, said))
        except Refused as refused:
            answer |= {"rule": refused.rule, "sentence": refused.template, "facts": refused.facts}
        else:
            self.room.used()
            self._keep()
        self.tell()
        writer.write(packed(answer))

    async def _person(self, who: str, said: Mapping[str, Any]) -> None:
        kind = said.get("type")
        if kind == "picks":
            self.room.answer(who, said.get("picks"))
        elif kind == "wall":
            self.room.say(who, said.get("text"))
        elif kind == "taken":
            self.room.took(who)
        else:
            raise _unknown()

    async def _host(self, said: Mapping[str, Any]) -> None:
        kind = said.get("type")
        if kind == "open":
            self.room.open(str(said.get("exercise", "")))
        elif kind == "take-down":
            self.room.take_down(str(said.get("mark")))
        elif kind == "close":
            self.room.close()
        elif kind == "forget":
            await self.forget()
        else:
            raise _unknown()


def _unknown() -> Refused:
    return Refused("group-not-said", "The room does not understand this.")
