"""``rebound check``, ``backup``, ``restore`` and ``erase``, and an export that comes back."""

from __future__ import annotations

import hashlib
import io
import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.cli import main
from rebound_widgets.store import Store, find_words

LOG = "Company,Role,Status,Applied\nAcme,analyst,Applied,2026-10-01\nZyzzogeton Partners,clerk,Rejected,2026-10-02\n"
MORE = "Company,Role,Status,Applied\nCandle,baker,Applied,2026-10-03\n"


@pytest.fixture
def bring(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Brings the lines of a log in."""

    def work(text: str = LOG) -> None:
        path = tmp_path / "log.csv"
        path.write_text(text, encoding="utf-8")
        assert 0 == run(capsys, "import", str(path))[0]

    return work


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(arguments)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def firms(home: Path) -> list[str]:
    with Store.open(home / "workbook.rebound") as store:
        return [revision.body["company"] for revision in store.current("application")]


class Terminal(io.StringIO):
    """A person who answers ``answer``."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts a person in front of a terminal, who answers once."""

    def give(answer: str) -> None:
        monkeypatch.setattr(sys, "stdin", Terminal(answer + "\n"))
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)

    return give


@pytest.mark.parametrize("command", [["check"], ["backup"], ["erase", "everything", "--yes"]])
def test_where_there_is_no_workbook_none_is_begun(
    home: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Looking after a workbook that is not there makes none, and says so."""
    code, out, err = run(capsys, *command)
    assert (1, "", []) == (code, out, list(home.iterdir()))
    assert str(home) in err


# Checking -----------------------------------------------------------------------------------------------


def test_check_prints_one_json_object(bring: Any, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A whole workbook and a damaged one answer in the same form; the exit code tells them apart."""
    bring()
    assert (0, '{"whole": true, "problems": [], "concerns": []}\n') == run(capsys, "check", "--json")[:2]
    with closing(sqlite3.connect(home / "workbook.rebound")) as plain:
        plain.execute("UPDATE revision SET body = replace(body, 'Acme', 'Ecma')")
        plain.commit()
    code, out, _ = run(capsys, "check", "--json")
    found = json.loads(out)
    assert (1, False) == (code, found["whole"])
    assert "not what was written" in found["problems"][0]
    code, out, err = run(capsys, "check")
    assert (1, "") == (code, out)
    assert "rebound restore" in err
    (home / "workbook.rebound").write_bytes(b"garbage" * 1000)
    code, out, _ = run(capsys, "check", "--json")
    assert (1, False) == (code, json.loads(out)["whole"])


def test_check_tells_of_a_risky_folder(
    bring: Any, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder that a cloud copies the workbook is whole, and the person is told the way out."""
    cloud = home / "Dropbox" / "rebound"
    monkeypatch.setenv("REBOUND_HOME", str(cloud))
    bring()
    code, out, err = run(capsys, "check")
    assert (0, "The workbook is whole.\n") == (code, out)
    assert "Dropbox" in err
    assert "REBOUND_HOME" in err


# Backups ------------------------------------------------------------------------------------------------


def test_backup_says_where_it_is(bring: Any, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The path that is printed is a verified copy, and the list names it."""
    assert (0, "There are no backups yet.\n", "") == run(capsys, "backup", "--list")
    bring()
    code, out, _ = run(capsys, "backup", "--json")
    made = json.loads(out)
    assert (0, "asked") == (code, made["reason"])
    with Store.open(home / "workbook.rebound") as live, Store.open(Path(made["path"])) as copy:
        assert live.digests() == copy.digests()
    assert made in json.loads(run(capsys, "backup", "--list", "--json")[1])["backups"]
    listed = run(capsys, "backup", "--list")[1]
    assert f"asked for{' ' * 21}{made['name']}" in listed


# Bringing one back --------------------------------------------------------------------------------------


def test_restore_brings_the_newest_back_and_can_be_taken_back(
    bring: Any, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What would change is said first; what was there is kept, and restoring that brings it back."""
    bring()
    run(capsys, "backup")
    bring(MORE)
    code, out, _ = run(capsys, "restore", "--dry-run")
    assert (0, ["Acme", "Zyzzogeton Partners", "Candle"]) == (code, firms(home))
    assert "  2 records that you have now will not be there\n" in out
    assert out.endswith("Nothing was changed.\n")
    code, out, _ = run(capsys, "restore", "--yes", "--json")
    restored = json.loads(out)
    assert (0, 0, 2, 0, 3, True) == (
        code,
        *(restored[name] for name in ("added", "removed", "changed", "same", "restored")),
    )
    assert ["Acme", "Zyzzogeton Partners"] == firms(home)
    code, out, _ = run(capsys, "restore", Path(restored["kept"]).name, "--yes")
    assert (0, True) == (code, "what it was in this backup" in out)
    assert ["Acme", "Zyzzogeton Partners", "Candle"] == firms(home)


def test_restoring_what_is_there_does_nothing(
    bring: Any, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nothing would change nobody is asked and no further backup is made."""
    bring()
    run(capsys, "backup")
    before = sorted(home.rglob("*"))
    code, out, _ = run(capsys, "restore")
    assert (0, True, before) == (code, "holds what your workbook holds" in out, sorted(home.rglob("*")))
    assert json.loads(run(capsys, "restore", "--json")[1])["restored"] is False


@pytest.mark.parametrize("damage", ["gone", "garbage"])
def test_restore_helps_where_the_workbook_does_not_open(
    bring: Any, home: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    """A workbook that is gone or torn comes back from its newest backup; the sentence before said how."""
    bring()
    run(capsys, "backup")
    live = home / "workbook.rebound"
    if damage == "gone":
        live.unlink()
    else:
        live.write_bytes(b"garbage" * 1000)
    code, _, err = run(capsys, "history")
    assert (1, True) == (code, "rebound restore" in err)
    code, out, _ = run(capsys, "restore", "--yes")
    assert (0, ["Acme", "Zyzzogeton Partners"]) == (code, firms(home))
    assert ("is kept: " in out) == (damage == "garbage")


def test_nobody_is_overrun_where_nobody_can_be_asked(
    bring: Any, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without --yes and without a terminal nothing is restored or erased, and the sentence says what to add."""
    bring()
    run(capsys, "backup")
    bring(MORE)
    for command in (["restore"], ["restore", "--json"], ["erase", "everything"]):
        code, _, err = run(capsys, *command)
        assert (1, True) == (code, "--yes" in err)
    assert 3 == len(firms(home))


@pytest.mark.parametrize(("answer", "left"), [("yes", 2), ("no", 3), ("", 3)])
def test_a_person_is_asked_once(
    bring: Any, home: Path, capsys: pytest.CaptureFixture[str], answers: Any, answer: str, left: int
) -> None:
    """At a terminal only a yes goes on."""
    bring()
    run(capsys, "backup")
    bring(MORE)
    answers(answer)
    assert 0 == run(capsys, "restore")[0]
    assert left == len(firms(home))


@pytest.mark.parametrize("name", ["nothing-like-it", "2031-01-01"])
def test_a_backup_that_is_not_there_is_a_sentence(
    bring: Any, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """A wrong name says how to find the right one."""
    bring()
    code, out, err = run(capsys, "restore", name, "--yes")
    assert (1, "", True) == (code, out, "rebound backup --list" in err and name in err)


# Erasing ------------------------------------------------------------------------------------------------


def test_erase_record_proves_that_nothing_is_left(
    bring: Any, home: Path, capsys: pytest.CaptureFixture[str], answers: Any
) -> None:
    """Asked once, then gone from every version, backup and file of the folder; the other firm stays."""
    bring()
    run(capsys, "backup")
    with Store.open(home / "workbook.rebound") as store:
        doomed = store.current("application")[1].record_id
    assert len(find_words(home, ["Zyzzogeton"])) >= 2
    answers("no")
    code, out, _ = run(capsys, "erase", "record", doomed)
    assert (0, True, 2) == (code, "1 application" in out and "cannot be taken back" in out, len(firms(home)))
    answers("yes")
    code, out, _ = run(capsys, "erase", "record", doomed)
    assert (0, ["Acme"], []) == (code, firms(home), find_words(home, ["Zyzzogeton"]))
    assert "no trace is left" in out
    code, out, _ = run(capsys, "erase", "record", doomed, "--yes")
    assert (1, True) == (code, "" == out)


def test_erase_everything_prints_one_json_object(
    bring: Any, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A script reads what went, how much was searched for, and that nothing was found."""
    bring()
    run(capsys, "backup")
    code, out, _ = run(capsys, "erase", "everything", "--yes", "--json")
    erased = json.loads(out)
    assert (0, 2, []) == (code, erased["kinds"]["application"], erased["traces"])
    assert erased["searched"] > 0
    assert ([], []) == (firms(home), find_words(home, ["Acme", "Zyzzogeton"]))


def test_a_trace_elsewhere_in_the_folder_is_told(
    bring: Any, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A copy the person made in the folder is not ours to delete: it is named, and the exit code says so."""
    bring(LOG.replace("Zyzzogeton Partners", "Zyzzogeton Partners and Sons of Lille"))
    (home / "mine.txt").write_text("Zyzzogeton Partners and Sons of Lille: call on Monday")
    code, _, err = run(capsys, "erase", "everything", "--yes")
    assert (1, True) == (code, str(home / "mine.txt") in err)


@pytest.mark.parametrize("words", [["record"], ["chapter"], ["everything", "debrief"]])
def test_erase_with_the_wrong_words_is_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What to erase is named exactly, or nothing happens."""
    code, out, err = run(capsys, "erase", *words, "--yes")
    assert (2, "") == (code, out)
    assert "rebound erase --help" in err


# Leaving and coming back --------------------------------------------------------------------------------


def test_an_export_comes_back_in_an_empty_folder(
    bring: Any, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every record has the same digest to the byte; a second time adds nothing."""
    bring()
    bring(MORE)
    exported, new = str(tmp_path / "all.json"), tmp_path / "new"
    run(capsys, "export", exported)
    code, out, _ = run(capsys, "import", exported, "--home", str(new), "--dry-run", "--json")
    would = json.loads(out)
    assert (0, 5, 5, 0, True) == (
        code,
        *(would[name] for name in ("read", "imported", "duplicates", "with_history")),
    )
    run(capsys, "import", exported, "--home", str(new))
    with Store.open(home / "workbook.rebound") as old, Store.open(new / "workbook.rebound") as copy:
        assert old.digests() == copy.digests()
        assert [] == copy.check()
    again = json.loads(run(capsys, "import", exported, "--home", str(new), "--json")[1])
    assert (0, 5, []) == (again["imported"], again["duplicates"], again["differing"])


def test_the_digest_in_the_documentation_is_the_digest(
    bring: Any, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another program can compute every record's digest from the export alone, as export.md says."""
    bring(MORE.replace("baker", "Bäcker “für” 😀"))
    run(capsys, "export", str(tmp_path / "all.json"))
    exported = json.loads((tmp_path / "all.json").read_text("utf-8"))
    computed = {}
    for record in exported["records"]:
        said = {
            "body": record["revisions"][-1]["body"],
            "kind": record["kind"],
            "record_id": record["id"],
        }
        text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        computed[record["id"]] = hashlib.sha256(text.encode("utf-8")).hexdigest()
    with Store.open(home / "workbook.rebound") as store:
        assert computed == store.digests()
    assert 2 == len(computed)


def test_a_json_file_of_something_else_is_refused(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A JSON file that is no export ends in a sentence, and no workbook is begun."""
    (tmp_path / "other.json").write_text("[1, 2]")
    code, out, err = run(capsys, "import", str(tmp_path / "other.json"))
    assert (1, "", []) == (code, out, list(home.iterdir()))
    assert "no export" in err


def test_the_module_is_the_command() -> None:
    """``python -m rebound_widgets.cli`` is ``rebound``, with its exit codes."""
    done = subprocess.run(
        [sys.executable, "-m", "rebound_widgets.cli", "backup", "--list"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (0, "There are no backups yet.\n", "") == (done.returncode, done.stdout, done.stderr)


# The documentation --------------------------------------------------------------------------------------


def test_every_command_and_option_is_documented(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """commands.md, with the launcher's page, names each command and each of its options."""
    pages = [
        (root / "docs" / "reference" / name).read_text("utf-8") for name in ("commands.md", "launcher.md")
    ]
    with pytest.raises(SystemExit):
        main(["--help"])
    commands = re.findall(r"^    ([a-z]+) ", capsys.readouterr().out, re.MULTILINE)
    assert {"import", "restore"} <= set(commands)
    missing = [name for name in commands if f"`{name}" not in pages[0]]
    for name in commands:
        with pytest.raises(SystemExit):
            main([name, "--help"])
        options = set(re.findall(r"(?<!\S)--[a-z-]+", capsys.readouterr().out)) - {"--help"}
        missing += [f"{name} {option}" for option in options if not any(option in page for page in pages)]
    assert [] == missing


def test_the_json_in_the_documentation_has_the_keys_that_are_printed(
    root: Path, bring: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Scripts are written from commands.md: each command's object has exactly the keys of its example."""
    page = (root / "docs" / "reference" / "commands.md").read_text("utf-8")
    examples = {
        name: json.loads(example)
        for name, example in re.findall(
            r"^## rebound (\w+)\n(?:(?!^## ).)*?```json\n(.*?)```", page, re.DOTALL | re.MULTILINE
        )
    }
    bring()
    run(capsys, "export", str(tmp_path / "all.json"))
    for words in (
        ["check"],
        ["backup"],
        ["restore", "--dry-run"],
        ["import", str(tmp_path / "all.json")],
        ["erase", "everything", "--yes"],
    ):
        code, out, _ = run(capsys, *words, "--json")
        assert (0, set(examples.pop(words[0]))) == (code, set(json.loads(out))), words
    assert {} == examples
