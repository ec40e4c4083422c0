"""One line in, a record out: the quick line of the search and of the debrief."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import Any

from ..domain.application import OUTCOMES
from ..domain.record import Revision
from ..domain.refused import Refused
from ..history.quick_add import QuickAdd, quick_add
from ..widgets.quick_line import QuickLine, Understood
from .belonging import add_to, application_of, belongs
from .visit import Visit


class Declined(Exception):
    """A line that cannot be kept; ``sentence`` says why, in the language of the page."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class ApplicationLine:
    """Adds an application from one line, and says what was understood while it is typed."""

    group = "search.quick."
    held = False
    """Whether the line is about an interview that has been, so that a weekday lies behind."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        own = {
            key.removeprefix(self.group): words
            for key, words in visit.words.items()
            if key.startswith(self.group)
        }
        self.widget = QuickLine(
            on_try=self._try,
            on_keep=self._keep,
            words={**visit.group("actions"), **own},
            name=f"quick/{self.group.partition('.')[0]}",
            workbook=visit.workbook.id,
        )

    def _read(self, line: str) -> QuickAdd:
        return quick_add(line, self._visit.content.facts, self._visit.workbook.today(), held=self.held)

    def _try(self, line: str) -> Understood:
        try:
            got = self._read(line)
        except Refused as refused:
            return Understood(sentence=self._visit.sentence(refused))
        parts = tuple((self._field(name), self._read_as(name, words, got)) for name, words in got.understood)
        return Understood(parts=parts, left_over=" ".join(got.left_over), note=self._about(got), ready=True)

    def _about(self, got: QuickAdd) -> str:
        """Which application the line belongs to, in words; empty where it always makes one."""
        return ""

    def _field(self, name: str) -> str:
        return self._visit.words(f"search.quick.fields.{name}")

    def _read_as(self, name: str, words: str, got: QuickAdd) -> str:
        """What was read, where that is not the words themselves: the day with its year, the stage by its name."""
        value = got.fields.get(name, got.interview.get(name))
        if name == "reached" and value:
            value = next(iter(value.values()))
        if name in {"stage", "outcome"}:
            named = {option["value"]: option["label"] for option in self._visit.options(f"search/{name}")}
            return named.get(str(value), words)
        if name == "reached" or name.endswith("_on"):
            day = self._visit.day(dt.date.fromisoformat(str(value)), "year") if value else words
            at = got.interview.get("held_at") if name == "held_on" else None
            return f"{day}, {self._visit.content.facts.show_time(dt.time.fromisoformat(at))}" if at else day
        return words

    def _keep(self, line: str) -> str:
        try:
            return self._add(self._read(line))
        except Refused as refused:
            raise Declined(self._visit.sentence(refused)) from None

    def _add(self, got: QuickAdd) -> str:
        made = self._visit.workbook.add_application({**got.fields, **self._rest(got)})
        if got.interview:
            self._visit.workbook.add_interview(made.record_id, got.interview)
        name = made.body.get("company") or made.body.get("role")
        return self._visit.words("search.quick.kept", company=name)

    def _rest(self, got: QuickAdd) -> dict[str, Any]:
        """What nothing was made of goes into the note: no typed word is lost."""
        return {"note": ", ".join(got.left_over)} if got.left_over else {}


class InterviewLine(ApplicationLine):
    """Adds an interview to the application of that firm and role; where there is none, it makes one."""

    group = "debrief.quick."
    held = True
    outcomes: Collection[str] = OUTCOMES
    """How an application may stand that the interview can belong to."""

    def __init__(self, visit: Visit, then: Callable[[str], None]) -> None:
        self._then = then
        super().__init__(visit)

    def _about(self, got: QuickAdd) -> str:
        return belongs(self._visit, self._known(got.fields))

    def _add(self, got: QuickAdd) -> str:
        workbook, fields = self._visit.workbook, {**got.fields, **self._rest(got)}
        reached = dict(fields.pop("reached", {}))
        days = [reached[stage] for stage in ("interview", "final", "answered") if stage in reached]
        held_on = next(iter(days), None) or fields.pop("applied_on", None) or workbook.today().isoformat()
        known = self._known(fields)
        if known is None:
            fields["stage"] = "interview"
            application_id = workbook.add_application(fields).record_id
        else:
            application_id = known.record_id
            add_to(self._visit, known, fields)
        interview_id = (
            self._held(application_id, held_on)
            or workbook.add_interview(application_id, {"held_on": held_on, **got.interview}).record_id
        )
        return self._opened(interview_id, held_on > workbook.today().isoformat(), application_id)

    def _known(self, fields: Mapping[str, Any]) -> Revision | None:
        return application_of(self._visit, fields, outcomes=self.outcomes)

    def _held(self, application_id: str, day: str) -> str | None:
        """The interview of that day, where the application has it already."""
        held = self._visit.workbook.interviews(application_id)
        return next((one.record_id for one in held if one.body.get("held_on") == day), None)

    def _opened(self, interview_id: str, ahead: bool, application_id: str) -> str:
        """Goes where an interview just added is gone on with; returns what to say."""
        if ahead:
            self._visit.go(f"search/{application_id}")
            return self._visit.words("debrief.quick.kept_ahead")
        self._then(interview_id)
        return self._visit.words("debrief.quick.kept")
