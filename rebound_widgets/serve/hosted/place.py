"""What a JupyterHub tells a server that it starts: where it is, whose it is, and how it asks who somebody is."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from ...domain.refused import Refused

_NEEDED = (
    "JUPYTERHUB_API_TOKEN",
    "JUPYTERHUB_API_URL",
    "JUPYTERHUB_BASE_URL",
    "JUPYTERHUB_CLIENT_ID",
    "JUPYTERHUB_OAUTH_CALLBACK_URL",
    "JUPYTERHUB_SERVICE_PREFIX",
    "JUPYTERHUB_SERVICE_URL",
    "JUPYTERHUB_USER",
)


@dataclass(frozen=True, kw_only=True)
class HubPlace:
    """The place of one server in its hub.

    Attributes:
        owner: The user whose server it is; nobody else comes in, whatever the hub allows them.
        prefix: The path below which it is, with a slash at both ends.
        address: Where it listens.
        port: The port.
        api_url: The hub's API, as seen from here.
        token: This server's own token, which the hub made for it alone.
        client_id: Its name in the hub's sign-on.
        callback: Where the hub's sign-on sends a browser back to.
        authorize: Where the hub's sign-on begins, as seen from a browser.
        public_url: Its address as a browser has it, where the hub was told; empty otherwise.
    """

    owner: str
    prefix: str
    address: str
    port: int
    api_url: str
    token: str
    client_id: str
    callback: str
    authorize: str
    public_url: str = ""


def hub_place(env: Mapping[str, str] = os.environ) -> HubPlace:
    """The place that the environment names.

    Raises:
        Refused: no JupyterHub started this.
    """
    missing = [name for name in _NEEDED if not env.get(name)]
    if missing:
        raise Refused(
            "hub-not-here",
            "This command is for a JupyterHub to start, and {missing} is not set. On your own computer it is "
            "“rebound app”.",
            missing=missing[0],
        )
    listens = urlsplit(env["JUPYTERHUB_SERVICE_URL"])
    public = env.get("JUPYTERHUB_PUBLIC_URL", "")
    return HubPlace(
        owner=env["JUPYTERHUB_USER"],
        prefix=env["JUPYTERHUB_SERVICE_PREFIX"],
        address=listens.hostname or "127.0.0.1",
        port=listens.port or 0,
        api_url=env["JUPYTERHUB_API_URL"].rstrip("/"),
        token=env["JUPYTERHUB_API_TOKEN"],
        client_id=env["JUPYTERHUB_CLIENT_ID"],
        callback=env["JUPYTERHUB_OAUTH_CALLBACK_URL"],
        authorize=f"{env.get('JUPYTERHUB_HOST', '')}{env['JUPYTERHUB_BASE_URL']}hub/api/oauth2/authorize",
        public_url="" if public == "None" else public,
    )
