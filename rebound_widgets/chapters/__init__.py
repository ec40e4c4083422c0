"""Questions into widgets, frames into views: one class for each chapter that is more than its questions.

A chapter is loaded when its page is first opened: what the others need (pandas, calendars, pictures) is not waited for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import cast

from .visit import ChapterPage, Noticing, Visit

PAGES: Mapping[str, str] = MappingProxyType(
    {
        "start": "StartPage",
        "search": "SearchPage",
        "debrief": "DebriefPage",
        "no": "NoPage",
        "ready": "ReadyPage",
        "help": "HelpPage",
        "learn": "LearnPage",
        "refocus": "RefocusPage",
        "keep-going": "KeepGoingPage",
        "share": "SharePage",
    }
)
"""Chapter id to the class of its page, in the module of that name. One that is not here is drawn by ``PlainPage``."""


def make_page(chapter_id: str, visit: Visit) -> ChapterPage:
    """The page of a chapter.

    Raises:
        KeyError: there is no such chapter.
    """
    if chapter_id not in PAGES:
        from .plain import PlainPage  # noqa: PLC0415

        return PlainPage(visit, chapter_id)
    module = import_module(f".{chapter_id.replace('-', '_')}", __name__)
    made = cast("Callable[[Visit], ChapterPage]", getattr(module, PAGES[chapter_id]))
    return made(visit)


__all__ = ["PAGES", "ChapterPage", "Noticing", "Visit", "make_page"]
