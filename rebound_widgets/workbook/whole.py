"""Bringing in a whole workbook that was exported as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..domain.record import Revision, Write
from ..history.exporting import Exported
from ..store import record_digest
from .workbook import Workbook


@dataclass(frozen=True, kw_only=True)
class WholePlan:
    """What bringing in an export would do. Nothing that is in the workbook is ever overwritten.

    Attributes:
        exported: The export.
        as_it_was: Whether the workbook is still empty, so that every revision comes in with its number and
            moment, deleted records too. Otherwise live records come in as they were last.
        new: The records that would be added.
        same: How many are there already, with the same text.
        differing: The ids of those that are there with another text, or deleted, and would stay so.
    """

    exported: Exported
    as_it_was: bool
    new: tuple[Write, ...]
    same: int
    differing: tuple[str, ...]

    def as_json(self) -> Mapping[str, Any]:
        """Counts under the names ``rebound import --json`` prints."""
        return {
            "read": len(self.new) + self.same + len(self.differing),
            "imported": len(self.new),
            "duplicates": self.same,
            "refused": 0,
            "differing": list(self.differing),
            "with_history": self.as_it_was,
        }


def plan_whole(workbook: Workbook, exported: Exported) -> WholePlan:
    """What bringing in ``exported`` would do; changes nothing."""
    new, same, differing = [], 0, []
    for write in exported.writes():
        there = workbook.store.get(write.record_id)
        if there is None:
            new.append(write)
        elif not there.deleted and _equal(there, write):
            same += 1
        else:
            differing.append(write.record_id)
    return WholePlan(
        exported=exported,
        as_it_was=workbook.store.revision() == 0,
        new=tuple(new),
        same=same,
        differing=tuple(differing),
    )


def _equal(there: Revision, write: Write) -> bool:
    digests = [record_digest(one.record_id, one.kind, one.body) for one in (there, write)]
    return digests[0] == digests[1]


def take_whole(workbook: Workbook, plan: WholePlan) -> None:
    """Do what ``plan`` says.

    Raises:
        Refused: the export makes no whole workbook, or something was written here meanwhile. Nothing was
            written.
    """
    if plan.as_it_was:
        workbook.fill(plan.exported.revisions)
    elif plan.new:
        workbook.take_in(plan.new)
