"""One line in, a record out: the quick line of the search and of the debrief."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from ..domain.refused import Refused
from ..history.quick_add import QuickAdd, quick_add
from ..widgets.quick_line import QuickLine, Understood
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
        return Understood(parts=parts, left_over=" ".join(got.left_over), ready=True)

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
    """Adds an interview, with its application where there is none of that firm and role yet."""

    group = "debrief.quick."
    held = True

    def __init__(self, visit: Visit, then: Callable[[str], None]) -> None:
        self._then = then
        super().__init__(visit)

    def _add(self, got: QuickAdd) -> str:
        workbook, fields = self._visit.workbook, {**got.fields, **self._rest(got)}
        reached = dict(fields.pop("reached", {}))
        days = [reached[stage] for stage in ("interview", "final", "answered") if stage in reached]
        held_on = next(iter(days), None) or fields.pop("applied_on", None) or workbook.today().isoformat()
        application_id = self._known(fields)
        if application_id is None:
            fields["stage"] = "interview"
            application_id = workbook.add_application(fields).record_id
        interview = workbook.add_interview(application_id, {"held_on": held_on, **got.interview})
        return self._opened(interview.record_id, held_on > workbook.today().isoformat(), application_id)

    def _opened(self, interview_id: str, ahead: bool, application_id: str) -> str:
        """Goes where an interview just added is gone on with; returns what to say."""
        if ahead:
            self._visit.go(f"search/{application_id}")
            return self._visit.words("debrief.quick.kept_ahead")
        self._then(interview_id)
        return self._visit.words("debrief.quick.kept")

    def _known(self, fields: dict[str, Any]) -> str | None:
        """The one open application of this firm, and role where the line names one."""

        def same(body: Any, name: str) -> bool:
            wanted = fields.get(name)
            return wanted is None or str(body.get(name) or "").casefold() == str(wanted).casefold()

        matching = [
            record.record_id
            for record in self._visit.workbook.store.current("application")
            if record.body.get("outcome", "open") == "open"
            and same(record.body, "company")
            and same(record.body, "role")
        ]
        return matching[0] if len(matching) == 1 and fields.get("company") else None
