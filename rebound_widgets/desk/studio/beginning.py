"""How a file begins: as one of ours to be reworded or translated, or as a new one."""

from __future__ import annotations

import re
from pathlib import Path

from ... import places
from ...chapters.new import chapter_text
from .folder import CHAPTER, LETTER, FileName, Folder

_SCHEMA = re.compile(r"^# yaml-language-server:.*\n", re.MULTILINE)
_NEW_LETTER = "thank-you"


def beginning(folder: Folder, name: FileName) -> str:
    """The text a new file begins with.

    A translation begins as the folder's own English file; else it begins as the file that ships under that name,
    in the language where there is one; else as a new chapter or letter.
    """
    own = FileName("en", name.kind, name.stem)
    if name.locale != "en" and own in folder.names():
        return folder.read(own) or ""
    text = _shipped(name)
    if text is not None:
        return text
    if name.kind == CHAPTER:
        return chapter_text(name.stem, folder.root.name)
    if name.kind == LETTER:
        letter = _shipped(FileName(name.locale, LETTER, _NEW_LETTER)) or ""
        return letter.replace(f"id: {_NEW_LETTER}", f"id: {name.stem}", 1)
    return ""


def shipped_names(locale: str) -> list[FileName]:
    """What ships in a language, or in English where it ships in none: what can be reworded or translated."""
    root = _root(locale)
    found = [FileName(locale, CHAPTER, path.stem) for path in sorted(root.glob("chapters/*.yaml"))]
    return found + [FileName(locale, LETTER, path.stem) for path in sorted(root.glob("letters/*.md"))]


def _shipped(name: FileName) -> str | None:
    path = _root(name.locale) / name.relative.partition("/")[2]
    return _SCHEMA.sub("", path.read_text(encoding="utf-8")) if path.is_file() else None


def _root(locale: str) -> Path:
    content = places.shipped("data") / "content"
    return next(
        folder for tag in (locale, locale.partition("-")[0], "en") if (folder := content / tag).is_dir()
    )
