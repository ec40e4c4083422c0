"""What a log cannot say of itself, asked of the person instead of guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...domain.refused import Refused
from .days import DayReader
from .fields import DAY_TAKES, FIELDS
from .shape import Profile, Shape
from .table import Table

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One thing to ask before a log can be imported.

    Attributes:
        kind: ``columns`` (which holds the firm or the role), ``date-order`` or ``year``.
        refused: The sentence with its facts, so that a locale can say it in its own words.
        column: The header it is about; empty where it is about the file.
        options: What can be answered; empty where it is not one of a few.
        argument: How ``rebound import`` takes the answer.
    """

    kind: str
    refused: Refused
    column: str = ""
    options: tuple[str, ...] = ()
    argument: str

    @property
    def sentence(self) -> str:
        """The question, in English."""
        return self.refused.sentence


def ask_firm(table: Table, fields: Mapping[int, str]) -> list[Ask]:
    """Asks which column holds the firm or the role, where none was found."""
    if {"company", "role"} & set(fields.values()):
        return []
    shown = ", ".join(f"“{header}”" for header in table.headers[:12])
    refused = Refused(
        "import-no-firm",
        "No column of this file was recognised as the firm or the role; its columns are {columns}. "
        "Say which is which, or choose another file.",
        columns=shown,
    )
    return [Ask(kind="columns", refused=refused, options=table.headers, argument="--map company=COLUMN")]


def ask_date_order(profile: Profile) -> Ask:
    """Asks for the order of day and month of a column that does not show it."""
    example = profile.days.example
    first, second = (int(part) for part in _figures(example)[:2])
    year_first = first > 12 or second > 12
    options = ("dmy", "ymd") if year_first else ("dmy", "mdy")
    readings = (
        f"day {first} or year {first}"
        if year_first
        else f"{first} {_MONTHS[second - 1]} or {second} {_MONTHS[first - 1]}"
    )
    refused = Refused(
        "import-date-order",
        "“{example}” in “{column}” can be {readings}, and nothing in the file says which. "
        "Choose the order of day and month.",
        example=example,
        column=profile.header,
        readings=readings,
    )
    return Ask(
        kind="date-order",
        refused=refused,
        column=profile.header,
        options=options,
        argument=f"--date-order {' or '.join(options)}",
    )


def _figures(example: str) -> list[str]:
    return "".join(character if character.isdecimal() else " " for character in example).split()


def ask_year(
    shape: Shape, fields: Mapping[int, str], orders: Mapping[int, str | None], year: int | None
) -> list[Ask]:
    """Asks for the year of days written without one, such as "8-Jul"."""
    if year is not None:
        return []
    for at, name in fields.items():
        if FIELDS[name].takes not in DAY_TAKES | {"status"}:
            continue
        profile = shape.days_of(at, name)
        if not profile.days.yearless:
            continue
        states = shape.states(at) if FIELDS[name].takes == "status" else {}
        reader = DayReader(shape.words, orders.get(at))
        days = [one.day for found in states.values() for one in found] or list(profile.cells)
        example = next((cell for cell in days if reader.yearless(cell)), None)
        if example is not None:
            refused = Refused(
                "import-year",
                "“{example}” in “{column}” has no year. Say the year of the first of these days.",
                example=example.strip()[:40],
                column=profile.header,
            )
            return [Ask(kind="year", refused=refused, column=profile.header, argument="--year 2024")]
    return []
