"""Which convention a log is kept by: what its headers and cells show, and what the person said of its columns."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from types import MappingProxyType

from ...domain.refused import Refused
from .conventions import Convention
from .reasons import Reason, Why
from .shape import Shape
from .table import Table
from .words import fold


@dataclass(frozen=True, kw_only=True)
class Given:
    """What the person said about the columns.

    Attributes:
        fields: Field to the column it is read from.
        unused: Fields that are not in this file.
    """

    fields: Map[str, int] = field(default_factory=lambda: MappingProxyType({}))
    unused: frozenset[str] = frozenset()


def choose(
    shape: Shape, wanted: str | None, given: Given
) -> tuple[Convention, Reason, tuple[tuple[str, int], ...]]:
    """The convention with the most points, why, and the points of all that have any.

    What the person said of the columns counts as much as what they hold; only whether a row is an application
    or a step is the file's own, so that nothing asked about changes under the person's hands.
    """
    conventions = shape.words.conventions
    found = _scored(shape, Given())
    scores = tuple((convention.id, points) for points, convention, _ in found if points)
    if wanted is None:
        _, chosen, why = found[0] if scores else next(f for f in found if f[1].id == "plain-list")
        if given.fields or given.unused:
            found = [one for one in _scored(shape, given) if one[1].rows == chosen.rows]
            chosen, why = next(((c, why) for points, c, why in found if points), (chosen, ()))
        return chosen, Reason(convention=chosen.id, title=chosen.title, why=why), scores
    if wanted not in {convention.id for convention in conventions}:
        raise Refused(
            "import-convention", "There is no way of reading called {got!r}; there are {names}.",
            got=wanted[:40], names=", ".join(c.id for c in conventions),
        )  # fmt: skip
    chosen = shape.words.convention(wanted)
    return chosen, Reason(convention=chosen.id, title=chosen.title, chosen=True), scores


def _scored(shape: Shape, given: Given) -> list[tuple[int, Convention, tuple[Why, ...]]]:
    """Every convention with its points and what speaks for it, the likeliest first."""
    conventions = shape.words.conventions
    step = next((c for c in conventions if c.rows == "transition"), None)
    step_guess = with_given(shape.guess(step), given) if step is not None else {}
    found: list[tuple[int, Convention, tuple[Why, ...]]] = []
    for convention in conventions:
        guess = with_given(shape.guess(convention), given)
        points, reasons = 0, []
        for place, evidence in enumerate(convention.evidence, start=1):
            if evidence.feature:
                headers = list(shape.feature(evidence.feature, guess, step_guess))
            else:
                headers = _signature(shape.table, evidence.headers, evidence.must, evidence.must_any)
            if len(headers) >= evidence.at_least:
                points += evidence.points
                columns = tuple(dict.fromkeys(headers))
                reasons.append(Why(place=place, says=evidence.says, count=len(headers), columns=columns))
        found.append((points, convention, tuple(reasons)))
    return sorted(found, key=lambda one: (-one[0], one[1].id))


def with_given(guess: Map[int, str], given: Given) -> dict[int, str]:
    """A guess with what the person said in its place."""
    used = set(given.fields.values())
    kept = {
        at: name
        for at, name in guess.items()
        if name not in given.fields and name not in given.unused and at not in used
    }
    return dict(sorted({**kept, **{at: name for name, at in given.fields.items()}}.items()))


def _signature(
    table: Table, headers: frozenset[str], must: frozenset[str], must_any: frozenset[str]
) -> list[str]:
    spelled = {header: fold(header) for header in table.headers}
    found = [header for header, spelling in spelled.items() if spelling in headers]
    there = set(spelled.values())
    return found if must <= there and (not must_any or must_any & there) else []
