"""SIGKILL of a real Jupyter kernel that keeps replies through an open workbook.

``REBOUND_KERNEL_KILLS`` says how often (10 where it does not), ``REBOUND_SEED`` at which moments.
"""

from __future__ import annotations

import os
import queue
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import KernelManager

from rebound_widgets.store import Store
from rebound_widgets.workbook import Workbook

KILLS = int(os.environ.get("REBOUND_KERNEL_KILLS", "10"))
SEED = int(os.environ.get("REBOUND_SEED", "20261105"))
PATIENCE_S = 60

# What a page does: every reply is acknowledged by a message, after it is on disk. The numbers are the
# revision and the reply; a message that the kill cut off acknowledges nothing.
PAGE = """
from comm import create_comm
from rebound_widgets.workbook import Workbook

page = create_comm(target_name="page")
workbook = Workbook.open()
page.send({{"open": True}})
for number in range(10**6):
    item = None if number % 2 else number
    words = f"{life}-{{number}} " * (1 + number % 50)
    kept = workbook.record("debrief/recall", words, record_id="{subject}", item=item)
    page.send({{"revision": kept.revision, "item": item, "value": words}})
"""


class Kernel:
    """A kernel of its own process, started at once and waited for when it is needed."""

    def __init__(self, home: Path) -> None:
        manager = KernelManager()
        manager.kernel_spec.argv[:] = [
            sys.executable,
            "-m",
            "ipykernel_launcher",
            "-f",
            "{connection_file}",
        ]
        # Its standard error only warns that the loopback is not encrypted; errors come as messages.
        manager.start_kernel(
            env={**os.environ, "REBOUND_HOME": str(home)}, cwd=str(home), stderr=subprocess.DEVNULL
        )
        self._manager = manager
        self._client: BlockingKernelClient = manager.blocking_client()
        self._client.start_channels(stdin=False)

    def run(self, code: str) -> None:
        """Begin to run ``code``, without waiting for its end."""
        self._client.wait_for_ready(timeout=PATIENCE_S)
        self._client.execute(code)

    def said(self, seconds: float, *, until: str = "") -> list[dict[str, Any]]:
        """What the page was told in the next ``seconds``, or until it is told ``until``."""
        found: list[dict[str, Any]] = []
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                message = self._client.get_iopub_msg(timeout=left)
            except queue.Empty:
                break
            assert message["msg_type"] != "error", message["content"]
            if message["msg_type"] == "comm_msg":
                found.append(message["content"]["data"])
                if until in found[-1]:
                    break
        return found

    def kill(self) -> None:
        """SIGKILL it."""
        self._manager.provisioner.process.kill()
        self._manager.provisioner.process.wait(PATIENCE_S)

    def close(self) -> None:
        """Let go of the client, and of the kernel where it still runs."""
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)
        self._manager.cleanup_resources()


@pytest.fixture
def kernels(home: Path) -> Iterator[Iterator[Kernel]]:
    """Kernels one after the other; the next one is starting while one is in use."""
    started: list[Kernel] = []

    def following() -> Iterator[Kernel]:
        started.append(Kernel(home))
        while True:
            started.append(Kernel(home))
            yield started[-2]

    yield following()
    for kernel in started:
        kernel.close()


@pytest.mark.slow
def test_no_acknowledged_reply_is_lost_when_a_kernel_is_killed(home: Path, kernels: Iterator[Kernel]) -> None:
    """However a kernel dies, each reply the page was told of is in the workbook, which is whole."""
    moments = random.Random(SEED)  # noqa: S311 - which moments, no secret
    with_subject = Workbook.open(home)
    subject = with_subject.add_interview(with_subject.add_application({"company": "Acme"}).record_id)
    with_subject.close()
    told: dict[int, str] = {}
    for life in range(KILLS):
        kernel = next(kernels)
        kernel.run(PAGE.format(life=life, subject=subject.record_id))
        opened = kernel.said(PATIENCE_S, until="open")
        assert [{"open": True}] == opened
        said = kernel.said(moments.uniform(0.0, 0.4))
        kernel.kill()
        # What was on its way when it died had been sent, so the page may have been told.
        said += kernel.said(0.1)
        told |= {one["revision"]: one["value"] for one in said}
        with Store.open(home / "workbook.rebound") as store:
            there = {
                revision.number: revision.body["value"]
                for current in store.current("answer")
                for revision in store.history_of(current.record_id)
            }
            assert told == {number: there.get(number) for number in told}, f"seed {SEED}, kill {life}"
            assert [] == store.check(), f"seed {SEED}, kill {life}"
    print(f"{KILLS} kernels killed, {len(told)} replies acknowledged: 0 lost")
    assert len(told) > KILLS
