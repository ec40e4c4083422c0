"""Which answer it is about: those that said no, those that are silent, or a new one in a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from ..domain.record import Revision
from ..history.quick_add import QuickAdd
from .belonging import add_to, application_of, belongs
from .naming import line_of
from .quick import ApplicationLine
from .visit import Visit

SHOWN = 8
"""More answers than these are a wall; older ones are found in the search."""
SILENT_DAYS = 14
"""Silence shorter than this is usual and no answer."""


class NoLine(ApplicationLine):
    """Notes a no about the application of that firm and role; where there is none, it makes one."""

    group = "no.quick."

    def __init__(self, visit: Visit, then: Callable[[str], None]) -> None:
        self._then = then
        super().__init__(visit)

    def _about(self, got: QuickAdd) -> str:
        return belongs(self._visit, self._known(got.fields))

    def _add(self, got: QuickAdd) -> str:
        workbook = self._visit.workbook
        fields = {**got.fields, **self._rest(got)}
        known = self._known(fields)
        said_on = fields.get("outcome_on")
        told = {"outcome": "no", "outcome_on": said_on or workbook.today().isoformat()}
        if known is None:
            record_id = workbook.add_application({**fields, **told}).record_id
        else:
            record_id = known.record_id
            add_to(self._visit, known, fields)
            if said_on or known.body.get("outcome", "open") == "open":  # a day that is known stays
                workbook.change(record_id, told, kind="application")
        self._then(record_id)
        return self._visit.words("no.quick.kept")

    def _known(self, fields: Mapping[str, Any]) -> Revision | None:
        """The application it is about: one that waits for its answer, or that has this no already."""
        return application_of(self._visit, fields, outcomes=("open", "no"))


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
