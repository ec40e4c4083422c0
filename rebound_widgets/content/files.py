"""Finds and reads the files of one content folder, in one language."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .marked import MarkedDict, packed, unpacked
from .parsing import MAX_BYTES, decoded, parse
from .problems import Problem

PARSED = "parsed.json"
"""Beside a language's files: what they parse to, with digests. ``generate`` makes it; used while it fits."""

MAX_FILES = 300
LOCALE_FORM = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_SINGLE = ("locale", "words", "evidence")


@dataclass(kw_only=True)
class Layer:
    """What one folder of one language holds, before it is merged and understood.

    Attributes:
        name: The folder's name for messages.
        own: Whether it ships with Rebound, rather than being an institution's.
        single: ``locale``, ``words`` and ``evidence`` to what the file of that name holds.
        chapters: The file's name without its ending to what it holds.
        letters: The same for letters; the text after the front matter stands under ``body``.
        problems: What could not be read.
    """

    name: str
    own: bool
    single: dict[str, MarkedDict] = field(default_factory=dict)
    chapters: dict[str, MarkedDict] = field(default_factory=dict)
    letters: dict[str, MarkedDict] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_layer(
    folder: Path,
    name: str,
    *,
    own: bool,
    use_parsed: bool = True,
    drafts: Mapping[str, str] = MappingProxyType({}),
) -> Layer:
    """Everything in ``folder``, a language's folder. Never raises for what a file holds.

    Args:
        folder: Such as ``data/content/en``.
        name: What to call it in messages.
        own: Whether it ships with Rebound.
        use_parsed: Whether what was parsed before may stand in for files that have not changed since.
        drafts: Files of it, such as ``chapters/no.yaml``, to the text that stands in for what is on disk.
    """
    layer = Layer(name=name, own=own)
    known = _parsed(folder / PARSED) if own and use_parsed else {}
    listed = _listed(folder, layer)
    for path in [*listed, *(folder / name for name in drafts if folder / name not in listed)]:
        relative = path.relative_to(folder).as_posix()
        kind = _kind(relative)
        if kind is None:
            layer.problems.append(_unexpected(f"{name}/{relative}"))
            continue
        if relative in drafts:
            value, problems = read_text(drafts[relative], f"{name}/{relative}")
        else:
            value, problems = _read(path, relative, f"{name}/{relative}", known)
        layer.problems.extend(problems)
        if problems:
            continue
        if isinstance(value, MarkedDict):
            _keep(layer, kind, path.stem, value)
        else:
            rule = "A content file holds keys with values"
            layer.problems.append(
                Problem(file=f"{name}/{relative}", line=1, what="The file holds no mapping", rule=rule)
            )
    return layer


def parsed_form(folder: Path) -> dict[str, Any]:
    """What ``PARSED`` holds for the files of ``folder`` as they are now.

    Raises:
        ValueError: a file cannot be read; its problem as a sentence.
    """
    files = {}
    for path in _listed(folder, Layer(name=folder.name, own=True)):
        relative = path.relative_to(folder).as_posix()
        value, problems = _read(path, relative, relative, {})
        if problems:
            raise ValueError(str(problems[0]))
        files[relative] = {"sha256": _digest(path.read_bytes()), "value": packed(value)}
    return {"files": files}


def _kind(relative: str) -> str | None:
    """What a file is, by its place: ``chapter``, ``letter`` or its own name; ``None`` for anything else."""
    folder, _, file = relative.rpartition("/")
    stem, _, ending = file.rpartition(".")
    if (folder, ending) == ("chapters", "yaml"):
        return "chapter"
    if (folder, ending) == ("letters", "md"):
        return "letter"
    return stem if (folder, ending) == ("", "yaml") and stem in _SINGLE else None


def _keep(layer: Layer, kind: str, stem: str, value: MarkedDict) -> None:
    if kind == "chapter":
        layer.chapters[stem] = value
    elif kind == "letter":
        layer.letters[stem] = value
    else:
        layer.single[kind] = value


def _listed(folder: Path, layer: Layer) -> list[Path]:
    """The files of a language in a fixed order; hidden ones and ``PARSED`` left out."""
    found = []
    for path in sorted(folder.glob("*")) + sorted(folder.glob("*/*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and not path.is_dir() and path.name != PARSED:
            found.append(path)
    if len(found) > MAX_FILES:
        layer.problems.append(
            Problem(
                file=layer.name,
                line=0,
                what="The folder has too many files",
                rule=f"A language has at most {MAX_FILES} files",
                got=str(len(found)),
            )
        )
    return found[:MAX_FILES]


def _read(path: Path, relative: str, name: str, known: Mapping[str, Any]) -> tuple[Any, list[Problem]]:
    data, problem = read_bytes(path, name)
    if problem is not None:
        return None, [problem]
    before = known.get(relative)
    if before is not None and before.get("sha256") == _digest(data):
        return unpacked(before["value"], name), []
    return _letter(data, name) if path.suffix == ".md" else parse(data, name)


def read_text(text: str, name: str) -> tuple[Any, list[Problem]]:
    """What a file of that name would hold with this text in it, and what is wrong with it."""
    data = text.encode("utf-8", "surrogatepass")
    return _letter(data, name) if name.endswith(".md") else parse(data, name)


def read_bytes(path: Path, name: str) -> tuple[bytes, Problem | None]:
    """The bytes of a file, one more than allowed at most, or why there are none."""
    with contextlib.suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                return file.read(MAX_BYTES + 1), None
    return b"", Problem(
        file=name, line=0, what="The file cannot be opened", rule="It has to be a readable file"
    )


def _letter(data: bytes, name: str) -> tuple[Any, list[Problem]]:
    """A letter: front matter between two lines of three hyphens, then the text."""
    text, problem = decoded(data, name)
    if problem is not None:
        return None, [problem]
    found = re.match(r"---\n(.*?\n)---\n(.*)", text, re.DOTALL)
    if found is None:
        rule = "A letter begins with --- on its own line, its title and blanks, and --- again"
        return None, [Problem(file=name, line=1, what="The letter has no beginning", rule=rule)]
    value, problems = parse(found[1].encode(), name, first_line=2)
    if isinstance(value, MarkedDict):
        value.put("body", found[2].strip(), name, found[1].count("\n") + 3)
    return value, problems


def _unexpected(name: str) -> Problem:
    return Problem(
        file=name,
        line=0,
        what="Nothing reads this file",
        rule="A language has locale.yaml, words.yaml, evidence.yaml, chapters/*.yaml and letters/*.md",
        warning=True,
    )


def _digest(data: bytes) -> str:
    """The same on every system, whatever a checkout did to the line ends."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


@functools.lru_cache(maxsize=8)
def _parsed(path: Path) -> Mapping[str, Any]:
    """What was parsed before, by file; nothing where there is no such file or it cannot be read."""
    try:
        files = json.loads(path.read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    whole = isinstance(files, dict) and all(isinstance(known, dict) for known in files.values())
    return files if whole else {}
