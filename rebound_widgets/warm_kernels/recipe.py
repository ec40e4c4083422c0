"""What a zygote is made of: a Python, its options, the modules it imports, and what prepares it."""

from __future__ import annotations

import contextlib
import functools
import importlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LAUNCHER = "ipykernel_launcher"
_BEFORE_ANY_CODE = ("PYTHON", "LD_", "MALLOC_", "GLIBC_")
"""Environment variables of these beginnings act while a process starts; a fork cannot take them up later."""


@dataclass(frozen=True)
class Recipe:
    """How to make a zygote. Kernels of equal recipes are forked from the same one.

    Attributes:
        options: Python's own options before ``-m``, such as ``-P``.
        modules: The file that lists the modules to import, one a line; see ``learn.py``.
        prepare: A function, ``module:function``, that is called once after the imports, without arguments. It may
            read what every kernel will read; it must start no thread and open nothing that belongs to one kernel.
    """

    options: tuple[str, ...] = ()
    modules: str = ""
    prepare: str = ""


def options_of(command: Sequence[str]) -> tuple[str, ...] | None:
    """Python's options in the command that starts a kernel; ``None`` where it is not this Python's ipykernel."""
    if LAUNCHER not in command[1:] or command[0] != sys.executable:
        return None
    at = command.index(LAUNCHER)
    options = tuple(command[1 : at - 1])
    known = all(option.startswith("-") and option not in {"-c", "-m", "-i", "-"} for option in options)
    return options if command[at - 1] == "-m" and known else None


def start_settings(env: Mapping[str, str]) -> dict[str, str]:
    """The variables of an environment that a running process cannot take up any more."""
    return {name: value for name, value in env.items() if name.startswith(_BEFORE_ANY_CODE)}


@functools.lru_cache(maxsize=8)
def listed_modules(path: str) -> tuple[str, ...]:
    """The modules listed in the file at ``path``, in order; empty lines and those that begin with # are left out."""
    lines = (line.strip() for line in Path(path).read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def call(prepare: str) -> None:
    """Call what prepares; what it cannot read now a kernel may read, or may say that it cannot."""
    module, _, function = prepare.partition(":")
    with contextlib.suppress(Exception):
        getattr(importlib.import_module(module), function)()


@dataclass(frozen=True)
class Order:
    """Which kernel is wanted of a process that has everything loaded.

    Attributes:
        command: What would start it.
        cwd: The folder it runs in.
        env: Its whole environment.
    """

    command: Sequence[str]
    cwd: str
    env: Mapping[str, str]

    def line(self) -> bytes:
        """As the process reads it."""
        told = {"command": list(self.command), "cwd": self.cwd, "env": dict(self.env)}
        return json.dumps(told).encode() + b"\n"
