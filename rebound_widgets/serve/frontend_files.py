"""The files of the page's front end: a written-out shelf, so that nothing else can be fetched."""

from __future__ import annotations

import asyncio
import functools
import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tornado.web import HTTPError, RequestHandler

from ..widgets import together
from ..widgets.frontend import SERVED
from .door import HEADERS

_PACKAGE = Path(__file__).resolve().parents[1]
_BUILT = Path(__file__).resolve().parent / "template" / "built"
"""Made from published packages by ``make frontend``; each script has a packed twin beside it."""

_FOLDERS = (_PACKAGE / "widgets" / "static", _PACKAGE / "app" / "static")
WIDGETS = "widgets.js"
"""The script with the front ends of all our widgets."""

_YEAR = "private, max-age=31536000, immutable"


@dataclass(frozen=True)
class Script:
    """One script.

    Attributes:
        plain: As it is.
        twin: The file with the same packed by brotli; ``None`` where there is none.
    """

    plain: bytes
    twin: Path | None = None

    def packed(self, accepted: str) -> tuple[str, bytes]:
        """The encoding that suits a browser, and the script in it.

        Args:
            accepted: Its ``Accept-Encoding``; what it gives no weight to is not taken.
        """
        takes = {
            name.strip().lower()
            for name, _, weight in (part.partition(";") for part in accepted.split(","))
            if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
        }
        if self.twin is not None and "br" in takes:
            return "br", _read(self.twin)
        return ("gzip", _gzip(self.plain)) if "gzip" in takes else ("", self.plain)


@dataclass(frozen=True)
class Shelf:
    """The files that may be fetched, by the path that follows the shelf's address.

    Attributes:
        digest: Changes when any file does; part of the address, so that a browser may keep files for good.
        files: Path in the address → script.
        entry: The script that opens the page.
        preload: The scripts it imports at once: a page names them, so that the browser asks for all together.
    """

    digest: str
    files: Mapping[str, Script]
    entry: str
    preload: tuple[str, ...]

    @property
    def where(self) -> str:
        """The address below which the files are."""
        return f"/files/{self.digest}"


@functools.cache
def shelf() -> Shelf:
    """The shelf of this installation.

    Raises:
        FileNotFoundError: a part of the front end is not installed.
    """
    about = json.loads((_BUILT / "manifest.json").read_text(encoding="utf-8"))
    files = {name: Script((_BUILT / name).read_bytes(), _BUILT / f"{name}.br") for name in about["files"]}
    files[WIDGETS] = Script(together.script(_FOLDERS).encode())
    state = [(name, hashlib.sha256(script.plain).hexdigest()) for name, script in sorted(files.items())]
    digest = hashlib.sha256(repr(state).encode()).hexdigest()[:16]
    preload = (*about["preload"], WIDGETS)
    return Shelf(digest, files, about["entry"], preload)


def served() -> dict[str, str]:
    """What a kernel is told in its environment: which widgets need not bring their scripts along."""
    return {SERVED: ",".join(together.parts(_FOLDERS))}


@functools.cache
def _read(path: Path) -> bytes:
    return path.read_bytes()


@functools.cache
def _gzip(plain: bytes) -> bytes:
    return gzip.compress(plain, 9, mtime=0)


class ShelfFile(RequestHandler):  # type: ignore[misc, unused-ignore]
    """One file of the shelf, compressed once and kept."""

    def set_default_headers(self) -> None:
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.clear_header("Server")

    async def get(self, digest: str, name: str) -> None:
        script = shelf().files.get(name)
        if script is None or digest != shelf().digest:
            raise HTTPError(404)
        # Not as the type table of the system has it: that of Windows may know .js as plain text.
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", _YEAR)
        self.set_header("Vary", "Accept-Encoding")
        accepted = self.request.headers.get("Accept-Encoding", "")
        encoding, body = await asyncio.get_running_loop().run_in_executor(None, script.packed, accepted)
        if encoding:
            self.set_header("Content-Encoding", encoding)
        await self.finish(body)
