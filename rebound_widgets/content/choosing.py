"""Which language the pages are in: of those there are, the first that somebody wishes for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from .. import places
from .loading import FIRST_LOCALE, load_content

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def languages(overlay: Path | None = None) -> dict[str, str]:
    """The languages there are, by tag, each with its own name for itself; the first language first.

    Args:
        overlay: An institution's own content, which may reword a language but adds none.
    """
    folder = places.shipped("data") / "content"
    tags = sorted(path.parent.name for path in folder.glob("*/locale.yaml"))
    tags.sort(key=lambda tag: tag != FIRST_LOCALE)
    return {tag: load_content(tag, overlay).facts.name for tag in tags}


def choose_language(wishes: Iterable[str | None]) -> str:
    """The tag to load: the first wish whose language there is, as it was wished (``es-MX``); else English."""
    found = (wish.replace("_", "-") for wish in wishes if wish and has_language(wish))
    return next(found, FIRST_LOCALE)


def has_language(tag: str) -> bool:
    """Whether there is content in this tag's language."""
    if not _TAG.fullmatch(tag):
        return False
    language = re.split("[-_]", tag)[0].lower()
    return (places.shipped("data") / "content" / language / "locale.yaml").is_file()


def accepted_languages(header: str) -> Sequence[str]:
    """The tags of an ``Accept-Language`` header, the most wished for first (RFC 9110, 12.5.4).

    Anything that is no tag with a weight is passed over; ``*`` stands for no wish.
    """
    weighed = []
    for place, part in enumerate(header[:1000].split(",")):
        tag, _, weight = (piece.strip() for piece in part.partition(";"))
        found = re.fullmatch(r"q=([01](?:\.\d{0,3})?)", weight) if weight else None
        if not _TAG.fullmatch(tag) or (weight and found is None):
            continue
        wished = float(found.group(1)) if found else 1.0
        if wished > 0:
            weighed.append((-wished, place, tag))
    return [tag for _, _, tag in sorted(weighed)]
