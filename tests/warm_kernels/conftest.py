"""Real kernels, forked and stock, of one small zygote for all tests."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Callable, Coroutine, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from rebound_widgets.warm_kernels import zygotes
from rebound_widgets.warm_kernels.provisioner import NAME, register

PATIENCE_S = 60
COMMAND = [sys.executable, "-P", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
QUIET: Mapping[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class Kernel:
    """One kernel and a client of it.

    Args:
        name: The provisioner.
        modules: The list of modules that a zygote imports.
    """

    def __init__(self, name: str, modules: Path) -> None:
        # A short path, as a unix socket needs it, and a whole one, for kernels in other folders.
        self._folder = tempfile.TemporaryDirectory(prefix="kernel-")
        self.manager = AsyncKernelManager(
            transport="ipc", connection_file=str(Path(self._folder.name) / "kernel.json")
        )
        self.manager.shutdown_wait_time = 10.0  # asked first; a busy machine takes its time
        how = {"provisioner_name": name, "config": {"modules": str(modules)} if name == NAME else {}}
        self.manager._kernel_spec = KernelSpec(
            argv=[*COMMAND, "--HistoryManager.enabled=False"],
            display_name="Python",
            language="python",
            metadata={"kernel_provisioner": how},
        )

    @property
    def pid(self) -> int:
        """The process."""
        return int(self.manager.provisioner.pid)

    @property
    def is_forked(self) -> bool:
        """Whether it came of a zygote."""
        return type(self.manager.provisioner.process).__name__ == "ForkedProcess"

    async def start(self, **kwargs: Any) -> None:
        """Start it and wait until it answers."""
        await self.manager.start_kernel(**{**QUIET, **kwargs})
        self.client = self.manager.client(context=self.manager.context)
        self.client.start_channels(hb=False)
        await self.client.wait_for_ready(timeout=PATIENCE_S)

    async def run(self, code: str) -> str:
        """Run code; gives what it printed, or the name of what it raised."""
        said: list[str] = []

        def hear(message: Mapping[str, Any]) -> None:
            if message["msg_type"] == "stream":
                said.append(message["content"]["text"])

        reply = await self.client.execute_interactive(code, timeout=PATIENCE_S, output_hook=hear)
        return "".join(said).strip() if reply["content"]["status"] == "ok" else reply["content"]["ename"]

    async def close(self) -> None:
        """End it, where it still runs."""
        if hasattr(self, "client"):
            self.client.stop_channels()
        if self.manager.has_kernel:
            await self.manager.shutdown_kernel(now=True)
        await self.manager.cleanup_resources()
        self._folder.cleanup()


Work = Callable[..., Coroutine[Any, Any, None]]


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """A list of modules of its own, so that the zygote is too."""
    path = tmp_path / "modules.txt"
    path.write_text("# a list\nmissing_module\nipykernel.kernelapp\nipykernel.ipkernel\nnumpy.random\n")
    return path


@pytest.fixture
def with_kernels(
    modules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., None]]:
    """Runs ``work`` with kernels; afterwards they and their zygotes are gone."""
    register()

    def run(work: Work, *names: str) -> None:
        async def all_of_it() -> None:
            kernels = [Kernel(name, modules) for name in names]
            try:
                await work(*kernels)
            finally:
                for kernel in kernels:
                    await kernel.close()

        asyncio.run(all_of_it())

    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    yield run
    zygotes.close_all()
