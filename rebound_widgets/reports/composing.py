"""A history into a document: what there is, what the person ticked, in the order one would read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..content import Content
from ..domain.question import Question
from ..domain.record import Revision
from ..history import History
from ..history.exporting.reading_order import in_reading_order
from ..insight import weeks
from .document import Block, Document, Pairs, Paragraph, Picture, Section, Table
from .road_picture import road_svg

ROAD, PICTURES, APPLICATIONS, NOTES, PRIVATE = "road", "pictures", "applications", "notes", "private"
COLUMNS = ("company", "role", "applied_on", "stage", "outcome", "outcome_on")
DAYS = frozenset({"applied_on", "outcome_on"})
ABOUT_IT = "share"
"""What a person ticked for a report is no part of one."""
MOST_WEEKS = 26
"""Weeks listed beside the road, those in which something happened; others are in the picture and in the exports."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What goes into a document.

    Attributes:
        parts: Names of parts, as ``what_there_is`` gives them.
        interview_id: The one interview it is about; ``None`` for the whole search.
    """

    parts: frozenset[str]
    interview_id: str | None = None


def what_there_is(history: History, content: Content) -> list[str]:
    """The parts a document of the whole search can have: those with something in them.

    ``road``, ``pictures``, ``applications``, ``notes``, then a chapter's id for each chapter something was
    written in, then ``private`` for answers to private questions. A timed page is in none.
    """
    there = []
    if history.records("application"):
        there += [ROAD, PICTURES, APPLICATIONS]
    noted = (*history.records("application"), *history.records("interview"))
    if any(record.body.get("note") for record in noted):
        there.append(NOTES)
    shown, private = _answers(history, content)
    written = {_chapter(answer) for answer in shown}
    there += [chapter for chapter in content.chapters if chapter in written and chapter != ABOUT_IT]
    return [*there, PRIVATE] if private else there


def ticked(history: History, content: Content) -> frozenset[str]:
    """What is ticked before the person has chosen: all but what is private."""
    return frozenset(what_there_is(history, content)) - {PRIVATE}


def compose(history: History, content: Content, today: dt.date, choice: Choice) -> Document:
    """The document.

    Args:
        history: The search.
        content: The words, in the language of the document.
        today: The local day to put on it.
        choice: What is in it.
    """
    return _Composer(history, content, today, choice).document()


def _answers(history: History, content: Content) -> tuple[list[Revision], list[Revision]]:
    """The answers that may be shown, and the private ones; those of a timed page are in neither.

    An answer to a question nobody knows any more counts as private: it may have been.
    """
    questions = _questions(content)
    shown: list[Revision] = []
    private: list[Revision] = []
    for answer in history.records("answer"):
        if answer.body.get("value") in (None, "", [], {}) or answer.body.get("kind") == "timed-page":
            continue
        question = questions.get(str(answer.body.get("question")))
        (private if question is None or question.private else shown).append(answer)
    return shown, private


def _questions(content: Content) -> dict[str, Question]:
    return {
        question.id: question for chapter in content.chapters.values() for question in chapter.questions()
    }


def _chapter(answer: Revision) -> str:
    return str(answer.body.get("question")).partition("/")[0]


class _Composer:
    """The parts of one document."""

    def __init__(self, history: History, content: Content, today: dt.date, choice: Choice) -> None:
        self._history, self._content, self._today, self._choice = history, content, today, choice
        self._say = content.words
        self._questions = _questions(content)
        self._applications = {record.record_id: record for record in history.records("application")}
        self._interviews = {record.record_id: record for record in history.records("interview")}
        shown, private = _answers(history, content)
        self._written = [*shown, *(private if PRIVATE in choice.parts else [])]

    def document(self) -> Document:
        one = self._interviews.get(self._choice.interview_id or "")
        title = self._say("take-along.title") if one is None else self._name(one)
        sections = self._whole() if one is None else self._about_one(one)
        return Document(
            title=title,
            lang=self._content.locale,
            direction=self._content.facts.direction,
            lede=(self._say("take-along.made", day=self._day(self._today)),),
            sections=tuple(section for section in sections if section.blocks or section.inner),
            words={"page": self._say["take-along.page"]},
        )

    def _day(self, day: dt.date) -> str:
        return self._content.facts.show_day(day, "year")

    def _iso(self, day: str | None) -> str:
        return self._day(dt.date.fromisoformat(day)) if day else ""

    def _name(self, record: Revision) -> str:
        """Firm and role, and of an interview its round and day."""
        body = record.body
        more: list[str] = []
        if record.kind == "interview":
            more = [self._say("report.round", number=body.get("round", 1)), self._iso(body.get("held_on"))]
            application = self._applications.get(str(body.get("application_id")))
            body = {} if application is None else application.body
        return ", ".join(str(part) for part in (body.get("company"), body.get("role"), *more) if part)

    # The whole search --------------------------------------------------------------------------------------

    def _whole(self) -> Iterable[Section]:
        makers: Mapping[str, Callable[[], Section]] = {
            ROAD: self._road,
            PICTURES: self._pictures,
            APPLICATIONS: self._table,
            NOTES: self._notes,
        }
        for part, make in makers.items():
            if part in self._choice.parts:
                yield make()
        for chapter in self._content.chapters.values():
            if chapter.id in self._choice.parts:
                yield self._chapter_section(chapter.id, chapter.title)
        if PRIVATE in self._choice.parts:
            kept = [answer for answer in self._written if self._is_private(answer)]
            yield Section(title=self._say("take-along.parts.private"), inner=self._by_subject(kept))

    def _road(self) -> Section:
        road = weeks(self._history, self._today)
        # Counted as on every page: what was sent. The list below has what is only saved as well.
        applications = sum(one.body.get("stage") != "saved" for one in self._applications.values())
        interviews = len(self._interviews)
        counts = self._say("take-along.counts", applications=applications, interviews=interviews)
        blocks: list[Block] = [Paragraph(text=counts)]
        if road:
            finding = self._say.plural("take-along.road", len(road))
            alt = self._say("take-along.road_alt")
            blocks.append(Picture(svg=road_svg(road), caption=f"{finding} {alt}", alt=f"{finding} {counts}"))
            columns = tuple(self._say(f"take-along.week.{n}") for n in ("week", "sent", "interviews", "noes"))
            rows = tuple(
                (self._day(w.starts_on), str(w.applications), str(w.interviews), str(w.noes))
                for w in [w for w in road if w.applications or w.interviews or w.noes][-MOST_WEEKS:]
            )
            blocks.append(Table(caption=self._say("take-along.week.caption"), columns=columns, rows=rows))
        blocks.append(Paragraph(text=self._say("take-along.source", day=self._day(self._today)), quiet=True))
        return Section(title=self._say("take-along.parts.road"), blocks=tuple(blocks))

    def _pictures(self) -> Section:
        from .pictures import picture_sections  # noqa: PLC0415 - loads scipy, which nothing else here needs

        drawn = picture_sections(self._history, self._today, self._content) if self._applications else ()
        return Section(title=self._say("take-along.parts.pictures"), inner=tuple(drawn))

    def _table(self) -> Section:
        columns = tuple(self._say(f"report.{name}") for name in COLUMNS)
        rows = tuple(
            tuple(self._cell(record.body, name) for name in COLUMNS) for record in self._applications.values()
        )
        title = self._say("report.applications")
        return Section(title=title, blocks=(Table(caption=title, columns=columns, rows=rows),))

    def _cell(self, body: Mapping[str, Any], name: str) -> str:
        value = body.get(name) or {"stage": "applied", "outcome": "open"}.get(name, "")
        if name in DAYS:
            return self._iso(value or None)
        return self._say.get(f"report.{name}.{value}", str(value))

    def _notes(self) -> Section:
        pairs = tuple(
            (self._name(record), str(record.body["note"]))
            for record in (*self._applications.values(), *self._interviews.values())
            if record.body.get("note")
        )
        return Section(title=self._say("report.notes"), blocks=(Pairs(pairs=pairs),) if pairs else ())

    def _chapter_section(self, chapter: str, title: str) -> Section:
        kept = [a for a in self._written if _chapter(a) == chapter and not self._is_private(a)]
        return Section(title=title, inner=self._by_subject(kept))

    def _is_private(self, answer: Revision) -> bool:
        question = self._questions.get(str(answer.body.get("question")))
        return question is None or question.private

    def _by_subject(self, answers: Iterable[Revision]) -> tuple[Section, ...]:
        """Answers under what they are about: the person's own first, then by application and interview."""
        by_subject: dict[str | None, list[Revision]] = {}
        for answer in answers:
            by_subject.setdefault(answer.body.get("subject"), []).append(answer)
        records = {**self._applications, **self._interviews}
        sections = []
        for subject in sorted(by_subject, key=lambda one: (one is not None, self._place(one))):
            record = records.get(str(subject))
            if subject is not None and record is None:
                continue
            title = self._say("take-along.own") if record is None else self._name(record)
            sections.append(Section(title=title, blocks=self._pairs(by_subject[subject])))
        return tuple(sections)

    def _place(self, subject: str | None) -> str:
        record = self._interviews.get(str(subject)) or self._applications.get(str(subject))
        body = {} if record is None else record.body
        return str(body.get("held_on") or body.get("applied_on") or "")

    def _pairs(self, answers: list[Revision]) -> tuple[Block, ...]:
        parts = in_reading_order(answers, self._questions, self._say["report.scale"])
        return tuple(Pairs(title=part.title, pairs=part.pairs) for part in parts)

    # One interview -----------------------------------------------------------------------------------------

    def _about_one(self, interview: Revision) -> Iterable[Section]:
        application_id = str(interview.body.get("application_id"))
        application = self._applications.get(application_id)
        if application is not None:
            pairs = [(self._say(f"report.{name}"), self._cell(application.body, name)) for name in COLUMNS]
            met = str(interview.body.get("interviewers") or "")
            pairs.append((self._say("take-along.met"), met))
            known = tuple(pair for pair in pairs if pair[1])
            yield Section(title=self._say("take-along.the_application"), blocks=(Pairs(pairs=known),))
        for chapter in self._content.chapters.values():
            about = [
                answer
                for answer in self._written
                if answer.body.get("subject") in {interview.record_id, application_id}
                and _chapter(answer) == chapter.id
            ]
            if chapter.id in self._choice.parts and about:
                yield Section(title=chapter.title, blocks=self._pairs(about))
        if NOTES in self._choice.parts and interview.body.get("note"):
            note = Pairs(pairs=((self._say("report.note"), str(interview.body["note"])),))
            yield Section(title=self._say("report.notes"), blocks=(note,))
