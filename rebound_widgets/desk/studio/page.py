"""The studio's first page: the folder it works on, its files by language and kind, and how a new one begins."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from ...chapters.rooms import Panel
from ...chapters.visit import Visit
from ...content.loading import FIRST_LOCALE
from ...domain.chapter import Exercise
from ...domain.refused import Refused
from ...widgets.page import Page
from ...widgets.panels import Panels
from ...widgets.quick_line import QuickLine, Understood
from ..book import Desk
from .beginning import shipped_names
from .drafts import Drafts
from .file_page import FilePage, language_words
from .folder import CHAPTER, KINDS, LETTER, FileName, Folder, file_name, refuse_shipped

FOLDER = "studio-folder"
"""The setting that holds the folder that was named on the page."""


class StudioPage:
    """``#/studio``, and ``#/studio/<language>/<kind>/<name>`` for one file of the folder."""

    def __init__(self, desk: Desk, visit: Visit) -> None:
        self._visit = visit
        chapter, words = visit.chapter("studio"), visit.group("actions")
        say = visit.words
        self.widget = Page(chapter.title, lede=chapter.lede)
        self._head, self._files, self._margin = (Panels(on_action=self._act, words=words) for _ in range(3))
        labels = {name: say(f"studio.folder_{name}") for name in ("label", "hint", "keep", "understood")}
        self._folder_line = QuickLine(
            on_try=self._try_folder, on_keep=self._keep_folder, words={**words, **labels}
        )
        self._new = visit.ask(self._exercise("new"), versions=False)
        self._file = FilePage(visit, self.widget)
        self._drafts: Drafts | None = None
        self._rest = ""
        self._marks: tuple[object, ...] = ()

    def open(self, rest: str) -> None:
        self._rest = rest
        self.refresh()

    def notice(self) -> None:
        """Show the page again when a file of the folder was changed by somebody else."""
        if self._drafts is not None and self._drafts.folder.marks() != self._marks:
            self.refresh()

    def refresh(self) -> None:
        chapter = self._visit.chapter("studio")
        try:
            self._drafts = self._open_folder()
            name = self._named()
        except Refused as refused:
            self._show_refused(refused)
            return
        if self._drafts is not None:
            self._marks = self._drafts.folder.marks()
        if self._drafts is not None and name is not None:
            self._file.open(self._drafts, name, self._rest.split("/")[3:])
            self._file.show()
            return
        self.widget.head(chapter.title, chapter.lede)
        if self._drafts is None:
            self._head.show([self._no_folder()])
            self._arrange([self._head, self._folder_line])
            return
        self._new.show(self._visit.replies(self._exercise("new")))
        self._head.show(list(self._folder_panels(self._drafts)))
        self._files.show([self._begin_panel()])
        self._margin.show(list(self._ours()))
        self._arrange([self._head, self._new, self._files], [self._margin])

    def _arrange(self, children: list[object], margin: Sequence[object] = ()) -> None:
        if self.widget.children != children or self.widget.margin != list(margin):
            self.widget.children, self.widget.margin = children, list(margin)

    def _exercise(self, exercise_id: str) -> Exercise:
        return next(one for one in self._visit.chapter("studio").exercises if one.id == exercise_id)

    # The folder --------------------------------------------------------------------------------------------

    def _open_folder(self) -> Drafts | None:
        given = os.environ.get("REBOUND_CONTENT") or self._visit.workbook.setting(FOLDER, "")
        return Drafts(self._visit.workbook, Folder(Path(given))) if given else None

    def _named(self) -> FileName | None:
        locale, _, more = self._rest.partition("/")
        kind, _, more = more.partition("/")
        return file_name(locale, kind, more.partition("/")[0]) if self._rest else None

    def _show_refused(self, refused: Refused) -> None:
        say = self._visit.words
        self.widget.head(say("studio.not_shown"))
        back = {"id": "back", "label": say("studio.back"), "href": "#/studio", "look": "plain"}
        text = self._visit.sentence(refused)
        self._head.show([{"id": "refused", "text": text, "actions": [back] if self._rest else []}])
        self._arrange([self._head] if os.environ.get("REBOUND_CONTENT") else [self._head, self._folder_line])

    def _no_folder(self) -> Panel:
        say = self._visit.words
        return {
            "id": "no-folder",
            "look": "next",
            "title": say("studio.no_folder"),
            "text": say("studio.no_folder_text"),
        }

    def _try_folder(self, line: str) -> Understood:
        say, path = self._visit.words, Path(line.strip()).expanduser()
        there = say("studio.folder_there" if path.is_dir() else "studio.folder_new")
        return Understood(parts=((there, str(path)),), ready=bool(line.strip()))

    def _keep_folder(self, line: str) -> str:
        path = Path(line.strip()).expanduser().absolute()
        try:
            refuse_shipped(path)
            if not path.exists():
                _make(path)
            folder = Folder(path)
        except Refused as refused:
            raise self._visit.not_kept(refused) from None
        self._visit.workbook.set_setting(FOLDER, str(folder.root))
        return self._visit.words("studio.folder_opened")

    def _folder_panels(self, drafts: Drafts) -> Iterator[Panel]:
        say, names = self._visit.words, drafts.names()
        root = str(drafts.folder.root)
        yield {
            "id": "folder",
            "look": "notice",
            "text": say("studio.folder", folder=root),
            "hint": say("studio.folder_use", folder=root),
        }
        if not names:
            yield {
                "id": "empty",
                "look": "next",
                "title": say("studio.empty_title"),
                "text": say("studio.empty"),
            }
        for locale, files in groupby(names, key=lambda name: name.locale):
            rows = [self._row(drafts, name) for name in files]
            title = say("studio.language", language=language_words(locale, say))
            yield {"id": f"files-{locale}", "title": title, "rows": rows}

    def _row(self, drafts: Drafts, name: FileName) -> Panel:
        say, kind = self._visit.words, self._visit.words(f"studio.kind.{name.kind}")
        try:
            state = drafts.look(name)
        except Refused as refused:
            return {"text": name.stem, "detail": self._visit.sentence(refused)}
        when = "" if state is None or state.written else say("studio.row_unwritten")
        return {"text": name.stem, "detail": kind, "href": f"#/studio/{name.address}", "when": when}

    # A new file --------------------------------------------------------------------------------------------

    def _said(self, question: str) -> str:
        return str(
            self._visit.workbook.reply(self._visit.workbook.question(f"studio/{question}")).value or ""
        )

    def _begin_panel(self) -> Panel:
        say = self._visit.words
        return {"id": "begin", "look": "plain", "actions": [{"id": "begin", "label": say("studio.new")}]}

    def _ours(self) -> Iterator[Panel]:
        """What ships, to be begun with, in the language that was chosen."""
        say, locale = self._visit.words, self._said("language") or FIRST_LOCALE
        try:
            file_name(locale, CHAPTER, "start")
        except Refused:
            return
        for kind in (CHAPTER, LETTER):
            rows = [
                {"text": self._title(name), "href": f"#/studio/{name.address}"}
                for name in shipped_names(locale)
                if name.kind == kind
            ]
            title = say(f"studio.ours.{kind}", language=language_words(locale, say))
            yield {
                "id": f"ours-{kind}",
                "look": "margin",
                "title": title,
                "hint": say("studio.ours_hint"),
                "rows": rows,
            }

    def _title(self, name: FileName) -> str:
        content = self._visit.content
        found = content.chapters.get(name.stem) if name.kind == CHAPTER else content.letters.get(name.stem)
        return found.title if found else name.stem

    def _act(self, action: Panel) -> None:
        if action.get("id") != "begin":
            return
        try:
            kind = self._said("kind") or KINDS[0]
            stem = self._said("name") if kind in (CHAPTER, LETTER) else kind
            name = file_name(self._said("language") or FIRST_LOCALE, kind, stem)
        except Refused as refused:
            raise self._visit.not_kept(refused) from None
        self._visit.go(f"studio/{name.address}")


def _make(path: Path) -> None:
    """Make a folder in a folder that is there: a slip of the hand makes no row of them.

    Raises:
        Refused: it cannot be made.
    """
    try:
        path.mkdir()
    except OSError:
        raise Refused(
            "studio-not-made",
            "The folder {got!r} cannot be made here. The folder it lies in has to be there.",
            got=str(path)[:200],
        ) from None
