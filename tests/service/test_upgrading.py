"""A service of a newer version finds a database of an earlier form, and the other way about."""

from __future__ import annotations

from pathlib import Path

import pytest

from rebound_widgets.domain.refused import Refused
from rebound_widgets.service.database import Database

from .upgrading import RELEASED, SCRIPTS, later_form, make, rows


@pytest.fixture
def address(tmp_path: Path) -> str:
    """Where a database is to be."""
    return f"sqlite:///{tmp_path}/centre.sqlite"


def brought_up(address: str) -> None:
    """What the service does when it starts."""
    database = Database(address)
    try:
        database.bring_up()
    finally:
        database.close()


def test_there_is_something_of_each_form_to_upgrade() -> None:
    """No form of the database was released without rows to test its upgrade with."""
    assert sorted(path.stem for path in (SCRIPTS / "versions").glob("centre_*.py")) == RELEASED


@pytest.mark.parametrize("form", RELEASED)
def test_a_database_of_each_form_is_brought_up_with_every_row(address: str, form: str) -> None:
    """Shares, items, replies, consents, counts and readings are there afterwards, each as it was."""
    make(address, form)
    before = rows(address)
    assert all(before.values())
    brought_up(address)
    assert before == rows(address)


@pytest.mark.parametrize("form", RELEASED)
def test_a_later_form_keeps_every_row(
    address: str, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next version's first start adds what it needs and keeps the rest."""
    make(address, form)
    before = rows(address)
    later_form(monkeypatch, tmp_path)
    brought_up(address)
    after = rows(address)
    assert [] == after.pop("later")
    assert before == after


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half an upgrade is none: the version before goes on with every row."""
    make(address, RELEASED[-1])
    before = rows(address)
    with monkeypatch.context() as patched:
        later_form(patched, tmp_path, "raise RuntimeError('a fault')")
        with pytest.raises(RuntimeError):
            brought_up(address)
    assert before == rows(address)
    brought_up(address)


def test_a_database_of_a_newer_version_is_left_alone(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Going back without the backup is refused in words, and nothing is touched."""
    make(address, RELEASED[-1])
    with monkeypatch.context() as patched:
        later_form(patched, tmp_path)
        brought_up(address)
    before = rows(address)
    with pytest.raises(Refused, match="Install the newer one again, or bring back the backup"):
        brought_up(address)
    assert before == rows(address)
