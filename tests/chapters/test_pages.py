"""What the pages of the chapters offer, without a browser: their panels, their addresses, what a press does."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets import insight
from rebound_widgets.app import App
from rebound_widgets.domain.record import Write
from rebound_widgets.domain.refused import Refused
from rebound_widgets.history.samples import demo_writes
from rebound_widgets.widgets.actions import Actions
from rebound_widgets.widgets.exercise import Exercise
from rebound_widgets.widgets.panels import Panels
from rebound_widgets.widgets.quick_line import QuickLine
from rebound_widgets.workbook import Workbook


@pytest.fixture
def app(home: Path) -> App:
    return App(Workbook.open(home))


def page(app: App, address: str) -> Any:
    """The page of an address, open."""
    app.shell._handle_custom_msg({"type": "go", "address": address}, [])
    return app.shell.pages[address.partition("/")[0]]


def panels(page: Any) -> dict[str, dict[str, Any]]:
    """Every panel in the column and the margin, by its id."""
    shown = [*page.children, *page.margin]
    return {panel["id"]: panel for widget in shown if isinstance(widget, Panels) for panel in widget.panels}


def press(page: Any, action: str) -> None:
    """Press the button of that id."""
    for widget in page.children:
        if not isinstance(widget, Panels):
            continue
        for panel in widget.panels:
            for found in panel.get("actions", []):
                if found["id"] == action:
                    widget._handle_custom_msg({"type": "action", "action": found}, [])
                    return
    raise AssertionError(f"There is no {action} on the page.")


def test_the_first_page_makes_no_frame(app: App) -> None:
    """Of a search of twelve weeks, everything on the page that is opened first comes from the records."""
    app.workbook.store.write(demo_writes(app.workbook.today()), origin="demo")
    shown = panels(page(app, "start"))
    assert {"next", "loops", "you-wrote"} <= shown.keys()
    frames = {"applications", "interviews", "events", "answers"}
    assert set() == frames & set(vars(app.workbook.history()))


def asked(page: Any) -> list[str]:
    """The questions of the exercises on the page."""
    return [
        question["id"]
        for widget in page.children
        if isinstance(widget, Exercise)
        for question in widget.shown()["questions"]
    ]


@pytest.fixture
def interview(app: App) -> str:
    """An interview at Acme, held today."""
    made = app.workbook.add_application({"company": "Acme", "role": "clerk"})
    return app.workbook.add_interview(made.record_id, {"held_on": app.workbook.today().isoformat()}).record_id


# --- the debrief -----------------------------------------------------------------------------------


def test_the_debrief_is_one_part_at_a_time_in_the_order_of_the_content(app: App, interview: str) -> None:
    """Following "Next" from the first part leads through every part to the thank-you letter."""
    seen, address = [], f"debrief/{interview}"
    while address:
        debrief = page(app, address)
        seen.append(asked(debrief)[0])
        onward = panels(debrief)["onward"]["actions"]
        address = next((a["href"].removeprefix("#/") for a in onward if a["id"] == "next"), "")
    exercises = app.workbook.content.chapters["debrief"].exercises
    assert [exercise.questions[0].id for exercise in exercises] == seen


def test_every_part_can_be_reached_at_once(app: App, interview: str) -> None:
    """The order is offered, never enforced: the margin links to every part but the one that is open."""
    rows = panels(page(app, f"debrief/{interview}/place"))["parts"]["rows"]
    without = [row["text"] for row in rows if "href" not in row]
    assert ["The place, seen by you"] == without
    assert len(app.workbook.content.chapters["debrief"].exercises) == len(rows)


def test_a_begun_debrief_goes_on_where_nothing_is_written_yet(app: App, interview: str) -> None:
    """The list of interviews leads to the first part without a word in it."""
    app.workbook.record("debrief/recall", "Two people.", record_id=interview, base_revision=0)
    (row,) = panels(page(app, "debrief"))["choose"]["rows"]
    assert f"#/debrief/{interview}/questions" == row["href"]


def test_an_unknown_part_is_the_first_one(app: App, interview: str) -> None:
    """An address with a part nobody knows opens the debrief at its beginning."""
    assert "debrief/recall" == asked(page(app, f"debrief/{interview}/somewhere"))[0]


def test_the_letter_is_begun_from_the_record_and_says_what_is_still_open(app: App, interview: str) -> None:
    """The starting text holds the firm and the role; blanks nobody filled are named."""
    debrief = page(app, f"debrief/{interview}/thanks")
    (start,) = [widget for widget in debrief.children if isinstance(widget, Actions)]
    start._handle_custom_msg({"type": "action", "id": "draft", "page": "p", "ticket": "1"}, [])
    question = app.workbook.question("debrief/thanks-letter")
    text = app.workbook.reply(question, record_id=interview).value
    assert "clerk at Acme" in text
    assert "one real thing you liked about them" in panels(debrief)["letter"]["hint"]
    _start, _tone, ways = [widget for widget in debrief.children if isinstance(widget, Actions)]
    assert ["mail", "copy"] == [item["id"] for item in ways.shown()["items"]]


def test_the_thank_you_is_begun_before_its_day_is_asked(app: App, interview: str) -> None:
    """The starting text stands between what goes into the letter and the letter, as with every other."""
    debrief = page(app, f"debrief/{interview}/thanks")
    before, letter, _sent = [place for place, one in enumerate(debrief.children) if isinstance(one, Exercise)]
    (start,) = [place for place, one in enumerate(debrief.children) if isinstance(one, Actions)]
    assert before < start < letter
    assert "debrief/thanks-sent" == asked(debrief)[-1]


def test_a_debrief_whose_interview_is_deleted_offers_the_others(app: App, interview: str) -> None:
    """An interview that is gone leaves the choice of those that are there, not an error."""
    page(app, f"debrief/{interview}")
    app.workbook.delete(interview)
    assert "choose" in panels(page(app, f"debrief/{interview}"))


# --- where you are ---------------------------------------------------------------------------------


def test_a_promised_answer_is_said_with_its_day(app: App) -> None:
    """An answer promised for a day still to come is waited for until that day, not since it."""
    day = app.workbook.today() + dt.timedelta(days=3)
    app.workbook.add_application(
        {"company": "Acme", "stage": "interview", "answer_promised_on": day.isoformat()}
    )
    (row,) = panels(page(app, "start"))["loops"]["rows"]
    assert ("Acme said you would hear", app.workbook.content.facts.show_day(day)) == (
        row["text"],
        row["when"],
    )


def test_an_interview_of_these_days_is_the_next_step_and_stands_with_its_day(app: App) -> None:
    """It is on a day, not due by one; and getting ready for it comes before anything that can wait."""
    day = app.workbook.today() + dt.timedelta(days=4)
    firm = app.workbook.add_application({"company": "Acme", "stage": "interview"})
    app.workbook.add_interview(firm.record_id, {"held_on": day.isoformat()})
    shown = panels(page(app, "start"))
    assert "The interview at Acme is on" in shown["next"]["title"]
    (row,) = [row for row in shown["loops"]["rows"] if row["text"] == "Acme: interview"]
    assert app.workbook.content.facts.show_day(day) == row["when"]
    assert row["due"] is False


def test_a_workbook_in_a_cloud_folder_is_told_on_the_first_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the file is not safe the first page says so, with the way out, before anything is written."""
    folder = tmp_path / "Dropbox" / "rebound"
    folder.mkdir(parents=True)
    workbook = Workbook.open(folder)
    told = panels(page(App(workbook), "start"))["safety"]["text"]
    workbook.close()
    assert 1 == len(told)
    assert "Dropbox" in told[0]
    assert "REBOUND_HOME" in told[0]


def test_a_backup_that_could_not_be_made_is_told(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody believes in a backup that is not there."""
    refused = Refused("disk-full", "There is no room for a backup.")
    monkeypatch.setattr(type(app.workbook), "backup_refused", refused)
    assert ["There is no room for a backup."] == panels(page(app, "start"))["safety"]["text"]


# --- one application -------------------------------------------------------------------------------


def test_a_no_is_noted_with_one_press_and_taken_back_with_one(app: App, interview: str) -> None:
    """The stage it came at stays, the day is today's, the next step is a pause, and undo undoes it."""
    application = str(app.workbook.get(interview, "interview").body["application_id"])
    app.workbook.change(application, {"stage": "interview"}, kind="application", base_revision=None)
    shown = page(app, f"search/{application}")
    press(shown, "mark-no")
    body = app.workbook.get(application, "application").body
    today = app.workbook.today().isoformat()
    assert ("no", today, "interview") == (body["outcome"], body["outcome_on"], body["stage"])
    after = panels(shown)["after-no"]
    assert "Interview" in after["text"][0]
    assert f"#/no/{application}" == after["actions"][0]["href"]
    press(shown, "undo-no")
    assert "open" == app.workbook.get(application, "application").body.get("outcome", "open")
    assert "after-no" not in panels(shown)


def test_words_only_the_person_knows_are_asked_about(app: App) -> None:
    """An application whose own list said something unknown says so, and asks for the outcome."""
    made = app.workbook.add_application({"company": "Acme", "status_words": "Ghosted"})
    notice = panels(page(app, f"search/{made.record_id}"))["own-words"]
    assert "Ghosted" in notice["text"]


def test_long_silence_is_said_in_days(app: App) -> None:
    """From two weeks on an open application says how long nobody has answered."""
    sent = app.workbook.today() - dt.timedelta(days=30)
    made = app.workbook.add_application({"company": "Acme", "applied_on": sent.isoformat()})
    assert "No sign of life for 30 days" == panels(page(app, f"search/{made.record_id}"))["top"]["hint"]


def test_people_and_documents_have_pages_of_their_own(app: App) -> None:
    """Contacts and documents are reached from the search and ask what the content files say."""
    rows = panels(page(app, "search"))["own"]["rows"]
    assert ["#/search/numbers", "#/search/contacts", "#/search/documents", "#/search/undo"] == [
        row["href"] for row in rows
    ]
    assert ["search/contacts"] == asked(page(app, "search/contacts"))
    assert ["search/documents"] == asked(page(app, "search/documents"))


# --- taking back -----------------------------------------------------------------------------------


def test_a_deletion_is_taken_back_with_everything_that_went_with_it(app: App, interview: str) -> None:
    """Deleting asks nothing; the list of what can be taken back brings the whole of it back."""
    application = str(app.workbook.get(interview, "interview").body["application_id"])
    app.workbook.record("debrief/recall", "Two people.", record_id=interview, base_revision=0)
    app.workbook.delete(application)
    shown = page(app, "search/undo")
    (row,) = panels(shown)["take-back"]["rows"]
    assert "Deleted: Acme." == row["text"]
    shown.children[1]._handle_custom_msg({"type": "action", "action": row["actions"][0]}, [])
    assert "Taken back." == panels(shown)["said"]["text"]
    assert ["Two people."] == list(app.workbook.history().answers["value"])
    assert [] == panels(shown)["take-back"]["rows"]


def test_what_was_changed_since_stays_and_is_said(app: App) -> None:
    """An import taken back leaves alone what the person has changed since, and says how much."""
    made = app.workbook.add_application({"company": "Acme"})
    writes = [
        Write(record_id=f"application-{n}", kind="application", body={"company": f"Firm {n}"}, based_on=0)
        for n in range(3)
    ]
    app.workbook.take_in(writes)
    app.workbook.poll()
    app.workbook.change("application-1", {"role": "clerk"}, kind="application")
    shown = page(app, "search/undo")
    (row,) = panels(shown)["take-back"]["rows"]
    assert "Brought in: 3 applications" == row["text"]
    shown.children[1]._handle_custom_msg({"type": "action", "action": row["actions"][0]}, [])
    assert "Taken back. 1 part was changed since and stays as it is." == panels(shown)["said"]["text"]
    left = {record.record_id for record in app.workbook.store.current("application")}
    assert {made.record_id, "application-1"} == left


def test_a_deletion_on_the_page_is_taken_back_on_the_page(app: App, interview: str) -> None:
    """Right after deleting an interview, or the whole application, one press beside the words brings it back."""
    application = str(app.workbook.get(interview, "interview").body["application_id"])
    shown = page(app, f"search/{application}")
    widget = next(w for w in shown.children if isinstance(w, Panels) and w.panels[0]["id"] == "interviews")
    (delete,) = [a for a in widget.panels[0]["rows"][0]["actions"] if a["id"] == "delete-interview"]
    widget._handle_custom_msg({"type": "action", "action": delete}, [])
    assert [] == app.workbook.interviews(application)
    press(shown, "undo")
    assert [interview] == [record.record_id for record in app.workbook.interviews(application)]
    press(shown, "delete")
    assert "deleted" in panels(shown)
    press(shown, "undo")
    assert "Acme" == app.workbook.get(application, "application").body["company"]


# --- one line --------------------------------------------------------------------------------------


def quick(app: App, address: str, line: str) -> None:
    """Keep one line in the quick line of a page."""
    (widget,) = [one for one in page(app, address).children if isinstance(one, QuickLine)]
    widget._handle_custom_msg({"type": "keep", "seq": 1, "ticket": line, "line": line}, [])


def test_an_interview_in_one_line_is_on_the_day_that_was_written(app: App) -> None:
    """The day of the line is the day of the interview, not today."""
    day = app.workbook.today() - dt.timedelta(days=2)
    quick(app, "debrief", f"Acme, analyst, interview {app.workbook.content.facts.show_day(day, 'long')}")
    (interview,) = app.workbook.interviews()
    assert day.isoformat() == interview.body["held_on"]


@pytest.mark.parametrize("outcome", ["open", "no", "withdrawn"])
def test_an_interview_in_one_line_belongs_to_the_application_that_is_there(app: App, outcome: str) -> None:
    """Firms and roles are compared as a log's are, however the application stands; and the line says so."""
    body = {"company": "Kite and Co.", "role": "BI Developer", "outcome": outcome, "note": "Nice people"}
    made = app.workbook.add_application(body)
    line = "Kite & Co, BI developer, interview 22 sept, bring a pen"
    (widget,) = [one for one in page(app, "debrief").children if isinstance(one, QuickLine)]
    assert "Belongs to your application at Kite and Co., BI Developer." == widget._understand(line).note
    quick(app, "debrief", line)
    quick(app, "debrief", line)
    (application,) = app.workbook.current("application")
    assert 1 == len(app.workbook.interviews(made.record_id))
    assert "Nice people\nbring a pen" == application.body["note"].partition("\nbring a pen\n")[0]


def test_a_line_where_nothing_fits_says_that_it_makes_an_application(app: App) -> None:
    """Another role at the same firm is another application, and that is said before it is made."""
    app.workbook.add_application({"company": "Kite & Co", "role": "tester"})
    (widget,) = [one for one in page(app, "debrief").children if isinstance(one, QuickLine)]
    line = "Kite & Co, BI developer, interview 22 sept"
    assert "This makes a new application." == widget._understand(line).note
    quick(app, "debrief", line)
    assert 2 == len(app.workbook.current("application"))


def test_an_interview_nobody_noted_is_offered_too(app: App) -> None:
    """An application that came to an interview leads to its page, where the interview is added."""
    made = app.workbook.add_application({"company": "Acme", "stage": "interview"})
    app.workbook.add_application({"company": "Orbit", "stage": "applied"})
    (row,) = panels(page(app, "debrief"))["choose"]["rows"]
    assert ("Acme", f"#/search/{made.record_id}") == (row["text"], row["href"])


def test_an_interview_to_come_does_not_belong_to_what_has_ended(app: App) -> None:
    """After a no, an invitation from the same firm is a new beginning."""
    app.workbook.add_application({"company": "Acme", "role": "clerk", "outcome": "no"})
    quick(app, "ready", "Acme, clerk, interview tomorrow")
    assert 2 == len(app.workbook.current("application"))


def test_words_nothing_was_made_of_are_kept_in_the_note(app: App) -> None:
    """No typed word is thrown away: what was not understood is in the note."""
    quick(app, "search", "Acme, analyst, applied 3 Oct, 45k via Maria")
    (application,) = app.workbook.store.current("application")
    assert "45k via Maria" == application.body["note"]


def test_one_line_with_an_interview_makes_the_interview_too(app: App) -> None:
    """Its day and time are those of the line, and the application knows when it came so far."""
    day = app.workbook.today() + dt.timedelta(days=3)
    quick(app, "search", f"Acme, analyst, interview {app.workbook.content.facts.show_day(day, 'long')} 14:00")
    (application,) = app.workbook.store.current("application")
    (interview,) = app.workbook.interviews(application.record_id)
    assert ("interview", {"interview": day.isoformat()}) == (
        application.body["stage"],
        application.body["reached"],
    )
    assert (day.isoformat(), "14:00") == (interview.body["held_on"], interview.body["held_at"])


def test_each_round_of_an_application_says_which_it_is(app: App) -> None:
    """One interview needs no number; of two forms each says its round, also after the round was changed."""
    workbook = app.workbook
    made = workbook.add_application({"company": "Acme"}).record_id
    first = workbook.add_interview(made).record_id
    open_page = page(app, f"search/{made}")
    assert ["The interview"] == _round_headings(open_page)
    workbook.add_interview(made)
    assert ["The interview, round 1", "The interview, round 2"] == _round_headings(open_page)
    workbook.change(first, {"round": 3}, kind="interview")
    assert ["The interview, round 2", "The interview, round 3"] == _round_headings(open_page)


def _round_headings(page: Any) -> list[str]:
    shown = [widget.shown() for widget in page.children if isinstance(widget, Exercise)]
    return [one["heading"] for one in shown if any(q["id"] == "search/round" for q in one["questions"])]


def test_what_is_only_saved_or_still_to_come_is_not_counted_as_done(app: App) -> None:
    """The first line counts applications that were sent and interviews that have been."""
    workbook = app.workbook
    made = workbook.add_application({"company": "Acme"}).record_id
    workbook.add_application({"company": "Birch", "stage": "saved"})
    tomorrow = workbook.today() + dt.timedelta(days=1)
    workbook.add_interview(made, {"held_on": workbook.today().isoformat()})
    workbook.add_interview(made, {"held_on": tomorrow.isoformat()})
    shown = page(app, "start").shown()
    assert "1 application so far. 1 interview so far" in shown["lede"]


FIRST_PAGE = """
import sys
from rebound_widgets import open_workbook
open_workbook()
print(*sorted({"pandas", "numpy", "icalendar", "xlsxwriter"} & set(sys.modules)), end="")
"""


def test_the_first_page_loads_no_pandas(home: Path) -> None:
    """Where nothing is loaded beforehand, the page that is opened first waits for nothing that it does not need."""
    with Workbook.open(home).store as store:
        store.write(demo_writes(dt.datetime.now().astimezone().date()), origin="demo")
    env = {**os.environ, "REBOUND_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAGE], env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    assert "" == done.stdout


def test_nothing_of_insights_is_hidden_by_a_module_of_its_name() -> None:
    """Each name that insights give is loaded when it is first used, whatever was loaded before."""
    modules = {path.stem for path in Path(insight.__file__).parent.glob("*.py")}
    assert set() == modules & set(insight.__all__)
    assert all(getattr(insight, name) is not None for name in insight.__all__)
