"""Current revisions into the four typed frames."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..domain.application import STAGES
from ..domain.record import Revision
from . import columns
from .columns import Column
from .local import local_day, value_text

ASKED = "debrief/asked"
RATING = "debrief/asked-rating"
PREPARED = "debrief/felt-prepared"

_APPLICATION_FIELDS = tuple(c.name for c in columns.APPLICATIONS if c.name not in {"id", "notes_count"})
_NUMBER_KINDS = frozenset({"scale", "number"})


def typed(declared: Iterable[Column], values: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """A frame with exactly the declared columns and dtypes, in order; ``None`` is "not known".

    Args:
        declared: The columns.
        values: Column name to plain values: text, ISO 8601 days, aware moments, numbers.
    """
    return pd.DataFrame({column.name: _typed(column, values[column.name]) for column in declared})


def _typed(column: Column, values: Sequence[Any]) -> Any:
    if column.dtype == columns.CATEGORY:
        codes = {word: code for code, word in enumerate(column.categories)}
        return pd.Categorical.from_codes(
            np.array([codes.get(value, -1) for value in values], dtype=np.int64),
            categories=pd.Index(column.categories),
            ordered=column.ordered,
        )
    if column.dtype == columns.DAY:
        return np.array([value or "NaT" for value in values], dtype=columns.DAY)
    if column.dtype == columns.MOMENT:
        naive = [None if value is None else value.astimezone(dt.UTC).replace(tzinfo=None) for value in values]
        return pd.DatetimeIndex(np.array(naive, dtype="datetime64[us]")).tz_localize("UTC")
    dtype: Any = column.dtype
    return pd.array(list(values), dtype=dtype)


def applications_frame(
    applications: Sequence[Revision], interviews: Sequence[Revision], notes: Sequence[Revision]
) -> pd.DataFrame:
    """One row an application."""
    bodies = [revision.body for revision in applications]
    values: dict[str, Sequence[Any]] = {
        name: [body.get(name) for body in bodies] for name in _APPLICATION_FIELDS
    }
    values["id"] = [revision.record_id for revision in applications]
    values["stage"] = [stage or "applied" for stage in values["stage"]]
    values["outcome"] = [outcome or "open" for outcome in values["outcome"]]
    written = _notes(applications, interviews, notes)
    values["notes_count"] = [written[record_id] for record_id in values["id"]]
    return typed(columns.APPLICATIONS, values)


def _notes(
    applications: Sequence[Revision], interviews: Sequence[Revision], notes: Sequence[Revision]
) -> Counter[str]:
    """Notes by application: its own, those in its interviews, and records of kind note about either."""
    belongs = {revision.record_id: revision.body.get("application_id") for revision in interviews}
    found = Counter(revision.record_id for revision in applications if revision.body.get("note"))
    found.update(str(belongs[r.record_id]) for r in interviews if r.body.get("note"))
    for revision in notes:
        subject = str(revision.body.get("subject") or revision.body.get("application_id"))
        found[str(belongs.get(subject) or subject)] += 1
    return found


def interviews_frame(interviews: Sequence[Revision], answers: Sequence[Revision]) -> pd.DataFrame:
    """One row an interview, with what its debrief says in numbers."""
    prepared, ratings = _debriefs(answers)
    bodies = [revision.body for revision in interviews]
    ids = [revision.record_id for revision in interviews]
    rated = [ratings.get(record_id, ()) for record_id in ids]
    return typed(
        columns.INTERVIEWS,
        {
            "id": ids,
            "application_id": [body.get("application_id") for body in bodies],
            "round": [body.get("round") or 1 for body in bodies],
            "format": [body.get("format") for body in bodies],
            "held_on": [body.get("held_on") for body in bodies],
            "stage": [body.get("stage") or "interview" for body in bodies],
            "felt_prepared": [prepared.get(record_id) for record_id in ids],
            "answers_rated": [len(numbers) for numbers in rated],
            "mean_rating": [sum(numbers) / len(numbers) if numbers else None for numbers in rated],
        },
    )


def _debriefs(answers: Sequence[Revision]) -> tuple[dict[str, int], dict[str, list[float]]]:
    """How prepared the person felt, and the ratings given, each by interview.

    A rating counts while its question is still in the debrief's list, where such a list was kept.
    """
    prepared: dict[str, int] = {}
    listed: dict[str, set[int]] = {}
    ratings: dict[str, list[tuple[int | None, float]]] = {}
    for revision in answers:
        body = revision.body
        question, subject, value = body.get("question"), body.get("subject"), body.get("value")
        if not isinstance(subject, str) or value is None:
            continue
        if question == ASKED and isinstance(value, list):
            listed[subject] = set(value)
        elif question == PREPARED and isinstance(value, int):
            prepared[subject] = value
        elif question == RATING and isinstance(value, int | float):
            ratings.setdefault(subject, []).append((body.get("item"), float(value)))
    return prepared, {
        subject: [number for item, number in given if subject not in listed or item in listed[subject]]
        for subject, given in ratings.items()
    }


def events_frame(applications: Sequence[Revision], interviews: Sequence[Revision]) -> pd.DataFrame:
    """One row for each stage an application is known to have entered on a day, in order of the stages.

    A day in ``reached`` is the person's own word and goes before the first interview of that stage.
    """
    held: dict[str, dict[str, str]] = {}
    for revision in interviews:
        body = revision.body
        day, stage = body.get("held_on"), body.get("stage") or "interview"
        if day:
            first = held.setdefault(str(body.get("application_id")), {})
            first[stage] = min(first.get(stage, day), day)
    rows: list[tuple[str, str, str]] = []
    for revision in applications:
        body = revision.body
        days = dict(held.get(revision.record_id, ()))
        if body.get("applied_on"):
            days["applied"] = body["applied_on"]
        days.update(body.get("reached") or {})
        rows += [(revision.record_id, stage, days[stage]) for stage in STAGES if stage in days]
    names = [column.name for column in columns.EVENTS]
    return typed(columns.EVENTS, {name: [row[at] for row in rows] for at, name in enumerate(names)})


def silence_frame(
    applications: Sequence[Revision], interviews: Sequence[Revision], today: dt.date
) -> pd.DataFrame:
    """One row for each open application that was sent; see ``History.silence``."""
    held: dict[str, list[str]] = {}
    for revision in interviews:
        if revision.body.get("held_on"):
            held.setdefault(str(revision.body.get("application_id")), []).append(revision.body["held_on"])
    ids, last, days = [], [], []
    for revision in applications:
        body = revision.body
        if (body.get("outcome") or "open") != "open" or body.get("stage") == "saved":
            continue
        own = (body.get("applied_on"), body.get("outcome_on"), *(body.get("reached") or {}).values())
        known = [day for day in (*own, *held.get(revision.record_id, ())) if day]
        sign = min(max(known), today.isoformat()) if known else None
        ids.append(revision.record_id)
        last.append(sign)
        days.append(None if sign is None else (today - dt.date.fromisoformat(sign)).days)
    return typed(columns.SILENCE, {"application_id": ids, "last_sign_on": last, "days": days})


def answers_frame(answers: Sequence[Revision], interviews: Sequence[Revision]) -> pd.DataFrame:
    """One row an answer; an answer that was emptied again has none."""
    belongs = {revision.record_id: revision.body.get("application_id") for revision in interviews}
    rows = [_answer(revision, belongs) for revision in answers if revision.body.get("value") is not None]
    names = [column.name for column in columns.ANSWERS]
    return typed(columns.ANSWERS, {name: [row[name] for row in rows] for name in names})


def _answer(revision: Revision, belongs: Mapping[str, Any]) -> dict[str, Any]:
    body = revision.body
    question, subject, value = str(body.get("question", "")), body.get("subject") or None, body["value"]
    about_interview = subject is not None and (subject in belongs or subject.startswith("interview-"))
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return {
        "record_id": revision.record_id,
        "application_id": belongs.get(str(subject)) if about_interview else subject,
        "interview_id": subject if about_interview else None,
        "chapter": question.partition("/")[0],
        "question": question,
        "item": body.get("item"),
        "kind": body.get("kind"),
        "value": value_text(value),
        "number": float(value) if is_number and body.get("kind") in _NUMBER_KINDS else None,
        "revision": revision.number,
        "answered_at": revision.made_at,
        "local_date": local_day(revision.made_at, body.get("zone")),
    }
