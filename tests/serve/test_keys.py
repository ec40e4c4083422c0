"""The secrets of one person's server."""

from __future__ import annotations

from pathlib import Path

import pytest

from rebound_widgets.domain.refused import Refused
from rebound_widgets.serve.keys import Keys, keep_keys, read_keys
from rebound_widgets.serve.private import new_run_folder, private_folder, write_private


def test_keys_stay_the_same_and_are_the_persons_alone(tmp_path: Path) -> None:
    """A restart finds the keys it made, so the page that was open needs no token again."""
    folder = private_folder(tmp_path)
    first = keep_keys(folder)
    assert first == keep_keys(folder)
    assert 0o600 == (folder / "keys.json").stat().st_mode & 0o777
    assert 0o700 == folder.stat().st_mode & 0o777


def test_keys_that_others_could_read_are_replaced(tmp_path: Path) -> None:
    """A copied folder may have lost its permissions, and with them the secret."""
    first = keep_keys(tmp_path)
    (tmp_path / "keys.json").chmod(0o644)
    assert read_keys(tmp_path) is None
    assert first != keep_keys(tmp_path)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"token": "short", "secret": "short"}', '{"token": 1}'])
def test_damaged_keys_are_replaced(tmp_path: Path, damage: str) -> None:
    """A damaged file does not keep the workbook from opening, and no short token is ever used."""
    write_private(tmp_path / "keys.json", damage)
    assert len(keep_keys(tmp_path).token) > 40


def test_only_the_right_token_opens() -> None:
    """A token opens when it is the very one."""
    keys = Keys(token="t" * 40, secret="s" * 40)
    assert keys.opens("t" * 40)
    assert [False] * 4 == [keys.opens(other) for other in ("", "t", "T" * 40, "ü" * 40)]


def test_the_proof_shows_nothing_and_differs_each_time() -> None:
    """The answer to a challenge depends on the secret and the challenge, and holds neither."""
    keys, others = Keys(token="t" * 40, secret="s" * 40), Keys(token="t" * 40, secret="o" * 40)
    assert keys.answer("a") == keys.answer("a")
    assert 3 == len({keys.answer("a"), keys.answer("b"), others.answer("a")})
    assert keys.secret not in keys.answer("a")


def test_a_folder_that_cannot_be_made_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """A file in the way is named, with the way out."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(Refused, match=r"cannot be written.*--home"):
        private_folder(tmp_path / "file")


def test_the_run_folder_of_a_killed_server_is_removed(tmp_path: Path) -> None:
    """What a server could not clean up is cleaned up by the next, and nothing else is."""
    first = new_run_folder(tmp_path)
    second = new_run_folder(tmp_path)
    assert (False, True) == (first.exists(), second.exists())
    elsewhere = tmp_path / "rebound-precious"
    elsewhere.mkdir()
    write_private(tmp_path / "run", str(elsewhere))
    third = new_run_folder(tmp_path)
    assert elsewhere.exists()
    for folder in (second, third):
        folder.rmdir()
