"""The figures as files for a yearly report, each number with what it means."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

import xlsxwriter

from ..content import Words
from ..history.importing.table import neutral
from ..sharing.counting import OUTCOMES, SPAN_NAMES, Block, figures, groups

MEASURES = (
    "people",
    "applications",
    *(f"reached.{stage}" for stage in ("answered", "interview", "final", "offer")),
    *(f"outcome.{outcome}" for outcome in OUTCOMES),
    *(f"first.{span}" for span in SPAN_NAMES),
    *(f"answer.{span}" for span in SPAN_NAMES),
)
"""Everything that is counted, in the order of the files."""
COLUMNS = ("programme", "term", "measure", "value", "definition")


def rows(blocks: Sequence[Block], say: Words) -> Iterator[tuple[str, str, str, int, str]]:
    """One row a group and measure, in the order of ``COLUMNS``."""
    everybody = say("cohort.everybody")
    for programme, term in groups(blocks):
        found = figures(blocks, programme, term)
        for measure in MEASURES:
            value = found.people if measure == "people" else found[measure]
            where = everybody if programme is None else programme or say("cohort.unsaid")
            when = everybody if term is None else term or say("cohort.unsaid")
            yield where, when, measure, value, definition(measure, say)


def definition(measure: str, say: Words) -> str:
    """What a measure means."""
    name, _, part = measure.partition(".")
    if name in ("first", "answer"):
        return say(f"cohort.definition.{name}", span=span_words(part, say))
    return say(f"cohort.definition.{name}.{part}" if part else f"cohort.definition.{name}")


def span_words(span: str, say: Words) -> str:
    """A span of days in words."""
    low, _, high = span.partition("-")
    return say("cohort.span", low=low, high=high) if high else say("cohort.span_open", low=low)


def csv_bytes(blocks: Sequence[Block], say: Words) -> bytes:
    """The figures as CSV in UTF-8; a cell that a spreadsheet would read as a formula gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for *texts, value, meaning in rows(blocks, say):
        writer.writerow([*(neutral(text) for text in texts), value, neutral(meaning)])
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(blocks: Sequence[Block], say: Words) -> bytes:
    """The figures and the definitions as two sheets; text is text, whatever it begins with."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet(say("cohort.sheet_figures")[:31])
    sheet.write_row(0, 0, COLUMNS[:-1])
    for line, (programme, term, measure, value, _meaning) in enumerate(rows(blocks, say), start=1):
        for column, text in enumerate((programme, term, measure)):
            sheet.write_string(line, column, text)
        sheet.write_number(line, 3, value)
    meanings = book.add_worksheet(say("cohort.sheet_definitions")[:31])
    told = [(measure, definition(measure, say)) for measure in MEASURES]
    told += [(say("cohort.sheet_rules"), say(f"cohort.rule.{name}")) for name in ("once", "ten", "kept")]
    for line, (measure, meaning) in enumerate(told):
        meanings.write_string(line, 0, measure)
        meanings.write_string(line, 1, meaning)
    book.close()
    return out.getvalue()
