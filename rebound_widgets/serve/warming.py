"""What is read once, before any kernel is forked, because every kernel would read the same."""

from __future__ import annotations

from ..content import languages, load_content


def prepare() -> None:
    """Read the shipped content in every language there is.

    No workbook is opened, and no institution's questions are read.
    """
    for tag in languages():
        load_content(tag)
