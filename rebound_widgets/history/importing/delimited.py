"""Text files with one record a line: CSV with any separator, in any encoding."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter

from charset_normalizer import from_bytes

from ...domain.refused import Refused
from .table import CELL_LIMIT, COLUMN_LIMIT, Row, too_many_cells

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ACCENTS = "àáâãäåæçèéêëìíîïñòóôõöøœùúûüýÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜÝßðþ"
_MARKS = "‘’“”–—…•·€£§©®°´¨«»¿¡ªº\u00a0\u00ad"
_UNWESTERN = re.compile(
    rf"[^\x00-\x7f{_ACCENTS}{_MARKS}]"  # what Western languages do not write
    rf"|[{_ACCENTS}]{{3}}"  # three accents in a row
    r"|(?<=\w)[¿¡£§©®¨«»€]\w"  # a sign inside a word
    r"|[£©®¨§][^\W\d]"  # a sign before a word
)
_ENCODINGS = (
    "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "mac_roman",
)  # fmt: skip
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_LINE = re.compile(r"[^\r\n]+(?:\r\n|\r|\n)?|\r\n|\r|\n")
_BARS = re.compile(r"(?<!\\)\|")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_RULE_SIGNS = frozenset("|:- \t")
_RULE_SOUGHT = 20_000
_SHORT = 500
_SAMPLE_BYTES = 200_000
_SAMPLE_RECORDS = 60
_FEW_NULS = 100


def read_delimited(data: bytes) -> tuple[list[Row], str, list[Refused]]:
    """The records of a text file, how it was read, and notes.

    Raises:
        Refused: not text, a record that cannot be read, or too many cells.
    """
    text, encoding = decode(data)
    notes: list[Refused] = []
    if "\0" in text:
        count = text.count("\0")
        if count > _FEW_NULS:
            raise _not_a_table()
        text = text.replace("\0", "")
        notes.append(
            Refused(
                "import-note-unkeepable",
                "Characters left out because no file can keep them: {count}.",
                count=count,
            )
        )
    _must_look_like_a_table(text)
    delimiter = find_delimiter(text)
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
    if delimiter == "|" and any(map(_is_rule, text[:_RULE_SOUGHT].splitlines())):
        return _markdown(text), f"{encoding}, a table in Markdown", notes
    records, note = _records(text, delimiter)
    if note is not None:
        notes.append(note)
    return records, f"{encoding}, separated by {_DELIMITERS[delimiter]}", notes


def decode(data: bytes) -> tuple[str, str]:
    """The text in ``data`` and the encoding it was read in: its mark, UTF-8 or UTF-16, else the likeliest.

    Raises:
        Refused: no encoding makes text of it.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding), "UTF-8" if encoding == "utf-8-sig" else encoding.upper()
    wide = _wide(data)
    if wide is not None:
        return _strictly(data, wide), "UTF-16"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    if _is_western(data):
        return data.decode("cp1252"), "Windows-1252"
    best = from_bytes(data[:_SAMPLE_BYTES], cp_isolation=list(_ENCODINGS)).best()
    if best is None:
        raise _not_a_table()
    return data.decode(best.encoding, errors="replace"), best.encoding.replace("_", "-")


def _is_western(data: bytes) -> bool:
    """Whether data reads well in the encoding of Western Europe's Windows, of which Latin-1 is a part.

    A statistical guess needs more text than a log has accents. Here every accent has to be one of that part
    of the world and stand among plain letters, as those of other encodings do not.
    """
    try:
        text = data[:_SAMPLE_BYTES].decode("cp1252")
        data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return not _UNWESTERN.search(text)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is zero."""
    sample = data[:4000]
    if len(sample) < 4 or sample.count(0) < len(sample) // 4:
        return None
    return "utf-16-le" if sample[1::2].count(0) > sample[0::2].count(0) else "utf-16-be"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_a_table() from error


def _not_a_table() -> Refused:
    return Refused(
        "import-not-a-table",
        "This file holds no table. A log can be a CSV, XLSX or ODS file: "
        "open it in the program it came from and save it as one of these.",
    )


def _must_look_like_a_table(text: str) -> None:
    start = text[:2000].lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("<!doctype", "<html", "<?xml", "<svg", "{\\rtf", "%pdf", "%!ps")):
        raise Refused(
            "import-a-page",
            "This file is a web page or a document, not a table, whatever its name says. "
            "Save the log itself as CSV, XLSX or ODS and try again.",
        )
    sample = text[:4000]
    odd = sum(1 for character in sample if ord(character) < 32 and character not in "\t\r\n\f\v\x1a")
    if odd > max(10, len(sample) // 50):
        raise _not_a_table()


def find_delimiter(text: str) -> str:
    """The separator that cuts the first records into the most regular columns; a comma when none does."""
    if text[:4].lower() == "sep=" and text[4:5] in _DELIMITERS:
        return text[4]
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        widths = Counter(len(record) for record in _sample(text, delimiter) if any(record))
        width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(1, 0))
        regular = count / max(1, widths.total())
        score = regular * min(width, 50) ** 0.5 if width > 1 else 0.0
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _sample(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text[:_SAMPLE_BYTES], newline=""), delimiter=delimiter)
    records: list[list[str]] = []
    try:
        for record in reader:
            records.append(record)
            if len(records) >= _SAMPLE_RECORDS:
                break
    except csv.Error:
        pass
    return records


def _records(text: str, delimiter: str) -> tuple[list[Row], Refused | None]:
    try:
        return _parse(text, delimiter, strict=True), None
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise Refused(
                "import-open-quote",
                "A quotation mark in this file is opened and never closed, so cells run into one another. "
                "Open it in a spreadsheet, save it as XLSX or ODS, and try again.",
            ) from error
    try:
        return (
            _parse(text, delimiter, strict=False),
            Refused(
                "import-note-quotes",
                "Some quotation marks in this file are not written as CSV asks; look at the rows with care.",
            ),
        )
    except csv.Error as error:
        raise Refused(
            "import-cell-too-long",
            "A cell of this file holds more than {limit} characters; often a quotation mark is never closed. "
            "Open it in a spreadsheet, save it as XLSX or ODS, and try again.",
            limit=f"{csv.field_size_limit():,}",
        ) from error


def _is_rule(line: str) -> bool:
    """Whether this is the line of dashes under the headers of a table in Markdown."""
    return "--" in line and "|" in line and set(line) <= _RULE_SIGNS


def _plain_part(part: str) -> str:
    text = part.replace("\\|", "|").strip()
    return _BOLD.sub(r"\2", text) if len(text) < _SHORT else text


def _markdown(text: str) -> list[Row]:
    """The rows of a table in Markdown, without its outer bars, its line of dashes and what makes words bold.

    Other lines stand as rows of one cell, so that numbers of rows are those of lines.
    """
    records: list[Row] = []
    cells = 0
    for line in text.splitlines():
        parts = _BARS.split(line.strip()) if not _is_rule(line) else [""]
        if len(parts) > 1:
            parts = parts[not parts[0].strip() : len(parts) - (not parts[-1].strip())]
        cells += len(parts)
        if cells > CELL_LIMIT or len(parts) > COLUMN_LIMIT:
            raise too_many_cells()
        records.append(tuple(map(_plain_part, parts)))
    return records


def _parse(text: str, delimiter: str, *, strict: bool) -> list[Row]:
    records: list[Row] = []
    cells = 0
    # Not a StringIO, which holds every character in four bytes.
    lines = (line.group() for line in _LINE.finditer(text))
    for record in csv.reader(lines, delimiter=delimiter, strict=strict):
        cells += len(record)
        if cells > CELL_LIMIT or len(record) > COLUMN_LIMIT:
            raise too_many_cells()
        records.append(tuple(record))
    return records
