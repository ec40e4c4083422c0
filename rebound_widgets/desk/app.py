"""The desk as an app: its pages under one frame, as the workbook's are."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..app import Pulse, Shell
from ..chapters import ChapterPage, Noticing, Visit, make_page
from ..content import accepted_languages, languages
from ..domain.refused import Refused
from ..widgets.words import LINE
from ..workbook import LANGUAGE
from .book import Desk
from .caseload_page import CaseloadPage
from .cohort_page import CohortPage
from .session_page import SessionPage
from .studio import StudioPage

PAGES: dict[str, Callable[[Desk, Visit], ChapterPage]] = {
    "desk": CaseloadPage,
    "session": SessionPage,
    "cohort": CohortPage,
    "studio": StudioPage,
}
"""A chapter of the desk to its page."""


class DeskApp:
    """Keeps the pages of one visit to the desk; what ``App`` is to a workbook.

    Args:
        desk: The open desk.
        first: The page it opens with, which then leads the list of them.

    Raises:
        KeyError: there is no such page.
    """

    def __init__(self, desk: Desk, first: str = "desk") -> None:
        self.desk = desk
        self._visit = Visit(desk.workbook)
        self._pages: dict[str, ChapterPage] = {}
        self._open: str | None = None
        self._draws = self._seen = self._unseen = False
        self._pulse = Pulse(self._look)
        content, words = desk.workbook.content, desk.workbook.content.words
        chapters = [content.desk[name] for name in (first, *(name for name in PAGES if name != first))]
        listed = [{"id": one.id, "title": one.title, "state": "plain", "quiet": False} for one in chapters]
        self.shell = Shell(
            [*listed, {"id": "help", "title": words("desk.help"), "state": "plain", "quiet": True}],
            words={
                **words.group("shell"),
                **{key: words[f"exercise.{key}"] for key in LINE},
                "private": words("desk.private" if desk.centre.centre is None else "desk.private_centre"),
                "state_plain": words("desk.page"),
            },
            locale=content.locale,
            direction=content.facts.direction,
            on_go=self._go,
            languages=languages(),
            on_language=self._choose_language,
            on_beat=self._notice,
        )
        self._visit.go, self._visit.redraw = self.shell.go, self._redraw
        desk.workbook.observe(self._moved, ["revision", "day"])
        self._follow()

    def _choose_language(self, tag: str) -> None:
        if tag in languages():
            self.desk.workbook.set_setting(LANGUAGE, tag)

    def _follow(self) -> None:
        """Look what was shared through the centre, where there is one, and what was taken back."""
        self.desk.centre.look(next(iter(self.desk.names), ""), self._found)

    def _found(self) -> None:
        """Something changed there. Before anybody sees the first page it is drawn for nobody, so that waits."""
        if self._seen:
            self._redraw()
        else:
            self._unseen = True

    def _arrive(self) -> None:
        """The first page is there: what was found while it was on its way is drawn now."""
        self._seen = True
        if self._unseen:
            self._unseen = False
            self._redraw()

    def _go(self, chapter: str, rest: str) -> Any:
        self.desk.workbook.poll()
        if self._open is not None:  # The first page is built before anybody asks for one.
            self._arrive()
            self._pulse.begin()
        self._follow()
        self._open = chapter
        if chapter not in self._pages:
            made = PAGES.get(chapter)
            self._pages[chapter] = (
                make_page(chapter, self._visit) if made is None else made(self.desk, self._visit)
            )
        self._pages[chapter].open(rest)
        return self._pages[chapter].widget

    def _notice(self) -> None:
        self._arrive()
        self._pulse.begin()
        self._look()

    def _look(self) -> None:
        with contextlib.suppress(Refused):
            self.desk.workbook.poll()
        page = self._pages.get(self._open or "")
        if isinstance(page, Noticing):
            page.notice()
        self._follow()

    def _moved(self, _change: object) -> None:
        """As in ``App``: the answer to whatever moved it goes out first, and moves of one turn are drawn once."""
        if self._draws:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._redraw()
            return
        self._draws = True
        loop.call_soon(self._redraw)

    def _redraw(self) -> None:
        self._draws = False
        if self._open is not None:
            self._pages[self._open].refresh()


def open_desk(home: str | Path | None = None, *, locale: str | None = None, page: str = "desk") -> Shell:
    """The counsellor's desk, as the app shows it. What is over by now is erased before anything is shown.

    Args:
        home: Its folder; ``REBOUND_DESK``, or ``desk`` in the person's own folder, where not given.
        locale: The language of the pages; as in ``open_workbook`` where not given.
        page: The page it opens with: ``desk``, ``session``, ``cohort`` or ``studio``.

    Raises:
        KeyError: there is no such page.
        Refused: the folder holds somebody's own workbook, or the file cannot be opened.
    """
    wishes = [os.environ.get("REBOUND_LOCALE", ""), *accepted_languages(os.environ.get("REBOUND_ACCEPT", ""))]
    given = os.environ.get("REBOUND_CONTENT")
    desk = Desk.open(home, locale=locale, wishes=wishes, overlay=Path(given) if given else None)
    atexit.register(_close, desk)
    return DeskApp(desk, page).shell.begin()


def _close(desk: Desk) -> None:
    with contextlib.suppress(Refused, OSError):
        desk.close()
