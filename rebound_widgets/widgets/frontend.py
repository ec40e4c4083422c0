"""Puts a widget's front end together from its files: one module script, one style sheet."""

from __future__ import annotations

import functools
import re
from pathlib import Path

STATIC = Path(__file__).resolve().parent / "static"

IMPORT = re.compile(
    r"""^import\s+(?P<names>\{[^}]*\})\s+from\s+["'](?P<file>\.[^"']+)["'];?\s*$""", re.MULTILINE
)
"""The one way in which a file of ours may import from another."""

SERVED = "REBOUND_WIDGETS_SERVED"
"""In a kernel's environment: the names of the parts its page has in one script (``together``), with commas."""

PARTS: dict[str, str] = {}
"""What ``module`` gave → the name of the widget's part in the script of them all."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PRELUDE = re.compile(r"(?<=[{};])[^{};@]+(?=\{)|^[^{};@]+(?=\{)")
"""The selectors of a rule: what stands before a brace and is no at-rule."""
_OWN_CLASS = re.compile(r"\.rb(?:-[\w-]+)?")
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
        for found in IMPORT.finditer(text):
            add((file.parent / found["file"]).resolve(), last=False)
        text = IMPORT.sub("", text)
        parts.append(text if last else _EXPORT.sub("", text))

    add(path.resolve(), last=True)
    whole = "\n".join(parts)
    PARTS[whole] = part_name(path)
    return whole


def part_name(path: Path) -> str:
    """The name of the widget in that file, where all widgets are one script; see ``together``."""
    return path.stem.replace("-", "_")


@functools.cache
def style(*sheets: str | Path) -> str:
    """The theme followed by these style sheets, as one text: names of this package's own, or paths.

    Every class of ours weighs as much as an id: JupyterLab and other pages say things about every button and
    every heading, and what they say must not get in. The files themselves stay plain.
    """
    files = [STATIC / "theme.css", *(s if isinstance(s, Path) else STATIC / f"{s}.css" for s in sheets)]
    return "\n".join(_weighty(file.read_text(encoding="utf-8")) for file in files)


def _weighty(css: str) -> str:
    return _PRELUDE.sub(
        lambda found: _OWN_CLASS.sub(r":is(\g<0>, #rb)", found.group()), _COMMENT.sub("", css)
    )
