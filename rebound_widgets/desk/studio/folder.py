"""An institution's content folder as the studio reads and writes it: never what ships, never a path out of it."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ... import places
from ...content.files import LOCALE_FORM, MAX_FILES
from ...domain.question import ID_FORM, PROSE_LIMIT
from ...domain.refused import Refused

CHAPTER, LETTER, WORDS = "chapter", "letter", "words"
KINDS = (CHAPTER, LETTER, WORDS)
SINGLE = ("words", "evidence", "locale")
"""The names a file of the kind ``words`` can have."""
LONGEST_NAME = 60


@dataclass(frozen=True, order=True)
class FileName:
    """Which file of a content folder: the three parts a path is made of, each of a form that leads nowhere else.

    Attributes:
        locale: The language's tag.
        kind: One of ``KINDS``.
        stem: The file's name without its ending.
    """

    locale: str
    kind: str
    stem: str

    @property
    def relative(self) -> str:
        """Its path below the content folder, with slashes."""
        ours = {CHAPTER: f"chapters/{self.stem}.yaml", LETTER: f"letters/{self.stem}.md"}
        return f"{self.locale}/{ours.get(self.kind, f'{self.stem}.yaml')}"

    @property
    def address(self) -> str:
        """Its place in the studio."""
        return f"{self.locale}/{self.kind}/{self.stem}"


def file_name(locale: str, kind: str, stem: str) -> FileName:
    """The name of a file, from words somebody gave.

    Raises:
        Refused: a part that no file of a content folder has.
    """
    if not LOCALE_FORM.fullmatch(locale):
        raise Refused(
            "studio-language",
            "A language is two or three small letters, such as es, or with a country, such as pt-BR; got {got!r}.",
            got=locale[:LONGEST_NAME],
        )
    right = stem in SINGLE if kind == WORDS else bool(ID_FORM.match(stem)) and len(stem) <= LONGEST_NAME
    if kind not in KINDS or not right:
        raise Refused(
            "studio-name",
            "A chapter or letter has a name in small letters, figures and hyphens, at most {most} of them, such as "
            "second-thoughts; got {got!r}.",
            most=LONGEST_NAME,
            got=stem[:LONGEST_NAME],
        )
    return FileName(locale, kind, stem)


class Folder:
    """A content folder that the studio works on.

    Args:
        root: The folder.

    Raises:
        Refused: it is no folder, or it is what ships with Rebound.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.expanduser().absolute()
        refuse_shipped(self.root)
        if not self.root.is_dir():
            raise Refused(
                "studio-no-folder", "There is no folder {got!r} on this computer.", got=str(root)[:200]
            )

    def names(self) -> list[FileName]:
        """Its files that the studio can open, in the order of languages, kinds and names."""
        found = []
        for kind, pattern in (
            (CHAPTER, "*/chapters/*.yaml"),
            (LETTER, "*/letters/*.md"),
            (WORDS, "*/*.yaml"),
        ):
            for path in self.root.glob(pattern):
                with contextlib.suppress(Refused):
                    found.append(file_name(path.relative_to(self.root).parts[0], kind, path.stem))
        return sorted(found, key=lambda one: (one.locale, KINDS.index(one.kind), one.stem))[:MAX_FILES]

    def read(self, name: FileName) -> str | None:
        """The text of a file; ``None`` where there is none.

        Raises:
            Refused: it is too long, no text, or cannot be read.
        """
        path = self._path(name)
        if not path.exists():
            return None
        try:
            with path.open("rb") as opened:
                data = opened.read(4 * PROSE_LIMIT + 1)
        except OSError:
            raise Refused(
                "studio-unreadable", "{file} cannot be read from here.", file=name.relative
            ) from None
        try:
            text = data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            text = "\0"
        if len(data) > 4 * PROSE_LIMIT or len(text) > PROSE_LIMIT:
            raise Refused(
                "studio-long",
                "{file} has more than {most} characters. The studio leaves it as it is; open it with a text editor.",
                file=name.relative,
                most=PROSE_LIMIT,
            )
        if "\0" in text:
            raise Refused(
                "studio-no-text",
                "{file} holds characters that are no text in UTF-8. The studio leaves it as it is.",
                file=name.relative,
            )
        return text

    def write(self, name: FileName, text: str) -> None:
        """Put a text into a file, whole or not at all.

        Raises:
            Refused: the disk does not take it, or the place is not in the folder.
        """
        path = self._path(name)
        # One that exists beside it for a moment and is read by nothing: hidden files are left out.
        waiting = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with waiting.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text if text.endswith("\n") else f"{text}\n")
                file.flush()
                os.fsync(file.fileno())
            waiting.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                waiting.unlink(missing_ok=True)
            raise Refused(
                "studio-unwritten",
                "{file} could not be written. It is as it was, and what you wrote is kept here.",
                file=name.relative,
            ) from None

    def marks(self) -> tuple[tuple[str, int, int], ...]:
        """When each file was last written and how long it is: other than before when one of them changed."""
        return tuple(self._marks())

    def _marks(self) -> Iterator[tuple[str, int, int]]:
        for name in self.names():
            with contextlib.suppress(OSError, Refused):
                seen = self._path(name).stat()
                yield name.relative, seen.st_mtime_ns, seen.st_size

    def _path(self, name: FileName) -> Path:
        path = self.root / name.relative
        if not path.resolve().is_relative_to(self.root.resolve()):
            raise Refused(
                "studio-outside",
                "{file} leads out of the folder, so the studio leaves it alone.",
                file=name.relative,
            )
        return path


def refuse_shipped(root: Path) -> None:
    """Refuse a folder that ships with Rebound.

    Raises:
        Refused: it is one.
    """
    if root.resolve().is_relative_to(places.shipped("data").resolve()):
        raise Refused(
            "studio-shipped",
            "That folder ships with Rebound, and the next version would overwrite it. Name one of your own.",
        )
