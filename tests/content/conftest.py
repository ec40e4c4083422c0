"""A small content folder of one's own to break, beside the real one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rebound_widgets import places
from rebound_widgets.content import loading


@pytest.fixture
def data() -> Path:
    """The folder ``data`` that ships."""
    return places.shipped("data")


@pytest.fixture
def overlay(tmp_path: Path) -> Callable[..., Path]:
    """Makes an institution's content folder: relative path to text or bytes; returns the folder."""
    folder = tmp_path / "ours"

    def make(files: dict[str, str | bytes]) -> Path:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        folder.mkdir(exist_ok=True)
        return folder

    return make


@pytest.fixture(autouse=True)
def fresh_cache() -> Iterator[None]:
    """Content is read anew in each test."""
    loading._load.cache_clear()
    yield
    loading._load.cache_clear()
