"""Spreadsheet packages looked through for traps before a library opens them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from functools import lru_cache
from typing import IO, Any
from xml.parsers import expat

from ...domain.refused import Refused
from .table import CELL_LIMIT, COLUMN_LIMIT, too_many_cells

_UNPACKED_LIMIT = 200_000_000
_MEMBER_LIMIT = 2_000
_BLOCK = 1 << 20
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_CELL = re.compile(rb"<c[\s/>]")
_PLACE = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"')
_ROW = re.compile(rb'<row r="([0-9]{1,7})"')
_ODD = re.compile(rb"<!|\0|<[^\s<>/:]+:(?:c|row)[\s/>]")
_DIGITS = b"0123456789"
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def look_through(data: bytes) -> str:
    """Read every part of the package once, in little memory, and say whether it is ``xlsx`` or ``ods``.

    What a table takes is counted from the parts themselves, since a few hundred bytes can ask for billions of
    cells; sizes are those really unpacked, not those the package claims.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            form = _form(package)
            members = package.infolist()
            if len(members) > _MEMBER_LIMIT or sum(m.file_size for m in members) > _UNPACKED_LIMIT:
                raise bomb()
            left = CELL_LIMIT
            for member in members:
                left -= _cells(package, member, form, left)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise damaged() from error
    except expat.ExpatError as error:
        raise damaged() from error
    return form


def _form(package: zipfile.ZipFile) -> str:
    names = set(package.namelist())
    if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
        if package.read("mimetype").strip() == _ODS:
            return "ods"
    elif "xl/workbook.xml" in names and "xl/workbook.bin" not in names:
        return "xlsx"
    raise Refused(
        "import-not-a-spreadsheet",
        "This file is a package of another kind, not a spreadsheet. "
        "A log can be a CSV, XLSX or ODS file: save it as one of these and try again.",
    )


def _cells(package: zipfile.ZipFile, member: zipfile.ZipInfo, form: str, limit: int) -> int:
    """How many cells one part asks for; up to ``limit`` are allowed."""
    if form == "xlsx" and member.filename.startswith("xl/worksheets/"):
        with package.open(member) as part:
            plainly = _plain_cells(part, limit)
        if plainly is not None:
            return plainly
    with package.open(member) as part:
        block = part.read(_BLOCK)
        marked = block.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" or block[:2] in {b"\xff\xfe", b"\xfe\xff"}
        drawing = member.filename.lower().endswith(".vml")
        count = _Count(form, limit) if marked and not drawing else None
        while block:
            if count is not None:
                count.feed(block)
            elif drawing and (b"<row" in block or b"<c " in block):
                raise damaged()
            block = part.read(_BLOCK)
    return 0 if count is None else count.close()


def _plain_cells(part: IO[bytes], limit: int) -> int | None:
    """How many cells a sheet asks for, where it is written as programs usually write one; else ``None``.

    Every cell then begins with its place, which is found three times faster than by reading the part as XML.
    A part with one cell or row written in any other way is left to ``_Count``.
    """
    rows = columns = 0
    rest = b""
    while block := part.read(_BLOCK):
        block = rest + block
        cut = block.rfind(b"<")
        block, rest = block[:cut], block[cut:]
        places, lines = _PLACE.findall(block), _ROW.findall(block)
        usual = len(places) == len(_CELL.findall(block)) and len(lines) == block.count(b"<row")
        if not usual or _ODD.search(block) or len(rest) > _BLOCK:
            return None
        rows = max(rows, *(int(place.lstrip(_LETTERS)) for place in places), *map(int, lines), 0)
        letters = {place.rstrip(_DIGITS) for place in places}
        columns = max(columns, *(_column_number(name.decode()) for name in letters), 0)
        if rows * columns > limit or columns > COLUMN_LIMIT:
            raise too_many_cells()
    return rows * columns


class _Count:
    """Counts the cells a part asks for, up to the limit, and accepts no definitions of its own words."""

    def __init__(self, form: str, limit: int) -> None:
        self._limit = limit
        self._done = 0
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._xlsx if form == "xlsx" else self._ods
        self._parser.EndElementHandler = None if form == "xlsx" else self._ods_end
        self._row = self._column = self._last_row = self._last_column = 0
        self._width = self._repeat = 0

    def feed(self, block: bytes) -> None:
        self._parser.Parse(block, False)

    def close(self) -> int:
        self._parser.Parse(b"", True)
        return self._done + self._last_row * self._last_column

    def _doctype(self, *_: Any) -> None:
        raise bomb()

    def _xlsx(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2] if ":" in name else name
        if kind == "c":
            at = attributes.get("r", "")
            letters = at.rstrip("0123456789")
            if letters:
                self._column = _column_number(letters)
                self._row = int(at[len(letters) :][:10] or 0)
            else:
                self._column += 1
            self._reach(self._row, self._column)
        elif kind == "row":
            at = attributes.get("r", "")
            self._row = int(at) if at.isdecimal() and len(at) < 9 else self._row + 1
            self._column = 0

    def _ods(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "table":
            self._done += self._last_row * self._last_column
            self._row = self._last_row = self._last_column = 0
        elif kind == "table-row":
            self._column = self._width = 0
            self._repeat = _repeated(attributes, "number-rows-repeated")
        elif kind in {"table-cell", "covered-table-cell"}:
            self._column += _repeated(attributes, "number-columns-repeated")
            if any(key.rpartition(":")[2] in {"value-type", "formula"} for key in attributes):
                self._width = self._column

    def _ods_end(self, name: str) -> None:
        if name.rpartition(":")[2] == "table-row":
            self._row += self._repeat
            if self._width:
                self._reach(self._row, self._width)

    def _reach(self, row: int, column: int) -> None:
        if row <= self._last_row and column <= self._last_column:
            return
        self._last_row, self._last_column = max(self._last_row, row), max(self._last_column, column)
        asked = self._done + self._last_row * self._last_column
        if asked > self._limit or self._last_column > COLUMN_LIMIT:
            raise too_many_cells()


@lru_cache(maxsize=4_096)
def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper()[:5]:
        number = number * 26 + ord(letter) - 64
    return number


def _repeated(attributes: dict[str, str], name: str) -> int:
    for key, value in attributes.items():
        if key.rpartition(":")[2] == name:
            return min(int(value), 1 << 40) if value.isdecimal() and len(value) < 15 else 1 << 40
    return 1


def damaged() -> Refused:
    """The refusal of a package nothing can be read from."""
    return Refused(
        "import-damaged",
        "This spreadsheet is damaged, protected by a password or not a spreadsheet. "
        "Open it in the program it came from, save it again as XLSX, ODS or CSV, and try again.",
    )


def bomb() -> Refused:
    """The refusal of a package that unpacks to far more than a log."""
    return Refused(
        "import-unpacks-too-large",
        "This spreadsheet unpacks to far more than a log can be, so it was not opened. "
        "Copy the rows you want into a new sheet, save that, and try again.",
    )
