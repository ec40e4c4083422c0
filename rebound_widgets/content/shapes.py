"""What can stand in a content file, read off the classes it becomes; loader and JSON Schema share it."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Mapping
from typing import Any

from ..domain.chapter import Exercise
from ..domain.choice_questions import Option
from ..domain.question import Question

Labels = tuple[tuple[str, str], ...]

_FORMS: Mapping[Any, str] = types.MappingProxyType(
    {
        str: "text",
        bool: "flag",
        int: "whole",
        float: "number",
        tuple[str, ...]: "texts",
        tuple[Option, ...]: "options",
        Labels: "labels",
        tuple[Question, ...]: "questions",
        tuple[Exercise, ...]: "exercises",
        Mapping[str, str]: "named-texts",
        Mapping[str, int]: "named-wholes",
        Mapping[str, tuple[str, ...]]: "named-lists",
    }
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Shape:
    """One key of a mapping in a content file.

    Attributes:
        name: The key.
        form: What its value is, one of the words on the right of the register above.
        required: Whether it has to be there.
        doc: What it is for, as the class documents it.
    """

    name: str
    form: str
    required: bool
    doc: str


_KNOWN: dict[type[Any], tuple[Shape, ...]] = {}


def shapes_of(made: type[Any]) -> tuple[Shape, ...]:
    """The keys a mapping needs to become a ``made``, a dataclass, in the order of its fields."""
    if made in _KNOWN:
        return _KNOWN[made]
    hints = typing.get_type_hints(made)
    docs = _documented(made)
    _KNOWN[made] = tuple(
        Shape(name=f.name, form=_form(hints[f.name]), required=_is_required(f), doc=docs.get(f.name, ""))
        for f in dataclasses.fields(made)
    )
    return _KNOWN[made]


def _is_required(given: dataclasses.Field[Any]) -> bool:
    return given.default is dataclasses.MISSING and given.default_factory is dataclasses.MISSING


def _form(hint: Any) -> str:
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    return _FORMS[hint]


def _documented(made: type) -> dict[str, str]:
    """What the ``Attributes:`` of a class and its parents say, on one line each."""
    found: dict[str, str] = {}
    for part in reversed(made.__mro__):
        _, _, attributes = (part.__doc__ or "").partition("Attributes:\n")
        for match in re.finditer(r"^ +(\w+): (.+(?:\n {10,}.+)*)", attributes, re.MULTILINE):
            found[match[1]] = " ".join(match[2].replace("``", "").split())
    return found
