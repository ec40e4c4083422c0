"""Content files of any shape end in content or in sentences."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rebound_widgets.content.check import check_content
from rebound_widgets.content.loading import read_content

NAMES = (
    "id exercises questions kind ask about options words title why evidence components minutes order lede "
    "low high private own labels piles field shell saved one other marks findings text mark months days "
    "day_forms blanks debrief recall"
)
KEYS = st.sampled_from(NAMES.split())
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-3, 99)
    | st.sampled_from(
        ["debrief", "recall", "debrief/recall", "prose", "scale", "repeat", "own", "interview", "{x}", ""]
    )
    | st.text("ab {}!:", max_size=8)
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)
EXERCISE = st.fixed_dictionaries(
    {"id": st.sampled_from(["recall", "questions", "new"]), "questions": st.lists(TREES, max_size=3)},
    optional={"about": LEAVES, "evidence": TREES, "components": TREES, "minutes": LEAVES, "why": LEAVES},
)
CHAPTERS = st.fixed_dictionaries(
    {"id": st.just("debrief"), "exercises": st.lists(EXERCISE | TREES, max_size=3)}
)

FINDINGS = st.fixed_dictionaries(
    {"findings": st.dictionaries(KEYS, st.dictionaries(KEYS, TREES, max_size=4), max_size=3), "marks": TREES}
)


@pytest.mark.parametrize(
    "file", ["chapters/debrief.yaml", "words.yaml", "evidence.yaml", "locale.yaml", "letters/thank-you.md"]
)
@settings(max_examples=25)
@given(tree=TREES | CHAPTERS | FINDINGS)
def test_a_file_of_any_shape_ends_in_content_or_sentences(file: str, tree: Any) -> None:
    """Whatever an author writes, the reader gives content or problems with their file, and never fails."""
    text = json.dumps(tree)
    if file.endswith(".md"):
        text = f"---\n{text}\n---\nDear {{name}}\n"
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "ours" / "en" / file
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        content, problems = read_content("en", Path(made) / "ours")
        assert content is not None or problems
        assert all(problem.file and problem.what and problem.rule for problem in problems)
        assert all("\n" not in str(problem) for problem in problems)
        wrong = [problem for problem in problems if not problem.warning]
        checked = [problem for problem in check_content(Path(made) / "ours") if not problem.warning]
        assert sorted(set(wrong)) == sorted(set(checked))
