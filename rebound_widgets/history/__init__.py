"""A search as tables: records in, pandas frames out; logs read in, histories written out.

Importing this package loads no pandas; the frames do, when the first one is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .history import History

__all__ = ["History"]


def __getattr__(name: str) -> Any:
    if name == "History":
        from .history import History  # noqa: PLC0415 - pandas is loaded when the first frame is wanted

        return History
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
