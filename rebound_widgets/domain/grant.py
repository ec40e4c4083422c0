"""What a person lets somebody else read: for whom, what, until when, why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .question import accept_text
from .refused import Refused

ITEM_KINDS = ("numbers", "application", "interview", "note", "answers", "rating")
"""What can be in a share. Nothing else has a form in the file, so nothing else can be put in."""

NAME_LIMIT = 80
WHY_LIMIT = 300
LONGEST_DAYS = 366
"""A share ends after a year at the latest; whoever wants longer shares again."""

AUTHOR, COUNSELLOR, COHORT = "author", "counsellor", "cohort"
"""Who reads: the person whose workbook it is, one counsellor by name, or the counts over many people."""


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Somebody who wants to read.

    Attributes:
        role: ``AUTHOR``, ``COUNSELLOR`` or ``COHORT``.
        name: A counsellor's name as the share has it; empty otherwise.
    """

    role: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that can be shared by itself.

    Attributes:
        id: Its id; the same in every share of one workbook.
        kind: One of ``ITEM_KINDS``; any other is private.
    """

    id: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What one share allows.

    Attributes:
        reader: The name of the one person it is for.
        sharer: The name the person shares under.
        why: What it is for, in the person's words.
        given_on: The local day it was given.
        until: The last day it may be read, inclusive.
        items: The ids of what is in it.
        counted: Whether its numbers may be counted in the figures of a group.
        programme: What the person studies, where it is counted; else empty.
        term: Which term or year it is counted under; else empty.
        taken_back_on: The day it was taken back; ``None`` while it was not.
    """

    reader: str
    sharer: str
    why: str
    given_on: dt.date
    until: dt.date
    items: frozenset[str]
    counted: bool = False
    programme: str = ""
    term: str = ""
    taken_back_on: dt.date | None = None

    def __post_init__(self) -> None:
        if not self.reader.strip() or not self.sharer.strip():
            raise Refused("share-names", "A share needs two names: whom it is for, and whom it is from.")
        if not self.items:
            raise Refused("share-nothing", "Nothing is ticked yet, so there is nothing to share.")
        if not self.given_on <= self.until <= self.given_on + dt.timedelta(days=LONGEST_DAYS):
            raise Refused(
                "share-until",
                "A share ends on a day between the day it is given and a year later; this one ends on {got}.",
                got=self.until.isoformat(),
            )

    def is_for(self, name: str) -> bool:
        """Whether it is for that person; case and blanks make no difference."""
        return plain_name(name) == plain_name(self.reader)


def plain_name(name: str) -> str:
    """A name as names are compared."""
    return " ".join(name.casefold().split())


def accept_name(value: object, ask: str, limit: int = NAME_LIMIT) -> str:
    """One line as a name or a reason: without characters that cannot be seen or that turn the line around.

    Raises:
        Refused: too long, or no text.
    """
    text = accept_text(value, limit=100 * limit, ask=ask, one_line=True) or ""
    text = " ".join("".join(mark for mark in text if mark.isprintable()).split())
    return accept_text(text, limit=limit, ask=ask, one_line=True) or ""
