"""What every test of the hub stands on: one small university for all of them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from .campus import Campus

HERE = Path(__file__).resolve().parent


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Everything in this folder has the mark ``hub``."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.hub)


@pytest.fixture(scope="session")
def campus(root: Path) -> Iterator[Campus]:
    """The university, with nobody in it yet."""
    proxy = subprocess.run([root / ".ci" / "hub"], capture_output=True, text=True, check=True).stdout.strip()
    made = Campus(proxy)
    try:
        yield made
    finally:
        made.stop()
