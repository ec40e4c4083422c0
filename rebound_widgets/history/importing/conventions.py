"""The mapping files in data/imports: words of each language, and one file for each convention."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from ... import places
from .fields import FIELDS, OWN_TAKES
from .words import Meaning, fold, fold_header

FEATURES = (
    "stage-days", "stage-marks", "status-words", "status-days", "stage-in-status", "transitions", "named",
)  # fmt: skip
"""What a convention can ask of a table besides the words of its headers; ``shape.py`` finds each."""


_MOST_PARTS = 10
"""A status of more words than this says more than an outcome and its stage."""


@dataclass(frozen=True, kw_only=True)
class Language:
    """The words of one language, all folded.

    Attributes:
        language: Its tag.
        headers: Header to the fields it may mean, the surest first, each with its place in the field's list.
        statuses: Status word to its meaning.
        between: Words that may stand between an outcome and a stage.
        outcomes: Words for an outcome inside a status such as "Rejected (Interview)".
        stages: Words for the stage inside such a status.
        yes: Words for yes in a cell.
        no: Words for no in a cell.
        empty: Words for nothing in a cell.
        months: Month word to its number from 1.
        days: Words that may stand beside a date and add nothing.
        personal: Headers of columns with other people's details.
    """

    language: str
    headers: Mapping[str, tuple[tuple[str, int], ...]]
    statuses: Mapping[str, Meaning]
    between: frozenset[str]
    outcomes: Mapping[str, Meaning]
    stages: Mapping[str, str]
    yes: frozenset[str]
    no: frozenset[str]
    empty: frozenset[str]
    months: Mapping[str, int]
    days: frozenset[str]
    personal: frozenset[str]

    def meaning(self, word: str) -> Meaning | None:
        """What a folded status word says in this language, or ``None``."""
        return self.statuses.get(word) or self.composed(word)

    def composed(self, word: str) -> Meaning | None:
        """What "rejected interview" says: an outcome word, perhaps one between, and a stage word."""
        parts = word.split(" ")
        if len(parts) > _MOST_PARTS:
            return None
        for at in range(1, len(parts)):
            outcome = self.outcomes.get(" ".join(parts[:at]))
            if outcome is None:
                continue
            for start in range(at, len(parts)):
                between, stage = " ".join(parts[at:start]), self.stages.get(" ".join(parts[start:]))
                if stage is not None and (not between or between in self.between):
                    return Meaning(stage=stage, outcome=outcome.outcome)
        return None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One thing that speaks for a convention.

    Attributes:
        points: What it adds to the score when it holds.
        at_least: How many of ``headers``, or how much of ``feature``, it takes.
        says: Why, for the person, with ``{count}`` and ``{columns}`` in braces.
        feature: One of ``FEATURES``, or empty.
        headers: Headers to look for, folded.
        must: Headers that have to be among those found, folded.
        must_any: Headers of which one has to be there, folded; empty for none.
    """

    points: int
    at_least: int
    says: str
    feature: str = ""
    headers: frozenset[str] = frozenset()
    must: frozenset[str] = frozenset()
    must_any: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Convention:
    """One way people keep a log.

    Attributes:
        id: Its file's name.
        title: What it is, for the person, after "Read as".
        rows: ``application`` where a row is an application, ``transition`` where it is one step of one.
        evidence: What speaks for it.
        headers: Its own header words; they go before those of the languages.
        statuses: Its own status words, likewise.
        personal: Headers of columns to leave behind, folded.
        constants: Field to the value every application of such a file has.
        neutralised: Whether leading apostrophes are its own protection against formulas.
    """

    id: str
    title: str
    rows: str
    evidence: tuple[Evidence, ...]
    headers: Mapping[str, tuple[tuple[str, int], ...]]
    statuses: Mapping[str, Meaning]
    personal: frozenset[str]
    constants: Mapping[str, str]
    neutralised: bool


class Library:
    """Every language and convention that ships, read once.

    Args:
        folder: The folder with one file a convention, and ``words/`` with one a language.
    """

    def __init__(self, folder: Path) -> None:
        languages = [_language(_read(path)) for path in sorted((folder / "words").glob("*.toml"))]
        languages.sort(key=lambda language: language.language != "en")
        self.languages: tuple[Language, ...] = tuple(languages)
        self.conventions: tuple[Convention, ...] = tuple(
            _convention(path.stem, _read(path)) for path in sorted(folder.glob("*.toml"))
        )

    @cached_property
    def yes(self) -> frozenset[str]:
        """Words for yes in any language."""
        return frozenset().union(*(language.yes for language in self.languages))

    @cached_property
    def no(self) -> frozenset[str]:
        """Words for no in any language."""
        return frozenset().union(*(language.no for language in self.languages)) - self.empty

    @cached_property
    def empty(self) -> frozenset[str]:
        """Words for nothing in any language."""
        return frozenset().union(*(language.empty for language in self.languages))

    @cached_property
    def months(self) -> Mapping[str, int]:
        """Month words of all languages; the same word names the same month in each."""
        return {word: month for language in self.languages for word, month in language.months.items()}

    @cached_property
    def days(self) -> frozenset[str]:
        """Words that may stand beside a date in any language."""
        return frozenset().union(*(language.days for language in self.languages))

    @cached_property
    def known_headers(self) -> frozenset[str]:
        """Every header word of every language and convention."""
        owners: tuple[Language | Convention, ...] = (*self.languages, *self.conventions)
        signatures = [evidence.headers for c in self.conventions for evidence in c.evidence]
        return frozenset().union(*(owner.headers for owner in owners), *signatures) - {""}

    def convention(self, convention_id: str) -> Convention:
        """The convention of that id.

        Raises:
            KeyError: there is none.
        """
        return {convention.id: convention for convention in self.conventions}[convention_id]


@lru_cache(maxsize=1)
def library() -> Library:
    """The mapping files that ship with Rebound."""
    return Library(places.shipped("data") / "imports")


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        read = tomllib.load(file)
    unknown = {*read.get("headers", ())} - {*FIELDS}
    if unknown:
        raise ValueError(f"{path.name}: [headers] names fields of the register; it has {sorted(unknown)}")
    return read


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words) - {""}


def _headers(read: Mapping[str, Any]) -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for field, words in read.get("headers", {}).items():
        for rank, word in enumerate(words):
            for spelling in fold_header(word):
                fields = found.setdefault(spelling, [])
                if field not in dict(fields):
                    fields.append((field, rank))
    return {header: tuple(fields) for header, fields in found.items()}


def _statuses(read: Mapping[str, Any]) -> dict[str, Meaning]:
    return {fold(word): meaning for word, meaning in _meanings(read.get("statuses", {}))}


def _meanings(table: Mapping[str, Any]) -> Iterator[tuple[str, Meaning]]:
    for meaning, words in table.items():
        for word in words:
            yield word, Meaning.parse(meaning)


def _language(read: Mapping[str, Any]) -> Language:
    cells, parts = read.get("cells", {}), read.get("parts", {})
    if any(FIELDS[field].takes in OWN_TAKES for field in read.get("headers", ())):
        raise ValueError(f"words of {read['language']}: fields of Rebound's own export are never guessed")
    return Language(
        language=read["language"],
        headers=_headers(read),
        statuses=_statuses(read),
        between=_folded(parts.get("between", ())),
        outcomes={fold(word): meaning for word, meaning in _meanings(parts.get("outcomes", {}))},
        stages={fold(word): stage for stage, words in parts.get("stages", {}).items() for word in words},
        yes=frozenset(cells.get("yes", ())) | _folded(cells.get("yes", ())),
        no=frozenset(cells.get("no", ())) | _folded(cells.get("no", ())),
        empty=_folded(cells.get("empty", ())),
        months={
            fold(word): number
            for number, words in enumerate(cells.get("months", ()), start=1)
            for word in words
        },
        days=_folded(cells.get("days", ())),
        personal=_folded(read.get("personal", {}).get("headers", ())),
    )


def _convention(name: str, read: Mapping[str, Any]) -> Convention:
    if read["id"] != name or read["rows"] not in {"application", "transition"}:
        raise ValueError(f"{name}.toml: id is the file's name, rows is application or transition")
    return Convention(
        id=name,
        title=read["title"],
        rows=read["rows"],
        evidence=tuple(_evidence(name, entry) for entry in read["evidence"]),
        headers=_headers(read),
        statuses=_statuses(read),
        personal=_folded(read.get("personal", {}).get("headers", ())),
        constants=dict(read.get("constants", {})),
        neutralised=bool(read.get("neutralised", False)),
    )


def _evidence(name: str, entry: Mapping[str, Any]) -> Evidence:
    feature = entry.get("feature", "")
    if (feature not in FEATURES) == ("headers" not in entry):
        raise ValueError(f"{name}.toml: evidence names headers, or one feature of {FEATURES}")
    return Evidence(
        points=entry["points"],
        at_least=entry["at_least"],
        says=entry["says"],
        feature=feature,
        headers=frozenset(s for word in entry.get("headers", ()) for s in fold_header(word)),
        must=_folded(entry.get("must", ())),
        must_any=_folded(entry.get("must_any", ())),
    )
