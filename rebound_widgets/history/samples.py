"""Invented histories that ship: for the demo, the docs and the tests."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .. import places
from ..domain.application import Application, Interview
from ..domain.record import Revision, Write, answer_id

DEMO_PERSON = "Mara Lindqvist"
"""The invented person whose search the demo shows."""


def sample(name: str) -> Path:
    """A file of ``data/samples``, such as ``sample_wide.csv``.

    Raises:
        FileNotFoundError: no sample has that name.
    """
    path = places.shipped("data") / "samples" / name
    if not path.is_file():
        raise FileNotFoundError(f"There is no sample {name!r} in data/samples.")
    return path


def demo_writes(today: dt.date) -> list[Write]:
    """An invented person's search of twelve weeks that ends today, as writes into an empty workbook.

    Ids are the same every time. Interviews fall on working days.

    Args:
        today: The local calendar day.
    """
    with sample("demo.json").open(encoding="utf-8") as file:
        read = json.load(file)
    applications = {entry["key"]: number for number, entry in enumerate(read["applications"], start=1)}
    interviews = {entry["key"]: number for number, entry in enumerate(read["interviews"], start=1)}
    return [
        *_applications(read["applications"], applications, today),
        *_interviews(read["interviews"], applications, interviews, today),
        *_answers(read["answers"], applications, interviews, today),
    ]


def demo_revisions(today: dt.date) -> list[Revision]:
    """The same search as the revisions it would be in a workbook, all written at noon UTC of ``today``."""
    noon = dt.datetime.combine(today, dt.time(12), tzinfo=dt.UTC)
    return [
        Revision(
            number=number,
            record_id=write.record_id,
            kind=write.kind,
            body=write.body,
            deleted=write.deleted,
            made_at=noon,
            based_on=0,
            change="change-sample",
            origin="sample",
        )
        for number, write in enumerate(demo_writes(today), start=1)
    ]


def _applications(
    entries: list[dict[str, Any]], numbers: Mapping[str, int], today: dt.date
) -> Iterator[Write]:
    for entry in entries:
        fields = {
            name: value
            for name, value in entry.items()
            if name not in {"key", "applied", "outcome_on", "answer_promised", "reached"}
        }
        fields["applied_on"] = _day(today, entry["applied"])
        if "outcome_on" in entry:
            fields["outcome_on"] = _working_day(today, entry["outcome_on"])
        if "answer_promised" in entry:
            fields["answer_promised_on"] = _working_day(today, entry["answer_promised"])
        if "reached" in entry:
            fields["reached"] = {s: _working_day(today, days) for s, days in entry["reached"].items()}
        yield Write(
            record_id=_id("application", numbers[entry["key"]]),
            kind="application",
            body=Application.accept(fields).as_body(),
            based_on=0,
        )


def _interviews(
    entries: list[dict[str, Any]],
    applications: Mapping[str, int],
    numbers: Mapping[str, int],
    today: dt.date,
) -> Iterator[Write]:
    for entry in entries:
        fields = {
            name: value for name, value in entry.items() if name not in {"key", "application", "held", "time"}
        }
        fields["application_id"] = _id("application", applications[entry["application"]])
        fields["held_on"] = _working_day(today, entry["held"])
        fields["held_at"] = entry["time"]
        yield Write(
            record_id=_id("interview", numbers[entry["key"]]),
            kind="interview",
            body=Interview.accept(fields).as_body(),
            based_on=0,
        )


def _answers(
    entries: list[dict[str, Any]],
    applications: Mapping[str, int],
    interviews: Mapping[str, int],
    today: dt.date,
) -> Iterator[Write]:
    for entry in entries:
        subject = _subject(entry.get("subject"), applications, interviews)
        value = entry["value"]
        if isinstance(value, dict) and set(value) == {"day"}:
            value = _working_day(today, value["day"])
        body = {
            "question": entry["question"],
            "item": entry.get("item"),
            "subject": subject,
            "kind": entry["kind"],
            "value": value,
            "zone": "+00:00",
        }
        record_id = answer_id(entry["question"], subject, entry.get("item"))
        yield Write(record_id=record_id, kind="answer", body=body, based_on=0)


def _subject(key: str | None, applications: Mapping[str, int], interviews: Mapping[str, int]) -> str | None:
    """The id of what an answer is about: ``app:<key>`` is an application, any other key an interview."""
    if key is None:
        return None
    about, _, name = key.rpartition(":")
    return _id("application", applications[name]) if about else _id("interview", interviews[key])


def _id(kind: str, number: int) -> str:
    return f"{kind}-{number:016d}"


def _day(today: dt.date, days: int) -> str:
    return (today + dt.timedelta(days=days)).isoformat()


def _working_day(today: dt.date, days: int) -> str:
    """The day, or the nearest working day further from today where it falls on a weekend."""
    day, step = today + dt.timedelta(days=days), 1 if days > 0 else -1
    while day.weekday() > 4:
        day += dt.timedelta(days=step)
    return day.isoformat()
