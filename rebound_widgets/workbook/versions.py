"""What stood in a reply before: the versions worth seeing again, among all that were saved on the way."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterable, Sequence
from typing import Any

from ..domain.kinds import Repeat
from ..domain.question import Question
from ..domain.record import Revision, answer_id
from ..store import Store
from .replies import Kept, items_ever, reply_key

RESTED = dt.timedelta(minutes=10)
"""Whoever writes is saved every two seconds; what stood for this long, or was the last of a sitting, is a version."""

CUT = 8
"""Characters: a text that loses this many in one place, or half of itself, was overwritten: a version at any pace."""


def earlier_versions(
    store: Store, questions: Sequence[Question], record_id: str | None = None
) -> dict[str, list[Kept]]:
    """The earlier versions of the replies to ``questions``, those in lists included, newest first.

    Args:
        store: The open store.
        questions: What was asked.
        record_id: The application or interview the replies are about; ``None`` for the person's own.

    Returns:
        By ``reply_key``, only where there are any. Empty replies and the present one are left out.
    """
    found: dict[str, list[Kept]] = {}
    for question in questions:
        if isinstance(question, Repeat):
            for item in items_ever(store, question, record_id):
                for inner in question.questions:
                    states = store.history_of(answer_id(inner.id, record_id, item))
                    found[reply_key(inner.id, item)] = _worth_seeing(_values(states))
        elif question.field is not None and record_id is not None:
            name = question.field.partition(".")[2]
            states = store.history_of(record_id)
            found[question.id] = _worth_seeing((state.body.get(name), state) for state in states)
        else:
            found[question.id] = _worth_seeing(_values(store.history_of(answer_id(question.id, record_id))))
    return {key: versions for key, versions in found.items() if versions}


def _values(states: Iterable[Revision]) -> Iterable[tuple[Any, Revision]]:
    return ((None if state.deleted else state.body.get("value"), state) for state in states)


def _worth_seeing(states: Iterable[tuple[Any, Revision]]) -> list[Kept]:
    """Of all states, oldest first, those that rested or were cut short; newest first, none twice."""
    changed: list[tuple[Any, Revision]] = []
    for value, state in states:
        if not changed or changed[-1][0] != value:
            changed.append((value, state))
    if not changed:
        return []
    present = changed[-1][0]
    seen = {json.dumps(present, sort_keys=True)}
    versions = []
    for (value, state), (following, after) in reversed(list(itertools.pairwise(changed))):
        rested = after.made_at - state.made_at >= RESTED
        mark = json.dumps(value, sort_keys=True)
        if value in (None, "", [], {}) or mark in seen or not (rested or _overwritten(value, following)):
            continue
        seen.add(mark)
        versions.append(Kept(value=value, revision=state.number, made_at=state.made_at))
    return versions


def _overwritten(value: Any, following: Any) -> bool:
    """Whether words went away, and not only more were written; of anything but text every change counts."""
    if not isinstance(value, str) or not isinstance(following, str):
        return True
    start = _in_common(value, following)
    end = _in_common(value[start:][::-1], following[start:][::-1])
    gone = len(value) - start - end
    return gone >= CUT or 2 * gone >= len(value)


def _in_common(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in pairs)
