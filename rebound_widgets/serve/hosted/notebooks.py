"""JupyterLab one click away: in the same process, behind the same door, and not there before it is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tornado.httputil import HTTPServerRequest

from ..kernel_source import kernel_env
from ..lab import lab_config, lab_log, own_jupyter, prepare_lab
from ..logs import log
from ..private import private_folder
from ..quick import quick_imports

WHERE = "notebooks/"
"""Below the person's own prefix."""
BIGGEST_BODY = 64 * 1024 * 1024
"""Bytes of a notebook that is saved; for whoever brings our cookie, and for nobody else."""
_IDLE_S = 1800
"""A kernel that computes nothing and that no tab shows ends after this long."""


class Notebooks:
    """JupyterLab for the owner of a server.

    Args:
        prefix: The path below which the server is.
        home: The person's folder: their notebooks are in it.
        notebook: The one that is opened first, as JupyterLab names it.
        own_env: What kernels need to know.
        secret: Signs cookies.
        run_folder: Where kernels' sockets are; a short path, which nobody else can enter.
    """

    def __init__(
        self,
        prefix: str,
        home: Path,
        notebook: str,
        *,
        own_env: Mapping[str, str],
        secret: str,
        run_folder: Path,
    ) -> None:
        self.base = f"{prefix}{WHERE}"
        self.first = f"{self.base}lab/tree/{notebook}"
        self._home, self._own_env, self._secret, self._run_folder = home, own_env, secret, run_folder
        self._held, self._making = ExitStack(), asyncio.Lock()
        self._server: Any = None
        self._asked = False

    def holds(self, request: HTTPServerRequest) -> bool:
        """Whether a request is for JupyterLab."""
        return bool(request.path.startswith(self.base))

    async def handler(self, request: HTTPServerRequest) -> Any:
        """What answers a request that the door let in."""
        self._asked = True
        async with self._making:
            if self._server is None:
                self._server = await self._make()
        return self._server.web_app.find_handler(request)

    def in_use(self) -> bool:
        """Whether anything was asked since the last time this was, or a kernel runs."""
        asked, self._asked = self._asked, False
        return asked or (self._server is not None and bool(self._server.kernel_manager.list_kernel_ids()))

    async def end(self) -> None:
        """End its kernels, and forget it."""
        if self._server is not None:
            await self._server._cleanup()
            self._server = None
        self._held.close()

    async def _make(self) -> Any:
        with quick_imports():
            # In a thread: pages that are open go on meanwhile.
            await asyncio.to_thread(__import__, f"{__package__}.lab_app")
            return self._made()

    def _made(self) -> Any:
        from traitlets.config import Config  # noqa: PLC0415

        from .lab_app import AtTheDoor, GuestLab, LabKernels  # noqa: PLC0415 - only where it is opened

        notebooks, settings = prepare_lab(self._home, private_folder(self._home))
        env = kernel_env(settings / "data", self._own_env) | {"IPYTHONDIR": str(settings / "ipython")}
        self._held.enter_context(own_jupyter(settings, {"REBOUND_HOME": str(self._home)}))
        config = lab_config(notebooks, settings, self._secret, self._run_folder)
        config.merge(
            Config(
                {
                    "LabKernels": {
                        "cull_idle_timeout": _IDLE_S,
                        "cull_interval": 60,
                        "own_env": env,
                    },
                    "ServerApp": {
                        "allow_remote_access": True,  # The hub says which names there are.
                        "base_url": self.base,
                        "identity_provider_class": AtTheDoor,
                        "kernel_manager_class": LabKernels,
                        "quit_button": False,
                        "trust_xheaders": True,
                    },
                }
            )
        )
        server = GuestLab.make_serverapp(
            config=config, jpserver_extensions={"jupyterlab": True}, log=lab_log()
        )
        server.initialize(
            argv=[], starter_extension=GuestLab.name, find_extensions=False, new_httpserver=False
        )
        server.kernel_manager.connection_dir = str(self._run_folder)
        log.info("JupyterLab is open")
        return server
