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
from ..browser import open_browser, remove_opening_file
from ..keys import keep_keys
from ..logs import log, logging_to
from ..private import private_folder
from ..quick import quick_imports
from ..running import ADDRESS, held, last_port, listen, remember_port
from ..words import sentences

VISITORS = 40
"""How many may have a page open at once, where nothing else is said."""
_PREFIX = re.compile(r"/(?:[A-Za-z0-9._~-]+/)*")
LOOPBACK = frozenset({ADDRESS, "::1", "localhost"})


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
        alone: Whether it is a site that anybody may visit.
        group: Whether it has a room for a group.
        https: Whether it speaks TLS, with a certificate of its own making.
        browser: Whether to open the counsellor's browser.
    """

    folder: Path
    port: int | None = None
    host: str = ADDRESS
    prefix: str = "/"
    behind_proxy: bool = False
    locale: str | None = None
    content: Path | None = None
    visitors: int = VISITORS
    alone: bool = True
    group: bool = False
    https: bool = False
    browser: bool = False


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
        with logging_to(folder, as_json=True):
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
        from .setting_up import make_site  # noqa: PLC0415 - the slow part, and not needed to say that a port is taken
    server = make_site(options, folder, base, keys, chosen)
    log.info("a site on port %d", chosen)
    scheme = "https" if options.https else "http"
    host = ADDRESS if options.group and not options.alone else options.host
    at = f"{scheme}://{f'[{host}]' if ':' in host else host}:{chosen}{base}"
    at += f"host/?token={keys.token}" if options.group else ""

    def ready() -> None:
        announce(at)
        if options.browser:
            open_browser(at, folder)

    try:
        asyncio.run(server.serve(sock, ready))
    finally:
        remove_opening_file(folder)
    return 0


def group_folder(given: Path | None) -> Path:
    """The folder of a group: ``given``, else ``group`` in the person's own."""
    return given.expanduser().absolute() if given else places.home() / "group"


def forget_group(folder: Path) -> int:
    """Erase everything of a group that was not ended; returns how many workbooks there were.

    Raises:
        Refused: the group is open, or something could not be removed.
    """
    from .visits import Visits  # noqa: PLC0415

    own = private_folder(folder)
    with held(own) as mine:
        if not mine:
            raise in_use(folder)
        visits = Visits(folder / "members")
        found = list(visits.all())
        for visit in found:
            visits.end(visit)
        visits.clear()
        (folder / "room.json").unlink(missing_ok=True)
    return len(found)


def announce(address: str) -> None:
    """Print the one line."""
    sys.stdout.write(f"Rebound is at {address}\n")
    sys.stdout.flush()


def site_folder(given: Path | None) -> Path:
    """The folder of a site: ``given``, else ``site`` in the person's own."""
    return given.expanduser().absolute() if given else places.home() / "site"
