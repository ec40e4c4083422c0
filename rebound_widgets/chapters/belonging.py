"""Which application a quick line is about: the one of that firm and role, where there is one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ..domain.application import OUTCOMES
from ..domain.record import Revision
from ..history.importing.firms import firm_key, role_key
from .visit import Visit


def application_of(
    visit: Visit, fields: Mapping[str, Any], *, outcomes: Collection[str] = OUTCOMES
) -> Revision | None:
    """The application of the firm a line names, and of its role where it names one; ``None`` where none fits.

    Names are compared as a log's are when it is brought in. Of several, one that is still open comes first, then
    one whose role is the same and not left empty, then the latest.

    Args:
        visit: The visit.
        fields: What was read out of the line.
        outcomes: Only applications that stand so are looked at.
    """
    if not fields.get("company"):
        return None
    firm, role = firm_key(str(fields["company"])), role_key(str(fields.get("role") or ""))
    fitting = [
        record
        for record in visit.workbook.current("application")
        if record.body.get("outcome", "open") in outcomes
        and firm_key(str(record.body.get("company") or "")) == firm
        and (not role or role_key(str(record.body.get("role") or "")) in {role, ""})
    ]

    def nearness(record: Revision) -> tuple[bool, bool, str]:
        body = record.body
        return (
            body.get("outcome", "open") == "open",
            bool(body.get("role")),
            str(body.get("applied_on") or ""),
        )

    return max(fitting, key=nearness, default=None)


def add_to(visit: Visit, record: Revision, fields: Mapping[str, Any]) -> None:
    """What a line says and the application does not say yet goes into it; a note is added to its note."""
    more = {name: fields[name] for name in ("role", "link", "applied_on") if fields.get(name)}
    more = {name: value for name, value in more.items() if not record.body.get(name)}
    notes = [str(one) for one in (record.body.get("note"), fields.get("note")) if one]
    if fields.get("note"):
        more["note"] = "\n".join(notes)
    if more:
        visit.workbook.change(record.record_id, more, kind="application")


def belongs(visit: Visit, record: Revision | None) -> str:
    """Says which application a line belongs to, or that there will be a new one."""
    if record is None:
        return visit.words("search.quick.belongs_new")
    body = record.body
    if body.get("role"):
        return visit.words("search.quick.belongs_role", company=body["company"], role=body["role"])
    return visit.words("search.quick.belongs", company=body["company"])
