"""Reusable ipywidgets: a value in, a value out. They know nothing of the rest of Rebound."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .exercise import Clash, Exercise, Kept, NotKept, Reply

# Loaded when first asked for: a widget's module reads its front end from disk.
_PUBLIC = dict.fromkeys(("Clash", "Exercise", "Kept", "NotKept", "Reply"), "exercise")

__all__ = ["Clash", "Exercise", "Kept", "NotKept", "Reply"]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_PUBLIC[name]}", __name__), name)
