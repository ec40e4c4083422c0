"""JupyterLab as a guest in a person's own server: no port, no signals and no sign-in of its own.

Imported when JupyterLab is first opened: it takes a second and tens of megabytes.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.serverapp import ServerApp
from jupyterlab.labapp import LabApp
from tornado.web import RequestHandler
from traitlets import Dict

from ..kernels import QuietKernels
from .door import was_admitted


class LabKernels(QuietKernels):
    """The kernels behind notebooks: with what those behind pages know, and nothing of the hub's own."""

    own_env = Dict(config=True, help="The environment of every kernel.")

    async def start_kernel(self, **kwargs: Any) -> str:
        """Start a kernel and give its id."""
        session = {
            name: value for name, value in (kwargs.get("env") or {}).items() if name.startswith("JPY_")
        }
        return await super().start_kernel(**{**kwargs, "env": {**self.own_env, **session}})


class AtTheDoor(IdentityProvider):  # type: ignore[misc, unused-ignore]
    """Somebody is there when the door let the very request in, and nobody otherwise."""

    def get_user(self, handler: RequestHandler) -> User | None:
        return User(username="you") if was_admitted(handler.request) else None


class GuestServer(ServerApp):  # type: ignore[misc, unused-ignore]
    """Jupyter's server without the parts that are the host's."""

    def init_signal(self) -> None:
        """Signals are the host's."""

    def stop(self, from_signal: bool = False) -> None:
        """The loop is the host's, and goes on."""


class GuestLab(LabApp):  # type: ignore[misc, unused-ignore]
    """JupyterLab in such a server."""

    serverapp_class = GuestServer
