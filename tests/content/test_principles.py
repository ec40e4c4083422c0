"""The table of principles is true: each is asked somewhere, and done in a browser by a test."""

from __future__ import annotations

import re
from pathlib import Path

from rebound_widgets.content import load_content


def rows(root: Path) -> dict[str, tuple[list[str], list[str]]]:
    """Each principle to its question ids and its tests."""
    text = (root / "docs" / "principles.md").read_text(encoding="utf-8")
    cells = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in text.splitlines()
        if re.match(r"\| P\d", line)
    ]
    found = {row[0]: (re.findall(r"`([^`]+)`", row[2]), re.findall(r"`([^`]+)`", row[3])) for row in cells}
    assert len(found) == len(cells)
    return found


def test_every_question_of_a_principle_is_asked(root: Path) -> None:
    """No principle rests on a question that nobody asks."""
    content, table = load_content(), rows(root)
    assert [f"P{number}" for number in range(1, 18)] == list(table)
    asked = {question.id for chapter in content.chapters.values() for question in chapter.questions()}
    for principle, (questions, tests) in table.items():
        assert questions, principle
        assert tests, principle
        assert set() == set(questions) - asked, principle


def test_every_principle_is_done_in_a_browser(root: Path) -> None:
    """Each test named in the table is a browser test that is there."""
    for principle, (_, tests) in rows(root).items():
        for named in tests:
            file, _, test = named.partition("::")
            source = (root / "tests" / "browser" / file).read_text(encoding="utf-8")
            assert f"def {test}(" in source, f"{principle}: {named}"
