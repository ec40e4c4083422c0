"""All widgets' front ends as one script, for a page that fetches it once and keeps it.

Elsewhere a widget brings its script and its style along, in the message that makes it: JupyterLab knows nothing of us.
On a page whose server has this script, a widget names its part instead; see ``sent_once``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from .frontend import IMPORT, part_name, style

_DEFAULT = re.compile(r"^export default ", re.MULTILINE)
_EXPORTED = re.compile(r"^export\s+(?:async\s+)?(?:function\*?|const|let|class)\s+([\w$]+)", re.MULTILINE)
_EXPORT = re.compile(r"^export\s+", re.MULTILINE)
_REMARK = re.compile(r"^[ \t]*(?://.*|/\*\*(?:(?!\*/).|\n)*\*/[ \t]*)\n", re.MULTILINE)
"""Comments that have their lines to themselves, as all of ours have."""


def parts(folders: Iterable[Path]) -> Mapping[str, Path]:
    """The widgets' own files below ``folders``, by the name of their part: those with a default export.

    Raises:
        ValueError: two of them have the same name.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.js")):
            if not _DEFAULT.search(path.read_text(encoding="utf-8")):
                continue
            if part_name(path) in found:
                raise ValueError(f"Two widgets have a {path.name}; each needs a name of its own.")
            found[part_name(path)] = path
    return found


def script(folders: Iterable[Path]) -> str:
    """One module that exports each widget's front end under its name, and all style sheets as ``sheet``.

    A file that several widgets import is in it once. Each file has names of its own.

    Raises:
        ValueError: a file asks another for what that does not export: the page would find out when it is called.
    """
    folders = list(folders)
    made: dict[Path, str] = {}
    texts: list[str] = []

    def add(path: Path) -> str:
        if path in made:
            return made[path]
        made[path] = f"file{len(made)}"
        text = path.read_text(encoding="utf-8")
        needs = "".join(
            f"const {found['names'].replace(' as ', ': ')} = {add(_giver(path, found))};\n"
            for found in IMPORT.finditer(text)
        )
        given = [*_EXPORTED.findall(text), *(["part"] if _DEFAULT.search(text) else [])]
        text = _EXPORT.sub("", _DEFAULT.sub("const part = ", IMPORT.sub("", _REMARK.sub("", text)))).strip()
        texts.append(
            f"const {made[path]} = (() => {{\n{needs}{text}\nreturn {{ {', '.join(given)} }};\n}})();\n"
        )
        return made[path]

    exports = [f"export const {name} = {add(path)}.part;\n" for name, path in parts(folders).items()]
    sheets = [path for folder in folders for path in sorted(folder.glob("*.css")) if path.stem != "theme"]
    sheet = json.dumps(style(*sheets), ensure_ascii=False)
    return "".join([*texts, *exports, f"export const sheet = {sheet};\n"])


def _giver(path: Path, found: re.Match[str]) -> Path:
    """The file an import names, which must export every name that is asked of it."""
    giver = (path.parent / found["file"]).resolve()
    given = set(_EXPORTED.findall(giver.read_text(encoding="utf-8")))
    asked = [name.split(" as ")[0].strip() for name in found["names"].strip("{}").split(",")]
    if missing := sorted(name for name in asked if name and name not in given):
        raise ValueError(f"{path.name} imports {missing[0]} from {giver.name}, which does not export it.")
    return giver
