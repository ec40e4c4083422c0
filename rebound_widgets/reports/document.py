"""A document as plain values: what it says, not how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph; a quiet one is a note such as a source."""

    text: str
    quiet: bool = False

    def as_mapping(self) -> dict[str, Any]:
        """As plain JSON."""
        return {"kind": "paragraph", "text": self.text, "quiet": self.quiet}


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Questions with their answers, or other terms with their words.

    Attributes:
        title: Over them, or empty.
        pairs: The words of each question and of its answer.
    """

    pairs: tuple[tuple[str, str], ...]
    title: str = ""

    def as_mapping(self) -> dict[str, Any]:
        """As plain JSON."""
        return {"kind": "pairs", "title": self.title, "pairs": [list(pair) for pair in self.pairs]}


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table.

    Attributes:
        caption: What it holds.
        columns: The names of its columns.
        rows: Its cells as text.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def as_mapping(self) -> dict[str, Any]:
        """As plain JSON."""
        rows = [list(row) for row in self.rows]
        return {"kind": "table", "caption": self.caption, "columns": list(self.columns), "rows": rows}


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture with its finding; the numbers stand in a table beside it.

    Attributes:
        svg: The drawing, as text; every word in it is escaped.
        caption: The finding as a sentence.
        alt: The picture in words.
    """

    svg: str = field(repr=False)
    caption: str
    alt: str

    def as_mapping(self) -> dict[str, Any]:
        """As plain JSON."""
        return {"kind": "picture", "svg": self.svg, "caption": self.caption, "alt": self.alt}


Block = Paragraph | Pairs | Table | Picture


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a document, or a part of a part.

    Attributes:
        title: Its heading.
        blocks: What it says.
        inner: Parts of it.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    inner: tuple[Section, ...] = ()

    def as_mapping(self) -> dict[str, Any]:
        """As plain JSON."""
        return {
            "title": self.title,
            "blocks": [block.as_mapping() for block in self.blocks],
            "inner": [section.as_mapping() for section in self.inner],
        }


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole document.

    Attributes:
        title: Its title.
        lang: Its language, as BCP 47.
        direction: ``ltr`` or ``rtl``.
        lede: The lines under the title.
        sections: Its parts.
        words: ``page``, with ``{number}`` and ``{count}``, for the foot of a page.
    """

    title: str
    lang: str
    direction: str
    lede: tuple[str, ...]
    sections: tuple[Section, ...]
    words: Mapping[str, str]

    def as_mapping(self) -> dict[str, Any]:
        """As plain JSON."""
        return {
            "title": self.title,
            "lang": self.lang,
            "direction": self.direction,
            "lede": list(self.lede),
            "sections": [section.as_mapping() for section in self.sections],
            "words": dict(self.words),
        }
