"""Importing Jupyter's libraries without what nobody here uses of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_GRAMMAR = "rfc3987_syntax"


@contextmanager
def quick_imports() -> Iterator[None]:
    """Import without a grammar that takes more than two seconds to build and that nothing here uses.

    jsonschema, which Jupyter's libraries load, imports ``rfc3987_syntax`` where it is installed, to check one
    format of strings (internationalised addresses). It does without where it is not installed.
    """
    if _GRAMMAR in sys.modules:
        yield
        return
    sys.modules[_GRAMMAR] = None  # type: ignore[assignment]  # the import system's own way to say "not there"
    try:
        yield
    finally:
        del sys.modules[_GRAMMAR]
