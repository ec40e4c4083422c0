"""What is wrong with a content file, in a sentence for whoever wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, order=True)
class Problem:
    """One thing to mend in a content file.

    Attributes:
        file: The file, as the author knows it: below the content folder, with its folder's name before it.
        line: The line, from 1; 0 where it is about the whole file.
        what: What is wrong, without a full stop.
        rule: The rule it breaks, without a full stop.
        got: What stands there, shortened; empty where nothing does.
        warning: Whether the content can be used all the same.
    """

    file: str
    line: int
    what: str
    rule: str
    got: str = ""
    warning: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        got = f" Got: {self.got}" if self.got else ""
        return f"{place}: {'warning: ' if self.warning else ''}{self.what}. {self.rule}.{got}"


class ContentBroken(Exception):
    """Content that cannot be used, with everything that is wrong with it.

    Attributes:
        problems: All of it, in the order of files and lines; never empty.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        rest = len(self.problems) - 1
        more = f"\n… and {rest} more; `rebound check` lists them." if rest else ""
        super().__init__(f"{self.problems[0]}{more}")


def shorten(value: object, limit: int = 60) -> str:
    """A value as one short line, fit for a message."""
    text = " ".join(str(value)[: limit * 4].split())
    text = "".join(character if character.isprintable() else "�" for character in text)
    return text if len(text) <= limit else text[: limit - 1] + "…"
