"""``rebound app --open``: a workbook that was taken home, brought in, and files that only look like one."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from rebound_widgets.cli import main
from rebound_widgets.serve.site.taking_home import workbook_as_file
from rebound_widgets.store import Store
from rebound_widgets.workbook import FILE_NAME, Workbook


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that would be served, instead of serving them."""
    found: list[Path] = []

    def run_app(home: Path, **_options: object) -> int:
        found.append(home)
        return 0

    monkeypatch.setattr("rebound_widgets.serve.launcher.run_app", run_app)
    return found


@pytest.fixture
def taken_home(tmp_path: Path) -> Path:
    """A file that a visitor saved, with two versions of a sentence and an application in it."""
    visitor = tmp_path / "visitor"
    workbook = Workbook.open(visitor)
    workbook.record("ready/letter", "First try.")
    workbook.record("ready/letter", "I can do this.")
    workbook.add_application({"company": "Acme"})
    workbook.close()
    file = tmp_path / "my-workbook.rebound"
    file.write_bytes(workbook_as_file(visitor))
    return file


def state(home: Path) -> list[tuple[int, str, object]]:
    """Every version in a workbook."""
    with Store.open(home / FILE_NAME) as store:
        return [
            (one.number, one.record_id, dict(one.body))
            for record in store.current()
            for one in store.history_of(record.record_id)
        ]


def test_a_new_folder_takes_it_as_it_was(
    taken_home: Path, tmp_path: Path, opened: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever has no workbook yet finds at home what they wrote, with every version, and it opens."""
    home = tmp_path / "new"
    assert 0 == main(["app", "--home", str(home), "--open", str(taken_home)])
    assert state(tmp_path / "visitor") == state(home)
    assert [home] == opened
    assert "2 records brought in" in capsys.readouterr().out


def test_an_own_workbook_is_added_to_and_never_overwritten(
    taken_home: Path, home: Path, opened: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """What is there stays, what is new is added, and a backup from before can be brought back."""
    workbook = Workbook.open(home)
    workbook.record("ready/letter", "My own words.")
    workbook.close()
    before = state(home)
    assert 0 == main(["app", "--open", str(taken_home), "--yes"])
    said = capsys.readouterr().out
    assert "1 record would be added, 0 there already, 1 there with other words" in said
    after = state(home)
    assert before == after[: len(before)]
    assert ["Acme"] == [body["company"] for _, _, body in after[len(before) :]]  # type: ignore[index]
    assert 0 == main(["restore", said.split("rebound restore ")[1].split()[0], "--yes"])
    assert [body for _, _, body in before] == [body for _, _, body in state(home)]
    assert [home] == opened


def test_nothing_is_added_where_nobody_can_be_asked(
    taken_home: Path, home: Path, opened: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a terminal and without --yes the workbook stays as it is, in a sentence."""
    workbook = Workbook.open(home)
    workbook.record("ready/letter", "My own words.")
    workbook.close()
    before = state(home)
    assert 1 == main(["app", "--open", str(taken_home)])
    assert before == state(home)
    assert "add --yes" in capsys.readouterr().err
    assert [] == opened


def test_a_second_time_changes_nothing(
    taken_home: Path, home: Path, opened: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Opening the same file again finds everything there."""
    main(["app", "--open", str(taken_home)])
    before = state(home)
    assert 0 == main(["app", "--open", str(taken_home)])
    assert before == state(home)
    assert "Nothing was changed" in capsys.readouterr().out
    assert 2 == len(opened)


def broken(name: str, whole: bytes) -> bytes:
    """The file, spoilt in one way."""
    read = json.loads(whole)
    spoilt: dict[str, object] = {
        "newer": {**read, "version": 2},
        "no version": {**read, "version": True},
        "another's": {"format": "keep", "records": []},
        "kind": {**read, "records": [{**read["records"][0], "kind": "__class__"}]},
        "id": {**read, "records": [{**read["records"][0], "id": "x" * 500}]},
        "number": {
            **read,
            "records": [
                {**read["records"][0], "revisions": [{**read["records"][0]["revisions"][0], "number": -1}]}
            ],
        },
        "twice": {**read, "records": [*read["records"], *read["records"]]},
        "list": [1, 2],
    }
    if name in spoilt:
        return json.dumps(spoilt[name]).encode()
    return {
        "truncated": whole[: len(whole) // 2],
        "empty": b"",
        "picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "package": b"PK\x03\x04" + bytes(100),
        "deep": b'{"a":' * 100_000,
        "text": "{“quoted”}".encode("utf-16"),
        "live": b"SQLite format 3\0" + bytes(4000),
    }[name]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("newer", "newer Rebound"),
        ("no version", "version is missing"),
        ("another's", "no export of a whole Rebound workbook"),
        ("kind", "damaged"),
        ("id", "damaged"),
        ("number", "damaged"),
        ("twice", "two revisions have one number"),
        ("list", "no workbook that was taken home"),
        ("truncated", "damaged"),
        ("empty", "no workbook that was taken home"),
        ("picture", "no workbook that was taken home"),
        ("package", "no workbook that was taken home"),
        ("deep", "damaged"),
        ("text", "no workbook that was taken home"),
        ("live", "rebound app --home"),
    ],
)
def test_what_is_no_such_file_is_a_sentence(
    taken_home: Path,
    home: Path,
    opened: list[Path],
    capsys: pytest.CaptureFixture[str],
    name: str,
    part: str,
) -> None:
    """Wrong version, cut off, edited, another tool's: a sentence, no traceback, and no workbook is begun."""
    taken_home.write_bytes(broken(name, taken_home.read_bytes()))
    assert 1 == main(["app", "--open", str(taken_home)])
    said = capsys.readouterr().err
    assert part in said
    assert "Traceback" not in said
    assert ([], False) == (opened, (home / FILE_NAME).exists())


def test_a_huge_file_is_not_even_read(
    tmp_path: Path, opened: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a file far too large only the size is looked at."""
    huge = tmp_path / "huge.rebound"
    with huge.open("wb") as file:
        file.truncate(3_000_000_000)
    began = dt.datetime.now(dt.UTC)
    assert 1 == main(["app", "--open", str(huge)])
    assert (dt.datetime.now(dt.UTC) - began).total_seconds() < 2
    assert "3000 MB" in capsys.readouterr().err
    assert 1 == main(["app", "--open", str(tmp_path / "nowhere.rebound")])
    assert "cannot be read" in capsys.readouterr().err
    assert [] == opened
