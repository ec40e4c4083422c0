"""`make` and what it calls, where nothing was installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder of commands for ``PATH`` with what every Debian has, and no Python, apt-get or Chromium."""
    commands = tmp_path / "bin"
    commands.mkdir()
    for name in ("sh", "cat", "cksum", "pwd", "dirname", "basename", "id", "awk", "rm", "env"):
        found = shutil.which(name)
        assert found is not None, name
        (commands / name).symlink_to(found)
    return commands


@pytest.fixture
def tree(root: Path, tmp_path: Path) -> Path:
    """The scripts and the lock alone, in a folder with a space in its name."""
    copy = tmp_path / "a tree"
    shutil.copytree(root / ".ci", copy / ".ci")
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(root / name, copy / name)
    return copy


def run(script: Path, commands: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script that finds only those commands and no home."""
    return subprocess.run(
        [commands / "sh", script],
        env={"PATH": str(commands), **environment},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def old_python(commands: Path, name: str, answer: str) -> None:
    """A stand-in for Python that answers every question by ``answer``, a line of shell."""
    stand_in = commands / name
    stand_in.write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
    stand_in.chmod(0o755)


def test_without_python_it_says_what_to_type(tree: Path, bare: Path) -> None:
    """Where there is no Python 3.11 or later, `make app` ends with what to type and leaves nothing."""
    old_python(bare, "python3", "exit 1")
    ran = run(tree / ".ci" / "venv", bare)
    assert ran.returncode == 1
    assert "sudo apt install python3 python3-venv" in ran.stderr
    assert not (tree / ".venv").exists()


def test_without_venv_it_says_what_to_type(tree: Path, bare: Path) -> None:
    """Where Python came without venv and nothing may be installed, it ends with what to type."""
    old_python(bare, "python3", 'case "$2" in *ensurepip*|virtualenv) exit 1;; *) exit 0;; esac')
    ran = run(tree / ".ci" / "venv", bare)
    assert ran.returncode == 1
    assert "sudo apt install python3-venv" in ran.stderr
    assert not (tree / ".venv").exists()


def test_without_chromium_it_says_what_to_type(tree: Path, bare: Path) -> None:
    """Where there is no Chromium and none may be installed, `make test` ends with what to type."""
    ran = run(tree / ".ci" / "chromium", bare)
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert "sudo apt install chromium" in ran.stderr


def test_a_chromium_can_be_named(tree: Path, bare: Path) -> None:
    """`CHROMIUM=` names a browser that is not where it is looked for; its path may hold spaces."""
    browser = tree / "my chromium"
    browser.write_text("#!/bin/sh\n", encoding="utf-8")
    browser.chmod(0o755)
    ran = run(tree / ".ci" / "chromium", bare, CHROMIUM=str(browser))
    assert (ran.returncode, ran.stdout.strip()) == (0, str(browser))


def test_the_second_time_nothing_is_installed(tree: Path, bare: Path) -> None:
    """Once installed, it only looks: no Python is searched, no package asked for."""
    (tree / ".venv" / "bin").mkdir(parents=True)
    old_python(tree / ".venv" / "bin", "python", "exit 0")
    lock = (tree / "requirements.lock").read_bytes() + (tree / "pyproject.toml").read_bytes()
    counted = subprocess.run(["cksum"], input=lock, capture_output=True, check=True).stdout.decode().strip()
    (tree / ".venv" / "ready").write_text(f"{counted} in {os.path.realpath(tree)}\n", encoding="utf-8")
    ran = run(tree / ".ci" / "venv", bare)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
