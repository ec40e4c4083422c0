"""All content of one language, ours with an institution's laid over it, as frozen values."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from .. import places
from ..domain.chapter import Chapter
from .chapter_files import build_chapter
from .evidence import Evidence
from .files import LOCALE_FORM, Layer, read_layer
from .help_lines import HelpLine, read_help_lines
from .letter import Letter
from .locale import LocaleFacts
from .marked import MarkedDict
from .merging import merged, merged_words
from .problems import ContentBroken, Problem, shorten
from .single_files import build_evidence, build_letter, build_locale, build_words
from .words import Words

FIRST_LOCALE = "en"
"""What every other language falls back on."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """Everything that is written: what is asked, said and shown.

    Attributes:
        locale: The language it is in, such as ``en``.
        chapters: Id to chapter, in the order of the navigation.
        desk: The same of a counsellor's desk.
        words: Every word on screen that is no question, those of the chapters under the chapter's id.
        letters: Id to starting text.
        evidence: Key to finding.
        facts: Names of days and months, numbers, plurals.
        help_lines: People to call, the institution's own first.
    """

    locale: str
    chapters: Mapping[str, Chapter]
    desk: Mapping[str, Chapter]
    words: Words
    letters: Mapping[str, Letter]
    evidence: Mapping[str, Evidence]
    facts: LocaleFacts
    help_lines: tuple[HelpLine, ...]

    def __repr__(self) -> str:
        return f"<Content in {self.locale}: {', '.join(self.chapters)}>"


def load_content(locale: str = FIRST_LOCALE, overlay: Path | None = None) -> Content:
    """The content in a language, the nearest there is: ``es-MX`` falls back on ``es``, then ``en``.

    Read once a process for each pair of arguments.

    Args:
        locale: The language's tag.
        overlay: An institution's content folder, laid over ours.

    Raises:
        ContentBroken: the overlay cannot be used; ``problems`` says what to mend, for its author.
    """
    return _load(locale, overlay)


@functools.lru_cache(maxsize=16)
def _load(locale: str, overlay: Path | None) -> Content:
    content, problems = read_content(locale, overlay)
    wrong = [problem for problem in problems if not problem.warning]
    if content is None or wrong:
        raise ContentBroken(wrong)
    return content


def read_content(
    locale: str,
    overlay: Path | None = None,
    *,
    root: Path | None = None,
    use_parsed: bool = True,
    drafts: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Content | None, list[Problem]]:
    """The content and what is wrong with it; no content where it cannot be put together.

    Args:
        locale: The language's tag.
        overlay: An institution's content folder.
        root: Our content folder; for tests and authors of ours.
        use_parsed: Whether files parsed before may stand in for unchanged ones.
        drafts: Files of the institution's folder, such as ``es/chapters/no.yaml``, to the text that stands in for
            what is on disk.
    """
    base = root or places.shipped("data") / "content"
    problems: list[Problem] = []
    if overlay is not None and not overlay.is_dir():
        rule = "The content folder has to be there"
        return None, [Problem(file=str(overlay), line=0, what="There is no such folder", rule=rule)]
    layers = []
    for tag in _fallbacks(locale):
        for folder in (base, overlay):
            own = folder == base
            written = {} if own else drafts_of(tag, drafts)
            if folder is not None and (written or (folder / tag).is_dir()):
                name = f"{folder.name}/{tag}"
                layers.append(read_layer(folder / tag, name, own=own, use_parsed=use_parsed, drafts=written))
    for layer in layers:
        problems.extend(layer.problems)
    lines = _help_lines(base, overlay, problems)
    return _put_together(layers, lines, problems), sorted(set(problems))


def drafts_of(tag: str, drafts: Mapping[str, str]) -> dict[str, str]:
    """Those of one language, named as below its folder."""
    begin = f"{tag}/"
    return {name.removeprefix(begin): text for name, text in drafts.items() if name.startswith(begin)}


def _fallbacks(locale: str) -> list[str]:
    """Tags from the most general to the asked one; a locale that is no tag gives the first only."""
    tags = [FIRST_LOCALE]
    language = locale.replace("_", "-").partition("-")[0].lower()
    region = locale.replace("_", "-").partition("-")[2].upper()
    for tag in (language, f"{language}-{region}"):
        if LOCALE_FORM.fullmatch(tag) and tag not in tags:
            tags.append(tag)
    return tags


def _help_lines(base: Path, overlay: Path | None, problems: list[Problem]) -> tuple[HelpLine, ...]:
    ours = read_help_lines(
        base.parent / "help_lines.csv", "data/help_lines.csv", own=False, problems=problems
    )
    if overlay is None:
        return ours
    name = f"{overlay.name}/help_lines.csv"
    return read_help_lines(overlay / "help_lines.csv", name, own=True, problems=problems) + ours


def _put_together(
    layers: Sequence[Layer], lines: tuple[HelpLine, ...], problems: list[Problem]
) -> Content | None:
    single = {
        kind: [layer.single[kind] for layer in layers if kind in layer.single]
        for kind in ("locale", "words", "evidence")
    }
    for kind, found in single.items():
        if not found:
            where = layers[0].name if layers else "content"
            rule = "Every content folder of ours has one for English"
            problems.append(
                Problem(file=f"{where}/{kind}.yaml", line=0, what="The file is missing", rule=rule)
            )
            return None
    facts = build_locale(merged(single["locale"], problems), problems)
    evidence = build_evidence(single["evidence"], problems)
    chapters = _chapters(layers, evidence, problems)
    letters = _letters(layers, problems)
    if facts is None:
        return None
    flat = build_words(merged_words(single["words"], problems), chapters.values(), problems)
    return Content(
        locale=facts.locale,
        chapters=MappingProxyType({name: one for name, one in chapters.items() if not one.desk}),
        desk=MappingProxyType({name: one for name, one in chapters.items() if one.desk}),
        words=Words(flat, facts),
        letters=letters,
        evidence=evidence,
        facts=facts,
        help_lines=lines,
    )


def _by_stem(
    layers: Sequence[Layer], pick: Callable[[Layer], Mapping[str, MarkedDict]], problems: list[Problem]
) -> dict[str, MarkedDict]:
    """Files of one name in all layers laid over one another; the name has to be the id inside."""
    found: dict[str, list[MarkedDict]] = {}
    for layer in layers:
        for stem, given in pick(layer).items():
            if given.get("id") == stem:
                found.setdefault(stem, []).append(given)
                continue
            file, line = given.where("id")
            rule = f"A file is named after its id: id: {stem}"
            got = shorten(given.get("id", ""))
            problems.append(
                Problem(file=file, line=line, what="The id is not the file's name", rule=rule, got=got)
            )
    return {stem: merged(given, problems) for stem, given in found.items()}


def _chapters(
    layers: Sequence[Layer], evidence: Mapping[str, Evidence], problems: list[Problem]
) -> Mapping[str, Chapter]:
    given = _by_stem(layers, lambda layer: layer.chapters, problems)
    built = [build_chapter(chapter, evidence, problems) for chapter in given.values()]
    chapters = sorted((c for c in built if c is not None), key=lambda c: (c.order, c.id))
    return MappingProxyType({chapter.id: chapter for chapter in chapters})


def _letters(layers: Sequence[Layer], problems: list[Problem]) -> Mapping[str, Letter]:
    given = _by_stem(layers, lambda layer: layer.letters, problems)
    built = [build_letter(letter, problems) for letter in given.values()]
    return MappingProxyType({letter.id: letter for letter in built if letter is not None})


def permanent_ids(content: Content) -> list[str]:
    """Every id that answers hang on, with what it is, one a line: ``question debrief/recall prose``."""
    found = []
    for chapter in (*content.chapters.values(), *content.desk.values()):
        found.append(f"chapter {chapter.id}")
        found += [f"exercise {chapter.id}/{exercise.id} {exercise.about}" for exercise in chapter.exercises]
        for question in chapter.questions():
            found.append(f"question {question.id} {question.kind}")
            for name in ("options", "piles"):
                parts = getattr(question, name, ())
                found += [f"{name[:-1]} {question.id}#{part.id}" for part in parts]
    found += [f"letter {letter}" for letter in content.letters]
    return sorted(found)
