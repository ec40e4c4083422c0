"""ipykernel's application without what would copy shared memory, or take time, for nothing."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import ipykernel.ipkernel
from ipykernel.kernelapp import IPKernelApp
from traitlets.config.loader import Config, DeferredConfigString

_LAST_WORDS_S = 0.3
_modules: dict[str, object] = {}


class ForkedKernelApp(IPKernelApp):  # type: ignore[misc, unused-ignore]
    """ipykernel in a forked process; ``bound`` is called when its sockets can be connected to."""

    bound: Callable[[], None] = staticmethod(lambda: None)

    def initialize(self, argv: list[str] | None = None) -> None:
        super().initialize(argv)
        self.bound()

    def parse_command_line(self, argv: list[str] | None = None) -> None:
        """Read the few forms that a kernel is started with; a parser of every option takes 15 ms to make."""
        arguments = sys.argv[1:] if argv is None else argv
        config = plain_config(arguments)
        if config is None:
            super().parse_command_line(argv)
            return
        self.argv = list(arguments)
        self.cli_config = config
        self.update_config(config)

    def _configure_logging(self) -> None:
        """What the application says goes to standard error from its level on, as ever.

        Of the stock way's general configuration nothing but this comes, and 28 sentences below that level are made
        into records before they are dropped.
        """
        if self.logging_config:
            super()._configure_logging()
            return
        handler = logging.StreamHandler()
        handler.setLevel(self.log_level)
        handler.setFormatter(self._log_formatter_cls(fmt=self.log_format, datefmt=self.log_datefmt))
        logger = logging.getLogger(type(self).__name__)
        logger.setLevel(self.log_level)
        logger.handlers[:] = [handler]
        self._logging_configured = True

    def init_kernel(self) -> None:
        with _modules_seen_from_outside(ipykernel.ipkernel):
            super().init_kernel()  # type: ignore[no-untyped-call, unused-ignore]

    def init_code(self) -> None:
        with _modules_seen_from_outside(sys.modules[super().init_code.__module__]):
            super().init_code()  # type: ignore[no-untyped-call, unused-ignore]

    def finish_control(self) -> None:
        """Let the thread that was told to shut down finish its sentence.

        It would wait for ever to say it to a thread that is closed by then, and the kernel with it.
        """
        if self.control_thread is not None:
            self.control_thread.join(_LAST_WORDS_S)


def plain_config(arguments: list[str]) -> Config | None:
    """The settings in ``-f FILE`` and ``--Class.trait=value``; ``None`` where there is anything else."""
    config, left = Config(), list(arguments)
    while left:
        argument = left.pop(0)
        name, sign, value = argument.removeprefix("--").partition("=")
        section, dot, trait = name.partition(".")
        if argument == "-f" and left:
            config.IPKernelApp.connection_file = left.pop(0)
        elif argument.startswith("--") and sign and dot and section.isidentifier() and trait.isidentifier():
            config[section][trait] = DeferredConfigString(value)
        else:
            return None
    return config


def note_modules() -> None:
    """Note the names and files of the modules that are there, before a fork.

    A kernel lists the files for its debugger and the names for a reset; looking into each module would copy a page of
    memory for each, 9 MB in all, and counting who uses each name 2 MB.
    """
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        # New strings, which lie side by side: even to count who uses one of the old would copy its page.
        _modules[_copy(name)] = _Noted(_copy(file)) if file else _NO_FILE
    for kind in sys.modules["zmq"].Socket.__mro__:
        # The first look at the annotations of a class that has none makes some, and all its heirs take note of it.
        getattr(kind, "__annotations__", None)


class _Noted:
    """What is noted of a module."""

    __slots__ = ("__file__",)

    def __init__(self, file: str) -> None:
        self.__file__ = file


_NO_FILE = object()


def _copy(text: str) -> str:
    return os.fsdecode(os.fsencode(text))


@contextmanager
def _modules_seen_from_outside(module: Any) -> Iterator[None]:
    if not _modules:
        yield
        return
    module.sys = _Glance()
    try:
        yield
    finally:
        module.sys = sys


class _Glance:
    """``sys`` with the noted modules in place of the modules; everything else is the same."""

    modules = _modules

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(sys, name, value)
