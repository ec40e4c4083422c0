"""A log as it was read: headers, rows of text, and what was noticed on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ...domain.refused import Refused
from .words import fold, fold_header, shorten

BYTE_LIMIT = 50_000_000
"""Larger files are refused before they are read."""
CELL_LIMIT = 2_000_000
"""Tables with more cells are refused: 100,000 rows of 20 columns still fit, and memory stays below 300 MB."""
COLUMN_LIMIT = 2_000
UNNAMED = "Column {number}"
"""What a column without a header is called, in English."""
_HEADER_SEARCH = 20
_BELOW = 200
_LONG_HEADER = 80

Row = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, repr=False)
class Table:
    """A log as it was read. Every cell is text; days that came as days are ISO 8601.

    Attributes:
        name: The file's name, without its folder.
        headers: One a column, all different; ``Column 3`` and so on, in the words asked for, where the file has
            none.
        rows: The cells, as many in each row as there are headers.
        numbers: The number of each row as a spreadsheet shows it, the header row counted.
        has_header: Whether the file had a row of headers.
        form: ``csv``, ``xlsx`` or ``ods``.
        read_as: How it was read, for the person: encoding and separator, or the sheet's name.
        digest: Names the file's bytes.
        notes: What was noticed while reading.
    """

    name: str
    headers: tuple[str, ...]
    rows: Sequence[Row]
    numbers: Sequence[int]
    has_header: bool
    form: str
    read_as: str
    digest: str
    notes: tuple[Refused, ...] = ()

    def __repr__(self) -> str:
        return f"<Table: {len(self.rows)} rows, {len(self.headers)} columns, {self.form}>"

    def column(self, header: str) -> list[str]:
        """The cells under one header.

        Raises:
            KeyError: no column has that header.
        """
        if header not in self.headers:
            raise KeyError(header)
        at = self.headers.index(header)
        return [row[at] for row in self.rows]

    def find(self, wanted: str) -> int | None:
        """The place of the column a person names: its header, however they spell it, or ``None``."""
        if wanted in self.headers:
            return self.headers.index(wanted)
        spelling = fold(wanted)
        return next((at for at, header in enumerate(self.headers) if fold(header) == spelling), None)


def digest_of(data: bytes) -> str:
    """A short name for a file's bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def too_large(size: int) -> Refused:
    """The refusal of a file of ``size`` bytes."""
    return Refused(
        "import-too-large",
        "This file has {size} MB; a log can have up to {limit} MB. "
        "Save the sheet with your applications on its own and try again.",
        size=f"{size / 1e6:,.0f}",
        limit=BYTE_LIMIT // 1_000_000,
    )


def too_many_cells() -> Refused:
    """The refusal of a table that is too long or too wide."""
    return Refused(
        "import-too-many-cells",
        "This table has more than {limit} million cells, which no log of a job search needs. "
        "Delete empty rows and columns at its end, or save the part you want on its own.",
        limit=CELL_LIMIT // 1_000_000,
    )


def empty_table() -> Refused:
    """The refusal of a file without rows."""
    return Refused("import-empty", "There is nothing in this file: it has no rows.")


def make_table(  # noqa: PLR0913 - what was read, and how it was
    cells: Sequence[Sequence[str]],
    *,
    name: str,
    form: str,
    read_as: str,
    digest: str,
    notes: Sequence[Refused] = (),
    unnamed: str = UNNAMED,
    known: frozenset[str],
    neutralised: Callable[[tuple[str, ...]], bool],
) -> Table:
    """The table in ``cells``: finds the header row, gives every column a name and every row the same length.

    Args:
        cells: All rows as read.
        name: The file's name.
        form: ``csv``, ``xlsx`` or ``ods``.
        read_as: For the person.
        digest: Names the file's bytes.
        notes: What was noticed while reading.
        unnamed: What a column without a header is called, with ``{number}`` in braces.
        known: Every header word of the mapping files, folded.
        neutralised: Says of the headers whether leading apostrophes before formulas are to be taken off;
            asked of text files only, since spreadsheets know text from formulas.

    Raises:
        Refused: nothing in it.
    """
    width = max((len(row) for row in cells), default=0)
    first = next((at for at, row in enumerate(cells) if any(cell.strip() for cell in row)), None)
    if first is None:
        raise empty_table()
    at, has_header = _header_row(cells, first, known)
    headers = _headers(cells[at] if has_header else (), width, unnamed)
    body = range(at + 1 if has_header else first, len(cells))
    rows: list[Row] = []
    numbers: list[int] = []
    strip = form == "csv" and neutralised(headers)
    for number in body:
        row = cells[number]
        if any(cell and not cell.isspace() for cell in row):
            text = tuple(row) + ("",) * (width - len(row))
            rows.append(tuple(_restored(cell) for cell in text) if strip else text)
            numbers.append(number + 1)
    return Table(
        name=shorten(name, 120),
        headers=headers,
        rows=rows,
        numbers=numbers,
        has_header=has_header,
        form=form,
        read_as=read_as,
        digest=digest,
        notes=(*notes, *(_not_read(cells, at) if has_header else ())),
    )


def _header_row(cells: Sequence[Sequence[str]], first: int, known: frozenset[str]) -> tuple[int, bool]:
    """The place of the header row, and whether there is one.

    The row among the first with the most known header words, when it has two or more; one is enough in the
    row that begins the table. Else that row, when it looks like headers in a language not known here: short,
    different, and not a number among them. A word that stands again further down its column, as "Applied"
    does, is no header, nor is a blank; and below fuller rows no row that is mostly empty holds the headers.
    """
    filled = {
        at: sum(bool(cell.strip()) for cell in cells[at])
        for at in range(first, min(first + _HEADER_SEARCH, len(cells)))
    }
    counts = {
        at: sum(
            bool(cell.strip())
            and any(spelling in known for spelling in fold_header(cell))
            and not _recurs(cells, at, column)
            for column, cell in enumerate(cells[at])
        )
        for at in filled
        if 2 * filled[at] >= max(filled[above] for above in range(first, at + 1))
    }
    best = max(counts, key=lambda at: (counts[at], -at))
    begins = _below_titles(filled, first)
    if counts[best] >= 2 or (counts[best] == 1 and best in {first, begins}):
        return best, True
    if _looks_like_headers(cells, begins):
        return begins, True
    return first, False


def _below_titles(filled: Mapping[int, int], first: int) -> int:
    """The first row of a table wider than two columns that is more than a title: "Job search 2026 - Ana"."""
    if max(filled.values()) <= 2:
        return first
    return next(at for at, count in filled.items() if count > 1)


def _looks_like_headers(cells: Sequence[Sequence[str]], at: int) -> bool:
    filled = {column: cell.strip() for column, cell in enumerate(cells[at]) if cell.strip()}
    wordy = all(
        len(cell) <= _LONG_HEADER and any(map(str.isalpha, cell)) and "@" not in cell
        for cell in filled.values()
    )
    different = len(set(filled.values())) == len(filled)
    return wordy and different and not any(_recurs(cells, at, column) for column in filled)


def _not_read(cells: Sequence[Sequence[str]], at: int) -> list[Refused]:
    """A note of the rows above the headers, which are left out."""
    above = [number for number, row in enumerate(cells[:at], start=1) if any(cell.strip() for cell in row)]
    note = Refused(
        "import-note-above",
        "The headings were found in row {row}. Rows above the headings that are not read: {count}.",
        row=at + 1,
        count=len(above),
    )
    return [note] if above else []


def _recurs(cells: Sequence[Sequence[str]], at: int, column: int) -> bool:
    """Whether a cell's word stands again in one of the next rows of its column."""
    word = fold(cells[at][column])
    below = cells[at + 1 : at + 1 + _BELOW]
    return bool(word) and any(column < len(row) and fold(row[column]) == word for row in below)


def _headers(row: Sequence[str], width: int, unnamed: str) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    headers = []
    for at in range(width):
        given = " ".join(row[at].split()) if at < len(row) else ""
        header = shorten(given, 120) or unnamed.replace("{number}", str(at + 1))
        seen[header] = seen.get(header, 0) + 1
        headers.append(header if seen[header] == 1 else f"{header} ({seen[header]})")
    return tuple(headers)


def _restored(cell: str) -> str:
    """A cell of our own export without the apostrophe that kept a spreadsheet from reading a formula."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'")[:1] in FORMULA_STARTS else cell


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet read a cell as a formula."""


def neutral(text: str) -> str:
    """A cell that no spreadsheet reads as a formula; ``make_table`` undoes it for our own export."""
    rest = text.lstrip("'")
    return f"'{text}" if rest[:1] in FORMULA_STARTS and rest else text
