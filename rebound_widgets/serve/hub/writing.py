"""Writes the files of a hub: what JupyterHub reads, and what the desk service reads."""

from __future__ import annotations

import datetime as dt
import json
import secrets
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from ...domain.refused import Refused
from ..private import write_private
from .sign_on import SIGN_ON, SUBJECT
from .spawning import LAB

CONFIG, CENTRE = "jupyterhub_config.py", "centre.toml"
_TEMPLATE = Path(__file__).with_name("jupyterhub_config.txt")
_ROLES = Path(__file__).with_name("roles.txt")


@dataclass(frozen=True, kw_only=True)
class HubChoices:
    """What a publisher chooses.

    Attributes:
        folder: Where the files are written, readable by root alone.
        state: Where the hub keeps its own database and secrets.
        sign_on: How people sign on: a key of ``SIGN_ON``.
        database: Where what was shared is kept, as SQLAlchemy writes it.
        bind_url: Where the proxy listens.
        hub_url: Where the hub itself listens.
        proxy_url: Where the hub speaks to its proxy.
        centre_url: Where the desk service listens.
        public_url: The address that people type; empty where it is ``bind_url``.
        subdomains: Whether each person gets a host name of their own below that of ``public_url``.
        systemd: Whether people's servers are started by systemd, each in an isolation of its own.
        memory_mb: Memory for one person's server.
        cpus: Processors for one person's server.
        rebound: The command ``rebound`` that every person can run.
        proxy: The command of the proxy.
        starts_proxy: Whether the hub starts the proxy, or something beside it does, such as systemd.
        centre_user: The account the desk service runs under; empty for the hub's own.
        alone_minutes: Minutes without a page after which a server ends; the usual ones where it is 0.
        lab: Who has JupyterLab one click away: one of ``LAB``.
    """

    folder: Path
    state: Path
    sign_on: str = "pam"
    database: str = ""
    bind_url: str = "http://127.0.0.1:8000"
    hub_url: str = "http://127.0.0.1:8081"
    proxy_url: str = "http://127.0.0.1:8001"
    centre_url: str = "http://127.0.0.1:8090"
    public_url: str = ""
    subdomains: bool = False
    systemd: bool = False
    memory_mb: int = 512
    cpus: float = 1.0
    rebound: str = ""
    proxy: str = "configurable-http-proxy"
    starts_proxy: bool = True
    centre_user: str = "rebound-centre"
    alone_minutes: int = 0
    lab: str = "counsellors"


def write_hub(choices: HubChoices) -> list[Path]:
    """Write the files; what is there already is left as it is and refused.

    Returns:
        What was written.

    Raises:
        Refused: a file is there already, the sign-on is unknown, or subdomains are asked for without an address.
    """
    texts = {CONFIG: hub_config(choices), CENTRE: centre_config(choices)}
    there = next((name for name in texts if (choices.folder / name).exists()), None)
    if there is not None:
        raise Refused(
            "hub-there",
            "There is a {file} in {folder} already, and what you changed in it stays. Name another folder, or "
            "move that file away.",
            file=there,
            folder=choices.folder,
        )
    choices.folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    choices.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = []
    for name, text in texts.items():
        write_private(choices.folder / name, text)
        written.append(choices.folder / name)
    if choices.centre_user:
        _give(choices.folder / CENTRE, choices.centre_user)
    return written


def _give(path: Path, user: str) -> None:
    try:
        shutil.chown(path, user, user)
    except (LookupError, PermissionError):
        raise Refused(
            "hub-no-account",
            "The desk service runs under an account of its own, {user}, and it is not there or this is not run by "
            "root. Make it with: useradd --system --user-group {user}",
            user=user,
        ) from None


def hub_config(choices: HubChoices) -> str:
    """What JupyterHub reads.

    Raises:
        Refused: the sign-on is unknown, nobody is meant who could have JupyterLab, or subdomains are asked for
            without an address.
    """
    if choices.sign_on not in SIGN_ON:
        raise Refused(
            "hub-sign-on",
            "There is no sign-on {got!r} here. There are: {known}.",
            got=choices.sign_on,
            known=", ".join(SIGN_ON),
        )
    if choices.lab not in LAB:
        raise Refused(
            "hub-lab",
            "JupyterLab is for one of: {known}; got {got!r}.",
            known=", ".join(LAB),
            got=choices.lab,
        )
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        alone=f', "REBOUND_ALONE_MINUTES": "{choices.alone_minutes}"' if choices.alone_minutes else "",
        bind_url=choices.bind_url,
        centre_url=choices.centre_url,
        centre_user=choices.centre_user,
        day=dt.datetime.now().astimezone().date().isoformat(),
        crypt_key=_crypt_key(choices),
        folder=choices.folder,
        hub_url=choices.hub_url,
        lab=choices.lab,
        limits=_limits(choices),
        proxy_command=json.dumps(choices.proxy.split()),
        proxy_url=choices.proxy_url,
        public=_public(choices),
        roles=roles_config(choices.sign_on).rstrip(),
        rebound=choices.rebound or str(Path(sys.prefix) / "bin" / "rebound"),
        sign_on=SIGN_ON[choices.sign_on] + owner_config(choices.sign_on),
        spawner="systemd" if choices.systemd else "localprocess",
        start_proxy=choices.starts_proxy,
        state=choices.state,
    )


def roles_config(sign_on: str) -> str:
    """Groups, scopes and roles: the same wherever a hub runs.

    Args:
        sign_on: How people sign on; where it says who somebody is for good, the desk service may ask for that.
    """
    asks = ', "admin:auth_state"' if sign_on in SUBJECT else ""
    return Template(_ROLES.read_text(encoding="utf-8")).substitute(centre_scopes=asks)


def owner_config(sign_on: str) -> str:
    """The lines that let nobody into an account of somebody else; empty where names are not given again.

    Args:
        sign_on: How people sign on.
    """
    if sign_on not in SUBJECT:
        return ""
    hook = f"functools.partial(same_person.same_person, subject={json.dumps(SUBJECT[sign_on])})"
    return f"c.Authenticator.post_auth_hook = {hook}\n"


def _crypt_key(choices: HubChoices) -> str:
    """The line with the key that what a sign-on said of somebody is kept under; empty where nothing is kept."""
    kept = "enable_auth_state" in SIGN_ON[choices.sign_on]
    return f'c.CryptKeeper.keys = ["{secrets.token_hex(32)}"]\n' if kept else ""


def _public(choices: HubChoices) -> str:
    lines = []
    if choices.public_url:
        lines.append(f'c.JupyterHub.public_url = "{choices.public_url.rstrip("/")}/"')
    if choices.subdomains:
        if not choices.public_url:
            raise Refused(
                "hub-subdomains",
                "A host name for each person needs the address that people type: add it with --public.",
            )
        split = urlsplit(choices.public_url)
        lines.append(f'c.JupyterHub.subdomain_host = "{split.scheme}://{split.netloc}"')
    return "\n".join([*lines, ""])


def _limits(choices: HubChoices) -> str:
    limits = [f'c.Spawner.mem_limit = "{choices.memory_mb}M"', f"c.Spawner.cpu_limit = {choices.cpus}"]
    if not choices.systemd:
        return "\n".join(
            [
                "# Without systemd these are told to people's servers and not enforced: use --systemd.",
                *limits,
                "",
            ]
        )
    isolation = (
        "isolate_tmp = True",
        "isolate_devices = True",
        "disable_user_sudo = True",
        'readonly_paths = ["/"]',
        'readwrite_paths = ["/home/{USERNAME}"]',
        'unit_extra_properties = {"ProtectProc": "invisible", "LockPersonality": "yes", "UMask": "0077"}',
    )
    return "\n".join([*limits, *(f"c.SystemdSpawner.{line}" for line in isolation), ""])


def centre_config(choices: HubChoices) -> str:
    """What the desk service reads."""
    database = choices.database or f"sqlite:///{choices.state.parent / 'centre' / 'centre.sqlite'}"
    return (
        "# What the desk service reads; readable by its own account alone, since a database's password may be in it.\n"
        f"database = {json.dumps(database)}\n"
        'counsellors = "counsellors"\n'
        'caseloads = "caseload-"\n'
        "# Where the sign-on keeps what never changes about a person, such as oauth_user.sub; empty: name and day.\n"
        f"subject = {json.dumps(SUBJECT.get(choices.sign_on, ''))}\n"
    )
