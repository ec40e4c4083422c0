"""Visitors' folders: whose they are, how long they stay, and that they go."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from rebound_widgets.serve.site.visits import Visits


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        """Let some time pass."""
        self.now += dt.timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def visits(tmp_path: Path, clock: Clock) -> Visits:
    return Visits(tmp_path / "visits", clock=clock)


def test_a_folders_name_opens_nothing(visits: Visits) -> None:
    """Whoever can list the folders holds no key: the name of a folder is not what a browser keeps."""
    key = visits.begin()
    (visit,) = visits.all()
    assert visit == visits.find(key)
    assert None is visits.find(visit.name)
    assert key not in "".join(str(path) for path in visits.root.rglob("*"))
    assert not any(key.encode() in path.read_bytes() for path in visits.root.rglob("*") if path.is_file())


def test_folders_are_for_their_owner_alone(visits: Visits) -> None:
    """Nobody else on the machine may look into a visitor's folder, or list them."""
    visits.begin()
    (visit,) = visits.all()
    modes = {oct(path.stat().st_mode & 0o777) for path in (visits.root, visit.folder, visit.home)}
    assert {oct(0o700)} == modes
    assert 0o600 == (visit.folder / "seen").stat().st_mode & 0o777


def test_keys_are_long_and_never_the_same(visits: Visits) -> None:
    """A key holds 256 bits of chance."""
    keys = {visits.begin() for _ in range(50)}
    assert 50 == len(keys) == len(visits)
    assert {43} == {len(key) for key in keys}


@pytest.mark.parametrize("key", ["", "../../etc", "x" * 5000, "ü\0", "seen", "\udcff"])
def test_a_made_up_key_finds_nobody(visits: Visits, key: str) -> None:
    """Nonsense, long or with a path in it, is nobody's key."""
    visits.begin()
    assert None is visits.find(key)


def test_a_visit_ends_a_day_after_its_last_sign(visits: Visits, clock: Clock) -> None:
    """Each sign of life moves the end; after 24 hours without one the visit is over and its folder goes."""
    key = visits.begin()
    clock.pass_by(hours=23)
    visit = visits.find(key)
    assert visit is not None
    visits.sign(visit)
    clock.pass_by(hours=23, minutes=59)
    assert visits.find(key) == visit
    assert [] == visits.over()
    clock.pass_by(minutes=1)
    assert None is visits.find(key)
    assert [visit] == visits.over()
    visits.end(visit)
    assert [] == list(visits.root.iterdir())


def test_an_ended_visit_leaves_nothing(visits: Visits) -> None:
    """Everything in the folder goes, and a second end, or a late sign of life, brings nothing back."""
    key, other = visits.begin(), visits.begin()
    visit = visits.find(key)
    assert visit is not None
    (visit.home / "backups").mkdir()
    (visit.home / "backups" / "one").write_text("words")
    visits.end(visit)
    visits.end(visit)
    visits.sign(visit)
    assert [visits.find(other)] == list(visits.all())
    assert None is visits.find(key)


def test_what_a_stop_left_half_removed_goes_at_the_next_start(visits: Visits) -> None:
    """A folder that had lost its name when the machine went off is removed later."""
    visits.begin()
    (visit,) = visits.all()
    visit.folder.rename(visits.root / "leaving-0123")
    visits.clear()
    assert [] == list(visits.root.iterdir())


def test_a_folder_without_a_sign_is_over(visits: Visits) -> None:
    """A visit that was cut off while it was made stays no longer than any other."""
    visits.begin()
    (visit,) = visits.all()
    (visit.folder / "seen").unlink()
    assert [visit] == visits.over()
