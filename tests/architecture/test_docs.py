"""The documentation is true: links resolve, commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rebound_widgets import cli

REFERENCE = sorted(
    page
    for page in (Path(__file__).resolve().parents[2] / "docs" / "reference").glob("*.md")
    if "```python" in page.read_text(encoding="utf-8")
)
"""The pages with examples."""
LINK = re.compile(r"(?<!!)!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def pages(root: Path) -> list[Path]:
    """Every page of the documentation, the ones at the top of the tree included."""
    found = [*sorted(root.glob("*.md")), *sorted((root / "docs").rglob("*.md"))]
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "architecture.md"} <= {
        path.name for path in found
    }
    return found


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as a forge makes them."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_every_link_leads_somewhere(root: Path) -> None:
    """A link in the documentation leads to a file of the tree, and to a heading where it names one."""
    broken = []
    for page in pages(root):
        for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            file = (page.parent / path).resolve() if path else page
            if not file.exists() or (anchor and anchor not in anchors(file.read_text(encoding="utf-8"))):
                broken.append(f"{page.relative_to(root)}: {target}")
    assert broken == []


def test_every_page_is_reached_from_the_index(root: Path) -> None:
    """Each page under docs is linked from the index, from a page beside it, or from the README."""
    linked = {
        (page.parent / target.partition("#")[0]).resolve()
        for page in pages(root)
        for target in LINK.findall(page.read_text(encoding="utf-8"))
    }
    lost = [
        str(page.relative_to(root))
        for page in sorted((root / "docs").rglob("*.md"))
        if page.resolve() not in linked and page != root / "docs" / "index.md"
    ]
    assert lost == []
    assert {"exercise", "history", "store"} <= {page.stem for page in REFERENCE}


def test_every_command_in_the_documentation_exists(root: Path) -> None:
    """Each `make` target and each `rebound` command that a page names is there."""
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    commands = set(re.findall(r"[{,]([a-z]+)", cli._parser().format_help()))
    commands |= set(re.findall(r"^    ([a-z]+) ", cli._parser().format_help(), re.MULTILINE))
    assert {"app", "import"} <= commands
    wrong = []
    for page in pages(root):
        text = page.read_text(encoding="utf-8")
        code = "\n".join(re.findall(r"`+([^`]+)`+", text))
        wrong += [
            f"{page.name}: make {t}"
            for t in re.findall(r"^\s*make ([a-z-]+)", code, re.MULTILINE)
            if t not in targets
        ]
        wrong += [
            f"{page.name}: rebound {c}"
            for c in re.findall(r"^\s*(?:\.venv/bin/)?rebound ([a-z]+)", code, re.MULTILINE)
            if c not in commands
        ]
    assert wrong == []


@pytest.mark.parametrize("page", REFERENCE, ids=[page.stem for page in REFERENCE])
def test_every_example_of_the_reference_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page's Python is run from top to bottom in an empty folder, and what a comment says a line gives is given."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for code in re.findall(
        r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    ):
        exec(compile(code, page.name, "exec"), names)  # noqa: S102 - our own pages, as a reader would run them
        for line, said in re.findall(r"^(\S.*?)  # ('.*'|\d+)$", code, re.MULTILINE):
            assert said == repr(eval(line, names))  # noqa: S307 - the same


def test_the_change_log_is_kept(root: Path) -> None:
    """The change log has a section for what is not released yet, and something in it."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    section = text.partition("## [Unreleased]\n")[2].partition("\n## ")[0]
    assert re.search(r"^- \w", section, re.MULTILINE), (
        "CHANGELOG.md needs an [Unreleased] section with entries"
    )


def test_every_criterion_of_accessibility_names_a_test_that_is_there(root: Path) -> None:
    """Each row of the table of WCAG's criteria names the tests that show it, and each of them exists."""
    page = (root / "docs" / "accessibility.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d\.\d.*?) \|.*\| (.*?) \|$", page, re.MULTILINE)
    assert len(rows) > 50
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (root / "tests").rglob("test_*.py"))
    there = set(re.findall(r"^def (test_\w+)", tests, re.MULTILINE))
    named = {criterion: re.findall(r"`(test_\w+)`", cell) for criterion, cell in rows}
    assert [] == [criterion for criterion, names in named.items() if not names]
    assert [] == [
        f"{criterion}: {name}" for criterion, names in named.items() for name in names if name not in there
    ]
