"""The provisioner: kernels from a zygote where that is possible, and as stock Jupyter starts them where it is not."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Mapping
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Unicode

from .forked_process import ForkedProcess
from .recipe import Order, Recipe, options_of
from .waiting import known
from .zygotes import Wanted, pipe, zygote

NAME = "warm-fork"
_UNDERSTOOD = {"cwd", "env", "stdin", "stdout", "stderr", "extra_arguments", "kernel_id"}


class WarmProvisioner(LocalProvisioner):  # type: ignore[misc, unused-ignore]
    """Starts kernels by forking; in everything else it is Jupyter's own provisioner.

    A kernel specification chooses it in its metadata::

        "kernel_provisioner": {"provisioner_name": "warm-fork", "config": {"modules": "/path/to/list"}}
    """

    modules = Unicode(help="The file that lists what to import before the fork.", config=True)
    prepare = Unicode(help="A function, module:function, to call once after the imports.", config=True)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start a kernel, by a fork where the command and its surroundings allow it."""
        process = await self._fork(cmd, kwargs) or await self._from_waiting(cmd, kwargs)
        if process is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = process
        self.pid = process.pid
        self.pgid = process.pid if hasattr(os, "getpgid") else None  # Each has a session of its own.
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info

    @property
    def is_forked(self) -> bool:
        """Whether its kernel came of a fork."""
        return isinstance(self.process, ForkedProcess)

    async def _fork(self, cmd: list[str], kwargs: Mapping[str, Any]) -> ForkedProcess | None:
        options = options_of(cmd)
        if options is None or not self.modules or not _UNDERSTOOD.issuperset(kwargs):
            return None
        env = {**(kwargs.get("env") or os.environ), "JPY_PARENT_PID": str(os.getpid())}
        source = zygote(Recipe(options, self.modules, self.prepare), env)
        if not source.serves(env):
            return None
        with contextlib.ExitStack() as ours:
            streams = _Streams(kwargs, ours)
            wanted = Wanted(cmd, str(Path(kwargs.get("cwd") or ".").absolute()), env, streams.given)
            process = await source.fork(wanted)
            if process is not None:
                streams.hand_over(process)
        return process

    async def _from_waiting(
        self, cmd: list[str], kwargs: Mapping[str, Any]
    ) -> subprocess.Popen[bytes] | None:
        options = options_of(cmd)
        nowhere = kwargs.get("stdout") == kwargs.get("stderr") == subprocess.DEVNULL
        if options is None or not nowhere or not (_UNDERSTOOD - {"stdin"}).issuperset(kwargs):
            return None
        env = dict(kwargs.get("env") or os.environ)
        source = known(Recipe(options, self.modules, self.prepare))
        if source is None or not source.serves(env):
            return None
        return await source.take(Order(cmd, str(Path(kwargs.get("cwd") or ".").absolute()), env))


class _Streams:
    """Standard input, output and error of a kernel that is asked for, as ``subprocess.Popen`` takes them."""

    def __init__(self, kwargs: Mapping[str, Any], ours: contextlib.ExitStack) -> None:
        self._ours = ours
        self._read: dict[str, Any] = {}
        nothing = os.open(os.devnull, os.O_RDWR)
        ours.callback(os.close, nothing)
        wanted_in = kwargs.get("stdin")
        taken = (
            nothing if wanted_in in {None, subprocess.PIPE} else self._descriptor("stdin", wanted_in, nothing)
        )
        out = self._descriptor("stdout", kwargs.get("stdout"), nothing)
        error = kwargs.get("stderr")
        errors = out if error == subprocess.STDOUT else self._descriptor("stderr", error, nothing)
        self.given = (taken, out, errors)

    def _descriptor(self, name: str, wanted: Any, nothing: int) -> int:
        if wanted is None:
            return {"stdout": 1, "stderr": 2}[name]
        if wanted == subprocess.DEVNULL:
            return nothing
        if wanted == subprocess.PIPE:
            self._read[name], writes = pipe()
            self._ours.callback(os.close, writes)
            return writes
        return wanted if isinstance(wanted, int) else int(wanted.fileno())

    def hand_over(self, process: ForkedProcess) -> None:
        """Give the process our ends of its streams."""
        for name, end in self._read.items():
            setattr(process, name, end)


def register() -> None:
    """Make the name known in this process, with or without the entry point of an installed distribution."""
    point = EntryPoint(NAME, f"{__name__}:{WarmProvisioner.__name__}", KernelProvisionerFactory.GROUP_NAME)
    KernelProvisionerFactory.provisioners[NAME] = point
