"""The tree of files: what lies where, and what must never be in it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Sequence
from pathlib import Path

TOP = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "bench",
    "data",
    "deploy",
    "docs",
    "environment.yml",
    "frontend",
    "notebooks",
    "pyproject.toml",
    "rebound_widgets",
    "requirements.lock",
    "tests",
}
TEXT = {
    ".py",
    ".js",
    ".css",
    ".html",
    ".md",
    ".yaml",
    ".yml",
    ".toml",
    ".json",
    ".csv",
    ".ipynb",
    ".lock",
    "",
}

# Put together here, so that this file does not hold what it looks for.
MACHINE = re.compile(
    "|".join(
        [
            "/" + r"(?:work|root)/[\w.]",
            "/" + r"home/(?!USER\b|you\b|somebody\b|kim\b)[a-z][\w-]*/",
            "/" + r"Users/(?!you\b)[A-Za-z]\w*/",
            "/" + r"opt/(?:pypi|wheels)",
            r"[A-Z]:\\" + r"Users\\",
        ]
    )
)
ADDRESS = re.compile(r"""(?:https?|wss?):\\?/\\?/([\w.-]+)|["'(]//([\w-]+\.[\w.-]+)/""")
HERE = {"127.0.0.1", "localhost"}
# Names, not addresses that are asked for: the name spaces of SVG and HTML, the dialect of a JSON Schema.
NAMED = {"www.w3.org", "json-schema.org"}


def texts(files: Sequence[Path]) -> list[tuple[Path, str]]:
    """The files that hold text, with it."""
    return [
        (path, path.read_text(encoding="utf-8", errors="replace")) for path in files if path.suffix in TEXT
    ]


def test_the_top_of_the_tree_is_what_the_house_says(root: Path, kept_files: Sequence[Path]) -> None:
    """Every file lies in one of the folders that architecture.md names."""
    assert sorted({path.relative_to(root).parts[0] for path in kept_files} - TOP) == []
    assert sorted(TOP - {path.relative_to(root).parts[0] for path in kept_files}) == []


def test_no_file_names_a_machine(root: Path, kept_files: Sequence[Path]) -> None:
    """No file holds a path of the machine it was written on."""
    assert MACHINE.search("/" + "work/main") is not None
    found = [
        f"{path.relative_to(root)}:{number}"
        for path, text in texts(kept_files)
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert found == []


def test_no_page_asks_another_host(root: Path, kept_files: Sequence[Path]) -> None:
    """Nothing that is shown in a browser names another host: front end, template and notebooks."""
    shown = [
        path
        for path in kept_files
        if path.suffix in {".js", ".css", ".html", ".ipynb"}
        and path.relative_to(root).parts[0] in {"rebound_widgets", "notebooks"}
    ]
    assert shown
    found = [
        f"{path.relative_to(root)}: {host or bare}"
        for path, text in texts(shown)
        for host, bare in ADDRESS.findall(text)
        if (host or bare) not in HERE | NAMED
    ]
    assert found == []


def notebooks(root: Path) -> list[Path]:
    """Every notebook that ships."""
    found = sorted((root / "notebooks").rglob("*.ipynb"))
    assert found
    return found


def test_notebooks_are_thin_and_hold_only_checked_outputs(root: Path) -> None:
    """A notebook calls the package and holds no code of its own; outputs only where a test compares them."""
    wrong = []
    for path in notebooks(root):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        name = path.relative_to(root)
        checked = 0
        for number, cell in enumerate(notebook["cells"], 1):
            if cell["cell_type"] != "code":
                continue
            lines = "".join(cell["source"]).splitlines()
            kept = "keep_output" in cell["metadata"].get("tags", [])
            checked += kept and bool(cell["outputs"])
            wrong += [f"{name} cell {number}: {len(lines)} lines"] * (len(lines) > 10)
            wrong += [f"{name} cell {number}: an output nobody checks"] * bool(cell["outputs"] and not kept)
            defines = any(
                isinstance(node, (ast.FunctionDef, ast.ClassDef))
                for node in ast.walk(ast.parse("\n".join(line for line in lines if line[:1] not in "%!")))
            )
            wrong += [f"{name} cell {number}: defines something"] * defines
        wrong += [f"{name}: no checked output, so nbval would pass anything"] * (not checked)
        wrong += [f"{name}: holds the state of widgets"] * ("widgets" in notebook["metadata"])
    assert wrong == []


def test_a_counsellor_sees_a_workbook_and_not_a_program(root: Path) -> None:
    """In JupyterLab the code of the app's notebooks is folded away."""
    shown = [
        root / "notebooks" / "workbook.ipynb",
        *sorted((root / "notebooks" / "chapters").glob("*.ipynb")),
    ]
    assert len(shown) > 3
    open_cells = [
        f"{path.name} cell {number}"
        for path in shown
        for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"], 1)
        if cell["cell_type"] == "code" and not cell["metadata"].get("jupyter", {}).get("source_hidden")
    ]
    assert open_cells == []


def test_every_test_says_what_it_holds(root: Path) -> None:
    """Each test has a sentence about the product as its docstring."""
    silent, seen = [], 0
    for path in sorted((root / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test_"):
                seen += 1
                if not ast.get_docstring(node):
                    silent.append(f"{path.relative_to(root)}::{node.name}")
    assert seen
    assert silent == []


def test_no_test_is_skipped(root: Path) -> None:
    """No test is skipped or expected to fail: what is not tested is not promised."""
    skips = re.compile(r"pytest\.(?:mark\.)?(?:skip|skipif|xfail|importorskip)\b")
    found = [
        str(path.relative_to(root))
        for path in sorted((root / "tests").rglob("*.py"))
        if path != Path(__file__) and skips.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
