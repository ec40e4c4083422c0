"""The app: every chapter on one page with one kernel, and one chapter alone for a session in JupyterLab."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import os
from pathlib import Path
from typing import Any

from ..chapters import ChapterPage, Noticing, Visit, make_page
from ..content import accepted_languages, languages
from ..domain.chapter import Chapter
from ..domain.refused import Refused
from ..widgets.page import Page
from ..widgets.words import LINE
from ..workbook import LANGUAGE, Workbook
from .pulse import Pulse
from .shell import Shell


class App:
    """Keeps the pages of one visit: builds each when it is first opened, refreshes the one that is open."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self._visit = Visit(workbook)
        self._pages: dict[str, ChapterPage] = {}
        self._open: str | None = None
        self._draws = False
        self._pulse = Pulse(self._look)
        words = workbook.content.words
        self.shell = Shell(
            self._chapters(),
            words={**words.group("shell"), **{key: words[f"exercise.{key}"] for key in LINE}},
            locale=workbook.content.locale,
            direction=workbook.content.facts.direction,
            on_go=self._go,
            languages=languages(),
            on_language=self._choose_language,
            on_beat=self._notice,
        )
        self._visit.go = self.shell.go
        self._visit.redraw = self._redraw
        workbook.observe(self._moved, ["revision", "day"])

    def _choose_language(self, tag: str) -> None:
        if tag in languages():
            self.workbook.set_setting(LANGUAGE, tag)

    def _go(self, chapter: str, rest: str) -> Page:
        self.workbook.poll()
        if self._open is not None:  # The first page is built before anybody asks for one.
            self._pulse.begin()
        self._open = chapter
        if chapter not in self._pages:
            self._pages[chapter] = make_page(chapter, self._visit)
        page = self._pages[chapter]
        page.open(rest)
        shown: Page = page.widget
        return shown

    def _notice(self) -> None:
        """The page is there. What was found while it was on its way would have been drawn for nobody."""
        self._pulse.begin()
        self._look()

    def _look(self) -> None:
        """Another window or the centre may have written; where the file cannot be read now, the next save says so."""
        with contextlib.suppress(Refused):
            self.workbook.poll()
        page = self._pages.get(self._open or "")
        if isinstance(page, Noticing):
            page.notice()

    def _moved(self, _change: object) -> None:
        """The one place where a new revision becomes a new page.

        The answer to whatever moved it goes out first: it says that words are on disk, and must not wait for
        frames and charts. Several moves in one turn of the loop are drawn once.
        """
        if self._draws:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # nobody waits for an answer
            self._draw()
            return
        self._draws = True
        loop.call_soon(self._draw)

    def _draw(self) -> None:
        self._draws = False
        self._redraw()
        self.shell.chapters = self._chapters()

    def _redraw(self) -> None:
        if self._open is not None:
            self._pages[self._open].refresh()

    def _chapters(self) -> list[dict[str, Any]]:
        # Read from the records: a page that needs no frame loads no pandas.
        answers = [record.body for record in self.workbook.current("answer")]
        written = {
            str(body.get("question")).partition("/")[0] for body in answers if body.get("value") is not None
        }
        return [
            {
                "id": chapter.id,
                "title": chapter.title,
                "state": self._state(chapter, written),
                "quiet": not chapter.exercises,
            }
            for chapter in self.workbook.content.chapters.values()
        ]

    def _state(self, chapter: Chapter, written: set[str]) -> str:
        begun = chapter.id in written
        if chapter.id == "search":
            begun = bool(self.workbook.current("application"))
        return "part" if begun else "none"


def open_workbook(home: str | Path | None = None, *, locale: str | None = None) -> Shell:
    """The whole workbook, as the app shows it.

    Args:
        home: The folder of the workbook; ``REBOUND_HOME`` or the usual place where not given.
        locale: The language of the pages. Where not given: the person's choice, else ``REBOUND_LOCALE``, else
            the browser's, else English.

    Raises:
        Refused: the workbook is damaged, newer than this Rebound, or another program's.
    """
    return App(_workbook(home, locale)).shell.begin()


def open_chapter(chapter_id: str, home: str | Path | None = None, *, locale: str | None = None) -> Page:
    """One chapter alone, for a session in JupyterLab; see ``open_workbook``.

    Raises:
        KeyError: there is no such chapter.
    """
    alone = _Alone(_workbook(home, locale), chapter_id)
    shown: Page = alone.page.widget
    return shown


class _Alone:
    """A chapter without a frame around it. Alone it goes only to addresses of its own."""

    def __init__(self, workbook: Workbook, chapter_id: str) -> None:
        visit = Visit(workbook)
        self._workbook, self._id = workbook, chapter_id
        self.page = make_page(chapter_id, visit)
        visit.go, visit.redraw = self._go, self.page.refresh
        workbook.observe(self._moved, ["revision", "day"])
        self.page.open("")
        self._pulse = Pulse(self._look)
        self._pulse.begin()

    def _go(self, address: str) -> None:
        chapter, _, rest = address.partition("/")
        if chapter == self._id:
            self.page.open(rest)

    def _moved(self, _change: object) -> None:
        self.page.refresh()

    def _look(self) -> None:
        with contextlib.suppress(Refused):
            self._workbook.poll()


def _workbook(home: str | Path | None, locale: str | None) -> Workbook:
    overlay = os.environ.get("REBOUND_CONTENT")
    wishes = [os.environ.get("REBOUND_LOCALE", ""), *accepted_languages(os.environ.get("REBOUND_ACCEPT", ""))]
    workbook = Workbook.open(
        home,
        locale=locale,
        wishes=wishes,
        overlay=Path(overlay) if overlay else None,
    )
    atexit.register(_close, workbook)
    return workbook


def _close(workbook: Workbook) -> None:
    """The kernel ends: back up what is not backed up yet. A folder that is gone by now needs no backup."""
    with contextlib.suppress(Refused, OSError):
        workbook.close()
