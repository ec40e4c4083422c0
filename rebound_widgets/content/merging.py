"""Lays one folder's content over another's: by id, adding and rewording, never taking away.

A translation and an institution's own content are the same thing here: a layer that says less than the one
below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .marked import MarkedDict, MarkedList
from .problems import Problem, shorten
from .words import blanks, is_plural

FIXED = ("kind", "field", "about", "low", "high")
"""What a question or exercise cannot change: answers given before would mean something else."""
ONLY_ON = ("private", "own")
"""What can be switched on and never off: a promise made, or answers that would no longer be taken."""
_DEFAULTS = {"low": 1, "high": 5}
_BY_ID = ("exercises", "questions")
_BY_KEY = ("options", "piles", "labels", "blanks", "words")


def merged(layers: Sequence[MarkedDict], problems: list[Problem]) -> MarkedDict:
    """The mappings laid one over another, the first one lowest. What breaks a rule is said and left out."""
    result = MarkedDict(layers[0].file, layers[0].line)
    for number, layer in enumerate(layers):
        _lay(result, layer, problems, new=number == 0)
    return result


def merged_words(layers: Sequence[MarkedDict], problems: list[Problem]) -> MarkedDict:
    """Words laid one over another; a sentence can take only the facts that the one below takes."""
    result = MarkedDict(layers[0].file, layers[0].line)
    for layer in layers:
        _lay_words(result, layer, problems)
    return result


def _lay(below: MarkedDict, above: MarkedDict, problems: list[Problem], *, new: bool) -> None:
    """Lay ``above`` over ``below``; ``new`` says that nothing lower has spoken of it yet."""
    for key, value in above.items():
        place = above.where(key)
        if key == "words" and isinstance(value, MarkedDict):
            _lay_words(_inner(below, key, value, place), value, problems)
        elif key in _BY_ID and isinstance(value, MarkedList):
            known = below.get(key)
            if not isinstance(known, MarkedList):
                known = MarkedList(value.file, value.line)
                below.put(key, known, *place)
            _lay_by_id(known, value, problems)
        elif key in _BY_KEY and isinstance(value, MarkedDict):
            for name, words in value.items():
                _inner(below, key, value, place).put(name, _copy(words), *value.where(name))
        elif new or _may_change(key, below, value, place, problems):
            below.put(key, _copy(value), *place)


def _inner(below: MarkedDict, key: str, value: MarkedDict, place: tuple[str, int]) -> MarkedDict:
    known = below.get(key)
    if not isinstance(known, MarkedDict):
        known = MarkedDict(value.file, value.line)
        below.put(key, known, *place)
    return known


def _may_change(
    key: str, below: MarkedDict, value: Any, place: tuple[str, int], problems: list[Problem]
) -> bool:
    """Whether ``value`` may stand over what a lower layer says; says why where it may not."""
    known = below.get(key, _DEFAULTS.get(key))
    if key in FIXED and value != known:
        rule = f"{key} stays as it is, or answers given before would mean something else"
        _say(problems, place, f"{_named(below)} has another {key}", rule, f"{value}, was {known or 'none'}")
        return False
    if key in ONLY_ON and known is True and value is False:
        _say(problems, place, f"{_named(below)} cannot switch {key} off", f"{key} can only be switched on")
        return False
    return True


def _lay_by_id(below: MarkedList, above: MarkedList, problems: list[Problem]) -> None:
    known = {str(item.get("id")): item for item in below if isinstance(item, MarkedDict)}
    seen: dict[str, int] = {}
    for index, item in enumerate(above):
        place = above.where(index)
        own_id = item.get("id") if isinstance(item, MarkedDict) else None
        if not isinstance(own_id, str):
            below.add(_copy(item), *place)
            continue
        if own_id in seen:
            rule = f"An id stands once; this one is on line {seen[own_id]} already"
            _say(problems, item.where("id"), "The id is used twice", rule, own_id)
            continue
        seen[own_id] = item.where("id")[1]
        target, new = known.get(own_id), False
        if target is None:
            target, new = MarkedDict(item.file, item.line), True
            below.add(target, *place)
        _lay(target, item, problems, new=new)


def _lay_words(below: MarkedDict, above: MarkedDict, problems: list[Problem]) -> None:
    for key, value in above.items():
        place, known = above.where(key), below.get(key)
        if isinstance(value, MarkedDict) and not is_plural(value):
            if known is None or (isinstance(known, MarkedDict) and not is_plural(known)):
                _lay_words(_inner(below, key, value, place), value, problems)
            else:
                _say(problems, place, f"The words {key!r} are a sentence below", "They stay a sentence")
            continue
        if known is None or _fits(key, known, value, place, problems):
            below.put(key, _copy(value), *place)


def _fits(key: str, known: Any, value: Any, place: tuple[str, int], problems: list[Problem]) -> bool:
    """Whether a sentence, or its counted forms, can stand where another stands."""
    if isinstance(known, MarkedDict) != isinstance(value, MarkedDict):
        kind = "counted, with a form for each plural" if isinstance(known, MarkedDict) else "one sentence"
        _say(problems, place, f"The words {key!r} have another form", f"They are {kind}")
        return False
    new = _blanks(value) - _blanks(known)
    if new:
        takes = ", ".join(f"{{{name}}}" for name in sorted(_blanks(known))) or "none"
        rule = f"A sentence can hold the facts the page knows there: {takes}"
        _say(problems, place, f"The words {key!r} hold a fact nobody fills in", rule, min(new))
        return False
    return True


def _blanks(value: Any) -> set[str]:
    forms = value.values() if isinstance(value, MarkedDict) else [value]
    return {name for form in forms if isinstance(form, str) for name in blanks(form)}


def _named(item: MarkedDict) -> str:
    return f"{item.get('id', 'This')}"


def _copy(value: Any) -> Any:
    return value.copy() if isinstance(value, MarkedDict | MarkedList) else value


def _say(problems: list[Problem], place: tuple[str, int], what: str, rule: str, got: object = "") -> None:
    problems.append(Problem(file=place[0], line=place[1], what=what, rule=rule, got=shorten(got)))
