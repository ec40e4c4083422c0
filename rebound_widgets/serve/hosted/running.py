"""``rebound hosted``: what a JupyterHub starts for one person in the place of a notebook server."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from pathlib import Path

from ... import places
from ...domain.refused import Refused
from ...sharing.centre import TOKEN, URL
from ..kernel_source import begin_kernels, kernel_env
from ..keys import keep_keys
from ..launcher import notebook
from ..logs import log, logging_to
from ..private import new_run_folder, private_folder
from ..quick import quick_imports
from ..running import held
from ..words import for_hub, sentences, speaking
from .place import HubPlace, hub_place

WORKBOOK, DESK = "workbook", "counsellor/desk"
ALONE_MINUTES = 10
"""Minutes without a kernel after which a server ends; a kernel itself waits half an hour for its page."""


def run_hosted(
    home: Path,
    *,
    desk: bool = False,
    lab: bool = False,
    locale: str | None = None,
    content: Path | None = None,
) -> int:
    """Serve one person's workbook, or their desk, where the hub said, until the hub or nobody's presence ends it.

    Args:
        home: The person's folder; made where missing.
        desk: Whether it is a counsellor's, whose first page is the desk.
        lab: Whether the person has JupyterLab as well, one click away.
        locale: The language of the pages; the one each browser asks for where not given.
        content: A folder of an institution's own questions.

    Returns:
        The exit code: 0.

    Raises:
        Refused: no hub started this, another server holds the folder, or it cannot be written.
    """
    place = hub_place()
    if content is not None:
        sentences(locale, content)
    folder_home = places.desk_home(home / "desk") if desk else home
    folder = private_folder(folder_home)
    with held(folder) as mine:
        if not mine:
            raise Refused(
                "already-open",
                "Rebound is open with this folder already, and does not answer. Close it first (Ctrl-C in its "
                "terminal), or choose another folder with --home.",
            )
        with logging_to(folder, as_json=True):
            own_env = _own_env(home, folder_home, desk=desk, locale=locale, content=content, place=place)
            name = DESK if desk else WORKBOOK
            lab_home = home if lab else None
            return _serve(place, folder_home, folder, own_env, locale, content, name, lab_home)


def _own_env(
    home: Path, folder_home: Path, *, desk: bool, locale: str | None, content: Path | None, place: HubPlace
) -> dict[str, str]:
    """What kernels need to know. The hub's own variables do not reach them, but for the way to the centre."""
    env = {"REBOUND_HOME": str(home)}
    if desk:
        env["REBOUND_DESK"] = str(folder_home)
    if locale:
        env["REBOUND_LOCALE"] = locale
    if content:
        env["REBOUND_CONTENT"] = str(content.absolute())
    if os.environ.get(URL):
        env[TOKEN] = place.token
    return env


def _serve(
    place: HubPlace,
    home: Path,
    folder: Path,
    own_env: dict[str, str],
    locale: str | None,
    content: Path | None,
    name: str,
    lab_home: Path | None,
) -> int:
    sock = _listen(place)
    run_folder = new_run_folder(folder)
    begin_kernels(kernel_env(run_folder, own_env))
    with quick_imports():
        from .door import HubDoor  # noqa: PLC0415 - the slow part, and not needed to say that a port is taken
        from .notebooks import Notebooks  # noqa: PLC0415
        from .server import Hosted  # noqa: PLC0415
        from .sign_on import HubSilent, SignOn  # noqa: PLC0415

    sign_on, keys = SignOn(place), keep_keys(folder)
    run_folder = new_run_folder(folder)
    lab = None
    if lab_home is not None:
        lab = Notebooks(
            place.prefix,
            lab_home,
            f"{name}.ipynb",
            own_env=own_env,
            secret=keys.secret,
            run_folder=run_folder,
        )
    server = Hosted(
        HubDoor(keys, place, sign_on),
        notebook(name),
        home,
        sentences=for_hub(speaking(locale, content)),
        own_env=own_env,
        run_folder=run_folder,
        alone_minutes=float(os.environ.get("REBOUND_ALONE_MINUTES") or ALONE_MINUTES),
        notebooks=lab,
    )
    log.info("open on port %d", place.port)

    async def serve() -> None:
        await server.serve(sock)
        if server.was_alone:
            with contextlib.suppress(HubSilent):
                await sign_on.end_server()

    asyncio.run(serve())
    return 0


def _listen(place: HubPlace) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((place.address, place.port))
        sock.listen(128)
    except OSError:
        sock.close()
        raise Refused(
            "hub-port", "Port {port}, which the hub chose, cannot be used.", port=place.port
        ) from None
    sock.setblocking(False)
    return sock
