"""Looks an author's content over: what cannot be used, and what could be said better."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from .. import places
from ..domain.chapter import COMPONENTS
from .files import LOCALE_FORM, Layer, read_layer, read_text
from .help_lines import CHECK_DAYS
from .loading import FIRST_LOCALE, Content, drafts_of, read_content
from .marked import MarkedDict, MarkedList
from .problems import Problem, shorten

WORDS_IN_SENTENCE = 30
SKILL, MORALE = COMPONENTS[:2], COMPONENTS[2:]
NOT_COVERED = ("start", "search", "share")
"""Chapters that need not have a part of skill and a part of morale."""

_SPOKEN = frozenset(
    {"add", "ask", "body", "high_word", "hint", "intro", "item_title", "lede", "low_word", "subject", "text"}
    | {"title", "unanswered", "unit", "why"}
)
"""Keys of a content file whose value is read by a person."""
_SPOKEN_MAPPINGS = frozenset({"words", "options", "piles", "labels", "blanks", "marks"})
_SENTENCE_END = re.compile(r"(?<=[.?!:;])\s+|\n+")


def check_content(
    folder: Path,
    *,
    today: dt.date | None = None,
    drafts: Mapping[str, str] = MappingProxyType({}),
) -> list[Problem]:
    """Everything worth saying about a content folder, ours or an institution's; empty when nothing is.

    What is only better otherwise has ``warning`` set: the content works all the same.

    Args:
        folder: Holds a folder for each language, such as ``en``; or one language's folder.
        today: The day to count from when a help line was last looked at; the real one when not given.
        drafts: Files of an institution's folder, such as ``es/chapters/no.yaml``, to the text that stands in for
            what is on disk.
    """
    if not folder.is_dir():
        rule = "It is a folder with one folder for each language, such as en"
        return [Problem(file=str(folder), line=0, what="There is no such folder", rule=rule)]
    folder = folder.resolve()
    ours = (places.shipped("data") / "content").resolve()
    if _is_one_language(folder):
        folder, locales = folder.parent, [folder]
    else:
        there = [p for p in folder.iterdir() if p.is_dir() and not p.name.startswith(".")]
        locales = sorted({*there, *(folder / name.partition("/")[0] for name in drafts)})
    problems: set[Problem] = set()
    for path in locales:
        if not LOCALE_FORM.fullmatch(path.name):
            problems.add(_odd_folder(folder, path))
            continue
        own = folder == ours
        problems.update(_locale_problems(folder, path.name, own=own, today=today, drafts=drafts))
    if not locales:
        rule = "It has one folder for each language, such as en"
        problems.add(Problem(file=folder.name, line=0, what="The folder has no content", rule=rule))
    return sorted(problems)


def _is_one_language(folder: Path) -> bool:
    files = ("chapters", "letters", "words.yaml", "locale.yaml", "evidence.yaml")
    return bool(LOCALE_FORM.fullmatch(folder.name)) and any((folder / name).exists() for name in files)


def _odd_folder(folder: Path, path: Path) -> Problem:
    rule = "A language's folder is named en, es, pt-BR and so on"
    return Problem(
        file=f"{folder.name}/{path.name}", line=0, what="The folder is no language", rule=rule, warning=True
    )


def _locale_problems(
    folder: Path, locale: str, *, own: bool, today: dt.date | None, drafts: Mapping[str, str]
) -> Iterator[Problem]:
    root = folder if own else None
    content, problems = read_content(
        locale, None if own else folder, root=root, use_parsed=not own, drafts=drafts
    )
    yield from problems
    name, written = f"{folder.name}/{locale}", drafts_of(locale, drafts)
    layer = read_layer(folder / locale, name, own=own, use_parsed=False, drafts=written)
    if content is not None:
        yield from _style(layer, content.facts.avoid)
        yield from _coverage(content, layer)
        yield from _old_lines(content, folder, today or dt.datetime.now(dt.UTC).date())
    if locale != FIRST_LOCALE:
        for file, key, _sentence in untranslated(folder, layer, drafts):
            rule = f"Every text of {FIRST_LOCALE}/{file} has one"
            yield _warning((f"{layer.name}/{file}", 0), f"There is no translation of {key}", rule)


# How it is said ------------------------------------------------------------------------------------------


def _style(layer: Layer, avoid: tuple[str, ...]) -> Iterator[Problem]:
    """Words the product does not say, exclamation marks, sentences too long to take in."""
    words = re.compile(rf"\b({'|'.join(map(re.escape, avoid))})\b", re.IGNORECASE) if avoid else None
    for text, place in spoken(layer):
        for found in words.finditer(text) if words else ():
            rule = "Say it without"
            yield _warning(place, "There is a word this product does not say", rule, found.group())
        if "!" in text:
            yield _warning(place, "There is an exclamation mark", "End the sentence with a full stop", text)
        for sentence in _SENTENCE_END.split(text):
            count = len(sentence.split())
            if count > WORDS_IN_SENTENCE:
                rule = f"A sentence has at most {WORDS_IN_SENTENCE} words; this one has {count}"
                yield _warning(place, "The sentence is long", rule, sentence)


def _warning(place: tuple[str, int], what: str, rule: str, got: str = "") -> Problem:
    return Problem(file=place[0], line=place[1], what=what, rule=rule, got=shorten(got), warning=True)


def spoken(layer: Layer) -> Iterator[tuple[str, tuple[str, int]]]:
    """Every text of a layer that a person reads, with its file and line."""
    for given in [*layer.chapters.values(), *layer.letters.values()]:
        yield from _spoken_in(given)
    for kind in ("words", "evidence"):
        if kind in layer.single:
            yield from _all_texts(layer.single[kind]) if kind == "words" else _spoken_in(layer.single[kind])


def _spoken_in(value: object) -> Iterator[tuple[str, tuple[str, int]]]:
    if isinstance(value, MarkedList):
        for item in value:
            yield from _spoken_in(item)
    elif isinstance(value, MarkedDict):
        for key, item in value.items():
            if key in _SPOKEN and isinstance(item, str):
                yield item, value.where(key)
            elif key in _SPOKEN_MAPPINGS:
                yield from _all_texts(item)
            else:
                yield from _spoken_in(item)


def _all_texts(value: object) -> Iterator[tuple[str, tuple[str, int]]]:
    if isinstance(value, MarkedDict):
        for key, item in value.items():
            if isinstance(item, str):
                yield item, value.where(key)
            else:
                yield from _all_texts(item)


# What is missing -----------------------------------------------------------------------------------------


def _coverage(content: Content, layer: Layer) -> Iterator[Problem]:
    """A chapter works on skill and on morale: programmes helped only where both were there."""
    for chapter in content.chapters.values():
        if chapter.id in NOT_COVERED or not chapter.exercises or chapter.id not in layer.chapters:
            continue
        parts = {part for exercise in chapter.exercises for part in exercise.components}
        for name, group in (("skill", SKILL), ("morale", MORALE)):
            if not parts & set(group):
                yield _warning(
                    layer.chapters[chapter.id].where("exercises"),
                    f"The chapter {chapter.id} has no part of {name}",
                    f"One exercise or more has the component {' or '.join(group)}",
                )


def _old_lines(content: Content, folder: Path, today: dt.date) -> Iterator[Problem]:
    for line in content.help_lines:
        days = (today - line.checked_on).days
        if days > CHECK_DAYS:
            yield _warning(
                (f"{folder.name}/help_lines.csv" if line.own else "data/help_lines.csv", 0),
                f"The line “{shorten(line.name)}” was last looked at {days} days ago",
                f"Look at it every {CHECK_DAYS} days and write down the day",
                line.checked_on.isoformat(),
            )


def untranslated(
    folder: Path, layer: Layer, drafts: Mapping[str, str] = MappingProxyType({}), *, alike: bool = False
) -> list[tuple[str, str, str]]:
    """Texts that stand in the first language's file of a folder and not in a layer of the same folder.

    Args:
        folder: Holds a folder for the first language.
        layer: The other language's.
        drafts: As in ``check_content``.
        alike: Whether a text that says the same as in the first language is no translation either.

    Returns:
        File, path of the text in it, and the sentence in the first language; in the order of the files.
    """
    written = drafts_of(FIRST_LOCALE, drafts)
    ours = folder.resolve() == (places.shipped("data") / "content").resolve()
    first = read_layer(folder / FIRST_LOCALE, FIRST_LOCALE, own=ours, drafts=written)
    got = _texts(layer)
    return [
        (file, key, sentence)
        for file, texts in _texts(first).items()
        for key, sentence in texts.items()
        if (found := got.get(file, {}).get(key)) is None or (alike and found == sentence)
    ]


def texts_of(text: str, name: str) -> dict[str, str]:
    """Every sentence in a file of that name that a person reads, by its path; none where it cannot be read."""
    value, _ = read_text(text, name)
    return dict(_paths(value, "", spoken=name.endswith("/words.yaml")))


def _texts(layer: Layer) -> dict[str, dict[str, str]]:
    """File to its texts by their paths; items of lists go by their id."""
    files: list[tuple[str, MarkedDict]] = [
        *((f"chapters/{stem}.yaml", given) for stem, given in layer.chapters.items()),
        *((f"letters/{stem}.md", given) for stem, given in layer.letters.items()),
        *((f"{kind}.yaml", given) for kind, given in layer.single.items() if kind != "locale"),
    ]
    return {file: dict(_paths(given, "", spoken=file == "words.yaml")) for file, given in files}


def _paths(value: object, path: str, *, spoken: bool) -> Iterator[tuple[str, str]]:
    if isinstance(value, MarkedList):
        for item in value:
            if isinstance(item, MarkedDict):
                yield from _paths(item, f"{path}/{item.get('id', '')}", spoken=spoken)
    elif isinstance(value, MarkedDict):
        for key, item in value.items():
            if isinstance(item, str) and (spoken or key in _SPOKEN):
                yield f"{path}/{key}".lstrip("/"), item
            else:
                yield from _paths(item, f"{path}/{key}", spoken=spoken or key in _SPOKEN_MAPPINGS)
