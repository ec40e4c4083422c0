"""One file a convention: each is recognised by its own sample, and read into the rows that must come out."""

from __future__ import annotations

import csv
import io
import shutil
import tomllib
import zipfile
from xml.sax.saxutils import escape

import pytest
import xlsxwriter

from rebound_widgets import places
from rebound_widgets.content import load_content
from rebound_widgets.content.words import blanks
from rebound_widgets.domain.application import Application, Interview
from rebound_widgets.domain.refused import Refused
from rebound_widgets.history.importing import plan_import, propose, read_table
from rebound_widgets.history.importing.conventions import FEATURES, Library, library
from rebound_widgets.history.importing.words import Meaning, fold
from rebound_widgets.history.samples import sample


def planned(name, **corrections):
    table = read_table(sample(name))
    return plan_import(table, propose(table, **corrections), [])


def rows(plan, *names):
    return [tuple(draft.body.get(name) for name in names) for draft in plan.drafts]


SAMPLES = {
    "sample_wide.csv": "wide-days",
    "sample_status.csv": "status-words",
    "sample_stage_in_status.csv": "stage-in-status",
    "sample_status_days.csv": "status-days",
    "sample_ptbr.csv": "gupy-ptbr",
    "sample_long.csv": "transitions",
    "sample_yes_no.csv": "stage-marks",
    "sample_mixed_days.csv": "plain-list",
    "sample_linkedin.csv": "linkedin",
    "sample_huntr.csv": "huntr",
    "sample_teal.csv": "teal",
    "sample_notion.csv": "notion",
    "sample_jobsync.csv": "jobsync",
    "sample_career_ops.md": "career-ops",
    "sample_rebound.csv": "rebound",
}


@pytest.mark.parametrize(("name", "convention"), SAMPLES.items())
def test_each_sample_is_read_by_its_convention_and_nothing_is_asked(name, convention):
    """The likeliest way of reading is found without help, with its reason, and every row comes in."""
    plan = planned(name)
    assert (convention, (), 0) == (plan.mapping.convention, plan.asks, len(plan.refused))
    assert plan.mapping.reason.startswith("Read as ")
    assert ", because " in plan.mapping.reason
    assert plan.new > 0


def test_every_convention_has_a_sample():
    """At least fourteen conventions, and none without a case of its own."""
    assert {convention.id for convention in library().conventions} == set(SAMPLES.values())
    assert len(SAMPLES) >= 14


ASKED = {
    "sample_unknown_language.csv": "columns",
    "sample_either_order.csv": "date-order",
    "sample_no_year.csv": "year",
}


@pytest.mark.parametrize(("name", "kind"), ASKED.items())
def test_what_a_log_does_not_say_is_asked(name, kind):
    """A language nobody listed, days that can be read twice, days without a year: asked, and nothing is written."""
    plan = planned(name)
    assert [kind] == [ask.kind for ask in plan.asks]
    with pytest.raises(Refused):
        plan.writes()


def test_what_was_asked_is_read_as_answered():
    """The same two logs, with the order of days and the year said."""
    assert ["2025-03-04", "2025-06-05", "2025-08-07"] == [
        body["applied_on"] for body in bodies("sample_either_order.csv", date_order="mdy")
    ]
    assert ["2025-04-03", "2025-05-06", "2025-07-08"] == [
        body["applied_on"] for body in bodies("sample_either_order.csv", date_order="dmy")
    ]
    assert ["2024-11-18", "2024-12-02", "2025-01-08"] == [
        body["applied_on"] for body in bodies("sample_no_year.csv", year=2024)
    ]


def bodies(name, **corrections):
    return [draft.body for draft in planned(name, **corrections).drafts]


def xlsx_of(rows):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for at, cell in enumerate(row):
            sheet.write_string(number, at, cell)
    book.close()
    return out.getvalue()


def ods_of(rows):
    cells = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string"><text:p>'
            f"{'</text:p><text:p>'.join(escape(cell).splitlines())}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
        f'xmlns:text="{names}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Log">{cells}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", kind)
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", content)
    return out.getvalue()


def text_of(rows, delimiter, encoding):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding, "replace")


FORMS = {
    "semicolons": lambda rows: text_of(rows, ";", "utf-8-sig"),
    "tabs, UTF-16": lambda rows: text_of(rows, "\t", "utf-16"),
    "commas, Windows-1252": lambda rows: text_of(rows, ",", "cp1252"),
    "XLSX": xlsx_of,
    "ODS": ods_of,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "name", [name for name in SAMPLES if name.endswith(".csv") and name != "sample_rebound.csv"]
)
def test_the_same_log_in_any_form_is_the_same(name, form):
    """Separator, encoding and spreadsheet change nothing about what comes out of a log."""
    first = read_table(sample(name))
    table = read_table(FORMS[form]([first.headers, *first.rows]), "log")
    again = plan_import(table, propose(table), [])
    assert SAMPLES[name] == again.mapping.convention
    assert bodies(name) == [draft.body for draft in again.drafts]


def test_a_status_and_its_day_in_one_cell():
    """The word says where it stands, the day since when; two of them in a cell are two steps, and no word is lost."""
    plan = planned("sample_status_days.csv")
    assert [
        ("Alder Print", None, "applied", "no", "2025-10-03"),
        ("Bracken Rail", "2025-09-02", "interview", "open", None),
        ("Clover Dental", None, "applied", "no", "2025-09-17"),
        ("Damson Radio", "2025-09-21", "applied", "open", None),
        ("Elder Homes", None, "applied", "open", None),
        ("Fennel Bank", None, "offer", "open", None),
        ("Gorse Foods", None, "applied", "open", None),
    ] == rows(plan, "company", "applied_on", "stage", "outcome", "outcome_on")
    assert ({"Ghosted": 1}, []) == (plan.unmapped, plan.problems)
    assert {"answered": "2025-09-12", "offer": "2025-09-30"} == plan.drafts[5].body["reached"]
    assert "Ghosted since 4 Aug 2025" == plan.drafts[4].body["status_words"]
    (held,) = plan.drafts[1].interviews
    assert ("2025-09-14", "10:30", "interview") == (held["held_on"], held["held_at"], held["stage"])


def log(*lines):
    table = read_table("\n".join(lines).encode(), "log.csv")
    return plan_import(table, propose(table), [])


def test_a_word_in_a_cell_with_its_day_is_explained_once():
    """Two cells "Ghosted" with a day each are one word to explain, and its meaning brings both days."""
    lines = ["Firm,Applied,Answer", "Ash,2025-07-01,Ghosted 4 Aug 2025", "Box,2025-07-02,Rejected 3 Oct 2025",
             "Cob,2025-07-03,Ghosted 9 Sep 2025"]  # fmt: skip
    assert {"Ghosted": 2} == log(*lines).unmapped
    table = read_table("\n".join(lines).encode(), "log.csv")
    plan = plan_import(table, propose(table, status_map={"Ghosted": "no"}), [])
    assert [("2025-07-01", "no", "2025-08-04"), ("2025-07-02", "no", "2025-10-03"),
            ("2025-07-03", "no", "2025-09-09")] == rows(plan, "applied_on", "outcome", "outcome_on")  # fmt: skip


def test_days_in_statuses_are_asked_about_like_all_others():
    """An order nobody shows, a year nobody wrote: asked, never guessed."""
    assert ["date-order"] == [ask.kind for ask in log("Firm,Status", "Ash,Rejected 03/04/2025").asks]
    assert ["year"] == [ask.kind for ask in log("Firm,Status", "Ash,Rejected 3 Oct").asks]


def test_two_figures_beside_a_status_are_a_word_to_explain():
    """In "Interview 2/3" it may be the second of March, the third of February or of three rounds: it stays a word."""
    plan = log("Firm,Status", "Ash,Interview 2/3", "Box,Rejected")
    assert ({"Interview 2/3": 1}, ()) == (plan.unmapped, plan.asks)


def test_a_column_of_its_own_is_believed_before_a_day_beside_a_status():
    """Where a row has the day twice, the column that is headed so decides, on whichever side it stands."""
    plan = log("Firm,Status,Rejected on,Applied", "Ash,Rejected 3 Oct 2025,2025-10-05,2025-09-01")
    assert [("2025-09-01", "no", "2025-10-05")] == rows(plan, "applied_on", "outcome", "outcome_on")


def test_a_word_before_a_day_in_words_leaves_the_day_readable():
    """A cell "Sent 3 Oct 2025" in a column of days is that day, with a notice of the word beside it."""
    plan = log("Firm,Applied on", "Ash,Sent 3 Oct 2025", "Box,4 Oct 2025")
    assert [("2025-10-03",), ("2025-10-04",)] == rows(plan, "applied_on")
    assert ["import-day-and-words"] == [problem.refused.rule for problem in plan.problems]


def test_the_tracker_of_career_ops():
    """A table in Markdown: bold words, links and lines of dashes fall away, and its day is the evaluation's."""
    plan = planned("sample_career_ops.md")
    assert [
        ("Quartz Lamps", None, "applied", "open"),
        ("Russet Foods", None, "saved", "open"),
        ("Saffron Bank", None, "interview", "open"),
        ("Tansy Mobility", None, "applied", "no"),
        ("Ultramarine", None, "applied", "open"),
    ] == rows(plan, "company", "applied_on", "stage", "outcome")
    assert ({"Discarded": 1}, {"saved": "2026-03-02"}) == (plan.unmapped, plan.drafts[0].body["reached"])


def test_our_own_export_comes_back_word_for_word():
    """Stages, days of stages and the words of an older log are what they were; an apostrophe of protection falls."""
    plan = planned("sample_rebound.csv")
    assert [
        (
            "=Sum Analytics",
            "no",
            "interview",
            {"applied": "2026-02-03", "interview": "2026-02-12"},
            "Rejected (Interview)",
        ),
        ("Violet Ferries", "open", "saved", None, None),
    ] == rows(plan, "company", "outcome", "stage", "reached", "status_words")


@pytest.mark.parametrize("name", SAMPLES)
def test_what_comes_out_is_what_the_workbook_takes(name):
    """Every planned application and interview is exactly what the domain would make of it."""
    plan = planned(name)
    assert [draft.body for draft in plan.drafts] == [
        Application.accept(d.body).as_body() for d in plan.drafts
    ]
    for draft in plan.drafts:
        for interview in draft.interviews:
            body = {"application_id": "application-1", **interview}
            assert body == Interview.accept(body).as_body()


def test_one_column_a_stage():
    """Days of stages become interviews, the furthest one is the stage, the last answer keeps its day."""
    plan = planned("sample_wide.csv")
    assert [
        ("Blue Anchor Freight", "2025-03-14", "applied", "no", "2025-03-28"),
        ("Fennel & Co", "2025-03-17", "interview", "no", "2025-04-04"),
        ("Grey Heron Books", "2025-04-02", "applied", "open", None),
        ("Lumen Lighting", "2025-04-05", "interview", "open", None),
        ("Marl Ceramics", "2025-04-07", "offer", "open", None),
        ("Nettle Foods", "2025-04-08", "applied", "open", "2025-04-22"),
        ("Osprey Tools", "2025-04-09", "applied", "open", None),
    ] == rows(plan, "company", "applied_on", "stage", "outcome", "outcome_on")
    assert (
        {"round": 1, "format": "phone", "held_on": "2025-03-21", "stage": "answered"},
        {"round": 2, "held_on": "2025-03-26", "held_at": "10:30", "stage": "interview"},
    ) == plan.drafts[1].interviews
    assert {"Turn down": 1} == plan.unmapped


def test_status_words_with_misspellings_blank_rows_and_long_cells():
    """Listed misspellings map, words only the writer knows stay, numbered empty rows are counted."""
    plan = planned("sample_status.csv")
    assert [
        ("Amber Ferries", "2025-02-03", "applied", "no"),
        ("Birch Dental", "2025-02-05", "applied", "no"),
        ("Cedar Homes", "2025-02-05", "interview", "open"),
        ("Dove Bank", None, "applied", "open"),
        ("Elm Radio", "2025-02-11", "applied", "open"),
        ("Fir Logistics", "2025-02-12", "applied", "open"),
    ] == rows(plan, "company", "applied_on", "stage", "outcome")
    assert (6, 2, {"Suspected Ghost Job": 1}) == (plan.read, plan.empty, plan.unmapped)
    assert "Two rounds,\nthe second with the team" == plan.drafts[2].body["note"]


def test_the_stage_inside_the_status():
    """Rejected (Interview) is a no at stage interview."""
    plan = planned("sample_stage_in_status.csv")
    assert [
        ("applied", "open"),
        ("applied", "no"),
        ("interview", "no"),
        ("answered", "no"),
        ("offer", "open"),
        ("applied", "open"),
    ] == rows(plan, "stage", "outcome")
    assert {"Ghosted": 1} == plan.unmapped


def test_portuguese_words():
    """Headers and statuses in Portuguese are understood; a suspended posting is left to its writer."""
    plan = planned("sample_ptbr.csv")
    assert [
        ("Rio Claro Sistemas", "2025-05-19", "open"),
        ("Verde Mar", "2025-05-20", "open"),
        ("Casa Azul", "2025-05-27", "no"),
        ("Pé de Serra", "2025-06-03", "open"),
    ] == rows(plan, "company", "applied_on", "outcome")
    assert {"suspensa": 1} == plan.unmapped


def test_one_row_a_step():
    """Nine steps are four applications: two at one firm, and an offer that was taken back."""
    plan = planned("sample_long.csv")
    assert (9, 4) == (plan.read, plan.new)
    assert [
        ("Acorn Press", "2025-01-06", "interview", "no", "2025-01-30"),
        ("Bramble Radio", "2025-01-08", "applied", "open", None),
        ("Acorn Press", "2025-03-03", "applied", "open", None),
        ("Clover Films", "2025-01-09", "offer", "no", "2025-01-27"),
    ] == rows(plan, "company", "applied_on", "stage", "outcome", "outcome_on")
    assert {"answered": "2025-01-14", "interview": "2025-01-22"} == plan.drafts[0].body["reached"]


def test_yes_and_no_for_each_stage():
    """Ticks and words for yes reach a stage; a no in the applied column is a job only saved."""
    assert [
        ("interview", "no"),
        ("applied", "open"),
        ("answered", "open"),
        ("saved", "open"),
        ("offer", "open"),
    ] == rows(planned("sample_yes_no.csv"), "stage", "outcome")


def test_days_in_six_forms_in_one_log():
    """Every readable day is read, and the two that are not quite are said row by row."""
    plan = planned("sample_mixed_days.csv")
    days = ["2024-11-23", "2024-11-25", None, "2024-12-03", None, "2024-12-06"]
    assert [(day,) for day in days] == rows(plan, "applied_on")
    assert [(3, "import-two-days"), (4, "import-no-day")] == [(p.row, p.refused.rule) for p in plan.problems]


def test_other_peoples_details_in_linkedins_download_are_left_behind():
    """Four personal columns are dropped and named, and nothing of them is in what is written."""
    plan = planned("sample_linkedin.csv")
    assert [("Garnet Foods", "2025-03-14", "LinkedIn")] == rows(plan, "company", "applied_on", "source")[:1]
    assert (
        "Contact Email",
        "Contact Phone Number",
        "Resume Name",
        "Question And Answers",
    ) == plan.mapping.personal
    written = " ".join(str(write.body) for write in plan.writes())
    assert [] == [word for word in ("mail.example", "+44", "cv-3", "Do you drive") if word in written]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "sample_huntr.csv",
            [("applied", "open"), ("saved", "open"), ("interview", "open"), ("applied", "no")],
        ),
        (
            "sample_teal.csv",
            [
                ("applied", "open"),
                ("saved", "open"),
                ("applied", "withdrawn"),
                ("applied", "open"),
                ("applied", "no"),
            ],
        ),
        ("sample_notion.csv", [("interview", "open"), ("applied", "open"), ("applied", "no")]),
        ("sample_jobsync.csv", [("applied", "open"), ("saved", "open"), ("applied", "no")]),
    ],
)
def test_boards_of_other_programs(name, expected):
    """The words of each program's own board mean what that program means by them."""
    assert expected == rows(planned(name), "stage", "outcome")


def test_a_language_nobody_listed_is_mapped_by_hand():
    """With four columns and three words named, a Finnish log comes in whole."""
    plan = planned(
        "sample_unknown_language.csv",
        field_map={"company": "Yritys", "role": "Tehtävä", "applied_on": "Haettu", "status": "Tila"},
        status_map={"Hylätty": "no", "Odottaa": "open", "Haastattelu": "interview"},
    )
    assert [
        ("Aalto Kahvila", "Barista", "2025-05-12", "applied", "no"),
        ("Björk Leipomo", "Leipuri", "2025-05-19", "applied", "open"),
        ("Cirrus Matkat", "Myyjä", "2025-05-26", "interview", "open"),
    ] == rows(plan, "company", "role", "applied_on", "stage", "outcome")
    assert {} == plan.unmapped


def test_a_known_word_inside_a_longer_header_is_proposed(plan):
    """A column "Status / what happened" holds statuses; a part of a header about people is never used."""
    headers = "Company,What (role),Sent,Status / what happened,Notes (link),Contact (place)"
    made = plan(f"{headers}\nA,x,2026-09-03,nope,a,b\nB,y,2026-09-04,Applied,c,d\n")
    wanted = {
        "company": "Company",
        "role": "What (role)",
        "applied_on": "Sent",
        "status": "Status / what happened",
    }
    assert (wanted, "no") == (made.as_json()["columns"], str(made.mapping.statuses["nope"]))


def test_a_part_of_a_header_gives_way_to_a_whole_one(plan):
    """Where a column is headed by the word alone, that column is meant, wherever it stands."""
    made = plan("What (role),Role,Company\nsenior,Analyst,A\n")
    assert "Role" == made.as_json()["columns"]["role"]


@pytest.mark.parametrize("words", ["no reply", "No response", "still waiting"])
def test_words_for_silence_leave_an_application_open(plan, words):
    """Nobody has to explain that no reply is no answer yet."""
    made = plan(f"Company,Status\nA,{words}\nB,Rejected\n")
    assert ({}, "open") == (made.unmapped, made.drafts[0].body["outcome"])


@pytest.mark.parametrize(
    ("headers", "row", "fields"),
    [
        ("Empresa,Puesto,Fecha de solicitud,Estado", "A,B,2025-01-02,Rechazada", ("2025-01-02", "no")),
        ("Entreprise,Poste,Date de candidature,Statut", "A,B,2025-01-02,Refusé", ("2025-01-02", "no")),
        ("Firma,Stelle,Beworben am,Status", "A,B,2.1.2025,Absage", (None, "no")),
        ("Azienda,Posizione,Data candidatura,Stato", "A,B,2025-01-02,Rifiutato", ("2025-01-02", "no")),
        ("Bedrijf,Functie,Sollicitatiedatum,Status", "A,B,2025-01-02,Afgewezen", ("2025-01-02", "no")),
        ("Empresa,Vaga,Data da candidatura,Situação", "A,B,2025-01-02,Reprovado", ("2025-01-02", "no")),
    ],
)
def test_headers_and_plain_words_of_seven_languages(plan, headers, row, fields):
    """Spanish, French, German, Italian, Dutch and Portuguese logs map themselves as English ones do."""
    made = plan(f"{headers}\n{row}\n")
    assert [("A", "B", *fields)] == rows(made, "company", "role", "applied_on", "outcome")


@pytest.mark.parametrize(
    "word",
    [
        "Ghosted",
        "Declined",
        "Turn down",
        "Turned down",
        "Not interested",
        "Closed",
        "Rejected offer",
        "No",
        "x",
    ],
)
def test_words_with_two_meanings_map_to_nothing(plan, word):
    """A word that can mean their no or mine stays open until its writer says so."""
    made = plan(f"Company,Role,Status\nAcme,Analyst,{word}\nBcme,Planner,Applied\n")
    assert {word: 1} == made.unmapped
    assert ("open", word) == (made.drafts[0].body["outcome"], made.drafts[0].body["status_words"])


def test_every_word_of_the_mapping_files_means_one_thing():
    """Within a file no status word stands under two meanings, and every meaning is written in one way."""
    for path in sorted((places.shipped("data") / "imports").rglob("*.toml")):
        with path.open("rb") as file:
            read = tomllib.load(file)
        meanings: dict[str, set[str]] = {}
        for meaning, words in read.get("statuses", {}).items():
            for word in words:
                meanings.setdefault(fold(word), set()).add(meaning)
        assert (path.name, {}) == (path.name, {w: m for w, m in meanings.items() if len(m) > 1})
        assert [] == [m for m in read.get("statuses", {}) if str(Meaning.parse(m)) != m]


@pytest.mark.parametrize("locale", ["en", "es"])
def test_a_page_can_say_why_in_every_language(locale):
    """Each convention's title and reason stand in the words of a page, with the same facts."""
    words = load_content(locale).words
    for convention in library().conventions:
        (evidence,) = convention.evidence
        key = f"search.import.convention.{convention.id}"
        assert blanks(words[f"{key}.says"]) == blanks(evidence.says), convention.id
        if locale == "en":
            assert (convention.title, evidence.says) == (words[f"{key}.title"], words[f"{key}.says"])
        assert words[f"{key}.title"]


def test_months_have_one_number_in_all_languages():
    """No month word means two months, whichever language it is taken from."""
    found: dict[str, set[int]] = {}
    for language in library().languages:
        for word, month in language.months.items():
            found.setdefault(word, set()).add(month)
    assert {} == {word: months for word, months in found.items() if len(months) > 1}


def test_the_example_in_the_docs_is_a_convention(root, tmp_path):
    """The mapping file shown in the how-to page is read like any other, and its words are understood."""
    page = (root / "docs/how-to/add-an-import-convention.md").read_text(encoding="utf-8")
    folder = tmp_path / "imports"
    shutil.copytree(places.shipped("data") / "imports", folder)
    (folder / "acme-board.toml").write_text(page.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    made = Library(folder).convention("acme-board")
    assert ("application", "no@applied", {"source": "Acme board"}) == (
        made.rows,
        str(made.statuses["binned"]),
        made.constants,
    )
    assert [(feature, True) for feature in FEATURES] == [(f, f"`{f}`" in page) for f in FEATURES]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('id = "teal"', 'id = "other"'), "id is the file's name"),
        (("company = ", "firm = "), "names fields of the register"),
        (("at_least = 6", 'feature = "named"\nat_least = 6'), "evidence names headers, or one feature"),
    ],
)
def test_a_mapping_file_with_a_mistake_says_which(tmp_path, change, words):
    """Whoever writes a mapping file is told the file, the rule and what was found."""
    folder = tmp_path / "imports"
    shutil.copytree(places.shipped("data") / "imports", folder)
    text = (folder / "teal.toml").read_text(encoding="utf-8")
    assert change[0] in text
    (folder / "teal.toml").write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(ValueError, match=f"teal.toml: .*{words}"):
        Library(folder)
