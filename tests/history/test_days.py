"""Days in every form people write them: read, asked about, or left open with a sentence."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_widgets.history.importing.conventions import library
from rebound_widgets.history.importing.days import DayReader


@pytest.mark.parametrize(
    ("cell", "day", "time"),
    [
        ("2023-08-30", "2023-08-30", None),
        ("2023-08-30 17:00", "2023-08-30", "17:00"),
        ("2023-08-30 00:00:00", "2023-08-30", None),
        ("2024-11-23T23:39:00Z", "2024-11-23", "23:39"),
        ("2024/11/23", "2024-11-23", None),
        ("20241123", "2024-11-23", None),
        ("30/08/2023", "2023-08-30", None),
        ("30.08.2023", "2023-08-30", None),
        ("30-08-23", "2023-08-30", None),
        ("11/23/24, 11:39 PM", "2024-11-23", "23:39"),
        ("12/25/2024 12:05 AM", "2024-12-25", "00:05"),
        ("05/05/2023", "2023-05-05", None),
        ("3 Oct 2024", "2024-10-03", None),
        ("3. Oktober 2024", "2024-10-03", None),
        ("3 de octubre de 2024", "2024-10-03", None),
        ("1er mars 2024", "2024-03-01", None),
        ("October 3rd, 2024", "2024-10-03", None),
        ("Thu, 3 Oct 2024 at 9:15", "2024-10-03", "09:15"),
        ("8-Jul-24", "2024-07-08", None),
        ("45000", "2023-03-15", None),
        ("45000.5", "2023-03-15", None),
    ],
)
def test_a_day_that_can_be_one_day_only_is_read(cell, day, time):
    """These forms need no answer from anybody."""
    read = DayReader(library()).read(cell)
    assert (day, time, "", None) == (read.day, read.time, read.wants, read.problem)


@pytest.mark.parametrize("cell", ["", " ", "n/a", "N/A", "-", "—", "none", "TBD", "ni", "k.A."])
def test_a_word_for_nothing_is_nothing(cell):
    """An empty cell and the words people write into one say nothing about a day."""
    read = DayReader(library()).read(cell)
    assert (None, "", None) == (read.day, read.wants, read.problem)


def test_the_order_of_day_and_month_is_asked_and_not_guessed():
    """03/04/2024 is two days until somebody says which."""
    assert "date-order" == DayReader(library()).read("03/04/2024").wants
    assert "2024-04-03" == DayReader(library(), "dmy").read("03/04/2024").day
    assert "2024-03-04" == DayReader(library(), "mdy").read("03/04/2024").day


def test_a_day_without_a_year_is_asked_about():
    """8-Jul needs a year; 9/15 can only be the fifteenth and still needs one."""
    reader = DayReader(library())
    assert ["year", "year", "year"] == [reader.read(cell).wants for cell in ("8-Jul", "Oct 3rd", "9/15")]
    assert "2024-07-08" == reader.read("8-Jul", 2024).day


@pytest.mark.parametrize(
    "cell", ["8/82019", "31/02/2024", "13/13/2024", "2024-13-05", "yesterday", "12:30", "x"]
)
def test_a_cell_that_is_no_day_is_left_open_with_a_sentence(cell):
    """The row is kept; the sentence names the cell."""
    read = DayReader(library(), "dmy").read(cell)
    assert None is read.day
    assert f"“{cell}” cannot be read as a day, so that day was left open." == read.problem.sentence


def test_two_days_in_one_cell_are_noticed():
    """The first is taken, and the sentence says that there is another."""
    read = DayReader(library(), "mdy").read("9/1/2024, 9/15/2024")
    assert ("2024-09-01", "import-two-days") == (read.day, read.problem.rule)


def test_words_beside_a_day_are_noticed():
    """Nothing that stood beside a day disappears without a word."""
    read = DayReader(library(), "mdy").read("9/1/2024 phone with Anna")
    assert ("2024-09-01", "import-day-and-words") == (read.day, read.problem.rule)


def test_a_day_against_the_order_of_its_column_is_read_and_said():
    """30/08 in a month-first column can only be 30 August; it is read, with a sentence."""
    read = DayReader(library(), "mdy").read("30/08/2023")
    assert ("2023-08-30", "import-other-order") == (read.day, read.problem.rule)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["01/02/2024", "13/02/2024"], "dmy"),
        (["01/02/2024", "02/13/2024"], "mdy"),
        (["01/02/2024", "03/04/2024"], None),
        (["13/02/2024", "02/13/2024"], None),
        (["9/1/2024, 9/15/2024", "9/2/2024"], "mdy"),
        (["24/11/05", "24/11/17", "24/12/30"], "ymd"),
        (["24/11/24"], None),
        (["24/11/24", "25/11/24", "05/11/24"], "dmy"),
        (["2024-01-02", "3 Oct 2024"], None),
    ],
)
def test_a_column_shows_its_order_only_by_figures_above_twelve(cells, order):
    """A value that cannot be a month decides; where none does, or two disagree, nothing is decided."""
    assert order == DayReader(library()).evidence(cells).order


@given(st.text(max_size=40))
def test_any_cell_is_a_day_a_question_or_a_sentence(cell):
    """Whatever stands in a cell, reading it ends well."""
    for order in (None, "dmy", "mdy", "ymd"):
        read = DayReader(library(), order).read(cell)
        assert read.day is None or dt.date.fromisoformat(read.day).year >= 1990
        assert read.wants in {"", "date-order", "year"}


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)), st.sampled_from(["dmy", "mdy"]))
def test_a_day_written_in_figures_is_read_as_that_day(day, order):
    """In a known order every day of 110 years comes back as itself."""
    written = day.strftime("%d/%m/%Y" if order == "dmy" else "%m/%d/%Y")
    assert day.isoformat() == DayReader(library(), order).read(written).day
