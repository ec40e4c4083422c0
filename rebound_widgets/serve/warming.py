"""What is read or made once, before any kernel is forked, because every kernel would read or make the same."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ..content import languages, load_content
from ..store import Store
from ..widgets.sent_once import get_ready

_ANY_COUNT = 2


def prepare() -> None:
    """Read the shipped content in every language there is, and what Unicode knows of each; rehearse with a file.

    No workbook of anybody's is opened, and no institution's questions are read.
    """
    for tag in languages():
        content = load_content(tag)
        content.facts.plural(_ANY_COUNT)
        content.facts.show_number(_ANY_COUNT)
        content.words.has_group("shell")
    get_ready()
    with tempfile.TemporaryDirectory(prefix="rebound-rehearsal-") as folder:
        Store.rehearse(Path(folder) / "empty.rebound")
