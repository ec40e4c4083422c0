"""A site put together from what the command line says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ..keys import Keys
from ..launcher import notebook
from ..private import new_run_folder
from ..words import speaking
from .addresses import own_addresses
from .certificate import make_certificate
from .group_server import GroupSite
from .guests import Guests
from .pages import Part
from .running import LOOPBACK, SiteOptions, kernels_env
from .server import Grounds, Site
from .visits import Visits

_KEPT_FOR_EACH = 25
"""How many may have a workbook here for each that may have a page open."""


def make_site(options: SiteOptions, folder: Path, base: str, keys: Keys, port: int) -> Site:
    """The server, before it answers.

    Args:
        options: What the command line says.
        folder: The launcher's own folder in the site's.
        base: The path of the site.
        keys: Its secrets.
        port: The port it listens on.
    """

    def part(path: str, words: str, name: str, shown: str) -> Part:
        visits = Visits(options.folder / name)
        most = options.visitors
        guests = Guests(visits, f"rebound-{name}-{port}", base, most, most * _KEPT_FOR_EACH)
        return Part(path, words, guests, notebook(shown))

    tls, fingerprint = None, ""
    if options.https:
        tls, fingerprint = make_certificate(folder, own_addresses(), dt.datetime.now(dt.UTC))
    grounds = Grounds(
        folder=options.folder,
        base=base,
        behind_proxy=options.behind_proxy or options.host in LOOPBACK,
        tls=tls,
    )
    own = [part("", "site", "visits", "workbook")] if options.alone else []
    sentences = speaking(options.locale, options.content)
    env, run_folder = kernels_env(options.locale, options.content), new_run_folder(folder)
    if not options.group:
        return Site(grounds, own, sentences=sentences, own_env=env, run_folder=run_folder, secret=keys.secret)
    room = part("room/" if own else "", "group-visit", "members", "counsellor/room")
    return GroupSite(
        grounds,
        [*own, room, part("host/", "group-visit", "host", "counsellor/group")],
        keys=keys,
        port=port,
        fingerprint=fingerprint,
        content=options.content,
        sentences=sentences,
        own_env=env,
        run_folder=run_folder,
    )
