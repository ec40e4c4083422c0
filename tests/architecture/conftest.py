"""The source as data: every module of the package with its text and its syntax tree."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Module:
    """One file of Python."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """How long it is."""
        return self.text.count("\n")


@pytest.fixture(scope="session")
def modules(root: Path) -> Sequence[Module]:
    """Every module of the package."""
    found = []
    for path in sorted((root / "rebound_widgets").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        found.append(Module(name, path, text, ast.parse(text)))
    assert len(found) > 40, "the package was not found"
    return found


@pytest.fixture(scope="session")
def kept_files(root: Path) -> Sequence[Path]:
    """Every file git keeps or would keep, so nothing a tool made."""
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        capture_output=True,
        text=True,
        check=True,
    )
    files = [root / name for name in listed.stdout.split("\0") if name]
    return [path for path in files if path.is_file()]
