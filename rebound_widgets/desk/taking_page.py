"""Taking in what was handed over: a file, a closed file with its passphrase, or a whole folder."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..chapters.rooms import Panel
from ..chapters.visit import Visit
from ..domain.refused import Refused
from ..sharing import LARGEST_BYTES, read_share
from ..widgets.file_chooser import ChosenFile, FileChooser
from ..widgets.panels import Panels
from ..widgets.passphrase import Passphrase
from ..widgets.quick_line import QuickLine, Understood
from .book import SUFFIXES, Desk, Taken

TOLD = 40
"""Files of a folder told one by one."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Waiting:
    """A file for another name, until the counsellor said whether that is them.

    Attributes:
        reader: The name it is for.
        file: Its own name.
        read: Gives its bytes.
        passphrase: What it was opened with; empty where it was open.
    """

    reader: str
    file: str
    read: Callable[[], bytes]
    passphrase: str = ""


class TakingPage:
    """What stands in ``#/desk/take-in``.

    Args:
        desk: The desk.
        visit: The visit.
    """

    def __init__(self, desk: Desk, visit: Visit) -> None:
        self._desk, self._visit = desk, visit
        say, words = visit.words, visit.group("actions")
        self._closed: tuple[bytes, str] | None = None
        self._told: list[Taken] = []
        self._waiting: list[Waiting] = []
        self._of_folder = False
        self._chooser = FileChooser(
            self._file,
            accept=",".join(SUFFIXES),
            limit_bytes=LARGEST_BYTES,
            label=say("desk.taking.choose"),
            words=visit.group("file-chooser"),
        )
        self._passphrase = Passphrase(self._unlock, words={**words, **visit.group("passphrase")})
        labels = {
            "label": "folder",
            "hint": "folder_hint",
            "keep": "folder_keep",
            "understood": "folder_will",
        }
        self._folder = QuickLine(
            on_try=self._understood,
            on_keep=self._read_folder,
            words={**words, **{key: say(f"desk.taking.{name}") for key, name in labels.items()}},
        )
        self._said = Panels(on_action=self._act, words=words)

    def leave(self) -> None:
        """The counsellor went elsewhere: no file waits any longer."""
        self._closed, self._told, self._waiting = None, [], []

    def widgets(self) -> list[Any]:
        """The file to choose, its passphrase where it has one, the folder, and what came of it."""
        self._said.show(self._panels())
        passphrase = [self._passphrase] if self._closed is not None else []
        return [self._chooser, *passphrase, self._said, self._folder]

    # What was chosen ---------------------------------------------------------------------------------------

    def _file(self, file: ChosenFile) -> str:
        return self._take(file.path.read_bytes(), file.name)

    async def _unlock(self, passphrase: str) -> str:
        data, name = self._closed or (b"", "")
        # Opening takes seconds on purpose; the desk itself is written to from this thread alone.
        try:
            await asyncio.to_thread(read_share, data, passphrase)
        except Refused as refused:
            raise self._visit.not_kept(refused) from None
        said = self._take(data, name, passphrase)
        self._closed = None
        self._visit.redraw()
        return said

    def _take(self, data: bytes, name: str, passphrase: str = "") -> str:
        try:
            taken = self._desk.take_in(data, passphrase, name)
        except Refused as refused:
            self._closed = (data, name) if refused.rule == "share-closed" else None
            self._told, self._of_folder = [Taken(rule="refused", refused=refused, file=name)], False
            waiting = Waiting(reader=_reader(refused), file=name, read=lambda: data, passphrase=passphrase)
            self._waiting = [waiting] if waiting.reader else []
            self._visit.redraw()
            raise self._visit.not_kept(refused) from None
        self._told, self._waiting = [], []
        self._visit.redraw()
        return self._sentence(taken)

    def _understood(self, line: str) -> Understood:
        folder = Path(line.strip()).expanduser()
        return Understood(parts=((self._visit.words("desk.taking.folder"), str(folder)),), ready=True)

    def _read_folder(self, line: str) -> str:
        folder = Path(line.strip()).expanduser()
        try:
            self._told, self._of_folder = list(self._desk.take_folder(folder)), True
        except Refused as refused:
            raise self._visit.not_kept(refused) from None
        self._waiting = [
            Waiting(reader=_reader(one.refused), file=one.file, read=_bytes_of(folder / one.file))
            for one in self._told
            if one.refused and _reader(one.refused)
        ]
        self._visit.redraw()
        return self._visit.words.plural("desk.taking.read", len(self._told))

    def _sentence(self, taken: Taken) -> str:
        say = self._visit.words
        if taken.refused is not None:
            return self._visit.sentence(taken.refused)
        return (
            say(f"desk.taking.{taken.rule}", name=taken.name)
            if taken.rule != "known"
            else say("desk.taking.known")
        )

    # What came of it ---------------------------------------------------------------------------------------

    def _panels(self) -> list[Panel]:
        say, panels = self._visit.words, []
        rows = [
            {"text": say("desk.taking.refused", file=one.file, sentence=self._sentence(one))}
            for one in self._told[:TOLD]
            if one.file
        ]
        if self._of_folder and self._told:
            title = say.plural("desk.taking.read", len(self._told))
            panels.append({"id": "told", "title": title, "rows": rows, "announce": True})
        for name in sorted({waiting.reader for waiting in self._waiting}):
            action = {"id": "me-too", "label": say("desk.taking.me_too_yes", name=name), "name": name}
            text = say("desk.taking.me_too", name=name)
            title = say("desk.taking.me_too_title")
            panels.append(
                {"id": f"me-too-{name}", "look": "notice", "title": title, "text": text, "actions": [action]}
            )
        back = {"id": "back", "label": say("desk.taking.back"), "href": "#/desk", "look": "plain"}
        return [
            *panels,
            {"id": "stays", "look": "plain", "hint": say("desk.taking.file_stays"), "actions": [back]},
        ]

    def _act(self, action: Panel) -> None:
        """The counsellor goes by that name too: what waited for it is taken in, and said where it was refused."""
        if action.get("id") != "me-too":
            return
        name = str(action["name"])
        self._desk.also_called(name)
        mine = [waiting for waiting in self._waiting if waiting.reader == name]
        self._waiting = [waiting for waiting in self._waiting if waiting.reader != name]
        came = {waiting.file: self._take_waiting(waiting) for waiting in mine}
        self._told = [came.get(one.file, one) for one in self._told]
        if not self._of_folder:
            for taken in came.values():
                self._chooser.tell(self._sentence(taken), refused=taken.refused is not None)
        self._visit.redraw()

    def _take_waiting(self, waiting: Waiting) -> Taken:
        try:
            return self._desk.take_in(waiting.read(), waiting.passphrase, waiting.file)
        except Refused as refused:
            return Taken(rule="refused", refused=refused, file=waiting.file)
        except OSError:
            refusal = Refused("desk-unreadable", "This file cannot be read from here.")
            return Taken(rule="refused", refused=refusal, file=waiting.file)


def _reader(refused: Refused) -> str:
    """The name a share is for that was refused because it is for another one; else empty."""
    return str(refused.facts["name"]) if refused.rule == "desk-somebody-else" else ""


def _bytes_of(path: Path) -> Callable[[], bytes]:
    def read() -> bytes:
        with path.open("rb") as opened:
            return opened.read(LARGEST_BYTES + 1)

    return read
