"""The page of the numbers: three questions answered, the pictures, the one next step, and nothing to see yet."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.app import App
from rebound_widgets.domain.application import Application
from rebound_widgets.domain.record import Write
from rebound_widgets.history.samples import demo_writes
from rebound_widgets.widgets import Chart, Flow
from rebound_widgets.widgets.panels import Panels
from rebound_widgets.workbook import Workbook


@pytest.fixture
def app(home: Path) -> App:
    return App(Workbook.open(home, locale="en"))


def numbers(app: App) -> Any:
    """The page of the numbers, open."""
    app.shell._handle_custom_msg({"type": "go", "address": "search/numbers"}, [])
    return app.shell.pages["search"]


def panels(page: Any) -> dict[str, dict[str, Any]]:
    """Every panel of the page by its id."""
    return {
        panel["id"]: panel
        for widget in page.children
        if isinstance(widget, Panels)
        for panel in widget.panels
    }


def silent(app: App, count: int) -> None:
    """So many applications of two months ago without an answer."""
    sent = (app.workbook.today() - dt.timedelta(days=60)).isoformat()
    app.workbook.take_in(
        [
            Write(
                record_id=f"application-{n:016d}",
                kind="application",
                body=Application.accept({"company": f"Firm {n}", "applied_on": sent}).as_body(),
                based_on=0,
            )
            for n in range(count)
        ]
    )


def test_an_empty_search_is_told_what_will_be_here(app: App) -> None:
    """With nothing sent the page says what will come, what others found, and the one step to it."""
    page = numbers(app)
    found = panels(page)
    assert ["back", "empty"] == list(found)
    assert "24 of 117" in found["empty"]["text"][1]
    assert ["#/search"] == [action["href"] for action in found["empty"]["actions"]]
    assert not [widget for widget in page.children if isinstance(widget, Chart | Flow)]


def test_the_three_questions_come_first_and_each_says_how_it_is_known(app: App) -> None:
    """Odds, where it sticks and how long to wait are sentences above the pictures, each with its source."""
    app.workbook.take_in(demo_writes(app.workbook.today()))
    page = numbers(app)
    found = panels(page)
    assert ["back", "odds", "stick", "wait", "onward"] == list(found)
    assert "An offer from your next interview: about 2 in 10" in found["odds"]["text"][0]
    for name in ("odds", "stick", "wait"):
        told = " ".join(found[name]["details"][0]["text"])
        assert "published personal logs" in told, name
    kinds = [type(widget).__name__ for widget in page.children]
    assert ["Panels", "Panels", "Flow", "Chart", "Chart", "Chart", "Panels"] == kinds


def test_what_sticks_has_a_first_change_and_a_way_there(app: App) -> None:
    """Ninety silent applications stick before the interview: the page says what to change and leads there."""
    silent(app, 90)
    found = panels(numbers(app))
    assert "It sticks before the interview: 0% went on, in other searches 5%." == found["stick"]["text"][0]
    assert "where you apply" in found["stick"]["text"][1]
    assert ["#/refocus"] == [action["href"] for action in found["onward"]["actions"]]


def test_the_pictures_stay_and_show_what_is_new(app: App) -> None:
    """A new application moves the numbers on the pictures that are there; none is drawn anew."""
    silent(app, 6)
    page = numbers(app)
    (flow,) = [widget for widget in page.children if isinstance(widget, Flow)]
    assert "6 applications on the way so far" == flow.shown()["title"]
    app.workbook.add_application({"company": "Seven"})
    assert "7 applications on the way so far" == flow.shown()["title"]
    assert flow in numbers(app).children


def test_the_page_is_reached_from_the_search_and_from_the_road(app: App) -> None:
    """The search lists it, and the first page links to it under the road."""
    silent(app, 1)
    app.shell._handle_custom_msg({"type": "go", "address": "search"}, [])
    assert "#/search/numbers" in [row["href"] for row in panels(app.shell.pages["search"])["own"]["rows"]]
    app.shell._handle_custom_msg({"type": "go", "address": "start"}, [])
    (action,) = panels(app.shell.pages["start"])["numbers"]["actions"]
    assert "#/search/numbers" == action["href"]
