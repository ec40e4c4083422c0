"""What a column of a log can be: the register of fields a mapping may name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing a column can hold.

    Attributes:
        id: Its name in mapping files, ``--map`` and the page.
        takes: How its cells are read: ``line``, ``prose``, ``link``, ``size``, ``status``, ``day``; ``reach``
            (the day a stage was reached, or yes or no), ``round`` (the same, and a day makes an interview),
            ``ending`` (the same for an outcome); ``stage-word``, ``outcome-word``, ``reached``, ``digest``
            and ``id`` of Rebound's own export.
        stage: The stage a ``reach`` or ``round`` says was reached.
        format: How an interview of a ``round`` was held.
        outcome: The outcome of an ``ending``.
        step: Whether it belongs to logs with one row a step, and to no others.
    """

    id: str
    takes: str
    stage: str | None = None
    format: str | None = None
    outcome: str | None = None
    step: bool = False


def _plain(takes: str, *ids: str, step: bool = False) -> Iterable[Field]:
    return (Field(id=name, takes=takes, step=step) for name in ids)


def _all() -> Iterable[Field]:
    yield from _plain("line", "company", "role", "role_family", "location", "source")
    yield from _plain("size", "size")
    yield from _plain("link", "link")
    yield Field(id="applied_on", takes="reach", stage="applied")
    yield from _plain("status", "status")
    yield Field(id="answered_on", takes="reach", stage="answered")
    yield Field(id="phone_call_on", takes="round", stage="answered", format="phone")
    yield Field(id="video_call_on", takes="round", stage="interview", format="video")
    yield Field(id="task_on", takes="round", stage="answered", format="task")
    yield Field(id="interview_on", takes="round", stage="interview")
    for number in range(1, 6):
        yield Field(id=f"interview_{number}_on", takes="round", stage="interview")
    yield Field(id="final_on", takes="round", stage="final")
    yield Field(id="offer_on", takes="reach", stage="offer")
    yield Field(id="no_on", takes="ending", outcome="no")
    yield Field(id="withdrawn_on", takes="ending", outcome="withdrawn")
    yield Field(id="declined_on", takes="ending", outcome="declined", stage="offer")
    yield Field(id="accepted_on", takes="ending", outcome="accepted", stage="offer")
    yield from _plain("day", "outcome_on", "answer_promised_on", "starts_on")
    yield Field(id="saved_on", takes="reach", stage="saved")
    yield from _plain("prose", "note")
    yield from _plain("status", "from_stage", "to_stage", step=True)
    yield from _plain("day", "changed_on", step=True)
    yield from _plain("line", "key", step=True)
    yield from _plain("id", "id")
    yield from _plain("stage-word", "stage")
    yield from _plain("outcome-word", "outcome")
    yield from _plain("line", "status_words")
    yield from _plain("digest", "imported_as")
    for stage in ("saved", "applied", "answered", "interview", "final", "offer"):
        yield Field(id=f"reached_{stage}", takes="reached", stage=stage)


FIELDS: Mapping[str, Field] = MappingProxyType({field.id: field for field in _all()})
"""Every field by id, in the order a mapping screen shows them."""

DAY_TAKES = frozenset({"day", "reach", "round", "ending", "reached"})
"""Fields whose cells may hold a day."""

MARK_TAKES = frozenset({"reach", "round", "ending"})
"""Fields whose cells may hold a yes or no instead of a day."""

OWN_TAKES = frozenset({"id", "stage-word", "outcome-word", "reached", "digest"})
"""Fields of Rebound's own export: never guessed from a header of another log."""
