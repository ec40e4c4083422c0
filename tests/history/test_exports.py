"""Exports: whole or not at all, safe to open, and the same when they come back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import stat

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rebound_widgets.content import load_content
from rebound_widgets.domain.application import OUTCOMES, SIZES, STAGES, Application
from rebound_widgets.domain.record import Revision, Write, new_id
from rebound_widgets.domain.refused import Refused
from rebound_widgets.history import History
from rebound_widgets.history.exporting import (
    SUFFIXES,
    calendar_bytes,
    csv_bytes,
    read_export_json,
    write_export,
    xlsx_bytes,
)
from rebound_widgets.history.exporting.tables import HEADERS
from rebound_widgets.history.importing import plan_import, propose, read_table
from rebound_widgets.history.importing.conventions import library

NOW = dt.datetime(2026, 11, 4, 12, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 4)
HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-2+3",
    "@SUM(1)",
    "'=1",
    "''+x",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}} %s {0}",
    "_x0041_ &amp;",
    "日本 \u202eabc 😀",
]


def application(**fields) -> dict:
    return Application.accept(fields).as_body()


def history_of(bodies) -> History:
    return History.of(
        Revision(
            number=number,
            record_id=new_id("application"),
            kind="application",
            body=body,
            deleted=False,
            made_at=NOW,
            based_on=0,
            change="change-1",
            origin="command",
        )
        for number, body in enumerate(bodies, start=1)
    )


def back(data: bytes, existing=()):
    table = read_table(data, "export")
    mapping = propose(table)
    assert "rebound" == mapping.convention
    return plan_import(table, mapping, existing)


def without_digest(bodies):
    return [{name: value for name, value in body.items() if name != "imported_as"} for body in bodies]


@pytest.mark.parametrize("write", [csv_bytes, xlsx_bytes])
def test_hostile_words_come_back_as_they_were(write):
    """Formulas, markup and odd letters survive an export and its import, as text."""
    bodies = [application(company=text, role="Analyst", note=f"{text}\nsecond line") for text in HOSTILE]
    plan = back(write(history_of(bodies)))
    assert without_digest(bodies) == without_digest([draft.body for draft in plan.drafts])


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
    lambda text: (
        any(character.isalnum() for character in text)
        and " ".join(text.split()).casefold() not in library().empty
    )
)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)).map(dt.date.isoformat)
BODIES = st.fixed_dictionaries(
    {
        "company": TEXT.map(lambda text: f"A {text}"),
        "stage": st.sampled_from(STAGES),
        "outcome": st.sampled_from(OUTCOMES),
    },
    optional={
        "role": TEXT.map(lambda text: f"b {text}"),
        "location": TEXT.map(lambda text: f"c {text}"),
        "status_words": TEXT.map(lambda text: f"d {text}"),
        "note": TEXT.map(lambda text: f"e {text}\nf"),
        "size": st.sampled_from(SIZES),
        "applied_on": DAYS,
        "outcome_on": DAYS,
        "answer_promised_on": DAYS,
        "starts_on": DAYS,
        "reached": st.dictionaries(st.sampled_from(STAGES), DAYS, min_size=1),
        "imported_as": st.text("0123456789abcdef", min_size=32, max_size=32),
    },
).map(lambda fields: Application.accept(fields).as_body())


@settings(max_examples=60)
@given(st.lists(BODIES, min_size=1, max_size=4))
@pytest.mark.parametrize("write", [csv_bytes, xlsx_bytes])
def test_any_applications_come_back_the_same(write, bodies):
    """Whatever a workbook holds, its tables bring back the same applications."""
    found = [draft.body for draft in back(write(history_of(bodies))).drafts]
    assert without_digest(bodies) == without_digest(found)
    kept = [body["imported_as"] for body in bodies if "imported_as" in body]
    assert kept == [f["imported_as"] for b, f in zip(bodies, found, strict=True) if "imported_as" in b]


@pytest.mark.parametrize("write", [csv_bytes, xlsx_bytes])
def test_an_export_is_recognised_by_its_own_workbook(write):
    """Bringing an export back into the workbook it came from adds nothing."""
    history = history_of([application(company="Acme"), application(role="Planner")])
    plan = back(write(history), history.records("application"))
    assert (2, 0) == (plan.duplicates, plan.new)


def test_no_cell_of_the_csv_is_a_formula():
    """A spreadsheet that opens the CSV runs nothing."""
    data = csv_bytes(history_of([application(company=text) for text in HOSTILE])).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(data, newline="")))
    assert list(HEADERS) == read[0]
    assert len(HOSTILE) + 1 == len(read)
    assert [] == [cell for row in read for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_every_column_of_the_export_is_read_back():
    """The mapping file of our own export knows every header the exporter writes."""
    read = library().convention("rebound").headers
    assert [] == [header for header in HEADERS if header.replace("_", " ") not in read]


def test_a_text_longer_than_a_cell_is_cut_with_a_word(records):
    """XLSX cells hold 32,767 characters; a longer note says where the whole of it is."""
    table = read_table(
        xlsx_bytes(history_of([application(company="Acme", note="x" * 40_000)])), "export.xlsx"
    )
    assert table.column("note")[0].endswith(" … [the whole text is in the CSV and JSON exports]")
    assert 32_767 == len(table.column("note")[0])


# The whole workbook -----------------------------------------------------------------------------------


def two_revisions(records) -> list[Revision]:
    old, new, gone, answer = records(
        [
            ("application-1", "application", {"company": "Acme", "stage": "applied", "outcome": "open"}),
            ("application-1", "application", {"company": "Bcme", "stage": "applied", "outcome": "open"}),
            ("note-1", "note", {"text": "Größe \u2028 <b>"}),
            ("answer-own/start/name", "answer", {"question": "start/name", "value": {"a": [1, 2.5, None]}}),
        ]
    )
    return [
        old,
        Revision(**{**vars(new), "based_on": 1}),
        Revision(**{**vars(gone), "deleted": True}),
        answer,
    ]


def test_the_json_export_holds_every_revision_and_comes_back(records, tmp_path):
    """A person can leave with all of it: every record, every revision, deleted ones too."""
    revisions = two_revisions(records)
    path = write_export(revisions, tmp_path / "all.json", now=NOW)
    exported = read_export_json(path)
    assert tuple(revisions) == exported.revisions
    assert ["Bcme", {"a": [1, 2.5, None]}] == [
        write.body.get("company") or write.body["value"] for write in exported.writes()
    ]
    head = json.loads(path.read_text(encoding="utf-8"))
    assert ("rebound-export", 1, "2026-11-04T12:00:00+00:00") == (
        head["format"],
        head["version"],
        head["exported_at"],
    )


def test_the_json_in_the_docs_is_read(root):
    """The example of the format that other programs follow is one this program takes."""
    page = (root / "docs/reference/export.md").read_text(encoding="utf-8")
    exported = read_export_json(page.split("```json\n")[1].split("```")[0].encode())
    assert [("application", "Acme")] == [(r.kind, r.body["company"]) for r in exported.revisions]


def test_every_revision_comes_out_of_a_store(tmp_path):
    """Asked of a store, the export holds what was written before the last change, too."""
    from rebound_widgets.store import Store

    with Store.open(tmp_path / "w.rebound", clock=lambda: NOW) as store:
        body = {"company": "Acme", "stage": "applied", "outcome": "open"}
        store.write([Write(record_id="application-1", kind="application", body=body, based_on=0)])
        number = store.revision()
        later = {**body, "company": "Bcme"}
        store.write([Write(record_id="application-1", kind="application", body=later, based_on=number)])
        store.write([Write(record_id="note-1", kind="note", body={"text": "x"}, based_on=0)])
        exported = read_export_json(write_export(store, tmp_path / "all.json", now=NOW))
        assert store.workbook_id == exported.workbook
    assert ["Acme", "Bcme", None] == [revision.body.get("company") for revision in exported.revisions]


RECORD = {"id": "note-1", "kind": "note", "deleted": False}
REVISION = {
    "number": 1,
    "made_at": "2026-11-04T12:00:00+00:00",
    "based_on": 0,
    "change": "c",
    "origin": "command",
    "deleted": False,
    "body": {},
}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"format": "other"}, "export-other"),
        ({"version": 2}, "export-newer"),
        ({"version": "1"}, "export-damaged"),
        ({"records": {}}, "export-damaged"),
        ({"records": [1]}, "export-damaged"),
        ({"records": [{**RECORD, "kind": "spell", "revisions": [REVISION]}]}, "export-damaged"),
        ({"records": [{**RECORD, "id": "", "revisions": [REVISION]}]}, "export-damaged"),
        ({"records": [{**RECORD, "revisions": []}]}, "export-damaged"),
        ({"records": [{**RECORD, "revisions": [{**REVISION, "body": 1}]}]}, "export-damaged"),
        ({"records": [{**RECORD, "revisions": [{**REVISION, "number": "1"}]}]}, "export-damaged"),
        ({"records": [{**RECORD, "revisions": [{**REVISION, "made_at": "2026-11-04"}]}]}, "export-damaged"),
        ({"records": [{**RECORD, "revisions": [{**REVISION, "made_at": "soon"}]}]}, "export-damaged"),
        ({"records": [{**RECORD, "revisions": [REVISION, REVISION]}]}, "export-damaged"),
        (
            {"records": [{**RECORD, "kind": "application", "revisions": [{**REVISION, "body": {"x": 1}}]}]},
            "field-unknown",
        ),
    ],
)
def test_a_damaged_or_foreign_json_is_refused_with_a_sentence(change, rule):
    """Newer, other, torn and edited files say what is wrong, and nothing of them comes in."""
    whole = {"format": "rebound-export", "version": 1, "workbook": "", "records": []}
    assert () == read_export_json(json.dumps(whole).encode()).revisions
    with pytest.raises(Refused) as caught:
        read_export_json(json.dumps({**whole, **change}).encode())
    assert rule == caught.value.rule


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 100_000, b"\xff\xfe", b"null", b"[]"])
def test_what_is_no_json_is_refused(data):
    """Bytes that are no export end in a sentence, however deep they nest."""
    with pytest.raises(Refused):
        read_export_json(data)


# The calendar -----------------------------------------------------------------------------------------


SEARCH = [
    (
        "application-1",
        "application",
        {"company": "Acme", "role": "Analyst", "stage": "interview", "answer_promised_on": "2026-11-10"},
    ),
    (
        "application-2",
        "application",
        {
            "company": "Bcme",
            "stage": "offer",
            "outcome": "accepted",
            "starts_on": "2026-12-01",
            "answer_promised_on": "2026-11-01",
        },
    ),
    (
        "interview-1",
        "interview",
        {
            "application_id": "application-1",
            "held_on": "2026-11-05",
            "held_at": "14:30",
            "interviewers": "Ana",
        },
    ),
    (
        "interview-2",
        "interview",
        {"application_id": "application-1", "held_on": "2026-11-12", "note": "secret"},
    ),
    ("interview-3", "interview", {"application_id": "application-1"}),
]


def events(records):
    calendar = icalendar.Calendar.from_ical(calendar_bytes(History.of(records(SEARCH))))
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_the_calendar_has_interviews_promised_answers_and_first_days(records):
    """Each known day is one event under an id that never changes, so that importing twice does not double."""
    found = events(records)
    assert {
        "interview-1-interview@rebound": "Interview: Acme, Analyst",
        "interview-2-interview@rebound": "Interview: Acme, Analyst",
        "application-1-answer@rebound": "Answer promised: Acme, Analyst",
        "application-2-start@rebound": "First day: Bcme",
    } == {uid: str(event["summary"]) for uid, event in found.items()}
    assert list(found) == list(events(records))


def test_times_in_the_calendar_are_the_times_on_the_wall(records):
    """14:30 carries no time zone; a day without a time lasts the whole day."""
    found = events(records)
    assert dt.datetime(2026, 11, 5, 14, 30) == found["interview-1-interview@rebound"]["dtstart"].dt  # noqa: DTZ001
    assert dt.date(2026, 11, 12) == found["interview-2-interview@rebound"]["dtstart"].dt


def test_the_calendar_holds_no_note_and_no_name(records):
    """A calendar is often seen by others: firm and role are all it tells."""
    text = calendar_bytes(History.of(records(SEARCH))).decode()
    assert [] == [word for word in ("Ana", "secret") if word in text.replace("Analyst", "")]


# Files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_is_its_owners_alone_and_replaces_an_older_one_whole(records, tmp_path, suffix):
    """Every export can be read by its owner only, and nothing half-written is left beside it."""
    path = tmp_path / f"search{suffix.upper()}"
    path.write_text("older")
    os.chmod(path, 0o644)  # noqa: PTH101
    written = write_export(records(SEARCH), path, now=NOW)
    assert [path] == list(tmp_path.iterdir())
    assert path == written
    assert "older" not in path.read_bytes().decode("latin-1")
    if os.name == "posix":
        assert 0o600 == stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("search.pdf", "export-suffix"),
        ("search", "export-suffix"),
        ("missing/search.csv", "export-no-folder"),
        ("folder.csv", "export-is-folder"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_with_a_sentence(records, tmp_path, name, rule):
    """An unknown suffix, a missing folder and a folder's name are said; nothing is written."""
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(Refused) as caught:
        write_export(records(SEARCH), tmp_path / name, now=NOW)
    assert rule == caught.value.rule
    assert ["folder.csv"] == [path.name for path in tmp_path.iterdir()]


def test_a_failure_while_writing_leaves_the_older_file(records, tmp_path, monkeypatch):
    """A full disk costs nothing that was there before."""
    path = tmp_path / "search.csv"
    path.write_text("older")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="the disk is full"):
        write_export(records(SEARCH), path, now=NOW)
    assert ("older", [path]) == (path.read_text(), list(tmp_path.iterdir()))


def test_a_calendar_speaks_the_persons_language(records, tmp_path):
    """What leaves the workbook has the words of the pages it came from."""
    written = write_export(records(SEARCH), tmp_path / "all.ics", now=NOW, content=load_content("es"))
    assert "SUMMARY:Entrevista: Acme" in written.read_text(encoding="utf-8").replace("\\,", ",")
