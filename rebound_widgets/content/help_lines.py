"""The table of people to call: whose line, how, and when somebody last looked whether it is right."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass, fields
from pathlib import Path

from .files import read_bytes
from .parsing import decoded
from .problems import Problem, shorten

CHECK_DAYS = 180
"""A line looked at longer ago than this is warned of."""


@dataclass(frozen=True, kw_only=True)
class HelpLine:
    """One line to call, write to or visit.

    Attributes:
        country: Two letters (ISO 3166), or empty for an institution's own.
        name: Whose line it is.
        phone: As it is dialled in that country.
        web: Its address.
        hours: When somebody is there, in words.
        languages: What is spoken, in words.
        source: Where this was read.
        checked_on: The day somebody last looked.
        own: Whether an institution added it; those come first.
    """

    country: str
    name: str
    phone: str
    web: str
    hours: str
    languages: str
    source: str
    checked_on: dt.date
    own: bool


COLUMNS = tuple(f.name for f in fields(HelpLine) if f.name != "own")


def read_help_lines(path: Path, name: str, *, own: bool, problems: list[Problem]) -> tuple[HelpLine, ...]:
    """The lines in a table; none where there is no such file.

    Args:
        path: The file, CSV with the columns ``COLUMNS``.
        name: What to call it in messages.
        own: Whether it is an institution's.
        problems: Takes what is wrong.
    """
    if not path.exists():
        return ()
    data, problem = read_bytes(path, name)
    text, problem = ("", problem) if problem is not None else decoded(data, name)
    if problem is not None:
        problems.append(problem)
        return ()
    rows = csv.reader(io.StringIO(text))
    try:
        header = next(rows, [])
        if tuple(header) != COLUMNS:
            _say(
                problems,
                name,
                1,
                "The columns are not as they should be",
                ", ".join(COLUMNS),
                ", ".join(header),
            )
            return ()
        lines = [_line(row, name, rows.line_num, own=own, problems=problems) for row in rows if any(row)]
    except csv.Error:
        _say(
            problems,
            name,
            rows.line_num,
            "The table cannot be read",
            "A field has at most 131,072 characters",
        )
        return ()
    return tuple(line for line in lines if line is not None)


def _line(row: list[str], name: str, number: int, *, own: bool, problems: list[Problem]) -> HelpLine | None:
    if len(row) != len(COLUMNS):
        rule = f"A row has {len(COLUMNS)} fields; put one with a comma in it in quotes"
        _say(problems, name, number, "The row has another number of fields", rule, str(len(row)))
        return None
    values = dict(zip(COLUMNS, (field.strip() for field in row), strict=True))
    day = values.pop("checked_on")
    try:
        checked_on = dt.date.fromisoformat(day)
    except ValueError:
        _say(problems, name, number, "The day of the last check is no day", "Write it as 2026-11-05", day)
        return None
    wrong = [field for field in ("name", "source") if not values[field]]
    if not (values["phone"] or values["web"]):
        wrong.append("phone or web")
    if not own and len(values["country"]) != 2:
        wrong.append("country")
    if wrong:
        _say(problems, name, number, "The line is not complete", f"It needs {', '.join(wrong)}")
        return None
    return HelpLine(**values, checked_on=checked_on, own=own)


def _say(problems: list[Problem], name: str, line: int, what: str, rule: str, got: str = "") -> None:
    problems.append(Problem(file=name, line=line, what=what, rule=rule, got=shorten(got)))
