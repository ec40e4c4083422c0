"""Rule files: phrases to look for in a text, written so that anybody can read and mend them."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from .. import places

FIRST_LOCALE = "en"
"""Whose rules stand in where a language has none of its own."""

_GAP = r"(?:\s+\S+){0,4}?\s+"
_PLAIN = str.maketrans({"\u2019": "'", "\u2018": "'", "\u00b4": "'", "\u00a0": " "})


@functools.lru_cache(maxsize=16)
def read_rules(name: str, locale: str) -> Mapping[str, Any]:
    """The rule file of that name in a language: ``es-MX`` falls back on ``es``, then English.

    Args:
        name: ``tone``, ``reading`` and so on: ``data/rules/<locale>/<name>.toml``.
        locale: The language's tag.

    Raises:
        FileNotFoundError: there is no such rule file.
    """
    folder = places.shipped("data") / "rules"
    for tag in (locale, locale.partition("-")[0], FIRST_LOCALE):
        path = folder / tag / f"{name}.toml"
        if path.is_file():
            return tomllib.loads(path.read_text(encoding="utf-8"))
    raise FileNotFoundError(f"There are no rules called {name!r} in {folder}.")


@functools.lru_cache(maxsize=256)
def pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all of ``phrases``: whole words, any case, any white space between them.

    ``(a|b)`` is one or the other, ``?`` makes what stands before it optional, `` ... `` is up to four words.
    """
    written = [phrase.replace(" ... ", _GAP).replace(" ", r"\s+") for phrase in phrases]
    return re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)", re.IGNORECASE)


def plain(text: str) -> str:
    """``text`` with straight apostrophes and blanks; every character stays at its place."""
    return text.translate(_PLAIN)


def spans(phrases: Iterable[str], text: str) -> list[tuple[int, int]]:
    """Where any of ``phrases`` stands in ``text``: start and end, in characters."""
    return [found.span() for found in pattern(tuple(phrases)).finditer(plain(text))]


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of ``text`` stand; a line break ends one too."""
    found = re.finditer(r"[^.!?\n]+(?:[.!?]+|(?=\n)|$)", text)
    return [one.span() for one in found if one.group().strip()]
