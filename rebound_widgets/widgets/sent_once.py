"""A widget whose script the page has already, where the page's server says so."""

from __future__ import annotations

import functools
import os
from typing import Any

import anywidget
from ipywidgets import Layout
from traitlets import Unicode

from .frontend import PARTS, SERVED

_MARK = "rebound:"


class SentOnce(anywidget.AnyWidget):
    """Names its script instead of sending it, and shares its layout, where its page has all scripts in one file.

    Elsewhere, as in JupyterLab, it is what every other anywidget is: it brings its script and its style along
    and has a layout of its own.
    """

    _named = False

    def __new__(cls, *args: Any, **kwargs: Any) -> SentOnce:
        made: SentOnce = super().__new__(_naming(cls), *args, **kwargs)
        return made

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if self._named:
            kwargs.setdefault("layout", _layout(os.getpid()))
        super().__init__(*args, **kwargs)

    def add_traits(self, **traits: Any) -> None:
        """Anywidget makes a class for each widget that has the same traits as every other of its kind."""
        new = {name: trait for name, trait in traits.items() if not self.has_trait(name)}
        if new:
            super().add_traits(**new)


def get_ready() -> None:
    """Make what all widgets of a kind share, once, before processes are forked off that make such widgets."""
    waiting: list[type[SentOnce]] = [SentOnce]
    while waiting:
        cls = waiting.pop()
        waiting += cls.__subclasses__()
        _naming(cls)


def _naming(cls: type[SentOnce]) -> type[SentOnce]:
    """The class of widgets that name their script, where their page has it; else the class itself."""
    part = PARTS.get(str(getattr(cls, "_esm", "")))
    if part is None or part not in os.environ.get(SERVED, "").split(","):
        return cls
    found: type[SentOnce] = _naming_class(cls, part)  # type: ignore[arg-type]  # a class can be hashed
    return found


@functools.cache
def _naming_class(cls: type[SentOnce], part: str) -> type[SentOnce]:
    texts = {"_esm": f"{_MARK}{part}", "_css": "", "_anywidget_id": f"{cls.__module__}.{cls.__name__}"}
    traits = {name: Unicode(text).tag(sync=True) for name, text in texts.items()}
    about = {"__module__": cls.__module__, "__qualname__": cls.__qualname__, "__doc__": cls.__doc__}
    return type(cls.__name__, (cls,), {**about, **traits, "_named": True})


@functools.cache
def _layout(_process: int) -> Layout:
    """One for all: nobody lays out our widgets from outside, and each layout is a message of its own.

    A process that was forked off makes its own: the other's messages go elsewhere.
    """
    return Layout()
