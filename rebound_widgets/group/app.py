"""What a group's kernels show: the workbook of somebody in it, and the counsellor's page."""

from __future__ import annotations

import atexit
import contextlib
import os
from pathlib import Path
from typing import Any

from ..app import Shell
from ..chapters import ChapterPage, Visit, make_page
from ..content import accepted_languages, languages
from ..domain.refused import Refused
from ..widgets.words import LINE
from ..workbook import LANGUAGE, Workbook
from .host import GROUP, HostPage
from .member import MemberApp


class HostApp:
    """The counsellor's page under the frame that every page has.

    Args:
        workbook: A workbook in which nothing is kept but the language.
    """

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._visit = Visit(workbook)
        content, words = workbook.content, workbook.content.words
        self._page: HostPage | None = None
        self._help: ChapterPage | None = None
        chapter = content.desk[GROUP]
        self.shell = Shell(
            [
                {"id": GROUP, "title": chapter.title, "state": "plain", "quiet": False},
                {"id": "help", "title": words("desk.help"), "state": "plain", "quiet": True},
            ],
            words={
                **words.group("shell"),
                **{key: words[f"exercise.{key}"] for key in LINE},
                "private": words("group.private"),
                "state_plain": words("desk.page"),
            },
            locale=content.locale,
            direction=content.facts.direction,
            on_go=self._go,
            languages=languages(),
            on_language=self._choose_language,
        )
        self._visit.go = self.shell.go

    def _go(self, chapter: str, rest: str) -> Any:
        if chapter == GROUP:
            if self._page is None:  # as in ``MemberApp``
                self._page = HostPage(self._visit)
            self._page.open(rest)
            return self._page.widget
        if self._help is None:
            self._help = make_page(chapter, self._visit)
        self._help.open(rest)
        return self._help.widget

    def _choose_language(self, tag: str) -> None:
        if tag in languages():
            self._workbook.set_setting(LANGUAGE, tag)


def open_group() -> Shell:
    """The counsellor's page of a group, in a kernel that ``rebound group`` has started."""
    return HostApp(_workbook()).shell


def open_room() -> Shell:
    """The workbook of somebody in a group, in a kernel that ``rebound group`` has started."""
    return MemberApp(_workbook()).shell


def _workbook() -> Workbook:
    overlay = os.environ.get("REBOUND_CONTENT")
    wishes = [os.environ.get("REBOUND_LOCALE", ""), *accepted_languages(os.environ.get("REBOUND_ACCEPT", ""))]
    workbook = Workbook.open(wishes=wishes, overlay=Path(overlay) if overlay else None)
    atexit.register(_close, workbook)
    return workbook


def _close(workbook: Workbook) -> None:
    with contextlib.suppress(Refused, OSError):
        workbook.close()
