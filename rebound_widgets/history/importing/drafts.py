"""One application as a row of a log tells it, and what its cells say of where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...domain.application import STAGES
from ...domain.refused import Refused
from .fields import Field
from .words import Meaning, shorten

_RANK = {stage: rank for rank, stage in enumerate(STAGES)}


@dataclass(kw_only=True, slots=True)
class Draft:
    """One application as a row tells it.

    Attributes:
        row: The row's number as a spreadsheet shows it.
        body: The fields of ``domain.Application`` that hold something.
        interviews: The fields of each interview, its application's id left out.
        problems: What was not taken, and the row was kept.
        words: The status word, where its meaning is not known.
        given_id: The record id in Rebound's own export.
        digest: Of the cells that were used.
        refused: Why the whole row cannot be an application; ``None`` when it is one.
        is_empty: Whether the row holds nothing that is used.
    """

    row: int
    body: dict[str, Any] = field(default_factory=dict)
    interviews: tuple[dict[str, Any], ...] = ()
    problems: tuple[Refused, ...] = ()
    words: str = ""
    given_id: str = ""
    digest: str = ""
    refused: Refused | None = None
    is_empty: bool = False

    def notice(self, problem: Refused) -> None:
        """Keep a sentence about what was not taken."""
        self.problems = (*self.problems, problem)


@dataclass(kw_only=True, slots=True)
class Told:
    """What the cells of one row said so far. One serves all rows, since a hundred thousand would cost."""

    draft: Draft
    stages: list[str] = field(default_factory=list)
    endings: list[tuple[Field, str | None]] = field(default_factory=list)
    reached: dict[str, str] = field(default_factory=dict)
    exact: dict[str, str] = field(default_factory=dict)
    states: list[tuple[Meaning, str | None, str | None]] = field(default_factory=list)
    meaning: Meaning | None = None
    not_sent: bool = False
    first_day: str | None = None

    def begin(self, draft: Draft) -> None:
        self.draft = draft
        for said in (self.stages, self.endings, self.reached, self.exact, self.states):
            said.clear()
        self.meaning, self.not_sent, self.first_day = None, False, None

    def conclude(self, constants: Mapping[str, str]) -> None:
        """Stage and outcome from what the cells said.

        The stage is the furthest anything speaks of. The outcome is what the status word says, and where that
        says nothing of it, what the columns of endings say.

        Args:
            constants: What every application of such a file has, where its cells do not say.
        """
        body, meaning = self.draft.body, self.meaning or Meaning()
        for name, value in constants.items():
            body.setdefault(name, value)
        outcome, ending = meaning.outcome, next(iter(self.endings), None)
        if ending is not None:
            found, day = ending
            if outcome == "open":
                outcome = str(found.outcome)
                if found.stage is not None:
                    self.stages.append(found.stage)
            elif outcome != found.outcome:
                self.draft.notice(_two_endings(body.get("status_words", ""), outcome))
                day = None
            if day is not None:
                body.setdefault("outcome_on", day)
        for state, day, time in self.states:
            self._state(state, day, time)
        if meaning.stage is not None:
            self.stages.append(meaning.stage)
        body["stage"] = self.exact.get("stage") or self._furthest(meaning)
        body["outcome"] = self.exact.get("outcome") or outcome
        if self.reached:
            body["reached"] = dict(sorted(self.reached.items(), key=lambda pair: _RANK[pair[0]]))

    def _state(self, state: Meaning, day: str | None, time: str | None) -> None:
        """A status with its day; where a column of its own says that day, the column is believed."""
        if state.stage is not None:
            self.stages.append(state.stage)
        if day is None:
            return
        if state.outcome != "open":
            self.draft.body.setdefault("starts_on" if state.outcome == "started" else "outcome_on", day)
        elif state.stage == "applied":
            self.draft.body.setdefault("applied_on", day)
        elif state.stage in {"interview", "final"}:
            self._interview(state.stage, day, time)
        elif state.stage is not None:
            self.reached.setdefault(state.stage, day)

    def _interview(self, stage: str, day: str, time: str | None) -> None:
        known = self.draft.interviews
        if all(interview.get("held_on") != day for interview in known):
            made = {"round": len(known) + 1, "held_on": day, "held_at": time, "stage": stage}
            held = {name: value for name, value in made.items() if value is not None}
            self.draft.interviews = (*known, held)

    def _furthest(self, meaning: Meaning) -> str:
        if not self.stages:
            return "saved" if self.not_sent else "applied"
        furthest = STAGES[max(_RANK[stage] for stage in self.stages)]
        only_saved = furthest == "saved" and not (meaning.stage != "saved" and not self.not_sent)
        return furthest if furthest != "saved" or only_saved else "applied"


def _two_endings(words: str, outcome: str) -> Refused:
    return Refused(
        "import-two-endings",
        "The status “{words}” and another column say different things about how it ended; "
        "it was taken as {outcome}.",
        words=shorten(str(words)),
        outcome=outcome,
    )
