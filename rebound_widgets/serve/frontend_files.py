"""The files of the page's front end: a written-out shelf, so that nothing else can be fetched."""

from __future__ import annotations

import asyncio
import functools
import gzip
import hashlib
import importlib.metadata
import json
import mimetypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_path
from tornado.web import HTTPError, RequestHandler

from .door import HEADERS

_VOILA = ("voila", "voila/templates/base/static")
_EXTENSIONS: Mapping[str, tuple[str, str]] = {
    "@voila-dashboards/widgets-manager8": ("voila", "voila/labextensions/@voila-dashboards/widgets-manager8"),
    "@jupyter-widgets/jupyterlab-manager": (
        "jupyterlab_widgets",
        "labextensions/@jupyter-widgets/jupyterlab-manager",
    ),
    "anywidget": ("anywidget", "labextensions/anywidget"),
}
"""Every extension the page loads: the widget manager, the models and views of ipywidgets, anywidget. What
else is installed on the machine is never loaded: it could break the page, or read it."""

_OWN = Path(__file__).resolve().parent / "template" / "files"
_LEFT_OUT = frozenset({"reveal.js", "treepage.js", "require.min.js", "voila-style.js"})
"""Voilà's scripts for other pages, and JupyterLab's styles, of which our page uses none."""

_YEAR = "private, max-age=31536000, immutable"
_MIN_BYTES = 1024


@dataclass(frozen=True)
class Extension:
    """What the page needs to load one extension."""

    name: str
    load: str
    extension: str

    def as_mapping(self) -> dict[str, str]:
        """As the page's configuration has it."""
        return {"name": self.name, "load": self.load, "extension": self.extension}


@dataclass(frozen=True)
class Shelf:
    """The files that may be fetched, by the path that follows the shelf's address.

    Attributes:
        digest: Changes when any file does; part of the address, so that a browser may keep files for good.
        files: Path in the address → file on disk.
        extensions: The extensions to load, in order.
    """

    digest: str
    files: Mapping[str, Path]
    extensions: tuple[Extension, ...]


@functools.cache
def shelf() -> Shelf:
    """The shelf of this installation.

    Raises:
        FileNotFoundError: a part of the front end is not installed.
    """
    files = {f"voila/{p.name}": p for p in _scripts(_installed(*_VOILA))}
    files |= {f"rebound/{p.name}": p for p in _scripts(_OWN)}
    extensions = []
    for name, (distribution, place) in _EXTENSIONS.items():
        folder = _installed(distribution, place)
        about = json.loads((folder / "package.json").read_text(encoding="utf-8"))["jupyterlab"]["_build"]
        files |= {f"lab/{name}/static/{p.name}": p for p in _scripts(folder / "static")}
        extensions.append(Extension(name, str(about["load"]).removeprefix("./"), about["extension"]))
    state = [(name, p.stat().st_size, p.stat().st_mtime_ns) for name, p in sorted(files.items())]
    digest = hashlib.sha256(repr(state).encode()).hexdigest()[:16]
    return Shelf(digest, files, tuple(extensions))


def _scripts(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.glob("*.js")) if path.name not in _LEFT_OUT)


def _installed(distribution: str, place: str) -> Path:
    """The folder ``share/jupyter/<place>`` as ``distribution`` installed it.

    The distribution's own list of files comes first: it is right in every kind of installation, and a folder
    of the same name in the person's Jupyter folders cannot stand in front of it.
    """
    marker = f"share/jupyter/{place}/"
    for file in importlib.metadata.files(distribution) or ():
        path = file.as_posix()
        if marker in path:
            folder = Path(str(file.locate())).resolve()
            for _ in path.split(marker, 1)[1].split("/"):
                folder = folder.parent
            if folder.is_dir():
                return folder
    for root in jupyter_path():
        folder = Path(root) / place
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"This installation has no {place}. Install {distribution} again.")


@functools.cache
def _packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


class ShelfFile(RequestHandler):  # type: ignore[misc, unused-ignore]
    """One file of the shelf, compressed once and kept."""

    def set_default_headers(self) -> None:
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.clear_header("Server")

    async def get(self, digest: str, name: str) -> None:
        path = shelf().files.get(name)
        if path is None or digest != shelf().digest:
            raise HTTPError(404)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        # The type table of Windows may know .js as plain text, which a browser then refuses to run.
        self.set_header("Content-Type", "text/javascript" if name.endswith(".js") else kind)
        self.set_header("Cache-Control", _YEAR)
        self.set_header("Vary", "Accept-Encoding")
        loop = asyncio.get_running_loop()
        if "gzip" in self.request.headers.get("Accept-Encoding", "") and path.stat().st_size >= _MIN_BYTES:
            self.set_header("Content-Encoding", "gzip")
            body: Any = await loop.run_in_executor(None, _packed, path)
        else:
            body = await loop.run_in_executor(None, path.read_bytes)
        await self.finish(body)
