"""Aim better: points beside firms, where answers come from with how sure, targets, offers, what was noticed."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.app import App
from rebound_widgets.widgets.chart import Chart
from rebound_widgets.widgets.exercise import Exercise
from rebound_widgets.widgets.panels import Panels
from rebound_widgets.widgets.text import Text
from rebound_widgets.workbook import Workbook


@pytest.fixture
def app(home: Path, clock: Callable[[], dt.datetime]) -> App:
    """An app on Thursday 5 November 2026."""
    return App(Workbook.open(home, clock=clock))


def page(app: App, address: str) -> Any:
    """The page of an address, open."""
    app.shell._handle_custom_msg({"type": "go", "address": address}, [])
    return app.shell.pages[address.partition("/")[0]]


def panels(page: Any) -> dict[str, dict[str, Any]]:
    """Every panel in the column, by its id."""
    return {p["id"]: p for widget in page.children if isinstance(widget, Panels) for p in widget.panels}


def points(app: App, *given: tuple[str, str, int]) -> None:
    """The person's points: words, kind, weight."""
    app.workbook.record("refocus/criteria", list(range(1, len(given) + 1)))
    for item, (words, kind, weight) in enumerate(given, 1):
        for name, value in (("", words), ("-kind", kind), ("-weight", weight)):
            app.workbook.record(f"refocus/criterion{name}", value, item=item)


def mark(app: App, application: str, item: int, rating: int) -> None:
    """Mark one point of a firm, as the browser does."""
    shown = page(app, f"refocus/fit/{application}")
    (asked,) = [widget for widget in shown.children if isinstance(widget, Exercise)]
    reply = {"type": "reply", "seq": item, "page": application, "record_id": application, "item": None}
    question = {"question": f"refocus/fit-rating-{item}", "value": rating, "base_revision": 0}
    asked._handle_custom_msg({**reply, **question}, [])


def table(page: Any) -> dict[str, Any]:
    """The table on the page."""
    (text,) = [widget for widget in page.children if isinstance(widget, Text)]
    (found,) = [block for block in text.shown()["blocks"] if block["kind"] == "table"]
    return dict(found)


def test_points_stand_in_the_order_of_their_weight(app: App) -> None:
    """Must-haves first, deal-breakers apart, the heaviest first in each."""
    points(app, ("Learn", "nice", 2), ("Pay", "must", 3), ("Team", "must", 5), ("Shifts", "breaker", 5))
    shown = panels(page(app, "refocus/criteria"))
    assert ["Team", "Pay"] == [row["text"] for row in shown["must"]["rows"]]
    assert ["Shifts"] == [row["text"] for row in shown["breaker"]["rows"]]


def test_firms_stand_side_by_side_without_a_verdict(app: App) -> None:
    """Marks point by point, unknown ones said; the sum leaves deal-breakers and unknown points out."""
    points(app, ("Team", "must", 5), ("Pay", "nice", 2), ("Shifts", "breaker", 5))
    first = app.workbook.add_application({"company": "Acme"}).record_id
    second = app.workbook.add_application({"company": "Beta"}).record_id
    mark(app, first, 1, 4)
    mark(app, first, 2, 3)
    mark(app, second, 1, 5)
    mark(app, second, 3, 4)
    shown = table(page(app, "refocus/fit"))
    by_firm = dict(zip(shown["columns"], zip(*shown["rows"], strict=True), strict=True))
    assert ("Team", "Pay", "Deal-breaker: Shifts", "By your weights") == by_firm["Point"]
    assert ("4 of 5", "3 of 5", "not known", "26 of 35") == by_firm["Acme"]
    assert ("5 of 5", "not known", "4 of 5", "25 of 25, 1 not known") == by_firm["Beta"]


def test_a_mark_is_kept_with_the_point_it_is_about(app: App) -> None:
    """Half-done marks are there again, and a report can say what was marked."""
    points(app, ("Team", "must", 5), ("Pay", "nice", 2))
    firm = app.workbook.add_application({"company": "Acme"}).record_id
    mark(app, firm, 2, 3)
    (asked,) = [w for w in page(app, f"refocus/fit/{firm}").children if isinstance(w, Exercise)]
    assert {"refocus/fit-rating-2": 3} == asked.value
    named = app.workbook.question("refocus/fit-criterion")
    assert "Pay" == app.workbook.reply(named, record_id=firm, item=2).value


def test_without_points_the_way_to_them_is_shown(app: App) -> None:
    """An empty comparison offers the one step that fills it."""
    app.workbook.add_application({"company": "Acme"})
    assert "#/refocus/criteria" == panels(page(app, "refocus/fit"))["none"]["actions"][0]["href"]


def sent(app: App, source: str, answered: int, silent: int) -> None:
    """Applications sent in August, some answered."""
    for number in range(answered + silent):
        no = {"outcome": "no", "outcome_on": "2026-08-20"} if number < answered else {}
        app.workbook.add_application(
            {"company": f"{source} {number}", "source": source, "applied_on": "2026-08-03", **no}
        )


def test_where_answers_come_from_has_counts_a_range_and_a_source(app: App) -> None:
    """Each group has how many of how many and its interval; chance is said to be possible."""
    sent(app, "Fair", 2, 4)
    sent(app, "Board", 1, 6)
    (chart,) = [w for w in page(app, "refocus/answers").children if isinstance(w, Chart)]
    given = chart.shown()
    values = {value["y"]: value for value in given["spec"]["marks"][0]["values"]}
    assert ("2 of 6", "1 of 7") == (values["Fair"]["note"], values["Board"]["note"])
    assert all(value["low"] < value["x"] < value["high"] for value in values.values())
    assert "No group stands out" in given["title"]
    assert "3 of 13" in given["counts"]
    assert "90 %" in given["interval"]
    assert "Your own search" in given["source"]


def test_too_few_is_said_and_nothing_is_drawn(app: App) -> None:
    """With a handful of applications there is a sentence and no picture."""
    sent(app, "Fair", 1, 1)
    shown = page(app, "refocus/answers")
    assert [] == [widget for widget in shown.children if isinstance(widget, Chart)]
    assert "Too few to tell yet: 2" in panels(shown)["few"]["text"]


def test_a_target_goes_into_the_search_with_one_press(app: App) -> None:
    """It is saved for later there, and offered no more."""
    app.workbook.record("refocus/targets", [1])
    app.workbook.record("refocus/target", "Acme", item=1)
    shown = page(app, "refocus/targets")
    (row,) = panels(shown)["waiting"]["rows"]
    after = next(w for w in shown.children if isinstance(w, Panels) and "waiting" in str(w.panels))
    after._handle_custom_msg({"type": "action", "action": row["actions"][0]}, [])
    (record,) = app.workbook.store.current("application")
    assert ("Acme", "saved") == (record.body["company"], record.body["stage"])
    assert "waiting" not in panels(shown)
    assert "Acme" in panels(shown)["added"]["text"]


def test_offers_stand_side_by_side(app: App) -> None:
    """What was written about each, in one table; a declined one is gone from it."""
    for company, pay in (("Acme", "32,000"), ("Beta", "30,000 and a train card")):
        made = app.workbook.add_application({"company": company, "stage": "offer"}).record_id
        app.workbook.record("refocus/offer-pay", pay, record_id=made)
    app.workbook.add_application({"company": "Gamma", "stage": "offer", "outcome": "declined"})
    shown = table(page(app, "refocus/offers"))
    assert ["What", "Acme", "Beta"] == shown["columns"]
    assert ["Pay, and what comes with it", "32,000", "30,000 and a train card"] == shown["rows"][1]


def test_what_was_noticed_is_gathered_from_the_debriefs(app: App) -> None:
    """Liked and disliked, in the person's own words, with where and from how many interviews."""
    made = app.workbook.add_application({"company": "Acme"}).record_id
    interview = app.workbook.add_interview(made, {"held_on": "2026-10-20"}).record_id
    app.workbook.record("debrief/liked-people", "They laughed.", record_id=interview)
    liked = panels(page(app, "refocus/culture"))["liked"]
    assert [("They laughed.", "Acme")] == [(row["text"], row["detail"]) for row in liked["rows"]]
    assert "From 1 interview." == liked["hint"]
