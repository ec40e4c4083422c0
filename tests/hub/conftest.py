"""What every test of the hub stands on: one small university for all of them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from .campus import Campus

HERE = Path(__file__).resolve().parent
# A test does not wait half a minute for the desk service.
LOOKS_SOONER = (
    "from jupyterhub.services.service import _ServiceSpawner as _S; "
    '_S._static_immutable_initial_values["poll_interval"] = 3'
)

# Whoever is called so has a server that ends three seconds after the last page, for a test of that.
ENDS_SOON = "brief"
ENDING = (
    'c.Spawner.environment["REBOUND_ALONE_MINUTES"] = '
    f'lambda spawner: "0.05" if spawner.user.name.endswith("{ENDS_SOON}") else ""'
)


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Everything in this folder has the mark ``hub``."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.hub)


@pytest.fixture(scope="session")
def campus(root: Path) -> Iterator[Campus]:
    """The university, with nobody in it yet."""
    proxy = subprocess.run([root / ".ci" / "hub"], capture_output=True, text=True, check=True).stdout.strip()
    made = Campus(proxy, [LOOKS_SOONER, ENDING])
    try:
        yield made
    finally:
        made.stop()
