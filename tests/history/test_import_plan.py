"""What an import would do: recognised rows, look-alikes, questions, and nothing done in silence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rebound_widgets.domain.application import Application
from rebound_widgets.domain.record import Revision
from rebound_widgets.domain.refused import Refused
from rebound_widgets.history import History
from rebound_widgets.history.importing import plan_import, propose, read_table, remembered

LOG = "Company,Role,Applied on,Status\nAcme,Analyst,2025-03-04,Applied\nBcme,Planner,2025-03-05,Rejected\n"


def test_a_plan_counts_everything_and_writes_nothing(plan):
    """The counts a person sees before importing, as the command prints them."""
    made = plan(LOG)
    counts = made.as_json()
    assert {"read": 2, "imported": 2, "duplicates": 0, "refused": 0} == {
        key: counts[key] for key in ("read", "imported", "duplicates", "refused")
    }
    assert {"Applied": "applied", "Rejected": "no"} == counts["statuses"]
    assert {"company": "Company", "role": "Role", "applied_on": "Applied on", "status": "Status"} == counts[
        "columns"
    ]


def test_the_writes_make_the_applications_and_one_record_of_the_import(plan, revisions):
    """One change holds the applications and what is needed to read the next such file the same way."""
    writes = plan(LOG).writes()
    assert ["import", "application", "application"] == [write.kind for write in writes]
    record = writes[0].body
    assert ("log.csv", 2, {"Applied": "applied", "Rejected": "no"}) == (
        record["name"],
        record["applications"],
        record["statuses"],
    )
    assert ["Acme", "Bcme"] == list(History.of(revisions(writes)).applications["company"])


def test_equal_rows_of_one_file_all_come_in_once(plan, revisions):
    """Three equal rows are three applications; the same file again adds none, a longer one the fourth."""
    header, row = "Company,Role,Status\n", "Acme,Analyst,Applied\n"
    first = plan(header + row * 3)
    assert (3, {3: 2, 4: 2}) == (first.new, first.repeated)
    there = revisions(first.writes())
    assert (3, 0) == ((again := plan(header + row * 3, there)).duplicates, again.new)
    assert (3, 1) == ((longer := plan(header + row * 4, there)).duplicates, longer.new)


def test_rows_that_are_alike_are_pointed_out_and_both_kept(plan):
    """Two rows with one firm, role and day stand among the rows to look at, though a note tells them apart."""
    made = plan("Company,Role,Applied on,Notes\nA,x,2026-10-02,\nB,y,2026-10-03,\na, X,2026-10-02,again?\n")
    said = ["Rows 2 and 4 are alike: the same firm, role and day. Both are added."]
    assert (3, said) == (made.new, [one.sentence for one in made.look_at])


def test_a_row_is_recognised_though_columns_moved_and_others_came(plan, revisions):
    """Reordered columns and a new one that is not used leave a row what it was."""
    there = revisions(plan("Company,Role,Status\nAcme,Analyst,Applied\n").writes())
    again = plan("Status,Mood,Role,Company\nApplied,fine, Analyst ,Acme\n", there)
    assert (1, 0) == (again.duplicates, again.new)


def test_an_undone_import_can_be_done_again(plan, revisions):
    """Deleted applications do not count as already there."""
    writes = plan(LOG).writes()
    gone = [revision for revision in revisions(writes) if revision.kind != "application"]
    assert 2 == plan(LOG, gone).new


def test_a_look_alike_is_pointed_out_and_still_imported(plan, records):
    """A hand-entered application to the same firm and role three days apart is shown beside the new row."""
    known = [
        ("application-1", "application", {"company": "ACME ", "role": "analyst", "applied_on": "2025-03-07"}),
        ("application-2", "application", {"company": "Bcme", "role": "Planner", "applied_on": "2025-03-09"}),
    ]
    made = plan(LOG, records(known))
    assert [(2, "application-1")] == [(alike.row, alike.record_id) for alike in made.alike]
    assert 2 == made.new
    assert "application-1" == made.preview()[0]["alike"]


@pytest.mark.parametrize(
    ("company", "role"),
    [
        ("ACME", "analyst"),
        ("Acme GmbH & Co. KG", "Analyst (m/w/d)"),
        ("The Acme Company, Inc.", "Analyst [f/m/x]"),
        ("Ácme S.A.", "Analyst"),
        ("acme s. l.", "ANALYST"),
    ],
)
def test_firms_are_compared_without_legal_form_accents_and_case(plan, records, company, role):
    """Acme and Acme GmbH & Co. KG are one firm, however they are spelled in the log and in the workbook."""
    known = [("application-1", "application", {"company": company, "role": role, "applied_on": "2025-03-04"})]
    assert [(2, "application-1")] == [
        (alike.row, alike.record_id) for alike in plan(LOG, records(known)).alike
    ]


@pytest.mark.parametrize("company", ["Acme Foods", "Co", "SE", "AG Insurance", "B"])
def test_a_firm_keeps_the_words_that_are_its_name(plan, records, company):
    """A legal form alone is a name, and two firms that share a word are two firms."""
    known = [("application-1", "application", {"company": "Acme", "role": "Analyst"})]
    log = f"Company,Role,Status\n{company},Analyst,Applied\n"
    assert [] == plan(log, records(known)).alike
    mine = [("application-1", "application", {"company": company, "role": "Analyst"})]
    assert 1 == len(plan(log, records(mine)).alike)


def test_rows_can_be_left_out(plan):
    """A person who sees a look-alike can leave that row out."""
    writes = plan(LOG).writes(leave_out={2})
    assert ["Bcme"] == [write.body["company"] for write in writes if write.kind == "application"]
    assert [] == plan(LOG).writes(leave_out={2, 3})


def test_an_ambiguous_order_of_days_is_asked_and_refused_until_answered(plan):
    """Nothing in the file says whether 03/04 is in March or April: it is asked, with both readings."""
    log = "Company,Applied on\nAcme,03/04/2025\nBcme,05/06/2025\n"
    asked = plan(log)
    (ask,) = asked.asks
    assert ("date-order", "Applied on", ("dmy", "mdy")) == (ask.kind, ask.column, ask.options)
    assert "3 April or 4 March" in ask.sentence
    assert "--date-order dmy or mdy" == ask.argument
    with pytest.raises(Refused, match="3 April or 4 March"):
        asked.writes()
    assert ["2025-04-03", "2025-06-05"] == [d.body["applied_on"] for d in plan(log, date_order="dmy").drafts]
    assert ["2025-03-04", "2025-05-06"] == [d.body["applied_on"] for d in plan(log, date_order="mdy").drafts]


def test_one_telling_day_decides_for_the_whole_file(plan):
    """A 13th in one column settles the order of the others, and the plan says why."""
    made = plan("Company,Applied on,Interview\nAcme,03/04/2025,\nBcme,05/06/2025,13/06/2025\n")
    assert ((), ["2025-04-03", "2025-06-05"]) == (made.asks, [d.body["applied_on"] for d in made.drafts])
    assert "The days in this file show their order themselves: day first." == made.mapping.order_reason


def test_an_order_that_the_file_contradicts_is_not_forced_on_it(plan):
    """A column that shows its own order keeps it, whatever was said; the plan says so."""
    made = plan("Company,Applied on\nAcme,30/04/2025\n", date_order="mdy")
    assert "2025-04-30" == made.drafts[0].body["applied_on"]
    assert "month first was used only where a column does not show it" in made.mapping.order_reason


def test_days_without_a_year_walk_from_the_year_that_was_said(plan):
    """From December to January is the next year; a stage after its application lies after it."""
    log = "Company,Applied on,Interview\nA,20-Nov,3-Dec\nB,28-Dec,9-Jan\nC,4-Jan,\n"
    assert ["year"] == [ask.kind for ask in plan(log).asks]
    made = plan(log, year=2024)
    assert ["2024-11-20", "2024-12-28", "2025-01-04"] == [d.body["applied_on"] for d in made.drafts]
    assert ["2024-12-03", "2025-01-09"] == [i["held_on"] for d in made.drafts for i in d.interviews]


def test_a_person_can_say_which_column_is_what(plan):
    """A corrected mapping goes before any guess, and a field can be said not to be in the file."""
    log = "Company,Role,Team,Where,Status\nAcme,Analyst,Data,Leeds,Applied\n"
    made = plan(log, field_map={"role": "Team", "location": "", "source": "where"})
    body = made.drafts[0].body
    assert ("Acme", "Data", "Leeds", None) == (
        body["company"],
        body["role"],
        body["source"],
        body.get("location"),
    )
    assert ("Role",) == made.mapping.left_out


def test_a_person_can_say_what_a_word_means(plan):
    """Words only the writer knows are mapped by them, in any spelling."""
    log = "Company,Status\nAcme,Ghosted\nBcme,Turn down\n"
    made = plan(log, status_map={"ghosted": "no@applied", "Turn  Down!": "declined@offer"})
    assert {} == made.unmapped
    assert {"Ghosted": 1} == plan(log, status_map={"Turn down": "no"}).unmapped
    kept = plan("Company,Status\nAcme,Rejected\n", status_map={"Rejected": None})
    assert ({"Rejected": 1}, "open") == (kept.unmapped, kept.drafts[0].body["outcome"])
    assert [("applied", "no"), ("offer", "declined")] == [
        (d.body["stage"], d.body["outcome"]) for d in made.drafts
    ]


@pytest.mark.parametrize(
    ("corrections", "rule"),
    [
        ({"field_map": {"firm": "Company"}}, "import-field"),
        ({"field_map": {"company": "Firma"}}, "import-column"),
        ({"status_map": {"Applied": "maybe"}}, "import-meaning"),
        ({"status_map": {"Ghosted": "no"}}, "import-status"),
        ({"date_order": "ydm"}, "import-order"),
        ({"convention": "mine"}, "import-convention"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_with_what_can(plan, corrections, rule):
    """A mistyped field, column, word, meaning or order says what there is."""
    with pytest.raises(Refused) as caught:
        plan(LOG, **corrections)
    assert rule == caught.value.rule


def test_a_log_can_be_read_another_way_on_purpose(plan):
    """The person's choice of convention goes before the score."""
    made = plan(LOG, convention="plain-list")
    assert ("plain-list", "because you said so") == (made.mapping.convention, made.mapping.reason[-20:-1])


def test_rows_without_firm_and_role_are_refused_one_by_one(plan):
    """A row that names nobody is left out with its number; ticked-off empty rows are only counted."""
    made = plan("Company,Role,Status,Applied\nAcme,Analyst,Applied,yes\n,,Rejected,yes\n,,,FALSE\n")
    assert (2, 1, 1) == (made.read, made.new, made.empty)
    assert [(3, "This row names neither a firm nor a role.")] == [(p.row, p.sentence) for p in made.refused]


def test_a_cell_too_long_for_its_field_is_left_out_and_said(plan):
    """A link of a thousand characters does not cost the row."""
    made = plan(f"Company,Role,Link\nAcme,Analyst,https://acme.example/{'x' * 1000}\n")
    assert (1, None) == (made.new, made.drafts[0].body.get("link"))
    assert [(2, "text-too-long")] == [(p.row, p.refused.rule) for p in made.problems]


@pytest.mark.parametrize(
    ("log", "row", "cell"),
    [
        ("Company,Applied on\nA,3/9\nB,31/9\nC,25/9\n", 3, "31/9"),
        ("Company,Applied on\nA,31/9\n", 2, "31/9"),
        ("Company,Applied on\nA,31/9/2026\nB,2/10/2026\nC,25/9/2026\n", 2, "31/9/2026"),
        ("Company,Applied on\nA,3 Sep\nB,mid November\nC,31 Sep\n", 4, "31 Sep"),
        ("Company,Status\nA,Rejected 3 Oct\nB,Rejected 31 Sep\n", 3, "31 Sep"),
        ("Company,From stage,To stage,Date\nA,,Applied,3/9\nA,Applied,Interview,31/9\nB,,Applied,25/9\n", 2, "31/9"),
    ],
)  # fmt: skip
def test_a_day_that_no_calendar_has_is_listed_with_its_row(plan, log, row, cell):
    """31 September is said to be no day wherever it stands, with a year or without."""
    said = f"“{cell}” cannot be read as a day, so that day was left open."
    assert [(row, said)] == [(p.row, p.sentence) for p in plan(log, year=2026).problems if cell in p.sentence]


def test_why_a_list_is_read_as_it_is_follows_the_columns_chosen_by_hand(plan):
    """A column of statuses chosen by hand is the reason given, and one that was taken away is none."""
    log = "Company,What came of it\nA,Applied\nB,Rejected\n"
    chosen = plan(log, field_map={"status": "What came of it"}).mapping
    assert ("plain-list", "status-words") == (plan(log).mapping.convention, chosen.convention)
    assert "the column “What came of it” holds a word" in chosen.reason
    assert "says nothing of a status" in plan(LOG, field_map={"status": ""}).mapping.reason


def test_whether_a_row_is_a_step_does_not_change_with_a_column(plan):
    """A list of steps stays one while its columns are chosen anew, one after the other."""
    log = "Company,From stage,To stage,Date\nA,,Applied,2026-09-03\nA,Applied,Interview,2026-09-09\n"
    assert "transition" == plan(log).mapping.rows == plan(log, field_map={"to_stage": ""}).mapping.rows


def test_headers_without_rows_are_refused(plan):
    """A template that was never filled in is said to be that."""
    with pytest.raises(Refused, match="headers and no rows"):
        plan("Company,Role,Status\n")


def test_progress_is_told_and_a_stop_is_heard(plan, table):
    """A long import says how far it is many times, and stops when asked, with nothing planned."""
    log = table("Company,Role\n" + "".join(f"Firm {n},Analyst\n" for n in range(3_000)))
    told: list[tuple[int, int]] = []
    made = plan_import(log, propose(log), [], progress=lambda done, total: told.append((done, total)))
    assert [(done, 3_000) for done in (500, 1000, 1500, 2000, 2500, 3000, 3000)] == told
    with pytest.raises(Refused, match="Nothing was changed"):
        plan_import(log, propose(log), [], cancelled=lambda: True)
    with pytest.raises(Refused, match="Nothing was changed"):
        made.writes(cancelled=lambda: True)


def test_another_column_that_contradicts_the_status_is_said(plan):
    """Accepted and ticked as rejected is taken by its status, with a sentence."""
    made = plan("Company,Status,Interview,Rejected\nAcme,Accepted,yes,yes\nBcme,Applied,yes,no\n")
    assert ("offer", "accepted") == (made.drafts[0].body["stage"], made.drafts[0].body["outcome"])
    assert ["import-two-endings"] == [p.refused.rule for p in made.problems]


def test_sizes_are_taken_only_where_they_lie_within_one(plan):
    """51-200 people is a size of ours; 11-500 is not and is left open with a sentence."""
    made = plan('Company,Company size\nA,51-200 employees\nB,11-500\nC,"10,001+"\nD,7\n')
    assert ["50-249", None, "1000-up", "1-9"] == [d.body.get("size") for d in made.drafts]
    assert [(3, "import-size")] == [(p.row, p.refused.rule) for p in made.problems]


def test_neither_table_nor_plan_shows_words_in_its_repr(plan):
    """Nothing a person wrote gets into a log by way of a repr."""
    made = plan(LOG)
    shown = repr((made.table, made.mapping, made))
    assert [] == [word for word in ("Acme", "Analyst", "Rejected") if word in shown]


CELLS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\0\r\n,\"'"), max_size=24
) | st.sampled_from(
    ["Acme", "Applied", "Rejected", "03/04/2025", "13/04/2025", "yes", "no", "n/a", "8-Jul", "51-200"]
)


@settings(max_examples=150)
@given(st.lists(st.tuples(*[CELLS] * 6), min_size=1, max_size=6))
def test_any_cells_make_applications_the_workbook_takes(rows):
    """Whatever stands in a log, what is planned is what the domain accepts, and is found again."""
    lines = ["Company,Role,Date applied,Status,Interview,Notes", *(",".join(row) for row in rows)]
    log = read_table("\n".join(lines).encode(), "log.csv")
    if log.rows:
        mapping = propose(log, "dmy", {"company": "Company", "role": "Role"}, year=2025)
        plan = plan_import(log, mapping, [])
        assert [d.body for d in plan.drafts] == [Application.accept(d.body).as_body() for d in plan.drafts]
        assert plan.read == plan.new + plan.duplicates + len(plan.refused)


# The next log like it -----------------------------------------------------------------------------------

OWN = (
    "Firm,Task,Sent,Place,State\n"
    "Acme,Analyst,03/04/2025,Leeds,Ghosted\n"
    "Bcme,Planner,05/06/2025,York,Parked\n"
    "Ccme,Editor,07/08/2025,Hull,Rejected\n"
)
SAID = {
    "field_map": {"role": "Task", "applied_on": "Sent", "status": "State", "location": ""},
    "status_map": {"Ghosted": "no@applied", "Rejected": None},
    "date_order": "dmy",
}


def recalled(text, existing):
    table = read_table(text.encode(), "log.csv")
    found = remembered(table, existing)
    if found is None:
        return None
    said = {"field_map": found.field_map, "status_map": found.status_map, "date_order": found.date_order}
    return plan_import(table, propose(table, **said), existing)


def test_the_next_log_like_it_is_read_as_the_person_said(plan, revisions):
    """Columns, words and the order of days are remembered, also what was to be left out and left open."""
    there = revisions(plan(OWN, **SAID).writes())
    longer = OWN + "Dcme,Analyst,01/02/2026,Bath,Ghosted\n"
    again = recalled(longer, there)
    assert (3, 1, ()) == (again.duplicates, again.new, again.asks)
    assert {
        "company": "Dcme",
        "role": "Analyst",
        "applied_on": "2026-02-01",
        "stage": "applied",
        "outcome": "no",
    } == {
        name: again.drafts[0].body.get(name) for name in ("company", "role", "applied_on", "stage", "outcome")
    }
    assert ("Place",) == again.mapping.left_out
    assert {"Parked": 1, "Rejected": 1} == again.unmapped


def test_what_is_remembered_says_when_and_of_which_log(plan, revisions):
    """The page can say: you brought in a file like this on that day."""
    there = revisions(plan(OWN, **SAID).writes())
    found = remembered(read_table(OWN.encode(), "log.csv"), there)
    assert ("log.csv", 3, there[0].made_at) == (found.name, found.applications, found.made_at)
    assert "Acme" not in repr(found)


def test_columns_that_moved_or_came_do_not_matter_and_another_log_is_another(plan, revisions):
    """A log with one more column is of the same kind; one with other columns is read afresh."""
    there = revisions(plan(OWN, **SAID).writes())
    moved = "State,Sent,Firm,Place,Task,Mood\nGhosted,03/04/2026,Acme,Leeds,Analyst,fine\n"
    assert "2026-04-03" == recalled(moved, there).drafts[0].body["applied_on"]
    assert recalled("Firm,Task\nAcme,Analyst\n", there) is None
    assert recalled("Company,Role,Status\nAcme,Analyst,Ghosted\n", there) is None


def test_an_import_that_was_taken_back_is_not_remembered(plan, revisions):
    """Who takes an import back may have mapped it wrongly."""
    there = [Revision(**{**vars(one), "deleted": True}) for one in revisions(plan(OWN, **SAID).writes())]
    assert recalled(OWN, there) is None


def test_the_newest_of_two_such_imports_counts(plan, revisions):
    """What was said last holds."""
    first = revisions(plan(OWN, **SAID).writes())
    other = {**SAID, "status_map": {"Ghosted": "withdrawn"}}
    second = revisions(plan(OWN.replace("Acme", "Zcme"), **other).writes(), first=100)
    words = remembered(read_table(OWN.encode(), "log.csv"), [*second, *first]).status_map
    assert "withdrawn" == words["Ghosted"]
