"""An application, its stages and outcome, and what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from .question import LINE_LIMIT, PROSE_LIMIT, accept_text
from .refused import Refused
from .value_questions import accept_date

STAGES = ("saved", "applied", "answered", "interview", "final", "offer")
"""How far an application has come, in order; ``answered`` is a first reaction before any interview."""

OUTCOMES = ("open", "no", "withdrawn", "declined", "accepted", "started")
"""How it ended. A no keeps the stage it came at; an offer taken back is ``no`` at stage ``offer``."""

SIZES = ("1-9", "10-49", "50-249", "250-999", "1000-up")
"""Number of people at the firm."""

FORMATS = ("phone", "video", "in-person", "task", "assessment-centre", "other")
"""How an interview was held."""


def accept_line(value: Any, name: str) -> str | None:
    """One line of text, or ``None``."""
    return accept_text(value, limit=LINE_LIMIT, ask=name, one_line=True)


def accept_prose(value: Any, name: str) -> str | None:
    """Text of any length, or ``None``."""
    return accept_text(value, limit=PROSE_LIMIT, ask=name)


def accept_day(value: Any, name: str) -> str | None:
    """A day as ISO 8601 text, or ``None``."""
    return None if value is None or value == "" else accept_date(value, ask=name)


def accept_word(words: tuple[str, ...], value: Any, name: str) -> str | None:
    """One of ``words``, or ``None``.

    Raises:
        Refused: any other word.
    """
    if value is None or value == "":
        return None
    if value not in words:
        raise Refused(
            "word-unknown",
            "“{name}” takes one of {words}; it was given {got!r}.",
            name=name,
            words=", ".join(words),
            got=str(value)[:40],
        )
    return str(value)


def accept_reached(value: Any, name: str) -> Mapping[str, str]:
    """The day each stage was reached, where known: a mapping of stage to ISO 8601 day."""
    if value is None:
        return MappingProxyType({})
    if not isinstance(value, Mapping):
        raise Refused("reached-shape", "“{name}” takes a day for each stage.", name=name)
    days = {accept_word(STAGES, stage, name): accept_day(day, name) for stage, day in value.items()}
    return MappingProxyType({str(stage): day for stage, day in days.items() if stage and day})


class _Body:
    """Shared by the records with fields: in from plain JSON, out to plain JSON without what is empty."""

    def as_body(self) -> dict[str, Any]:
        """The fields that hold something, as plain JSON."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}  # type: ignore[arg-type]
        return {
            name: dict(value) if isinstance(value, Mapping) else value
            for name, value in values.items()
            if value is not None and value != {}
        }


@dataclass(frozen=True, kw_only=True)
class Application(_Body):
    """One job somebody went for. Days are ISO 8601 text without time zone; ``None`` is "not known".

    Attributes:
        company: The firm. May be empty only while ``role`` is not.
        role: The job's title as advertised.
        role_family: The person's own grouping of titles.
        size: One of ``SIZES``.
        location: Where.
        source: Where the person found it.
        link: Address of the advertisement.
        applied_on: The day it was sent.
        stage: The furthest stage reached, one of ``STAGES``.
        outcome: One of ``OUTCOMES``.
        outcome_on: The day the last answer came. With outcome ``open``: an answer came whose meaning the
            person has not said yet.
        answer_promised_on: The day they said they would answer by.
        starts_on: The first day at work of an accepted offer.
        reached: The day each stage was reached, where known.
        status_words: The status as the person's own log had it.
        note: The person's own note.
        imported_as: Digest of the row it was imported from; recognises the same row next time.
    """

    company: str | None = None
    role: str | None = None
    role_family: str | None = None
    size: str | None = None
    location: str | None = None
    source: str | None = None
    link: str | None = None
    applied_on: str | None = None
    stage: str = "applied"
    outcome: str = "open"
    outcome_on: str | None = None
    answer_promised_on: str | None = None
    starts_on: str | None = None
    reached: Mapping[str, str] = field(default_factory=dict)
    status_words: str | None = None
    note: str | None = None
    imported_as: str | None = None

    @classmethod
    def accept(cls, given: Mapping[str, Any], names: Mapping[str, str] = MappingProxyType({})) -> Application:
        """An application from plain fields.

        Args:
            given: Field name to value; unknown fields are refused.
            names: What to call a field in a refusal; the field's own name where missing.

        Raises:
            Refused: a field that cannot be taken, or neither a firm nor a role.
        """
        made = cls(**_accept_fields(given, _APPLICATION, names))
        if made.company is None and made.role is None:
            raise Refused("application-nameless", "An application needs the firm's name or the role.")
        return made


@dataclass(frozen=True, kw_only=True)
class Interview(_Body):
    """One round of talks about one application.

    Attributes:
        application_id: The application it belongs to.
        round: Its number among the application's interviews, from 1.
        format: One of ``FORMATS``.
        held_on: The day it was or will be held.
        held_at: The local time of day as ``HH:MM``, where known.
        stage: ``answered`` for a first call, ``interview`` or ``final``.
        interviewers: Who was there, as the person wrote it.
        note: The person's own note.
    """

    application_id: str
    round: int = 1
    format: str | None = None
    held_on: str | None = None
    held_at: str | None = None
    stage: str = "interview"
    interviewers: str | None = None
    note: str | None = None

    @classmethod
    def accept(cls, given: Mapping[str, Any], names: Mapping[str, str] = MappingProxyType({})) -> Interview:
        """An interview from plain fields; see ``Application.accept``."""
        return cls(**_accept_fields(given, _INTERVIEW, names))


def accept_time(value: Any, name: str) -> str | None:
    """A time of day as ``HH:MM``, or ``None``."""
    if value is None or value == "":
        return None
    hour, _, minute = str(value).strip().partition(":")
    if hour.isdecimal() and minute[:2].isdecimal() and int(hour) < 24 and int(minute[:2]) < 60:
        return f"{int(hour):02d}:{int(minute[:2]):02d}"
    raise Refused(
        "time-unreadable",
        "“{name}” takes a time such as 14:30; it was given {got!r}.",
        name=name,
        got=str(value)[:40],
    )


def accept_round(value: Any, name: str) -> int:
    """A round's number, from 1 to 30."""
    if value is None or value == "":
        return 1
    text = str(value).strip()
    if text.isdecimal() and 1 <= int(text) <= 30:
        return int(text)
    raise Refused(
        "round-unreadable",
        "“{name}” takes a number from 1 to 30; it was given {got!r}.",
        name=name,
        got=text[:40],
    )


def _word(words: tuple[str, ...], default: str | None = None) -> Any:
    return lambda value, name: accept_word(words, value, name) or default


_APPLICATION: Mapping[str, Any] = MappingProxyType(
    {
        "company": accept_line,
        "role": accept_line,
        "role_family": accept_line,
        "size": _word(SIZES),
        "location": accept_line,
        "source": accept_line,
        "link": accept_line,
        "applied_on": accept_day,
        "stage": _word(STAGES, "applied"),
        "outcome": _word(OUTCOMES, "open"),
        "outcome_on": accept_day,
        "answer_promised_on": accept_day,
        "starts_on": accept_day,
        "reached": accept_reached,
        "status_words": accept_line,
        "note": accept_prose,
        "imported_as": accept_line,
    }
)
_INTERVIEW: Mapping[str, Any] = MappingProxyType(
    {
        "application_id": accept_line,
        "round": accept_round,
        "format": _word(FORMATS),
        "held_on": accept_day,
        "held_at": accept_time,
        "stage": _word(("answered", "interview", "final"), "interview"),
        "interviewers": accept_line,
        "note": accept_prose,
    }
)


def _accept_fields(
    given: Mapping[str, Any], rules: Mapping[str, Any], names: Mapping[str, str]
) -> dict[str, Any]:
    unknown = sorted(set(given) - set(rules))
    if unknown:
        raise Refused(
            "field-unknown",
            "{got} is not a field of this record; the fields are {names}.",
            got=unknown[0],
            names=", ".join(rules),
        )
    return {name: rules[name](value, names.get(name, name)) for name, value in given.items()}
