"""The kernels behind the pages: this very Python, nobody else's configuration, gone when not needed."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, ClassVar

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager, ServerKernelManager
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.web import HTTPError
from traitlets import Float, Integer
from traitlets.config import Config

from ..warm_kernels.provisioner import NAME as PROVISIONER
from ..warm_kernels.provisioner import register
from ..warm_kernels.waiting import close_waiting
from ..warm_kernels.zygotes import close_all
from .kernel_source import WARM
from .logs import log
from .memory import Memory

KERNEL = "python3"
STOCK = "python3-stock"
_FORKED = {
    "kernel_provisioner": {
        "provisioner_name": PROVISIONER,
        "config": {"modules": WARM.modules, "prepare": WARM.prepare},
    }
}
_LONGEST_SOCKET = 100
"""Bytes in the path of a unix socket; Linux allows 107."""

_GREETING_S = 0.1
"""A kernel that does not greet for so long is asked: it does not while the server has not let go of it yet."""

_ONLY_WIDGETS = ["comm_open", "comm_close", "comm_msg", "comm_info_request", "kernel_info_request"]
"""What a page may say to its kernel. It may not run code."""


class OwnKernel(KernelSpecManager):  # type: ignore[misc, unused-ignore]
    """Knows one kernel, this Python: a kernel of the same name in the person's folders may be any other.

    Under the name ``STOCK`` it is the same kernel, started without a fork; nobody is offered that one.
    """

    def find_kernel_specs(self) -> dict[str, str]:
        return {KERNEL: ""}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        if kernel_name not in {KERNEL, STOCK}:
            raise NoSuchKernel(kernel_name)
        return KernelSpec(
            # -P: a file of the person's named like a library must not stand in for the library.
            argv=[
                sys.executable,
                "-P",
                "-m",
                "ipykernel_launcher",
                "-f",
                "{connection_file}",
                *_KERNEL_OPTIONS,
            ],
            display_name="Python 3",
            language="python",
            metadata=_FORKED if kernel_name == KERNEL else {},
        )

    def get_all_specs(self) -> dict[str, Any]:
        return {KERNEL: {"resource_dir": "", "spec": self.get_kernel_spec(KERNEL).to_dict()}}


_KERNEL_OPTIONS = (
    "--HistoryManager.enabled=False",  # Nothing of a session is to be kept but the workbook.
    "--InteractiveShellApp.ignore_cwd=True",
)


class Kernel(ServerKernelManager):  # type: ignore[misc, unused-ignore]
    """One kernel. It is not started again when it dies: a new one would know none of the page's widgets."""

    def emit(self, schema_id: str, data: dict[str, Any]) -> None:
        """Nobody listens to events here, and checking each against its schema takes time."""


class QuietKernels(AsyncMappingKernelManager):  # type: ignore[misc, unused-ignore]
    """Kernels whose own output goes nowhere: a traceback on it may quote what a person wrote."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kernel_manager_class = f"{__name__}.Kernel"

    async def start_kernel(self, **kwargs: Any) -> str:
        """Start a kernel and give its id."""
        kwargs.setdefault("stdout", subprocess.DEVNULL)
        kwargs.setdefault("stderr", subprocess.DEVNULL)
        kernel_id: str = await self._async_start_kernel(**kwargs)
        log.info("kernel %s started", kernel_id[:8])
        return kernel_id


class Kernels(QuietKernels):
    """All kernels of one server.

    A kernel ends shortly after its page said goodbye, or when no page has been connected to it for a long
    time. It never ends while a page is connected.
    """

    absence_minutes = Integer(
        30, config=True, help="Minutes without a connected page after which a kernel ends."
    )
    minute_s = Float(60.0, config=True, help="Seconds in a minute: of a test that has less patience.")
    goodbye_s = Float(10.0, config=True, help="Seconds that a page has to come back after it said goodbye.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.allowed_message_types = list(_ONLY_WIDGETS)
        self._absent: dict[str, int] = {}
        self._coming: dict[str, asyncio.Event] = {}
        self._waiting: set[str] = set()
        self.are_ending = False
        self._have_ended = False
        self._memory = Memory()
        self._minute: PeriodicCallback | None = None
        register()

    def begin(self) -> None:
        """Count minutes from now on. Not earlier: it is the loop that runs now in which they are counted."""
        self._minute = PeriodicCallback(self.every_minute, self.minute_s * 1000)
        self._minute.start()

    @contextmanager
    def coming(self, kernel_id: str) -> Iterator[None]:
        """As long as this lasts the kernel is on its way; its page may ask for the line already."""
        self._coming[kernel_id] = asyncio.Event()
        try:
            yield
            if kernel_id in self:
                self._waiting.add(kernel_id)
        finally:
            self._coming.pop(kernel_id).set()

    def is_first_line(self, kernel_id: str) -> bool:
        """Whether no page has been connected with a kernel that has run its notebook; true once for each."""
        first = kernel_id in self._waiting
        self._waiting.discard(kernel_id)
        return first

    async def arrived(self, kernel_id: str) -> None:
        """Wait for a kernel that is on its way, until it has run its notebook or failed to."""
        if kernel_id in self._coming:
            await self._coming[kernel_id].wait()

    def start_watching_activity(self, kernel_id: str) -> None:
        """Nothing here asks how busy a kernel is; to know, each of its messages would be read once more."""
        self.get_kernel(kernel_id).execution_state = "idle"

    def connections(self, kernel_id: str) -> int:
        """How many pages are connected to a kernel."""
        return int(self._kernel_connections.get(kernel_id, 0))

    def pages_open(self) -> int:
        """How many kernels have a page connected."""
        return sum(1 for kernel_id in self.list_kernel_ids() if self.connections(kernel_id))

    def minutes_alone(self, kernel_id: str) -> int:
        """For how many whole minutes no page has been connected to a kernel."""
        return self._absent.get(kernel_id, 0)

    def goodbye(self, kernel_id: str) -> None:
        """A page says that it is left. Its last words may be on their way still, and it may come back."""
        if kernel_id in self:
            IOLoop.current().call_later(self.goodbye_s, self._end_if_alone, kernel_id)

    async def _end_if_alone(self, kernel_id: str) -> None:
        if kernel_id in self and not self.connections(kernel_id):
            await self.end(kernel_id, "its page was left")

    async def every_minute(self) -> None:
        """Who has been away for too long is let go, and what those who went have left in memory."""
        await self.count_absences()
        if self._have_ended:
            self._have_ended = False
            self._memory.give_back()

    async def count_absences(self) -> None:
        """One minute is over. Minutes are counted: a computer that slept has not been absent."""
        for kernel_id in list(self.list_kernel_ids()):
            if self.connections(kernel_id):
                self._absent.pop(kernel_id, None)
                continue
            self._absent[kernel_id] = self._absent.get(kernel_id, 0) + 1
            if self._absent[kernel_id] >= self.absence_minutes:
                await self.end(kernel_id, "no page was connected for long")

    async def end(self, kernel_id: str, why: str, *, now: bool = False) -> None:
        """End a kernel that may be gone already."""
        self._absent.pop(kernel_id, None)
        self._waiting.discard(kernel_id)
        if kernel_id in self:
            log.info("kernel %s ends: %s", kernel_id[:8], why)
            self._have_ended = True
            await self.shutdown_kernel(kernel_id, now=now)
        Line.hang_up(kernel_id)

    async def end_all(self) -> None:
        """End every kernel: asked first, then made to."""
        if self._minute is not None:
            self._minute.stop()
        self.are_ending = True
        # One that a page was waiting for is ended from two sides, and is gone for the second.
        every = [self.end(kernel_id, "all do") for kernel_id in self.list_kernel_ids()]
        await asyncio.gather(*every, return_exceptions=True)
        with suppress(HTTPError):
            await self.shutdown_all(now=False)
        close_all()
        close_waiting()


class Line(ZMQChannelsWebsocketConnection):  # type: ignore[misc, unused-ignore]
    """The connection of a page with its kernel.

    A kernel greets whoever begins to listen to it, and one that has run its notebook a moment ago is there: so its
    first line is not preceded by three questions whether it is, as every later one is.
    """

    _is_first = False

    async def prepare(self) -> None:
        """Get ready; the page hears that it is connected only after this."""
        self._is_first = self.multi_kernel_manager.is_first_line(self.kernel_id)
        if not self._is_first:
            await super().prepare()
            return
        await self._register_session()
        self.session.key = self.kernel_manager.session.key

    def nudge(self) -> asyncio.Future[None]:
        """Wait until the kernel is heard."""
        if self._is_first:
            return asyncio.ensure_future(self._greeting())
        asked: asyncio.Future[None] = super().nudge()
        return asked

    async def _greeting(self) -> None:
        iopub = self.channels["iopub"]
        heard = asyncio.Event()
        iopub.on_recv(lambda _message: heard.set())
        try:
            await asyncio.wait_for(heard.wait(), _GREETING_S)
        except TimeoutError:
            await super().nudge()
        finally:
            if not iopub.closed():
                iopub.stop_on_recv()

    _open: ClassVar[set[Line]] = set()

    def connect(self) -> Any:
        self._open.add(self)
        return super().connect()

    def disconnect(self) -> None:
        self._open.discard(self)
        super().disconnect()

    @classmethod
    def hang_up(cls, kernel_id: str) -> None:
        """Close the lines to a kernel that has ended, which a page notices at once."""
        for line in [one for one in cls._open if one.kernel_id == kernel_id]:
            line.websocket_handler.close(1001, "kernel gone")

    def on_restart_failed(self) -> None:
        """The kernel died: say so by closing, which a page notices at once."""
        log.warning("kernel %s died", str(self.kernel_id)[:8])
        super().on_restart_failed()
        self.websocket_handler.close(1001, "kernel gone")


def kernel_config(folder: Path) -> Config:
    """Settings for kernels whose connection files lie in ``folder``.

    Unix sockets where the system has them: ports chosen by one process and opened by another can be taken in
    between, and then a page stays dead.
    """
    longest = len(os.fsencode(folder)) + len("/kernel-") + 36 + len("-ipc-5")
    sockets = sys.platform == "linux" and longest <= _LONGEST_SOCKET
    return Config(
        {
            "ConnectionFileMixin": {"transport": "ipc" if sockets else "tcp"},
            "KernelRestarter": {"restart_limit": 0},
            "KernelManager": {"shutdown_wait_time": 1.5},
            # Messages over the limit would be dropped without a word.
            "ZMQChannelsWebsocketConnection": {"limit_rate": False},
        }
    )
