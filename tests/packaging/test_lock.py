"""The pins: one list, with hashes, that says nothing about where it was made."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

from ruamel.yaml import YAML

PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+?)(?: ; (.+?))? \\$")


def pins(root: Path) -> list[tuple[str, str, str]]:
    """Name, version and condition of every package of the lock."""
    lines = (root / "requirements.lock").read_text(encoding="utf-8").splitlines()
    found = [match.groups(default="") for line in lines if (match := PIN.match(line))]
    assert len(found) > 100
    return [(name, version, condition) for name, version, condition in found]


def normal(requirement: str) -> str:
    """The normalised name in a requirement."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]).lower()


def test_the_lock_holds_pins_and_hashes_and_nothing_else(root: Path) -> None:
    """Each line of the lock is a pin or one of its hashes: no index, no link, no path."""
    lines = (root / "requirements.lock").read_text(encoding="utf-8").splitlines()
    hash_line = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
    assert [line for line in lines if not (PIN.match(line) or hash_line.match(line))] == []
    unhashed = [
        line
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
        if PIN.match(line) and not hash_line.match(after)
    ]
    assert unhashed == []


def test_the_lock_covers_every_requirement(root: Path) -> None:
    """Whatever pyproject.toml asks for, to run, to test and to build, is pinned in the lock."""
    given = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [
        *given["project"]["dependencies"],
        *given["project"]["optional-dependencies"]["hub"],
        *given["project"]["optional-dependencies"]["test"],
        *given["build-system"]["requires"],
    ]
    assert sorted({normal(name) for name in asked} - {name for name, _, _ in pins(root)}) == []


def test_what_runs_here_is_what_is_pinned(root: Path) -> None:
    """The tests ran with the pinned versions, not with others that happened to be there."""
    wanted: dict[str, set[str]] = {}
    for name, version, _ in pins(root):
        wanted.setdefault(name, set()).add(version)
    here = {normal(found.name): found.version for found in metadata.distributions()}
    shared = sorted(wanted.keys() & here.keys())
    assert len(shared) > 100
    assert {name: here[name] for name in shared if here[name] not in wanted[name]} == {}


def test_conda_gets_the_same_pins(root: Path) -> None:
    """environment.yml asks conda for Python and pip only, and pip for the very pins of the lock."""
    environment = YAML(typ="safe").load((root / "environment.yml").read_text(encoding="utf-8"))
    *from_conda, from_pip = environment["dependencies"]
    assert from_conda == ["python=3.11", "pip"]
    assert from_pip["pip"] == [
        f"{name}=={version} ; {condition}" if condition else f"{name}=={version}"
        for name, version, condition in pins(root)
    ]


def test_conda_s_file_is_the_one_that_make_lock_writes(root: Path) -> None:
    """environment.yml is what `make lock` makes of the lock, so nobody mends it by hand."""
    made = subprocess.run(
        [sys.executable, root / ".ci" / "conda"], cwd=root, capture_output=True, text=True, check=True
    )
    assert (root / "environment.yml").read_text(encoding="utf-8") == made.stdout
