"""Looking for given words in the bytes of every file of a folder: the proof of an erasure."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from .files import SUFFIX

_AT_ONCE = 4 * 1024 * 1024


def find_words(folder: Path, words: Iterable[str]) -> list[Path]:
    r"""The files in ``folder`` and below it that hold any of ``words``, sorted; blank words are passed over.

    Each word is looked for as UTF-8, as UTF-16 of either byte order, and as JSON writes it (with ``\u``
    escapes and without). Upper and lower case differ. File names are looked at too.
    """
    needles = [form for word in words if word.strip() for form in _forms(word)]
    if not needles or not folder.is_dir():
        return []
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [path for path in files if _holds(path, needles)]


def _forms(word: str) -> set[bytes]:
    escaped = {json.dumps(word, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False)}
    return {
        *(text.encode("utf-8", "surrogatepass") for text in (word, *escaped)),
        *(word.encode(encoding, "surrogatepass") for encoding in ("utf-16-le", "utf-16-be")),
    }


def _holds(path: Path, needles: list[bytes]) -> bool:
    longest = max(len(needle) for needle in needles)
    tail = path.name.encode("utf-8", "surrogateescape") + b"\0"
    for chunk in _bytes_of(path):
        window = tail + chunk
        if any(needle in window for needle in needles):
            return True
        tail = window[-longest:]
    return any(needle in tail for needle in needles)


def _bytes_of(path: Path) -> Iterator[bytes]:
    if path.suffix == SUFFIX:
        # Through SQLite: closing a file opened in any other way drops every lock this process holds on it,
        # and a save going on in another thread would lose its protection.
        with contextlib.suppress(sqlite3.Error):
            yield _all_pages(path)
            return
    with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
        while chunk := file.read(_AT_ONCE):
            yield chunk


def _all_pages(path: Path) -> bytes:
    with contextlib.closing(sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True)) as connection:
        return connection.serialize()
