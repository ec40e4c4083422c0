"""What the records tell one by one, for what needs no frame: the first page is there before pandas is at work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ..domain.record import Revision
from ..history.local import local_day, value_text


class Told(Protocol):
    """The records of a search, as ``History`` gives them."""

    def records(self, kind: str) -> Sequence[Revision]: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that has a value.

    Attributes:
        question: ``"<chapter>/<question>"``.
        application_id: The application it is about; ``None`` where it is about none.
        interview_id: The interview it is about.
        revision: As it is kept.
    """

    question: str
    application_id: str | None
    interview_id: str | None
    revision: Revision

    @property
    def kind(self) -> str | None:
        """The kind of its question."""
        kind: str | None = self.revision.body.get("kind")
        return kind

    @property
    def text(self) -> str:
        """Its value in words."""
        return value_text(self.revision.body["value"])

    @property
    def day(self) -> dt.date:
        """The day it was given, where the person was."""
        return dt.date.fromisoformat(local_day(self.revision.made_at, self.revision.body.get("zone")))


def answers(history: Told) -> Iterator[Answer]:
    """Every answer that has a value, in the order they were begun."""
    belongs = {one.record_id: one.body.get("application_id") for one in history.records("interview")}
    for one in history.records("answer"):
        body = one.body
        if body.get("value") is None:
            continue
        question, subject = str(body.get("question", "")), body.get("subject") or None
        if subject is not None and (subject in belongs or subject.startswith("interview-")):
            yield Answer(question, belongs.get(subject), subject, one)
        else:
            yield Answer(question, subject, None, one)


def latest(given: Iterator[Answer]) -> Answer | None:
    """The one that was given last."""
    return max(given, key=lambda one: (one.revision.made_at, one.revision.number), default=None)


def stage(body: Mapping[str, Any]) -> str:
    """How far an application has come; sent, where it does not say."""
    return str(body.get("stage") or "applied")


def outcome(body: Mapping[str, Any]) -> str:
    """How an application ended; open, where it does not say."""
    return str(body.get("outcome") or "open")


def name(body: Mapping[str, Any]) -> str:
    """An application's firm, or the role where there is no firm."""
    return str(body.get("company") or body.get("role") or "")


def date(text: str | None) -> dt.date | None:
    """The day of a date as it is kept."""
    return dt.date.fromisoformat(text) if text else None
