"""Questions answered by choosing, rating, sorting or ticking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from .question import ID_FORM, LINE_LIMIT, Question, accept_mapping, accept_text
from .refused import Refused


@dataclass(frozen=True, kw_only=True)
class Option:
    """One thing to choose: a permanent id and the words for it."""

    id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Scale(Question):
    """A rating on a short scale with an unanswered state. Kept as ``int``.

    Attributes:
        low: The lowest step, inclusive.
        high: The highest step, inclusive.
        low_word: What the lowest step means.
        high_word: What the highest step means.
        unanswered: The words of the choice that leaves it unanswered.
    """

    kind: ClassVar[str] = "scale"
    low: int = 1
    high: int = 5
    low_word: str = ""
    high_word: str = ""
    unanswered: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.low, self.high) not in {(1, 5), (0, 10), (1, 7)}:
            raise Refused(
                "scale-steps",
                "The scale {id} runs from 1 to 5, 1 to 7 or 0 to 10; this one from {low} to {high}.",
                id=self.id,
                low=self.low,
                high=self.high,
            )
        if not (self.low_word and self.high_word):
            raise Refused("scale-words", "The scale {id} needs words at both ends.", id=self.id)

    def accept(self, value: Any) -> int | None:
        if value is None or value == "":
            return None
        if isinstance(value, str) and value.strip().isdecimal():
            value = int(value)
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole and isinstance(value, float) and value.is_integer():
            value, whole = int(value), True
        if not whole or not self.low <= value <= self.high:
            raise Refused(
                "scale-step",
                "“{ask}” takes a whole number from {low} to {high}, or no answer; it was given {got!r}.",
                ask=self.ask,
                low=self.low,
                high=self.high,
                got=_short(value),
            )
        return int(value)


@dataclass(frozen=True, kw_only=True)
class _Chosen(Question):
    """Shared by the questions that offer options. Ids of options are permanent.

    Attributes:
        options: What is offered, in order.
        own: Whether the person may add words of their own; such an entry is kept as ``"own:<words>"``.
    """

    options: tuple[Option, ...] = ()
    own: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        ids = [option.id for option in self.options]
        wrong = [i for i in ids if not ID_FORM.match(i)]
        if wrong or len(set(ids)) != len(ids) or (not ids and not self.own):
            raise Refused(
                "options",
                "The question {id} needs options with different ids in small letters; it has {got}.",
                id=self.id,
                got=", ".join(ids) or "none",
            )

    def _accept_one(self, value: Any) -> str:
        if isinstance(value, str):
            if value in {option.id for option in self.options}:
                return value
            if self.own and value.startswith("own:"):
                text = accept_text(value[4:], limit=LINE_LIMIT, ask=self.ask, one_line=True)
                if text is not None:
                    return f"own:{text}"
        raise Refused(
            "option-unknown",
            "“{ask}” takes one of what it offers; {got!r} is not among it.",
            ask=self.ask,
            got=_short(value),
        )

    def _accept_list(self, value: Any) -> list[str] | None:
        if value is None:
            return None
        if not isinstance(value, list | tuple):
            raise Refused("options-list", "“{ask}” takes a list of choices.", ask=self.ask)
        kept = list(dict.fromkeys(self._accept_one(item) for item in value))
        return kept or None


@dataclass(frozen=True, kw_only=True)
class Choice(_Chosen):
    """One of several. Kept as the option's id, or ``"own:<words>"``."""

    kind: ClassVar[str] = "choice"
    unanswered: str = ""

    def accept(self, value: Any) -> str | None:
        return None if value is None or value == "" else self._accept_one(value)


@dataclass(frozen=True, kw_only=True)
class Several(_Chosen):
    """Any number of several. Kept as a list of ids, in the order they were chosen."""

    kind: ClassVar[str] = "several"

    def accept(self, value: Any) -> list[str] | None:
        return self._accept_list(value)


@dataclass(frozen=True, kw_only=True)
class Checklist(_Chosen):
    """Things to tick off. Kept as the list of ticked ids."""

    kind: ClassVar[str] = "checklist"

    def accept(self, value: Any) -> list[str] | None:
        return self._accept_list(value)


@dataclass(frozen=True, kw_only=True)
class Ranking(_Chosen):
    """Things in order, most important first. Kept as a list of ids; what is not in it is not ranked."""

    kind: ClassVar[str] = "ranking"

    def accept(self, value: Any) -> list[str] | None:
        return self._accept_list(value)


@dataclass(frozen=True, kw_only=True)
class Cards(_Chosen):
    """Cards sorted into named piles. Kept as a mapping of pile id to cards; unsorted cards are left out.

    Attributes:
        piles: The piles, in order.
    """

    kind: ClassVar[str] = "cards"
    piles: tuple[Option, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if len({pile.id for pile in self.piles}) < 2:
            raise Refused("cards-piles", "The cards {id} need two piles or more.", id=self.id)

    def accept(self, value: Any) -> dict[str, list[str]] | None:
        if value is None:
            return None
        given = accept_mapping(value, tuple(pile.id for pile in self.piles), self.ask)
        kept = {pile: cards for pile, held in given.items() if (cards := self._accept_list(held))}
        placed = [card for cards in kept.values() for card in cards]
        if len(set(placed)) != len(placed):
            raise Refused("cards-twice", "“{ask}”: a card can lie in one pile only.", ask=self.ask)
        return {pile.id: kept[pile.id] for pile in self.piles if pile.id in kept} or None


def _short(value: Any) -> str:
    """A value from outside, short enough for a sentence."""
    text = str(value)
    return text if len(text) <= 40 else text[:40] + "…"
