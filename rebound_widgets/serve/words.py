"""The sentences of the pages that come before the app, and instead of it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.refused import Refused

if TYPE_CHECKING:
    from ..content import Content


@dataclass(frozen=True)
class Sentences:
    """The words under ``serve`` in ``words.yaml``.

    Attributes:
        locale: The language they are in, as BCP 47.
        words: Every sentence by its key.
        direction: ``ltr`` or ``rtl``: which way they run.
        content: All content in that language, for pages that say a day or a number; ``None`` where there is none.
    """

    locale: str
    words: Mapping[str, str]
    direction: str = "ltr"
    content: Content | None = None


Speak = Callable[[str, str], Sentences]
"""Is given the language that was chosen in this browser, or nothing, and its ``Accept-Language``."""


def speaking(locale: str | None, overlay: Path | None) -> Speak:
    """The sentences for one browser: in the language chosen there, else ``locale``, else the one it asks for.

    The person's choice itself is in the workbook, which only a kernel opens; the page leaves it in a cookie too.
    """

    def speak(chosen: str, accept: str) -> Sentences:
        from ..content import accepted_languages, choose_language  # noqa: PLC0415 - after the ready line

        # The language alone: a stranger may ask for any region, and each would be kept.
        found = choose_language([chosen, locale, *accepted_languages(accept)])
        return sentences(found.split("-")[0].lower(), overlay)

    return speak


@functools.cache
def sentences(locale: str | None = None, overlay: Path | None = None) -> Sentences:
    """The sentences in the language nearest to ``locale``, English where it is ``None``.

    Raises:
        Refused: the institution's folder ``overlay`` is not there or cannot be used.
    """
    from ..content import ContentBroken, load_content  # noqa: PLC0415 - a quarter of a second, after the ready line

    try:
        content = load_content(locale or "en", overlay)
    except ContentBroken as broken:
        raise Refused(
            "content-broken",
            "The questions in {folder} cannot be used yet. {problem} To see all that is to mend: "
            "rebound check --content {folder}",
            folder=overlay,
            problem=broken.problems[0],
        ) from None
    return Sentences(content.locale, content.words.group("serve"), content.facts.direction, content)


def for_hub(speak: Speak) -> Speak:
    """The same, with the sentences that hold where a hub serves the pages in the place of those that do not."""

    def told(chosen: str, accept: str) -> Sentences:
        said = speak(chosen, accept)
        own = {key.removeprefix("hub_"): text for key, text in said.words.items() if key.startswith("hub_")}
        return Sentences(said.locale, {**said.words, **own}, said.direction, said.content)

    return told
