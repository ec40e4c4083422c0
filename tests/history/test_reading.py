"""Files of any encoding and form become a table or a sentence."""

from __future__ import annotations

import csv
import io
import os
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from rebound_widgets.domain.refused import Refused
from rebound_widgets.history.importing import read_table
from rebound_widgets.history.importing.table import BYTE_LIMIT, CELL_LIMIT, neutral

LOG = "Firma;Stelle;Status\nMüller & Söhne;Büroleiter;Absage\nÉté SA;Réceptionniste;offen\n"
CYRILLIC = "Компания;Должность;Статус\nЯблоко;Аналитик;Отказ\nБереза;Программист;Ожидание ответа\n"


def xlsx(rows, *, sheets=(), **options) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    for name, content in (("Log", rows), *sheets):
        sheet = book.add_worksheet(name)
        for number, row in enumerate(content):
            sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def repacked(data: bytes, name: str, change) -> bytes:
    """A package with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            part = old.read(member)
            new.writestr(member.filename, change(part) if member.filename == name else part)
    return out.getvalue()


def ods(rows: str) -> bytes:
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    }
    spaces = " ".join(f'xmlns:{short}="{long}"' for short, long in names.items())
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", kind)
        package.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        package.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Log">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def ods_cell(text: str, repeated: int = 1) -> str:
    return (
        f'<table:table-cell table:number-columns-repeated="{repeated}" office:value-type="string">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def test_an_ods_sheet_is_read():
    """A sheet of LibreOffice comes in like any other, its endless empty rows left out."""
    row = "<table:table-row>{}</table:table-row>"
    empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    log = ods(row.format(ods_cell("Company") + ods_cell("Role")) + row.format(ods_cell("Acme", 2)) + empty)
    table = read_table(log, "log.ods")
    assert ("ods", ("Company", "Role"), [("Acme", "Acme")]) == (table.form, table.headers, list(table.rows))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252"]
)
def test_accents_survive_any_encoding(encoding):
    """A log saved by an old program has its accents, whichever encoding it was saved in."""
    table = read_table(LOG.encode(encoding), "log.csv")
    assert ("Müller & Söhne", "Büroleiter", "Absage") == table.rows[0]
    assert "Été SA" == table.rows[1][0]


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_other_alphabets_are_recognised(encoding):
    """A log in Cyrillic letters is read in its own encoding, and the encoding is said."""
    table = read_table(CYRILLIC.encode(encoding), "log.csv")
    assert "Береза" == table.rows[1][0]
    assert encoding.replace("-", "") in table.read_as.replace("-", "")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_separators_are_recognised_beside_quoted_commas(delimiter):
    """The separator is found though cells hold commas and line breaks of their own."""
    out = io.StringIO(newline="")
    rows = [["Company", "Role", "Notes"], ["Acme, Inc.", "Analyst", "one,\ntwo"], ["B", "C", 'say "hi"']]
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    table = read_table(out.getvalue().encode(), "log.csv")
    assert [tuple(row) for row in rows[1:]] == list(table.rows)


def test_the_separator_a_spreadsheet_names_in_the_first_line_is_used():
    """Excel's "sep=;" is a hint and no row."""
    table = read_table(b"sep=;\r\nCompany;Role\r\nAcme, Inc.;Analyst\r\n", "log.csv")
    assert (("Company", "Role"), ("Acme, Inc.", "Analyst")) == (table.headers, table.rows[0])


def test_row_numbers_are_those_a_spreadsheet_shows():
    """A problem in the third row says row 3, empty rows and a title above the headers counted."""
    table = read_table(b"My search 2025,,\n\nCompany,Role,Status\nA,B,C\n,,\nD,E,F\n", "log.csv")
    assert ([4, 6], ("Company", "Role", "Status")) == (list(table.numbers), table.headers)


@pytest.mark.parametrize("nearly_empty", ["99;;;;", ";;;;", "99;;;-;"])
@pytest.mark.parametrize("headers", ["Nr;Company;What (role);Sent;notes", "Nr;Zxq;Wvu;Rst;Mno"])
def test_a_nearly_empty_row_is_never_taken_for_the_headers(headers, nearly_empty):
    """Rows above an empty line in the middle of a list are read, whether or not the headers are known."""
    rows = [f"{number};Firm {number};Analyst;0{number}/09/2026;" for number in range(1, 8)]
    log = "\n".join([headers, *rows[:5], nearly_empty, *rows[5:], ""])
    table = read_table(log.encode(), "log.csv")
    filled = 7 + (nearly_empty != ";;;;")
    assert (tuple(headers.split(";")), filled, ()) == (table.headers, len(table.rows), table.notes)


@pytest.mark.parametrize(
    "title", ["Job search 2026 - Ana;;;;", ";Job search 2026 - Ana;;;", "Job search 2026"]
)
@pytest.mark.parametrize("headers", ["Nr;Company;What (role);Sent;How", "Nr;Zxq;Wvu;Rst;Mno"])
def test_a_title_above_the_headers_is_left_out_and_said(headers, title):
    """The headers are found below a title, and the row that is left out is spoken of."""
    table = read_table(
        f"{title}\n{headers}\n1;Acme;Analyst;1/2/2026;x\n2;Beta;Planner;3/2/2026;y\n".encode(), "log.csv"
    )
    said = "The headings were found in row 2. Rows above the headings that are not read: 1."
    assert (tuple(headers.split(";")), [said]) == (table.headers, [note.sentence for note in table.notes])


def test_a_first_row_of_one_cell_is_kept_where_no_row_is_headers():
    """A list without headers that begins with a nearly empty row loses nothing."""
    table = read_table(b"Acme,,\nBeta,Analyst,2025-01-02\nBeta,Planner,2025-01-03\n", "log.csv")
    assert (False, 3, ()) == (table.has_header, len(table.rows), table.notes)


def test_a_log_without_headers_keeps_its_first_row():
    """Where no header is found the first row is a row like all others."""
    table = read_table(b"1,Acme,2025-01-02\n2,Bcme,2025-01-03\n", "log.csv")
    assert (False, 2, ("Column 1", "Column 2", "Column 3")) == (
        table.has_header,
        len(table.rows),
        table.headers,
    )


def test_a_column_without_a_header_is_called_as_the_page_says():
    """A page in another language names such a column in its own words."""
    table = read_table(b"1,Acme\n2,Bcme\n", "log.csv", unnamed="Columna {number}")
    assert ("Columna 1", "Columna 2") == table.headers


def test_a_status_in_the_first_row_does_not_make_it_a_row_of_headers():
    """Applied is a header in one log and a status in another; what comes again below is no header."""
    table = read_table(b"Acme,Analyst,Applied\nBcme,Planner,Offer\nCcme,Editor,Applied\n", "log.csv")
    assert (False, 3) == (table.has_header, len(table.rows))


def test_columns_with_one_name_are_told_apart():
    """Two columns called Date can both be mapped."""
    table = read_table(b"Company,Date,Date\nA,1,2\n", "log.csv")
    assert ("Company", "Date", "Date (2)") == table.headers


def test_the_sheet_with_the_log_is_chosen_and_the_others_are_said():
    """Of several sheets the one with known headers is read, and the rest are named."""
    data = xlsx(
        [["Budget", 1]], sheets=[("Search", [["Company", "Role", "Status"], ["Acme", "B", "Applied"]])]
    )
    table = read_table(data, "log.xlsx")
    assert ("Acme", "B", "Applied") == table.rows[0]
    assert ["Read from the sheet “Search”; left alone: “Log”."] == [note.sentence for note in table.notes]


def test_formulas_and_numbers_of_a_sheet_are_text():
    """A computed cell is its value, a whole number has no decimal point, a true is TRUE."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Company", "Role", "Applied"])
    sheet.write_formula(1, 0, '=CONCAT("A","cme")', value="Acme")
    sheet.write_number(1, 1, 1234)
    sheet.write_boolean(1, 2, True)
    book.close()
    assert ("Acme", "1234", "TRUE") == read_table(out.getvalue(), "log.xlsx").rows[0]


def test_cells_that_look_like_formulas_stay_text():
    """A cell made to run a program in a spreadsheet is words here."""
    table = read_table(b"Company,Role\n\"=cmd|' /C calc'!A0\",@SUM(1)\n", "log.csv")
    assert ("=cmd|' /C calc'!A0", "@SUM(1)") == table.rows[0]


def refused(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_table(data, "log.csv")
    return caught.value.rule


def test_what_is_no_table_is_refused_with_a_sentence():
    """Pictures, documents, web pages and nothing at all end in a sentence, whatever their name says."""
    page = b"<!DOCTYPE html><html><table><tr><td>Company</td></tr></table></html>"
    cases = {
        b"": "import-empty",
        b" \r\n \r\n": "import-empty",
        b"\0" * 5000: "import-empty",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)): "import-other-file",
        b"%PDF-1.7 ...": "import-other-file",
        b"\xff\xd8\xff\xe0 JFIF": "import-other-file",
        page: "import-a-page",
        b"{\\rtf1 Company}": "import-a-page",
        bytes(range(1, 256)) * 40: "import-not-a-table",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600: "import-old-spreadsheet",
        b'Company,Role\n"Acme,Analyst\nB,C\n': "import-open-quote",
    }
    assert list(cases.values()) == [refused(data) for data in cases]


def test_a_file_larger_than_the_limit_is_refused_before_it_is_read(tmp_path):
    """A file of 200 MB is refused at once: its size is known without reading it."""
    path = tmp_path / "log.csv"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(Refused, match="This file has 200 MB; a log can have up to 50 MB"):
        read_table(path)
    assert BYTE_LIMIT == 50_000_000


def test_a_file_that_is_not_there_or_is_a_folder_is_a_sentence(tmp_path):
    """A mistyped name and a folder are said plainly."""
    with pytest.raises(Refused, match=r"There is no file 'nowhere\.csv' there"):
        read_table(tmp_path / "nowhere.csv")
    with pytest.raises(Refused, match="cannot be read: it is not a file"):
        read_table(tmp_path)


def test_a_pipe_a_device_and_a_ring_of_links_are_sentences(tmp_path):
    """What never comes to an end is not waited for; a link to a log is the log."""
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    (tmp_path / "ring.csv").symlink_to(tmp_path / "ring.csv")
    (tmp_path / "folder.csv").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere.csv")
    (tmp_path / "log.csv").write_text("Company,Role\nAcme,Analyst\n", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "log.csv")
    rules = {}
    for name in ("pipe.csv", "zero.csv", "ring.csv", "folder.csv", "gone.csv", "a\0b.csv", "x" * 300):
        with pytest.raises(Refused) as caught:
            read_table(tmp_path / name)
        rules[name] = caught.value.rule
    unreadable, missing = "import-unreadable", "import-no-file"
    assert [unreadable, unreadable, unreadable, unreadable, missing, missing, unreadable] == [*rules.values()]
    assert [("Acme", "Analyst")] == list(read_table(tmp_path / "link.csv").rows)


def test_ten_million_cells_are_refused():
    """A table far larger than any search is refused, in text and in a spreadsheet."""
    assert CELL_LIMIT < 10_000_000
    assert "import-too-many-cells" == refused(b"," * 1999 + b"\n" + (b"," * 1999 + b"\n") * 2000)
    assert "import-too-many-cells" == refused(b"Company" + b",x" * 2001 + b"\n")


def test_a_few_bytes_cannot_ask_for_billions_of_cells():
    """A sheet whose one cell lies at the far end is refused instead of filling the memory."""
    sheet = "xl/worksheets/sheet1.xml"
    log = xlsx([["Company", "Role"], ["Acme", "Analyst"]])
    far = repacked(log, sheet, lambda part: part.replace(b'r="A2"', b'r="XFD1048576"'))
    oddly = repacked(log, sheet, lambda part: part.replace(b'r="A2"', b"\nr='XFD1048576'"))
    hidden = repacked(log, sheet, lambda part: part.replace(b'<c r="A2"', b"<c s=' r=\"A2\"' r='XFD1048576'"))
    wide = ods(f"<table:table-row>{ods_cell('x', 16384)}</table:table-row>")
    long = ods(f'<table:table-row table:number-rows-repeated="90000000">{ods_cell("x")}</table:table-row>')
    for name, data in {"far": far, "oddly": oddly, "hidden": hidden, "wide": wide, "long": long}.items():
        assert (name, "import-too-many-cells") == (name, refused(data))


def test_packages_made_to_do_harm_are_refused():
    """Bombs of compression and of XML, other packages and damaged ones end in a sentence."""
    log = xlsx([["Company"], ["Acme"]])
    sheet = "xl/worksheets/sheet1.xml"
    words = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
    entities = repacked(log, sheet, lambda part: part.replace(b"<worksheet", words, 1))
    blown = repacked(log, "xl/theme/theme1.xml", lambda part: part + b" " * 210_000_000)
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("../../evil.txt", "x")
    broken = repacked(log, sheet, lambda part: part[: len(part) // 2])
    expected = [
        "import-unpacks-too-large",
        "import-unpacks-too-large",
        "import-not-a-spreadsheet",
        "import-damaged",
        "import-damaged",
    ]
    assert expected == [
        refused(data) for data in (entities, blown, other.getvalue(), broken, log[: len(log) // 2])
    ]


def test_characters_no_file_can_keep_are_left_out_and_said():
    """A few NULs in a text file are dropped with a note."""
    table = read_table(b"Company,Role\nAc\0me,Analyst\n", "log.csv")
    assert "Acme" == table.rows[0][0]
    assert ["Characters left out because no file can keep them: 1."] == [
        note.sentence for note in table.notes
    ]


def test_a_name_with_a_path_is_only_a_name():
    """The folder part of a file's name is dropped, on every system's writing of it."""
    assert ["log.csv", "log.csv"] == [
        read_table(b"Company,Role\nA,B\n", name).name for name in ("../../etc/log.csv", "C:\\x\\log.csv")
    ]


def read_or_refuse(data: bytes):
    try:
        return read_table(data, "log.csv")
    except Refused as refusal:
        return refusal


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_sentence(data):
    """Whatever is given as a file, a table comes out or a refusal, and nothing else."""
    got = read_or_refuse(data)
    assert got.sentence if isinstance(got, Refused) else {len(got.headers)} >= {len(row) for row in got.rows}


@given(st.text(max_size=200))
def test_any_text_is_a_table_or_a_sentence(text):
    """The same for any text, wherever its commas and quotes stand."""
    got = read_or_refuse(text.encode("utf-8", "replace"))
    assert got.sentence if isinstance(got, Refused) else len(got.rows) == len(got.numbers)


@given(st.text(max_size=30))
def test_a_neutral_cell_is_no_formula(text):
    """What is written for a spreadsheet never begins as a formula does."""
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r"))
