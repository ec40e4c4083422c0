"""JSON Schema of the content files, from the domain's classes, so that an editor completes and underlines."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ..domain.chapter import COMPONENTS, SUBJECTS, Chapter, Exercise
from ..domain.kinds import KINDS
from ..domain.question import ID_FORM
from .chapter_files import FIELDS
from .evidence import MARKS, Evidence
from .letter import Letter
from .locale import DAY_FORMS, PLURAL_CATEGORIES, LocaleFacts
from .shapes import Shape, shapes_of
from .single_files import LETTER_SUBJECTS

Schema = dict[str, Any]

_ID: Schema = {"type": "string", "pattern": ID_FORM.pattern}
_TEXT: Schema = {"type": "string", "minLength": 1}
_TEXTS: Schema = {"type": "array", "items": _TEXT}


def _named(values: Schema, names: Schema | None = None) -> Schema:
    return {"type": "object", "additionalProperties": values} | ({"propertyNames": names} if names else {})


_FORMS: Mapping[str, Schema] = MappingProxyType(
    {
        "text": _TEXT,
        "flag": {"type": "boolean"},
        "whole": {"type": "integer"},
        "number": {"type": "number"},
        "texts": _TEXTS,
        "options": _named(_TEXT, _ID),
        "labels": _named(_TEXT),
        "questions": {"type": "array", "items": {"$ref": "#/$defs/question"}},
        "exercises": {"type": "array", "items": {"$ref": "#/$defs/exercise"}},
        "named-texts": _named(_TEXT),
        "named-wholes": _named({"type": "integer"}),
        "named-lists": _named(_TEXTS),
    }
)
_QUESTION_ID = ID_FORM.pattern.replace("$", "/") + ID_FORM.pattern.replace("^", "")
_WORDS: Schema = {"$ref": "#/$defs/words"}
_WORDS_DEF: Schema = {
    "type": "object",
    "propertyNames": {"pattern": "^[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$"},
    "additionalProperties": {"anyOf": [_TEXT, _WORDS]},
    "description": f"Words, nested as you like; a counted sentence has {', '.join(PLURAL_CATEGORIES)}.",
}


def schemas() -> dict[str, Schema]:
    """File name to schema: a whole file of each kind, and a chapter that is laid over one of ours."""
    return {
        "chapter.schema.json": _chapter(whole=True),
        "chapter-part.schema.json": _chapter(whole=False),
        "words.schema.json": {
            **_head("words.yaml", "Every word on screen."),
            **_WORDS_DEF,
            "$defs": {"words": _WORDS_DEF},
        },
        "letter.schema.json": _file(
            "The front matter of a letter", Letter, _letter_parts(), without=("body",)
        ),
        "locale.schema.json": _file("locale.yaml", LocaleFacts, _locale_parts()),
        "evidence.schema.json": _evidence(),
    }


def _head(title: str, description: str) -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": description,
    }


def _object(shapes: tuple[Shape, ...], special: Mapping[str, Schema], *, whole: bool = True) -> Schema:
    """A mapping with the keys of ``shapes``; ``whole`` says whether what is required has to be there."""
    properties = {}
    for shape in shapes:
        found = special.get(shape.name, _FORMS[shape.form])
        properties[shape.name] = {**found, "description": shape.doc} if shape.doc else found
    required = [shape.name for shape in shapes if shape.required and shape.name not in _OPTIONAL]
    return {
        "type": "object",
        "properties": properties,
        "required": required if whole else [name for name in required if name == "id"],
        "additionalProperties": False,
    }


_OPTIONAL = ("intro", "evidence", "words")
"""Required by the class, and empty where the file says nothing."""


def _file(
    title: str, made: type[Any], special: Mapping[str, Schema], without: tuple[str, ...] = ()
) -> Schema:
    shapes = tuple(shape for shape in shapes_of(made) if shape.name not in without)
    return {**_head(title, (made.__doc__ or "").split("\n")[0]), **_object(shapes, special)}


def _chapter(*, whole: bool) -> Schema:
    title = "A chapter" if whole else "A chapter laid over one of ours"
    special: dict[str, Schema] = {
        "id": _ID,
        "about": {"enum": list(SUBJECTS)},
        "components": {"type": "array", "items": {"enum": list(COMPONENTS)}, "minItems": 1},
        "minutes": {"type": "integer", "minimum": 1, "maximum": 60},
    }
    exercise = _object(shapes_of(Exercise), special, whole=whole)
    chapter = _object(shapes_of(Chapter), {"id": _ID, "words": _WORDS}, whole=whole)
    return {
        **_head(title, "Adding a question is adding one entry under questions."),
        **chapter,
        "$defs": {"exercise": exercise, "question": _question(whole=whole), "words": _WORDS_DEF},
    }


def _question(*, whole: bool) -> Schema:
    """A question of any kind: the kind decides which keys there are."""
    question_id: Schema = {"type": "string", "pattern": _QUESTION_ID}
    special: dict[str, Schema] = {"id": question_id, "field": {"enum": _field_names()}}
    kinds = {name: _object(shapes_of(made), special, whole=whole) for name, made in KINDS.items()}
    properties: Schema = {}
    for name, kind in kinds.items():
        properties |= {key: value for key, value in kind["properties"].items() if key not in properties}
        kind["properties"]["kind"] = {"const": name}
    properties["kind"] = {"enum": list(KINDS), "description": "The kind of question."}
    if not whole:
        return {"type": "object", "properties": properties, "required": ["id"], "additionalProperties": False}
    choose = [
        {"if": {"properties": {"kind": {"const": name}}, "required": ["kind"]}, "then": kind}
        for name, kind in kinds.items()
    ]
    return {"type": "object", "properties": properties, "required": ["id", "kind", "ask"], "allOf": choose}


def _field_names() -> list[str]:
    return [f"{record}.{name}" for record, names in FIELDS.items() for name in names]


def _letter_parts() -> Mapping[str, Schema]:
    return {"id": _ID, "about": {"enum": list(LETTER_SUBJECTS)}}


def _locale_parts() -> Mapping[str, Schema]:
    names = {"type": "array", "items": _TEXT}
    twelve, seven = {**names, "minItems": 12, "maxItems": 12}, {**names, "minItems": 7, "maxItems": 7}
    forms = {"type": "object", "properties": dict.fromkeys(DAY_FORMS, _TEXT), "additionalProperties": False}
    return {
        "direction": {"enum": ["ltr", "rtl"]},
        "months": twelve,
        "months_short": twelve,
        "days": seven,
        "days_short": seven,
        "date_order": {"enum": ["dmy", "mdy", "ymd"]},
        "day_forms": {**forms, "required": list(DAY_FORMS)},
    }


def _evidence() -> Schema:
    shapes = tuple(shape for shape in shapes_of(Evidence) if shape.name not in ("key", "mark_words"))
    finding = _object(shapes, {"mark": {"enum": list(MARKS)}})
    marks = {"type": "object", "properties": dict.fromkeys(MARKS, _TEXT), "additionalProperties": False}
    return {
        **_head("evidence.yaml", "What the exercises rest on."),
        "type": "object",
        "properties": {"marks": marks, "findings": _named(finding, _ID)},
        "required": ["findings"],
        "additionalProperties": False,
    }
