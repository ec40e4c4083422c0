"""Puts a widget's front end together from its files: one module script, one style sheet."""

from __future__ import annotations

import functools
import re
from pathlib import Path

STATIC = Path(__file__).resolve().parent / "static"

_IMPORT = re.compile(r"""^import\s+\{[^}]*\}\s+from\s+["'](\.[^"']+)["'];?\s*$""", re.MULTILINE)
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?(?:function|const|let|class)\b)", re.MULTILINE)


@functools.cache
def module(path: Path) -> str:
    """The ES module at ``path`` with everything it imports, as one text.

    anywidget hands the browser one text without an address, so relative imports cannot be resolved there.
    Only ``import { a, b } from "./file.js"`` and exported functions, constants and classes are understood;
    names are shared by all files, so two files must not declare the same one (a test holds that).

    Raises:
        FileNotFoundError: an imported file is not there.
    """
    parts: list[str] = []
    seen: set[Path] = set()

    def add(file: Path, *, last: bool) -> None:
        if file in seen:
            return
        seen.add(file)
        text = file.read_text(encoding="utf-8")
        for found in _IMPORT.finditer(text):
            add((file.parent / found.group(1)).resolve(), last=False)
        text = _IMPORT.sub("", text)
        parts.append(text if last else _EXPORT.sub("", text))

    add(path.resolve(), last=True)
    return "\n".join(parts)


@functools.cache
def style(*names: str) -> str:
    """The theme followed by the named style sheets of this package, as one text."""
    files = [STATIC / "theme.css", *(STATIC / f"{name}.css" for name in names)]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)
