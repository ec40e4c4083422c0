"""The road: right at every size of search, readable by hover, by keys and as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from rebound_widgets.widgets import Road

from .views_support import HOSTILE, Stage, staged

TODAY = dt.date(2026, 11, 5)


@pytest.fixture
def stage(chromium: Browser) -> Iterator[Stage]:
    """A page whose kernel is this process."""
    with staged(chromium, locale="en-GB") as stage:
        yield stage


def some(count: int, days: int) -> list[dict[str, Any]]:
    """``count`` applications over the last ``days``: every fifth with an interview, every seventh a no."""
    items = []
    for n in range(count):
        on = TODAY - dt.timedelta(days=n * days // max(count, 1))
        kinds = ["application"] + ["interview"] * (n % 5 == 0) + ["no"] * (n % 7 == 0)
        items += [{"kind": kind, "on": on, "label": f"Firm {n}"} for kind in kinds]
    return items


def overlapping(road: Locator) -> list[str]:
    """Pairs of words in the picture that lie on each other."""
    pairs: list[str] = road.locator("svg.rb-plot-svg").evaluate(
        """svg => {
          const words = [...svg.querySelectorAll('text')]
            .map((node) => [node.textContent, node.getBoundingClientRect()]);
          const pairs = [];
          words.forEach(([one, a], at) => words.slice(at + 1).forEach(([other, b]) => {
            const across = a.left < b.right - 1 && b.left < a.right - 1;
            if (across && a.top < b.bottom - 3 && b.top < a.bottom - 3) pairs.push(`${one} | ${other}`);
          }));
          return pairs;
        }"""
    )
    return pairs


# --- the kernel's side -----------------------------------------------------------------------------


def test_days_may_be_dates_or_text_and_may_be_missing() -> None:
    """Items come from records or frames: days in either form, or none."""
    items = [{"kind": "no", "on": TODAY}, {"kind": "no", "on": "2026-11-04"}, {"kind": "no", "on": None}]
    shown = Road(items, today=TODAY).shown()
    assert ["2026-11-05", "2026-11-04", None] == [item["on"] for item in shown["items"]]


def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    """A mistake in the items is told when the road is made."""
    with pytest.raises(ValueError, match="application, interview, no, offer, start; it was given 'hope'"):
        Road([{"kind": "hope", "on": TODAY}], today=TODAY)


def test_no_firm_is_in_state_or_repr() -> None:
    """A notebook keeps a widget's synced state and its repr: neither names a firm."""
    road = Road([{"kind": "no", "on": TODAY, "label": "Secret & Sons"}], today=TODAY)
    assert "Road(1)" == repr(road)
    assert "Secret" not in str(road.get_state())


# --- the picture -----------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize(
    ("count", "days"), [(1, 1), (3, 7), (30, 84), (30, 1800), (3000, 7), (3000, 84), (3000, 1826)]
)
@pytest.mark.parametrize("width", [320, 900])
def test_the_road_is_right_at_every_size(stage: Stage, count: int, days: int, width: int) -> None:
    """From one item to thousands, a week to five years: all are counted, no words collide, none sticks out."""
    items = some(count, days)
    road = stage.show(Road(items, today=TODAY), width=width)
    road.locator("summary").click()
    cells = road.locator("tbody tr").evaluate_all(
        """rows => rows.map((row) => [...row.querySelectorAll('td')]
          .map((cell) => Number(cell.textContent.replace(/,/g, ''))))"""
    )
    kinds = ["application", "interview", "no"]
    assert [sum(item["kind"] == kind for item in items) for kind in kinds] == [
        sum(row[place] for row in cells) for place in range(3)
    ]
    assert [] == overlapping(road)
    assert road.evaluate("node => node.scrollWidth <= node.clientWidth")
    smallest = road.locator("svg.rb-plot-svg").evaluate(
        "svg => parseFloat(getComputedStyle(svg).fontSize) * svg.clientWidth / svg.viewBox.baseVal.width"
    )
    assert smallest >= 12.5


@pytest.mark.browser
def test_an_empty_road_says_what_will_be_there(stage: Stage) -> None:
    """Before the first application there is a sentence and no empty axes."""
    road = stage.show(Road([], today=TODAY))
    expect(road.get_by_text("Your whole search will be drawn here")).to_be_visible()
    expect(road.locator("svg.rb-plot-svg")).to_be_hidden()


@pytest.mark.browser
def test_the_finding_is_the_title_and_the_picture_has_words(stage: Stage) -> None:
    """The title says the finding; without one it counts; the alternative text says the same as the picture."""
    widget = Road(some(30, 80), today=TODAY)
    road = stage.show(widget)
    expect(road.locator("figcaption")).to_have_text("12 weeks: 30 applications, 6 interviews, 5 noes")
    expect(road.get_by_role("group", name="The road of the search from")).to_be_visible()
    widget.show(some(3, 20), title="A good start", description="Three bars.")
    stage.settle()
    expect(road.locator("figcaption")).to_have_text("A good start")
    expect(road.get_by_role("group", name="Three bars.")).to_be_visible()


@pytest.mark.browser
def test_values_are_reached_by_keys_and_by_pointer(stage: Stage) -> None:
    """One press of Tab enters the picture, arrows go from week to week, each is said and shown; Escape puts it away."""
    items = [
        {"kind": "application", "on": "2026-10-05", "label": "Acme"},
        {"kind": "application", "on": "2026-10-07"},
        {"kind": "interview", "on": "2026-10-20", "label": "Harbour Analytics"},
    ]
    road = stage.show(Road(items, today=TODAY))
    stage.page.keyboard.press("Tab")
    focused = stage.page.locator(":focus")
    expect(focused).to_have_attribute("aria-label", "Week of 5 Oct 2026. 2 applications")
    readout = road.locator(".rb-readout")
    expect(readout).to_have_text("Week of 5 Oct 20262 applications")
    stage.page.keyboard.press("ArrowRight")
    expect(focused).to_have_attribute("aria-label", "Week of 19 Oct 2026. 1 interview: Harbour Analytics")
    stage.page.keyboard.press("Escape")
    expect(readout).to_be_hidden()
    road.locator(".rb-place").first.hover()
    expect(readout).to_contain_text("2 applications")
    assert 1 == road.locator('svg [tabindex="0"]').count()


@pytest.mark.browser
def test_every_kind_has_a_shape_of_its_own(stage: Stage) -> None:
    """Kinds differ in shape as well as colour, and the legend names each in words."""
    kinds = ("application", "interview", "no", "offer", "start")
    road = stage.show(Road([{"kind": kind, "on": "2026-10-05"} for kind in kinds], today=TODAY))
    shapes = road.locator(".rb-legend svg > *").evaluate_all(
        "nodes => nodes.map(node => node.tagName + (node.getAttribute('d') ?? ''))"
    )
    assert 5 == len(set(shapes))
    words = ["Bars: applications each week", "Rings: interviews", "Diamonds: noes", "Squares: offers"]
    assert [*words, "Flags: first days at work"] == road.locator(".rb-legend > span").all_inner_texts()


@pytest.mark.browser
def test_what_is_still_to_come_looks_so(stage: Stage) -> None:
    """An interview after today is drawn as still to come."""
    days = ("2026-10-20", "2026-11-20")
    road = stage.show(Road([{"kind": "interview", "on": day} for day in days], today=TODAY))
    assert 2 == road.locator("svg.rb-plot-svg .rb-road-interview").count()
    assert 1 == road.locator("svg.rb-plot-svg .rb-road-future").count()


@pytest.mark.browser
def test_the_picture_is_drawn_anew_when_its_container_changes(stage: Stage) -> None:
    """In a narrower container there are fewer labels, not smaller ones."""
    road = stage.show(Road(some(300, 700), today=TODAY), width=900)
    labels = road.locator("svg.rb-plot-svg text")
    wide = labels.count()
    road.evaluate("node => { node.style.width = '320px'; }")
    expect(road.locator("svg.rb-plot-svg")).to_have_attribute("width", "286")  # 320 without the card's edge
    assert labels.count() < wide


@pytest.mark.browser
def test_hostile_firms_stay_words(stage: Stage) -> None:
    """A firm's name is shown as it is written, whatever it holds."""
    road = stage.show(Road([{"kind": "no", "on": TODAY, "label": HOSTILE}], today=TODAY, title=HOSTILE))
    road.locator(".rb-place[role=img]").focus()
    expect(road.locator(".rb-readout")).to_contain_text("<img src=x")
    assert 0 == road.locator("img, b").count()


@pytest.mark.browser
def test_right_to_left_the_road_runs_the_other_way(stage: Stage) -> None:
    """In a page that is read from right to left the past is at the right."""
    stage.page.evaluate("() => { document.documentElement.dir = 'rtl'; }")
    days = ("2026-09-01", "2026-11-01")
    road = stage.show(Road([{"kind": "interview", "on": day} for day in days], today=TODAY), width=600)
    first, second = road.locator("svg.rb-plot-svg .rb-road-interview").evaluate_all(
        "nodes => nodes.map(node => Number(node.getAttribute('cx')))"
    )
    assert first > second
    assert [] == overlapping(road)
