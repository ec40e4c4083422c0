"""Why a log is read as it is: facts first, so that any language can say them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Why:
    """One thing that spoke for a convention.

    Attributes:
        place: Which of the convention's pieces of evidence it is, from 1.
        says: The English sentence of its mapping file, with ``{count}`` and ``{columns}`` in braces.
        count: How many headers or words were found.
        columns: The headers they are.
    """

    place: int
    says: str
    count: int
    columns: tuple[str, ...]

    @property
    def listed(self) -> str:
        """The headers, parted by commas."""
        return ", ".join(self.columns)

    @property
    def sentence(self) -> str:
        """In English."""
        return self.says.format(count=self.count, columns=self.listed)


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a log is read by a convention.

    Attributes:
        convention: The convention's id.
        title: What it is, in English.
        why: What spoke for it; empty where the person chose it, or where nothing did.
        chosen: Whether the person chose it.
    """

    convention: str
    title: str
    why: tuple[Why, ...] = ()
    chosen: bool = False

    @property
    def sentence(self) -> str:
        """In English."""
        because = "you said so" if self.chosen else "; ".join(why.sentence for why in self.why)
        return f"Read as {self.title}, because {because}." if because else f"Read as {self.title}."
