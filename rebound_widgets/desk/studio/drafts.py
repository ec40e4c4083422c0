"""What stands in the studio's editor, kept in the desk's own workbook, beside what is in the file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from ...domain.question import Question
from ...domain.refused import Refused
from ...workbook import Workbook
from .folder import FileName, Folder

TEXT = "studio/text"
"""The question whose reply a file's text is."""
SEEN = "studio-seen"
"""The setting that remembers which words of a file were last seen, by a digest."""


@dataclass(frozen=True, kw_only=True)
class State:
    """One file, in the editor and on disk.

    Attributes:
        text: What stands in the editor.
        file: What is in the folder; ``None`` where there is no such file.
        elsewhere: Whether the file was changed by somebody else while the editor holds words that are not in it.
    """

    text: str
    file: str | None
    elsewhere: bool

    @property
    def written(self) -> bool:
        """Whether the file says what stands in the editor."""
        return self.file is not None and _same(self.text, self.file)


class Drafts:
    """The files of a folder as they are being written.

    Every state of the editor is a revision in the desk's workbook, so nothing a file ever said, and nothing
    that was written over it, is lost; the file itself changes when ``put`` is called and at no other time.

    Args:
        workbook: The desk's.
        folder: The content folder.
    """

    def __init__(self, workbook: Workbook, folder: Folder) -> None:
        self._workbook, self.folder = workbook, folder
        self._place = hashlib.sha256(str(folder.root.resolve()).encode()).hexdigest()[:12]

    @property
    def question(self) -> Question:
        """What the editor asks."""
        return self._workbook.question(TEXT)

    def record_id(self, name: FileName) -> str:
        """What the replies of the editor are about."""
        return f"file-{self._place}/{name.address}"

    def names(self) -> list[FileName]:
        """The files the folder has, and those begun and not in it yet."""
        begun = {name for name in self._begun() if self._kept(name) is not None}
        return sorted({*self.folder.names(), *begun})

    def look(self, name: FileName) -> State | None:
        """Both states of a file; ``None`` where it is neither on disk nor begun.

        A file that was changed by somebody else is followed, unless the editor holds words that are in no file.

        Raises:
            Refused: the file cannot be shown.
        """
        file, text = self.folder.read(name), self._kept(name)
        seen = self._workbook.setting(self._seen(name), "")
        if (
            file is not None
            and digest(file) != seen
            and (text is None or digest(text) in (seen, digest(file)))
        ):
            self._replace(name, file)
            self._note(name, file)
            return State(text=file, file=file, elsewhere=False)
        if text is None:
            return None
        return State(text=text, file=file, elsewhere=file is not None and digest(file) != seen)

    def begin(self, name: FileName, text: str) -> None:
        """Begin a file in the editor; the folder has it when it is put there."""
        if self._kept(name) is None:
            self._record(name, text)

    def put(self, name: FileName, text: str) -> None:
        """Put a text that stood in the editor into the file.

        Raises:
            Refused: somebody else changed the file meanwhile, or the disk does not take it.
        """
        state = self.look(name)
        if state is not None and state.elsewhere:
            raise Refused(
                "studio-changed",
                "{file} was changed by somebody else meanwhile. Nothing was written; both versions are here.",
                file=name.relative,
            )
        self.folder.write(name, text)
        self._note(name, text)

    def take_file(self, name: FileName) -> None:
        """Go on with what is in the file; what stood in the editor is an earlier version."""
        file = self.folder.read(name)
        if file is not None:
            self._replace(name, file)
            self._note(name, file)

    def keep_own(self, name: FileName) -> None:
        """Go on with what stands in the editor; what is in the file is an earlier version."""
        file, text = self.folder.read(name), self._kept(name)
        if file is not None and text is not None:
            self._replace(name, file, text)
            self._note(name, file)

    def _begun(self) -> list[FileName]:
        begin = f"file-{self._place}/"
        about = {str(one.body.get("subject")) for one in self._workbook.current("answer")}
        return [
            FileName(*subject.removeprefix(begin).split("/", 2))
            for subject in about
            if subject.startswith(begin)
        ]

    def _kept(self, name: FileName) -> str | None:
        value = self._workbook.reply(self.question, record_id=self.record_id(name)).value
        return None if value is None else str(value)

    def _record(self, name: FileName, text: str | None) -> None:
        self._workbook.record(TEXT, text, record_id=self.record_id(name), origin="studio")

    def _replace(self, name: FileName, *texts: str) -> None:
        """Let other texts follow on what stands in the editor; what each follows on is an earlier version."""
        for text in texts:
            # Between two that differ in a few letters, an empty page makes the first a version of its own.
            if self._kept(name) is not None and not _same(self._kept(name) or "", text):
                self._record(name, None)
            self._record(name, text)

    def _seen(self, name: FileName) -> str:
        return f"{SEEN}-{self._place}/{name.address}"

    def _note(self, name: FileName, text: str) -> None:
        self._workbook.set_setting(self._seen(name), digest(text))


def digest(text: str) -> str:
    """A text by its words; line breaks at its end make no difference."""
    return hashlib.sha256(text.rstrip("\n").encode("utf-8", "surrogatepass")).hexdigest()


def _same(one: str, other: str) -> bool:
    return one.rstrip("\n") == other.rstrip("\n")
