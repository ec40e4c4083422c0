"""``rebound doctor``: looks at a hub's files and at what runs, and says what to mend."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from .sign_on import FILL_IN
from .writing import CENTRE, CONFIG

_PATIENCE_S = 5.0


def look_at(folder: Path, *, running: bool = True) -> list[str]:
    """What is to be mended, one sentence each; empty where nothing is.

    Args:
        folder: Where ``rebound hub`` wrote its files.
        running: Whether to look at what runs as well.
    """
    found = [*_files(folder)]
    text = _read(folder / CONFIG)
    if text:
        found += _config(text)
        if running:
            found += _running(text)
    return found


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def _files(folder: Path) -> Iterator[str]:
    for name in (CONFIG, CENTRE):
        path = folder / name
        if not path.exists():
            yield f"{path} is not there, or this account may not look. Write it with: rebound hub {folder}"
        elif path.stat().st_mode & 0o077:
            yield f"{path} can be read by others, and secrets stand in it. Type: chmod 600 {path}"
    try:
        tomllib.loads(_read(folder / CENTRE))
    except ValueError:
        yield f"{folder / CENTRE} is no TOML: each value stands in quotation marks."


def _config(text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), start=1):
        if FILL_IN in line and not line.lstrip().startswith("#"):
            yield f"{CONFIG}, line {number}: fill in what stands as {FILL_IN}."
    for command in re.findall(r"(?m)^c\.(?:ConfigurableHTTPProxy\.command|Spawner\.cmd) = (\[.*\])$", text):
        first = json.loads(command)[0]
        if shutil.which(first) is None:
            yield f"The command {first} is not there, or cannot be run."
    url = _setting(text, "JupyterHub.bind_url")
    if url and urlsplit(url).hostname not in ("127.0.0.1", "localhost", "::1") and "ssl_cert" not in text:
        yield (
            f"The proxy listens at {url} without TLS, where others on the network can listen too. Bind it to 127.0.0.1 "
            "and put a web server with TLS before it."
        )
    if _setting(text, "JupyterHub.spawner_class") == "localprocess":
        yield (
            "Memory and processors of people's servers are not limited without systemd. Where more than a few dozen "
            "work at once, write the files with --systemd."
        )


def _setting(text: str, name: str) -> str:
    found = re.search(rf'(?m)^c\.{re.escape(name)} = "([^"]*)"$', text)
    return found[1] if found else ""


def _running(text: str) -> Iterator[str]:
    base = _setting(text, "JupyterHub.bind_url")
    for what, path, mend in (
        ("The hub", "/hub/health", "Look at what it logs: journalctl -u jupyterhub"),
        (
            "The desk service",
            "/services/centre/health",
            "Look at what it logs, and whether its database runs",
        ),
    ):
        status = _status(base, path)
        if status == 0:
            yield f"{what} is not reached at {base}{path}: nothing listens there. Start it."
        elif status != http.HTTPStatus.OK:
            yield f"{what} answers {status} at {base}{path}. {mend}."


def _status(base: str, path: str) -> int:
    """The status of an address; 0 where nobody answers."""
    split = urlsplit(base)
    connection = http.client.HTTPConnection(split.hostname or "", split.port, timeout=_PATIENCE_S)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
