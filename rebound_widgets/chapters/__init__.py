"""Questions into widgets, frames into views: one class for each chapter that is more than its questions."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from .debrief import DebriefPage
from .help import HelpPage
from .keep_going import KeepGoingPage
from .learn import LearnPage
from .no import NoPage
from .plain import PlainPage
from .ready import ReadyPage
from .refocus import RefocusPage
from .search import SearchPage
from .share import SharePage
from .start import StartPage
from .visit import ChapterPage, Visit

PAGES: Mapping[str, Callable[[Visit], ChapterPage]] = MappingProxyType(
    {
        "start": StartPage,
        "search": SearchPage,
        "debrief": DebriefPage,
        "no": NoPage,
        "ready": ReadyPage,
        "help": HelpPage,
        "learn": LearnPage,
        "refocus": RefocusPage,
        "keep-going": KeepGoingPage,
        "share": SharePage,
    }
)
"""Chapter id to its page. A chapter that is not here is drawn by ``PlainPage`` from its file alone."""


def make_page(chapter_id: str, visit: Visit) -> ChapterPage:
    """The page of a chapter.

    Raises:
        KeyError: there is no such chapter.
    """
    made = PAGES.get(chapter_id)
    return PlainPage(visit, chapter_id) if made is None else made(visit)


__all__ = ["PAGES", "ChapterPage", "Visit", "make_page"]
