"""The notebooks as copies in the person's folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from rebound_widgets.serve.copies import copy_notebooks


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """Two notebooks that ship."""
    for name in ("workbook", "chapters/debrief"):
        path = tmp_path / "ours" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name} 1", encoding="utf-8")
    return tmp_path / "ours"


def copy(ours: Path) -> dict[str, str]:
    """Copy, and give what is in the person's folder."""
    theirs = ours.parent / "theirs"
    copy_notebooks(ours, theirs, ours.parent)
    return {path.relative_to(theirs).as_posix(): path.read_text() for path in theirs.rglob("*.ipynb")}


def test_copies_follow_ours_until_they_are_changed(ours: Path) -> None:
    """A notebook the person never touched is renewed with Rebound; what they delete comes back."""
    assert {"workbook.ipynb": "workbook 1", "chapters/debrief.ipynb": "chapters/debrief 1"} == copy(ours)
    (ours / "workbook.ipynb").write_text("workbook 2", encoding="utf-8")
    (ours.parent / "theirs/chapters/debrief.ipynb").unlink()
    assert {"workbook.ipynb": "workbook 2", "chapters/debrief.ipynb": "chapters/debrief 1"} == copy(ours)


def test_a_changed_copy_is_never_overwritten(ours: Path) -> None:
    """The person's stays as it is; a new one of ours is put beside it, once for each that is new."""
    copy(ours)
    theirs = ours.parent / "theirs/workbook.ipynb"
    theirs.write_text("mine", encoding="utf-8")
    assert "mine" == copy(ours)["workbook.ipynb"]
    assert 2 == len(copy(ours)), "ours has not changed, so there is nothing to put beside it"
    (ours / "workbook.ipynb").write_text("workbook 2", encoding="utf-8")
    for _ in range(2):
        copied = copy(ours)
        assert ("mine", "workbook 2") == (copied["workbook.ipynb"], copied["workbook (new).ipynb"])
        assert 3 == len(copied)
    (ours / "workbook.ipynb").write_text("workbook 3", encoding="utf-8")
    copied = copy(ours)
    assert ("mine", "workbook 2", "workbook 3") == tuple(
        copied[f"workbook{mark}.ipynb"] for mark in ("", " (new)", " (new 2)")
    )


def test_a_lost_record_costs_nothing(ours: Path) -> None:
    """Without the record of what was copied, a copy that differs counts as the person's."""
    copy(ours)
    (ours.parent / "copied.json").write_text("[", encoding="utf-8")
    (ours / "workbook.ipynb").write_text("workbook 2", encoding="utf-8")
    copied = copy(ours)
    assert ("workbook 1", "workbook 2") == (copied["workbook.ipynb"], copied["workbook (new).ipynb"])
