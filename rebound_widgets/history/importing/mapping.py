"""Which column of a log is what, and why: proposed, shown, corrected by the person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass
from types import MappingProxyType

from ...domain.refused import Refused
from .asks import Ask, ask_date_order, ask_firm, ask_year
from .choosing import Given, choose, with_given
from .conventions import Convention, library
from .day_forms import ORDER_WORDS, ORDERS
from .fields import DAY_TAKES, FIELDS
from .reasons import Reason
from .shape import Profile, Shape
from .state_days import StateDay
from .table import Table
from .words import Meaning, fold, shorten


@dataclass(frozen=True, kw_only=True, repr=False)
class Mapping:
    """How a log is read: a proposal until the person says so.

    Attributes:
        convention: The id of the convention it was taken for.
        because: Why, with the facts of it.
        scores: Every convention that could be meant, with its points, the likeliest first.
        rows: ``application`` or ``transition``.
        fields: Column to field.
        orders: Column to the order of its days, one of ``ORDERS``; ``None`` while nobody knows.
        order_notes: Why those orders; empty where the file's days need no reason.
        date_order: The order the person said, where they did.
        year: The year of the first day written without one.
        statuses: Every status word of the file to its meaning; ``None`` where only its writer knows.
        status_counts: How often each occurs.
        states: Every cell that holds statuses with their days, to what it holds.
        constants: What every application of such a file has.
        asks: What has to be answered before anything can be imported.
        personal: Headers of columns with other people's details, left behind.
        left_out: Headers of the other columns that are not used.
        notes: What was noticed while reading.
    """

    convention: str
    because: Reason
    scores: tuple[tuple[str, int], ...]
    rows: str
    fields: Map[int, str]
    orders: Map[int, str | None]
    order_notes: tuple[Refused, ...]
    date_order: str | None
    year: int | None
    statuses: Map[str, Meaning | None]
    status_counts: Map[str, int]
    states: Map[str, tuple[StateDay, ...]]
    constants: Map[str, str]
    asks: tuple[Ask, ...] = ()
    personal: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    notes: tuple[Refused, ...] = ()

    def __repr__(self) -> str:
        return f"<Mapping: {self.convention}, {len(self.fields)} columns, {len(self.asks)} asks>"

    @property
    def reason(self) -> str:
        """Why it is read so, in an English sentence."""
        return self.because.sentence

    @property
    def order_reason(self) -> str:
        """Why those orders of days, in English sentences."""
        return " ".join(note.sentence for note in self.order_notes)

    def columns(self, table: Table) -> dict[str, str]:
        """Field to the header it is read from."""
        return {name: table.headers[at] for at, name in self.fields.items()}


def propose(
    table: Table,
    date_order: str | None = None,
    field_map: Map[str, str] | None = None,
    status_map: Map[str, str | Meaning | None] | None = None,
    *,
    convention: str | None = None,
    year: int | None = None,
    strict: bool = True,
) -> Mapping:
    """How to read a log: the likeliest convention, which column is what, what words mean, what to ask.

    Args:
        table: The log.
        date_order: The order of figures in its days, one of ``ORDERS``; for columns that do not show it.
        field_map: Field to the header of its column, or to ``""`` for "not in this file"; before any guess.
        status_map: Status word as the file has it to its meaning (``"no"``, ``"interview"``,
            ``"no@interview"``), or to ``None`` for "leave it as it is".
        convention: The convention to read it as, where the person has chosen.
        year: The year of the first day written without one.
        strict: Whether words of ``status_map`` that the file has not are refused; else they wait, as when the
            person chooses another column of statuses and comes back to this one.

    Raises:
        Refused: ``field_map`` or ``status_map`` name something that is not there.
    """
    shape = Shape(table=table, words=library())
    if date_order is not None and date_order not in ORDERS:
        raise Refused(
            "import-order",
            "The order of day, month and year is {orders}; got {got!r}.",
            orders=" or ".join(ORDERS),
            got=date_order[:20],
        )
    given = _given(table, field_map or {})
    chosen, reason, scores = choose(shape, convention, given)
    fields = _fields(shape, chosen, given)
    orders, order_asks, order_notes = _orders(shape, fields, date_order)
    counts, split = _status_words(shape, fields)
    personal = _personal(shape, chosen, fields)
    return Mapping(
        convention=chosen.id,
        because=reason,
        scores=scores,
        rows=chosen.rows,
        fields=MappingProxyType(fields),
        orders=MappingProxyType(orders),
        order_notes=order_notes,
        date_order=date_order,
        year=year,
        statuses=MappingProxyType(_statuses(shape, chosen, counts, status_map or {}, strict=strict)),
        status_counts=MappingProxyType(dict(counts.most_common())),
        states=MappingProxyType(split),
        constants=MappingProxyType(dict(chosen.constants)),
        asks=(*ask_firm(table, fields), *order_asks, *ask_year(shape, fields, orders, year)),
        personal=personal,
        left_out=tuple(h for at, h in enumerate(table.headers) if at not in fields and h not in personal),
        notes=table.notes,
    )


def _status_words(
    shape: Shape, fields: Map[int, str]
) -> tuple[Counter[str], dict[str, tuple[StateDay, ...]]]:
    """How often each status word occurs, and the cells that hold several words or a word and its day."""
    counts: Counter[str] = Counter()
    split: dict[str, tuple[StateDay, ...]] = {}
    for at in (at for at, name in fields.items() if FIELDS[name].takes == "status"):
        states = shape.states(at)
        split.update(states)
        for cell, count in shape.profiles[at].cells.items():
            for word in (one.word for one in states[cell]) if cell in states else (cell,):
                if fold(word) not in shape.words.empty:
                    counts[shorten(word, 200)] += count
    return counts, split


def _given(table: Table, field_map: Map[str, str]) -> Given:
    fields: dict[str, int] = {}
    unused = set()
    for name, header in field_map.items():
        if name not in FIELDS:
            raise Refused(
                "import-field", "There is no field {got!r}; the fields are {fields}.",
                got=name[:40], fields=", ".join(FIELDS),
            )  # fmt: skip
        if not header:
            unused.add(name)
            continue
        at = table.find(header)
        if at is None:
            raise Refused(
                "import-column", "The file has no column {got!r}; its columns are {columns}.",
                got=shorten(header), columns=", ".join(table.headers),
            )  # fmt: skip
        fields[name] = at
    return Given(fields=fields, unused=frozenset(unused))


def _fields(shape: Shape, convention: Convention, given: Given) -> dict[int, str]:
    personal = _personal(shape, convention, {})
    guess = shape.guess(convention)
    return with_given(
        {at: name for at, name in guess.items() if shape.table.headers[at] not in personal}, given
    )


def _personal(shape: Shape, convention: Convention, fields: Map[int, str]) -> tuple[str, ...]:
    """Headers of columns with other people's details, save those the person chose to use."""
    words = convention.personal.union(*(language.personal for language in shape.languages))
    return tuple(
        header for at, header in enumerate(shape.table.headers) if fold(header) in words and at not in fields
    )


def _orders(
    shape: Shape, fields: Map[int, str], given: str | None
) -> tuple[dict[int, str | None], list[Ask], tuple[Refused, ...]]:
    """The order of each column of days: its own evidence, else what was said, else what others agree on."""
    days = {
        at: shape.days_of(at, name)
        for at, name in fields.items()
        if FIELDS[name].takes in DAY_TAKES or (FIELDS[name].takes == "status" and shape.states(at))
    }
    others = {at: profile for at, profile in enumerate(shape.profiles) if profile.is_days and at not in days}
    shown = {at: profile.days.order for at, profile in {**others, **days}.items()}
    agreed = {order for order in shown.values() if order}
    rest = given or (agreed.pop() if len(agreed) == 1 else None)
    orders = {at: shown[at] or rest for at in days}
    unsure = [profile for at, profile in days.items() if orders[at] is None and profile.days.either]
    asks = [ask_date_order(profile) for profile in unsure[:1]]
    return orders, asks, tuple(_order_notes(days, shown, given))


def _order_notes(
    days: Map[int, Profile], shown: Map[int, str | None], given: str | None
) -> Iterator[Refused]:
    """Why the days are read in their orders."""
    kinds = sorted({order for at in days if (order := shown[at])})
    if kinds:
        yield Refused(
            "import-order-shown",
            "The days in this file show their order themselves: {order}.",
            order=", ".join(ORDER_WORDS[kind] for kind in kinds),
        )
        if given and any(kind != given for kind in kinds):
            yield Refused(
                "import-order-partly",
                "So {order} was used only where a column does not show it.",
                order=ORDER_WORDS[given],
            )
    elif given and any(profile.days.either for profile in days.values()):
        yield Refused(
            "import-order-chosen",
            "The days in this file can be read in two orders; they are read {order}, as was said.",
            order=ORDER_WORDS[given],
        )


def _statuses(
    shape: Shape,
    convention: Convention,
    counts: Map[str, int],
    given: Map[str, str | Meaning | None],
    *,
    strict: bool,
) -> dict[str, Meaning | None]:
    said = {
        fold(word): Meaning.parse(meaning) if isinstance(meaning, str) and meaning else meaning or None
        for word, meaning in given.items()
    }
    strange = [word for word in given if fold(word) not in {fold(known) for known in counts}]
    if strange and strict:
        raise Refused(
            "import-status", "The file has no status {got!r}; its statuses are {words}.",
            got=shorten(strange[0]), words=", ".join(list(counts)[:30]) or "none",
        )  # fmt: skip
    return {
        word: said[spelled] if (spelled := fold(word)) in said else shape.meaning(word, convention)
        for word in counts
    }
