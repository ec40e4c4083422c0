"""Who may read what, when: one pure function, and every row of its table is a test."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ..domain.grant import AUTHOR, COHORT, COUNSELLOR, ITEM_KINDS, Grant, Item, Reader


@dataclass(frozen=True, kw_only=True)
class Permission:
    """Whether something may be read, and the one rule that decided.

    Attributes:
        may: Whether.
        rule: ``own``, ``given``, ``counted``, ``private``, ``taken-back``, ``over``, ``somebody-else``,
            ``not-given``, ``numbers-only`` or ``not-counted``.
    """

    may: bool
    rule: str


def may_read(who: Reader, what: Item, when: dt.date, grant: Grant) -> Permission:
    """Whether ``who`` may read ``what`` on the local day ``when`` under ``grant``.

    The rules are asked in this order and the first that fits decides: the person reads everything of their
    own; what is private nobody else reads; what was taken back, or is over, nobody else reads; a counsellor
    reads what is in a share for them; counts over many people take the numbers alone, where that was allowed.
    """
    if who.role == AUTHOR:
        return Permission(may=True, rule="own")
    refused = _refused_to_everybody(what, when, grant)
    if refused:
        return Permission(may=False, rule=refused)
    if who.role == COUNSELLOR:
        if not grant.is_for(who.name):
            return Permission(may=False, rule="somebody-else")
        return Permission(may=what.id in grant.items, rule="given" if what.id in grant.items else "not-given")
    if who.role == COHORT and what.kind == "numbers" and what.id in grant.items:
        return Permission(may=grant.counted, rule="counted" if grant.counted else "not-counted")
    return Permission(may=False, rule="numbers-only")


def _refused_to_everybody(what: Item, when: dt.date, grant: Grant) -> str:
    if what.kind not in ITEM_KINDS:
        return "private"
    if grant.taken_back_on is not None and when >= grant.taken_back_on:
        return "taken-back"
    return "over" if when > grant.until else ""
