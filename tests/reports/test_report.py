"""The report: what is in it, what never is, and how it reads on a page and as a PDF."""

from __future__ import annotations

import datetime as dt
import io
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import pypdf
import pytest
from defusedxml import ElementTree

from rebound_widgets.cli import main
from rebound_widgets.content import load_content
from rebound_widgets.history import History
from rebound_widgets.reports import Choice, Document, compose, page_bytes, pdf_bytes, ticked, what_there_is
from rebound_widgets.reports.document import Paragraph, Picture, Table
from rebound_widgets.workbook import Workbook

TODAY = dt.date(2026, 11, 5)
NOW = dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC)
INTERVIEW = "interview-0000000000000001"


@pytest.fixture(scope="module")
def history() -> History:
    """The invented search that ships."""
    return History.sample(TODAY)


def report(history: History, parts: frozenset[str] | None = None, locale: str = "en") -> Document:
    """A report of the whole search."""
    content = load_content(locale)
    return compose(
        history, content, TODAY, Choice(parts=ticked(history, content) if parts is None else parts)
    )


def pdf_text(pdf: bytes) -> str:
    """The words of a PDF, blanks made one."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def with_private(home: Path) -> Workbook:
    """A workbook with a feeling and a page with a clock in it."""
    workbook = Workbook.open(home)
    application = workbook.add_application({"company": "Acme", "outcome": "no"}).record_id
    private = [
        question
        for chapter in workbook.content.chapters.values()
        for question in chapter.questions()
        if question.private and question.kind == "prose"
    ]
    timed = [
        question
        for chapter in workbook.content.chapters.values()
        for question in chapter.questions()
        if question.kind == "timed-page"
    ]
    assert private
    assert timed
    workbook.record(private[0].id, "Heron private words.", record_id=application)
    workbook.record(timed[0].id, "Osprey timed words.", record_id=application)
    workbook.record("debrief/hear-from", {"name": "Ana"}, record_id=application)
    return workbook


# --- what is in it ---------------------------------------------------------------------------------


def test_only_what_has_something_in_it_is_offered(history: History) -> None:
    """A chapter nothing was written in is no part; an empty workbook has none."""
    there = what_there_is(history, load_content())
    assert ["road", "pictures", "applications", "notes", "start", "debrief"] == there
    assert [] == what_there_is(History.of([]), load_content())


def test_what_is_private_is_never_ticked_by_itself_and_a_timed_page_is_never_in(home: Path) -> None:
    """The person can tick private answers in; what was written against a clock is in no report at all."""
    workbook = with_private(home)
    history, content = workbook.history(), workbook.content
    assert "private" in what_there_is(history, content)
    assert "private" not in ticked(history, content)
    plain = page_bytes(compose(history, content, TODAY, Choice(parts=ticked(history, content)))).decode()
    whole = Choice(parts=frozenset(what_there_is(history, content)))
    everything = page_bytes(compose(history, content, TODAY, whole)).decode()
    assert "Ana" in plain
    assert "Heron" not in plain
    assert "Heron" in everything
    assert "Osprey" not in everything
    workbook.close()


def test_what_is_not_ticked_is_not_in_it(history: History) -> None:
    """Only the parts that were ticked, in their order."""
    assert ["Applications"] == [one.title for one in report(history, frozenset({"applications"})).sections]
    assert () == report(history, frozenset()).sections


def test_a_report_about_one_interview_holds_that_one_alone(history: History) -> None:
    """Its application, its debrief, and nobody else's."""
    content = load_content()
    choice = Choice(parts=ticked(history, content), interview_id=INTERVIEW)
    page = page_bytes(compose(history, content, TODAY, choice)).decode()
    assert "Kestrel Insurance" in page
    assert "What do you know about us?" in page
    assert "Larchwood" not in page


def test_numbers_carry_their_source(history: History) -> None:
    """The picture of the road says whose numbers it shows and has them in a table beside it."""
    (road,) = [one for one in report(history).sections if one.title == "The road so far"]
    kinds = [type(block).__name__ for block in road.blocks]
    assert ["Paragraph", "Picture", "Table", "Paragraph"] == kinds
    assert "my own search" in str(road.blocks[-1])


def test_every_picture_has_its_finding_its_counts_its_source_and_its_numbers(history: History) -> None:
    """The charts of the pages are drawn from the same values, as shapes and words without script, in both languages."""
    for locale, words in (("en", "4 of 34 applications led to an interview"), ("es", "De 34 solicitudes")):
        (part,) = report(history, frozenset({"pictures"}), locale).sections
        assert 5 == len(part.inner)
        assert part.inner[0].title.startswith(words)
        for one in part.inner:
            picture, table, source = one.blocks
            assert isinstance(picture, Picture)
            assert isinstance(table, Table)
            assert isinstance(source, Paragraph)
            assert all((one.title, picture.caption, picture.alt, table.rows, source.text))
            tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(picture.svg).iter()}
            assert {"svg", "text", "path"} <= tags <= {"svg", "text", "path", "rect", "circle"}
    assert () == report(History.of([]), frozenset({"pictures"})).sections


def test_weeks_without_anything_are_not_listed(home: Path) -> None:
    """An old list with two applications years apart has two lines, and no hundred of zeros."""
    with closing(Workbook.open(home)) as workbook:
        for day in ("2024-01-10", "2026-10-20"):
            workbook.add_application({"company": "Acme", "applied_on": day})
        (road,) = report(workbook.history(), frozenset({"road"})).sections
    (table,) = [block for block in road.blocks if isinstance(block, Table)]
    assert ["8 Jan 2024", "19 Oct 2026"] == [row[0] for row in table.rows]


def test_every_word_a_person_wrote_is_text_on_the_page(home: Path) -> None:
    """Markup in a firm's name, a topic, a note or an answer does nothing, in pictures too."""
    hostile = "<script>alert(1)</script>"
    with closing(Workbook.open(home)) as workbook:
        made = workbook.add_application({"company": hostile, "applied_on": "2026-10-01", "note": hostile})
        for day in ("2026-10-10", "2026-10-11", "2026-10-12"):
            held = workbook.add_interview(made.record_id, {"held_on": day}).record_id
            workbook.record("debrief/asked", [1], record_id=held)
            workbook.record("debrief/asked-topic", f"own:{hostile}", record_id=held, item=1)
            workbook.record("debrief/asked-rating", 2, record_id=held, item=1)
        page = page_bytes(report(workbook.history())).decode()
    assert "<script" not in page
    assert page.count("&lt;script&gt;") > 4


# --- how it reads ----------------------------------------------------------------------------------


class _Outline(HTMLParser):
    """The levels of a page's headings, and what it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.levels.append(int(tag[1]))
        self.fetched += [str(value) for name, value in attrs if name in {"src", "href", "action"}]


def test_the_page_has_one_title_and_headings_in_order(history: History) -> None:
    """No level is left out, so that a screen reader can go by them; nothing is fetched from anywhere."""
    outline = _Outline()
    outline.feed(page_bytes(report(history)).decode())
    assert 1 == outline.levels.count(1)
    steps = [after - before for before, after in zip(outline.levels, outline.levels[1:], strict=False)]
    assert max(steps) == 1
    assert [] == outline.fetched


def test_what_is_hostile_stays_text() -> None:
    """A firm called like a script, or like the markup of the PDF, is shown as its letters."""
    name = "<script>x</script> #panic()"
    document = Document(
        title=name, lang="en", direction="ltr", lede=(), sections=(), words={"page": "{number}"}
    )
    assert b"<script>" not in page_bytes(document)
    assert "<script>x</script> #panic()" in pdf_text(pdf_bytes(document, NOW))


@pytest.mark.parametrize("locale", ["en", "es"])
def test_the_pdf_says_what_the_page_says(history: History, locale: str) -> None:
    """Title, language and every part are in the PDF, in the language of the report."""
    document = report(history, locale=locale)
    pdf = pdf_bytes(document, NOW)
    reader, text = pypdf.PdfReader(io.BytesIO(pdf)), pdf_text(pdf)
    assert document.title == reader.metadata.title
    assert locale == reader.trailer["/Root"]["/Lang"]
    for section in document.sections:
        assert section.title in text
    assert "Kestrel Insurance" in text
    assert load_content(locale).chapters["debrief"].question("debrief/recall").ask in text


def test_the_pdf_is_for_everybody(history: History) -> None:
    """It is tagged, says that it is PDF/UA, holds its fonts, and its picture has words instead."""
    pdf = pdf_bytes(report(history), NOW)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert True is bool(root["/MarkInfo"]["/Marked"])
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    outline = [one for one in reader.outline if not isinstance(one, list)]
    assert [section.title for section in report(history).sections] == [one.title for one in outline]
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object())


def test_letters_of_other_scripts_do_not_keep_the_pdf_from_being_made() -> None:
    """Whatever a person writes, a file comes out."""
    for words in ("Привет", "مرحبا", "面接 🎉"):
        document = Document(
            title=words, lang="en", direction="ltr", lede=(words,), sections=(), words={"page": "{number}"}
        )
        assert pdf_bytes(document, NOW).startswith(b"%PDF")


@pytest.mark.parametrize("suffix", ["html", "pdf"])
def test_the_command_line_writes_a_report(
    home: Path, tmp_path: Path, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`rebound export` writes it by the file's name, without what is private."""
    with_private(home).close()
    path = tmp_path / f"x.{suffix}"
    assert 0 == main(["export", str(path), "--home", str(home)])
    made = path.read_bytes()
    text = pdf_text(made) if suffix == "pdf" else made.decode()
    assert "Acme" in text
    assert "Heron" not in text
    assert "Osprey" not in text
    assert str(path) in capsys.readouterr().out
