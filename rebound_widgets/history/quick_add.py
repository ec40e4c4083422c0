"""One line into one application: "Acme, analyst, applied 3 Oct"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..content.locale import plain
from ..domain.application import STAGES, Application
from ..domain.refused import Refused
from .quick_said import SOON_STAGES, Facts, Said, phrase_at, said_at_the_end, said_by

LENGTH_LIMIT = 1_000
_PARTS = re.compile(r"[,;\n\t|]+")
_DASH = re.compile(r"\s+[-–—]\s+")
LONGEST_ROLE = 7
"""More words than these are a remark and no role."""
_LONGEST_REMARK = 20
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, repr=False)
class QuickAdd:
    """What was understood of one line.

    Attributes:
        fields: Fields for ``domain.Application.accept``; at least a firm or a role.
        understood: Each field with the words of the line it was read from, in the line's order; a day a stage
            was reached stands under ``reached``, that of an interview under ``held_on``.
        left_over: The parts nothing was made of.
        interview: Fields of the interview the line tells of: ``stage``, ``held_on``, perhaps ``held_at``; empty
            where it tells of none.
    """

    fields: Mapping[str, Any]
    understood: tuple[tuple[str, str], ...]
    left_over: tuple[str, ...]
    interview: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<QuickAdd: {', '.join(self.fields)}>"


@dataclass(kw_only=True)
class _Line:
    fields: dict[str, Any] = field(default_factory=dict)
    understood: list[tuple[str, str]] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)
    reached: dict[str, str] = field(default_factory=dict)
    interview: dict[str, str] = field(default_factory=dict)


def quick_add(text: str, facts: Facts, today: dt.date, *, held: bool = False) -> QuickAdd:
    """Understand one line: firm, role, and what happened on which day, parted by commas.

    Firm and role may be parted by a dash between spaces. What is no role and says nothing else is left over; of such a
    remark what happened on which day is read.

    A day without a year, and a weekday, is the latest one not after ``today``; beside a word for an interview,
    which may be still to come, it is the nearest one, and a weekday the coming one.

    Args:
        text: The line.
        facts: The language it is written in.
        today: The local calendar day.
        held: Whether the line is about an interview that has been: a weekday is then the last one.

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
    for part in _parted_by_dash(parts, facts, today, held):
        if part:
            _take_part(part, line, facts, today, held=held)
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
        interview=line.interview,
    )


def _parted_by_dash(parts: list[str], facts: Facts, today: dt.date, held: bool) -> list[str]:
    """With the firm and the role of "Acme - analyst" apart, where no other part can be the role."""
    first, *rest = parts
    names = _DASH.split(first, maxsplit=1)
    if len(names) < 2:
        return parts
    after = next((part.split() for part in rest if part), [])
    names_a_role = 0 < len(after) <= LONGEST_ROLE and said_by(after, facts, today, held) is None
    return parts if names_a_role else [*names, *rest]


def _take_link(text: str, line: _Line) -> str:
    found = _LINK.search(text)
    if found is None:
        return text
    link = found.group(0).rstrip(",;|")
    line.fields["link"] = link
    line.understood.append(("link", link))
    return text[: found.start()] + "," + text[found.start() + len(link) :]


def _take_part(part: str, line: _Line, facts: Facts, today: dt.date, *, held: bool) -> None:
    words = part.split()
    name, said, said_words = _named_after(words, facts, today, held) or _named_before(
        words, facts, today, held
    )
    if name:
        free = next((key for key in ("company", "role") if key not in line.fields), None)
        if free is None or (free == "role" and len(name.split()) > LONGEST_ROLE):
            _take_remark(name, line, facts, today, held)
        else:
            line.fields[free] = name
            line.understood.append((free, name))
    if said.words:
        _take_said(said, said_words, line)


def _take_remark(remark: str, line: _Line, facts: Facts, today: dt.date, held: bool) -> None:
    """What a remark says of a stage or an outcome and its day, such as "second interview yesterday by video"."""
    words = remark.split()
    for length in range(len(words) if len(words) <= _LONGEST_REMARK else 0, 1, -1):
        for begins in range(len(words) - length + 1):
            run = words[begins : begins + length]
            said = said_by(run, facts, today, held)
            if said is None or said.day is None or (said.stage is None and said.outcome is None):
                continue
            small = {plain(word) for word in facts.small_words}
            while plain(run[-1]) in small:  # "yesterday by": that is the remark's
                run = run[:-1]
            _take_said(said, " ".join(run), line)
            rest = (words[:begins], words[begins + len(run) :])
            line.left_over.extend(" ".join(some) for some in rest if some)
            return
    line.left_over.append(remark)


def _named_before(words: Sequence[str], facts: Facts, today: dt.date, held: bool) -> tuple[str, Said, str]:
    """A name and what is said after it: "Acme applied 3 Oct"."""
    said = said_at_the_end(words, facts, today, held)
    at = len(words) - said.words
    return " ".join(words[:at]), said, " ".join(words[at:])


def _named_after(
    words: Sequence[str], facts: Facts, today: dt.date, held: bool
) -> tuple[str, Said, str] | None:
    """What is said, a small word, a name, perhaps a day: "rejected by Acme yesterday"; else ``None``.

    Without the small word it is a name: a firm may be called "Applied Materials".
    """
    length, _, _ = phrase_at(words, facts)
    small = {plain(word) for word in facts.small_words}
    begins = length
    while begins < len(words) and plain(words[begins]) in small:
        begins += 1
    if not length or begins == length:
        return None
    rest = words[begins:]
    after = said_at_the_end(rest, facts, today, held)
    name = rest[: len(rest) - after.words]
    if not name or after.stage is not None or after.outcome is not None:
        return None
    around = [*words[:length], *rest[len(name) :]]
    whole = said_by(around, facts, today, held)
    return None if whole is None else (" ".join(name), whole, " ".join(around))


def _take_said(said: Said, words: str, line: _Line) -> None:
    _take_time(said, words, line)
    if said.stage is None and said.outcome is None and said.day is not None and "applied_on" in line.fields:
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
        if said.stage in SOON_STAGES:
            line.interview.update(stage=str(said.stage), held_on=day)
        line.understood.append(("held_on" if said.stage in SOON_STAGES else "reached", words))


def _take_time(said: Said, words: str, line: _Line) -> None:
    """The time of an interview, in its own part or in the next; of anything else it is left over."""
    if said.time is None:
        return
    if said.stage in SOON_STAGES and said.day is not None:
        line.interview["held_at"] = said.time
    elif said.stage is None and said.outcome is None and said.day is None and "held_on" in line.interview:
        line.interview["held_at"] = said.time
        line.understood.append(("held_on", words))
    else:
        line.left_over.append(said.time)
