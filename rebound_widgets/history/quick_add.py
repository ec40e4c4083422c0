"""One line into one application: "Acme, analyst, applied 3 Oct"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..content.locale import plain
from ..domain.application import STAGES, Application
from ..domain.refused import Refused
from .quick_days import DayFacts, find_day

LENGTH_LIMIT = 1_000
_PARTS = re.compile(r"[,;\n\t|]+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SOON_STAGES = frozenset({"interview", "final"})


class Facts(DayFacts, Protocol):
    """What a language knows that a quick add needs; ``content.LocaleFacts`` is one."""

    @property
    def small_words(self) -> Sequence[str]:
        """Words that carry nothing, such as "on"."""

    @property
    def stage_words(self) -> Mapping[str, Sequence[str]]:
        """Stage to the words that say so."""

    @property
    def outcome_words(self) -> Mapping[str, Sequence[str]]:
        """Outcome to the words that say so."""


@dataclass(frozen=True, kw_only=True, repr=False)
class QuickAdd:
    """What was understood of one line.

    Attributes:
        fields: Fields for ``domain.Application.accept``; at least a firm or a role.
        understood: Each field with the words of the line it was read from, in the line's order; a day a stage
            was reached stands under ``reached``.
        left_over: The parts nothing was made of.
    """

    fields: Mapping[str, Any]
    understood: tuple[tuple[str, str], ...]
    left_over: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<QuickAdd: {', '.join(self.fields)}>"


@dataclass(kw_only=True)
class _Line:
    fields: dict[str, Any] = field(default_factory=dict)
    understood: list[tuple[str, str]] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)
    reached: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class _Said:
    """What one part says besides a name: how many words from its end say it, and what."""

    words: int = 0
    stage: str | None = None
    outcome: str | None = None
    day: dt.date | None = None


def quick_add(text: str, facts: Facts, today: dt.date) -> QuickAdd:
    """Understand one line: firm, role, and what happened on which day, parted by commas.

    A day without a year is the latest one not after ``today``; beside a word for an interview, which may be
    still to come, it is the nearest one.

    Args:
        text: The line.
        facts: The language it is written in.
        today: The local calendar day.

    Raises:
        Refused: nothing in it can be a firm or a role, or a part is longer than a field takes.
    """
    if len(text) > LENGTH_LIMIT:
        raise Refused(
            "quick-add-long",
            "One line takes up to {limit} characters; this has {got}.",
            limit=LENGTH_LIMIT,
            got=len(text),
        )
    line = _Line()
    parts = [part.strip() for part in _PARTS.split(_take_link(text, line))]
    for part in parts:
        if part:
            _take_part(part, line, facts, today)
    if not {"company", "role"} & set(line.fields):
        raise Refused(
            "quick-add-nameless",
            "Begin with the firm, then the role, with a comma between: Acme, analyst, applied 3 Oct.",
        )
    if line.reached:
        line.fields["reached"] = line.reached
    accepted = Application.accept(line.fields).as_body()
    return QuickAdd(
        fields={name: accepted[name] for name in line.fields if name in accepted},
        understood=tuple(line.understood),
        left_over=tuple(line.left_over),
    )


def _take_link(text: str, line: _Line) -> str:
    found = _LINK.search(text)
    if found is None:
        return text
    link = found.group(0).rstrip(",;|")
    line.fields["link"] = link
    line.understood.append(("link", link))
    return text[: found.start()] + "," + text[found.start() + len(link) :]


def _take_part(part: str, line: _Line, facts: Facts, today: dt.date) -> None:
    words = part.split()
    said = _said(words, facts, today)
    name = " ".join(words[: len(words) - said.words])
    if name:
        free = next((key for key in ("company", "role") if key not in line.fields), None)
        if free is None:
            line.left_over.append(name)
        else:
            line.fields[free] = name
            line.understood.append((free, name))
    if said.words:
        _take_said(said, " ".join(words[len(words) - said.words :]), line)


def _take_said(said: _Said, words: str, line: _Line) -> None:
    if said.stage is None and said.outcome is None and "applied_on" in line.fields:
        line.left_over.append(words)
        return
    if said.stage is not None:
        before = line.fields.get("stage", "saved")
        line.fields["stage"] = max(before, said.stage, key=STAGES.index)
        line.understood.append(("stage", words))
    if said.outcome is not None:
        line.fields["outcome"] = said.outcome
        line.understood.append(("outcome", words))
    if said.day is None:
        return
    day = said.day.isoformat()
    if said.outcome is not None:
        line.fields["outcome_on"] = day
        line.understood.append(("outcome_on", words))
    elif said.stage in {None, "applied"}:
        line.fields["applied_on"] = day
        line.understood.append(("applied_on", words))
    else:
        line.reached[str(said.stage)] = day
        line.understood.append(("reached", words))


def _said(words: Sequence[str], facts: Facts, today: dt.date) -> _Said:
    """What the end of a part says: a stage or an outcome, a day, or both, in any order, and small words.

    Words before it are a name. A stage word alone says something only where it is all there is: a firm may be
    called "Final Interview", a role "offer manager".
    """
    best = _Said()
    for start in range(len(words) - 1, -1, -1):
        said = _whole(words[start:], facts, today)
        if said is not None and (said.day is not None or start == 0):
            best = said
    return best


def _whole(words: Sequence[str], facts: Facts, today: dt.date) -> _Said | None:
    """What these words say, where every one of them says something; else ``None``."""
    small = {plain(word) for word in facts.small_words}
    stage, outcome, day = None, None, None
    at = 0
    while at < len(words):
        length, kind, meaning = _phrase(words[at:], facts)
        if length and kind == "stage" and stage is None:
            stage, at = meaning, at + length
            continue
        if length and kind == "outcome" and outcome is None:
            outcome, at = meaning, at + length
            continue
        soon = stage in _SOON_STAGES or any(
            _phrase(words[after:], facts)[2] in _SOON_STAGES for after in range(at, len(words))
        )
        found = find_day(words[at:], facts, today, nearest=soon) if day is None else None
        if found is not None:
            day, at = found[0], at + found[1]
            continue
        if plain(words[at]).strip(".:") not in small:
            return None
        at += 1
    if stage is None and outcome is None and day is None:
        return None
    return _Said(words=len(words), stage=stage, outcome=outcome, day=day)


def _phrase(words: Sequence[str], facts: Facts) -> tuple[int, str, str]:
    """The longest word for a stage or outcome that begins here: how many words, which kind, what it means."""
    best = (0, "", "")
    for kind, table in (("stage", facts.stage_words), ("outcome", facts.outcome_words)):
        for meaning, phrases in table.items():
            for phrase in phrases:
                wanted = plain(phrase).split()
                given = [plain(word).strip(".:!") for word in words[: len(wanted)]]
                if wanted and given == wanted and len(wanted) > best[0]:
                    best = (len(wanted), kind, meaning)
    return best
