"""Logs that real people kept come in exactly as they meant them. Collected only where the logs are."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from rebound_widgets.domain.refused import Refused
from rebound_widgets.history import History
from rebound_widgets.history.exporting import csv_bytes, xlsx_bytes
from rebound_widgets.history.importing import plan_import, propose, read_table


def planned(path: Path, date_order: str | None = None, existing=()):
    table = read_table(path)
    return plan_import(table, propose(table, date_order), existing)


@pytest.fixture
def luunynliny(joblogs):
    return planned(joblogs / "luunynliny_2023_raw.csv", "dmy")


def test_447_applications_come_in_with_the_days_their_owner_cleaned(joblogs, luunynliny):
    """Every application day and final answer equals the author's own cleaned file, row by row."""
    assert (447, 447, 0) == (luunynliny.read, luunynliny.new, len(luunynliny.refused))
    with (joblogs / "luunynliny_2023_processed.csv").open(encoding="utf-8", newline="") as file:
        expected = [(row["application"], row["final_answer"]) for row in csv.DictReader(file)]
    found = [
        (draft.body.get("applied_on", ""), draft.body.get("outcome_on", "")) for draft in luunynliny.drafts
    ]
    assert 447 == len(expected)
    assert expected == found


def test_the_same_file_again_adds_nothing(joblogs, luunynliny, revisions):
    """All 447 rows are recognised the second time, the 75 that look like an earlier one too."""
    there = revisions(luunynliny.writes())
    again = planned(joblogs / "luunynliny_2023_raw.csv", "dmy", there)
    assert (447, 447, 0) == (again.read, again.duplicates, again.new)
    assert [] == again.writes()


def test_rows_that_repeat_another_are_pointed_out_and_imported(luunynliny):
    """75 rows repeat firm, role and day of an earlier row; they are different postings and all come in."""
    assert 75 == len(luunynliny.repeated)
    assert 447 == len(luunynliny.drafts)


def test_columns_of_stages_become_interviews(luunynliny, revisions):
    """15 calls and 22 interviews come in as interviews, with the time of day where the log has it."""
    interviews = History.of(revisions(luunynliny.writes())).interviews
    assert 37 == len(interviews)
    assert {"answered": 15, "interview": 22} == Counter(interviews["stage"])
    assert 15 == (interviews["format"] == "phone").sum()
    held_at = {i["held_at"] for draft in luunynliny.drafts for i in draft.interviews if "held_at" in i}
    assert {"17:00", "08:00"} <= held_at


def test_words_only_their_writer_knows_stay_open(luunynliny):
    """Turn down and No project for now are listed and kept; the plain words map themselves."""
    assert {"Turn down": 5, "No project for now": 3} == luunynliny.unmapped
    meanings = {word: str(meaning) for word, meaning in luunynliny.mapping.statuses.items() if meaning}
    assert {
        "Rejected": "no",
        "Applied": "applied",
        "In process": "open",
        "Accepted": "accepted@offer",
    } == meanings
    kept = [draft.body for draft in luunynliny.drafts if draft.body["status_words"] == "Turn down"]
    assert ["open"] * 5 == [body["outcome"] for body in kept]
    assert "offer" in {body["stage"] for body in kept}


def test_a_no_after_a_proposition_is_an_offer_taken_back(luunynliny):
    """The one rejected row with a proposition is outcome no at stage offer."""
    found = [
        d.body["company"]
        for d in luunynliny.drafts
        if (d.body["stage"], d.body["outcome"]) == ("offer", "no")
    ]
    assert ["Wisebim"] == found


def test_the_stage_inside_the_status_is_read(joblogs):
    """159 rows: 47 noes at applied, 4 at interview, 2 offers; what only the writer knows stays open."""
    plan = planned(joblogs / "jeanneferrer_2025.csv")
    assert (159, 159) == (plan.read, plan.new)
    counts = Counter((d.body["stage"], d.body["outcome"]) for d in plan.drafts if not d.words)
    assert {
        ("applied", "open"): 85,
        ("applied", "no"): 47,
        ("interview", "no"): 4,
        ("offer", "open"): 2,
    } == counts
    assert {
        "Ghosted": 12,
        "Not Interested (App)": 5,
        "Not Interested (Interview Offer)": 4,
    } == plan.unmapped
    assert {"open"} == {d.body["outcome"] for d in plan.drafts if d.words}
    assert plan.unmapped == Counter(d.body["status_words"] for d in plan.drafts if d.words)


def test_portuguese_headers_and_month_first_days(joblogs):
    """11 rows with Portuguese headers come in; their days show themselves that the month comes first."""
    plan = planned(joblogs / "4l4n4f_gupy_sample_ptbr.csv")
    assert (11, 11) == (plan.read, plan.new)
    columns = plan.mapping.columns(plan.table)
    assert ("empresa", "cargo", "local_empresa", "plataforma", "application") == tuple(
        columns[field] for field in ("company", "role", "location", "source", "applied_on")
    )
    assert "2025-10-13" == plan.drafts[0].body["applied_on"]
    assert {"pendente": "open"} == {w: str(m) for w, m in plan.mapping.statuses.items() if m}
    assert {"suspensa": 1} == plan.unmapped


def test_letters_are_no_log(joblogs):
    """A file of letters names no firm and no role, and is refused with a sentence."""
    plan = planned(joblogs / "nelsonfigueroa_rejection_letters.csv")
    assert (54, 0, ["columns"]) == (plan.read, plan.new, [ask.kind for ask in plan.asks])
    with pytest.raises(Refused, match="No column of this file was recognised as the firm or the role"):
        plan.writes()


@pytest.mark.parametrize("name", ["luunynliny_2023_raw.csv", "jeanneferrer_2025.csv"])
@pytest.mark.parametrize("write", [csv_bytes, xlsx_bytes])
def test_what_came_in_goes_out_and_comes_back_the_same(joblogs, revisions, name, write):
    """An export brought into an empty workbook gives the same applications."""
    first = planned(joblogs / name, "dmy" if "luunynliny" in name else None)
    history = History.of(revisions(first.writes()))
    table = read_table(write(history), "export")
    back = plan_import(table, propose(table), [])
    assert [draft.body for draft in first.drafts] == [draft.body for draft in back.drafts]
    assert first.new == plan_import(table, propose(table), history.records("application")).duplicates
