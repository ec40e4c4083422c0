"""Files made to take a machine down end in a sentence, within a hundredth of its means."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

MEMORY_MB = 300
SECONDS = 10
"""Of the processor. What a case takes beyond these the system itself refuses: no clock of ours is read."""

CHILD = """
import resource, sys
from pathlib import Path
from rebound_widgets.domain.refused import Refused
from rebound_widgets.history.importing import plan_import, propose, read_table

read_table(b"Company,Role\\nAcme,Analyst\\n")  # the mapping files and all that is loaded once

used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
status = Path("/proc/self/status").read_text().splitlines()
mapped = int(next(line for line in status if line.startswith("VmSize")).split()[1])
room = mapped * 1024 + {memory} * 1_000_000
resource.setrlimit(resource.RLIMIT_AS, (room, room))
resource.setrlimit(resource.RLIMIT_CPU, (int(used) + {seconds}, int(used) + {seconds} + 1))
try:
    table = read_table(Path(sys.argv[1]))
    plan = plan_import(table, propose(table), [])
    print("planned", plan.read, len(plan.asks))
except Refused as refused:
    print(refused.rule)
"""


def xlsx(rows: int = 3) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for row in range(rows):
        sheet.write_row(
            row, 0, ["Company", "Role", "Status"] if row == 0 else [f"Firm {row}", "Analyst", "Applied"]
        )
    book.close()
    return out.getvalue()


def changed(change: Callable[[bytes], bytes], name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A small spreadsheet with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            part = old.read(member)
            new.writestr(member.filename, change(part) if member.filename == name else part)
    return out.getvalue()


def laughs(part: bytes) -> bytes:
    """A billion laughs: ten words, each of ten of the last."""
    words = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    return part.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY l0 "lol">' + words + b"]><worksheet", 1)


def deep_formula(part: bytes) -> bytes:
    deep = b"SUM(" * 100_000 + b"1" + b")" * 100_000
    return part.replace(
        b"</sheetData>", b'<row r="4"><c r="A4"><f>' + deep + b"</f><v>1</v></c></row></sheetData>"
    )


def deep_elements(part: bytes) -> bytes:
    return part.replace(b"</sheetData>", b"<a>" * 300_000 + b"</a>" * 300_000 + b"</sheetData>")


def nested() -> bytes:
    """A package in a package in a package."""
    data = xlsx()
    for _ in range(5):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("xl/workbook.xml", data)
        data = out.getvalue()
    return data


def with_paths() -> bytes:
    out = io.BytesIO(xlsx())
    with zipfile.ZipFile(out, "a") as package:
        for name in ("../../escaped.txt", "/escaped.txt", "xl/../../../escaped.txt"):
            package.writestr(name, "escaped")
    return out.getvalue()


def many_members() -> bytes:
    out = io.BytesIO(xlsx())
    with zipfile.ZipFile(out, "a") as package:
        for number in range(3_000):
            package.writestr(f"xl/media/{number}", "x")
    return out.getvalue()


CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "ten million cells": (lambda: b"\n".join([b"," * 99] * 100_000), "import-too-many-cells"),
    "a cell at the far end": (
        lambda: changed(lambda part: part.replace(b'r="A2"', b'r="XFD1048576"')),
        "import-too-many-cells",
    ),
    "a bomb of compression": (
        lambda: changed(lambda part: part + b" " * 210_000_000, "xl/styles.xml"),
        "import-unpacks-too-large",
    ),
    "a bomb of entities": (lambda: changed(laughs), "import-unpacks-too-large"),
    "a formula a hundred thousand deep": (lambda: changed(deep_formula), "planned 3 0"),
    "elements three hundred thousand deep": (lambda: changed(deep_elements), "planned 2 0"),
    "packages in packages": (nested, "import-damaged"),
    "names of paths": (with_paths, "planned 2 0"),
    "three thousand parts": (many_members, "import-unpacks-too-large"),
    "torn": (lambda: xlsx()[:2000], "import-damaged"),
    "a quotation mark never closed": (
        lambda: b'Company,Role\n"' + b"A,b\n" * 1_000_000,
        "import-cell-too-long",
    ),
    "one line of 49 MB": (lambda: b"Company," + b"x" * 49_000_000, "import-cell-too-long"),
    "only NULs": (lambda: b"Company,Role\n" + b"\0" * 5_000_000, "import-not-a-table"),
    "every bar of Markdown": (lambda: b"|--|\n" + b"**a|" * 700_000, "import-too-many-cells"),
    "as many different cells as are taken": (
        lambda: b"\n".join(
            [b",".join(b"c%d" % (row * 20 + at) for at in range(20)) for row in range(99_999)]
        ),
        "planned 99998 1",
    ),
    "a formula in every cell": (
        lambda: b"Company,Role\n" + b"=cmd|' /C calc'!A0,@SUM(1)\n" * 20_000,
        "planned 20000 0",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_ends_in_a_sentence_within_its_means(name: str, tmp_path: Path) -> None:
    """Whatever stands in a file, reading it takes under 300 MB and 10 s, and writes nothing beside it."""
    make, expected = CASES[name]
    path = tmp_path / "log.csv"
    path.write_bytes(make())
    child = CHILD.format(memory=MEMORY_MB, seconds=SECONDS)
    ran = subprocess.run(
        [sys.executable, "-c", child, str(path)], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (expected, 0) == (ran.stdout.strip(), ran.returncode), ran.stderr[-500:]
    assert [path] == list(tmp_path.iterdir())
    assert not (tmp_path.parent / "escaped.txt").exists()
