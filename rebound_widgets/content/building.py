"""Turns a mapping out of a file into a value of the domain, or says what keeps it from being one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from ..domain.choice_questions import Option
from ..domain.refused import Refused
from .marked import MarkedDict, MarkedList
from .problems import Problem, shorten
from .shapes import Shape, shapes_of
from .words import is_plural

Made = TypeVar("Made")
Say = Callable[[tuple[str, int], str, str, object], None]
_KEY = re.compile(r"[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*")
_TAKES: Mapping[str, str] = MappingProxyType(
    {
        "text": "words",
        "flag": "true or false",
        "whole": "a whole number",
        "number": "a number",
        "texts": "a list of words",
        "options": "a mapping of ids to words",
        "labels": "a mapping of names to words",
        "questions": "a list of questions",
        "exercises": "a list of exercises",
        "named-texts": "a mapping of names to words",
        "named-wholes": "a mapping of words to whole numbers",
        "named-lists": "a mapping of names to lists of words",
    }
)


class Wrong(Exception):
    """A value that is not of the form its key takes. ``place`` says where, ``got`` what stands there."""

    def __init__(self, place: tuple[str, int], got: object) -> None:
        self.place = place
        self.got = got
        super().__init__(shorten(got))


def teller(problems: list[Problem]) -> Say:
    """A function that adds a problem: place, what, rule, got."""

    def say(place: tuple[str, int], what: str, rule: str, got: object = "") -> None:
        problems.append(Problem(file=place[0], line=place[1], what=what, rule=rule, got=shorten(got)))

    return say


def build(
    made: type[Made],
    given: Any,
    place: tuple[str, int],
    problems: list[Problem],
    *,
    called: str,
    nested: Mapping[str, Callable[[Any, tuple[str, int]], Any]] = MappingProxyType({}),
    defaults: Mapping[str, Any] = MappingProxyType({}),
    extra: tuple[str, ...] = (),
) -> Made | None:
    """A ``made`` out of ``given``; ``None`` where something is wrong, which is then in ``problems``.

    Args:
        made: A frozen dataclass.
        given: What the file holds.
        place: Where, for a ``given`` that is no mapping.
        problems: Takes what is wrong.
        called: What to call it in a sentence, such as ``The question``.
        nested: Form to the function that builds values of it, given the value and its place.
        defaults: Values for fields that need not be in the file.
        extra: Keys that may be there and are no field.
    """
    say = teller(problems)
    before = len(problems)
    if not isinstance(given, MarkedDict):
        say(place, f"{called} is no mapping", f"{called} is written as keys with values", given)
        return None
    shapes = {shape.name: shape for shape in shapes_of(made)}
    _unknown_keys(given, [*shapes, *extra], called, say)
    values = dict(defaults)
    for shape in shapes.values():
        if shape.name in given:
            try:
                values[shape.name] = _value(shape, given[shape.name], given.where(shape.name), nested)
            except Wrong as wrong:
                say(
                    wrong.place,
                    f"{shape.name!r} has no value it can take",
                    f"It takes {_TAKES[shape.form]}",
                    wrong,
                )
        elif shape.required and shape.name not in values:
            say(given.where(), f"{called} has no {shape.name!r}", f"{called} needs it", "")
    if len(problems) > before:
        return None
    try:
        return made(**values)
    except Refused as refused:
        say(given.where("id"), f"{called} cannot be used", refused.sentence.rstrip("."), "")
        return None


def _unknown_keys(given: MarkedDict, known: list[str], called: str, say: Say) -> None:
    for key in given:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            rule = f"The nearest it takes is {near[0]!r}" if near else f"It takes {', '.join(known)}"
            say(given.where(key), f"{called} takes no {shorten(key)!r}", rule, "")


def _value(
    shape: Shape,
    value: Any,
    place: tuple[str, int],
    nested: Mapping[str, Callable[[Any, tuple[str, int]], Any]],
) -> Any:
    if shape.form in nested:
        return nested[shape.form](value, place)
    return _READ[shape.form](value, place)


def read_text(value: Any, place: tuple[str, int]) -> str:
    """Words, without blanks around them.

    Raises:
        Wrong: anything else; a bare number or ``true`` is not words without quotes.
    """
    if not isinstance(value, str) or not value.strip():
        raise Wrong(place, _shown(value))
    return value.strip()


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return f"{str(value).lower()}, which is no word without quotes"
    if isinstance(value, int | float):
        return f"{value}, which is no word without quotes"
    return "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list) else str(value)


def _read_flag(value: Any, place: tuple[str, int]) -> bool:
    if not isinstance(value, bool):
        raise Wrong(place, _shown(value))
    return value


def _read_whole(value: Any, place: tuple[str, int]) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Wrong(place, _shown(value))
    return value


def _read_number(value: Any, place: tuple[str, int]) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise Wrong(place, _shown(value))
    return value


def read_texts(value: Any, place: tuple[str, int]) -> tuple[str, ...]:
    """A list of words."""
    if not isinstance(value, MarkedList):
        raise Wrong(place, _shown(value))
    return tuple(read_text(item, value.where(index)) for index, item in enumerate(value))


def _read_named(
    inner: Callable[[Any, tuple[str, int]], Any],
) -> Callable[[Any, tuple[str, int]], Mapping[str, Any]]:
    def read(value: Any, place: tuple[str, int]) -> Mapping[str, Any]:
        if not isinstance(value, MarkedDict):
            raise Wrong(place, _shown(value))
        return MappingProxyType({key: inner(item, value.where(key)) for key, item in value.items()})

    return read


def _read_options(value: Any, place: tuple[str, int]) -> tuple[Option, ...]:
    return tuple(Option(id=key, text=text) for key, text in _read_named(read_text)(value, place).items())


def _read_labels(value: Any, place: tuple[str, int]) -> tuple[tuple[str, str], ...]:
    return tuple(_read_named(read_text)(value, place).items())


_READ: Mapping[str, Callable[[Any, tuple[str, int]], Any]] = MappingProxyType(
    {
        "text": read_text,
        "flag": _read_flag,
        "whole": _read_whole,
        "number": _read_number,
        "texts": read_texts,
        "options": _read_options,
        "labels": _read_labels,
        "named-texts": _read_named(read_text),
        "named-wholes": _read_named(_read_whole),
        "named-lists": _read_named(read_texts),
    }
)


def flattened(given: MarkedDict, problems: list[Problem], prefix: str = "") -> dict[str, str]:
    """Nested words as one mapping: keys joined by dots, the forms of counted words by ``_<category>``."""
    say = teller(problems)
    found: dict[str, str] = {}
    for key, value in given.items():
        if not _KEY.fullmatch(key):
            say(
                given.where(key),
                "The key is no name",
                "Keys have letters, figures, and - _ . between them",
                key,
            )
        elif isinstance(value, MarkedDict) and is_plural(value):
            forms = flattened(value, problems, "")
            found |= {f"{prefix}{key}_{form}": text for form, text in forms.items()}
        elif isinstance(value, MarkedDict):
            found |= flattened(value, problems, f"{prefix}{key}.")
        else:
            try:
                found[prefix + key] = read_text(value, given.where(key))
            except Wrong as wrong:
                say(wrong.place, f"There are no words under {prefix + key!r}", "Every key takes words", wrong)
    return found
