"""``rebound centre``: the desk service, which the hub starts."""

from __future__ import annotations

import asyncio
import os
import signal
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tornado.httpserver import HTTPServer

from ..domain.refused import Refused
from .answering import House
from .care_rows import clear_out
from .database import Database, DatabaseAway
from .handlers import LARGEST_BODY, application
from .hub import Hub, HubAway
from .watching import log, log_to_stderr

_CLEAR_EVERY_S = 3600.0
_OPENS_AGAIN_S = 2.0
_LOOKS_S = 1.0


@dataclass(frozen=True, kw_only=True)
class CentreSettings:
    """What stands in ``centre.toml``.

    Attributes:
        database: The database's address.
        counsellors: The hub's group of counsellors.
        caseloads: What the name of a caseload's group begins with.
        subject: Where the sign-on keeps what never changes about a person; see ``key_of``.
    """

    database: str
    counsellors: str = "counsellors"
    caseloads: str = "caseload-"
    subject: str = ""


def read_settings(path: Path) -> CentreSettings:
    """The settings in a file.

    Raises:
        Refused: it is not there, others may read it, or something in it is not as it should be.
    """
    try:
        if path.stat().st_mode & 0o077:
            raise Refused(
                "centre-config-open",
                "{file} can be read by others, and a database's password may stand in it. Type: chmod 600 {file}",
                file=path,
            )
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        settings = CentreSettings(**{name: _words(value) for name, value in found.items()})
    except OSError:
        raise Refused(
            "centre-config", "There is no file {file} that this account can read.", file=path
        ) from None
    except (ValueError, TypeError):
        raise Refused(
            "centre-config-broken",
            "{file} is not as it should be: it holds database, and may hold counsellors, caseloads and subject, "
            "each as words in quotation marks.",
            file=path,
        ) from None
    return settings


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def run_centre(config: Path, env: Mapping[str, str] = os.environ) -> int:
    """Answer calls until the hub ends it.

    Args:
        config: The file with the settings.
        env: What the hub tells its service.

    Returns:
        The exit code: 0.

    Raises:
        Refused: no hub started this, or the settings cannot be used.
    """
    missing = [
        name
        for name in ("JUPYTERHUB_API_TOKEN", "JUPYTERHUB_API_URL", "JUPYTERHUB_SERVICE_URL")
        if not env.get(name)
    ]
    if missing:
        raise Refused(
            "centre-no-hub",
            "This command is for a JupyterHub to start, and {missing} is not set.",
            missing=missing[0],
        )
    settings = read_settings(config)
    log_to_stderr()
    hub = Hub(
        env["JUPYTERHUB_API_URL"],
        env["JUPYTERHUB_API_TOKEN"],
        access=f"access:services!service={env.get('JUPYTERHUB_SERVICE_NAME', 'centre')}",
        counsellors=settings.counsellors,
        caseloads=settings.caseloads,
        subject=settings.subject,
    )
    house = House(Database(settings.database), hub)
    asyncio.run(_serve(house, env["JUPYTERHUB_SERVICE_URL"], env.get("JUPYTERHUB_SERVICE_PREFIX", "/")))
    return 0


async def _serve(house: House, listens: str, prefix: str) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    ready = asyncio.ensure_future(_keep_clear(house, stop))
    split = urlsplit(listens)
    server = HTTPServer(application(house, prefix), max_body_size=LARGEST_BODY)
    try:
        server.listen(split.port or 8090, split.hostname or "127.0.0.1")
    except OSError:
        ready.cancel()
        raise Refused(
            "centre-port", "Port {port}, which the hub chose, cannot be used.", port=split.port or 8090
        ) from None
    orphaned = asyncio.ensure_future(_end_with_hub(stop))
    log.info("open")
    await stop.wait()
    orphaned.cancel()
    ready.cancel()
    server.stop()
    await server.close_all_connections()
    house.threads.shutdown()
    house.database.close()


async def _end_with_hub(stop: asyncio.Event) -> None:
    """End where the hub that started this is gone: it starts another, which needs the port."""
    hub = os.getppid()
    while os.getppid() == hub:
        await asyncio.sleep(_LOOKS_S)
    log.warning("the hub is gone")
    stop.set()


async def _keep_clear(house: House, stop: asyncio.Event) -> None:
    """Bring the tables up, waiting for the database where it has to; then erase, each hour, what is over."""
    loop = asyncio.get_running_loop()
    while True:
        try:
            await loop.run_in_executor(house.threads, house.database.bring_up)
            break
        except DatabaseAway:
            log.warning("the database does not answer")
            await asyncio.sleep(_OPENS_AGAIN_S)
        except Refused as refused:
            log.error(refused.sentence)
            stop.set()
            return
        except Exception:
            log.exception("the tables could not be brought up")
            await asyncio.sleep(_OPENS_AGAIN_S)
    while True:
        try:
            await clear(house)
        except Exception:
            # Nobody waits for this task: what ended it would end all erasing, and nobody would hear of it.
            log.exception("what is over could not be erased; tried again in an hour")
        await asyncio.sleep(_CLEAR_EVERY_S)


async def clear(house: House) -> None:
    """Erase what is over, and whoever has no account any more."""
    try:
        accounts = await house.hub.accounts()
    except HubAway:
        accounts = None
    today = house.clock().astimezone().date()
    try:
        count = await house.do(lambda connection: clear_out(connection, today, accounts))
    except DatabaseAway:
        log.warning("the database does not answer")
        return
    house.figures.cleared(count)
