"""A bad network between a browser and its server: closes, loses, delays and slows what passes, until healed.

    with Proxy(port) as proxy:      # 127.0.0.2:port, on to 127.0.0.1:port
        proxy.cut(refuse=True)
        proxy.heal()

It stands on the same port of another loopback address, and the browser is told to look there (``MAPPED``): so the
server sees the very ``Host`` and ``Origin`` it would see without it, and its door needs no exception.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from typing import Any

HERE = "127.0.0.2"
THERE = "127.0.0.1"
MAPPED = f"--host-resolver-rules=MAP {THERE} {HERE}"
"""Tells Chromium where the server is."""
_PIECE = 16_384


class Proxy:
    """One proxy on a thread of its own. Every method but the constructor's may be called from any thread.

    Args:
        port: The server's port, and its own on the other address.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.delay_s = 0.0
        """How long each piece of up to 16 KiB waits, each way."""
        self.bytes_per_s: float | None = None
        """How much passes, each way and connection; ``None`` for as much as there is."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="proxy", daemon=True)
        self._listening: asyncio.Server | None = None
        self._passing: set[asyncio.Task[None]] = set()
        self._up = asyncio.Event()
        self._down = asyncio.Event()

    def __enter__(self) -> Proxy:
        self._thread.start()
        self.heal()
        return self

    def __exit__(self, *_: object) -> None:
        self._ask(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    # What can go wrong -------------------------------------------------------------------------------------

    def cut(self, *, refuse: bool) -> None:
        """End every connection; with ``refuse`` let nobody in again until it heals."""
        self._ask(self._cut(refuse=refuse))

    def darken(self, *, up: bool, down: bool) -> None:
        """Lose whatever comes from the browser (``up``), goes to it (``down``), or both; nothing is closed."""
        self._ask(self._set_passing(up=not up, down=not down))

    def heal(self) -> None:
        """Let everything pass again; what waited arrives."""
        self.delay_s, self.bytes_per_s = 0.0, None
        self._ask(self._heal())

    # On its own thread -------------------------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    def _ask(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _heal(self) -> None:
        await self._set_passing(up=True, down=True)
        if self._listening is None:
            self._listening = await asyncio.start_server(self._take, HERE, self.port)

    async def _set_passing(self, *, up: bool, down: bool) -> None:
        for event, passes in ((self._up, up), (self._down, down)):
            (event.set if passes else event.clear)()

    async def _cut(self, *, refuse: bool) -> None:
        if refuse and self._listening is not None:
            self._listening.close()
            self._listening = None
        passing = list(self._passing)
        for task in passing:
            task.cancel()
        await asyncio.gather(*passing, return_exceptions=True)

    async def _close(self) -> None:
        await self._cut(refuse=True)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._passing.add(task)
        try:
            await self._connect(reader, writer)
        except asyncio.CancelledError:
            pass  # cut
        finally:
            self._passing.discard(task)
            writer.transport.abort()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(THERE, self.port)
        except OSError:
            return  # the server is gone: so is this connection
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._pass_on(reader, far_writer, self._up))
                both.create_task(self._pass_on(far_reader, writer, self._down))
        finally:
            far_writer.transport.abort()

    async def _pass_on(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, passes: asyncio.Event
    ) -> None:
        # A connection reset by either side ends like one that was closed: the other side is told.
        with contextlib.suppress(OSError):
            while data := await source.read(_PIECE):
                if self.delay_s:
                    await asyncio.sleep(self.delay_s)
                if self.bytes_per_s:
                    await asyncio.sleep(len(data) / self.bytes_per_s)
                await passes.wait()
                target.write(data)
                await target.drain()
        await passes.wait()  # nor does a goodbye pass
        with contextlib.suppress(OSError, RuntimeError):
            target.write_eof()
