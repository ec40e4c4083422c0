"""A document as blocks on a page: made from the same values as the file, so that both say the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..content import Words
from ..reports.document import Pairs, Paragraph, Section, Table

SHOWN_ROWS = 12
"""Rows of a table on the page; the file has them all."""


def folded(sections: Sequence[Section], say: Words, rows: int = SHOWN_ROWS) -> list[dict[str, Any]]:
    """Each part of a document folded under its title."""
    return [
        {"kind": "more", "summary": section.title, "blocks": blocks_inside(section, say, 3, rows)}
        for section in sections
    ]


def blocks_inside(section: Section, say: Words, level: int, rows: int = SHOWN_ROWS) -> list[dict[str, Any]]:
    """What a part of a document says.

    Args:
        section: The part.
        say: The words of what is left out of a long table.
        level: The level of headings within it.
        rows: How many rows of a table are shown.
    """
    blocks: list[dict[str, Any]] = []
    for block in section.blocks:
        match block:
            case Paragraph():
                blocks.append({"kind": "paragraph", "text": block.text})
            case Pairs():
                if block.title:
                    blocks.append({"kind": "heading", "text": block.title, "level": min(level, 4)})
                facts = [{"term": term, "text": text} for term, text in block.pairs]
                blocks.append({"kind": "facts", "items": facts})
            case Table():
                shown = [list(row) for row in block.rows[:rows]]
                table = {"kind": "table", "columns": list(block.columns), "rows": shown}
                blocks.append({**table, "caption": block.caption})
                left = len(block.rows) - rows
                if left > 0:
                    more = say.plural("share.report.rows", left)
                    blocks.append({"kind": "paragraph", "text": more, "tone": "hint"})
            case _:
                blocks.append({"kind": "paragraph", "text": block.caption, "tone": "hint"})
    for one in section.inner:
        blocks.append({"kind": "heading", "text": one.title, "level": min(level, 4)})
        blocks += blocks_inside(one, say, level + 1, rows)
    return blocks
