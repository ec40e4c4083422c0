"""From the fork to the kernel: everything a new process would have of its own is made anew, then ipykernel runs."""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import gc
import locale
import os
import random
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Collection
from pathlib import Path
from typing import Any, NoReturn

from .asking import receive, send

_PATIENCE_S = 5.0
_M_ARENA_MAX = -8
_FIRST_OWN = 3


def become_kernel(request: dict[str, Any], descriptors: list[int], keep: Collection[int]) -> NoReturn:
    """Be the kernel that was asked for, until it ends.

    Args:
        request: What the server sent: ``command``, ``cwd``, ``env``, ``parent``.
        descriptors: The line to the server for this one kernel, then standard input, output and error.
        keep: What modules opened when they were imported, and may need.
    """
    code = 1
    try:
        os.setsid()
        line = _own_descriptors(descriptors, keep)
        _own_signals()
        _own_place(request)
        _own_command(request["command"])
        _own_randomness()
        _one_arena()
        gc.freeze()  # What was there before the fork stays where it is, in memory that all kernels share.
        gc.enable()
        if _is_expected(line, request["parent"]):
            code = _run(line, int(request["env"].get("JPY_PARENT_PID") or 0))
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _own_descriptors(descriptors: list[int], keep: Collection[int]) -> socket.socket:
    """Nothing stays open that belongs to the zygote, its server or another kernel."""
    line, *streams = (os.dup(descriptor) for descriptor in descriptors)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    kept = {line, *keep}
    for descriptor in os.listdir("/proc/self/fd"):  # noqa: PTH208
        if int(descriptor) >= _FIRST_OWN and int(descriptor) not in kept:
            try:
                os.close(int(descriptor))
            except OSError:
                continue  # The one that listed them.
    for stream_object, errors in ((sys.__stdout__, False), (sys.__stderr__, True)):
        if stream_object is not None:
            stream_object.reconfigure(line_buffering=errors or stream_object.isatty())
    return socket.socket(fileno=line)


def _own_signals() -> None:
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP, signal.SIGPIPE, signal.SIGXFSZ}:
        if signal.getsignal(number) is not None:
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _own_place(request: dict[str, Any]) -> None:
    os.chdir(request["cwd"])
    wanted, there = request["env"], dict(os.environ)
    for name in there.keys() - wanted.keys():
        del os.environ[name]
    os.environ.update({name: value for name, value in wanted.items() if there.get(name) != value})
    time.tzset()
    try:
        locale.setlocale(locale.LC_CTYPE, "")
    except locale.Error:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")


def _own_command(command: list[str]) -> None:
    """Show the command that would have started this kernel, to the kernel itself and to ``ps``."""
    at = command.index("-m") + 1
    sys.argv[:] = [str(Path(command[0]).parent / command[at]), *command[at + 1 :]]
    sys.orig_argv[:] = command
    stat = Path("/proc/self/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    start, end = int(stat[45]), int(stat[46])
    shown = b"\0".join(os.fsencode(part) for part in command)[: end - start - 1]
    ctypes.memmove(start, shown.ljust(end - start, b"\0"), end - start)


def _own_randomness() -> None:
    """What a module made of chance when it was imported would be the same in every kernel."""
    random.seed()
    if numpy_random := sys.modules.get("numpy.random"):
        numpy_random.seed()
    if processes := sys.modules.get("multiprocessing.process"):
        processes.current_process().authkey = os.urandom(32)


def _one_arena() -> None:
    """A kernel's dozen threads take turns anyway; a heap for each would be megabytes."""
    with contextlib.suppress(AttributeError):  # not the GNU C library
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def _is_expected(line: socket.socket, parent: int) -> bool:
    """Tell the server that there is a kernel, and wait for its word: one it does not know of must not be."""
    until = time.monotonic() + _PATIENCE_S
    while os.getppid() != parent:
        if time.monotonic() > until:
            return False
        time.sleep(0.0002)
    send(line, {"pid": os.getpid()})
    word, _ = receive(line)
    return word is not None


def _run(line: socket.socket, parent: int) -> int:
    """Run ipykernel as its launcher does, and end as Python does, but for taking the heap to pieces."""
    from .kernel_app import ForkedKernelApp  # noqa: PLC0415 - a kernel asked for early may come before it

    code: object = 0
    try:
        ForkedKernelApp.bound = line.close
        # Given here, since ipykernel read it from the environment when it was imported.
        ForkedKernelApp.launch_instance(parent_handle=parent)
        ForkedKernelApp.instance().finish_control()
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
        code = 1
    threading._shutdown()  # type: ignore[attr-defined]  # the order of Python's own end
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    if code is None or isinstance(code, int):
        return code or 0
    sys.stderr.write(f"{code}\n")
    return 1
