"""The frame of the app: chapters, save status, help, and the page that is open."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import traitlets

from ..widgets.frontend import module, style
from ..widgets.sent_once import SentOnce

STATIC = Path(__file__).resolve().parent / "static"
log = logging.getLogger(__name__)


def _references(pages: Mapping[str, Any], _owner: object = None) -> dict[str, str]:
    return {chapter: f"anywidget:{page.model_id}" for chapter, page in pages.items()}


class Shell(SentOnce):
    """The app's frame. Pages are built when they are first opened and kept from then on.

    Args:
        chapters: Mappings of ``id``, ``title``, ``state`` (``none``, ``part``, ``done``) and ``quiet``
            (reached by its own link, not in the list), in order; the first is opened where no address says.
        words: The words of the frame.
        locale: The language of the page, as BCP 47.
        direction: ``ltr`` or ``rtl``: which way its words run.
        on_go: Called with a chapter's id and the rest of the address whenever the address changes; returns
            the page to show for that chapter.
        on_beat: Called now and then while the page is open, and when it comes to the front again.
        languages: The languages there are, by tag, each with its own name. With two or more of them the person
            is offered the choice.
        on_language: Keeps the tag that was chosen; the page is then loaded anew.
    """

    _esm = module(STATIC / "shell.js")
    _css = style(STATIC / "shell.css")

    chapters = traitlets.List().tag(sync=True)
    pages = traitlets.Dict().tag(sync=True, to_json=_references)
    words = traitlets.Dict().tag(sync=True)
    locale = traitlets.Unicode("en").tag(sync=True)
    direction = traitlets.Unicode("ltr").tag(sync=True)
    languages = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        chapters: Sequence[Mapping[str, Any]],
        *,
        words: Mapping[str, str],
        locale: str,
        direction: str = "ltr",
        on_go: Callable[[str, str], Any],
        on_beat: Callable[[], object] = lambda: None,
        languages: Mapping[str, str] = MappingProxyType({}),
        on_language: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(chapters=[dict(c) for c in chapters], words=dict(words), locale=locale)
        self.direction = direction
        self.languages = dict(languages)
        self._on_language = on_language
        self._on_go = on_go
        self._on_beat = on_beat
        self._begun = False
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        return "<Rebound>"

    def begin(self) -> Shell:
        """Build the first chapter now, so that it comes with the frame and nobody has to ask for it.

        Where that fails nothing is built, and it fails again, and is told, when the chapter is asked for.
        """
        first = self.chapters[0]["id"]
        with contextlib.suppress(Exception):
            self.pages = {first: self._on_go(first, "")}
            self._begun = True
        return self

    def go(self, address: str) -> None:
        """Take the person to an address, such as ``search/application-1x``."""
        self.send({"type": "go", "address": address})

    def _receive(self, _widget: object, message: Mapping[str, Any], _buffers: object) -> None:
        if message.get("type") == "beat":
            self.send({"type": "beat", "n": message.get("n")})
            self._on_beat()
        if message.get("type") == "language" and self._on_language is not None:
            self._on_language(str(message.get("locale")))
            self.send({"type": "reload"})
        if message.get("type") != "go":
            return
        chapter, _, rest = str(message.get("address", "")).strip("/").partition("/")
        known = [c["id"] for c in self.chapters]
        if chapter not in known:
            chapter, rest = known[0], ""
        if self._begun and (chapter, rest) == (known[0], ""):
            self._on_beat()  # It was built a moment ago; only another window may have written since.
        else:
            page = self._on_go(chapter, rest)
            if chapter not in self.pages:
                self.pages = {**self.pages, chapter: page}
        self._begun = False
        self.send({"type": "gone", "address": message.get("address")})
