"""What the check says to an author: what to mend, and what to think about."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rebound_widgets import places
from rebound_widgets.content.check import check_content

Overlay = Callable[..., Path]
TODAY = dt.date(2026, 11, 5)

CHAPTER = """\
id: luck
order: 60
title: Luck
lede: Unfortunately you cannot plan it!
exercises:
  - id: one
    title: One
    about: own
    why: {why}
    components: [social-support]
    minutes: 2
    questions:
      - {{id: luck/one, kind: line, ask: What did you just do?}}
"""


def test_our_own_content_has_nothing_to_mend_and_nothing_to_think_about(data: Path) -> None:
    """What ships passes its own check without a warning."""
    assert [] == [str(problem) for problem in check_content(data / "content", today=TODAY)]


def test_the_way_it_is_said_is_warned_of(overlay: Overlay) -> None:
    """Words we do not say, exclamation marks and long sentences are pointed out with their line."""
    why = " ".join(["word"] * 31) + "."
    found = check_content(overlay({"en/chapters/luck.yaml": CHAPTER.format(why=why)}), today=TODAY)
    expected = [
        (4, "There is a word this product does not say"),
        (4, "There is an exclamation mark"),
        (5, "The chapter luck has no part of skill"),
        (9, "The sentence is long"),
        (13, "There is a word this product does not say"),
    ]
    assert expected == [(problem.line, problem.what) for problem in found]
    assert all(problem.warning for problem in found)
    assert str(found[0]).startswith("ours/en/chapters/luck.yaml:4: warning: There is a word")


def test_words_inside_other_words_are_no_matter(overlay: Overlay) -> None:
    """Adjust and justice hold no banned word."""
    chapter = CHAPTER.format(why="You adjust.").replace("Unfortunately you cannot plan it!", "Justice.")
    chapter = chapter.replace("just do", "do").replace("[social-support]", "[social-support, search-skills]")
    assert [] == check_content(overlay({"en/chapters/luck.yaml": chapter}), today=TODAY)


def test_a_help_line_nobody_looked_at_for_long_is_warned_of(overlay: Overlay) -> None:
    """A number last looked at more than 180 days ago is a warning, on the day after and not before."""
    head = "country,name,phone,web,hours,languages,source,checked_on\n"
    folder = overlay({"help_lines.csv": head + ",Us,1,,,,here,2026-05-09\n", "en/words.yaml": "a: {b: c}\n"})
    assert [] == check_content(folder, today=dt.date(2026, 11, 5))
    found = check_content(folder, today=dt.date(2026, 11, 6))
    expected = [("ours/help_lines.csv", True, "The line “Us” was last looked at 181 days ago")]
    assert expected == [(problem.file, problem.warning, problem.what) for problem in found]


def test_every_file_is_looked_at_in_one_go(overlay: Overlay) -> None:
    """One broken file does not hide what is wrong in another, and both say where."""
    files = {"en/chapters/debrief.yaml": "id: debrief\ntitle: [", "en/words.yaml": "shell: {saved: 1}\n"}
    found = check_content(overlay(files), today=TODAY)
    expected = [("ours/en/chapters/debrief.yaml", 2), ("ours/en/words.yaml", 1)]
    assert expected == [(problem.file, problem.line) for problem in found]
    assert not any(problem.warning for problem in found)


def test_one_language_can_be_looked_at_alone(data: Path, overlay: Overlay) -> None:
    """An author who names the language's own folder gets the same answer for that language."""
    assert [] == check_content(data / "content" / "en", today=TODAY)
    folder = overlay({"en/words.yaml": "shell: {saved: 1}\n", "es/words.yaml": "shell: {saved: 2}\n"})
    found = check_content(folder / "en", today=TODAY)
    assert ["ours/en/words.yaml"] == [problem.file for problem in found]


def test_a_folder_that_holds_nothing_is_said(overlay: Overlay, tmp_path: Path) -> None:
    """A missing folder, an empty one and one that is no language are each named."""
    assert ["There is no such folder"] == [p.what for p in check_content(tmp_path / "x", today=TODAY)]
    assert ["The folder has no content"] == [p.what for p in check_content(overlay({}), today=TODAY)]
    found = check_content(overlay({"english/words.yaml": "a: b"}), today=TODAY)
    assert ["The folder is no language"] == [problem.what for problem in found]


def test_a_text_without_translation_is_named(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A language of ours that lacks a text is warned of, key by key."""
    root = tmp_path / "content"
    shutil.copytree(data / "content", root)
    shutil.copytree(root / "en", root / "fr", ignore=shutil.ignore_patterns("parsed.json"))
    words, skip = root / "fr" / "words.yaml", "  skip: Skip to the page\n"
    text = words.read_text(encoding="utf-8")
    assert skip in text
    words.write_text(text.replace(skip, ""), encoding="utf-8")
    (root / "fr" / "chapters" / "help.yaml").unlink()
    monkeypatch.setattr(places, "shipped", lambda _name: tmp_path)
    found = [problem.what for problem in check_content(root, today=TODAY)]
    assert "There is no translation of shell/skip" in found
    assert "There is no translation of words/nobody_reads" in found
    assert not any("shell/menu" in what for what in found)
