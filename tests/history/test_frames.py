"""The four frames of a history, with the columns and dtypes they promise."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from rebound_widgets.domain.record import Revision, Write
from rebound_widgets.history import History
from rebound_widgets.history.columns import SILENCE, TABLES
from rebound_widgets.history.history import FILE_NAME
from rebound_widgets.history.reference import history_page
from rebound_widgets.store import Store
from rebound_widgets.workbook.workbook import FILE_NAME as WORKBOOK_FILE_NAME

TODAY = dt.date(2026, 11, 5)
ONE = ("application-1", "application", {"company": "Acme", "stage": "applied", "outcome": "open"})
SEARCH = [
    (
        "application-1",
        "application",
        {
            "company": "Acme",
            "role": "Analyst",
            "size": "10-49",
            "applied_on": "2026-10-01",
            "stage": "offer",
            "outcome": "no",
            "outcome_on": "2026-10-30",
            "reached": {"offer": "2026-10-25"},
            "status_words": "Rescinded",
            "note": "Kept the letter.",
        },
    ),
    ("application-2", "application", {"role": "Planner", "stage": "saved", "outcome": "open"}),
    (
        "interview-1",
        "interview",
        {
            "application_id": "application-1",
            "round": 1,
            "held_on": "2026-10-10",
            "stage": "answered",
            "note": "x",
        },
    ),
    (
        "interview-2",
        "interview",
        {"application_id": "application-1", "round": 2, "held_on": "2026-10-20", "stage": "interview"},
    ),
    ("note-1", "note", {"subject": "interview-1", "text": "Bring the drawing."}),
]


def answer(
    question: str, kind: str, value: object, *, item: int | None = None, zone: str = "+01:00"
) -> tuple:
    body = {
        "question": question,
        "item": item,
        "subject": "interview-2",
        "kind": kind,
        "value": value,
        "zone": zone,
    }
    return (f"answer-interview-2/{question}/{item}", "answer", body)


def declared_dtype(column) -> object:
    if column.dtype == "category":
        return pd.CategoricalDtype(list(column.categories), ordered=column.ordered)
    return pd.api.types.pandas_dtype(column.dtype)


@pytest.mark.parametrize("count", [0, 1, 3])
@pytest.mark.parametrize("name", list(TABLES))
def test_every_frame_has_its_declared_columns_and_dtypes_however_few_rows(records, count, name):
    """An empty history has the same columns and dtypes as a full one, in the declared order."""
    made = [(f"application-{n}", "application", ONE[2]) for n in range(count)]
    frame = getattr(History.of(records(made)), name)
    assert [column.name for column in TABLES[name]] == list(frame.columns)
    assert [declared_dtype(column) for column in TABLES[name]] == list(frame.dtypes)


def test_a_full_history_has_the_declared_dtypes_too(records):
    """Filled columns keep the dtype that is promised for empty ones."""
    history = History.of(records([*SEARCH, answer("debrief/asked-rating", "scale", 4, item=1)]))
    for name, declared in TABLES.items():
        frame = history.frames()[name]
        assert len(frame) > 0
        assert [declared_dtype(column) for column in declared] == list(frame.dtypes)


def test_a_rescinded_offer_is_a_no_that_keeps_its_stage(records):
    """An offer taken back stays at stage offer with outcome no."""
    row = History.of(records(SEARCH)).applications.iloc[0]
    assert ("offer", "no") == (row["stage"], row["outcome"])
    assert pd.Timestamp("2026-10-30") == row["outcome_on"]


def test_stages_compare_in_their_order(records):
    """A frame can be asked for everything that came to an interview or further."""
    applications = History.of(records(SEARCH)).applications
    assert ["application-1"] == list(applications.loc[applications["stage"] >= "interview", "id"])


def test_notes_are_counted_over_the_application_its_interviews_and_loose_notes(records):
    """notes_count holds the note of the application, of its interviews, and notes about either."""
    assert [3, 0] == list(History.of(records(SEARCH)).applications["notes_count"])


def test_events_come_from_the_day_sent_the_interviews_and_the_stages_reached(records):
    """Each stage with a known day is one event, in the order of stages."""
    events = History.of(records(SEARCH)).events
    expected = [
        ("applied", "2026-10-01"),
        ("answered", "2026-10-10"),
        ("interview", "2026-10-20"),
        ("offer", "2026-10-25"),
    ]
    assert expected == [(row.stage, row.entered_on.date().isoformat()) for row in events.itertuples()]


def test_the_debrief_stands_beside_its_interview_in_numbers(records):
    """How prepared the person felt and the mean of the ratings come from the debrief's answers."""
    answers = [
        answer("debrief/felt-prepared", "scale", 4),
        answer("debrief/asked", "repeat", [1, 2]),
        answer("debrief/asked-rating", "scale", 2, item=1),
        answer("debrief/asked-rating", "scale", 5, item=2),
        answer("debrief/asked-rating", "scale", 1, item=3),
    ]
    interviews = History.of(records([*SEARCH, *answers])).interviews.set_index("id")
    row = interviews.loc["interview-2"]
    assert (4, 2, 3.5) == (row["felt_prepared"], row["answers_rated"], row["mean_rating"])
    assert 0 == interviews.loc["interview-1", "answers_rated"]
    assert pd.isna(interviews.loc["interview-1", "mean_rating"])


def test_answers_hold_text_numbers_and_what_they_are_about(records):
    """Words stay words, a rating is a number too, and a form is JSON."""
    answers = [
        answer("debrief/recall", "prose", "Two people.\nFriendly."),
        answer("debrief/asked-rating", "scale", 4, item=2),
        answer("debrief/asked-better", "star", {"task": "Größe"}, item=2),
        answer("debrief/threw-me", "prose", None),
    ]
    frame = History.of(records([*SEARCH, *answers])).answers
    assert ["Two people.\nFriendly.", "4", '{"task": "Größe"}'] == list(frame["value"])
    assert [None, 4.0, None] == [None if pd.isna(n) else n for n in frame["number"]]
    assert ["debrief"] * 3 == list(frame["chapter"])
    assert ["application-1"] * 3 == list(frame["application_id"])
    assert ["interview-2"] * 3 == list(frame["interview_id"])


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("+01:00", "2026-11-04"),
        ("+05:30", "2026-11-05"),
        ("-08:00", "2026-11-04"),
        ("Asia/Tokyo", "2026-11-05"),
        ("nowhere", "2026-11-04"),
    ],
)
def test_an_answer_belongs_to_the_calendar_day_where_it_was_written(records, zone, day):
    """local_date is the day in the writer's own time zone; the moment itself is UTC."""
    frame = History.of(records([answer("debrief/recall", "prose", "Late.", zone=zone)])).answers
    assert day == frame["local_date"].iloc[0].date().isoformat()
    assert pd.Timestamp("2026-11-04 22:30", tz="UTC") == frame["answered_at"].iloc[0]


def test_the_latest_revision_counts_and_deleted_records_do_not(records):
    """History.of takes revisions in any number and shows the records as they are now."""
    old, new = records([ONE, ("application-1", "application", {**ONE[2], "company": "Bcme"})])
    gone = Revision(**{**vars(new), "number": 9, "record_id": "application-2", "deleted": True})
    history = History.of([old, new, gone])
    assert ["Bcme"] == list(history.applications["company"])


def test_silence_is_counted_from_the_last_sign_of_life(records):
    """Days of silence run from the latest day anything happened; an interview to come is no silence."""
    made = [
        ("a", "application", {"company": "A", "stage": "applied", "applied_on": "2026-10-01"}),
        ("b", "application", {"company": "B", "stage": "applied", "applied_on": "2026-10-01"}),
        ("c", "application", {"company": "C", "stage": "applied"}),
        ("d", "application", {"company": "D", "stage": "saved", "applied_on": "2026-10-01"}),
        ("e", "application", {"company": "E", "stage": "applied", "outcome": "no"}),
        ("f", "application", {"company": "F", "stage": "applied", "applied_on": "2026-10-01"}),
        ("i", "interview", {"application_id": "b", "held_on": "2026-10-20"}),
        ("j", "interview", {"application_id": "f", "held_on": "2026-11-20"}),
    ]
    silence = History.of(records(made)).silence(TODAY)
    assert [column.name for column in SILENCE] == list(silence.columns)
    expected = {"a": 35, "b": 16, "c": None, "f": 0}
    days = {row.application_id: None if pd.isna(row.days) else row.days for row in silence.itertuples()}
    assert expected == days


def test_nothing_a_person_wrote_is_in_a_historys_repr(records):
    """A history shown by accident in a notebook tells counts and no words."""
    text = repr(History.of(records([*SEARCH, answer("debrief/recall", "prose", "Secret")])))
    assert "<History: 2 applications, 2 interviews, 1 answers>" == text


def test_a_history_is_plain_json(records):
    """as_json holds every row with days as text and null for what is not known."""
    history = History.of(records([*SEARCH, answer("debrief/asked-rating", "scale", 4, item=1)]))
    read = json.loads(json.dumps(history.as_json(), allow_nan=False))
    assert list(TABLES) == list(read)
    assert "2026-10-01" == read["applications"][0]["applied_on"]
    assert None is read["applications"][1]["applied_on"]
    assert 4.0 == read["answers"][0]["number"]
    assert "2026-11-04T22:30:00+00:00" == read["answers"][0]["answered_at"]


def test_reading_an_empty_folder_gives_an_empty_history_and_makes_nothing(home: Path):
    """Somebody who has no workbook yet has an empty history, and still no workbook."""
    assert 0 == len(History.read(home).applications)
    assert [] == list(home.iterdir())


def test_a_history_is_read_from_the_persons_folder(home: Path):
    """History.read shows what the workbook in the folder holds."""
    with Store.open(home / FILE_NAME, clock=lambda: dt.datetime(2026, 11, 4, tzinfo=dt.UTC)) as store:
        store.write([Write(record_id="application-1", kind="application", body=ONE[2], based_on=0)])
    assert ["Acme"] == list(History.read().applications["company"])
    assert WORKBOOK_FILE_NAME == FILE_NAME


def test_the_schema_page_is_the_declaration(root: Path):
    """docs/reference/history.md is what `python -m rebound_widgets.history.reference` writes."""
    assert history_page() == (root / "docs/reference/history.md").read_text(encoding="utf-8")


def test_every_column_says_what_it_means():
    """No column is declared without a sentence."""
    assert [] == [c.name for declared in TABLES.values() for c in declared if not c.meaning.endswith(".")]


def revision(number: int, kind: str = "application", **body: object) -> Revision:
    """A record's only revision."""
    moment = dt.datetime(2026, 11, 4, 22, 30, tzinfo=dt.UTC)
    return Revision(
        number=number,
        record_id=f"{kind}-{number}",
        kind=kind,
        body=body,
        deleted=False,
        made_at=moment,
        based_on=0,
        change="change-1",
        origin="test",
    )


def many(count: int) -> list[Revision]:
    """Applications of every shape, by number."""
    kinds = (SEARCH[0][2], SEARCH[1][2], ONE[2])
    return [revision(number, **kinds[number % 3]) for number in range(count)]


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: [*rows[:5], replace(rows[5], number=900, body=SEARCH[1][2]), *rows[6:]],
        lambda rows: [*rows, revision(900, company="New")],
        lambda rows: rows[:7] + rows[8:],
        lambda rows: [*rows[1:], rows[0]],
        lambda rows: rows[:20],
        lambda rows: [replace(row, number=900 + n) for n, row in enumerate(rows)],
    ],
    ids=["changed", "added", "deleted", "moved", "most-deleted", "all-changed"],
)
def test_a_frame_made_from_the_one_before_is_the_frame_made_anew(
    change: Callable[[list[Revision]], list[Revision]],
) -> None:
    """After a save the applications are those of before with what changed, dtypes and order and all."""
    rows = many(200)
    before = History(rows)
    assert 200 == len(before.applications)
    after = History(change(rows))
    after.take_over(before)
    pd.testing.assert_frame_equal(History(change(rows)).applications, after.applications)


def test_notes_are_counted_anew_when_interviews_change() -> None:
    """A frame of before is not taken over where something else it is made of is another."""
    rows = many(200)
    before = History(rows)
    assert 0 == before.applications["notes_count"].iloc[1]
    held = revision(900, "interview", application_id="application-1", round=1, note="x")
    after = History([*rows, held])
    after.take_over(before)
    assert 1 == after.applications["notes_count"].iloc[1]
