"""Who may import whom, what is loaded when, and what the package depends on."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize("name", ["rebound_widgets", "rebound_widgets.domain", "rebound_widgets.store"])
def test_the_foundation_loads_neither_widgets_nor_frames(name: str) -> None:
    """Reading or writing a workbook needs neither ipywidgets nor pandas, so it starts quickly anywhere."""
    heavy = "{'pandas', 'numpy', 'ipywidgets', 'anywidget', 'IPython', 'voila'}"
    ran = subprocess.run(
        [sys.executable, "-c", f"import {name}, sys; print(sorted({heavy} & set(sys.modules)))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "[]"


def test_the_import_contracts_hold(root: Path) -> None:
    """The layers of the house hold: import-linter keeps every contract of pyproject.toml."""
    linter = Path(sys.executable).parent / "lint-imports"
    ran = subprocess.run(
        [linter, "--no-logo", "--no-cache"], cwd=root, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout


def distribution(requirement: str) -> str:
    """The normalised name of a distribution in a requirement."""
    name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(root: Path) -> set[str]:
    """The distributions the package needs to run, for one person and for many, from pyproject.toml."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["hub"]]
    return {distribution(requirement) for requirement in needed}


def test_every_dependency_has_its_reason(root: Path) -> None:
    """Each dependency has a row with its reason in the decision on dependencies; no row is left over."""
    page = (root / "docs" / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \|([^|]+)\|", page, re.MULTILINE)
    assert sorted(name for name, _ in rows) == sorted(declared(root))
    assert [name for name, reason in rows if len(reason.split()) < 4] == []


def test_every_import_is_of_a_declared_dependency(root: Path, modules: Sequence[Any]) -> None:
    """The package imports nothing that only happens to be there because something else needs it."""
    owners = metadata.packages_distributions()
    imported: dict[str, str] = {}
    for module in modules:
        for node in ast.walk(module.tree):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                names = [node.module]
            for name in names:
                imported.setdefault(name.partition(".")[0], f"{module.name}:{node.lineno}")
    foreign = {
        name: where
        for name, where in imported.items()
        if name not in sys.stdlib_module_names and name != "rebound_widgets"
    }
    assert "sqlalchemy" in foreign
    allowed = declared(root)
    undeclared = {
        name: where
        for name, where in foreign.items()
        if not {distribution(owner) for owner in owners.get(name, [])} & allowed
    }
    assert undeclared == {}


def test_one_person_s_workbook_loads_nothing_of_a_hub(root: Path) -> None:
    """What only a publisher installs is imported by the desk service and the hub's configuration alone."""
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            (
                "import sys, rebound_widgets.cli, rebound_widgets.serve.server, rebound_widgets.serve.hosted.door\n"
                "import rebound_widgets.desk, rebound_widgets.app\n"
                "print(sorted({'jupyterhub', 'psycopg', 'oauthenticator', 'aiohttp', 'ldap3'} & set(sys.modules)))"
            ),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "[]" == ran.stdout.strip()
