"""A widget whose script the page has already, where the page's server says so."""

from __future__ import annotations

import functools
import os
from typing import Any

import anywidget
from ipywidgets import Layout

from .frontend import PARTS, SERVED

_MARK = "rebound:"


class SentOnce(anywidget.AnyWidget):
    """Names its script instead of sending it, and shares its layout, where its page has all scripts in one file.

    Elsewhere, as in JupyterLab, it is what every other anywidget is: it brings its script and its style along
    and has a layout of its own.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        part = PARTS.get(str(getattr(type(self), "_esm", "")))
        if part is not None and part in os.environ.get(SERVED, "").split(","):
            # anywidget makes traits of what it finds here.
            self._esm, self._css = f"{_MARK}{part}", ""
            kwargs.setdefault("layout", _layout(os.getpid()))
        super().__init__(*args, **kwargs)


@functools.cache
def _layout(_process: int) -> Layout:
    """One for all: nobody lays out our widgets from outside, and each layout is a message of its own.

    A process that was forked off makes its own: the other's messages go elsewhere.
    """
    return Layout()
