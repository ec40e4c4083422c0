"""A forked kernel is started, watched and ended like any other."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
from jupyter_client.provisioning import KernelProvisionerBase

from rebound_widgets.warm_kernels.provisioner import NAME

STOCK = "local-provisioner"
EITHER = pytest.mark.parametrize("name", [NAME, STOCK])
# A stock kernel that is asked to end sometimes waits for its own output, ten seconds a stream, after it has closed the
# thread that writes it; the manager then tells it to end. A forked one ends by itself.
ENDED = {NAME: {0}, STOCK: {0, -signal.SIGTERM}}


@EITHER
def test_a_kernel_s_life_is_the_same(with_kernels: Callable[..., None], name: str) -> None:
    """Start, interrupt, restart and shut-down do with a forked kernel what they do with a stock one."""

    async def work(kernel: Any) -> None:
        await kernel.start()
        first, provisioner = kernel.pid, kernel.manager.provisioner
        assert (name == NAME) == kernel.is_forked
        assert provisioner.has_process
        assert await provisioner.poll() is None
        info = await provisioner.get_provisioner_info()
        assert {"pid": first, "pgid": first} == {key: info[key] for key in ("pid", "pgid")}
        assert "2" == await kernel.run("kept = 2; print(kept)")
        sleeping = asyncio.create_task(kernel.run("import time; time.sleep(60)"))
        await asyncio.sleep(0.5)
        await kernel.manager.interrupt_kernel()
        assert "KeyboardInterrupt" == await sleeping
        await kernel.manager.restart_kernel()
        await kernel.client.wait_for_ready(timeout=60)
        assert kernel.pid != first
        assert (name == NAME) == kernel.is_forked
        assert "NameError" == await kernel.run("kept")
        process = kernel.manager.provisioner.process
        if name == NAME:
            kernel.manager.shutdown_wait_time = 60  # a busy machine takes its time to end a Python
        await kernel.manager.shutdown_kernel()
        assert process.returncode in ENDED[name]
        assert not kernel.manager.has_kernel

    with_kernels(work, name)


@EITHER
@pytest.mark.parametrize(
    ("end", "code"),
    [
        (lambda kernel: kernel.manager.provisioner.kill(), -signal.SIGKILL),
        (lambda kernel: kernel.manager.provisioner.terminate(), -signal.SIGTERM),
        (lambda kernel: kernel.client.execute("import os; os._exit(3)") and asyncio.sleep(0), 3),
    ],
)
def test_how_it_ended_is_known(
    with_kernels: Callable[..., None], name: str, end: Callable[[Any], Any], code: int
) -> None:
    """A kernel that is killed, told to end, or ends by itself leaves its exit code, and no process."""

    async def work(kernel: Any) -> None:
        await kernel.start()
        provisioner, process = kernel.manager.provisioner, kernel.manager.provisioner.process
        await end(kernel)
        assert code == await asyncio.wait_for(provisioner.wait(), 20)
        assert code == process.wait(1) == process.poll()
        assert not provisioner.has_process
        assert not os.path.exists(f"/proc/{process.pid}")  # noqa: PTH110 - the tests' own way is as good
        await provisioner.kill()
        await provisioner.terminate()

    with_kernels(work, name)


PUBLIC = [name for name in vars(KernelProvisionerBase) if not name.startswith("_")]


@EITHER
def test_it_is_what_jupyter_expects_of_a_provisioner(with_kernels: Callable[..., None], name: str) -> None:
    """Each question of the base class is answered, before, while and after a kernel runs, forked or not."""

    async def work(kernel: Any) -> None:
        await kernel.start()
        provisioner = kernel.manager.provisioner
        assert [] == [name for name in PUBLIC if not hasattr(provisioner, name)]
        assert [] == sorted(type(provisioner).__abstractmethods__)
        assert (kernel.manager.kernel_id, kernel.manager.kernel_spec) == (
            provisioner.kernel_id,
            provisioner.kernel_spec,
        )
        assert provisioner.connection_info["key"] == kernel.manager.session.key
        assert (5.0, 10.0) == (provisioner.get_shutdown_wait_time(), provisioner.get_stable_start_time())
        # What is kept for a server that takes the kernel over names the same process.
        kept = await provisioner.get_provisioner_info()
        other = type(provisioner)(parent=kernel.manager)
        await other.load_provisioner_info(kept)
        assert (provisioner.pid, provisioner.connection_info) == (other.pid, other.connection_info)
        await provisioner.send_signal(0)
        await provisioner.shutdown_requested()
        await provisioner.kill()
        assert -signal.SIGKILL == await asyncio.wait_for(provisioner.wait(), 20)
        assert not provisioner.has_process
        assert await provisioner.poll() == 0  # as the stock one says of a process it has let go of
        await provisioner.cleanup()
        await provisioner.send_signal(signal.SIGTERM)  # to nobody

    with_kernels(work, name)
