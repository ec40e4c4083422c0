"""Which answer it is about: those that said no, those that are silent, or a new one in a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from ..domain.record import Revision
from ..history.quick_add import QuickAdd
from .naming import name_of
from .quick import ApplicationLine
from .visit import Visit

SHOWN = 8
"""More answers than these are a wall; older ones are found in the search."""
SILENT_DAYS = 14
"""Silence shorter than this is usual and no answer."""


class NoLine(ApplicationLine):
    """Notes a no in one line, with its application where there is none of that firm and role yet."""

    group = "no.quick."

    def __init__(self, visit: Visit, then: Callable[[str], None]) -> None:
        self._then = then
        super().__init__(visit)

    def _add(self, got: QuickAdd) -> str:
        workbook = self._visit.workbook
        today = workbook.today().isoformat()
        fields = {**got.fields, **self._rest(got)}
        fields = {**fields, "outcome": "no", "outcome_on": fields.get("outcome_on") or today}
        known = self._known(fields)
        if known is None:
            record_id = workbook.add_application(fields).record_id
        else:
            record_id = known
            told = {name: fields[name] for name in ("outcome", "outcome_on")}
            workbook.change(record_id, told, kind="application")
        self._then(record_id)
        return self._visit.words("no.quick.kept")

    def _known(self, fields: dict[str, Any]) -> str | None:
        """The one open application of this firm, and of this role where the line names one."""

        def same(record: Revision, name: str) -> bool:
            wanted = fields.get(name)
            return wanted is None or str(record.body.get(name) or "").casefold() == str(wanted).casefold()

        matching = [
            record.record_id
            for record in self._visit.workbook.store.current("application")
            if record.body.get("outcome", "open") == "open"
            and same(record, "company")
            and same(record, "role")
        ]
        return matching[0] if len(matching) == 1 and fields.get("company") else None


def answers_to_choose(visit: Visit, address: Callable[[str, bool], str]) -> list[dict[str, Any]]:
    """A row for each application that said no, the last one first, then for each that is silent for long.

    Args:
        visit: The visit.
        address: Where an application is gone on with, by its id and whether it is silent.
    """
    workbook = visit.workbook
    said_no = [r for r in workbook.store.current("application") if r.body.get("outcome") == "no"]
    said_no.sort(key=lambda r: str(r.body.get("outcome_on") or ""), reverse=True)
    rows = [_said_no(visit, record, address) for record in said_no[:SHOWN]]
    left = max(SHOWN - len(rows), SHOWN // 2)
    return rows + [_silent(visit, *one, address) for one in silent_applications(visit)[:left]]


def silent_applications(visit: Visit) -> list[tuple[Revision, dt.date]]:
    """Open applications without a sign for two weeks or more, the shortest silence first."""
    silence = visit.workbook.history().silence(visit.workbook.today())
    long = silence[silence["days"].fillna(0) >= SILENT_DAYS].sort_values("days")
    found = []
    for row in long.to_dict("records"):
        record = visit.workbook.store.get(str(row["application_id"]))
        if record is not None:
            found.append((record, row["last_sign_on"].date()))
    return found


def _said_no(visit: Visit, record: Revision, address: Callable[[str, bool], str]) -> dict[str, Any]:
    say, on = visit.words, record.body.get("outcome_on")
    told = (
        say("no.pick.said_no", day=visit.day(dt.date.fromisoformat(on)))
        if on
        else say("no.pick.said_no_no_day")
    )
    return {"text": line_of(visit, record), "detail": told, "href": address(record.record_id, False)}


def _silent(
    visit: Visit, record: Revision, since: dt.date, address: Callable[[str, bool], str]
) -> dict[str, Any]:
    told = visit.words("no.pick.silent", day=visit.day(since))
    return {"text": line_of(visit, record), "detail": told, "href": address(record.record_id, True)}


def line_of(visit: Visit, record: Revision) -> str:
    """Firm and role in one line."""
    role = record.body.get("role") if record.body.get("company") else None
    return ", ".join(part for part in (name_of(visit, record), role) if part)
