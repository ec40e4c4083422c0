"""The command line: the same workbook, one JSON object, exit codes that scripts rely on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rebound_widgets.cli import main
from rebound_widgets.history import History

JOBLOGS = Path(
    os.environ.get("REBOUND_JOBLOGS", Path(__file__).resolve().parents[2] / ".." / "shared" / "joblogs")
)
SAMPLE = "Company,Role,Status,Applied\nAcme,analyst,Applied,2026-10-01\nByrne,clerk,Rejected,2026-10-02\n"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(SAMPLE, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_import_prints_one_json_object(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two rows are read and added; a second time both are there already."""
    code, first, _ = run(capsys, "import", str(log), "--json")
    _, second, _ = run(capsys, "import", str(log), "--json")
    counts = ("read", "imported", "duplicates", "refused")
    assert code == 0
    assert [json.loads(first)[name] for name in counts] == [2, 2, 0, 0]
    assert [json.loads(second)[name] for name in counts] == [2, 0, 2, 0]


def test_a_dry_run_changes_nothing(log: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What would happen is said, and the workbook stays empty."""
    code, out, _ = run(capsys, "import", str(log), "--dry-run")
    assert (code, "2 would be added" in out) == (0, True)
    assert len(History.read(home).applications) == 0


def test_an_import_prints_what_the_page_says_of_its_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rows left out above the headings, days that cannot be read, rows that are alike, words nobody knows."""
    path = tmp_path / "log.csv"
    path.write_text(
        "My search,,\nCompany,Status,Applied\nAcme,Mulling,31/9/2026\nByrne,Applied,2/10/2026\n"
        "Byrne,Applied,2/10/2026\n,Applied,2/10/2026\nCole,Applied,25/10/2026\n",
        encoding="utf-8",
    )
    _, out, _ = run(capsys, "import", str(path), "--dry-run")
    assert [
        "5 rows read: 4 would be added, 0 were there already, 1 could not be read.",
        "  The headings were found in row 2. Rows above the headings that are not read: 1.",
        "  row 6: This row names neither a firm nor a role.",
        "  row 3: “31/9/2026” cannot be read as a day, so that day was left open.",
        "  Rows 4 and 5 are alike: the same firm, role and day. Both are added.",
        "  “Mulling” (1): kept as it is. --status “Mulling”=no says what it means.",
    ] == out.splitlines()


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong path ends with exit code 1 and a sentence, never a traceback."""
    code, out, err = run(capsys, "import", str(tmp_path / "nowhere.csv"))
    assert (code, out) == (1, "")
    assert "nowhere.csv" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("command", ["insight", "history"])
def test_a_reader_that_goes_away_ends_a_command_quietly(command: str, tmp_path: Path) -> None:
    """``rebound insight | head`` says nothing of a broken pipe."""
    read, write = os.pipe()
    os.close(read)
    called = [sys.executable, "-m", "rebound_widgets.cli", command, "--home", str(tmp_path / "home")]
    with os.fdopen(write, "wb") as gone:
        ended = subprocess.run(called, stdout=gone, stderr=subprocess.PIPE, check=False)
    assert (141, b"") == (ended.returncode, ended.stderr)


def test_an_unknown_command_is_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong word on the command line ends with exit code 2."""
    with pytest.raises(SystemExit) as ended:
        main(["frobnicate"])
    assert ended.value.code == 2


def test_history_prints_the_frames(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The four frames come out as JSON with the names of their columns."""
    run(capsys, "import", str(log), "--json")
    _, out, _ = run(capsys, "history", "--json")
    frames = json.loads(out)
    assert set(frames) == {"applications", "interviews", "events", "answers"}
    assert [row["company"] for row in frames["applications"]] == ["Acme", "Byrne"]
    assert [row["outcome"] for row in frames["applications"]] == ["open", "no"]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json", "ics", "html"])
def test_export_writes_each_format(
    suffix: str, log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The format follows the suffix."""
    run(capsys, "import", str(log), "--json")
    target = tmp_path / f"mine.{suffix}"
    code, _, _ = run(capsys, "export", str(target))
    assert code == 0
    assert target.stat().st_size > 50


def test_export_of_an_unknown_format_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown suffix is answered with those there are."""
    code, _, err = run(capsys, "export", str(tmp_path / "mine.docx"))
    assert code == 1
    assert ".csv" in err


def test_check_finds_a_whole_workbook_whole(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A workbook that was written to is whole."""
    run(capsys, "import", str(log), "--json")
    code, out, _ = run(capsys, "check")
    assert (code, out) == (0, "The workbook is whole.\n")


def test_a_new_chapter_passes_its_own_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `rebound new chapter` writes is right as it is."""
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "new", "chapter", "second-thoughts")[0] == 0
    code, out, _ = run(capsys, "check", "--content", str(tmp_path / "content"))
    assert code == 0, out


if JOBLOGS.is_dir():

    def test_a_real_log_comes_in_whole(capsys: pytest.CaptureFixture[str]) -> None:
        """447 rows of a real search are 447 applications, and 447 duplicates the second time."""
        log = str(JOBLOGS / "luunynliny_2023_raw.csv")
        _, first, _ = run(capsys, "import", log, "--date-order", "dmy", "--json")
        _, second, _ = run(capsys, "import", log, "--date-order", "dmy", "--json")
        assert [json.loads(first)[name] for name in ("read", "imported")] == [447, 447]
        assert [json.loads(second)[name] for name in ("imported", "duplicates")] == [0, 447]

    def test_a_log_with_its_stage_in_the_status(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Noes keep the stage they came at; words only their writer knows are listed and kept open."""
        code, out, _ = run(capsys, "import", str(JOBLOGS / "jeanneferrer_2025.csv"), "--json")
        frame = History.read(home).applications
        counted = frame.groupby(["stage", "outcome"], observed=True).size().to_dict()
        assert code == 0
        assert json.loads(out)["unmapped"] == {
            "Ghosted": 12,
            "Not Interested (App)": 5,
            "Not Interested (Interview Offer)": 4,
        }
        assert counted["interview", "no"] == 4
        assert counted["applied", "no"] == 47
        assert counted["offer", "open"] == 2
        assert len(frame) == 159


@pytest.mark.parametrize("command", ["app", "insight", "lab"])
def test_a_language_that_is_not_there_is_said(command, home, capsys):
    """Nobody gets English pages without a word after asking for French."""
    assert 1 == main([command, "--locale", "fr", "--home", str(home)])
    told = capsys.readouterr()
    assert "There is no language “fr” here; there are en, es." in told.err
    assert "" == told.out


def test_a_port_that_is_none_is_a_wrong_use(capsys):
    """A number too large is not a port that another program has."""
    with pytest.raises(SystemExit) as ended:
        main(["app", "--port", "99999"])
    assert 2 == ended.value.code
    assert "a port is a number from 1 to 65535; it was given '99999'" in capsys.readouterr().err


def test_an_export_by_another_name_hears_of_every_format(home, tmp_path, capsys):
    """The reports are named among the formats, too."""
    assert 1 == main(["export", str(tmp_path / "x.doc"), "--home", str(home)])
    assert ".csv, .xlsx, .json, .ics, .html, .pdf" in capsys.readouterr().err
