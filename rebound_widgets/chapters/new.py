"""Begins a chapter of one's own: a content file to fill in, and the notebook that opens it."""

from __future__ import annotations

import json
from pathlib import Path

from ..domain.question import ID_FORM
from ..domain.refused import Refused

_CHAPTER = """\
# A chapter of your own. `rebound check --content {folder}` says what is to mend, with line numbers;
# `rebound app --content {folder}` shows it.
id: {id}
order: 90
title: {title}
lede: One sentence under the heading.
exercises:
  - id: first
    title: The heading of the exercise
    about: own
    why: One sentence that says what this is good for.
    evidence: []
    components: [self-presentation, self-efficacy]
    minutes: 5
    questions:
      - id: {id}/first-thought
        kind: prose
        ask: What comes to mind first?
"""


def new_chapter(chapter_id: str, folder: Path) -> list[Path]:
    """Write the files of a new chapter under ``folder``; returns them.

    Raises:
        Refused: an id that is no id, or a file that is there already.
    """
    if not ID_FORM.match(chapter_id):
        raise Refused(
            "chapter-id",
            "A chapter's id is a name in small letters, such as second-thoughts; got {got!r}.",
            got=chapter_id,
        )
    files = {
        folder / "content" / "en" / "chapters" / f"{chapter_id}.yaml": chapter_text(chapter_id, "content"),
        folder / "notebooks" / "chapters" / f"{chapter_id}.ipynb": json.dumps(_notebook(chapter_id), indent=1)
        + "\n",
    }
    for path in files:
        if path.exists():
            raise Refused("chapter-there", "{file} is there already; nothing was written.", file=path)
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(files)


def chapter_text(chapter_id: str, folder: str) -> str:
    """The file a new chapter begins as, to be filled in.

    Args:
        chapter_id: Its id.
        folder: The content folder, as commands name it.
    """
    return _CHAPTER.format(id=chapter_id, title=chapter_id.replace("-", " ").capitalize(), folder=folder)


def _notebook(chapter_id: str) -> dict[str, object]:
    """A notebook of one folded cell that opens the chapter."""
    cell = {
        "cell_type": "code",
        "execution_count": None,
        "id": "open",
        "metadata": {"jupyter": {"source_hidden": True}},
        "outputs": [],
        "source": ["from rebound_widgets import open_chapter\n", "\n", f'open_chapter("{chapter_id}")'],
    }
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
