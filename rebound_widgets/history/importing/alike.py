"""Which applications of a log are in the workbook already, and which resemble one that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...domain.record import Revision
from .drafts import Draft
from .firms import firm_key, role_key

NEAR_DAYS = 3
"""Two applications to one firm for one role are alike when sent at most this many days apart."""


@dataclass(frozen=True, kw_only=True)
class Alike:
    """A new application that resembles one in the workbook: for the person to look at, side by side.

    Attributes:
        row: The row's number as a spreadsheet shows it.
        record_id: The application in the workbook.
        company: Its firm.
        role: Its role.
        applied_on: The day it was sent, where known.
        stage: Its stage.
        outcome: Its outcome.
    """

    row: int
    record_id: str
    company: str | None
    role: str | None
    applied_on: str | None
    stage: str
    outcome: str

    def as_json(self) -> dict[str, Any]:
        """As plain JSON."""
        return {
            "row": self.row,
            "record_id": self.record_id,
            "company": self.company,
            "role": self.role,
            "applied_on": self.applied_on,
            "stage": self.stage,
            "outcome": self.outcome,
        }


class Known:
    """The applications of a workbook, looked up by what they were imported from and by firm and role.

    Args:
        existing: Revisions of any records; deleted ones do not count.
    """

    def __init__(self, existing: Iterable[Revision]) -> None:
        applications = [r for r in existing if r.kind == "application" and not r.deleted]
        self._ids = {revision.record_id for revision in applications}
        self._digests = {revision.body.get("imported_as") for revision in applications} - {None}
        self._jobs: dict[tuple[str, str], list[Revision]] = {}
        for revision in applications:
            company, role, _ = place_of(revision.body)
            self._jobs.setdefault((company, role), []).append(revision)

    def has(self, draft: Draft) -> bool:
        """Whether the very same row, or the record it was exported from, is in the workbook."""
        return draft.given_id in self._ids or draft.body.get("imported_as") in self._digests

    def like(self, draft: Draft, place: tuple[str, str, str]) -> list[Alike]:
        """Applications in the workbook to the same firm for the same role, sent about the same day.

        Where one of the two days is not known, they count as near.

        Args:
            draft: The new application.
            place: Its ``place_of``.
        """
        company, role, day = place
        return [
            Alike(
                row=draft.row,
                record_id=found.record_id,
                company=found.body.get("company"),
                role=found.body.get("role"),
                applied_on=found.body.get("applied_on"),
                stage=found.body.get("stage") or "applied",
                outcome=found.body.get("outcome") or "open",
            )
            for found in self._jobs.get((company, role), ())
            if _near(day, found.body.get("applied_on") or "")
        ]


def place_of(body: Mapping[str, Any]) -> tuple[str, str, str]:
    """Firm, role and day of an application, the first two as they compare: see ``firms``."""
    return firm_key(body.get("company") or ""), role_key(body.get("role") or ""), body.get("applied_on") or ""


def _near(one: str, other: str) -> bool:
    if not one or not other:
        return True
    days = dt.date.fromisoformat(one) - dt.date.fromisoformat(other)
    return abs(days.days) <= NEAR_DAYS
