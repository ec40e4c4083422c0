"""A forked kernel as its server sees it: a child process, with what a provisioner asks of ``subprocess.Popen``."""

from __future__ import annotations

import os
import select
import signal
import subprocess
from collections.abc import Sequence
from typing import IO


class ForkedProcess:
    """A child of this process that something else has forked.

    Args:
        pid: The child.
        args: The command it would have been started with.
        stdout: Our end of its standard output, where it was asked for; ``stderr`` likewise.

    Raises:
        ChildProcessError: it is no child of this process.
    """

    stdin: IO[bytes] | None = None

    def __init__(
        self,
        pid: int,
        args: Sequence[str],
        stdout: IO[bytes] | None = None,
        stderr: IO[bytes] | None = None,
    ) -> None:
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        self.pid = pid
        self.args = list(args)
        self.stdout = stdout
        self.stderr = stderr
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit code, negative for a signal; ``None`` while it runs."""
        if self.returncode is None:
            try:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:
                self.returncode = 0  # As Popen has it: somebody else took its exit code.
            else:
                if pid:
                    self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; gives its exit code.

        Raises:
            subprocess.TimeoutExpired: it ran on for ``timeout`` seconds.
        """
        if self.poll() is None:
            end = os.pidfd_open(self.pid)
            try:
                ends = select.poll()
                ends.register(end, select.POLLIN)
                ends.poll(None if timeout is None else timeout * 1000)
            finally:
                os.close(end)
        code = self.poll()
        if code is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return code

    def send_signal(self, sig: int) -> None:
        """Send it a signal, unless it has ended: its number may be another's by then."""
        if self.poll() is None:
            os.kill(self.pid, sig)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)
