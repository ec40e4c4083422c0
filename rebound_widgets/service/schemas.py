"""The forms of what is sent and answered, as JSON Schema. ``sharing`` reads what is sent, by the same forms."""

from __future__ import annotations

from typing import Any

from ..domain.application import OUTCOMES, STAGES
from ..domain.question import PROSE_LIMIT

Schema = dict[str, Any]

ID: Schema = {"type": "string", "pattern": r"^[A-Za-z0-9_:/@.#-]{1,200}$"}
DAY: Schema = {"type": "string", "format": "date"}
DAY_OR_NONE: Schema = {"anyOf": [DAY, {"type": "null"}]}
TEXT: Schema = {"type": "string", "maxLength": PROSE_LIMIT}
FLAG: Schema = {"type": "boolean"}
MOMENT: Schema = {"type": "string", "format": "date-time"}


def named(limit: int) -> Schema:
    """One line of so many characters."""
    return {"type": "string", "maxLength": limit}


def of(**fields: Schema) -> Schema:
    """An object with exactly these fields."""
    names = [name.rstrip("_") for name in fields]
    properties = dict(zip(names, fields.values(), strict=True))
    return {"type": "object", "properties": properties, "required": names, "additionalProperties": False}


def many(entry: Schema, most: int = 2_000) -> Schema:
    """A list."""
    return {"type": "array", "items": entry, "maxItems": most}


PAIR: Schema = {"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2}
_HELD = of(
    held_on=DAY_OR_NONE,
    stage={"type": "string", "enum": ["answered", "interview", "final"]},
    looked_back=FLAG,
)
_COUNTED = of(
    key=ID,
    applied_on=DAY_OR_NONE,
    stage={"type": "string", "enum": list(STAGES)},
    outcome={"type": "string", "enum": list(OUTCOMES)},
    outcome_on=DAY_OR_NONE,
    reached={
        "type": "object",
        "properties": dict.fromkeys(STAGES, DAY),
        "additionalProperties": False,
    },
    interviews=many(_HELD, 60),
)


def _item(kind: str, **fields: Schema) -> Schema:
    return of(id=ID, kind={"type": "string", "enum": [kind]}, title=TEXT, **fields)


def _dated(item: Schema) -> Schema:
    """With the day of the interview it is of, which not every interview has."""
    return {**item, "properties": {**item["properties"], "held_on": DAY}}


ITEM: Schema = {
    "oneOf": [
        _item("numbers", last_on=DAY, applications=many(_COUNTED, 10_000)),
        _item("application", pairs=many(PAIR, 40)),
        _dated(_item("interview", pairs=many(PAIR, 40))),
        _dated(_item("note", text=TEXT)),
        _dated(_item("answers", chapter=ID, exercise=ID, parts=many(of(title=TEXT, pairs=many(PAIR))))),
        _dated(
            _item(
                "rating",
                question=ID,
                ask=TEXT,
                ratings=many(of(item={"type": "number"}, value={"type": "number"}, high={"type": "number"})),
            )
        ),
    ]
}
SHARE = of(
    share=ID,
    sender=ID,
    from_=named(80),
    for_=named(80),
    why=named(300),
    given_on=DAY,
    until=DAY,
    counted=FLAG,
    programme=named(80),
    term=named(80),
    locale=ID,
    seal=ID,
    items=many(ITEM),
)
REPLY = of(
    reply=ID,
    sender=ID,
    from_=named(80),
    made_on=DAY,
    opened=many(of(share=ID, on=DAY)),
    note=TEXT,
    actions=many(of(what=TEXT, by=DAY_OR_NONE), 100),
    questions=many(TEXT, 100),
)
CONSENT = of(words=named(200), given_at=MOMENT)
ME = of(id=ID, name=named(80), consent={"anyOf": [CONSENT, {"type": "null"}]}, reads=FLAG, counts=FLAG)
KEPT = of(id=ID)
READING = of(at=MOMENT, by=named(255), what=named(40), share={"type": "string"})
WHOLE = of(
    person=of(id=ID, account=named(255), name=named(80), seen_on=DAY),
    consents=many(
        of(words=named(200), given_at=MOMENT, withdrawn_at={"anyOf": [MOMENT, {"type": "null"}]}), 100_000
    ),
    shares=many(
        of(
            id=ID,
            reader=ID,
            given_on=DAY,
            until=DAY,
            taken_back=FLAG,
            says={"type": "object"},
            items=many({"type": "object"}),
        ),
        100_000,
    ),
    replies=many(REPLY, 100_000),
    readings=many(READING, 1_000_000),
)
ERROR = of(rule=ID, sentence={"type": "string"})
