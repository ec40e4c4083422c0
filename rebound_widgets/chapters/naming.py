"""What to call an application or an interview in a sentence."""

from __future__ import annotations

from ..domain.record import Revision
from .visit import Visit


def name_of(visit: Visit, record: Revision) -> str:
    """The firm's name, or the role where there is no firm; of an interview, its application's."""
    body = record.body
    if record.kind == "interview":
        application = visit.workbook.find(str(body["application_id"]))
        body = {} if application is None else application.body
    return str(body.get("company") or body.get("role") or "")


def line_of(visit: Visit, record: Revision) -> str:
    """Firm and role in one line."""
    role = record.body.get("role") if record.body.get("company") else None
    return ", ".join(part for part in (name_of(visit, record), role) if part)


def interview_line(visit: Visit, interview: Revision) -> str:
    """Firm, role and round in one line, such as "Harbour Analytics, data analyst, round 2"."""
    application = visit.workbook.find(str(interview.body["application_id"]))
    about = {} if application is None else application.body
    round_words = visit.words("debrief.round", number=interview.body.get("round", 1))
    return ", ".join(part for part in (about.get("company"), about.get("role"), round_words) if part)
