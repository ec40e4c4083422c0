"""Reads a log from a file: which kind of file it is, then its table."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ...domain.refused import Refused
from .conventions import library
from .delimited import read_delimited
from .sheets import read_sheets
from .table import BYTE_LIMIT, UNNAMED, Table, digest_of, empty_table, make_table, too_large
from .words import fold

_PACKAGE = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"BM": "a picture",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"Rar!": "a compressed file",
    b"SQLite format 3": "a database",
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"ID3": "a recording",
    b"OggS": "a recording",
}
_TEXTUAL = (b"BM", b"MZ")  # A log may begin with these two letters; what follows decides.


def read_table(source: Path | str | bytes, name: str | None = None, *, unnamed: str = UNNAMED) -> Table:
    """Read a log. What kind of file it is shows in its bytes, not in its name.

    Args:
        source: The file, or what it holds.
        name: The file's name as the person knows it; for bytes, "log" where not given.
        unnamed: What a column without a header is called, with ``{number}`` in braces.

    Raises:
        Refused: no file there, too large, empty, not a table, damaged, or made to do harm.
    """
    if isinstance(source, bytes):
        data, called = source, name or "log"
    else:
        path = Path(source)
        data, called = _load(path), name or path.name
    if len(data) > BYTE_LIMIT:
        raise too_large(len(data))
    called = called.replace("\\", "/").rpartition("/")[2] or "log"
    if not data.strip(b" \t\r\n\0"):
        raise empty_table()
    _must_be_readable(data)
    known = library().known_headers
    digest = digest_of(data)
    if data.startswith(_PACKAGE):
        rows, form, read_as, notes = read_sheets(data, known)
    else:
        rows, read_as, notes = read_delimited(data)
        form = "csv"
    return make_table(
        rows,
        name=called,
        form=form,
        read_as=read_as,
        digest=digest,
        notes=notes,
        unnamed=unnamed,
        known=known,
        neutralised=_is_ours,
    )


def _load(path: Path) -> bytes:
    try:
        data, size = _regular_bytes(path)
    except (FileNotFoundError, ValueError) as error:
        # A name with a NUL in it is a ValueError, and no file has one.
        raise Refused("import-no-file", "There is no file {name!r} there.", name=path.name) from error
    except OSError as error:
        raise Refused(
            "import-unreadable",
            "The file {name!r} cannot be read: {reason}.",
            name=path.name,
            reason=os.strerror(error.errno).lower() if error.errno else "it is not a file",
        ) from error
    if size > BYTE_LIMIT:
        raise too_large(size)
    return data


def _regular_bytes(path: Path) -> tuple[bytes, int]:
    """What a file holds and how many bytes that is; nothing is read of one that is too large.

    Raises:
        OSError: it is a folder, a pipe or a device, or cannot be read.
    """
    if not path.is_dir():
        # Opened without waiting, since a pipe nobody writes to would never come to its end.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(handle)
            if stat.S_ISREG(found.st_mode):
                too_much = found.st_size > BYTE_LIMIT
                return b"" if too_much else file.read(BYTE_LIMIT + 1), found.st_size
    raise OSError


def _must_be_readable(data: bytes) -> None:
    if data.startswith(_OLD_OFFICE):
        raise Refused(
            "import-old-spreadsheet",
            "This is a spreadsheet in the old XLS format, or one protected by a password. "
            "Open it, save it as XLSX, ODS or CSV without a password, and try again.",
        )
    for start, kind in _OTHERS.items():
        if data.startswith(start) and not (start in _TEXTUAL and b"\0" not in data[:64]):
            raise Refused(
                "import-other-file",
                "This file is {kind}, not a table, whatever its name says. "
                "A log can be a CSV, XLSX or ODS file.",
                kind=kind,
            )


def _is_ours(headers: tuple[str, ...]) -> bool:
    """Whether these are the headers of a convention that protects cells from being read as formulas."""
    found = {fold(header) for header in headers}
    return any(
        convention.neutralised and all(len(found & e.headers) >= e.at_least for e in convention.evidence)
        for convention in library().conventions
    )
