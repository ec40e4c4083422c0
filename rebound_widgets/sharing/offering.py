"""What a workbook has that can be shared, one thing at a time. What is not offered here cannot get into a file."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..content import Content
from ..domain.choice_questions import Scale
from ..domain.kinds import Repeat
from ..domain.question import Question
from ..domain.record import Revision
from ..history import History
from ..history.exporting.reading_order import in_reading_order

GROUPS = ("search", "interview", "applications", "own", "notes")
"""How the offers stand on the page, in order; each interview is a group of its own."""

APPLICATION_FIELDS = ("company", "role", "applied_on", "stage", "outcome", "outcome_on", "answer_promised_on")
INTERVIEW_FIELDS = ("held_on", "format")
NEWEST, SHOWN = 8, 60
"""Applications nothing is written about that are offered by name, and how many are at most."""
MOST_COUNTED = 10_000
DAYS = frozenset({"applied_on", "outcome_on", "answer_promised_on", "held_on"})


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Something that can be shared.

    Attributes:
        group: One of ``GROUPS``, for an interview with its id: ``interview:interview-1x``.
        label: What it is called within its group.
        heading: The name of its interview; empty in other groups.
        item: All of it, as the file would hold it.
    """

    group: str
    label: str
    item: Mapping[str, Any]
    heading: str = ""

    @property
    def id(self) -> str:
        """The item's id."""
        return str(self.item["id"])


def offers(history: History, content: Content, workbook_id: str) -> list[Offer]:
    """Everything that can be shared, in the order of the page.

    A private question, a timed page and a question nobody knows are offered by none of these. Every scale
    stands by itself, so that each is ticked alone.

    Args:
        history: The search.
        content: The questions, and the words of the file.
        workbook_id: Keys of applications without names are made with it.
    """
    made = list(_Offering(history, content, workbook_id).all())
    return sorted(made, key=lambda offer: GROUPS.index(offer.group.partition(":")[0]))


class _Offering:
    def __init__(self, history: History, content: Content, workbook_id: str) -> None:
        self._history, self._content, self._workbook_id = history, content, workbook_id
        self._say = content.words
        self._applications = {record.record_id: record for record in history.records("application")}
        self._interviews = {record.record_id: record for record in history.records("interview")}
        self._questions = {q.id: q for chapter in content.chapters.values() for q in chapter.questions()}

    def all(self) -> Iterator[Offer]:
        if self._applications:
            title = self._say("sharing.numbers")
            yield Offer(group="search", label=title, item=self._numbers(title))
        for record in self._shown():
            yield self._facts("application", record, APPLICATION_FIELDS)
        for record in self._interviews.values():
            yield self._facts("interview", record, INTERVIEW_FIELDS)
        for record in (*self._applications.values(), *self._interviews.values()):
            if record.body.get("note"):
                title = self._say("sharing.note", name=self._name(record))
                common = {"id": f"note@{record.record_id}", "kind": "note", "title": title}
                item = {**common, "text": str(record.body["note"]), **_held_on(record)}
                yield Offer(group="notes", label=self._name(record), item=item)
        yield from self._answers()

    def _shown(self) -> list[Revision]:
        """The applications something came of or was written about, and the newest of the others."""
        about = {str(r.body.get("application_id")) for r in self._interviews.values()}
        about |= {str(r.body.get("subject")) for r in self._history.records("answer")}
        told = [r for r in self._applications.values() if r.record_id in about or r.body.get("note")]
        known = {r.record_id for r in told}
        others = [r for r in self._applications.values() if r.record_id not in known]
        return sorted([*told, *others[-NEWEST:]], key=_sent_on, reverse=True)[:SHOWN]

    # Records -----------------------------------------------------------------------------------------------

    def _name(self, record: Revision) -> str:
        body = record.body
        more: list[str] = []
        if record.kind == "interview":
            more.append(self._say("report.round", number=body.get("round", 1)))
            application = self._applications.get(str(body.get("application_id")))
            body = {} if application is None else application.body
        return ", ".join(str(part) for part in (body.get("company"), body.get("role"), *more) if part)

    def _facts(self, kind: str, record: Revision, names: Iterable[str]) -> Offer:
        pairs = []
        for name in names:
            value = record.body.get(name) or {"stage": "applied", "outcome": "open"}.get(name)
            if value and not (kind == "interview" and name in ("stage", "outcome")):
                pairs.append([self._say(f"sharing.field.{name}"), self._words_of(name, str(value))])
        title = self._name(record)
        item = {
            "id": record.record_id,
            "kind": kind,
            "title": title,
            "pairs": pairs,
            **_held_on(record),
        }
        if kind == "interview":
            label = self._say("sharing.facts")
            return Offer(group=f"interview:{record.record_id}", label=label, heading=title, item=item)
        return Offer(group="applications", label=title, item=item)

    def _words_of(self, name: str, value: str) -> str:
        if name in DAYS:
            return self._content.facts.show_day(dt.date.fromisoformat(value), "year")
        if name == "format":
            question = self._questions.get("search/format")
            options = {option.id: option.text for option in getattr(question, "options", ())}
            return str(options.get(value, value))
        return str(self._say.get(f"report.{name}.{value}", value))

    def _numbers(self, title: str) -> dict[str, Any]:
        """The search without a name in it: days, stages, outcomes, and how far each got."""
        looked_back = {
            str(answer.body.get("subject"))
            for answer in self._history.records("answer")
            if str(answer.body.get("question")).startswith("debrief/")
        }
        held: dict[str, list[dict[str, Any]]] = {}
        for record in self._interviews.values():
            entry = {
                "held_on": record.body.get("held_on"),
                "stage": record.body.get("stage", "interview"),
                "looked_back": record.record_id in looked_back,
            }
            held.setdefault(str(record.body.get("application_id")), []).append(entry)
        rows = [
            {
                "key": self._key(record.record_id),
                "applied_on": record.body.get("applied_on"),
                "stage": record.body.get("stage", "applied"),
                "outcome": record.body.get("outcome", "open"),
                "outcome_on": record.body.get("outcome_on"),
                "reached": dict(record.body.get("reached") or {}),
                "interviews": held.get(record.record_id, []),
            }
            for record in list(self._applications.values())[-MOST_COUNTED:]
        ]
        own = ("application", "interview", "contact", "document", "note", "answer", "letter")
        written = [record.made_at for kind in own for record in self._history.records(kind)]
        last_on = max(written).astimezone().date().isoformat()
        return {"id": "numbers", "kind": "numbers", "title": title, "last_on": last_on, "applications": rows}

    def _key(self, record_id: str) -> str:
        """The same in every share of this workbook, and it says nothing."""
        return hashlib.sha256(f"{self._workbook_id}/{record_id}".encode()).hexdigest()[:16]

    # Answers -----------------------------------------------------------------------------------------------

    def _answers(self) -> Iterator[Offer]:
        by_subject: dict[str, list[Revision]] = {}
        for answer in self._history.records("answer"):
            if self._may_be_offered(answer):
                by_subject.setdefault(str(answer.body.get("subject") or ""), []).append(answer)
        for subject, answers in by_subject.items():
            record = self._interviews.get(subject) or self._applications.get(subject)
            if subject and record is None:
                continue
            for chapter in self._content.chapters.values():
                for exercise in chapter.exercises:
                    asked = dict(_with_inner(exercise.questions))
                    mine = [a for a in answers if str(a.body.get("question")) in asked]
                    yield from self._group(chapter.id, exercise.id, exercise.title, record, mine)

    def _may_be_offered(self, answer: Revision) -> bool:
        question = self._questions.get(str(answer.body.get("question")))
        return (
            question is not None
            and not question.private
            and question.kind != "timed-page"
            and answer.body.get("kind") != "timed-page"
            and question.chapter != "share"
            and answer.body.get("value") not in (None, "", [], {})
        )

    def _group(
        self, chapter: str, exercise: str, called: str, record: Revision | None, answers: list[Revision]
    ) -> Iterator[Offer]:
        ratings: dict[str, list[Revision]] = {}
        told = []
        for answer in answers:
            question = self._questions[str(answer.body["question"])]
            if isinstance(question, Scale):
                ratings.setdefault(question.id, []).append(answer)
            else:
                told.append(answer)
        about = "" if record is None else self._name(record)
        subject = "own" if record is None else record.record_id
        if any(answer.body.get("kind") != "repeat" for answer in told):
            title = self._say("sharing.about", name=about, title=called) if about else called
            parts = [
                {"title": part.title, "pairs": [list(pair) for pair in part.pairs]}
                for part in in_reading_order(told, self._questions, self._say["report.scale"])
            ]
            ids = {"id": f"answers:{chapter}/{exercise}@{subject}", "kind": "answers", "title": title}
            item = {**ids, "chapter": chapter, "exercise": exercise, "parts": parts, **_held_on(record)}
            if parts:
                yield self._written(record, called, item)
        for question_id, rated in ratings.items():
            item = {**self._rating(question_id, subject, about, rated), **_held_on(record)}
            yield self._written(record, self._say("sharing.rating", ask=item["ask"]), item)

    def _written(self, record: Revision | None, label: str, item: Mapping[str, Any]) -> Offer:
        """An offer among those of the interview it is about; what is about an application names it."""
        if record is not None and record.kind == "interview":
            group = f"interview:{record.record_id}"
            return Offer(group=group, label=label, heading=self._name(record), item=item)
        if record is None:
            return Offer(group="own", label=label, item=item)
        return Offer(group="applications", label=str(item["title"]), item=item)

    def _rating(self, question_id: str, subject: str, about: str, rated: list[Revision]) -> dict[str, Any]:
        question = self._questions[question_id]
        high = question.high if isinstance(question, Scale) else 5
        title = self._say("sharing.about", name=about, title=question.ask) if about else question.ask
        values = [
            {"item": int(a.body.get("item") or 0), "value": int(a.body["value"]), "high": high} for a in rated
        ]
        ids = {"id": f"rating:{question_id}@{subject}", "kind": "rating", "title": title}
        return {**ids, "question": question_id, "ask": question.ask, "ratings": values}


def _with_inner(questions: Iterable[Question]) -> Iterator[tuple[str, Question]]:
    for question in questions:
        yield question.id, question
        if isinstance(question, Repeat):
            yield from _with_inner(question.questions)


def _held_on(record: Revision | None) -> dict[str, str]:
    """The day of an interview: it goes with any part of it, since nobody prepares for a day they do not know."""
    if record is None or record.kind != "interview" or not record.body.get("held_on"):
        return {}
    return {"held_on": str(record.body["held_on"])}


def _sent_on(record: Revision) -> str:
    return str(record.body.get("applied_on") or "")
