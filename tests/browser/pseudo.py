"""A language that nobody speaks, made from English: every sentence accented, longer, and between ⟦ and ⟧.

A word on a page that is not between the brackets does not come from a content file. Used by
``test_pseudo_locale.py`` as an institution's content for the tag ``en-XA``; never shipped.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from rebound_widgets import places
from rebound_widgets.content.files import Layer, read_layer

TAG = "en-XA"
LONGER = 0.4
SPOKEN = frozenset(
    {
        "add",
        "ask",
        "body",
        "high_word",
        "hint",
        "intro",
        "item_title",
        "lede",
        "low_word",
        "source",
        "subject",
    }
    | {"suggestions", "text", "title", "unanswered", "unit", "why", "year"}
)
SPOKEN_INSIDE = frozenset({"words", "options", "piles", "labels", "blanks", "marks"})
_ACCENTS = str.maketrans("aceinosuyzACEINOSUYZ", "àçéïñòšùýžÀÇÉÏÑÒŠÙÝŽ")
_FILL = "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore "
_PARTS = re.compile(r"(\{\w+\})")


def pseudo(sentence: str) -> str:
    """The sentence in the language nobody speaks; facts in braces stay, and so does what has no letters."""
    said = _PARTS.sub("", sentence)
    if not re.search(r"[^\W\d_]", said):
        return sentence
    parts = [part if _PARTS.fullmatch(part) else part.translate(_ACCENTS) for part in _PARTS.split(sentence)]
    more = max(1, round(len(said) * LONGER) - 3)
    fill = (_FILL * (more // len(_FILL) + 1))[:more].strip().translate(_ACCENTS)
    return f"⟦{''.join(parts)} {fill}⟧"


def _turned(value: Any, *, spoken: bool) -> Any:
    if isinstance(value, dict):
        return {
            key: _turned(item, spoken=spoken or key in SPOKEN or key in SPOKEN_INSIDE)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_turned(item, spoken=spoken) for item in value]
    return pseudo(value) if spoken and isinstance(value, str) else value


def _only_spoken(value: Any) -> Any:
    """Without what a language cannot reword, such as what a question is about."""
    if isinstance(value, dict):
        # A list: among words there may be a sentence of that name.
        fixed = [key for key in ("components", "evidence") if isinstance(value.get(key), list)]
        return {key: _only_spoken(item) for key, item in value.items() if key not in fixed}
    return [_only_spoken(item) for item in value] if isinstance(value, list) else value


def write_pseudo(folder: Path, refusals: dict[str, str], *, direction: str = "ltr") -> Path:
    """Write the language into ``folder``, an overlay's folder; returns it.

    Args:
        folder: Made where missing.
        refusals: Rule to English sentence with plain names in braces: those stand in the code.
        direction: ``ltr`` or ``rtl``.
    """
    english = read_layer(places.shipped("data") / "content" / "en", "en", own=True)
    place = folder / TAG
    for part in ("chapters", "letters"):
        (place / part).mkdir(parents=True, exist_ok=True)
    _write_chapters(english, place)
    for stem, letter in english.letters.items():
        turned = _turned(letter, spoken=False)
        body = "\n\n".join(pseudo(part) for part in letter["body"].split("\n\n"))
        head = json.dumps({**{k: v for k, v in turned.items() if k != "body"}}, ensure_ascii=False)
        (place / "letters" / f"{stem}.md").write_text(f"---\n{head}\n---\n{body}\n", encoding="utf-8")
    words = _turned(english.single["words"], spoken=True)
    words["refused"] = {rule: pseudo(sentence) for rule, sentence in refusals.items()}
    evidence = _turned(english.single["evidence"], spoken=False)
    locale = {**english.single["locale"], "locale": TAG, "name": "Nobody's", "direction": direction}
    for name, value in (("words", words), ("evidence", evidence), ("locale", locale)):
        (place / f"{name}.yaml").write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return folder


def _write_chapters(english: Layer, place: Path) -> None:
    for stem, chapter in english.chapters.items():
        text = json.dumps(_turned(_only_spoken(chapter), spoken=False), ensure_ascii=False)
        (place / "chapters" / f"{stem}.yaml").write_text(text, encoding="utf-8")
