"""``rebound serve``: a site where each visitor has a workbook of their own, without an account."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ... import places
from ...domain.refused import Refused
from ..keys import keep_keys
from ..launcher import notebook
from ..logs import log, logging_to
from ..private import new_run_folder, private_folder
from ..quick import quick_imports
from ..running import ADDRESS, held, last_port, listen, remember_port
from ..words import sentences, speaking

VISITORS = 40
"""How many may have a page open at once, where nothing else is said."""
_KEPT_FOR_EACH = 25
"""How many may have a workbook here for each that may have a page open."""
_PREFIX = re.compile(r"/(?:[A-Za-z0-9._~-]+/)*")
_LOOPBACK = frozenset({ADDRESS, "::1", "localhost"})


@dataclass(frozen=True, kw_only=True)
class SiteOptions:
    """What the command line says about a site.

    Attributes:
        folder: Where visitors' folders are.
        port: The port; the one of last time where not given.
        host: The address to listen at.
        prefix: The path of the site, as a proxy passes it on.
        behind_proxy: Whether a proxy stands before it; where it listens on this computer alone, one does.
        locale: The language of the pages; that of the browser where not given.
        content: A folder of an institution's own questions.
        visitors: How many may have a page open at once.
    """

    folder: Path
    port: int | None = None
    host: str = ADDRESS
    prefix: str = "/"
    behind_proxy: bool = False
    locale: str | None = None
    content: Path | None = None
    visitors: int = VISITORS


def run_site(options: SiteOptions) -> int:
    """Serve until stopped. Prints one line when pages can be opened: ``Rebound is at`` and the address.

    Returns:
        The exit code: 0.

    Raises:
        Refused: something of ``options`` cannot be, the folder is in use, or the port is taken.
    """
    base = checked_prefix(options.prefix)
    if options.visitors < 1:
        raise Refused(
            "site-visitors", "--visitors takes a number from 1 on; got {got}.", got=options.visitors
        )
    if options.content is not None:
        sentences(options.locale, options.content)
    folder = private_folder(options.folder)
    with held(folder) as mine:
        if not mine:
            raise in_use(options.folder)
        with logging_to(folder):
            return _serve(options, folder, base)


def in_use(folder: Path) -> Refused:
    """The refusal of a folder that another server has."""
    return Refused(
        "site-open",
        "Another Rebound serves the folder {folder} already. Stop that one first, or name another folder with "
        "--folder.",
        folder=folder,
    )


def checked_prefix(prefix: str) -> str:
    """The path of a site with a slash at both ends.

    Raises:
        Refused: it is no path.
    """
    base = f"/{prefix.strip('/')}/".replace("//", "/")
    if not _PREFIX.fullmatch(base) or ".." in base.split("/"):
        raise Refused(
            "site-prefix",
            "--prefix takes a path such as /workbook/, of letters, figures, dots and hyphens; got {got!r}.",
            got=prefix[:80],
        )
    return base


def kernels_env(locale: str | None, content: Path | None) -> Mapping[str, str]:
    """What every kernel of a site needs to know."""
    env = {}
    if locale:
        env["REBOUND_LOCALE"] = locale
    if content:
        env["REBOUND_CONTENT"] = str(content.absolute())
    return env


def _serve(options: SiteOptions, folder: Path, base: str) -> int:
    keys = keep_keys(folder)
    sock = listen(options.port, last_port(folder), options.host)
    chosen: int = sock.getsockname()[1]
    remember_port(folder, chosen)
    with quick_imports():
        from .guests import Guests  # noqa: PLC0415 - the slow part, and not needed to say that a port is taken
        from .pages import Part  # noqa: PLC0415
        from .server import Grounds, Site  # noqa: PLC0415
        from .visits import Visits  # noqa: PLC0415
    guests = Guests(
        Visits(options.folder / "visits"),
        f"rebound-visit-{chosen}",
        base,
        options.visitors,
        options.visitors * _KEPT_FOR_EACH,
    )
    proxied = options.behind_proxy or options.host in _LOOPBACK
    server = Site(
        Grounds(folder=options.folder, base=base, behind_proxy=proxied),
        [Part("", "site", guests, notebook("workbook"))],
        sentences=speaking(options.locale, options.content),
        own_env=kernels_env(options.locale, options.content),
        run_folder=new_run_folder(folder),
        secret=keys.secret,
    )
    log.info("a site on port %d", chosen)
    host = f"[{options.host}]" if ":" in options.host else options.host
    asyncio.run(server.serve(sock, lambda: announce(f"http://{host}:{chosen}{base}")))
    return 0


def announce(address: str) -> None:
    """Print the one line."""
    sys.stdout.write(f"Rebound is at {address}\n")
    sys.stdout.flush()


def site_folder(given: Path | None) -> Path:
    """The folder of a site: ``given``, else ``site`` in the person's own."""
    return given.expanduser().absolute() if given else places.home() / "site"
